// SPDX-License-Identifier: Apache-2.0

import { address } from "../app.js";
import { el } from "../dom.js";
import { text } from "../text.js";

/** A video or, when the video is there, an event of it that is not there any more, and what to do then. */
export function gone(name, video) {
  return el("div", { class: "empty" },
    el("h1", {}, text(video ? "event is gone" : "video is gone", { name })),
    el("p", {}, text(video ? "event is gone hint" : "video is gone hint")),
    el("div", { class: "actions" },
      video ? el("a", { class: "button main", href: address("moment", [name]) }, text("to the video")) : el("a", { class: "button main", href: "#/streams" }, text("streams and videos")),
      " ", el("a", { class: "button", href: "#/search" }, text("search"))));
}

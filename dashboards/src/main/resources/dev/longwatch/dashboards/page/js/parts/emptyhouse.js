// SPDX-License-Identifier: Apache-2.0

import { el, icon } from "../dom.js";
import { text } from "../text.js";
import { dropZone } from "./upload.js";

/** Nothing is watched yet: the three ways to begin. */
export function emptyHouse() {
  return el("section", { class: "empty" },
    el("h1", {}, text("nothing watched")),
    el("p", {}, text("nothing watched hint")),
    el("div", { class: "ways" },
      dropZone(),
      el("div", { class: "card way" }, el("h3", {}, icon("streams"), text("add a camera")),
        el("p", {}, text("add a camera hint")), el("a", { class: "button", href: "#/streams?add" }, text("add a camera"))),
      el("div", { class: "card way" }, el("h3", {}, icon("play"), text("run the demo")),
        el("p", {}, text("run the demo hint")), el("pre", {}, el("code", {}, "./longwatch demo")))));
}

// SPDX-License-Identifier: Apache-2.0

import { madeUrl, mediaUrl } from "../api.js";
import { el } from "../dom.js";
import { secondsOf } from "../model.js";
import { moment } from "../time.js";

const WIDTH = 480;

/** A picture of a second; grey where there is none any more. The box has its size before the picture comes. */
export function thumbnail({ stream, start_ms: start, live, picture: path }) {
  const picture = path ? madeUrl(path) : mediaUrl(stream, "thumbnail", { at: secondsOf(start), width: WIDTH });
  return el("div", { class: "thumb" },
    el("img", { src: picture, alt: "", loading: "lazy", decoding: "async", onerror: (event) => event.target.remove() }),
    el("span", { class: "at" }, moment(start, live, false)));
}

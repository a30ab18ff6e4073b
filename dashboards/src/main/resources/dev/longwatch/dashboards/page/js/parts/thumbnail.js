// SPDX-License-Identifier: Apache-2.0

import { mediaUrl } from "../api.js";
import { el } from "../dom.js";
import { moment } from "../time.js";

/** A picture of a second; grey where there is none any more. The box has its size before the picture comes. */
export function thumbnail({ stream, start_ms: start, live, thumbnail: path }) {
  const picture = path ? `api/v1/${path}` : mediaUrl(`${encodeURIComponent(stream)}/thumbnail`, { at_ms: start });
  return el("div", { class: "thumb" },
    el("img", { src: picture, alt: "", loading: "lazy", decoding: "async", onerror: (event) => event.target.remove() }),
    el("span", { class: "at" }, moment(start, live, false)));
}

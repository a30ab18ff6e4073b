// SPDX-License-Identifier: Apache-2.0

import { el } from "../dom.js";
import { text } from "../text.js";

/** How sure the model was: a bar and a figure. */
export function confidence(probability) {
  const percent = Math.round(probability * 100);
  return el("span", { class: "sure", title: text("sure", { percent: String(percent) }) },
    el("i", { style: { "--share": `${percent}%` }, "aria-hidden": "true" }), `${percent} %`);
}

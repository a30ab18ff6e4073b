// SPDX-License-Identifier: Apache-2.0
// A day as a strip: watched, recorded and not watched yet, missing.

import { el, fill } from "../dom.js";
import { coverage } from "../model.js";
import { text } from "../text.js";
import { moment } from "../time.js";

const WIDTH = 160;
const HEIGHT = 14;

export function calendar(stream) {
  const from = new Date().setHours(0, 0, 0, 0);
  const to = from + 86_400_000;
  const svg = el("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, class: "day", role: "img", "aria-label": text("coverage today") });
  const x = (millis) => ((Math.min(Math.max(millis, from), to) - from) / (to - from)) * WIDTH;
  coverage(stream, from, Math.min(Date.now(), to)).then((spans) => {
    fill(svg, el("rect", { class: "ahead", width: WIDTH, height: HEIGHT, rx: 3 }), spans.map((span) =>
      el("rect", { class: `day-${span.kind}`, x: x(span.from), width: Math.max(0.5, x(span.to) - x(span.from)), height: HEIGHT },
        el("title", {}, `${text(`coverage ${span.kind}`)} ${moment(span.from, true, false)}–${moment(span.to, true, false)}`))));
  }, () => {});
  return svg;
}

// SPDX-License-Identifier: Apache-2.0
// How likely the model held the event, clip by clip, with the threshold as a handle.

import { el } from "../dom.js";
import { text } from "../text.js";

const BINS = 20;
const WIDTH = 400;
const HEIGHT = 100;

/** @param changed called with the threshold while it is drawn along */
export function histogram(probabilities, threshold, changed) {
  const counts = new Array(BINS).fill(0);
  for (const probability of probabilities) {
    counts[Math.min(BINS - 1, Math.floor(probability * BINS))]++;
  }
  const most = Math.max(1, ...counts);
  const bars = counts.map((count, bin) => {
    // most clips show nothing: a root keeps the few that matter in sight
    const height = Math.sqrt(count / most) * (HEIGHT - 6);
    return el("rect", { class: "bar", x: (bin * WIDTH) / BINS + 1, width: WIDTH / BINS - 2, y: HEIGHT - height, height },
      el("title", {}, text("clips", { count })));
  });
  const line = el("line", { class: "threshold", y1: 0, y2: HEIGHT });
  const svg = el("svg", { class: "histogram", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    bars, line);
  const handle = el("input", { type: "range", min: 0, max: 1, step: 0.01, value: threshold, "aria-label": text("threshold"), oninput: () => move(Number(handle.value)) });
  const move = (value) => {
    line.setAttribute("x1", value * WIDTH);
    line.setAttribute("x2", value * WIDTH);
    bars.forEach((bar, bin) => bar.classList.toggle("over", (bin + 0.5) / BINS >= value));
    changed(value);
  };
  move(threshold);
  // beside the picture: letters within it would be drawn as wide as it is
  const axis = el("div", { class: "scale", "aria-hidden": "true" }, [0, 0.25, 0.5, 0.75, 1].map((p) => el("span", {}, p)));
  return el("div", {}, svg, handle, axis);
}

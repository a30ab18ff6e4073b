// SPDX-License-Identifier: Apache-2.0
// Where in the picture an event is: boxes over a player, shown around the pictures in which the model outlined it.

import { el, fill } from "../dom.js";

/** A box is of one picture; so many milliseconds before and after, what it is around is still about there. */
const AROUND = 600;

/** The boxes of each outlined picture, by its millisecond. */
export function byPicture(event) {
  const pictures = new Map();
  for (const box of event?.boxes ?? []) {
    pictures.set(box.at_ms, [...(pictures.get(box.at_ms) ?? []), box]);
  }
  return pictures;
}

/** An overlay over a video element that shows its pictures whole. */
export function boxes(video) {
  const node = el("div", { class: "boxes" });
  let pictures = new Map();
  let now = 0;
  const draw = () => {
    const [nearest] = [...pictures.keys()].sort((one, other) => Math.abs(one - now) - Math.abs(other - now));
    const shown = Math.abs(nearest - now) <= AROUND && video.videoWidth > 0 ? pictures.get(nearest) : [];
    const scale = Math.min(video.clientWidth / video.videoWidth, video.clientHeight / video.videoHeight);
    const [width, height] = [video.videoWidth * scale, video.videoHeight * scale];
    const [left, top] = [(video.clientWidth - width) / 2, (video.clientHeight - height) / 2];
    fill(node, shown.map((box) => el("div", {
      class: "box",
      style: {
        left: `${left + box.left * width}px`, top: `${top + box.top * height}px`,
        width: `${(box.right - box.left) * width}px`, height: `${(box.bottom - box.top) * height}px`,
      },
    }, el("span", {}, box.label))));
  };
  new ResizeObserver(draw).observe(video);
  return {
    node,
    of(event) {
      pictures = byPicture(event);
      draw();
    },
    at(millis) {
      now = millis;
      draw();
    },
  };
}

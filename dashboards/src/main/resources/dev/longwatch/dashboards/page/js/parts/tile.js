// SPDX-License-Identifier: Apache-2.0
// A live tile: the recording's newest segments, played as they come, with how far behind now they are.

import { mediaUrl } from "../api.js";
import { address } from "../app.js";
import { el } from "../dom.js";
import { text } from "../text.js";
import { ago, duration } from "../time.js";
import { attach } from "./hls.js";

const GOOD = new Set(["recording"]);

export function tile(stream) {
  const poster = mediaUrl(stream.name, "thumbnail", { width: 640 });
  const video = el("video", { poster, muted: true, playsinline: true, autoplay: true, "aria-hidden": "true", tabindex: "-1" });
  video.muted = true;
  const late = el("span", { class: "late" });
  const why = el("div", { class: "why", hidden: true });
  const node = el("a", { class: "tile", href: address("moment", [stream.name]) }, video, why,
    el("span", { class: "label" }, el("span", { class: "dot", "aria-hidden": "true" }), stream.name, late));
  let player;

  const update = (now) => {
    const good = GOOD.has(now.state);
    node.classList.toggle("stalled", !good);
    why.hidden = good;
    why.replaceChildren(el("strong", {}, text(`state ${now.state}`)), el("span", { class: "small" }, now.sentence),
      now.since_ms ? el("span", { class: "small" }, ago(now.since_ms)) : "");
    if (good && !player) {
      // asked for anew: there was none before the first segment
      video.poster = poster;
      player = attach(video, mediaUrl(stream.name, "live.m3u8"), { live: true });
    } else if (!good && player) {
      player.close();
      player = undefined;
    }
  };
  const clock = setInterval(() => {
    const behind = player?.behindMillis();
    late.textContent = behind === undefined ? "" : text("behind by", { time: duration(behind) });
  }, 1_000);
  update(stream);
  return {
    node,
    update,
    close: () => {
      clearInterval(clock);
      player?.close();
    },
  };
}

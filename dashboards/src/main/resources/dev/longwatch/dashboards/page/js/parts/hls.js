// SPDX-License-Identifier: Apache-2.0
// Plays a playlist of segments: by the browser where it can, by hls.js else, which is only fetched then.

let library;

/**
 * @returns `behindMillis()`, how far the picture shown is behind now, as far as it is known, and `close()`
 */
export function attach(video, url, failed = () => {}) {
  let hls;
  let closed = false;
  if (!window.MediaSource && video.canPlayType("application/vnd.apple.mpegurl")) {
    video.src = url;
    video.addEventListener("error", () => failed(video.error?.message ?? ""), { once: true });
  } else {
    library ??= import("../../lib/hls.light.min.js").then(() => window.Hls);
    library.then((Hls) => {
      if (closed) {
        return;
      }
      hls = new Hls({ enableWorker: false, liveSyncDurationCount: 2, liveDurationInfinity: true, maxBufferLength: 12, backBufferLength: 30 });
      hls.on(Hls.Events.ERROR, (_, data) => {
        if (data.fatal && data.type === Hls.ErrorTypes.NETWORK_ERROR) {
          setTimeout(() => !closed && hls.startLoad(), 2_000);
        } else if (data.fatal) {
          failed(data.details);
        }
      });
      hls.loadSource(url);
      hls.attachMedia(video);
      video.play().catch(() => {});
    }, () => failed("hls.js"));
  }
  return {
    behindMillis() {
      const date = hls?.playingDate ?? startDate(video);
      return date && !Number.isNaN(date.getTime()) ? Math.max(0, Date.now() - date.getTime()) : undefined;
    },
    wallClockMillis: () => (hls?.playingDate ?? startDate(video))?.getTime(),
    close() {
      closed = true;
      hls?.destroy();
      video.removeAttribute("src");
      video.load();
    },
  };
}

function startDate(video) {
  const start = video.getStartDate?.();
  return start && new Date(start.getTime() + video.currentTime * 1000);
}

// SPDX-License-Identifier: Apache-2.0
// Plays a playlist of segments: by the browser where it can, by hls.js else, which is only fetched then.

const RETRY_MILLIS = 2_000;

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
          // before the first segment there is no playlist yet, and without one there is nothing to go on with
          const again = data.details.startsWith("manifest") ? () => hls.loadSource(url) : () => hls.startLoad();
          setTimeout(() => !closed && again(), RETRY_MILLIS);
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

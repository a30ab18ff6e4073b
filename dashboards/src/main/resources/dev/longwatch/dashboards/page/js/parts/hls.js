// SPDX-License-Identifier: Apache-2.0
// Plays a playlist of segments: by the browser where it can, by hls.js else, which is only fetched then.

const RETRY_MILLIS = 2_000;
/** Where pictures are reordered, the first one of a segment comes so many seconds late at most. */
const LONGEST_HOLE = 1;

let library;

/**
 * @param options.live whether it goes on: it is played, where it is now, and waited for when it is not there yet
 * @param options.failed called with what is wrong, and with the status when there is no such playlist
 * @returns `behindMillis()`, how far the picture shown is behind now, and `wallClockMillis()`, when it was taken, as far as
 *   they are known; `seek(millis)` to an instant of the wall clock, false when it must be opened anew there; and `close()`
 */
export function attach(video, url, { live = false, failed = () => {} } = {}) {
  let hls;
  let closed = false;
  let pending;
  const fragments = () => hls?.levels?.[0]?.details?.fragments ?? [];

  const load = (Hls) => {
    if (closed) {
      return;
    }
    hls = new Hls({ enableWorker: false, liveSyncDurationCount: 2, liveDurationInfinity: true, maxBufferLength: 12, backBufferLength: 30 });
    hls.on(Hls.Events.ERROR, (_, data) => {
      if (data.fatal && data.type === Hls.ErrorTypes.NETWORK_ERROR && (live || data.response?.code !== 404)) {
        // before the first segment there is no playlist yet, and without one there is nothing to go on with
        const again = data.details.startsWith("manifest") ? () => hls.loadSource(url) : () => hls.startLoad();
        setTimeout(() => !closed && again(), RETRY_MILLIS);
      } else if (data.fatal) {
        failed(data.details, data.response?.code);
      }
    });
    hls.on(Hls.Events.LEVEL_LOADED, () => {
      if (pending !== undefined) {
        video.currentTime = positionOf(fragments(), pending) ?? fragments().at(-1).start;
        pending = undefined;
      }
    });
    hls.on(Hls.Events.FRAG_BUFFERED, () => overHole(video));
    hls.loadSource(url);
    hls.attachMedia(video);
  };

  if (!window.MediaSource && video.canPlayType("application/vnd.apple.mpegurl")) {
    video.src = url;
    video.addEventListener("error", () => failed(video.error?.message ?? ""), { once: true });
  } else {
    library ??= import("../../lib/hls.light.min.js").then(() => window.Hls);
    library.then(load, () => failed("hls.js"));
  }
  if (live) {
    video.play().catch(() => {});
  }
  const wallClockMillis = () => (hls ? dateOf(fragments(), video.currentTime) : startDate(video)?.getTime());
  return {
    wallClockMillis,
    behindMillis() {
      const date = wallClockMillis();
      return date ? Math.max(0, Date.now() - date) : undefined;
    },
    seek(millis) {
      if (!library) {
        // the browser does not tell where gaps are
        return false;
      }
      if (!fragments().length) {
        pending = millis;
        return true;
      }
      const position = positionOf(fragments(), millis);
      if (position !== undefined) {
        video.currentTime = position;
      }
      return position !== undefined;
    },
    close() {
      closed = true;
      hls?.destroy();
      video.removeAttribute("src");
      video.load();
    },
  };
}

/** Seconds of the player at an instant of the wall clock, in a gap those where it is over; undefined after the last. */
function positionOf(fragments, millis) {
  const fragment = fragments.find((each) => each.programDateTime + each.duration * 1000 > millis);
  return fragment && fragment.start + Math.max(0, millis - fragment.programDateTime) / 1000;
}

function dateOf(fragments, position) {
  const fragment = fragments.findLast((each) => each.start <= position) ?? fragments[0];
  return fragment?.programDateTime ? fragment.programDateTime + (position - fragment.start) * 1000 : undefined;
}

/** A player that stands where no picture is yet shows nothing for ever. */
function overHole(video) {
  const at = video.currentTime;
  const ranges = [...Array(video.buffered.length).keys()].map((i) => [video.buffered.start(i), video.buffered.end(i)]);
  const next = ranges.find(([, end]) => end > at);
  if (next && next[0] > at && next[0] - at < LONGEST_HOLE) {
    video.currentTime = next[0];
  }
}

function startDate(video) {
  const start = video.getStartDate?.();
  return start && !Number.isNaN(start.getTime()) ? new Date(start.getTime() + video.currentTime * 1000) : undefined;
}

// SPDX-License-Identifier: Apache-2.0
// What the API answers, as the views want it: times as milliseconds on the video's own clock, and whether that is the wall
// clock (`live`). Answers leave out what is null; what an older server cannot tell yet is empty here.

import { call, get, Problem } from "./api.js";

const millis = (time) => Math.round(time.seconds * 1000);
const seconds = (time) => (Math.max(0, time) / 1000).toFixed(3);
const wall = (time) => (time ? Date.parse(time.iso) : undefined);
const onWallClock = (time) => wall(time) === millis(time);

/** The answer, or something else when there is nothing at that address. */
async function orElse(promise, other) {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof Problem && (error.status === 404 || error.status === 405)) {
      return other;
    }
    throw error;
  }
}

const happening = (event) => ({
  ...event, live: onWallClock(event.start), start_ms: millis(event.start), end_ms: millis(event.end),
  boxes: (event.boxes ?? []).map((box) => ({ ...box, at_ms: millis(box.time) })),
});

/** An alert, from a list or from the stream of news, which does not say what people did about it. */
export const alertOf = (alert) => ({ ...happening(alert), raised_at_ms: wall(alert.raised), picture: alert.evidence?.thumbnail });

/** A file's clock begins at its beginning; the length is known to the second event or piece of coverage at least. */
const videoOf = (video) => {
  const from = wall(video.from);
  const to = wall(video.to);
  return { ...video, live: Boolean(video.live), start_ms: video.live ? from : 0, end_ms: video.live ? to : to - from };
};

const streamOf = (stream) => ({
  ...stream, since_ms: wall(stream.since), recorded_until_ms: wall(stream.recorded_until),
  lag_ms: stream.lag_seconds === undefined ? undefined : stream.lag_seconds * 1000,
});

const KINDS = { recorded: "waiting" };

const spanOf = (span) => ({
  kind: span.kind ?? KINDS[span.state] ?? span.state, from: millis(span.from), to: millis(span.to), reason: span.reason ?? span.why,
});

/** How everything is; undefined when nobody can tell. */
export const status = () => orElse(get("status"), undefined);

export const streams = async () => (await orElse(get("streams"), { streams: [] })).streams.map(streamOf);

export const videos = async () => (await get("videos", { limit: 200 })).videos.map(videoOf);

export const rules = async () => (await orElse(get("rules"), { rules: [] })).rules;

export const video = async (name) => videoOf(await get(`videos/${encodeURIComponent(name)}`));

export const event = async (id) => happening(await get(`events/${encodeURIComponent(id)}`));

/** The alert of an event; undefined when it is of no armed rule. */
export async function alertFor(id) {
  const found = await orElse(get(`alerts/${encodeURIComponent(id)}`), undefined);
  return found && alertOf(found);
}

export async function alerts(query) {
  const page = await orElse(get("alerts", query), { alerts: [] });
  return { alerts: page.alerts.map(alertOf), next: page.next };
}

/** Coverage of a stream on the wall clock. */
export async function coverage(stream, from, to) {
  return (await get("coverage", { stream, from: seconds(from), to: seconds(to) })).spans.map(spanOf);
}

const stretchOf = ({ name, from, to }) => ({ stream: name, ...(to && { from: secondsOf(from), to: secondsOf(to) }) });

/** A stretch of a video on one page, all of a file without one; its own keys are those of `longwatch summarise`. */
export const summary = (asked) => call("POST", "summaries", { body: stretchOf(asked) });

/** The same as Markdown. */
export const summaryText = (asked) => call("POST", "summaries", { body: stretchOf(asked), accept: "text/markdown" });

/** The event nearest to a moment of a video, after it or before it. */
export async function neighbour(stream, at, direction) {
  const after = direction > 0;
  const page = await get("events", {
    stream, limit: 100, order: after ? "oldest" : "newest", [after ? "from" : "to"]: seconds(at),
  });
  return page.events.map(happening).find((each) => (after ? each.start_ms > at : each.start_ms < at));
}

/** What is known about a stretch of a video. */
export async function timeline(name, from, to) {
  const found = await orElse(get(`videos/${encodeURIComponent(name)}/timeline`, { from: seconds(from), to: seconds(to) }), undefined);
  if (found) {
    const { probabilities } = found;
    const asked = (probabilities?.rules ?? []).map(({ rule }) => rule);
    return {
      rules: [...new Set([...found.rules, ...asked])].sort(),
      curves: new Map((probabilities?.rules ?? []).map(({ rule, values }) =>
        [rule, { from: millis(probabilities.from), step: probabilities.step_seconds * 1000, values }])),
      events: found.events.map(happening), coverage: found.coverage.map(spanOf),
      rates: found.rates.map((rate) => ({ ...rate, from: millis(rate.from), to: millis(rate.to) })), counts: countsOf(found.counts ?? []),
    };
  }
  const { events } = await get("events", { stream: name, from: seconds(from), to: seconds(to), limit: 1000 });
  return { rules: [...new Set(events.map(({ rule }) => rule))].sort(), events: events.map(happening), coverage: [], rates: [], counts: [], curves: new Map() };
}

const countsOf = (counts) => counts.map((each) => ({ ...each, from: millis(each.from), to: millis(each.to) }));

const WORD = /[\p{L}\p{N}]/u;

/**
 * Moments by words, the best first; without words what the filters leave, the newest first.
 *
 * @param options.perVideo when given, each video is one moment, its best, with so many others `alongside` and a `count`
 */
export async function search(words, filters, { limit, cursor, perVideo }, signal) {
  const plain = (event) => ({ ...happening(event), pieces: [{ text: event.text }] });
  if (WORD.test(words)) {
    const grouped = perVideo ? { group: "video", per_group: perVideo } : {};
    const found = await get("search", { text: words, ...filters, ...grouped, limit, cursor }, signal);
    const moments = found.moments.map(({ event, marks, why, alongside, count }) =>
      ({ ...happening(event), pieces: pieces(event.text, marks), why, alongside: alongside.map(plain), count }));
    return { ...found, moments };
  }
  const page = await get("events", { ...filters, limit, cursor }, signal);
  return { moments: page.events.map(plain), next: page.next };
}

/** A text cut where it fits. */
function pieces(text, marks) {
  const cut = [];
  let done = 0;
  for (const { start, end } of marks) {
    cut.push({ text: text.slice(done, start) }, { text: text.slice(start, end), matched: true });
    done = end;
  }
  cut.push({ text: text.slice(done) });
  return cut.filter((piece) => piece.text);
}

/** What a trial of a rule saw. */
export const trialOf = (tried) => ({
  ...tried, moments: tried.moments.map((each) => ({ ...each, start_ms: millis(each.start), end_ms: millis(each.end) })),
});

/** A time as a person types it, for the API: without a zone it is the reader's. */
export function typedTime(typed) {
  const local = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?$/.test(typed);
  return local ? new Date(typed.length === 10 ? `${typed}T00:00` : typed.replace(" ", "T")).toISOString() : typed;
}

/** A moment's milliseconds as the API takes and gives them. */
export const secondsOf = (time) => Number(seconds(time));
export const millisOf = millis;

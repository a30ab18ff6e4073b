// SPDX-License-Identifier: Apache-2.0
// The report: what happened on a stream or video, on one page that can be taken away. Every time in it opens the moment.

import { Problem } from "../api.js";
import { address, failure } from "../app.js";
import { el, fill, icon } from "../dom.js";
import { confidence } from "../parts/confidence.js";
import { gone } from "../parts/gone.js";
import { thumbnail } from "../parts/thumbnail.js";
import { summary, summaryText, video as videoOf } from "../model.js";
import { text } from "../text.js";
import { duration, moment, zone } from "../time.js";

const HOUR = 3_600_000;
/** Of a live stream; a file is told as a whole. */
const RANGES = { hour: "last hour", today: "today", all: "all" };
/** A picture of what has just begun shows little of it. */
const SHOWN_AFTER = 3_000;
const MOST_TIMES = 5;
const MOST_LISTED = 15;

export async function show(main, { below: [name], query }) {
  let video;
  try {
    video = await videoOf(name);
  } catch (error) {
    if (error instanceof Problem && error.status === 404) {
      fill(main, gone(name, false));
      return () => {};
    }
    throw error;
  }
  const range = !video.live ? "all" : query.get("range") in RANGES ? query.get("range") : "hour";
  const asked = { name, ...stretch(video, range) };
  const bad = el("div");
  const told = el("div");
  const ranges = video.live && Object.entries(RANGES).map(([key, label]) =>
    el("a", { class: "button", "aria-current": key === range && "true", href: address("report", [name], { range: key }) }, text(label)));
  const save = (label, content, type, ending) => el("button", { title: text("save as", { type: label }), onclick: async () => {
    try {
      takeAway(await content(), type, `${name.replace(/[^\p{L}\p{N}.-]+/gu, "_")}-${range}.${ending}`);
    } catch (error) {
      fill(bad, failure(error));
    }
  } }, icon("save"), label);
  fill(main,
    el("div", { class: "title" }, el("h1", {}, text("report of", { name })),
      el("span", { class: "soft small" }, video.live ? text("times in", { zone: zone() }) : text("times of the video")),
      el("div", { class: "actions" }, ranges,
        save("Markdown", () => summaryText(asked), "text/markdown", "md"),
        save("JSON", async () => JSON.stringify(await summary(asked), null, 2), "application/json", "json"),
        el("a", { class: "button", href: address("moment", [name]) }, icon("play"), text("to the video")))),
    bad, told);
  const load = async () => {
    try {
      const report = await summary(asked);
      fill(bad);
      fill(told, page(report, name));
    } catch (error) {
      fill(bad, failure(error, load));
    }
  };
  await load();
  return () => {};
}

/** From when to when it is told, milliseconds; nothing of a file. */
function stretch(video, range) {
  if (!video.live) {
    return {};
  }
  if (range === "all") {
    return { from: video.start_ms, to: Math.max(video.end_ms, video.start_ms + 1_000) };
  }
  const to = Date.now();
  return { from: range === "hour" ? to - HOUR : Math.min(new Date().setHours(0, 0, 0, 0), to - 1_000), to };
}

function takeAway(content, type, name) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  el("a", { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}

function page(report, name) {
  const live = report.clock === "wall";
  const at = (millis, ...content) => el("a", { href: address("moment", [name], { t: millis / 1000 }) }, ...content);
  const time = (span) => at(span.start_ms, moment(span.start_ms, live));
  const range = (span) => at(span.start_ms, `${moment(span.start_ms, live)}–${moment(span.end_ms, live)}`);
  const length = (span) => span.end_ms - span.start_ms;
  const whole = length(report.span);
  const quiet = report.longest_quiet;
  const missed = report.not_watched.reduce((sum, each) => sum + length(each.span), 0);
  const fact = (label, value, kind) => el("div", {}, el("dt", {}, text(label)), el("dd", {}, kind ? el("span", { class: `chip ${kind}` }, value) : value));
  return [
    el("dl", { class: "health", "aria-label": text("report") },
      fact("from", moment(report.span.start_ms, live, false)), fact("to", moment(report.span.end_ms, live, false)),
      fact("watched", text("of", { some: duration(report.watched_ms), all: duration(whole) }), report.watched_ms < 0.95 * whole && "care"),
      fact("events found", report.events.toLocaleString()),
      fact("longest quiet", quiet ? [duration(length(quiet)), " · ", time(quiet)] : "–"),
      fact("not watched", missed ? duration(missed) : "–")),
    report.events_left_out > 0 && el("div", { class: "notice care", role: "status" }, text("events left out", { count: report.events_left_out })),
    report.events === 0 && el("div", { class: "empty" },
      el("h2", {}, text(report.watched_ms ? "nothing seen" : "nobody looked")), el("p", {}, text(report.watched_ms ? "nothing seen hint" : "nobody looked hint"))),
    report.events > 0 && [
      el("h2", { class: "head" }, text("chapters")), el("ol", { class: "chapters" }, report.chapters.map((each) => chapter(each, name, live, at))),
      el("h2", { class: "head" }, text("counts")), counts(report.rules, live, time, length)],
    el("h2", { class: "head" }, text("not watched")), missed ? notWatched(report.not_watched, range) : el("p", { class: "soft" }, text("all watched")),
  ];
}

function chapter(part, name, live, at) {
  const { start_ms: start, end_ms: end } = part.span;
  const times = `${moment(start, live, false)}–${moment(end, live, false)} · ${duration(end - start)}`;
  if (part.kind !== "lively") {
    return el("li", { class: `chapter ${part.kind}` }, el("span", {}, text(part.kind === "quiet" ? "nothing seen" : "nobody looked")), at(start, times));
  }
  const first = part.sentences[0]?.rests[0] ?? part.span;
  const shown = first.start_ms + Math.min(SHOWN_AFTER, (first.end_ms - first.start_ms) / 2);
  return el("li", { class: "chapter lively" },
    thumbnail({ stream: name, start_ms: shown, live }),
    el("div", { class: "words" },
      el("h3", {}, at(start, part.title)),
      el("div", { class: "small soft" }, times, " · ", text("events", { count: part.events })),
      part.sentences.map((sentence) => el("div", { class: "row" }, el("span", {}, sentence.text),
        sentence.rests.slice(0, MOST_TIMES).map((span) => el("span", { class: "chip" }, at(span.start_ms, moment(span.start_ms, live)))),
        sentence.rests.length > MOST_TIMES && el("span", { class: "soft small" }, text("and more", { count: sentence.rests.length - MOST_TIMES }))))));
}

function counts(rules, live, time, length) {
  const head = { rule: "", "events found": "number", "in all": "number", first: "number", last: "number", longest: "number", confidence: "" };
  return [
    el("div", { class: "tablebox" }, el("table", {},
      el("thead", {}, el("tr", {}, Object.entries(head).map(([name, kind]) => el("th", { class: kind }, text(name))))),
      el("tbody", {}, rules.slice(0, MOST_LISTED).map((rule) => el("tr", {},
        el("td", {}, rule.rule), el("td", { class: "number" }, rule.events.toLocaleString()), el("td", { class: "number" }, duration(rule.total_ms)),
        el("td", { class: "number" }, time(rule.first)), el("td", { class: "number" }, time(rule.last)),
        el("td", { class: "number" }, duration(length(rule.longest)), " · ", time(rule.longest)), el("td", {}, confidence(rule.confidence))))))),
    more(rules.length),
  ];
}

function notWatched(stretches, range) {
  return [
    el("ul", { class: "missed" }, stretches.slice(0, MOST_LISTED).map(({ span, state, why }) => el("li", {},
      range(span), el("span", {}, text(`coverage ${state === "recorded" ? "waiting" : state}`)), why && el("span", { class: "soft small" }, why)))),
    more(stretches.length),
  ];
}

function more(count) {
  return count > MOST_LISTED && el("p", { class: "soft small" }, text("and more", { count: count - MOST_LISTED }));
}

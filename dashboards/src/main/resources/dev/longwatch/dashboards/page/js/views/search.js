// SPDX-License-Identifier: Apache-2.0
// Results as pictures with the second, why they matched and how sure; by key; grouped by video on demand.

import { address, failure, place, say } from "../app.js";
import { el, fill } from "../dom.js";
import { confidence } from "../parts/confidence.js";
import { FILTERS } from "../parts/searchbar.js";
import { thumbnail } from "../parts/thumbnail.js";
import { search, typedTime } from "../model.js";
import { text } from "../text.js";
import { duration, moment, zone } from "../time.js";

const PAGE = 24;
const PER_VIDEO = 4;

export async function show(main, { query }) {
  const words = query.get("q") ?? "";
  const asked = Object.fromEntries(FILTERS.map((name) => [name, query.getAll(name)]).filter(([, values]) => values.length));
  const group = query.get("group") === "video" ? "video" : "moment";
  const results = el("div");
  const more = el("button", { hidden: true, onclick: () => load() }, text("more"));
  const controller = new AbortController();
  let cursor;
  const found = [];

  if (!words && Object.keys(asked).length === 0) {
    fill(main, el("div", { class: "empty" }, el("h1", {}, text("search")), el("p", {}, text("search empty")),
      el("div", { class: "ways" }, ["a person enters", "a red car stops", "the lights go out"].map((example) =>
        el("a", { class: "card way", href: address("search", [], { q: example }) }, `“${example}”`)))));
    return () => {};
  }

  const change = (values) => {
    location.hash = address("search", [], { ...Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name)])), ...values });
  };
  const watchFor = () => {
    location.hash = address("rules", [], { when: words, streams: asked.stream });
  };
  const note = el("span", { class: "soft small", role: "status" });
  const understood = el("div");
  fill(main,
    el("div", { class: "title" }, el("h1", {}, words ? `“${words}”` : text("search")), note,
      el("div", { class: "actions" },
        el("button", { "aria-pressed": String(group === "video"), onclick: () => change({ group: group === "video" ? "" : "video" }) }, text("by video")),
        el("button", { disabled: !words, title: text("watch for this hint"), onclick: watchFor }, text("watch for this")))),
    understood,
    filterRow(query, change),
    results, el("div", { class: "empty small" }, more));

  const load = async () => {
    more.disabled = true;
    try {
      const answer = await search(words, single(asked), { limit: PAGE, cursor, perVideo: group === "video" && PER_VIDEO }, controller.signal);
      found.push(...answer.moments);
      cursor = answer.next;
      more.hidden = !cursor;
      const sum = text(group === "video" && words ? "found videos" : "found", { count: answer.total ?? found.length, more: cursor && !answer.total ? "+" : "" });
      fill(note, sum);
      fill(understood, (answer.understood ?? []).map((each) => el("span", { class: "chip" }, text("understood", each))),
        (answer.notes ?? []).map((each) => el("span", { class: "soft small" }, each)));
      if (found.length === 0) {
        fill(results, el("div", { class: "empty" }, el("h2", {}, text("nothing found")), el("p", {}, text("nothing found hint"))));
      } else {
        draw(results, found, group);
      }
      say(sum);
    } catch (error) {
      if (error.name !== "AbortError") {
        fill(results, failure(error, load));
      }
    } finally {
      more.disabled = false;
    }
  };

  await load();
  const keys = (event) => move(event, results);
  addEventListener("keydown", keys);
  return () => {
    controller.abort();
    removeEventListener("keydown", keys);
  };
}

const LISTED = ["stream", "rule", "label", "verdict"];

/** Filters of one value as a value, others as lists. */
function single(asked) {
  return Object.fromEntries(Object.entries(asked).map(([name, values]) =>
    [name, LISTED.includes(name) ? values : name === "from" || name === "to" ? typedTime(values[0]) : values[0]]));
}

function filterRow(query, change) {
  const field = (name, properties) => el("label", { class: "field" }, text(`filter ${name}`),
    el("input", { value: query.get(name), ...properties, onchange: (event) => change({ [name]: event.target.value }) }));
  return el("div", { class: "filters" },
    field("stream", {}), field("rule", {}), field("label", {}),
    field("from", { placeholder: "2026-11-26 08:00", title: text("times in", { zone: zone() }) }),
    field("to", { placeholder: "2026-11-26 18:00", title: text("times in", { zone: zone() }) }),
    field("min_confidence", { type: "number", min: 0, max: 1, step: 0.05, placeholder: "0.5" }));
}

function draw(results, moments, group) {
  const grid = (items) => el("ol", { class: "results" }, items.map((item) => el("li", {}, card(item))));
  if (group === "moment") {
    fill(results, grid(moments));
    return;
  }
  fill(results, videos(moments).map(({ stream, count, items }) => el("section", { class: "group" },
    el("h2", {}, el("a", { href: address("moment", [stream]) }, stream), el("span", { class: "soft" }, ` · ${text("moments", { count })}`)),
    grid(items))));
}

/** What is shown of each video. With words the server has counted; without, there is what has been fetched so far. */
function videos(moments) {
  if (moments[0].count) {
    return moments.map((best) => ({ stream: best.stream, count: best.count, items: [best, ...best.alongside] }));
  }
  return [...new Set(moments.map(({ stream }) => stream))].map((stream) => {
    const items = moments.filter((each) => each.stream === stream);
    return { stream, count: items.length, items };
  });
}

function card(item) {
  return el("a", { class: "result", href: address("moment", [item.stream], { event: item.id }) },
    thumbnail(item),
    el("div", { class: "words" },
      el("h3", {}, highlighted(item.pieces)),
      el("div", { class: "row" }, [item.stream, moment(item.start_ms, item.live), duration(item.end_ms - item.start_ms)].join(" · ")),
      el("div", { class: "row" }, confidence(item.confidence), reasons(item.why).map((reason) => el("span", { class: "chip" }, reason)))));
}

/** Why a moment was found; nothing when no words were asked for. */
function reasons(why) {
  if (!why) {
    return [];
  }
  return [
    why.words.length > 0 && text("why words"),
    ...why.alike.map((words) => text("why alike", words)),
    why.words.length + why.alike.length === 0 && why.likeness > 0 && text("why meaning"),
    why.missing.length > 0 && text("why missing", { words: why.missing.join(", ") }),
  ].filter(Boolean);
}

/** Pieces of text, those that matched marked; never markup of the server's. */
function highlighted(pieces) {
  return pieces.map((piece) => (piece.matched ? el("mark", {}, piece.text) : piece.text));
}

/** Arrow keys go from result to result. */
function move(event, results) {
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: "row", ArrowUp: "-row" }[event.key];
  if (!step || event.target.closest("input, select, textarea") || place().screen !== "search") {
    return;
  }
  const links = [...results.querySelectorAll(".result")];
  const here = links.indexOf(document.activeElement);
  const columns = links.filter((link) => link.offsetTop === links[0]?.offsetTop).length || 1;
  const by = step === "row" ? columns : step === "-row" ? -columns : step;
  const next = links[here < 0 ? 0 : here + by];
  if (next) {
    event.preventDefault();
    next.focus();
  }
}

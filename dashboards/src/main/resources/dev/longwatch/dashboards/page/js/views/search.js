// SPDX-License-Identifier: Apache-2.0
// Results as pictures with the second, why they matched and how sure; by key; grouped by video on demand.

import { get, post } from "../api.js";
import { address, failure, place, say } from "../app.js";
import { el, fill } from "../dom.js";
import { confidence } from "../parts/confidence.js";
import { FILTERS } from "../parts/searchbar.js";
import { thumbnail } from "../parts/thumbnail.js";
import { text } from "../text.js";
import { duration, moment } from "../time.js";

const PAGE = 24;

export async function show(main, { query }) {
  const words = query.get("q") ?? "";
  const asked = Object.fromEntries(FILTERS.map((name) => [name, query.getAll(name)]).filter(([, values]) => values.length));
  const group = query.get("group") === "video" ? "video" : "moment";
  const results = el("div");
  const more = el("button", { hidden: true, onclick: () => load() }, text("more"));
  const controller = new AbortController();
  let cursor;
  let found = 0;
  let searchId;

  if (!words && Object.keys(asked).length === 0) {
    fill(main, el("div", { class: "empty" }, el("h1", {}, text("search")), el("p", {}, text("search empty")),
      el("div", { class: "ways" }, ["a person enters", "a red car stops", "the lights go out"].map((example) =>
        el("a", { class: "card way", href: address("search", [], { q: example }) }, `“${example}”`)))));
    return () => {};
  }

  const change = (values) => {
    location.hash = address("search", [], { ...Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name)])), ...values });
  };
  const note = el("span", { class: "soft small", role: "status" });
  const understood = el("div");
  fill(main,
    el("div", { class: "title" }, el("h1", {}, words ? `“${words}”` : text("search")), note,
      el("div", { class: "actions" },
        el("button", { "aria-pressed": String(group === "video"), onclick: () => change({ group: group === "video" ? "" : "video" }) }, text("by video")),
        el("button", { disabled: !words, title: text("watch for this hint"), onclick: () => watchFor(words) }, text("watch for this")))),
    understood,
    filterRow(query, change),
    results, el("div", { class: "empty small" }, more));

  const load = async () => {
    more.disabled = true;
    try {
      const answer = await post("search", { text: words, ...single(asked), group, limit: PAGE, cursor }, controller.signal);
      searchId = answer.id;
      found += answer.items.length;
      cursor = answer.next;
      more.hidden = !cursor;
      fill(note, text("found", { count: found, more: cursor ? "+" : "" }));
      fill(understood, (answer.understood ?? []).map((each) => el("span", { class: "chip" }, each.sentence)));
      if (found === 0) {
        fill(results, el("div", { class: "empty" }, el("h2", {}, text("nothing found")), el("p", {}, text("nothing found hint"))));
      } else {
        draw(results, answer.items, group);
      }
      say(text("found", { count: found, more: cursor ? "+" : "" }));
    } catch (error) {
      if (error.name !== "AbortError") {
        fill(results, failure(error, load));
      }
    } finally {
      more.disabled = false;
    }
  };

  const watchFor = () => {
    location.hash = address("rules", [], { when: words, search: searchId, streams: asked.stream });
  };

  await load();
  const keys = (event) => move(event, results);
  addEventListener("keydown", keys);
  return () => {
    controller.abort();
    removeEventListener("keydown", keys);
  };
}

/** Filters of one value as a value, others as lists. */
function single(asked) {
  return Object.fromEntries(Object.entries(asked).map(([name, values]) =>
    [name, name === "stream" || name === "rule" ? values : name === "min_confidence" ? Number(values[0]) : values[0]]));
}

function filterRow(query, change) {
  const field = (name, properties) => el("label", { class: "field" }, text(`filter ${name}`),
    el("input", { value: query.get(name), ...properties, onchange: (event) => change({ [name]: event.target.value }) }));
  return el("div", { class: "filters" },
    field("stream", { list: "streams-known" }), field("rule", {}),
    field("from", { placeholder: "2026-11-26T08:00" }), field("to", { placeholder: "2026-11-26T18:00" }),
    field("min_confidence", { type: "number", min: 0, max: 1, step: 0.05, placeholder: "0.5" }));
}

function draw(results, items, group) {
  if (group === "moment") {
    let grid = results.querySelector(":scope > .results");
    if (!grid) {
      grid = el("ol", { class: "results" });
      fill(results, grid);
    }
    grid.append(...items.map((item) => el("li", {}, card(item))));
    return;
  }
  if (!results.querySelector(".group")) {
    fill(results);
  }
  results.append(...items.map((video) => el("section", { class: "group" },
    el("h2", {}, el("a", { href: address("moment", [video.stream]) }, video.stream), el("span", { class: "soft" }, ` · ${text("moments", { count: video.total })}`)),
    el("ol", { class: "results" }, video.moments.map((item) => el("li", {}, card(item)))))));
}

function card(item) {
  return el("a", { class: "result", href: address("moment", [item.stream], { event: item.id }) },
    thumbnail(item),
    el("div", { class: "words" },
      el("h3", {}, highlighted(item.highlight ?? [{ text: item.text }])),
      el("div", { class: "row" }, [item.stream, moment(item.start_ms, item.live), duration(item.end_ms - item.start_ms)].join(" · ")),
      el("div", { class: "row" }, confidence(item.confidence), (item.why ?? []).map((why) => el("span", { class: "chip" }, text(`why ${why}`))))));
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

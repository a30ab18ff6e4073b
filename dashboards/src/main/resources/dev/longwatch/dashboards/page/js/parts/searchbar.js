// SPDX-License-Identifier: Apache-2.0
// One bar for everything: free words, and `key:value` filters that become chips.

import { address, place } from "../app.js";
import { el, fill, icon } from "../dom.js";
import { rules, streams, videos } from "../model.js";
import { text } from "../text.js";

/** Filters that may be typed, as the API names them. */
export const FILTERS = ["stream", "rule", "label", "from", "to", "min_confidence", "verdict"];
const TYPED = new RegExp(`(?:^|\\s)(${FILTERS.join("|")}):("([^"]*)"|\\S+)\\s`, "g");

/** Splits what was typed into words and filters; a filter counts once a blank follows it. */
export function parsed(typed) {
  const filters = [];
  const words = typed.replace(TYPED, (whole, name, value, quoted) => {
    filters.push([name, quoted ?? value]);
    return " ";
  });
  return { words: words.replace(/\s+/g, " "), filters };
}

export function searchBar() {
  const { screen, query } = place();
  let filters = screen === "search" ? [...query].filter(([name]) => FILTERS.includes(name)) : [];
  const chips = el("span", { class: "chips" });
  const list = el("ul", { class: "suggestions", id: "suggestions", role: "listbox", hidden: true });
  const input = el("input", {
    type: "search", name: "q", autocomplete: "off", role: "combobox", "aria-expanded": "false", "aria-controls": "suggestions",
    "aria-label": text("search for"), placeholder: text("search hint"), value: screen === "search" ? query.get("q") : null,
  });
  const form = el("form", { role: "search" }, icon("search"), chips, input, el("kbd", { "aria-hidden": "true" }, "/"));
  const bar = el("div", { class: "searchbar" }, form, list);
  let names;
  let chosen = -1;

  const drawChips = () => fill(chips, filters.map(([name, value], index) =>
    el("span", { class: "chip" }, `${name}: ${value}`,
      el("button", { type: "button", "aria-label": text("without filter", { name }), onclick: () => {
        filters.splice(index, 1);
        drawChips();
        go();
      } }, "×"))));

  const take = (typed) => {
    const found = parsed(typed);
    if (found.filters.length) {
      filters = [...filters, ...found.filters];
      input.value = found.words.trimStart();
      drawChips();
    }
  };

  const go = () => {
    take(`${input.value} `);
    close();
    const together = {};
    for (const [name, value] of filters) {
      (together[name] ??= []).push(value);
    }
    location.hash = address("search", [], { q: input.value.trim(), ...together });
  };

  const close = () => {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const suggest = async () => {
    names ??= known();
    const suggestions = suggestionsFor(input.value, await names);
    fill(list, suggestions.map((each, index) =>
      el("li", { role: "option", id: `suggestion-${index}`, "aria-selected": "false", onmousedown: (event) => {
        event.preventDefault();
        accept(each);
      } }, each.filter ? el("span", { class: "soft small" }, each.filter) : icon("rules"), each.value)));
    list.hidden = suggestions.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    chosen = -1;
    list.suggestions = suggestions;
  };

  const accept = ({ filter, value, rest }) => {
    if (filter) {
      filters.push([filter, value]);
      input.value = rest;
      drawChips();
      close();
    } else {
      input.value = value;
      go();
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (chosen >= 0) {
      accept(list.suggestions[chosen]);
    } else {
      go();
    }
  });
  input.addEventListener("input", () => {
    take(input.value);
    suggest();
  });
  input.addEventListener("focus", suggest);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      close();
    } else if (event.key === "Backspace" && input.value === "" && filters.length) {
      filters.pop();
      drawChips();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
      event.preventDefault();
      const count = list.children.length;
      chosen = (chosen + (event.key === "ArrowDown" ? 1 : -1) + count) % count;
      [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === chosen)));
      input.setAttribute("aria-activedescendant", `suggestion-${chosen}`);
    }
  });
  drawChips();
  return bar;
}

/** Filters whose values are known, and suggested. */
const NAMED = ["stream", "rule", "label", "verdict"];
const BEGUN = new RegExp(`(^|.*\\s)(${NAMED.join("|")}):(\\S*)$`);

/** Names of streams and rules, their labels, and verdicts; searching works without them too. */
async function known() {
  const [cameras, files, armed] = await Promise.all([streams, videos, rules].map((ask) => ask().catch(() => [])));
  return {
    stream: [...new Set([...cameras, ...files].map(({ name }) => name))],
    rule: armed.map(({ name }) => name),
    label: [...new Set([...cameras, ...armed].flatMap(({ labels }) => labels ?? []))].sort(),
    verdict: ["open", "true_alarm", "false_alarm"],
    words: armed.map(({ when }) => when).filter(Boolean),
  };
}

function suggestionsFor(typed, names) {
  const started = typed.match(BEGUN);
  if (started) {
    const [, rest, filter, begun] = started;
    return names[filter].filter((name) => name.toLowerCase().includes(begun.toLowerCase())).slice(0, 8)
      .map((value) => ({ filter, value, rest: rest.trim() }));
  }
  const last = typed.toLowerCase().trim();
  if (last === "") {
    return names.words.slice(0, 5).map((value) => ({ value }));
  }
  const filters = NAMED.flatMap((filter) => names[filter]
    .filter((name) => name.toLowerCase().startsWith(last)).map((value) => ({ filter, value, rest: "" })));
  const words = names.words.filter((each) => each.toLowerCase().includes(last)).map((value) => ({ value }));
  return [...words, ...filters].slice(0, 8);
}

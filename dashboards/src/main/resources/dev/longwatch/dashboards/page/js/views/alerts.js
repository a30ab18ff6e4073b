// SPDX-License-Identifier: Apache-2.0
// All alerts, newest first, and what people do about them.

import { follow, get, put } from "../api.js";
import { address, failure } from "../app.js";
import { el, fill, icon } from "../dom.js";
import { alertCard } from "../parts/alertcard.js";
import { text } from "../text.js";

const PAGE = 40;
const HOUR = 3_600_000;

export async function show(main, { query }) {
  const list = el("div", { class: "results" });
  const bad = el("div");
  const more = el("button", { hidden: true, onclick: () => load() }, text("more"));
  const shownFor = Object.fromEntries(["stream", "rule", "severity", "open"].map((name) => [name, query.get(name) ?? undefined]));
  let cursor;

  const load = async () => {
    try {
      const page = await get("alerts", { ...shownFor, limit: PAGE, cursor });
      if (!cursor && page.items.length === 0) {
        fill(list);
        fill(bad, el("div", { class: "empty" }, el("h2", {}, text("no alerts yet")), el("p", {}, text("no alerts hint")),
          el("a", { class: "button main", href: "#/rules" }, text("write a rule"))));
        return;
      }
      cursor = page.next;
      more.hidden = !cursor;
      list.append(...page.items.map((alert) => handled(alert, bad)));
    } catch (error) {
      fill(bad, failure(error, load));
    }
  };

  const chips = [["", "all"], ["true", "not handled"]].map(([value, name]) =>
    el("a", { class: "button", "aria-current": (shownFor.open ?? "") === value && "true", href: address("alerts", [], { ...shownFor, open: value }) }, text(name)));
  fill(main, el("div", { class: "title" }, el("h1", {}, text("alerts")), el("div", { class: "actions" }, chips)), bad, list,
    el("div", { class: "empty small" }, more));
  await load();
  return follow({ alert: (alert) => {
    const known = list.querySelector(`[data-alert="${CSS.escape(alert.id)}"]`);
    const card = handled(alert, bad);
    if (known) {
      known.replaceWith(card);
    } else if (!Object.values(shownFor).some(Boolean)) {
      fill(bad);
      list.prepend(card);
    }
  } });
}

function handled(alert, bad) {
  const node = el("div", { "data-alert": alert.id });
  const act = async (what, body) => {
    try {
      const handling = await put(`alerts/${encodeURIComponent(alert.id)}/${what}`, body);
      node.replaceWith(handled({ ...alert, handling }, bad));
    } catch (error) {
      fill(bad, failure(error));
    }
  };
  const handling = alert.handling ?? {};
  const seen = Boolean(handling.acknowledged_by);
  return (fill(node, el("div", { class: "feed" }, alertCard(alert)),
    el("div", { class: "tools tight" },
      el("button", { "aria-pressed": String(seen), onclick: () => act("acknowledged", { by: seen ? "" : text("the page") }) }, icon("check"), text("seen")),
      el("button", { title: text("snooze hint"), onclick: () => act("snoozed", { until_ms: Date.now() + HOUR }) }, icon("snooze"), text("snooze 1 h")),
      el("button", { "aria-label": text("verdict true_alarm"), "aria-pressed": String(handling.verdict === "true_alarm"), onclick: () => act("verdict", { verdict: "true_alarm", reason: "" }) }, icon("up")),
      el("button", { "aria-label": text("verdict false_alarm"), "aria-pressed": String(handling.verdict === "false_alarm"), onclick: () => act("verdict", { verdict: "false_alarm", reason: "" }) }, icon("down")))), node);
}

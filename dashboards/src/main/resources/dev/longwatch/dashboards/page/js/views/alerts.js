// SPDX-License-Identifier: Apache-2.0
// All alerts, newest first, and what people do about them.

import { follow, patch } from "../api.js";
import { address, failure } from "../app.js";
import { el, fill, icon } from "../dom.js";
import { alertCard } from "../parts/alertcard.js";
import { alertOf, alerts } from "../model.js";
import { text } from "../text.js";

const PAGE = 40;
const HOUR = 3_600_000;

export async function show(main, { query }) {
  const list = el("div", { class: "results" });
  const bad = el("div");
  const more = el("button", { hidden: true, onclick: () => load() }, text("more"));
  const shownFor = Object.fromEntries(["stream", "rule", "severity", "acknowledged"].map((name) => [name, query.get(name) ?? undefined]));
  const handlings = new Map();
  let cursor;

  // news do not say what people did about an alert
  const remembered = (alert) => {
    handlings.set(alert.id, alert.handling ?? handlings.get(alert.id));
    return handled({ ...alert, handling: handlings.get(alert.id) }, bad, handlings);
  };

  const load = async () => {
    try {
      const page = await alerts({ ...shownFor, limit: PAGE, cursor });
      if (!cursor && page.alerts.length === 0) {
        fill(list);
        fill(bad, el("div", { class: "empty" }, el("h2", {}, text("no alerts yet")), el("p", {}, text("no alerts hint")),
          el("a", { class: "button main", href: "#/rules" }, text("write a rule"))));
        return;
      }
      cursor = page.next;
      more.hidden = !cursor;
      list.append(...page.alerts.map((alert) => remembered(alert)));
    } catch (error) {
      fill(bad, failure(error, load));
    }
  };

  const chips = [["", "all"], ["false", "not handled"]].map(([value, name]) =>
    el("a", { class: "button", "aria-current": (shownFor.acknowledged ?? "") === value && "true", href: address("alerts", [], { ...shownFor, acknowledged: value }) }, text(name)));
  fill(main, el("div", { class: "title" }, el("h1", {}, text("alerts")), el("div", { class: "actions" }, chips)), bad, list,
    el("div", { class: "empty small" }, more));
  await load();
  return follow({ alert: (answer) => {
    const known = list.querySelector(`[data-alert="${CSS.escape(answer.id)}"]`);
    const card = remembered(alertOf(answer));
    if (known) {
      known.replaceWith(card);
    } else if (!Object.values(shownFor).some(Boolean)) {
      fill(bad);
      list.prepend(card);
    }
  } });
}

function handled(alert, bad, handlings) {
  const node = el("div", { "data-alert": alert.id });
  const act = async (change) => {
    try {
      const { handling } = await patch(`alerts/${encodeURIComponent(alert.id)}/handling`, change);
      handlings.set(alert.id, handling);
      node.replaceWith(handled({ ...alert, handling }, bad, handlings));
    } catch (error) {
      fill(bad, failure(error));
    }
  };
  const handling = alert.handling ?? {};
  const seen = Boolean(handling.acknowledged_by);
  const snoozed = Boolean(handling.snoozed_until) && Date.parse(handling.snoozed_until.iso) > Date.now();
  return (fill(node, el("div", { class: "feed" }, alertCard(alert)),
    el("div", { class: "tools tight" },
      el("button", { "aria-pressed": String(seen), onclick: () => act({ acknowledged_by: seen ? "" : text("the page") }) }, icon("check"), text("seen")),
      el("button", { title: text("snooze hint"), "aria-pressed": String(snoozed), onclick: () => act({ snoozed_until: snoozed ? 0 : new Date(Date.now() + HOUR).toISOString() }) }, icon("snooze"), text("snooze 1 h")),
      el("button", { "aria-label": text("verdict true_alarm"), "aria-pressed": String(handling.verdict === "true_alarm"), onclick: () => act({ verdict: "true_alarm" }) }, icon("up")),
      el("button", { "aria-label": text("verdict false_alarm"), "aria-pressed": String(handling.verdict === "false_alarm"), onclick: () => act({ verdict: "false_alarm" }) }, icon("down")))), node);
}

// SPDX-License-Identifier: Apache-2.0
// Rules: write a sentence, see what it would have fired on, then arm it.

import { post, put, remove } from "../api.js";
import { address, failure, say } from "../app.js";
import { el, fill, icon, severity } from "../dom.js";
import { confidence } from "../parts/confidence.js";
import { histogram } from "../parts/histogram.js";
import { thumbnail } from "../parts/thumbnail.js";
import { rules as armed, secondsOf, streams as cameras, trialOf, videos as watched } from "../model.js";
import { text } from "../text.js";
import { duration, moment } from "../time.js";

const SEVERITIES = ["info", "warning", "critical"];
const HOUR = 3_600;
const LONGEST_NAME = 120;

export async function show(main, { below: [name], query }) {
  const [rules, streams, videos] = await Promise.all([armed(), cameras(), watched()]);
  const edited = name ? rules.find((rule) => rule.name === name) : undefined;
  const controller = new AbortController();
  const places = [...new Set([...streams, ...videos].map((each) => each.name))];
  fill(main,
    el("div", { class: "title" }, el("h1", {}, text("rules")),
      el("div", { class: "actions" }, name && el("a", { class: "button", href: "#/rules" }, icon("add"), text("new rule")))),
    writer(edited ?? { when: query.get("when") ?? "", streams: query.getAll("streams") }, places, controller.signal),
    el("h2", {}, text("armed")), list(rules));
  return () => controller.abort();
}

function writer(rule, places, signal) {
  const when = el("textarea", { required: true, maxlength: 500, placeholder: text("rule hint"), "aria-label": text("sentence") });
  when.value = sentence(rule);
  when.disabled = Boolean(rule.sequence);
  const on = el("select", { "aria-label": text("try on") }, places.map((place) => el("option", {}, place)));
  on.value = rule.streams?.[0] && places.includes(rule.streams[0]) ? rule.streams[0] : (places[0] ?? "");
  const result = el("div", { class: "card" }, el("p", { class: "soft" }, places.length ? text("try hint") : text("nothing to try on")));
  const wrong = el("p", { class: "wrong", role: "alert" });
  let threshold = rule.threshold ?? 0.5;
  const field = (label, input) => el("label", { class: "field" }, text(label), input);
  const name = el("input", { value: rule.name, placeholder: text("name hint"), disabled: Boolean(rule.name) });
  const least = el("input", { type: "number", min: 0, max: 86_400, step: 0.5, value: (rule.min_duration_seconds ?? 0) });
  const cooldown = el("input", { type: "number", min: 0, step: 1, value: (rule.cooldown_seconds ?? 0) / 60 });
  const level = el("select", {}, SEVERITIES.map((each) => el("option", { value: each, selected: each === (rule.severity ?? "warning") }, text(each))));
  const globs = el("input", { value: (rule.streams ?? []).join(", "), placeholder: text("all streams") });
  const hours = el("input", { value: rule.schedule?.active?.join(", "), placeholder: "mon-fri 08:00-18:00" });
  const told = el("input", { value: (rule.notify ?? []).join(", "), placeholder: text("nobody") });
  const several = (input) => input.value.split(",").map((each) => each.trim()).filter(Boolean);

  const tryOut = async () => {
    if (!when.reportValidity()) {
      return;
    }
    fill(result, el("p", {}, text("trying", { place: on.value })), el("progress"));
    try {
      const tried = trialOf(await post("rules/test", {
        [rule.absent ? "absent" : "when"]: when.value.trim(), on: on.value, threshold: 0,
        min_duration_seconds: Number(least.value), last_seconds: HOUR,
      }, signal));
      drawTried(result, tried, threshold, (value) => {
        threshold = value;
      });
    } catch (error) {
      if (error.name !== "AbortError") {
        fill(result, failure(error, tryOut));
      }
    }
  };

  const arm = async (event) => {
    event.preventDefault();
    fill(wrong);
    const called = (name.value.trim() || when.value.trim()).slice(0, LONGEST_NAME);
    try {
      await put(`rules/${encodeURIComponent(called)}`, {
        ...(rule.sequence ? { sequence: rule.sequence, within_seconds: rule.within_seconds } : {
          [rule.absent ? "absent" : "when"]: when.value.trim(), threshold, min_duration_seconds: Number(least.value),
          merge_seconds: rule.merge_seconds, streams: several(globs),
        }),
        cooldown_seconds: Number(cooldown.value) * 60, severity: level.value, notify: several(told), alert: rule.alert, labels: rule.labels,
        schedule: hours.value.trim() ? { zone: Intl.DateTimeFormat().resolvedOptions().timeZone, active: several(hours) } : undefined,
      });
      say(text("armed rule", { name: called }));
      location.hash = address("rules", [], { armed: called });
    } catch (error) {
      fill(wrong, error.message, error.fields?.map((each) => el("div", {}, `${each.field}: ${each.reason}`)));
    }
  };

  return el("form", { class: "writer", onsubmit: arm },
    el("div", { class: "card talk" }, when,
      el("div", { class: "tools" }, field("try on", on), el("button", { type: "button", disabled: places.length === 0 || Boolean(rule.sequence), onclick: tryOut }, icon("play"), text("try it"))),
      el("details", { open: Boolean(rule.name) }, el("summary", {}, text("more settings")),
        el("div", { class: "fields" }, field("name", name), field("severity", level), field("only streams", globs), field("at least seconds", least),
          field("cooldown minutes", cooldown), field("active hours", hours), field("notify", told))),
      wrong, el("div", {}, el("button", { class: "main" }, rule.name ? text("save") : text("arm")))),
    result);
}

/** What a rule asks for, in one line. */
function sentence(rule) {
  return rule.when ?? rule.absent ?? (rule.sequence ?? []).map((each) => each.rule ?? each).join(" → ");
}

function drawTried(result, tried, threshold, changed) {
  const count = el("h2");
  const sheet = el("div", { class: "sheet" });
  const draw = (value) => {
    changed(value);
    const fired = tried.moments.filter((each) => each.confidence >= value);
    fill(count, text("would have fired", { count: fired.length, time: duration(tried.watched_seconds * 1000) }));
    fill(sheet, fired.slice(0, 60).map((each) => el("a", { class: "result", href: address("moment", [tried.on], { t: secondsOf(each.start_ms) }) },
      thumbnail({ ...each, stream: tried.on, live: tried.live }),
      el("div", { class: "row" }, moment(each.start_ms, tried.live), confidence(each.confidence)))));
  };
  fill(result, count,
    tried.problem && el("p", { class: "wrong" }, tried.problem),
    histogram(tried.probabilities, threshold, draw), el("p", { class: "soft small" }, text("histogram hint")), sheet);
}

function list(rules) {
  if (rules.length === 0) {
    return el("div", { class: "empty" }, el("p", {}, text("no rules yet")));
  }
  return el("div", { class: "tablebox" }, el("table", {},
    el("thead", {}, el("tr", {}, ["rule", "sentence", "threshold", "precision", "told", ""].map((head) =>
      el("th", { class: head === "threshold" || head === "precision" ? "number" : "" }, text(head))))),
    el("tbody", {}, rules.map((rule) => el("tr", {},
      el("td", {}, severity(rule.severity ?? "info", text(rule.severity ?? "info")), " ",
        rule.from === "index" ? el("a", { href: address("rules", [rule.name]) }, rule.name) : rule.name),
      el("td", {}, rule.absent ? text("not seen", { what: rule.absent }) : sentence(rule),
        rule.streams?.length > 0 && el("div", { class: "soft small" }, rule.streams.join(", "))),
      el("td", { class: "number" }, rule.threshold ?? "–"),
      el("td", { class: "number" }, precision(rule)),
      el("td", {}, (rule.notify ?? []).join(", ") || text("nobody")),
      el("td", {}, rule.from === "index"
        ? el("button", { class: "bare danger", "aria-label": text("remove rule", { name: rule.name }), onclick: (event) => forget(rule, event.target.closest("tr")) }, icon("bin"))
        : el("span", { class: "soft small", title: text("in file hint") }, text("in file"))))))));
}

function precision({ precision: right, true_alarms, suggested_threshold }) {
  if (!right) {
    return "–";
  }
  const percent = (share) => Math.round(100 * share);
  return [`${percent(right.share)} %`,
    el("div", { class: "soft small", title: text("precision hint") },
      text("right of", { some: true_alarms, count: right.judged, low: percent(right.low), high: percent(right.high) })),
    suggested_threshold && el("div", { class: "small" }, text("better threshold", { value: suggested_threshold, count: right.judged }))];
}

async function forget(rule, row) {
  if (!confirm(text("really remove", { name: rule.name }))) {
    return;
  }
  try {
    await remove(`rules/${encodeURIComponent(rule.name)}`);
    row.remove();
  } catch (error) {
    row.after(el("tr", {}, el("td", { colspan: 6 }, failure(error))));
  }
}

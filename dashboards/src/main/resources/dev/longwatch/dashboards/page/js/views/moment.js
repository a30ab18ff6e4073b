// SPDX-License-Identifier: Apache-2.0
// The moment: the video, opened just before an event, with what is known about every second of it below.

import { get, mediaUrl, post, put } from "../api.js";
import { address, failure, say } from "../app.js";
import { el, fill, icon, severity } from "../dom.js";
import { askPanel } from "../parts/ask.js";
import { confidence } from "../parts/confidence.js";
import { attach } from "../parts/hls.js";
import { lanes } from "../parts/lanes.js";
import { text } from "../text.js";
import { duration, moment, zone } from "../time.js";

/** How long before an event the player opens, and how much around it is shown first. */
const BEFORE = 2_000;
const AROUND = 60_000;
/** A playlist of a recording covers so much around the second that is looked for. */
const STRETCH = 30 * 60_000;

export async function show(main, { below: [name], query }) {
  const video = await get(`videos/${encodeURIComponent(name)}`);
  const live = video.live;
  const whole = [video.start_ms, Math.max(video.end_ms, video.start_ms + 1_000)];
  const asked = query.get("event") ? await get(`events/${encodeURIComponent(query.get("event"))}`) : undefined;
  const start = asked ? asked.start_ms : query.has("t") ? Number(query.get("t")) : live ? whole[1] - AROUND / 2 : whole[0];

  const picture = el("video", { controls: true, playsinline: true, preload: "metadata", "aria-label": name });
  const why = el("div", { class: "why", hidden: true });
  const boxes = el("canvas", { "aria-hidden": "true" });
  const clock = el("time");
  const facts = el("aside", { class: "card", "aria-label": text("event") });
  const bad = el("div");
  let events = [];
  let current = asked;
  let player;
  let base = live ? start : 0;

  const now = () => (live ? (player?.wallClockMillis() ?? base + picture.currentTime * 1000) : picture.currentTime * 1000);
  const timeline = lanes({ whole, live, seek: (millis) => seek(millis), choose: (event) => choose(event), moved: () => later() });

  const unplayable = () => {
    why.hidden = false;
    fill(why, el("strong", {}, text("cannot be played")), el("span", { class: "small" }, text("cannot be played hint")),
      el("a", { class: "button", href: mediaUrl(`${encodeURIComponent(name)}/file`), download: "" }, icon("save"), text("download")));
  };

  const open = (millis) => {
    player?.close();
    why.hidden = true;
    if (live) {
      base = Math.max(whole[0], millis - STRETCH / 2);
      const to = Math.min(whole[1], base + STRETCH);
      player = attach(picture, mediaUrl(`${encodeURIComponent(name)}/recording.m3u8`, { from_ms: Math.round(base), to_ms: Math.round(to) }), unplayable);
    } else {
      picture.src = mediaUrl(`${encodeURIComponent(name)}/file`);
      picture.addEventListener("error", unplayable, { once: true });
    }
  };

  const seek = (millis) => {
    const wanted = Math.min(Math.max(millis, whole[0]), whole[1]);
    if (live && (wanted < base || wanted > base + STRETCH)) {
      open(wanted);
    }
    const set = () => {
      picture.currentTime = Math.max(0, (wanted - (live ? base : 0)) / 1000);
    };
    if (picture.readyState > 0) {
      set();
    } else {
      picture.addEventListener("loadedmetadata", set, { once: true });
    }
    timeline.at(wanted);
    clock.textContent = moment(wanted, live);
  };

  const choose = (event) => {
    current = event;
    timeline.choose(event.id);
    const [from, to] = timeline.shown();
    if (event.start_ms < from || event.end_ms > to) {
      const half = Math.max(AROUND, event.end_ms - event.start_ms) / 2 + BEFORE;
      timeline.look(event.start_ms - half, event.start_ms + half);
    }
    seek(event.start_ms - BEFORE);
    drawFacts(facts, event, live);
    history.replaceState(null, "", address("moment", [name], { event: event.id }));
    say(`${event.text}, ${moment(event.start_ms, live)}`);
  };

  const step = (direction) => {
    const sorted = [...events].sort((a, b) => a.start_ms - b.start_ms);
    const here = current ? current.start_ms : now();
    const next = direction > 0 ? sorted.find((event) => event.start_ms > here) : sorted.findLast((event) => event.start_ms < here);
    if (next) {
      choose(next);
    }
  };

  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(load, 200);
  };
  const load = async () => {
    const [from, to] = timeline.shown();
    try {
      const found = await get(`videos/${encodeURIComponent(name)}/timeline`, { from_ms: Math.round(from), to_ms: Math.round(to) });
      events = found.events;
      timeline.show(found);
      fill(bad);
    } catch (error) {
      fill(bad, failure(error, load));
    }
  };

  const tool = (name, label, action) => el("button", { class: "bare", title: label, "aria-label": label, onclick: action }, icon(name));
  fill(main,
    el("div", { class: "title" }, el("h1", {}, name),
      el("span", { class: "soft small" }, live ? text("times in", { zone: zone() }) : text("times of the video"))),
    bad,
    el("div", { class: "stage" },
      el("div", {},
        el("div", { class: "player" }, picture, boxes, why),
        el("div", { class: "tools" }, clock,
          tool("previous", text("previous event"), () => step(-1)), tool("next", text("next event"), () => step(1)),
          tool("link", text("copy link"), () => copyLink(name, now())),
          el("button", { title: text("export hint"), onclick: () => exportClip(name, current, now(), live, bad) }, icon("save"), text("export")),
          el("button", { class: "bare", "aria-label": text("closer"), title: text("closer"), onclick: () => timeline.zoom(0.5) }, "+"),
          el("button", { class: "bare", "aria-label": text("farther"), title: text("farther"), onclick: () => timeline.zoom(2) }, "−"),
          el("button", { class: "bare small", onclick: () => timeline.look(...whole) }, text("whole"))),
        timeline.node,
        el("p", { class: "soft small" }, text("timeline hint"))),
      el("div", { class: "feed" }, facts, askPanel(name, (millis) => seek(millis), live))));

  const half = asked ? Math.max(AROUND, asked.end_ms - asked.start_ms) / 2 + BEFORE : AROUND;
  open(start);
  timeline.look(...(live || whole[1] - whole[0] > 3_600_000 ? [start - half, start + half] : whole));
  await load();
  if (asked) {
    choose(asked);
  } else {
    seek(start);
    fill(facts, el("p", { class: "soft" }, events.length ? text("choose an event") : text("no events here")));
  }
  picture.addEventListener("timeupdate", () => {
    timeline.at(now());
    clock.textContent = moment(now(), live);
  });
  const keys = (event) => {
    if (event.target.closest("input, textarea, select, video")) {
      return;
    }
    const actions = {
      ArrowLeft: () => seek(now() - 1_000), ArrowRight: () => seek(now() + 1_000), j: () => step(-1), k: () => step(1),
      " ": () => (picture.paused ? picture.play() : picture.pause()), c: () => copyLink(name, now()), "+": () => timeline.zoom(0.5), "-": () => timeline.zoom(2),
    };
    if (actions[event.key] && !event.ctrlKey && !event.metaKey && !event.target.closest("button, [role=button]")) {
      event.preventDefault();
      actions[event.key]();
    }
  };
  addEventListener("keydown", keys);
  return () => {
    removeEventListener("keydown", keys);
    clearTimeout(timer);
    player?.close();
    picture.removeAttribute("src");
    picture.load();
  };
}

async function copyLink(name, millis) {
  const link = new URL(address("moment", [name], { t: Math.round(millis) }), location.href).href;
  try {
    await navigator.clipboard.writeText(link);
    say(text("link copied"));
  } catch {
    prompt(text("copy link"), link);
  }
}

async function exportClip(name, event, millis, live, bad) {
  const from = event ? event.start_ms : millis - 5_000;
  const to = event ? event.end_ms : millis + 5_000;
  try {
    const made = await post("media/clips", { stream: name, from_ms: Math.max(0, Math.round(from)), to_ms: Math.round(to) });
    el("a", { href: `api/v1/${made.path}`, download: made.name }).click();
    say(text("exported", { name: made.name }));
  } catch (error) {
    fill(bad, failure(error, () => exportClip(name, event, millis, live, bad)));
  }
}

function drawFacts(card, event, live) {
  const row = (name, value) => value && [el("dt", {}, text(name)), el("dd", {}, value)];
  const state = el("div", { class: "small", role: "status" });
  const reason = el("input", { placeholder: text("reason hint"), "aria-label": text("reason") });
  const judge = async (verdict) => {
    try {
      await put(`alerts/${encodeURIComponent(event.id)}/verdict`, { verdict, reason: reason.value });
      fill(state, text(`verdict ${verdict}`));
    } catch (error) {
      fill(state, el("span", { class: "wrong" }, error.message));
    }
  };
  fill(card,
    el("div", { class: "title" }, event.severity && severity(event.severity, text(event.severity)), el("h2", {}, event.text)),
    el("dl", { class: "facts" },
      row("rule", event.rule), row("from", moment(event.start_ms, live)), row("to", moment(event.end_ms, live)),
      row("lasts", duration(event.end_ms - event.start_ms)), row("confidence", confidence(event.confidence)),
      row("state", text(`event ${event.state}`)), row("sampling", event.sampling), row("model", event.model)),
    event.alert && el("div", { class: "feed" },
      el("h3", {}, text("was it right")), reason,
      el("div", { class: "verdict" },
        el("button", { onclick: () => judge("true_alarm") }, icon("up"), text("yes")),
        el("button", { onclick: () => judge("false_alarm") }, icon("down"), text("no"))), state));
}

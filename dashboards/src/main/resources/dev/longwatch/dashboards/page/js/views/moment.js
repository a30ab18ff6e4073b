// SPDX-License-Identifier: Apache-2.0
// The moment: the video, opened just before an event, with what is known about every second of it below.

import { madeUrl, mediaUrl, patch, post, Problem } from "../api.js";
import { address, failure, say } from "../app.js";
import { el, fill, icon, severity } from "../dom.js";
import { askPanel } from "../parts/ask.js";
import { boxes, byPicture } from "../parts/boxes.js";
import { confidence } from "../parts/confidence.js";
import { gone } from "../parts/gone.js";
import { attach } from "../parts/hls.js";
import { lanes } from "../parts/lanes.js";
import { alertFor, event as eventOf, millisOf, neighbour, secondsOf, timeline as known, video as videoOf } from "../model.js";
import { text } from "../text.js";
import { duration, moment, zone } from "../time.js";

/** How long before an event the player opens, and how much around it is shown first. */
const BEFORE = 2_000;
const AROUND = 60_000;
/** A playlist of a recording covers so much around the second that is looked for. */
const STRETCH = 30 * 60_000;

export async function show(main, { below: [name], query }) {
  let video;
  let asked;
  try {
    video = await videoOf(name);
    asked = query.get("event") ? await eventOf(query.get("event")) : undefined;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) {
      fill(main, gone(name, Boolean(video)));
      return () => {};
    }
    throw error;
  }
  const live = video.live;
  const whole = [video.start_ms, Math.max(video.end_ms, video.start_ms + 1_000)];
  const start = asked ? asked.start_ms - BEFORE : query.has("t") ? millisOf({ seconds: query.get("t") }) : live ? whole[1] - AROUND / 2 : whole[0];
  // until the browser knows how long a file is, it is as long as what is known of it; a recording began before the first
  // thing that is known of it, and goes on meanwhile
  const widen = (from, to) => {
    whole[0] = live ? Math.min(whole[0], from) : whole[0];
    whole[1] = Math.max(whole[1], to);
  };
  widen(start, asked ? asked.end_ms : start);

  const picture = el("video", { controls: true, playsinline: true, preload: "metadata", "aria-label": name });
  const outlines = boxes(picture);
  const why = el("div", { class: "why", hidden: true });
  const clock = el("time");
  const facts = el("aside", { class: "card", "aria-label": text("event") });
  const bad = el("div");
  let events = [];
  let current = asked;
  let player;
  let base = 0;
  let wanted = start;

  // before the picture is there its instant is the one that is waited for
  const now = () => (live ? (picture.readyState > 1 && player.wallClockMillis()) || wanted : picture.currentTime * 1000);
  const timeline = lanes({ whole, live, seek: (millis) => seek(millis), choose: (event) => choose(event), moved: () => later() });

  const unplayable = () => {
    why.hidden = false;
    fill(why, el("strong", {}, text("cannot be played")), el("span", { class: "small" }, text("cannot be played hint")),
      el("a", { class: "button", href: mediaUrl(name), download: "" }, icon("save"), text("download")));
  };

  const notKept = () => {
    why.hidden = false;
    fill(why, el("strong", {}, text("not kept")), el("span", { class: "small" }, text("not kept hint")));
  };

  /** The stretch of a recording around an instant, which is where the player begins. */
  const open = (millis) => {
    player?.close();
    why.hidden = true;
    base = Math.max(0, millis - STRETCH / 2);
    const stretch = { from: secondsOf(base), to: secondsOf(base + STRETCH), start: secondsOf(millis) };
    player = attach(picture, mediaUrl(name, "recording.m3u8", stretch), { failed: (_, status) => (status === 404 ? notKept() : unplayable()) });
  };

  const seek = (millis) => {
    wanted = Math.min(Math.max(millis, whole[0]), whole[1]);
    if (live) {
      if (!player || wanted < base || wanted > base + STRETCH || !player.seek(wanted)) {
        open(wanted);
      }
    } else if (picture.readyState > 0) {
      picture.currentTime = wanted / 1000;
    } else {
      picture.addEventListener("loadedmetadata", () => (picture.currentTime = wanted / 1000), { once: true });
    }
    mark(wanted);
  };

  const mark = (millis) => {
    timeline.at(millis);
    outlines.at(millis);
    clock.textContent = moment(millis, live);
  };

  const choose = (event) => {
    if (!timeline.node.isConnected) {
      // the page was left while it was looked up
      return;
    }
    current = event;
    widen(event.start_ms - BEFORE, event.end_ms);
    timeline.choose(event.id);
    outlines.of(event);
    const [from, to] = timeline.shown();
    if (event.start_ms < from || event.end_ms > to) {
      const half = Math.max(AROUND, event.end_ms - event.start_ms) / 2 + BEFORE;
      timeline.look(event.start_ms - half, event.start_ms + half);
    }
    seek(event.start_ms - BEFORE);
    drawFacts(facts, event, live, seek);
    history.replaceState(null, "", address("moment", [name], { event: event.id }));
    say(`${event.text}, ${moment(event.start_ms, live)}`);
  };

  // asked for, not looked up in what is shown: the next one may be hours away
  const step = async (direction) => {
    try {
      const next = await neighbour(name, current ? current.start_ms : now(), direction);
      if (next) {
        choose(next);
      } else {
        say(text("no further event"));
      }
    } catch (error) {
      fill(bad, failure(error, () => step(direction)));
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
      const found = await known(name, from, to);
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
      el("span", { class: "soft small" }, live ? text("times in", { zone: zone() }) : text("times of the video")),
      el("div", { class: "actions" }, el("a", { class: "button", href: address("report", [name]), title: text("report hint") }, icon("report"), text("report")))),
    bad,
    el("div", { class: "stage" },
      el("div", {},
        el("div", { class: "player" }, picture, outlines.node, why),
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
  const middle = asked ? asked.start_ms : start;
  picture.addEventListener("loadedmetadata", () => {
    if (!live && Number.isFinite(picture.duration) && picture.duration * 1000 > whole[1]) {
      const all = timeline.shown()[1] === whole[1];
      whole[1] = picture.duration * 1000;
      timeline.look(...(all ? whole : timeline.shown()));
    }
  });
  if (live) {
    seek(start);
  } else {
    picture.src = mediaUrl(name);
    picture.addEventListener("error", unplayable, { once: true });
  }
  timeline.look(...(live || whole[1] - whole[0] > 3_600_000 ? [middle - half, middle + half] : whole));
  await load();
  if (asked) {
    choose(asked);
  } else {
    seek(start);
    fill(facts, el("p", { class: "soft" }, events.length ? text("choose an event") : text("no events here")));
  }
  picture.addEventListener("timeupdate", () => mark(now()));
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
  const link = new URL(address("moment", [name], { t: secondsOf(millis) }), location.href).href;
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
    const made = await post("media/clips", { stream: name, from: secondsOf(from), to: secondsOf(to) });
    el("a", { href: madeUrl(made.path), download: made.name }).click();
    say(text("exported", { name: made.name }));
  } catch (error) {
    fill(bad, failure(error, () => exportClip(name, event, millis, live, bad)));
  }
}

function drawFacts(card, event, live, seek) {
  const row = (name, value) => value && [el("dt", {}, text(name)), el("dd", {}, value)];
  const mark = el("span");
  const judged = el("div");
  const pictures = [...byPicture(event)].map(([at, found]) => el("li", {}, el("button", { class: "bare small", onclick: () => seek(at) },
    el("time", {}, moment(at, live)), " ", [...new Set(found.map(({ label }) => label))].join(", "))));
  fill(card,
    el("div", { class: "title" }, mark, el("h2", {}, event.text)),
    el("dl", { class: "facts" },
      row("rule", event.rule), row("from", moment(event.start_ms, live)), row("to", moment(event.end_ms, live)),
      row("lasts", duration(event.end_ms - event.start_ms)), row("confidence", confidence(event.confidence)),
      row("state", text(`event ${event.state}`)), row("sampling", event.sampling), row("model", event.model),
      pictures.length > 0 && row("in the picture", el("ul", { class: "pictures" }, pictures))),
    judged);
  if (event.alert === false) {
    return;
  }
  alertFor(event.id).then((alert) => {
    if (alert) {
      fill(mark, severity(alert.severity, text(alert.severity)));
      fill(judged, verdictOn(alert));
    }
  }, (error) => fill(judged, failure(error)));
}

/** Whether an alert was right, for everybody and for the thresholds. */
function verdictOn(alert) {
  const state = el("div", { class: "small", role: "status" });
  const reason = el("input", { placeholder: text("reason hint"), "aria-label": text("reason"), maxlength: 1000, value: alert.handling?.verdict_reason });
  const buttons = [["true_alarm", "up", "yes"], ["false_alarm", "down", "no"]].map(([verdict, picture, word]) =>
    el("button", { "data-verdict": verdict, onclick: () => judge(verdict) }, icon(picture), text(word)));
  const show = (verdict) => buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.verdict === verdict)));
  const judge = async (verdict) => {
    try {
      const { handling } = await patch(`alerts/${encodeURIComponent(alert.id)}/handling`, { verdict, verdict_reason: reason.value });
      show(handling.verdict);
      fill(state, text(`verdict ${handling.verdict}`));
    } catch (error) {
      fill(state, el("span", { class: "wrong" }, error.message));
    }
  };
  show(alert.handling?.verdict);
  return el("div", { class: "feed" }, el("h3", {}, text("was it right")), reason, el("div", { class: "verdict" }, buttons), state,
    alert.evidence?.clip && el("a", { class: "small", href: madeUrl(alert.evidence.clip), download: "" }, icon("save"), " ", text("the clip")));
}

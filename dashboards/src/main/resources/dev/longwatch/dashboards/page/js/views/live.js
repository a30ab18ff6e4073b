// SPDX-License-Identifier: Apache-2.0
// The first screen: how everything is, what the cameras see, and what happened, newest first.

import { follow, mediaUrl } from "../api.js";
import { failure, say } from "../app.js";
import { el, fill } from "../dom.js";
import { alertCard } from "../parts/alertcard.js";
import { emptyHouse } from "../parts/emptyhouse.js";
import { tile } from "../parts/tile.js";
import { alertOf, alerts as recent, status, streams as cameras, videos as watched } from "../model.js";
import { text } from "../text.js";
import { duration, zone } from "../time.js";

const FEED = 30;
const HEALTH_MILLIS = 5_000;
/** From so many streams on the tiles are smaller. */
const MANY = 9;

export async function show(main) {
  const [streams, videos, alerts] = await Promise.all([cameras(), watched(), recent({ limit: FEED })]);
  if (streams.length === 0 && videos.length === 0) {
    fill(main, emptyHouse());
    return () => {};
  }
  const health = el("dl", { class: "health", "aria-label": text("health") });
  const lost = el("div");
  const feed = el("ol", { class: "feed", "aria-label": text("alerts") });
  const tiles = new Map();
  const connection = el("span", { class: "chip", hidden: true }, text("reconnecting"));
  const grid = el("section", { class: streams.length > MANY ? "tiles many" : "tiles", "aria-label": text("streams") });

  const item = (alert) => el("li", { "data-alert": alert.id }, alertCard(alert));

  for (const stream of streams) {
    const one = tile(stream);
    tiles.set(stream.name, one);
    grid.append(one.node);
  }
  if (streams.length === 0) {
    fill(grid, videos.slice(0, 12).map((video) => videoTile(video)));
  }
  fill(feed, alerts.alerts.length ? alerts.alerts.map(item) : el("li", { class: "empty small" }, text("no alerts yet")));
  fill(main,
    el("div", { class: "title" }, el("h1", {}, text("live")), connection,
      el("span", { class: "soft small" }, text("times in", { zone: zone() }))),
    lost, health,
    el("div", { class: "home" }, grid,
      el("section", {}, el("div", { class: "title" }, el("h2", {}, text("alerts")), el("a", { href: "#/alerts", class: "small" }, text("all alerts"))), feed)));

  const refresh = async () => {
    try {
      const [state, now] = await Promise.all([status(), cameras()]);
      fill(lost);
      health.hidden = !state;
      fill(health, state && healthItems(state));
      now.forEach((stream) => tiles.get(stream.name)?.update(stream));
    } catch (error) {
      health.hidden = true;
      fill(lost, failure(error));
    }
  };
  await refresh();
  const timer = setInterval(refresh, HEALTH_MILLIS);
  const arrived = (answer) => {
    const alert = alertOf(answer);
    const known = feed.querySelector(`[data-alert="${CSS.escape(alert.id)}"]`);
    const card = item(alert);
    if (known) {
      known.replaceWith(card);
      return;
    }
    feed.querySelector(".empty")?.remove();
    card.classList.add("new");
    feed.prepend(card);
    [...feed.children].slice(FEED).forEach((old) => old.remove());
    say(text("new alert", { rule: alert.rule, stream: alert.stream }));
  };
  const end = follow({ alert: arrived }, (state) => {
    connection.hidden = state === "open";
  });
  return () => {
    clearInterval(timer);
    end();
    tiles.forEach((one) => one.close());
  };
}

function healthItems(state) {
  const item = (name, value, kind) => el("div", {}, el("dt", {}, text(name)), el("dd", {}, kind ? el("span", { class: `chip ${kind}` }, value) : value));
  const up = state.streams > 0 && (state.streams_up === state.streams ? "good" : "bad");
  return [
    item("streams up", text("of", { some: state.streams_up, all: state.streams }), up),
    state.lag_seconds !== undefined && item("behind", duration(state.lag_seconds * 1000), state.lag_seconds > 30 && "care"),
    state.coverage_today !== undefined && item("watched today", `${(100 * state.coverage_today).toFixed(1)} %`, state.coverage_today < 0.95 && "care"),
    state.model && item("model", state.model),
    item("elasticsearch", state.elasticsearch, state.elasticsearch === "green" || state.elasticsearch === "yellow" ? null : "bad"),
  ];
}

function videoTile(video) {
  return el("a", { class: "tile", href: `#/moment/${encodeURIComponent(video.name)}` },
    el("img", { src: mediaUrl(video.name, "thumbnail", { at: 1, width: 640 }), alt: "", loading: "lazy", onerror: (event) => event.target.remove() }),
    el("span", { class: "label" }, video.name, el("span", { class: "late" }, text("events", { count: video.events }))));
}

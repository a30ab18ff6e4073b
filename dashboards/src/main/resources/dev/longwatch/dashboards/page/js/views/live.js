// SPDX-License-Identifier: Apache-2.0
// The first screen: how everything is, what the cameras see, and what happened, newest first.

import { follow, get } from "../api.js";
import { failure, say } from "../app.js";
import { el, fill } from "../dom.js";
import { alertCard } from "../parts/alertcard.js";
import { emptyHouse } from "../parts/emptyhouse.js";
import { tile } from "../parts/tile.js";
import { text } from "../text.js";
import { duration, zone } from "../time.js";

const FEED = 30;
const HEALTH_MILLIS = 5_000;
/** From so many streams on the tiles are smaller. */
const MANY = 9;

export async function show(main) {
  const [streams, videos, alerts] = await Promise.all([get("streams"), get("videos"), get("alerts", { limit: FEED })]);
  if (streams.items.length === 0 && videos.items.length === 0) {
    fill(main, emptyHouse());
    return () => {};
  }
  const health = el("dl", { class: "health", "aria-label": text("health") });
  const feed = el("div", { class: "feed", role: "feed", "aria-label": text("alerts") });
  const tiles = new Map();
  const connection = el("span", { class: "chip", hidden: true }, text("reconnecting"));
  const grid = el("section", { class: streams.items.length > MANY ? "tiles many" : "tiles", "aria-label": text("streams") });

  const drawFeed = (items) => fill(feed, items.length
    ? items.map((alert) => alertCard(alert))
    : el("p", { class: "empty small" }, text("no alerts yet")));

  for (const stream of streams.items) {
    const one = tile(stream);
    tiles.set(stream.name, one);
    grid.append(one.node);
  }
  if (streams.items.length === 0) {
    fill(grid, videos.items.slice(0, 12).map((video) => videoTile(video)));
  }
  drawFeed(alerts.items);
  fill(main,
    el("div", { class: "title" }, el("h1", {}, text("live")), connection,
      el("span", { class: "soft small" }, text("times in", { zone: zone() }))),
    health,
    el("div", { class: "home" }, grid,
      el("section", {}, el("div", { class: "title" }, el("h2", {}, text("alerts")), el("a", { href: "#/alerts", class: "small" }, text("all alerts"))), feed)));

  const refresh = async () => {
    try {
      const [state, now] = await Promise.all([get("health"), get("streams")]);
      fill(health, healthItems(state));
      now.items.forEach((stream) => tiles.get(stream.name)?.update(stream));
    } catch (error) {
      fill(health, failure(error));
    }
  };
  await refresh();
  const timer = setInterval(refresh, HEALTH_MILLIS);
  const arrived = (alert) => {
    const known = feed.querySelector(`[data-id="${CSS.escape(alert.id)}"]`);
    const card = alertCard(alert);
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
  const up = state.streams_up === state.streams;
  return [
    item("streams up", text("of", { some: state.streams_up, all: state.streams }), up ? "good" : "bad"),
    state.lag_s !== null && item("behind", duration(state.lag_s * 1000), state.lag_s > 30 && "care"),
    state.coverage !== null && item("watched today", `${(100 * state.coverage).toFixed(1)} %`, state.coverage < 0.95 && "care"),
    item("model", state.model),
    item("elasticsearch", state.elasticsearch, state.elasticsearch === "green" || state.elasticsearch === "yellow" ? null : "bad"),
  ];
}

function videoTile(video) {
  return el("a", { class: "tile", href: `#/moment/${encodeURIComponent(video.name)}` },
    el("img", { src: `api/v1/media/${encodeURIComponent(video.name)}/thumbnail?at_ms=1000`, alt: "", loading: "lazy", onerror: (event) => event.target.remove() }),
    el("span", { class: "label" }, video.name, el("span", { class: "late" }, text("events", { count: video.events }))));
}

// SPDX-License-Identifier: Apache-2.0
// Streams and videos: add, test, see what is recorded and watched, keep, delete with a receipt.

import { post, put, remove } from "../api.js";
import { address, failure } from "../app.js";
import { el, fill, icon } from "../dom.js";
import { calendar } from "../parts/calendar.js";
import { dropZone } from "../parts/upload.js";
import { streams as cameras, videos as watched } from "../model.js";
import { text } from "../text.js";
import { ago, duration, moment } from "../time.js";

const REFRESH_MILLIS = 3_000;

/** @param notice what was just done, said above everything until the page is left */
export async function show(main, { query, notice }) {
  const [streams, videos] = await Promise.all([cameras(), watched()]);
  const files = videos.filter((video) => !video.live);
  const bad = el("div");
  const lost = el("div");
  let end = () => {
    clearInterval(timer);
    form.close();
  };
  const again = async (news = notice) => {
    end();
    end = await show(main, { query: new URLSearchParams(), notice: news });
  };
  const form = addDialog(again);
  const rows = new Map(streams.map((stream) => [stream.name, streamRow(stream, bad, again)]));
  fill(main,
    notice && el("div", { class: "notice", role: "status" }, notice),
    el("div", { class: "title" }, el("h1", {}, text("streams and videos")),
      el("div", { class: "actions" }, el("button", { class: "main", onclick: () => form.showModal() }, icon("add"), text("add a camera")))),
    lost, bad, form,
    el("h2", {}, text("streams")),
    streams.length ? table([...rows.values()].map((row) => row.node)) : el("p", { class: "soft" }, text("no streams yet")),
    el("h2", {}, text("videos")),
    files.length ? videoTable(files, bad, again) : el("p", { class: "soft" }, text("no videos yet")),
    el("div", { class: "empty" }, el("div", { class: "ways" }, dropZone())));
  if (query.has("add")) {
    form.showModal();
  }
  const refresh = async () => {
    try {
      const now = await cameras();
      fill(lost);
      const others = now.length !== rows.size || now.some((stream) => !rows.has(stream.name));
      // what was added or removed is taken in a moment later; nobody is disturbed at the dialog, or on the page they went to
      if (others && !form.open && lost.isConnected) {
        await again();
        return;
      }
      now.forEach((stream) => rows.get(stream.name)?.update(stream));
    } catch (error) {
      fill(lost, failure(error));
    }
  };
  const timer = setInterval(refresh, REFRESH_MILLIS);
  return () => end();
}

function table(rows) {
  return el("div", { class: "tablebox" }, el("table", {},
    el("thead", {}, heads({ stream: "", state: "", "recorded until": "number", behind: "number", "kept for": "number", today: "", "": "" })),
    el("tbody", {}, rows)));
}

/** A stream's row, and what brings it up to date without taking the focus away. */
function streamRow(stream, bad, again) {
  const state = el("td");
  const until = el("td", { class: "number" });
  const behind = el("td", { class: "number" });
  const update = (now) => {
    fill(state, el("span", { class: `chip ${now.state === "recording" ? "good" : "bad"}` }, text(`state ${now.state}`)),
      now.sentence && el("div", { class: "small" }, now.sentence), now.since_ms && el("div", { class: "soft small" }, ago(now.since_ms)));
    fill(until, now.recorded_until_ms ? moment(now.recorded_until_ms, true, false) : "–");
    fill(behind, now.lag_ms === undefined ? "–" : duration(now.lag_ms));
  };
  update(stream);
  const node = el("tr", {},
    el("td", {}, el("a", { href: address("moment", [stream.name]) }, stream.name), el("div", { class: "soft small" }, stream.address), reportOf(stream.name)),
    state, until, behind,
    el("td", { class: "number" }, stream.retention_seconds ? duration(stream.retention_seconds * 1000) : text("for ever")),
    el("td", {}, calendar(stream.name)),
    el("td", {}, stream.from === "index"
      ? el("button", { class: "bare danger", "aria-label": text("remove stream", { name: stream.name }), onclick: () => forget(`streams/${encodeURIComponent(stream.name)}`, stream.name, bad, again, { data: true }) }, icon("bin"))
      : el("span", { class: "soft small", title: text("in file hint") }, text("in file"))));
  return { node, update };
}

function videoTable(videos, bad, again) {
  return el("div", { class: "tablebox" }, el("table", {},
    el("thead", {}, heads({ video: "", length: "number", "events found": "number", watched: "number", "": "" })),
    el("tbody", {}, videos.map((video) => el("tr", {},
      el("td", {}, el("a", { href: address("moment", [video.name]) }, video.name), reportOf(video.name)),
      el("td", { class: "number" }, duration(video.end_ms - video.start_ms)),
      el("td", { class: "number" }, video.events),
      el("td", { class: "number" }, video.coverage === undefined ? "–" : `${(100 * video.coverage).toFixed(1)} %`),
      el("td", {}, el("button", { class: "bare danger", "aria-label": text("remove video", { name: video.name }), onclick: () => forget(`videos/${encodeURIComponent(video.name)}`, video.name, bad, again) }, icon("bin"))))))));
}

function reportOf(name) {
  return el("div", { class: "small" }, el("a", { href: address("report", [name]), "aria-label": text("report of", { name }) }, text("report")));
}

function heads(names) {
  return el("tr", {}, Object.entries(names).map(([name, kind]) => el("th", { class: kind }, text(name))));
}

async function forget(path, name, bad, again, query) {
  if (!confirm(text("really delete", { name }))) {
    return;
  }
  try {
    const receipt = await remove(path, query);
    await again(receipt?.sentence ?? text("deleted", { name }));
  } catch (error) {
    fill(bad, failure(error));
  }
}

function addDialog(done) {
  const name = el("input", { required: true, maxlength: 100, placeholder: text("camera name hint") });
  const url = el("input", { required: true, placeholder: "rtsp://user:password@10.0.0.7/main", autocomplete: "off", spellcheck: "false" });
  const keep = el("input", { type: "number", min: 1, value: 30 });
  const state = el("p", { class: "small", role: "status" });
  const wrong = el("p", { class: "wrong", role: "alert" });
  const form = el("form", { method: "dialog" },
    el("h2", {}, text("add a camera")),
    el("label", { class: "field" }, text("name"), name),
    el("label", { class: "field" }, text("address"), url),
    el("label", { class: "field" }, text("keep days"), keep),
    el("p", { class: "soft small" }, text("password hint")), state, wrong,
    el("div", { class: "actions" },
      el("button", { type: "button", onclick: () => dialog.close() }, text("cancel")),
      el("button", { type: "button", onclick: () => test() }, text("test connection")),
      el("button", { class: "main" }, text("add"))));
  const dialog = el("dialog", { "aria-label": text("add a camera") }, form);
  const test = async () => {
    if (!url.reportValidity()) {
      return;
    }
    fill(state, text("connecting"), el("progress"));
    try {
      const answer = await post("streams/test", { url: url.value });
      fill(state, el("span", { class: `chip ${answer.ok ? "good" : "bad"}` }, answer.sentence));
    } catch (error) {
      fill(state, el("span", { class: "wrong" }, error.message));
    }
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    fill(wrong);
    fill(state, el("progress", { "aria-label": text("add") }));
    try {
      await put(`streams/${encodeURIComponent(name.value.trim())}`, { url: url.value, retention_seconds: Number(keep.value) * 86_400 });
      dialog.close();
      await done();
    } catch (error) {
      fill(wrong, error.message, error.fields?.map((each) => el("div", {}, `${each.field}: ${each.reason}`)));
    } finally {
      fill(state);
    }
  });
  return dialog;
}

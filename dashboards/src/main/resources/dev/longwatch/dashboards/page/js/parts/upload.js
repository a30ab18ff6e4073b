// SPDX-License-Identifier: Apache-2.0
// Uploads in pieces: progress, and after a broken connection it goes on where the server has it.

import { call, Problem } from "../api.js";
import { address } from "../app.js";
import { el, fill, icon } from "../dom.js";
import { text } from "../text.js";

const PIECE = 8 << 20;
const PATIENCE = 6;

/** Where a file may be dropped, or chosen by key. */
export function dropZone() {
  const state = el("div", { class: "small", role: "status" });
  const input = el("input", { type: "file", accept: "video/*,.mkv,.ts,.avi", hidden: true, onchange: () => input.files[0] && upload(input.files[0], state) });
  const zone = el("div", { class: "card way drop" },
    el("h3", {}, icon("add"), text("drop a video")),
    el("p", {}, text("drop a video hint")),
    el("button", { onclick: () => input.click() }, text("choose a file")), input, state);
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    const file = event.dataTransfer.files[0];
    if (file) {
      upload(file, state);
    }
  });
  return zone;
}

async function upload(file, state) {
  const bar = el("progress", { max: file.size, value: 0, "aria-label": file.name });
  const words = el("span");
  fill(state, words, bar);
  try {
    const begun = await call("POST", "uploads", { body: { name: file.name, bytes: file.size } });
    let offset = begun.received_bytes;
    let failures = 0;
    while (offset < file.size) {
      bar.value = offset;
      fill(words, text("uploading", { name: file.name, percent: String(Math.floor((100 * offset) / file.size)) }));
      try {
        offset = await piece(begun.id, file, offset);
        failures = 0;
      } catch (error) {
        if (!(error instanceof TypeError) || ++failures > PATIENCE) {
          throw error;
        }
        fill(words, text("upload waits"));
        await new Promise((resolve) => setTimeout(resolve, 1000 * 2 ** failures));
        offset = await call("GET", `uploads/${begun.id}`).then((known) => known.received_bytes, () => offset);
      }
    }
    const done = await call("POST", `uploads/${begun.id}/watch`, { body: {} });
    location.hash = address("moment", [done.video]);
  } catch (error) {
    fill(state, el("span", { class: "wrong", role: "alert" }, error instanceof Problem ? error.message : text("no answer")));
  }
}

/** Sends one piece; how much the server has then. */
async function piece(id, file, offset) {
  const response = await fetch(`api/v1/uploads/${id}`, {
    method: "PATCH",
    headers: { "Content-Type": "application/octet-stream", "Upload-Offset": String(offset) },
    body: file.slice(offset, offset + PIECE),
  });
  const said = await response.json();
  if (!response.ok && response.status !== 409) {
    throw new Problem(response.status, said.detail ?? said.title);
  }
  return said.received_bytes;
}

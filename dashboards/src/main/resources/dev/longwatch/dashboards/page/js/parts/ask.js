// SPDX-License-Identifier: Apache-2.0
// A question beside a video. The answer comes as it is made; the seconds it rests on are links.

import { el, fill, icon } from "../dom.js";
import { millisOf } from "../model.js";
import { text } from "../text.js";
import { moment } from "../time.js";

export function askPanel(stream, seek, live) {
  const talk = el("div", { class: "talk", "aria-live": "polite" });
  const input = el("input", { "aria-label": text("your question"), placeholder: text("ask hint"), maxlength: 500, required: true });
  const form = el("form", { class: "row" }, input, el("button", { class: "main" }, icon("ask"), text("ask")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const question = input.value.trim();
    // an empty value would be shown as a mistake
    form.reset();
    const words = el("span");
    const state = el("div", { class: "soft small" }, text("looking"));
    const rests = el("div", { class: "rests" });
    talk.append(el("div", { class: "turn mine" }, question), el("div", { class: "turn" }, words, state, rests));
    try {
      await answer(question, stream, {
        looking: ({ start }) => fill(state, text("looks at", { time: moment(millisOf(start), live) })),
        piece: ({ text: piece }) => words.append(piece),
        answer: ({ text: whole, known, why }) => {
          fill(words, whole);
          fill(state, known ? null : (why ?? text("does not know")));
        },
        rests: (span) => rests.append(el("button", { class: "chip", onclick: () => seek(millisOf(span.start)) }, moment(millisOf(span.start), live))),
      });
    } catch (error) {
      fill(state, el("span", { class: "wrong" }, error.message));
    }
  });
  return el("section", { class: "card talk", "aria-label": text("ask") }, el("h2", {}, text("ask")), talk, form);
}

/** One question; the answer's events as they come, by name. */
async function answer(question, stream, handlers) {
  const response = await fetch("api/v1/ask", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    body: JSON.stringify({ question, streams: [stream] }),
  });
  if (!response.ok) {
    const said = await response.json().catch(() => ({}));
    if (response.status === 404 || response.status === 405) {
      throw new Error(text("cannot be asked"));
    }
    throw new Error(said.detail ?? text("odd answer", { status: String(response.status) }));
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const name = block.match(/^event: ?(.*)$/m)?.[1];
      const data = block.match(/^data: ?(.*)$/m)?.[1];
      if (data) {
        handlers[name]?.(JSON.parse(data));
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// The REST API, as this page uses it. Whatever goes wrong becomes a Problem with a sentence that says what to do.

import { text } from "./text.js";

const BASE = "api/v1";

/** What the server, or the way to it, said no with. `status` is 0 when there was no answer. */
export class Problem extends Error {
  constructor(status, sentence, fields = []) {
    super(sentence);
    this.status = status;
    this.fields = fields;
  }
}

let refused = () => {};

/** @param handler called when the server wants a token (again) */
export function whenRefused(handler) {
  refused = handler;
}

const JSON_TYPE = "application/json";

/** One request; its JSON, or its words when something else is accepted, or undefined when there is none. */
export async function call(method, path, { query = {}, body, signal, accept = JSON_TYPE } = {}) {
  const url = new URL(`${BASE}/${path}`, document.baseURI);
  for (const [name, value] of Object.entries(query)) {
    for (const each of [value].flat()) {
      if (each !== undefined && each !== null && each !== "") {
        url.searchParams.append(name, each);
      }
    }
  }
  const headers = { Accept: accept };
  if (body !== undefined) {
    headers["Content-Type"] = JSON_TYPE;
  }
  let response;
  try {
    response = await fetch(url, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw new Problem(0, text("no answer"));
  }
  if (response.ok) {
    return response.status === 204 ? undefined : accept === JSON_TYPE ? response.json() : response.text();
  }
  if (response.status === 401) {
    refused();
  }
  throw await problem(response);
}

async function problem(response) {
  try {
    const said = await response.json();
    return new Problem(response.status, said.detail ?? said.title, said.errors ?? []);
  } catch {
    return new Problem(response.status, text("odd answer", { status: String(response.status) }));
  }
}

export const get = (path, query, signal) => call("GET", path, { query, signal });
export const post = (path, body, signal) => call("POST", path, { body, signal });
export const put = (path, body) => call("PUT", path, { body });
export const patch = (path, body) => call("PATCH", path, { body });
export const remove = (path, query) => call("DELETE", path, { query });

/** Where the file of a video is, or what is kept below it. */
export function mediaUrl(video, below = "", query = {}) {
  const params = new URLSearchParams(query).toString();
  return `${BASE}/media/${encodeURIComponent(video)}${below && `/${below}`}${params && `?${params}`}`;
}

/** Where something is that the API names by its path. */
export const madeUrl = (path) => `${BASE}/${path.replace(/^\/?(api\/v1\/)?/, "")}`;

/**
 * Follows what happens. The browser resumes by Last-Event-ID on its own; `state` hears "open" and "waiting".
 *
 * @returns a function that ends it
 */
export function follow(handlers, state = () => {}) {
  const source = new EventSource(`${BASE}/events/stream`);
  let retry;
  source.onopen = () => state("open");
  source.onerror = () => {
    state("waiting");
    if (source.readyState === EventSource.CLOSED) {
      // a refusal ends an EventSource for good
      retry = setTimeout(() => {
        end = follow(handlers, state);
      }, 5_000);
    }
  };
  for (const [name, handler] of Object.entries(handlers)) {
    source.addEventListener(name, (event) => handler(JSON.parse(event.data)));
  }
  let end = () => {
    clearTimeout(retry);
    source.close();
  };
  return () => end();
}

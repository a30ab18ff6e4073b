// SPDX-License-Identifier: Apache-2.0
// The frame: rail, search bar, and the screen that the address names. Addresses are links that can be shared.

import { get, post, Problem, whenRefused } from "./api.js";
import { el, fill, icon } from "./dom.js";
import { searchBar } from "./parts/searchbar.js";
import { chooseLanguage, languages, loadTexts, text } from "./text.js";

/** Screens by the first word of the address; each is fetched when it is first looked at. */
const SCREENS = {
  "": { name: "live", icon: "live", load: () => import("./views/live.js") },
  search: { name: "search", icon: "search", load: () => import("./views/search.js") },
  alerts: { name: "alerts", icon: "alerts", load: () => import("./views/alerts.js") },
  rules: { name: "rules", icon: "rules", load: () => import("./views/rules.js") },
  streams: { name: "streams", icon: "streams", load: () => import("./views/streams.js") },
  report: { load: () => import("./views/report.js") },
  moment: { load: () => import("./views/moment.js") },
};

const main = document.getElementById("main");
const said = document.getElementById("said");
let leave = () => {};
let shown = 0;
let letIn = false;

/** The address as the screen's name, what is below it, and its parameters. */
export function place() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  const [screen, ...below] = path.split("/").map(decoded);
  return { screen, below, query: new URLSearchParams(query ?? "") };
}

/** A part of an address; as it is when somebody has typed what decodes to nothing. */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** An address within the page. */
export function address(screen, below = [], query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const params = new URLSearchParams(given.flatMap(([name, value]) => [value].flat().map((each) => [name, each])));
  return `#/${[screen, ...below].map(encodeURIComponent).join("/")}${given.length ? `?${params}` : ""}`;
}

/** Says something to those who listen to the page instead of looking at it. */
export function say(sentence) {
  said.textContent = sentence;
}

/** A notice in words for whatever went wrong, with a way to try again. */
export function failure(error, again) {
  const sentence = error instanceof Problem ? error.message : text("broken", { what: error.message });
  const fields = error instanceof Problem ? error.fields : [];
  return el("div", { class: "notice bad", role: "alert" },
    el("div", {}, el("strong", {}, sentence),
      fields.map((field) => el("div", { class: "small" }, `${field.field}: ${field.reason}`))),
    again && el("div", { class: "actions" }, el("button", { onclick: again }, text("try again"))));
}

async function show() {
  const mine = ++shown;
  const { screen, below, query } = place();
  const chosen = SCREENS[screen];
  leave();
  leave = () => {};
  drawRail(screen);
  main.setAttribute("aria-busy", "true");
  if (!chosen) {
    main.removeAttribute("aria-busy");
    fill(main, el("div", { class: "empty" }, el("h2", {}, text("no such page")), el("a", { href: "#/" }, text("to the first page"))));
    return;
  }
  try {
    const view = await chosen.load().catch(() => {
      throw new Problem(0, text("no answer"));
    });
    if (mine !== shown) {
      return;
    }
    document.title = `${text(chosen.name ?? screen)} · Longwatch`;
    // a screen that is left while it asks draws where nobody looks
    const room = el("div", { class: "screen" });
    main.replaceChildren(room);
    const end = (await view.show(room, { below, query })) ?? (() => {});
    if (mine !== shown) {
      end();
      return;
    }
    leave = end;
    letIn = true;
  } catch (error) {
    if (mine === shown && error.name !== "AbortError") {
      fill(main, failure(error, show));
    }
  } finally {
    if (mine === shown) {
      main.removeAttribute("aria-busy");
    }
  }
}

function drawRail(current) {
  const rail = document.getElementById("rail");
  rail.setAttribute("aria-label", text("places"));
  fill(rail, rail.querySelector(".brand"),
    Object.entries(SCREENS).filter(([, screen]) => screen.icon).map(([path, screen]) =>
      el("a", { class: "place", href: address(path), "aria-current": path === current && "page" },
        icon(screen.icon), text(screen.name))),
    settings());
}

/** Language and theme: in the rail, on a phone beside the search bar. */
function settings() {
  return el("div", { class: "rest" },
    languages().filter((language) => !language.chosen).map((language) =>
      el("button", { class: "bare small", lang: language.name, onclick: () => chooseLanguage(language.name) }, language.own)),
    el("button", { class: "bare", "aria-label": text("light or dark"), title: text("light or dark"), onclick: otherTheme },
      icon("theme")));
}

function otherTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = document.documentElement.dataset.theme ?? (dark ? "dark" : "light");
  const other = now === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = other;
  localStorage.setItem("theme", other);
}

/** Asks for the token, once, and goes on where the reader was. */
function signIn() {
  if (main.querySelector(".login")) {
    return;
  }
  shown++;
  leave();
  leave = () => {};
  document.title = `${text("sign in")} · Longwatch`;
  const wrong = el("p", { class: "wrong", role: "alert" });
  const token = el("input", { type: "password", name: "token", required: true, autocomplete: "current-password", autofocus: true });
  const form = el("form", { class: "card login" },
    el("h1", {}, text("sign in")),
    letIn && el("p", { class: "notice care", role: "status" }, text("session is over")),
    el("p", { class: "soft" }, text("where the token is")),
    el("label", { class: "field" }, text("token"), token),
    wrong,
    el("button", { class: "main" }, text("sign in")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await post("session", { token: token.value.trim() });
      fill(main);
      start();
    } catch (error) {
      fill(wrong, error.status === 401 ? text("wrong token") : error.message);
      token.select();
    }
  });
  fill(document.getElementById("top"));
  const rail = document.getElementById("rail");
  fill(rail, rail.querySelector(".brand"));
  fill(main, form);
  main.removeAttribute("aria-busy");
  token.focus();
}

function start() {
  fill(document.getElementById("top"), searchBar(), settings());
  show();
}

function keys(event) {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    document.querySelector(".searchbar input")?.focus();
  }
}

await loadTexts();
if (localStorage.getItem("theme")) {
  document.documentElement.dataset.theme = localStorage.getItem("theme");
}
for (const node of document.querySelectorAll("[data-text]")) {
  node.textContent = text(node.dataset.text);
}
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
whenRefused(signIn);
addEventListener("hashchange", show);
addEventListener("keydown", keys);
try {
  await get("session");
  start();
} catch (error) {
  if (error.status !== 401) {
    // the first screen says what is wrong
    start();
  }
}

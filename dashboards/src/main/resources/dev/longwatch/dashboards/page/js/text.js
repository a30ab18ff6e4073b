// SPDX-License-Identifier: Apache-2.0
// What the page says, in the reader's language. A key without a text is shown as it is, which a test finds.

const LANGUAGES = { en: "English", zh: "中文" };

let language = "en";
let texts = {};
let plurals = new Intl.PluralRules("en");

/** Loads the language that was chosen, else the browser's, else English. */
export async function loadTexts() {
  const wanted = [localStorage.getItem("language"), ...navigator.languages];
  language = wanted.map((name) => (name ?? "").slice(0, 2)).find((name) => name in LANGUAGES) ?? "en";
  texts = (await import(`./texts/${language}.js`)).default;
  plurals = new Intl.PluralRules(language);
  document.documentElement.lang = language === "zh" ? "zh-Hans" : language;
}

/** Chooses a language for good. */
export function chooseLanguage(name) {
  localStorage.setItem("language", name);
  location.reload();
}

export function languages() {
  return Object.entries(LANGUAGES).map(([name, own]) => ({ name, own, chosen: name === language }));
}

/** For dates and numbers. */
export function locale() {
  return language === "zh" ? "zh-CN" : "en";
}

/** A text with its {names} filled in; with a `count`, the form that suits it. */
export function text(key, values = {}) {
  const found = texts[key] ?? key;
  const form = typeof found === "object" ? (found[plurals.select(values.count)] ?? found.other) : found;
  return form.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? format(values[name]) : whole));
}

function format(value) {
  return typeof value === "number" ? value.toLocaleString(locale()) : String(value);
}

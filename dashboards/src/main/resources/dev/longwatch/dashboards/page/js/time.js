// SPDX-License-Identifier: Apache-2.0
// Times for people. A stream's are on the wall clock of the reader's zone, which is said; a file's are on its own clock.

import { locale, text } from "./text.js";

const two = (n) => String(n).padStart(2, "0");

/** Milliseconds of a video as 00:01:02.5. */
export function onVideo(millis, fine = true) {
  const tenths = Math.round(millis / 100);
  const seconds = Math.floor(tenths / 10);
  const rest = fine ? `.${tenths % 10}` : "";
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${rest}`;
}

/** Milliseconds since 1970 as a time of day, with the day when it is not today. */
export function onClock(millis, fine = false) {
  const date = new Date(millis);
  const today = new Date().toDateString() === date.toDateString();
  const options = { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false };
  if (fine) {
    options.fractionalSecondDigits = 1;
  }
  if (!today) {
    Object.assign(options, { month: "short", day: "numeric" });
  }
  return new Intl.DateTimeFormat(locale(), options).format(date);
}

/** Whichever clock a thing is on. */
export function moment(millis, live, fine = true) {
  return live ? onClock(millis, fine) : onVideo(millis, fine);
}

/** The reader's zone, as in "Europe/Berlin". */
export function zone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** How long, to two figures or so: 0.4 s, 12 s, 3 min, 2 h, 5 d. */
export function duration(millis) {
  const seconds = millis / 1000;
  const [value, unit] = seconds < 120 ? [seconds, "second"]
    : seconds < 7_200 ? [seconds / 60, "minute"]
      : seconds < 172_800 ? [seconds / 3_600, "hour"] : [seconds / 86_400, "day"];
  const digits = seconds < 10 ? 1 : 0;
  return new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: digits }).format(value);
}

/** How long ago, for a feed. */
export function ago(millis, now = Date.now()) {
  const passed = now - millis;
  return passed < 5_000 ? text("just now") : text("ago", { time: duration(passed) });
}

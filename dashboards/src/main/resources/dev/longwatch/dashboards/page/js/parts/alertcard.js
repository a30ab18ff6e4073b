// SPDX-License-Identifier: Apache-2.0

import { address } from "../app.js";
import { el, severity } from "../dom.js";
import { text } from "../text.js";
import { ago, duration, moment } from "../time.js";
import { confidence } from "./confidence.js";
import { thumbnail } from "./thumbnail.js";

/** An alert as it stands in a feed: what, where, when, how sure, and whether somebody has it. */
export function alertCard(alert) {
  const seen = alert.handling?.acknowledged_by;
  return el("a", {
    class: `alert${seen ? " seen" : ""}`, "data-id": alert.id,
    href: address("moment", [alert.stream], { event: alert.id }),
  },
  thumbnail(alert),
  el("div", { class: "words" },
    el("div", { class: "head" }, severity(alert.severity, text(alert.severity)), el("span", {}, alert.rule)),
    el("div", { class: "small" }, alert.stream, " · ", moment(alert.start_ms, alert.live, false), " · ",
      alert.state === "open" ? el("strong", {}, text("goes on")) : duration(alert.end_ms - alert.start_ms)),
    el("div", { class: "small soft" }, confidence(alert.confidence), " · ", ago(alert.raised_at_ms),
      alert.hold && alert.hold !== "none" && ` · ${text(`hold ${alert.hold}`)}`,
      seen && ` · ${text("seen by", { who: seen })}`)));
}

// SPDX-License-Identifier: Apache-2.0
// The timeline: one lane per rule with its events and how likely each clip held it; what was not watched in grey, the sampling
// rate as a thin line. Zooms from days to a second.

import { el } from "../dom.js";
import { text } from "../text.js";
import { duration, moment } from "../time.js";

const LANE = 34;
/** About as wide as a letter of a name. */
const LETTER = 7;
const RATE = 32;
const AXIS = 24;
const LEAST = 1_000;
const STEPS = [100, 200, 500, 1e3, 2e3, 5e3, 1e4, 15e3, 3e4, 6e4, 12e4, 3e5, 6e5, 9e5, 18e5, 36e5, 72e5, 216e5, 432e5, 864e5];

/**
 * @param options.whole [from, to] milliseconds that can be looked at
 * @param options.live whether they are on the wall clock
 * @param options.seek called with milliseconds
 * @param options.choose called with an event
 * @param options.moved called with the stretch that is shown, when it has changed
 */
export function lanes({ whole, live, seek, choose, moved }) {
  let [from, to] = whole;
  let data = { rules: [], events: [], coverage: [], rates: [], counts: [], curves: new Map() };
  let at = from;
  let chosen;
  let width = 800;
  const svg = el("svg", { role: "group", "aria-label": text("timeline lanes") });
  const node = el("div", { class: "lanes", tabindex: 0, role: "region", "aria-label": text("timeline") }, svg);
  const head = el("line", { class: "head" });
  const x = (millis) => ((millis - from) / (to - from)) * width;
  const millis = (px) => from + (px / width) * (to - from);

  const draw = () => {
    const height = data.rules.length * LANE + RATE + AXIS;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("height", height);
    svg.replaceChildren();
    data.rules.forEach((rule, index) => svg.append(el("rect", { class: "lane", x: 0, y: AXIS + index * LANE, width, height: LANE })));
    ticks(height).forEach((node) => svg.append(node));
    for (const span of data.coverage) {
      if (span.kind !== "analysed" && span.to > from && span.from < to) {
        svg.append(el("rect", { class: span.kind === "waiting" ? "waiting" : "gap", x: x(span.from), y: AXIS, width: Math.max(1, x(span.to) - x(span.from)), height: height - AXIS },
          el("title", {}, `${text(`coverage ${span.kind}`)}${span.reason ? `: ${span.reason}` : ""}, ${moment(span.from, live)}–${moment(span.to, live)}`)));
      }
    }
    data.rules.forEach((rule, index) => {
      svg.append(...heaps(rule, index), ...bars(rule, index), ...curve(rule, index), name(rule, index));
    });
    svg.append(rateLine(AXIS + data.rules.length * LANE), head);
    moveHead();
  };

  const ticks = (height) => {
    const step = STEPS.find((each) => ((to - from) / each) * 84 < width) ?? STEPS.at(-1);
    const offset = live ? new Date(from).getTimezoneOffset() * 60_000 : 0;
    const nodes = [];
    for (let t = Math.ceil((from - offset) / step) * step + offset; t <= to; t += step) {
      nodes.push(el("line", { class: "tick", x1: x(t), x2: x(t), y1: AXIS - 6, y2: height }),
        el("text", { class: "axis", x: x(t) + 4, y: AXIS - 9 }, moment(t, live, step < 1_000)));
    }
    return nodes;
  };

  // one line above its bars, cut where the window ends
  const name = (rule, index) => {
    const most = Math.max(8, Math.floor((width - 16) / LETTER));
    const letters = [...rule];
    return el("text", { class: "name", x: 8, y: AXIS + index * LANE + 13 }, letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : rule, el("title", {}, rule));
  };

  const bars = (rule, index) => data.events
    .filter((event) => event.rule === rule && event.end_ms >= from && event.start_ms <= to)
    .map((event) => el("rect", {
      class: `event ${event.severity ?? ""}${event.id === chosen ? " chosen" : ""}`,
      x: x(event.start_ms), width: Math.max(3, x(event.end_ms) - x(event.start_ms)), y: AXIS + index * LANE + 18, height: LANE - 22, rx: 3,
      tabindex: 0, role: "button",
      "fill-opacity": 0.35 + 0.65 * event.confidence,
      "aria-label": `${event.text}, ${moment(event.start_ms, live)}, ${duration(event.end_ms - event.start_ms)}`,
      onclick: (click) => {
        click.stopPropagation();
        choose(event);
      },
      onkeydown: (key) => (key.key === "Enter" || key.key === " ") && (key.preventDefault(), choose(event)),
    }, el("title", {}, `${event.text} · ${Math.round(event.confidence * 100)} %`)));

  // too many to draw each: how many there are, piece by piece
  const heaps = (rule, index) => {
    const most = Math.max(1, ...data.counts.map(({ count }) => count));
    return data.counts.filter((heap) => heap.rule === rule && heap.count > 0 && heap.to > from && heap.from < to).map((heap) => {
      const tall = 3 + (LANE - 24) * (heap.count / most);
      return el("rect", { class: "event", x: x(heap.from), width: Math.max(1, x(heap.to) - x(heap.from) - 1), y: index * LANE + LANE - 4 - tall + AXIS, height: tall },
        el("title", {}, text("events", { count: heap.count })));
    });
  };

  // how sure the model was, clip by clip, from the lane's foot to its bars' upper edge
  const curve = (rule, index) => {
    const { from: first, step, values } = data.curves.get(rule) ?? { values: [] };
    let path = "";
    values.forEach((value, i) => {
      if (value === null || first + (i + 1) * step < from || first + i * step > to) {
        return;
      }
      const y = (AXIS + index * LANE + LANE - 4 - value * (LANE - 22)).toFixed(1);
      const joins = i > 0 && values[i - 1] !== null && path;
      path += `${joins ? `V${y}` : `M${x(first + i * step).toFixed(1)} ${y}`}H${x(first + (i + 1) * step).toFixed(1)}`;
    });
    return path ? [el("path", { class: "probability", d: path })] : [];
  };

  const rateLine = (top) => {
    const most = Math.max(2, ...data.rates.map((rate) => rate.frames_per_second));
    const strokes = data.rates.filter((rate) => rate.to > from && rate.from < to).map((rate) => {
      const y = top + RATE - 2 - (rate.frames_per_second / most) * (RATE - 20);
      return el("line", { class: "rate", x1: x(rate.from), x2: x(rate.to), y1: y, y2: y },
        el("title", {}, `${rate.frames_per_second.toLocaleString()} · ${rate.sampling ?? ""}`));
    });
    return el("g", {}, strokes, el("text", { class: "axis", x: 8, y: top + 10 }, text("pictures a second", { most: most.toFixed(1) })));
  };

  const moveHead = () => {
    const px = x(at);
    head.setAttribute("x1", px);
    head.setAttribute("x2", px);
    head.setAttribute("y1", AXIS - 6);
    head.setAttribute("y2", data.rules.length * LANE + RATE + AXIS);
    head.toggleAttribute("hidden", px < 0 || px > width);
  };

  const look = (newFrom, newTo) => {
    const length = Math.min(Math.max(newTo - newFrom, LEAST), whole[1] - whole[0]);
    from = Math.min(Math.max(newFrom, whole[0]), whole[1] - length);
    to = from + length;
    draw();
    moved?.([from, to]);
  };

  const zoom = (factor, around) => look(around - (around - from) * factor, around + (to - around) * factor);

  svg.addEventListener("wheel", (event) => {
    if (node.scrollHeight > node.clientHeight + 1 && !event.ctrlKey && !event.shiftKey && event.deltaX === 0) {
      // more rules than there is room for: the wheel goes through them
      return;
    }
    if (event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault();
      const pan = ((event.deltaX || event.deltaY) / width) * (to - from);
      look(from + pan, to + pan);
    } else {
      event.preventDefault();
      zoom(event.deltaY > 0 ? 1.25 : 0.8, millis(event.offsetX * (width / svg.clientWidth)));
    }
  }, { passive: false });
  let drag;
  svg.addEventListener("pointerdown", (event) => {
    drag = { x: event.clientX, from, to, moved: false };
  });
  svg.addEventListener("pointermove", (event) => {
    if (drag && event.buttons && Math.abs(event.clientX - drag.x) > 4) {
      drag.moved = true;
      svg.setPointerCapture(event.pointerId);
      const pan = ((drag.x - event.clientX) / svg.clientWidth) * (drag.to - drag.from);
      look(drag.from + pan, drag.to + pan);
    }
  });
  svg.addEventListener("pointerup", (event) => {
    if (drag && !drag.moved) {
      const box = svg.getBoundingClientRect();
      seek(millis(((event.clientX - box.left) / box.width) * width));
    }
    drag = undefined;
  });
  new ResizeObserver(([entry]) => {
    if (Math.abs(entry.contentRect.width - width) > 1 && entry.contentRect.width > 0) {
      width = entry.contentRect.width;
      draw();
    }
  }).observe(node);

  return {
    node,
    show(given) {
      data = { ...data, ...given };
      draw();
    },
    at(now) {
      at = now;
      moveHead();
    },
    choose(id) {
      chosen = id;
      draw();
    },
    look,
    zoom: (factor) => zoom(factor, at >= from && at <= to ? at : (from + to) / 2),
    shown: () => [from, to],
  };
}

// SPDX-License-Identifier: Apache-2.0
// Elements from values. Text is only ever set as text: what models and file names say never becomes markup.

const SVG = new Set(["svg", "path", "rect", "line", "circle", "g", "text", "polyline", "polygon", "title", "pattern", "defs"]);

/** An element: properties that begin with "on" are listeners, null and false are left out, children are text or nodes. */
export function el(tag, properties = {}, ...children) {
  const node = SVG.has(tag)
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name.startsWith("on")) {
      node.addEventListener(name.slice(2), value);
    } else if (name === "style") {
      // a policy forbids style attributes, not properties
      for (const [property, set] of Object.entries(value)) {
        node.style.setProperty(property, set);
      }
    } else {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
  append(node, children);
  return node;
}

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) {
      node.append(child instanceof Node ? child : String(child));
    }
  }
}

/** Puts other children in place of those a node has. */
export function fill(node, ...children) {
  node.replaceChildren();
  append(node, children);
  return node;
}

const PATHS = {
  live: "M4 6h16v10H4zM9 20h6M12 16v4",
  search: "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5 20 20",
  rules: "M5 5h9M5 12h14M5 19h9M18 3v4M15 10v4M18 17v4",
  streams: "M3 7h12v10H3zM15 11l6-3v8l-6-3",
  alerts: "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4",
  report: "M6 3h9l4 4v14H6zM9 8h3M9 12h7M9 16h7",
  ask: "M4 5h16v11H10l-4 4v-4H4z",
  play: "M7 4l13 8-13 8z",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  save: "M12 4v11M7 10l5 5 5-5M5 20h14",
  up: "M7 21V11l4-8a2 2 0 0 1 2 2v4h6l-2 12zM3 11h4v10H3z",
  down: "M7 3v10l4 8a2 2 0 0 0 2-2v-4h6L17 3zM3 3h4v10H3z",
  previous: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  add: "M12 5v14M5 12h14",
  bin: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
  close: "M6 6l12 12M18 6L6 18",
  check: "M5 12l5 5 9-10",
  snooze: "M6 4h12L7 20h11",
  theme: "M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18",
};

/** A picture of 24 by 24; beside a word it is decoration, alone its button has the label. */
export function icon(name) {
  return el("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, el("path", { d: PATHS[name] }));
}

const SHAPES = {
  info: ["circle", { cx: 8, cy: 8, r: 6 }],
  warning: ["path", { d: "M8 1.5 15 14.5H1z" }],
  critical: ["path", { d: "M5 1h6l4 4v6l-4 4H5l-4-4V5z" }],
};

/** Severity by shape and colour, for eyes that tell colours apart and for those that do not. */
export function severity(name, label) {
  const [tag, shape] = SHAPES[name] ?? SHAPES.info;
  return el("svg", { viewBox: "0 0 16 16", class: `severity ${name}`, role: "img", "aria-label": label }, el(tag, shape));
}

/** Small SVG icons. All are decorative: the text beside them says the same. */

import { h } from "./tree.mjs";

/** The program's logo, as in `icons/`: a countdown around a lambda, the letter on a Spartan's shield. */
export const logo = () =>
  glyph(
    "logo",
    64,
    h("svg:rect", { class: "ground", width: 64, height: 64, rx: 15 }),
    h("svg:circle", { class: "track", cx: 32, cy: 32, r: 21 }),
    h("svg:path", { class: "arc", d: "M32 11a21 21 0 1 1-19.97 14.51" }),
    h("svg:path", { class: "lambda", d: "M23.5 41.5 32 22l8.5 19.5" }),
  );

/** Three dots: more options. */
export const more = () =>
  glyph(
    "",
    20,
    ...[4, 10, 16].map((cx) => h("svg:circle", { cx, cy: 10, r: 1.7, fill: "currentColor" })),
  );

/** Forward. */
export const chevron = () => glyph("stroked", 20, h("svg:path", { d: "m8 5 5 5-5 5" }));

/** Back. */
export const back = () => glyph("stroked", 20, h("svg:path", { d: "m12 5-5 5 5 5" }));

/** Expand below. */
export const down = () => glyph("stroked", 20, h("svg:path", { d: "m5 8 5 5 5-5" }));

/** Add. */
export const plus = () => glyph("stroked", 20, h("svg:path", { d: "M10 4.5v11M4.5 10h11" }));

/** Two sheets: copy. */
export const sheets = () =>
  glyph(
    "stroked",
    20,
    h("svg:rect", { x: 7, y: 7, width: 9, height: 9, rx: 2 }),
    h("svg:path", { d: "M13 4.5A1.5 1.5 0 0 0 11.5 3H5.5A2.5 2.5 0 0 0 3 5.5v6A1.5 1.5 0 0 0 4.5 13" }),
  );

/** Done. */
export const tick = () => glyph("stroked", 20, h("svg:path", { d: "m4.5 10.5 3.5 3.5 7.5-8" }));

/** Something needs attention. */
export const alert = () =>
  glyph("stroked", 20, h("svg:circle", { cx: 10, cy: 10, r: 7.2 }), h("svg:path", { d: "M10 6.3v4.2M10 13.4v.1" }));

/**
 * A hop of the chain; each state has its own shape as well as its own color.
 * @param {"waiting" | "running" | "done" | "failed" | "expired"} state
 */
export const hop = (state) =>
  glyph(`hop ${state}`, 16, h("svg:circle", { class: "disc", cx: 8, cy: 8, r: 6 }), inside[state]());

const inside = {
  waiting: () => null,
  expired: () => h("svg:path", { class: "mark", d: "M5.5 8h5" }),
  running: () => h("svg:circle", { class: "heart", cx: 8, cy: 8, r: 2.6 }),
  done: () => h("svg:path", { class: "mark", d: "m5.3 8.2 1.9 1.9 3.5-4" }),
  failed: () => h("svg:path", { class: "mark", d: "M8 4.9v3.7M8 11v.1" }),
};

/** @param {string} kind @param {number} size @param {...import("./tree.mjs").Drawn} parts */
const glyph = (kind, size, ...parts) =>
  h("svg:svg", { class: `glyph ${kind}`.trim(), viewBox: `0 0 ${size} ${size}`, "aria-hidden": "true" }, ...parts);

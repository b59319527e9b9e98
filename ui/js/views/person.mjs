/** A name that somebody else chose: it stands by itself, whichever way it is written. */

import { h } from "../tree.mjs";
import { initials } from "../words.mjs";

/** @param {string} name */
export const person = (name) => h("bdi", { class: "person" }, name);

/** The letters that stand for a name. @param {string} name @param {string} [size] */
export const emblem = (name, size = "") =>
  h("span", { class: `emblem ${size}`.trim(), "aria-hidden": "true" }, h("bdi", null, initials(name)));

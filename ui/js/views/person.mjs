/** A name that another person chose: isolated from the surrounding text, whatever its writing direction. */

import { h } from "../tree.mjs";
import { initials } from "../words.mjs";

/** @param {string} name */
export const person = (name) => h("bdi", { class: "person" }, name);

/**
 * The initials of a name.
 * @param {string} name @param {string} [size]
 */
export const emblem = (name, size = "") =>
  h("span", { class: `emblem ${size}`.trim(), "aria-hidden": "true" }, h("bdi", null, initials(name)));

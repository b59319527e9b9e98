/** The top of a page with a Back button. */

import { back } from "../glyphs.mjs";
import { h } from "../tree.mjs";

/** @param {string} title @param {() => void} goBack */
export const heading = (title, goBack) =>
  h(
    "header",
    { class: "heading" },
    h("button", { class: "icon", type: "button", "aria-label": "Back", onclick: goBack }, back()),
    h("h1", { tabindex: -1, focus: true }, title),
  );

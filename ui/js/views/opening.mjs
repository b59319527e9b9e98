/** The start, before the status is known, and the wait while the keyring shows its prompt. */

import { logo } from "../glyphs.mjs";
import { h } from "../tree.mjs";
import { refusalAt } from "../problem.mjs";
import { KEYRING_ASKS } from "../words.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */

export const opening = () => [h("div", { class: "opening" }, logo(), h("h1", { class: "soft" }, "Opening…"))];

/** @param {Page} page @param {Actions} actions */
export const unlocking = (page, actions) => [
  h(
    "div",
    { class: "opening" },
    logo(),
    h("h1", { class: "soft" }, "Opening…"),
    h("p", { class: "soft" }, KEYRING_ASKS),
    refusalAt("page", page, actions),
    h("button", { class: "quiet", type: "button", onclick: () => actions.run("quit") }, "Quit"),
  ),
];

/** *About*: what this program is, and what it is not. */

import { logo } from "../glyphs.mjs";
import { h } from "../tree.mjs";
import { heading } from "./heading.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */

/** @param {Page} page @param {Actions} actions */
export const about = ({ about: { version, keyring, demo } }, actions) => [
  heading("About", actions.goHome),
  h(
    "section",
    { class: "card about-card" },
    logo(),
    h("h2", null, "Spartan Tray"),
    h("p", { class: "soft" }, `Version ${version}${demo ? ", demo" : ""}`),
    h("p", null, "Signs in to Microsoft once and keeps a fresh Halo Infinite Spartan token at hand for your scripts."),
    h("p", { class: "soft" }, `What it keeps is sealed in one file on this computer, with a key in ${keyring}. It sends nothing to anybody but Microsoft, Xbox and Halo.`),
    h("p", { class: "soft" }, "Not affiliated with Microsoft, Xbox or Halo."),
  ),
];

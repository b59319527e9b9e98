/** *About*: what this program is and isn't. */

import { logo } from "../glyphs.mjs";
import { h } from "../tree.mjs";
import { sealedWords } from "../words.mjs";
import { heading } from "./heading.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */

/** @param {Page} page @param {Actions} actions */
export const about = ({ about: facts }, actions) => [
  heading("About", actions.goHome),
  h(
    "section",
    { class: "card about-card" },
    logo(),
    h("h2", null, "Spartan Tray"),
    h("p", { class: "soft" }, `Version ${facts.version}${facts.demo ? ", demo" : ""}`),
    h("p", null, "Signs in to Microsoft once and keeps a fresh Halo Infinite Spartan token at hand for your scripts."),
    h("p", { class: "soft" }, `${sealedWords("What it keeps is one file on this computer,", facts)} It sends nothing to anybody but Microsoft, Xbox and Halo.`),
    h("p", { class: "soft" }, "Not affiliated with Microsoft, Xbox or Halo."),
    h("p", { class: "soft" }, "Under the MIT licence or the Apache License 2.0, as you like. The terms of what others wrote in it come with each package, as THIRD-PARTY-NOTICES."),
    facts.releases && h("button", { class: "side", type: "button", onclick: () => actions.openLink("releases") }, "See all releases"),
  ),
];

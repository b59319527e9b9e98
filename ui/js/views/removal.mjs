/** The removal of everything that the program stores, after a question that lists it. */

import { h } from "../tree.mjs";
import { question } from "./question.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */

/** @param {Actions} actions */
export const removal = (actions) =>
  h(
    "section",
    { class: "card form", key: "removal" },
    h("p", { class: "hint" }, "Leaving? This takes everything that Spartan Tray keeps off this computer."),
    h(
      "div",
      { class: "buttons" },
      h("button", { class: "side", type: "button", "data-opens": "remove_everything", onclick: () => actions.ask({ kind: "remove_everything" }) }, "Remove everything…"),
    ),
  );

/** @param {Page} page @param {Actions} actions */
export const removeQuestion = ({ about }, actions) =>
  question({
    title: "Remove everything from this computer?",
    what: ["This removes, and does not bring back:"],
    more: [
      h("ul", { class: "plain" }, ...whatGoes(about).map((each) => h("li", null, each))),
      about.key_file === undefined ? null : h("p", null, `The key file ${about.key_file} is yours and stays.`),
      h("p", null, "Then Spartan Tray quits. Tokens that you copied work until they expire."),
    ],
    yes: "Remove everything",
    no: "Keep everything",
    onYes: () => actions.run("remove_everything"),
    onNo: () => actions.ask(null),
  });

/** @param {Page["about"]} about */
const whatGoes = ({ keyring, key_file }) => [
  "every sign-in and its tokens",
  ...(key_file === undefined ? [`the key in ${keyring}`] : []),
  "your settings, the log, and what the window remembers",
  "starting at login, and opening links to this program",
];

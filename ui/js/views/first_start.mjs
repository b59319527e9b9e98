/** Nobody is signed in: what this program is, what happened last, and the ways to start. */

import { logo } from "../glyphs.mjs";
import { servicesTime } from "../time.mjs";
import { h } from "../tree.mjs";
import { refusalAt, problemBox } from "../problem.mjs";
import { sealedWords } from "../words.mjs";
import { begin } from "./begin.mjs";
import { farewell } from "./farewell.mjs";
import { menu } from "./menu.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */

/** @param {Page.SignedOut} status @param {Page} page @param {Actions} actions @param {number} local */
export function firstStart(status, page, actions, local) {
  return [
    h(
      "header",
      { class: "welcome" },
      menu(page, actions),
      logo(),
      h("h1", null, "Spartan Tray"),
      h("p", { class: "soft" }, "Signs in to Microsoft once and keeps a fresh Halo Infinite Spartan token at hand for your scripts."),
    ),
    whatHappened(status, page, actions, local),
    refusalAt("page", page, actions),
    h("div", { class: "ways" }, ...begin(page, actions)),
    h(
      "footer",
      { class: "small-print" },
      h("p", null, keptWords(page)),
      h("p", null, "Not affiliated with Microsoft, Xbox or Halo."),
    ),
  ];
}

/** @param {Page} page */
const keptWords = ({ about, choice }) =>
  choice.storage === "memory"
    ? "Your sign-in will be forgotten when you quit."
    : sealedWords("Your sign-in will be", about);

/** @param {Rust.Problem} problem @param {Page} page */
const isSaidAnew = ({ message, help }, { refused }) =>
  refused?.spot === "page" && refused.problem.message === message && refused.problem.help !== help;

/** @param {Page.SignedOut} status @param {Page} page @param {Actions} actions @param {number} local */
function whatHappened({ why }, page, actions, local) {
  switch (why.kind) {
    case "never":
      return null;
    case "cancelled":
      return h("p", { class: "note" }, "The sign-in was cancelled. Nothing was changed.");
    case "by_person":
      return farewell(why.copied_until, actions, servicesTime(local, why.clock_error_ms));
    case "failed":
      // A later refusal says more, such as how long to wait before the next request.
      return isSaidAnew(why.problem, page) ? null : problemBox(why.problem, page, actions);
  }
}

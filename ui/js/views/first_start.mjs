/** Nobody is signed in: what this is, and the four ways to begin. */

import { chevron, logo } from "../glyphs.mjs";
import { h } from "../tree.mjs";
import { refusalAt, troubleBox } from "../trouble.mjs";
import { timeOfDay } from "../words.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../contract.mjs").SignedOut} SignedOut */
/** @typedef {import("../page.mjs").Page} Page */

/** @param {SignedOut} status @param {Page} page @param {Actions} actions @param {number} local */
export function firstStart(status, page, actions, local) {
  return [
    h(
      "header",
      { class: "welcome" },
      logo(),
      h("h1", null, "Spartan Tray"),
      h("p", { class: "soft" }, "Signs in to Microsoft once and keeps a fresh Halo Infinite Spartan token at hand for your scripts."),
    ),
    whatHappened(status, page, actions, local),
    refusalAt("page", page, actions),
    h("div", { class: "ways" }, ...ways(status, page, actions)),
    h(
      "footer",
      { class: "small-print" },
      h("p", null, `Your sign-in will be sealed on this computer with a key in ${page.about.keyring}.`),
      h("p", null, "Not affiliated with Microsoft, Xbox or Halo."),
    ),
  ];
}

/** @param {SignedOut} status @param {Page} page @param {Actions} actions @param {number} local */
function whatHappened({ why }, page, actions, local) {
  switch (why.kind) {
    case "never":
      return null;
    case "cancelled":
      return note("The sign-in was cancelled. Nothing was changed.");
    case "by_person":
      return note(signedOutWords(why.copied_until, local));
    case "failed":
      return troubleBox(why.trouble, page, actions);
  }
}

/** @param {number | null} copiedUntil @param {number} local */
function signedOutWords(copiedUntil, local) {
  const deleted = "Signed out. Your sign-in was deleted from this computer.";
  if (copiedUntil === null || copiedUntil <= local) return deleted;
  return `${deleted} Tokens already copied work until ${timeOfDay(copiedUntil)}.`;
}

/** @param {string} words */
const note = (words) => h("p", { class: "note" }, words);

/**
 * Without an app in this build, and none used yet, the way with one's own app comes first.
 * @param {SignedOut} status @param {Page} page @param {Actions} actions
 */
function ways({ why }, { about }, actions) {
  const useLines = () => actions.go({ kind: "lines", found: null });
  const others = [
    way("register", "Register one", "An Azure app of your own, in five steps", () => actions.go({ kind: "register" })),
    way("look", "Look around", "With sample data, without the network", actions.lookAround),
  ];
  if (!about.has_app && why.kind === "never") {
    return [main("I already use SPNKr or my own app", useLines), h("div", { class: "card rows" }, ...others)];
  }
  const kind = about.has_app ? "default" : "known";
  const lines = way("lines", "I already use SPNKr or my own app", "Paste its lines, or fill in its client ID", useLines);
  return [main("Sign in", () => actions.signIn({ kind })), h("div", { class: "card rows" }, lines, ...others)];
}

/** @param {string} label @param {() => void} go */
const main = (label, go) => h("button", { class: "main", type: "button", onclick: go }, label);

/** @param {string} id @param {string} title @param {string} what @param {() => void} go */
const way = (id, title, what, go) =>
  h(
    "button",
    { class: "row", type: "button", onclick: go, "aria-labelledby": `${id}-title`, "aria-describedby": `${id}-what` },
    h(
      "span",
      null,
      h("span", { id: `${id}-title`, class: "title" }, title),
      h("span", { id: `${id}-what`, class: "soft" }, what),
    ),
    chevron(),
  );

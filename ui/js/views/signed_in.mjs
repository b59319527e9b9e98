/** Somebody is signed in: the countdown, the copy button, and the chain behind it. */

import { chain, failedLeg } from "../chain.mjs";
import { isClockOff, spartanLife } from "../time.mjs";
import { h } from "../tree.mjs";
import { refusalAt, troubleBox } from "../trouble.mjs";
import { accountName, duration, initials, timeOfDay } from "../words.mjs";
import { menu } from "./menu.mjs";
import { question } from "./question.mjs";
import { tokenCard } from "./token_card.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../contract.mjs").SignedIn} SignedIn */
/** @typedef {import("../page.mjs").Page} Page */

/** @param {SignedIn} status @param {Page} page @param {Actions} actions @param {number} now @param {number} local */
export function signedIn(status, page, actions, now, local) {
  const name = accountName(status.gamertag);
  return [
    h(
      "header",
      { class: "account" },
      h("span", { class: "emblem", "aria-hidden": "true" }, initials(name)),
      h(
        "div",
        { class: "who" },
        h("h1", null, name),
        h("p", { class: "soft" }, ...xuidWords(status.xuid)),
      ),
      menu(status, page, actions),
    ),
    refusalAt("page", page, actions),
    status.sign_in_trouble && troubleBox(status.sign_in_trouble, page, actions),
    isClockOff(status.clock_error_ms) && h("p", { class: "note" }, clockWords(status.clock_error_ms)),
    tokenCard(status, page, actions, now, local),
    chainCard(status, page, actions, now),
    page.asking === "sign_out" ? signOutQuestion(status, actions, now) : foot(page, actions),
  ];
}

/** @param {string | null} xuid */
const xuidWords = (xuid) => (xuid === null ? ["XUID not known yet"] : ["XUID ", h("span", { class: "xuid" }, xuid)]);

/** @param {number} clockErrorMs */
function clockWords(clockErrorMs) {
  const way = clockErrorMs < 0 ? "slow" : "fast";
  return `This computer's clock is ${duration(Math.abs(clockErrorMs))} ${way}. The times here are right all the same.`;
}

/** Trouble stands under the hop that failed; when none did, above them all. @param {SignedIn} status @param {Page} page @param {Actions} actions @param {number} now */
function chainCard({ legs, renewal }, page, actions, now) {
  const trouble = "trouble" in renewal ? troubleBox(renewal.trouble, page, actions) : null;
  const leg = failedLeg(legs);
  const below = trouble && leg ? { leg, drawn: trouble } : null;
  return h("section", { class: "card chain-card" }, below ? null : trouble, chain(legs, now, "life", below));
}

/** @param {Page} page @param {Actions} actions */
const foot = ({ about }, actions) =>
  h(
    "footer",
    { class: "line-of-two", key: "foot" },
    h("span", null, `Sealed with a key in ${about.keyring}`),
    h("button", { class: "quiet", type: "button", "data-opens": "sign_out", onclick: () => actions.ask("sign_out") }, "Sign out"),
  );

/** @param {SignedIn} status @param {Actions} actions @param {number} now */
function signOutQuestion({ legs }, actions, now) {
  const left = spartanLife(legs, now);
  const copied = left.kind === "good" ? ` A token that you copied works until ${timeOfDay(left.until)}.` : "";
  return question({
    title: "Sign out of this computer?",
    what: `This deletes your sign-in and all its tokens from this computer.${copied}`,
    yes: "Sign out",
    no: "Stay signed in",
    onYes: () => actions.run("sign_out"),
    onNo: () => actions.ask(null),
  });
}

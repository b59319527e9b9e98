/** The signed-in view: the countdown, the copy button, and the chain behind the token. */

import { chain, failedLeg } from "../chain.mjs";
import { isOfClock, isOfRenewal } from "../same_problem.mjs";
import { isClockBehind } from "../time.mjs";
import { h } from "../tree.mjs";
import { refusalAt, problemBox } from "../problem.mjs";
import { accountName, sealedWords } from "../words.mjs";
import { farewell } from "./farewell.mjs";
import { menu } from "./menu.mjs";
import { emblem, person } from "./person.mjs";
import { signOutQuestion } from "./sign_out.mjs";
import { switcher } from "./switcher.mjs";
import { tokenCard } from "./token_card.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */

/** @param {Page.SignedIn} status @param {Page} page @param {Actions} actions @param {number} now @param {number} steady */
export function signedIn(status, page, actions, now, steady) {
  return [
    h(
      "header",
      { class: "account" },
      emblem(accountName(status)),
      h(
        "div",
        { class: "who" },
        h("div", { class: "name-line" }, h("h1", null, person(accountName(status))), page.place.kind === "home" && switcher(page, actions, isClockBehind(status) ? null : now)),
        h("p", { class: "soft" }, ...idWords(status, page)),
      ),
      menu(page, actions),
    ),
    refusalAt("page", page, actions),
    page.farewell && farewell(page.farewell.until, actions, now),
    status.sign_in_problem && problemBox(status.sign_in_problem, page, actions, { beside: then(status.sign_in_problem, "Try again", () => actions.signInAgain()) }),
    status.clock_problem && !isOfClock(page.refused, status) && problemBox(status.clock_problem, page, actions),
    status.keep_problem && problemBox(status.keep_problem, page, actions),
    tokenCard(status, page, actions, now, steady),
    chainCard(status, page, actions, now),
    page.asking?.kind === "sign_out" && page.asking.id === status.account ? signOutQuestion(status, actions, now) : foot(status, page, actions),
  ];
}

/** @param {Page.SignedIn} status @param {Page} page */
function idWords({ name, gamertag, xuid }, { settings }) {
  if (settings.streaming) return ["Gamertag and XUID are hidden"];
  if (xuid === null) return ["XUID not known yet"];
  const number = h("span", { class: "xuid" }, xuid);
  return name === null || gamertag === null ? ["XUID ", number] : [person(gamertag), " · XUID ", number];
}

/**
 * Shows a problem below the hop that failed or, if none failed, above them all.
 * @param {Page.SignedIn} status @param {Page} page @param {Actions} actions @param {number} now
 */
function chainCard(status, page, actions, now) {
  const { legs, renewal } = status;
  const beside = "problem" in renewal ? then(renewal.problem, "Try now", () => actions.run("renew")) : [];
  // The refusal is closer to what was clicked, and says how long to wait.
  const isShown = "problem" in renewal && !isOfRenewal(page.refused, status);
  const problem = isShown ? problemBox(renewal.problem, page, actions, { beside, whose: "account" }) : null;
  const leg = failedLeg(legs);
  const below = problem && leg ? { leg, drawn: problem } : null;
  return h("section", { class: "card chain-card" }, below ? null : problem, chain(legs, isClockBehind(status) ? null : now, "life", below));
}

/**
 * The next action after a person has visited the page that helps.
 * @param {Rust.Problem} problem @param {string} label @param {() => unknown} act
 */
const then = ({ action }, label, act) => (action?.remedy.kind === "visit" ? [h("button", { class: "side", type: "button", onclick: act }, label)] : []);

/** @param {Page.SignedIn["storage"]} storage @param {Page["about"]} about */
function keptWords(storage, about) {
  if (storage === "memory") return "This session only: nothing is stored";
  return about.key_file === undefined ? `Sealed with a key in ${about.keyring}` : sealedWords("Your sign-in is", about);
}

/** @param {Page.SignedIn} status @param {Page} page @param {Actions} actions */
const foot = ({ account, storage }, { about }, actions) =>
  h(
    "footer",
    { class: "line-of-two", key: "foot" },
    h("span", { class: "kept" }, keptWords(storage, about)),
    h("button", { class: "quiet", type: "button", "data-opens": "sign_out", onclick: () => actions.ask({ kind: "sign_out", id: account }) }, "Sign out"),
  );

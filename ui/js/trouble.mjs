/** Trouble in words: what happened, what to do, a button that helps, and details to copy. */

import { alert } from "./glyphs.mjs";
import { h } from "./tree.mjs";

/** @typedef {import("./actions.mjs").Actions} Actions */
/** @typedef {import("./contract.mjs").Trouble} Trouble */
/** @typedef {import("./contract.mjs").TroubleButton} TroubleButton */
/** @typedef {import("./page.mjs").Page} Page */
/** @typedef {import("./page.mjs").Spot} Spot */
/** @typedef {import("./tree.mjs").Drawn} Drawn */

/**
 * @param {Trouble} trouble
 * @param {Page} page
 * @param {Actions} actions
 * @param {{beside?: Drawn[], facts?: Drawn, whose?: "account" | "sign_in"}} [more]  What stands beside the button, what is to be
 *   looked at, and whether it is about the account on the page or about a sign-in.
 */
export function troubleBox(trouble, page, actions, { beside: others = [], facts = null, whose = "sign_in" } = {}) {
  const { what, todo, details } = trouble;
  const beside = trouble.button?.act === "add_other" ? [tryAgain(actions)] : others;
  const button = isAnswered(trouble.button, page) ? null : trouble.button;
  return h(
    "section",
    { class: "trouble", key: what + details, "aria-label": "Trouble" },
    h("p", { class: "what" }, alert(), what),
    h("p", { class: "todo" }, todo),
    facts,
    (button || beside.length > 0) &&
      h(
        "div",
        { class: "buttons" },
        button && h("button", { class: looks(button), type: "button", "data-opens": button.act, onclick: () => actions.help(button, whose) }, button.label),
        ...beside,
      ),
    details !== "" && detailsOf(details, copyButton(details, page, actions)),
  );
}

/** Somebody else came: the one who was to come may still. @param {Actions} actions */
const tryAgain = (actions) => h("button", { class: "side", type: "button", onclick: actions.tryAgainAsShown }, "Try again");

/** Where a button leads is where the person is already: there, what was filled in is kept. @param {TroubleButton | null} button @param {Page} page */
const isAnswered = (button, { place, status }) =>
  (button?.act === "change_app" && place.kind === "own_app") ||
  (button?.act === "other_way" && (place.kind === "ways" || status.state === "signing_in"));

/** What the person alone can do stands out; what happens by itself or cannot be undone does not. @param {TroubleButton} button */
const looks = ({ act }) => (["sign_in", "unlock", "other_way"].includes(act) ? "side strong" : "side");

/**
 * What Rust refused, at the spot where it was asked.
 * @param {Spot} spot
 * @param {Page} page
 * @param {Actions} actions
 */
export function refusalAt(spot, page, actions) {
  const { refused } = page;
  return h(
    "div",
    { role: "alert" },
    refused?.spot === spot && !isToldByStatus(refused.trouble, page) && troubleBox(refused.trouble, page, actions),
  );
}

/** A sign-in that failed is in the status as well: once is enough. @param {Trouble} trouble @param {Page} page */
const isToldByStatus = ({ what }, { status, place }) =>
  place.kind === "home" && status.state === "signed_out" && status.why.kind === "failed" && status.why.trouble.what === what;

/** @param {string} details @param {Drawn | false} copy */
function detailsOf(details, copy) {
  return h(
    "details",
    null,
    h("summary", null, "Details"),
    h("pre", { tabindex: 0, "aria-label": "Details" }, details),
    copy,
  );
}

/** @param {string} details @param {Page} page @param {Actions} actions */
const copyButton = (details, { copied }, actions) =>
  h(
    "button",
    { class: "quiet", type: "button", onclick: () => actions.copyDetails(details) },
    copied?.what === "details" ? "Details copied" : "Copy details",
  );

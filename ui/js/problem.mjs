/** A problem: what happened, what to do, a button that helps, and details to copy. */

import { alert } from "./glyphs.mjs";
import { h } from "./tree.mjs";

/** @typedef {import("./actions.mjs").Actions} Actions */
/** @typedef {import("./page.mjs").Page} Page */
/** @typedef {import("./page.mjs").Spot} Spot */
/** @typedef {import("./tree.mjs").Drawn} Drawn */

/**
 * @param {Rust.Problem} problem
 * @param {Page} page
 * @param {Actions} actions
 * @param {{beside?: Drawn[], facts?: Drawn, whose?: "account" | "sign_in"}} more  What is shown beside the button,
 *   the facts to check, and whether the problem relates to the account on the page or to a sign-in.
 */
export function problemBox(problem, page, actions, { beside: others = [], facts = null, whose = "sign_in" } = {}) {
  const { message, help, details } = problem;
  const beside = problem.action?.remedy.kind === "add_other" ? [tryAgain(actions)] : others;
  const action = isAnswered(problem.action, page) ? null : problem.action;
  return h(
    "section",
    { class: "problem", key: message + details, "aria-label": "Problem" },
    h("p", { class: "message" }, alert(), message),
    h("p", { class: "help" }, help),
    facts,
    (action || beside.length > 0) &&
      h(
        "div",
        { class: "buttons" },
        action && h("button", { class: looks(action), type: "button", "data-opens": action.remedy.kind, onclick: () => actions.help(action, whose) }, action.label),
        ...beside,
      ),
    details !== "" && detailsOf(details, copyButton(details, page, actions)),
  );
}

/**
 * Another person signed in; the expected one can still do so.
 * @param {Actions} actions
 */
const tryAgain = (actions) => h("button", { class: "side", type: "button", onclick: actions.tryAgainAsShown }, "Try again");

/**
 * Whether the button would lead to the current place. It's then hidden, so that the input there is kept.
 * @param {Rust.Action | null} action @param {Page} page
 */
const isAnswered = (action, { place, status }) =>
  (action?.remedy.kind === "change_app" && place.kind === "own_app") ||
  (action?.remedy.kind === "other_way" && (place.kind === "ways" || status.state === "signing_in"));

/**
 * Emphasizes what only the person can do, but not what happens automatically or can't be undone.
 * @param {Rust.Action} action
 */
const looks = ({ remedy }) => (["sign_in", "unlock", "other_way"].includes(remedy.kind) ? "side strong" : "side");

/**
 * A refusal from Rust, shown where it was caused.
 * @param {Spot} spot
 * @param {Page} page
 * @param {Actions} actions
 */
export function refusalAt(spot, page, actions) {
  const { refused } = page;
  return h(
    "div",
    { role: "alert" },
    refused?.spot === spot && !isToldByStatus(refused.problem, page) && problemBox(refused.problem, page, actions),
  );
}

/**
 * Whether the status already shows this failed sign-in.
 * @param {Rust.Problem} problem @param {Page} page
 */
const isToldByStatus = ({ message, help }, { status, place }) =>
  place.kind === "home" && status.state === "signed_out" && status.why.kind === "failed" &&
  status.why.problem.message === message && status.why.problem.help === help;

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

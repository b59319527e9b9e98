/** Why the last sign-in failed or an app must be changed, for the forms that follow. */

import { problemBox } from "../problem.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */
/** @typedef {import("../page.mjs").Spot} Spot */

/**
 * Returns nothing if the form already shows the refusal in its own spot.
 * @param {Spot} spot
 * @param {Page} page
 * @param {Actions} actions
 */
export function lastFailure(spot, page, actions) {
  const { refused } = page;
  const problem = failureOfSignIn(page);
  return problem === null || refused?.spot === spot ? null : problemBox(problem, page, actions);
}

/** @param {Page} page @returns {Rust.Problem | null} */
function failureOfSignIn({ status, begun }) {
  if (status.state === "signed_in") return begun === "another" ? (status.sign_in_problem ?? null) : null;
  return status.state === "signed_out" && status.why.kind === "failed" ? status.why.problem : null;
}

/**
 * Why an account's app must be changed.
 * @param {Rust.AppLine} app @param {Page} page @param {Actions} actions
 */
export function failureOf({ client_id }, page, actions) {
  const { status, begun } = page;
  if (status.state !== "signed_in" || status.app.client_id !== client_id) return null;
  const ofSignIn = begun === "shown" ? status.sign_in_problem : null;
  const problem = ofSignIn ?? ("problem" in status.renewal ? status.renewal.problem : null);
  return problem && problemBox(problem, page, actions);
}

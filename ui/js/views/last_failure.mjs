/** Why the last sign-in failed, or an app has to change, for the forms that a person comes to after it. */

import { troubleBox } from "../trouble.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../contract.mjs").AppOfAccount} AppOfAccount */
/** @typedef {import("../contract.mjs").Trouble} Trouble */
/** @typedef {import("../page.mjs").Page} Page */
/** @typedef {import("../page.mjs").Spot} Spot */

/**
 * Nothing where the form's own spot already tells of a refusal: once is enough.
 * @param {Spot} spot
 * @param {Page} page
 * @param {Actions} actions
 */
export function lastFailure(spot, page, actions) {
  const { refused } = page;
  const trouble = failureOfSignIn(page);
  return trouble === null || refused?.spot === spot ? null : troubleBox(trouble, page, actions);
}

/** @param {Page} page @returns {Trouble | null} */
function failureOfSignIn({ status, begun }) {
  if (status.state === "signed_in") return begun === "another" ? (status.sign_in_trouble ?? null) : null;
  return status.state === "signed_out" && status.why.kind === "failed" ? status.why.trouble : null;
}

/** Why an account's app has to change. @param {AppOfAccount} app @param {Page} page @param {Actions} actions */
export function failureOf({ client_id }, page, actions) {
  const { status, begun } = page;
  if (status.state !== "signed_in" || status.app.client_id !== client_id) return null;
  const ofSignIn = begun === "shown" ? status.sign_in_trouble : null;
  const trouble = ofSignIn ?? ("trouble" in status.renewal ? status.renewal.trouble : null);
  return trouble && troubleBox(trouble, page, actions);
}

/** Why the last sign-in failed, for the forms that a person comes back to after it. */

import { troubleBox } from "../trouble.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */
/** @typedef {import("../page.mjs").Spot} Spot */

/**
 * Nothing where the form's own spot already tells of a refusal: once is enough.
 * @param {Spot} spot
 * @param {Page} page
 * @param {Actions} actions
 */
export function lastFailure(spot, page, actions) {
  const { status, refused } = page;
  if (status.state !== "signed_out" || status.why.kind !== "failed" || refused?.spot === spot) return null;
  return troubleBox(status.why.trouble, page, actions);
}

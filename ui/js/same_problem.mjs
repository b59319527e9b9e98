/** Whether a refusal is about the problem that the account's renewal shows, so that it's shown only once. Pure. */

/** @typedef {import("./page.mjs").Page} Page */

/**
 * The refusal also says how long to wait.
 * @param {Page["refused"]} refused @param {Rust.Status} status
 */
export function isOfRenewal(refused, status) {
  if (refused === null || !["page", "copy"].includes(refused.spot)) return false;
  if (status.state !== "signed_in" || !("problem" in status.renewal)) return false;
  const { code, message } = status.renewal.problem;
  return refused.problem.code === code && refused.problem.message === message;
}

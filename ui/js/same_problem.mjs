/** Whether a refusal is about a problem that the account on the page shows by itself, so that it's shown only once. Pure. */

/** @typedef {import("./page.mjs").Page} Page */

/**
 * The refusal also says how long to wait.
 * @param {Page["refused"]} refused @param {Rust.Status} status
 */
export function isOfRenewal(refused, status) {
  return status.state === "signed_in" && "problem" in status.renewal && isAbout(refused, status.renewal.problem);
}

/** @param {Page["refused"]} refused @param {Rust.Status} status */
export function isOfClock(refused, status) {
  return status.state === "signed_in" && status.clock_problem !== undefined && isAbout(refused, status.clock_problem);
}

/** @param {Page["refused"]} refused @param {Rust.Problem} problem */
const isAbout = (refused, { code, message }) =>
  refused !== null && ["page", "copy"].includes(refused.spot) && refused.problem.code === code && refused.problem.message === message;

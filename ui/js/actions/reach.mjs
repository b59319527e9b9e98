/** What every action uses: Rust, the current page, a way to change it, and a place for refusals. */

import { asProblem } from "../backend.mjs";
import { refusal } from "../page.mjs";

/** @typedef {import("../page.mjs").Page} Page */
/** @typedef {import("../page.mjs").Spot} Spot */
/** @typedef {ReturnType<typeof reach>} Reach */

/**
 * @param {typeof import("../backend.mjs").call} call
 * @param {{now: () => number, steady: () => number}} clocks  The time on this computer, and by a clock that can't be set.
 * @param {() => Page} page  Returns the current page.
 * @param {(part: Partial<Page>) => void} change
 */
export function reach(call, { now, steady }, page, change) {
  /**
   * Resolves to `undefined` if Rust refuses.
   * @template T @param {Spot} spot @param {() => Promise<T>} ask @returns {Promise<T | undefined>}
   */
  async function attempt(spot, ask) {
    // A screen reader announces repeated text only if it was empty in between.
    change({ refused: null, menu: null, asking: null, spoken: "" });
    try {
      return await ask();
    } catch (thrown) {
      change({ refused: refusal(spot, asProblem(thrown)), said: null });
      return undefined;
    }
  }
  /**
   * Calls a command that has neither arguments nor an answer.
   * @param {Page.Command} command @param {Spot} [spot]
   */
  const run = (command, spot = "page") => attempt(spot, () => call(command));
  /**
   * Copies something other than a token, and says so for a moment.
   * @param {import("../page.mjs").Thing} what @param {() => Promise<null>} ask
   */
  async function copyThing(what, ask) {
    const answer = await attempt("page", ask);
    if (answer !== undefined) change({ copied: { what, at: steady() }, spoken: COPIED[what] });
  }
  return { call, now, steady, page, change, attempt, run, copyThing };
}

/** @type {Record<import("../page.mjs").Thing, string>} */
const COPIED = {
  details: "Details copied.",
  link: "Sign-in link copied.",
  code: "Code copied.",
  redirect: "Redirect address copied.",
  name: "Name copied.",
  report: "Report copied.",
};

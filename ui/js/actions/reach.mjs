/** What every action works with: Rust, the page as it is, a way to change it, and a place for what is refused. */

import { asProblem } from "../backend.mjs";

/** @typedef {import("../page.mjs").Page} Page */
/** @typedef {import("../page.mjs").Spot} Spot */
/** @typedef {ReturnType<typeof reach>} Reach */

/**
 * @param {typeof import("../backend.mjs")} backend
 * @param {() => number} now
 * @param {() => Page} page  The page as it is when asked.
 * @param {(part: Partial<Page>) => void} change
 */
export function reach(backend, now, page, change) {
  /** Answers `undefined` where it was refused. @template T @param {Spot} spot @param {() => Promise<T>} ask @returns {Promise<T | undefined>} */
  async function attempt(spot, ask) {
    // The same words said twice are heard once, unless there is silence between.
    change({ refused: null, menu: null, asking: null, spoken: "" });
    try {
      return await ask();
    } catch (thrown) {
      change({ refused: { spot, problem: asProblem(thrown) }, said: null });
      return undefined;
    }
  }
  /** @param {Parameters<typeof backend.run>[0]} command @param {Spot} [spot] */
  const run = (command, spot = "page") => attempt(spot, () => backend.run(command));
  /** Copies something that is no token, and says so for a moment. @param {import("../page.mjs").Thing} what @param {() => Promise<null>} ask */
  async function copyThing(what, ask) {
    const answer = await attempt("page", ask);
    if (answer !== undefined) change({ copied: { what, at: now() }, spoken: COPIED[what] });
  }
  return { backend, now, page, change, attempt, run, copyThing };
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

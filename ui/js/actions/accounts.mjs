/** Shows, renames, moves and signs out accounts. */

import { servicesTime, spartanLife } from "../time.mjs";

/** @typedef {import("../place.mjs").OpenRow} OpenRow */
/** @typedef {import("./reach.mjs").Reach} Reach */

/** @param {Reach} reach */
export function accountActions({ call, now, page, change, attempt, run }) {
  /** @param {OpenRow | null} row */
  const openRow = (row) => change({ place: { kind: "accounts", row }, refused: null, asking: null });

  /** @param {string} id */
  const show = (id) => attempt("page", () => call("show_account", { id }));

  /** @param {string} id @param {string} name */
  async function rename(id, name) {
    const answer = await attempt(`account ${id}`, () => call("rename_account", { id, name: name.trim() }));
    if (answer !== undefined) openRow({ id, doing: null });
  }

  /** @param {string} id @param {number} to @param {"up" | "down"} doing */
  async function move(id, to, doing) {
    openRow({ id, doing });
    const answer = await attempt(`account ${id}`, () => call("move_account", { id, to }));
    if (answer !== undefined) change({ spoken: to === 0 ? "Now the first, and the default." : `Now number ${to + 1}.` });
  }

  /**
   * Only the account that is shown can be signed out.
   * @param {string} id
   */
  async function askToSignOut(id) {
    const answer = await attempt(`account ${id}`, () => call("show_account", { id }));
    if (answer !== undefined) change({ asking: { kind: "sign_out", id } });
  }

  async function signOut() {
    const { status } = page();
    const left = status.state === "signed_in" ? spartanLife(status.legs, servicesTime(now(), status.clock_error_ms)) : null;
    const answer = await run("sign_out");
    if (answer !== undefined) change({ farewell: { until: left?.kind === "good" ? left.until : null } });
  }

  return { openRow, show, rename, move, askToSignOut, signOut };
}

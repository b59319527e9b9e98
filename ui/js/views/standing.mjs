/** The status of an account, in a word or two. */

import { duration } from "../words.mjs";

/**
 * Returns the Spartan token's remaining lifetime; a problem that only a person can solve comes first.
 * @param {Rust.AccountLine} account
 * @param {number | null} now  `null` if nobody knows.
 */
export function standing({ renewal, expires_at }, now) {
  if (renewal.kind === "needs_action") return { looks: "waits", words: "Needs you" };
  if (expires_at === null) return { looks: "", words: renewal.kind === "renewing" ? "Renewing…" : "No token yet" };
  // This computer's clock is behind by an unknown amount.
  if (now === null) return { looks: "waits", words: "Time unknown" };
  if (expires_at <= now) return { looks: "waits", words: renewal.kind === "renewing" ? "Renewing…" : "Expired" };
  return { looks: renewal.kind === "stale" ? "waits" : "", words: duration(expires_at - now) };
}

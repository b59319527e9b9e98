/** Times and lifetimes. Everything here takes the time as an argument; nothing reads a clock. */

/**
 * Returns the services' time, from this computer's time and how far it's ahead.
 * @param {number} local
 * @param {number} clockErrorMs
 */
export const servicesTime = (local, clockErrorMs) => local - clockErrorMs;

/**
 * Whether this computer's clock is behind by an unknown amount, so that no time left can be shown.
 * @param {Rust.Status} status
 */
export const isClockBehind = (status) => status.state === "signed_in" && status.clock_problem?.code === "clock.behind";

/**
 * The remaining lifetime of a token.
 * @typedef {{kind: "none"} | {kind: "endless"} | {kind: "unknown"} | {kind: "expired", at: number}
 *   | {kind: "good", ms: number, until: number, part: number}} Life
 */

/**
 * Returns the remaining lifetime of a leg's token; `part` goes from 1 (just issued) to 0.
 * @param {Rust.LegStatus} leg
 * @param {number | null} now  `null` if nobody knows.
 * @returns {Life}
 */
export function life(leg, now) {
  if (leg.issued_at === null) return { kind: "none" };
  if (leg.expires_at === null) return { kind: "endless" };
  if (now === null) return { kind: "unknown" };
  const ms = leg.expires_at - now;
  if (ms <= 0) return { kind: "expired", at: leg.expires_at };
  const whole = Math.max(leg.expires_at - leg.issued_at, 1);
  // Deliberately coarse: a bar that moves by less than a pixel needn't be redrawn.
  const part = Math.min(1, Math.round((ms / whole) * 500) / 500);
  return { kind: "good", ms, until: leg.expires_at, part };
}

/**
 * Returns the remaining lifetime of the Spartan token.
 * @param {Rust.LegStatus[]} legs
 * @param {number | null} now  `null` if nobody knows.
 * @returns {Life}
 */
export function spartanLife(legs, now) {
  const leg = legs.find((each) => each.leg === "spartan");
  return leg ? life(leg, now) : { kind: "none" };
}

/**
 * Returns the milliseconds until the next whole second on the display.
 * @param {number} now
 */
export const untilNextSecond = (now) => 1000 - (((now % 1000) + 1000) % 1000);

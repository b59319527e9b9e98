/** Times and lives. Everything here is given the time; nothing asks a clock. */

/** @typedef {import("./contract.mjs").Leg} Leg */

/**
 * The services' time, from this computer's and by how much it is ahead.
 * @param {number} local
 * @param {number} clockErrorMs
 */
export const servicesTime = (local, clockErrorMs) => local - clockErrorMs;

/**
 * What is left of a token.
 * @typedef {{kind: "none"} | {kind: "endless"} | {kind: "expired", at: number}
 *   | {kind: "good", ms: number, until: number, part: number}} Life
 */

/**
 * The life of what a leg brought; `part` goes from 1 (just issued) to 0.
 * @param {Leg} leg
 * @param {number} now
 * @returns {Life}
 */
export function life(leg, now) {
  if (leg.issued_at === null) return { kind: "none" };
  if (leg.expires_at === null) return { kind: "endless" };
  const ms = leg.expires_at - now;
  if (ms <= 0) return { kind: "expired", at: leg.expires_at };
  const whole = Math.max(leg.expires_at - leg.issued_at, 1);
  // Coarse on purpose: a bar that moves by less than a pixel need not be drawn again.
  const part = Math.min(1, Math.round((ms / whole) * 500) / 500);
  return { kind: "good", ms, until: leg.expires_at, part };
}

/**
 * The life of the Spartan token itself.
 * @param {Leg[]} legs
 * @param {number} now
 * @returns {Life}
 */
export function spartanLife(legs, now) {
  const leg = legs.find((each) => each.leg === "spartan");
  return leg ? life(leg, now) : { kind: "none" };
}

/**
 * How long until the next whole second of what is shown.
 * @param {number} now
 */
export const untilNextSecond = (now) => 1000 - (((now % 1000) + 1000) % 1000);

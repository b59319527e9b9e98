/**
 * The chain as a diagram: six hops on a line that forks at the Xbox user token. One branch ends with the Xbox Live
 * token, the other continues to Halo.
 */

import { hop } from "./glyphs.mjs";
import { life } from "./time.mjs";
import { h } from "./tree.mjs";
import { duration, timeOfDay, took } from "./words.mjs";

/** @typedef {import("./time.mjs").Life} Life */
/** @typedef {import("./tree.mjs").Drawn} Drawn */

/**
 * What a hop shows: its token's remaining lifetime or, during a sign-in, how long the request took.
 * @typedef {"life" | "took"} Telling
 */

/** @type {Record<string, string>} */
const NAMES = {
  microsoft: "Microsoft",
  xbox_user: "Xbox user",
  xsts_xbox: "XSTS Xbox Live",
  xsts_halo: "XSTS Halo",
  spartan: "Spartan",
  clearance: "Clearance",
};

/**
 * The line that leads to the Spartan token; the Xbox Live branch is beside it.
 * @type {Rust.Leg[]}
 */
const TRUNK = ["microsoft", "xbox_user", "xsts_halo", "spartan", "clearance"];

/**
 * @param {Rust.LegStatus[]} legs
 * @param {number | null} now
 * @param {Telling} telling
 * @param {{leg: Rust.Leg, drawn: Drawn} | null} below  Content to show below one hop, such as its problem.
 */
export function chain(legs, now, telling, below = null) {
  const reached = new Set(legs.filter((leg) => leg.progress.kind === "done").map((leg) => leg.leg));
  const hops = legs.map((leg) =>
    h(
      "li",
      { class: `leg ${leg.leg}${isNoted(leg, telling) ? " noted" : ""}`, "data-leg": leg.leg, "data-progress": leg.progress.kind, title: history(leg) },
      ...lines(leg.leg, reached),
      ...words(leg, now, telling),
      below?.leg === leg.leg && h("div", { class: "below" }, below.drawn),
    ),
  );
  return h("ol", { class: "chain", "aria-label": "Where the token comes from" }, ...hops);
}

/**
 * Returns the leg whose request failed, where a problem with the chain is shown.
 * @param {Rust.LegStatus[]} legs
 */
export const failedLeg = (legs) => legs.find((leg) => leg.progress.kind === "failed")?.leg ?? null;

/** @param {Rust.Leg} leg @param {Set<Rust.Leg>} reached */
function lines(leg, reached) {
  const line = (/** @type {string} */ kind, /** @type {boolean} */ isLit) =>
    h("i", { class: `line ${kind}${isLit ? " lit" : ""}`, "aria-hidden": "true" });
  if (leg === "xsts_xbox") {
    return [line("past", reached.has("xsts_halo")), line("arm", reached.has("xsts_xbox"))];
  }
  const next = TRUNK[TRUNK.indexOf(leg) + 1];
  return [
    leg === "microsoft" ? null : line("in", reached.has(leg)),
    next === undefined ? null : line("out", reached.has(next)),
  ];
}

/** @param {Rust.LegStatus} leg @param {number | null} now @param {Telling} telling @returns {Drawn[]} */
function words(leg, now, telling) {
  const left = life(leg, now);
  const isOver = leg.progress.kind === "done" && left.kind === "expired";
  const shape = isOver ? "expired" : leg.progress.kind;
  return [
    h("span", { class: "hop-place" }, hop(shape)),
    h("span", { class: "name" }, NAMES[leg.leg], h("span", { class: "unseen" }, `, ${SPOKEN[leg.progress.kind]}`)),
    h("span", { class: "middle" }, middle(leg, left, telling)),
    h("span", { class: "end" }, telling === "took" ? tookWord(leg) : lifeWord(leg, left)),
  ];
}

const SPOKEN = { waiting: "waiting", running: "running", done: "done", failed: "failed" };

/** @param {Rust.LegStatus} leg @param {Life} left @param {Telling} telling */
function middle(leg, left, telling) {
  if (isNoted(leg, telling)) return h("code", null, leg.note);
  if (telling === "took") return bar(leg.progress.kind === "done" ? 1 : 0, leg.progress.kind);
  if (leg.leg === "microsoft" && leg.progress.kind === "done" && left.kind === "expired") {
    return h("span", { class: "aside" }, "not needed now");
  }
  if (leg.leg === "clearance") return null;
  return bar(left.kind === "good" ? left.part : 0);
}

/**
 * Whether a note replaces the bar: a clearance doesn't expire.
 * @param {Rust.LegStatus} leg @param {Telling} telling
 */
const isNoted = ({ note }, telling) => note !== null && telling === "life";

/** @param {number} part @param {string} [kind] */
const bar = (part, kind = "") =>
  h("span", { class: `bar ${kind}`.trim(), "aria-hidden": "true" }, h("i", { vars: { "--part": String(part) } }));

/** @param {Rust.LegStatus} leg */
function tookWord({ progress }) {
  switch (progress.kind) {
    case "done":
      return took(progress.ms);
    case "running":
      return "asking…";
    case "failed":
      return "failed";
    case "waiting":
      return "";
  }
}

/** @param {Rust.LegStatus} leg @param {Life} left */
function lifeWord({ progress }, left) {
  if (progress.kind === "running") return "asking…";
  switch (left.kind) {
    case "good":
      return duration(left.ms);
    case "expired":
      return "expired";
    case "endless":
      return "current";
    case "unknown":
      return "unknown";
    case "none":
      return progress.kind === "failed" ? "failed" : "not yet";
  }
}

/** @param {Rust.LegStatus} leg */
function history({ issued_at, expires_at, progress }) {
  if (issued_at === null) return null;
  const parts = [`Issued at ${timeOfDay(issued_at)}`];
  if (expires_at !== null && expires_at - issued_at < 24 * 3_600_000) parts.push(`good until ${timeOfDay(expires_at)}`);
  if (progress.kind === "done" && progress.ms !== null) parts.push(`took ${took(progress.ms)}`);
  return parts.join(", ");
}

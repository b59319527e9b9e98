/** A completed sign-out: what was deleted, and what remains elsewhere. */

import { h } from "../tree.mjs";
import { timeOfDay } from "../words.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */

/**
 * @param {number | null} until  When a copied token expires.
 * @param {Actions} actions
 * @param {number | null} now  The services' time, which the expiry is based on; `null` if nobody knows.
 */
export const farewell = (until, actions, now) =>
  h(
    "p",
    { class: "note" },
    "Deleted here. Microsoft still lists the app: ",
    h("button", { class: "link", type: "button", onclick: () => actions.openLink("consent") }, "Remove it there"),
    until !== null && now !== null && until > now ? `. Tokens already copied work until ${timeOfDay(until)}.` : ".",
  );

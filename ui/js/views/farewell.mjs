/** Somebody was signed out: what is gone, and what stays elsewhere. */

import { h } from "../tree.mjs";
import { timeOfDay } from "../words.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */

/**
 * @param {number | null} until  How long a copied token works.
 * @param {Actions} actions
 * @param {number} now  The services' time, as the token goes by it.
 */
export const farewell = (until, actions, now) =>
  h(
    "p",
    { class: "note" },
    "Deleted here. Microsoft still lists the app: ",
    h("button", { class: "link", type: "button", onclick: () => actions.openLink("consent") }, "Remove it there"),
    until !== null && until > now ? `. Tokens already copied work until ${timeOfDay(until)}.` : ".",
  );

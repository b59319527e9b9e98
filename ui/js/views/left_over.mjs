/** What *Remove everything* had to leave: told on every page, until it is gone or the person lets it stay. */

import { alert } from "../glyphs.mjs";
import { h } from "../tree.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../contract.mjs").Removal} Removal */

/** @param {Removal} removal @param {Actions} actions */
export const leftOver = (removal, actions) =>
  removal.kind === "left" &&
  h(
    "section",
    { class: "problem", role: "alert", key: "left", "aria-label": "Not removed" },
    h("p", { class: "message" }, alert(), "Not everything could be removed."),
    h("ul", { class: "plain" }, ...removal.things.map((each) => h("li", null, each))),
    h("p", { class: "help" }, "Close any program that uses it, or allow changes to it, then try again. What you do from now on is kept."),
    h(
      "div",
      { class: "buttons" },
      h("button", { class: "side", type: "button", onclick: () => actions.run("remove_everything") }, "Remove the rest"),
      h("button", { class: "side", type: "button", onclick: () => actions.run("leave_the_rest") }, "Leave it there"),
    ),
  );

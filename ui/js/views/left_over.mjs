/** What *Remove everything* couldn't remove; shown on every page until it's gone or the person decides to leave it. */

import { alert } from "../glyphs.mjs";
import { h } from "../tree.mjs";
import { removeQuestion } from "./removal.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */

/** @param {Page} page @param {Actions} actions */
export function leftOver(page, actions) {
  const { removal, asking, place } = page;
  if (removal.kind !== "left") return false;
  // It's asked each time: another program may have signed in since then, and that is deleted, too. The settings page shows
  // the question in a place of its own.
  const asks = asking?.kind === "remove_everything" && place.kind !== "settings";
  return h(
    "section",
    { class: "problem", role: "alert", key: "left", "aria-label": "Not removed" },
    h("p", { class: "message" }, alert(), "Not everything could be removed."),
    h("ul", { class: "plain" }, ...removal.things.map((each) => h("li", null, each))),
    h("p", { class: "help" }, "Close any program that uses it, or allow changes to it, then try again. What you do from now on is kept."),
    h(
      "div",
      { class: "buttons" },
      h("button", { class: "side", type: "button", onclick: () => actions.ask({ kind: "remove_everything" }) }, "Remove the rest"),
      h("button", { class: "side", type: "button", onclick: () => actions.run("leave_the_rest") }, "Leave it there"),
    ),
    asks && removeQuestion(page, actions),
  );
}

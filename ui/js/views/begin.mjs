/** The ways to start: with the default app, with one that is already in use, or with a new one. */

import { chevron } from "../glyphs.mjs";
import { LINES, REGISTER } from "../place.mjs";
import { h } from "../tree.mjs";
import { sessionChoice, wayChoice } from "./choices.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */

/**
 * If this build has no app and none has been used yet, using your own app comes first.
 * @param {Page} page
 * @param {Actions} actions
 */
export function begin(page, actions) {
  const { status, about } = page;
  const useLines = () => actions.go(LINES);
  const register = row("register", "Register one", "An Azure app of your own, step by step", () => actions.go(REGISTER));
  const others = status.state === "signed_in" ? [register] : [register, row("look", "Look around", "With sample data, without the network", actions.lookAround)];
  const isFirst = status.state === "signed_out" && status.why.kind === "never";
  if (!about.has_app && isFirst) {
    return [main("I already use SPNKr or my own app", useLines), h("div", { class: "card rows" }, ...others)];
  }
  const lines = row("lines", "I already use SPNKr or my own app", "Paste its lines, or fill in its client ID", useLines);
  return [
    main("Sign in", () => actions.signIn({ kind: about.has_app ? "default" : "known" })),
    h("div", { class: "choices" }, wayChoice(page, actions), sessionChoice(page, actions)),
    h("div", { class: "card rows" }, lines, ...others),
  ];
}

/** @param {string} label @param {() => void} go */
const main = (label, go) => h("button", { class: "main", type: "button", onclick: go }, label);

/**
 * A row that leads to another page.
 * @param {string} id @param {string} title @param {string} what @param {() => void} go
 */
export const row = (id, title, what, go) =>
  h(
    "button",
    { class: "row", type: "button", onclick: go, "aria-labelledby": `${id}-title`, "aria-describedby": `${id}-what` },
    h(
      "span",
      null,
      h("span", { id: `${id}-title`, class: "title" }, title),
      h("span", { id: `${id}-what`, class: "soft" }, what),
    ),
    chevron(),
  );

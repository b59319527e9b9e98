/** The vault can't be read: why, and what opens it. Viewing this loses nothing. */

import { logo } from "../glyphs.mjs";
import { h } from "../tree.mjs";
import { refusalAt, problemBox } from "../problem.mjs";
import { menu } from "./menu.mjs";
import { question } from "./question.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */

/** @param {Page.Shut} status @param {Page} page @param {Actions} actions */
export function shut({ problem }, page, actions) {
  const triesAgain = ["try_again", "unlock"].includes(problem.action?.remedy.kind ?? "");
  return [
    h("header", { class: "welcome" }, menu(page, actions), logo(), h("h1", null, "Your sign-in cannot be opened")),
    problemBox(
      problem,
      page,
      actions,
      { beside: triesAgain ? [] : [h("button", { class: "side", type: "button", onclick: () => actions.run("retry") }, "Try again")] },
    ),
    page.asking?.kind === "start_afresh" && startAfresh(actions),
    refusalAt("page", page, actions),
    sessionOnly(page, actions),
    h(
      "footer",
      { class: "line-of-two" },
      h("button", { class: "quiet", type: "button", onclick: actions.lookAround }, "Look around"),
      h("button", { class: "quiet", type: "button", onclick: () => actions.run("quit") }, "Quit"),
    ),
  ];
}

/**
 * A sign-in that stores nothing needs no vault.
 * @param {Page} page @param {Actions} actions
 */
const sessionOnly = ({ about }, actions) =>
  h(
    "section",
    { class: "form tight session-only" },
    h(
      "button",
      { class: "side wide", type: "button", onclick: () => actions.beginSession(about.has_app) },
      "Sign in for this session only",
    ),
    h("p", { class: "hint" }, "Nothing is stored, and what is sealed stays as it is."),
  );

/** @param {Actions} actions */
const startAfresh = (actions) =>
  question({
    title: "Start without the old file?",
    what: ["The old file is kept beside the new one, under another name. You will have to sign in again."],
    yes: "Start afresh",
    no: "Leave it as it is",
    onYes: () => actions.run("start_afresh"),
    onNo: () => actions.ask(null),
  });

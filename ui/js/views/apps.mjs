/** *Azure apps*: the known apps, their details, and the accounts that use them. */

import { EMPTY } from "../own_app.mjs";
import { REGISTER } from "../place.mjs";
import { h } from "../tree.mjs";
import { refusalAt } from "../problem.mjs";
import { accountName } from "../words.mjs";
import { heading } from "./heading.mjs";
import { person } from "./person.mjs";
import { question } from "./question.mjs";
import { verdict } from "./verdict.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */
/** @typedef {import("../place.mjs").Apps} Apps */

/** @param {Apps} place @param {Page} page @param {Actions} actions */
export function apps({ known, checks }, page, actions) {
  return [
    heading("Azure apps", actions.goHome),
    h("p", { class: "soft" }, "Microsoft lets only registered apps sign people in. These are the ones known here."),
    refusalAt("page", page, actions),
    known?.length === 0 && h("p", { class: "note" }, "None yet. Register one, or fill in the one you use."),
    ...(known ?? []).map((app) => card(app, checks[app.client_id], page, actions)),
    h(
      "div",
      { class: "buttons even" },
      h("button", { class: "side", type: "button", onclick: () => actions.fillIn(EMPTY) }, "Use another app"),
      h("button", { class: "side", type: "button", onclick: () => actions.go(REGISTER) }, "Register one"),
    ),
  ];
}

/** @param {Rust.ListedApp} app @param {import("../place.mjs").Check | undefined} check @param {Page} page @param {Actions} actions */
function card(app, check, page, actions) {
  const { client_id: id } = app;
  const isAsked = page.asking?.kind === "forget_app" && page.asking.id === id;
  return h(
    "section",
    { class: "card form app", key: id, "aria-label": `App ${id}` },
    h(
      "dl",
      null,
      ...line("Client ID", h("code", null, id)),
      ...line("Redirect URI", h("code", null, app.redirect_uri)),
      ...line("Sign-in page", app.platform === "live" ? "live.com" : "Microsoft account"),
      ...line("Client secret", app.has_secret ? "Yes, kept sealed" : "None"),
      ...line("Used by", ...users(app.used_by, page)),
    ),
    check && verdict(check),
    refusalAt(`app ${id}`, page, actions),
    h(
      "div",
      { class: "buttons" },
      h("button", { class: "side small", type: "button", "aria-description": id, onclick: () => actions.checkKnown(app) }, "Check"),
      h("button", { class: "side small", type: "button", "aria-description": id, onclick: () => actions.edit(app) }, "Edit"),
      app.used_by.length === 0 &&
        h(
          "button",
          { class: "side small", type: "button", "data-opens": `forget_app ${id}`, "aria-description": id, onclick: () => actions.ask({ kind: "forget_app", id }) },
          "Forget",
        ),
    ),
    isAsked && forgetting(app, actions),
  );
}

/** @param {Rust.ListedApp} app @param {Actions} actions */
const forgetting = ({ client_id, has_secret }, actions) =>
  question({
    title: "Forget this app?",
    what: [`Its details${has_secret ? " and its secret" : ""} go from this computer. At Microsoft it stays as it is.`],
    yes: "Forget it",
    no: "Keep it",
    onYes: () => actions.forget(client_id),
    onNo: () => actions.ask(null),
  });

/** @param {string} term @param {...import("../tree.mjs").Drawn} said */
const line = (term, ...said) => [h("dt", null, term), h("dd", null, ...said)];

/** @param {string[]} ids @param {Page} page */
function users(ids, { accounts }) {
  const names = accounts.filter(({ id }) => ids.includes(id)).map(accountName);
  return names.length === 0 ? ["Nobody"] : names.flatMap((name, at) => (at === 0 ? [person(name)] : [", ", person(name)]));
}

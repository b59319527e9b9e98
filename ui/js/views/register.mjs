/** *Register one*: how to create an Azure app, in the order and the words of Microsoft's pages. */

import { h } from "../tree.mjs";
import { refusalAt } from "../problem.mjs";
import { sessionChoice } from "./choices.mjs";
import { clientIdField } from "./field.mjs";
import { heading } from "./heading.mjs";
import { verdict } from "./verdict.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */
/** @typedef {import("../place.mjs").Register} Register */

/** @param {Register} place @param {Page} page @param {Actions} actions */
export function register(place, page, actions) {
  const { copied } = page;
  return [
    heading("Register an app", actions.goToBegin),
    h(
      "section",
      { class: "card form" },
      h("p", { class: "soft" }, "Microsoft lets only registered apps sign people in. Registering one is free; only you will use it."),
      h(
        "ol",
        { class: "steps" },
        step(
          "You need a directory first. If Microsoft says that apps cannot be made ",
          term("outside of a directory"),
          ", sign up for a free Azure account: a directory comes with it. An account of a school or a firm has one, but may not be allowed to register apps.",
          h("button", { class: "side", type: "button", onclick: () => actions.openLink("directory") }, "Get a directory"),
        ),
        step(
          "Open Microsoft's page for apps, and there ",
          term("New registration"),
          ".",
          h("button", { class: "side", type: "button", onclick: () => actions.openLink("portal") }, "Open Microsoft's page"),
          refusalAt("page", page, actions),
        ),
        step("Name: any you like, for example", copyable("Spartan Tray", "Copy name", copied?.what === "name", () => actions.copyText("name"))),
        step(
          "Supported account types: ",
          term("Personal Microsoft accounts only"),
          ", on newer pages ",
          term("Personal accounts only"),
          ". Leave the redirect empty and choose ",
          term("Register"),
          ".",
        ),
        step(
          "Under ",
          term("Authentication"),
          " choose ",
          term("Add a platform"),
          ", on newer pages ",
          term("Add Redirect URI"),
          ", and there ",
          term("Mobile and desktop applications"),
          ". Enter this address as it stands, without a slash at its end:",
          copyable("http://localhost", "Copy address", copied?.what === "redirect", () => actions.copyText("redirect")),
        ),
        step(
          "On the same page, under ",
          term("Settings"),
          " or ",
          term("Advanced settings"),
          ", set ",
          term("Allow public client flows"),
          " to ",
          term("Yes"),
          " or ",
          term("Enabled"),
          " and save. No secret is needed.",
        ),
        step(
          "From the ",
          term("Overview"),
          " copy the ",
          term("Application (client) ID"),
          ". The object's and the directory's ID look like it and do not work.",
        ),
      ),
    ),
    clientId(place, page, actions),
  ];
}

/** @param {Register} place @param {Page} page @param {Actions} actions */
function clientId({ clientId: typed, wrong, check }, page, actions) {
  const fillIn = (/** @type {{client_id: string}} */ { client_id }) => actions.fillInRegistered(client_id);
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    actions.signInWithRegistered(typed);
  };
  return h(
    "form",
    { class: "card form", onsubmit: submit, novalidate: true, autocomplete: "off" },
    clientIdField({ client_id: typed }, wrong, fillIn),
    check && verdict(check),
    sessionChoice(page, actions),
    refusalAt("register", page, actions),
    h(
      "div",
      { class: "buttons even" },
      h("button", { class: "side", type: "button", onclick: () => actions.checkRegistered(typed) }, "Check"),
      h("button", { class: "main" }, "Sign in"),
    ),
  );
}

/** @param {...import("../tree.mjs").Drawn} parts */
const step = (...parts) => h("li", null, h("div", null, ...parts));

/**
 * A label on Microsoft's page.
 * @param {string} words
 */
const term = (words) => h("b", null, words);

/**
 * A value to choose or type there; one click selects all of it.
 * @param {string} words
 */
const value = (words) => h("code", { class: "value" }, words);

/** @param {string} words @param {string} label @param {boolean} isCopied @param {() => unknown} copy */
const copyable = (words, label, isCopied, copy) =>
  h(
    "span",
    { class: "copyable" },
    value(words),
    h("button", { class: "side small", type: "button", "aria-label": label, onclick: copy }, isCopied ? "Copied" : "Copy"),
  );

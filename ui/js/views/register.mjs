/** *Register one*: how to make an Azure app, as Microsoft's page has it. */

import { EMPTY } from "../own_app.mjs";
import { h } from "../tree.mjs";
import { refusalAt } from "../trouble.mjs";
import { heading } from "./heading.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */

/** @param {Page} page @param {Actions} actions */
export function register(page, actions) {
  return [
    heading("Register an app", actions.goHome),
    h(
      "section",
      { class: "card form" },
      h("p", { class: "soft" }, "Microsoft lets only registered apps sign people in. Registering one is free; only you will use it."),
      h(
        "ol",
        { class: "steps" },
        step("Open the ", term("Microsoft Entra admin center"), ", then ", term("App registrations"), " › ", term("New registration"), ".",
          h("button", { class: "side", type: "button", onclick: () => actions.openLink("portal") }, "Open Microsoft's page"),
          refusalAt("page", page, actions),
        ),
        step("Name: any you like, such as", value("Spartan Tray")),
        step("Supported account types:", value("Personal Microsoft accounts only")),
        step("Redirect URI: this platform and this address. (The app's Authentication page calls the platform ",
          term("Mobile and desktop applications"), ".)",
          value("Public client/native (mobile & desktop)"), value("http://localhost"),
        ),
        step("Choose ", term("Register"), " and copy the ", term("Application (client) ID"), " from the overview. No secret is needed."),
      ),
      h("button", { class: "main", type: "button", onclick: () => actions.fillIn(EMPTY) }, "I have the client ID"),
    ),
    h("p", { class: "after" }, "If Microsoft asks for a directory first, a free Azure account brings one."),
  ];
}

/** @param {...import("../tree.mjs").Drawn} parts */
const step = (...parts) => h("li", null, h("div", null, ...parts));

/** Something to look for on Microsoft's page. @param {string} words */
const term = (words) => h("b", null, words);

/** Something to choose or to type there, selected whole by one click. @param {string} words */
const value = (words) => h("code", { class: "value" }, words);

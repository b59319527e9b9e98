/**
 * *I already use SPNKr or my own app*: paste its lines or python-xbox's `tokens.json`, or fill in the app's details.
 */

import { EMPTY } from "../own_app.mjs";
import { LINES } from "../place.mjs";
import { h } from "../tree.mjs";
import { refusalAt } from "../problem.mjs";
import { sessionChoice } from "./choices.mjs";
import { heading } from "./heading.mjs";
import { lastFailure } from "./last_failure.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */

const EXAMPLE = `SPNKR_CLIENT_ID=…
SPNKR_CLIENT_SECRET=…
SPNKR_REDIRECT_URI=https://localhost
SPNKR_REFRESH_TOKEN=…`;

/** @param {{found: Page.FoundApp | Page.FoundSeveral | null}} place @param {Page} page @param {Actions} actions */
export function lines({ found }, page, actions) {
  return [
    heading("An app you already use", actions.goToBegin),
    lastFailure("lines", page, actions),
    found?.kind === "app" ? foundApp(found, page, actions) : pasteForm(found, page, actions),
    h(
      "p",
      { class: "after" },
      "Not using SPNKr? ",
      h("button", { class: "link", type: "button", onclick: () => actions.fillIn(EMPTY) }, "Fill in the client ID"),
    ),
  ];
}

/** @param {Page.FoundSeveral | null} several @param {Page} page @param {Actions} actions */
function pasteForm(several, page, actions) {
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    // Enter in a field must not choose for the person.
    if (!several) actions.importLines(linesIn(/** @type {HTMLFormElement} */ (event.currentTarget)), null);
  };
  const isRefused = page.refused?.spot === "lines";
  return h(
    "form",
    { class: "card form", key: "paste", onsubmit: submit, autocomplete: "off" },
    h(
      "div",
      { class: "field" },
      h("label", { for: "lines" }, "Paste the lines of your .env file, or the line with AzureApp(…)"),
      h("textarea", {
        id: "lines",
        name: "lines",
        rows: 6,
        spellcheck: "false",
        autocapitalize: "off",
        placeholder: EXAMPLE,
        required: true,
        // A question about other lines would choose something else in these.
        oninput: actions.linesEdited,
        "aria-invalid": isRefused ? "true" : null,
        "aria-describedby": "lines-hint",
      }),
      h("p", { id: "lines-hint", class: "hint" }, "What is in python-xbox's tokens.json does as well. With a refresh token among them, you are signed in without a browser."),
    ),
    sessionChoice(page, actions),
    refusalAt("lines", page, actions),
    several ? choice(several, actions) : h("button", { class: "main" }, "Use these lines"),
  );
}

/** @param {HTMLFormElement | null} form */
const linesIn = (form) => String((form && new FormData(form).get("lines")) ?? "");

/** @param {Page.FoundSeveral} several @param {Actions} actions */
function choice({ groups }, actions) {
  const use = (/** @type {MouseEvent} */ event, /** @type {string} */ name) =>
    actions.importLines(linesIn(/** @type {HTMLButtonElement} */ (event.currentTarget).form), name);
  return h(
    "div",
    { class: "several", key: groups.map(({ name }) => name).join("\n"), role: "group", "aria-labelledby": "several", tabindex: -1, focus: true },
    h("p", { id: "several" }, "This text has several apps or refresh tokens, or ones that may not belong together. Which do you want to use?"),
    ...groups.map(({ name, client_id }) =>
      h(
        "button",
        { class: "side", type: "button", onclick: (/** @type {MouseEvent} */ event) => use(event, name) },
        h("span", null, "Use ", h("bdi", null, name)),
        client_id && h("code", null, ` ${client_id}`),
      ),
    ),
  );
}

/** @param {Page.FoundApp} found @param {Page} page @param {Actions} actions */
const foundApp = (found, page, actions) =>
  h(
    "section",
    { class: "card form", key: "found", "aria-label": "The app found" },
    h("p", { tabindex: -1, focus: true }, "This app was found. There was no refresh token, so Microsoft's page comes next."),
    h(
      "dl",
      null,
      h("dt", null, "Client ID"),
      h("dd", null, h("code", null, found.client_id)),
      h("dt", null, "Redirect URI"),
      h("dd", null, h("code", null, found.redirect_uri)),
      h("dt", null, "Client secret"),
      h("dd", null, found.has_secret ? "Yes, kept sealed" : "None"),
    ),
    sessionChoice(page, actions),
    refusalAt("lines", page, actions),
    h("button", { class: "main", type: "button", onclick: () => actions.signIn({ kind: "known" }, "lines") }, "Sign in"),
    h("button", { class: "quiet", type: "button", onclick: () => actions.go(LINES) }, "Paste other lines"),
  );

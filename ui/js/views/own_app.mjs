/** The form for an Azure app: your own to sign in with, or a known one to change. */

import { REDIRECTS, takesPath } from "../own_app.mjs";
import { h } from "../tree.mjs";
import { refusalAt } from "../problem.mjs";
import { sessionChoice } from "./choices.mjs";
import { clientIdField, entered, field } from "./field.mjs";
import { heading } from "./heading.mjs";
import { failureOf, lastFailure } from "./last_failure.mjs";
import { tickBox } from "./segments.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../own_app.mjs").Draft} Draft */
/** @typedef {import("../place.mjs").OwnApp} OwnApp */
/** @typedef {import("../page.mjs").Page} Page */

/** @param {OwnApp} place @param {Page} page @param {Actions} actions */
export function ownApp({ draft, wrong, edits }, page, actions) {
  const fillIn = (/** @type {Partial<Draft>} */ part) => actions.fillIn({ ...draft, ...part }, edits);
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    if (edits) actions.saveApp(draft, edits);
    else actions.signInWithOwnApp(draft);
    // After the drawing that marks the field.
    requestAnimationFrame(() => /** @type {HTMLElement | null} */ (form.querySelector("[aria-invalid=true]"))?.focus());
  };
  return [
    edits ? heading("Edit the app", actions.goToApps) : heading("Your own Azure app", actions.goToBegin),
    edits ? failureOf(edits, page, actions) : lastFailure("own_app", page, actions),
    h(
      "form",
      { class: "card form", onsubmit: submit, novalidate: true, autocomplete: "off" },
      edits ? fixedId(edits) : clientIdField(draft, wrong, fillIn),
      field({ id: "redirect", label: "Redirect URI", hint: "The same as the one registered.", wrong }, (described) =>
        h(
          "select",
          { ...described, value: draft.redirect, onchange: entered((redirect) => fillIn({ redirect })) },
          ...REDIRECTS.map((uri) => h("option", { value: uri }, uri)),
        ),
      ),
      takesPath(draft.redirect) &&
        field({ id: "path", label: "Path after it, if there is one", hint: null, wrong }, (described) =>
          h("input", {
            ...described,
            class: "mono",
            value: draft.path,
            spellcheck: "false",
            placeholder: "/callback",
            oninput: entered((path) => fillIn({ path })),
          }),
        ),
      secret(draft, edits, fillIn),
      platforms(draft, fillIn),
      edits ? null : sessionChoice(page, actions),
      refusalAt("own_app", page, actions),
      edits && h("p", { class: "hint" }, "Accounts go on with what their tokens came from until Microsoft refuses it."),
      h("button", { class: "main" }, edits ? "Save" : "Sign in"),
    ),
  ];
}

/**
 * The client ID identifies the app, so it can't be changed.
 * @param {Rust.AppLine} app
 */
const fixedId = ({ client_id }) => h("div", { class: "field" }, h("p", { class: "label" }, "Client ID"), h("code", { class: "value" }, client_id));

/** @param {Draft} draft @param {Rust.AppLine | null} edits @param {(part: Partial<Draft>) => void} fillIn */
function secret(draft, edits, fillIn) {
  const keeps = edits?.has_secret === true;
  const hint = keeps ? "Left blank, it stays as it is." : "Only apps registered under Web have one: its value, not its ID.";
  const input = (/** @type {Record<string, any>} */ described) =>
    h("input", {
      ...described,
      type: "password",
      autocomplete: "off",
      value: draft.client_secret,
      oninput: entered((client_secret) => fillIn({ client_secret, drops_secret: false })),
    });
  return h(
    "div",
    { class: "form tight" },
    field({ id: "client_secret", label: keeps ? "New client secret" : "Client secret, if there is one", hint, wrong: null }, input),
    keeps &&
      tickBox({
        id: "drops-secret",
        label: "Remove its secret",
        hint: null,
        checked: draft.drops_secret,
        onChange: (drops_secret) => fillIn({ drops_secret }),
      }),
  );
}

/** @param {Draft} draft @param {(part: Partial<Draft>) => void} fillIn */
function platforms(draft, fillIn) {
  const choice = (/** @type {Draft["platform"]} */ platform, /** @type {string} */ label, /** @type {string} */ hint) =>
    h(
      "label",
      { class: "choice" },
      h("input", {
        type: "radio",
        name: "platform",
        checked: draft.platform === platform,
        onchange: () => fillIn({ platform }),
      }),
      h("span", null, label, h("span", { class: "hint" }, hint)),
    );
  return h(
    "fieldset",
    { class: "field" },
    h("legend", null, "Sign-in page"),
    choice("consumers", "Microsoft account", "login.microsoftonline.com, for most apps"),
    choice("live", "live.com", "login.live.com, as SPNKr uses it"),
  );
}

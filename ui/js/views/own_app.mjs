/** The form for an Azure app of one's own. */

import { REDIRECTS, takesPath } from "../own_app.mjs";
import { h } from "../tree.mjs";
import { refusalAt } from "../trouble.mjs";
import { heading } from "./heading.mjs";
import { lastFailure } from "./last_failure.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../own_app.mjs").Draft} Draft */
/** @typedef {import("../own_app.mjs").Wrong} Wrong */
/** @typedef {import("../page.mjs").Page} Page */
/** @typedef {import("../tree.mjs").Drawn} Drawn */

/** @param {{draft: Draft, wrong: Wrong | null}} place @param {Page} page @param {Actions} actions */
export function ownApp({ draft, wrong }, page, actions) {
  const fillIn = (/** @type {Partial<Draft>} */ part) => actions.fillIn({ ...draft, ...part });
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    actions.signInWithOwnApp(draft);
    // After the drawing that marks it.
    requestAnimationFrame(() => /** @type {HTMLElement | null} */ (form.querySelector("[aria-invalid=true]"))?.focus());
  };
  return [
    heading("Your own Azure app", actions.goHome),
    lastFailure("own_app", page, actions),
    h(
      "form",
      { class: "card form", onsubmit: submit, novalidate: true, autocomplete: "off" },
      field(
        { id: "client_id", label: "Client ID", hint: "The Application (client) ID on the app's overview page.", wrong },
        (described) =>
          h("input", {
            ...described,
            class: "mono",
            value: draft.client_id,
            spellcheck: "false",
            placeholder: "00000000-0000-0000-0000-000000000000",
            oninput: entered((client_id) => fillIn({ client_id })),
          }),
      ),
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
      field(
        { id: "client_secret", label: "Client secret, if there is one", hint: "Only apps registered under Web have one.", wrong },
        (described) =>
          h("input", {
            ...described,
            type: "password",
            autocomplete: "off",
            value: draft.client_secret,
            oninput: entered((client_secret) => fillIn({ client_secret })),
          }),
      ),
      platforms(draft, fillIn),
      refusalAt("own_app", page, actions),
      h("button", { class: "main" }, "Sign in"),
    ),
  ];
}

/**
 * @param {{id: string, label: string, hint: string | null, wrong: Wrong | null}} about
 * @param {(described: Record<string, any>) => Drawn} control
 */
function field({ id, label, hint, wrong }, control) {
  const isWrong = wrong?.field === id;
  const described = {
    id,
    name: id,
    "aria-invalid": isWrong ? "true" : null,
    "aria-describedby": isWrong ? `${id}-wrong` : hint && `${id}-hint`,
  };
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, label),
    control(described),
    h("p", { id: `${id}-wrong`, class: "wrong", role: "alert" }, isWrong && wrong.what),
    !isWrong && hint !== null && h("p", { id: `${id}-hint`, class: "hint" }, hint),
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

/** @param {(value: string) => void} take */
const entered = (take) => (/** @type {Event} */ event) =>
  take(/** @type {HTMLInputElement} */ (event.currentTarget).value);

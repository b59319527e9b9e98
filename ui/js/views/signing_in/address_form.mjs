/** The form for pasting the URL at which a browser ended. */

import { h } from "../../tree.mjs";
import { refusalAt } from "../../problem.mjs";

/** @typedef {import("../../actions.mjs").Actions} Actions */
/** @typedef {import("../../page.mjs").Page} Page */

/** @param {Page} page @param {Actions} actions @param {{looks: "main" | "side", hint: string}} about */
export function addressForm(page, actions, { looks, hint }) {
  const isWrong = page.refused?.spot === "address";
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    actions.pasteAddress(String(new FormData(form).get("address") ?? ""));
  };
  return h(
    "form",
    { class: "form", onsubmit: submit, autocomplete: "off" },
    h(
      "div",
      { class: "field" },
      h("label", { for: "address" }, "Paste the address"),
      h("input", {
        id: "address",
        name: "address",
        class: "mono",
        spellcheck: "false",
        autocapitalize: "off",
        autocomplete: "off",
        placeholder: "http://localhost/?code=…",
        required: true,
        "aria-invalid": isWrong ? "true" : null,
        "aria-describedby": "address-hint",
      }),
      h("p", { id: "address-hint", class: "hint" }, hint),
    ),
    refusalAt("address", page, actions),
    h("button", { class: looks }, "Use this address"),
  );
}

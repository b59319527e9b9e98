/** *Paste the address*: for redirects that no program can receive. */

import { h } from "../../tree.mjs";
import { addressForm } from "./address_form.mjs";
import { linkButtons } from "./link_buttons.mjs";

/** @typedef {import("../../actions.mjs").Actions} Actions */
/** @typedef {import("../../page.mjs").Page} Page */

/** @param {Page} page @param {Actions} actions */
export const byPaste = (page, actions) =>
  h(
    "div",
    { class: "form" },
    h(
      "ol",
      { class: "steps" },
      h("li", null, h("div", null, "Open Microsoft's page and sign in.", linkButtons(page, actions, "Open Microsoft's page"))),
      h("li", null, h("div", null, "The browser ends at a blank page, or at one that it cannot open.")),
      h("li", null, h("div", null, "Copy the whole address of that page and paste it here.")),
    ),
    addressForm(page, actions, { looks: "main", hint: "It is used here once and kept nowhere." }),
  );

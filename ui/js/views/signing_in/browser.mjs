/** *In my browser*: Microsoft's page is open there and returns automatically. */

import { h } from "../../tree.mjs";
import { addressForm } from "./address_form.mjs";
import { linkButtons } from "./link_buttons.mjs";

/** @typedef {import("../../actions.mjs").Actions} Actions */
/** @typedef {import("../../page.mjs").Page} Page */

/** @param {Page} page @param {Actions} actions */
export const inBrowser = (page, actions) =>
  h(
    "div",
    { class: "form" },
    linkButtons(page, actions, "Open it again"),
    addressForm(page, actions, {
      looks: "side",
      hint: "Only if your browser says at the end that it cannot open the page: the address of that page.",
    }),
  );

/** Microsoft's page: opened in the browser, or as a link for another one. */

import { h } from "../../tree.mjs";

/** @typedef {import("../../actions.mjs").Actions} Actions */
/** @typedef {import("../../page.mjs").Page} Page */

/** @param {Page} page @param {Actions} actions @param {string} openLabel */
export const linkButtons = ({ copied }, actions, openLabel) =>
  h(
    "div",
    { class: "buttons even" },
    h("button", { class: "side", type: "button", onclick: () => actions.run("open_sign_in_link") }, openLabel),
    h("button", { class: "side", type: "button", onclick: actions.copyLink }, copied?.what === "link" ? "Link copied" : "Copy sign-in link"),
  );

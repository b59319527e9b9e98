/** *Add an account*: the ways to start, beside the current account, which stays unchanged. */

import { h } from "../tree.mjs";
import { refusalAt } from "../problem.mjs";
import { begin } from "./begin.mjs";
import { heading } from "./heading.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */

/** @param {Page} page @param {Actions} actions */
export const addAccount = (page, actions) => [
  heading("Add an account", actions.goHome),
  h("p", { class: "soft" }, "Sign in as somebody else. The accounts that are here stay as they are."),
  refusalAt("page", page, actions),
  h("div", { class: "ways" }, ...begin(page, actions)),
];

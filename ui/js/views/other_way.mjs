/** The other sign-in methods, after one didn't work here. */

import { h } from "../tree.mjs";
import { refusalAt } from "../problem.mjs";
import { ABOUT_WAYS, ALL_WAYS, WAYS } from "../ways.mjs";
import { row } from "./begin.mjs";
import { heading } from "./heading.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */

/** @param {Page} page @param {Actions} actions */
export const otherWay = (page, actions) => [
  heading("Sign in another way", actions.goHome),
  refusalAt("page", page, actions),
  h(
    "div",
    { class: "card rows" },
    ...(page.about.methods ?? ALL_WAYS).map((method) => row(`way-${method}`, WAYS[method], ABOUT_WAYS[method], () => actions.signInAgain(method))),
  ),
];

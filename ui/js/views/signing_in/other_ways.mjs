/** The other methods that the app allows, while a person is at Microsoft's page. */

import { h } from "../../tree.mjs";
import { problemBox } from "../../problem.mjs";
import { FOR_PASSKEYS, WAYS } from "../../ways.mjs";

/** @typedef {import("../../actions.mjs").Actions} Actions */
/** @typedef {import("../../page.mjs").Page} Page */

/** @param {Page.SigningIn} status @param {Actions} actions */
export function otherWays({ method, stage, methods }, actions) {
  const others = methods.filter((other) => other !== method);
  if (stage.kind !== "at_page" && stage.kind !== "code") return null;
  const forPasskeys = method === "window" ? others[0] : undefined;
  const rest = others.filter((other) => other !== forPasskeys);
  return h(
    "div",
    { class: "other-ways" },
    forPasskeys && h("button", { class: "link", type: "button", onclick: () => actions.goOnBy(forPasskeys) }, FOR_PASSKEYS[forPasskeys]),
    rest.length > 0 &&
      h(
        "p",
        { class: "soft" },
        forPasskeys ? h("span", null, "Or:") : h("span", { class: "caption" }, "Or go on in another way:"),
        ...rest.map((other) => h("button", { class: "quiet", type: "button", onclick: () => actions.goOnBy(other) }, WAYS[other])),
      ),
  );
}

/**
 * Shown if the page doesn't respond: possible reasons, what to compare, and the other methods, emphasized.
 * @param {Rust.Problem} problem @param {Page.SigningIn} status @param {Page} page @param {Actions} actions
 */
export function afterSilence(problem, { method, methods, app }, page, actions) {
  const others = methods.filter((other) => other !== method);
  const buttons = others.map((other) => h("button", { class: "side", type: "button", onclick: () => actions.goOnBy(other) }, WAYS[other]));
  return problemBox(problem, page, actions, { beside: buttons, facts: problem.code === "page.silent" ? toCompare(app) : null });
}

/** @param {Rust.AppLine} app */
const toCompare = ({ client_id, redirect_uri }) =>
  h(
    "dl",
    null,
    h("dt", null, "Client ID"),
    h("dd", null, h("code", null, client_id)),
    h("dt", null, "Redirect URI"),
    h("dd", null, h("code", null, redirect_uri)),
  );

/** Signing in: first at Microsoft's page, then the chain fills up leg by leg. */

import { chain } from "../chain.mjs";
import { logo } from "../glyphs.mjs";
import { h } from "../tree.mjs";
import { refusalAt } from "../trouble.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../contract.mjs").SigningIn} SigningIn */
/** @typedef {import("../page.mjs").Page} Page */

/** @param {SigningIn} status @param {Page} page @param {Actions} actions @param {number} local */
export function signingIn(status, page, actions, local) {
  return [
    h("header", { class: "welcome" }, logo(), h("h1", null, "Signing in"), h("p", { class: "soft two-lines" }, words(status))),
    refusalAt("page", page, actions),
    h("section", { class: "card" }, chain(status.legs, local, "took")),
    h("div", { class: "ways" }, h("button", { class: "side wide", type: "button", onclick: () => actions.run("cancel") }, "Cancel")),
  ];
}

/** @param {SigningIn} status */
function words({ way, legs }) {
  const isAtPage = way === "window" && legs.every((leg) => leg.progress.kind === "waiting");
  if (isAtPage) return "Microsoft's page is open in its own window. Choose your account there.";
  return "Each step brings what the next one needs.";
}

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
  const { title, what } = words(status);
  return [
    h("header", { class: "welcome" }, logo(), h("h1", null, title), h("p", { class: "soft" }, what)),
    refusalAt("page", page, actions),
    h("section", { class: "card" }, chain(status.legs, local, "took")),
    h("div", { class: "ways" }, h("button", { class: "side wide", type: "button", onclick: () => actions.run("cancel") }, "Cancel")),
  ];
}

/** @param {SigningIn} status */
function words({ way, legs }) {
  const isAtPage = way === "window" && legs.every((leg) => leg.progress.kind === "waiting");
  if (!isAtPage) return { title: "Signing in", what: "Each step brings what the next one needs." };
  return {
    title: "Microsoft's page is open in its own window",
    what: "Choose your account there. This window goes on by itself.",
  };
}

/** Signing in: what it needs is made ready, then comes Microsoft's page, and the chain fills up leg by leg. */

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
    h("header", { class: "welcome" }, logo(), h("h1", null, "Signing in"), h("p", { class: "soft two-lines" }, words(status, page))),
    refusalAt("page", page, actions),
    h("section", { class: "card" }, chain(status.legs, local, "took")),
    h("div", { class: "ways" }, h("button", { class: "side wide", type: "button", onclick: () => actions.run("cancel") }, "Cancel")),
  ];
}

/** @param {SigningIn} status @param {Page} page */
function words({ stage }, { about }) {
  switch (stage) {
    case "preparing":
      return `Making ready… If you are asked about ${about.keyring}, allow it.`;
    case "at_page":
      return "Microsoft's page is open in its own window. Choose your account there.";
    case "chain":
      return "Each step brings what the next one needs.";
  }
}

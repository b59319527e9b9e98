/** Signing in: preparation, then Microsoft's page, then the chain, which fills up leg by leg. */

import { chain } from "../chain.mjs";
import { logo } from "../glyphs.mjs";
import { h } from "../tree.mjs";
import { refusalAt } from "../problem.mjs";
import { person } from "./person.mjs";
import { inBrowser } from "./signing_in/browser.mjs";
import { afterSilence, otherWays } from "./signing_in/other_ways.mjs";
import { byPaste } from "./signing_in/paste.mjs";
import { onPhone } from "./signing_in/phone.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */

/** @param {Page.SigningIn} status @param {Page} page @param {Actions} actions @param {number} local */
export function signingIn(status, page, actions, local) {
  const step = panel(status, page, actions, local);
  const problem = status.stage.kind === "at_page" ? status.stage.problem : null;
  return [
    h(
      "header",
      { class: step ? "welcome brief" : "welcome" },
      step ? null : logo(),
      h("h1", null, ...title(status)),
      h("p", { class: "soft two-lines" }, words(status, page)),
    ),
    refusalAt("page", page, actions),
    problem && afterSilence(problem, status, page, actions),
    // Each step is a separate element: what had the focus in the previous one is removed.
    (step || !problem) &&
      h("section", { class: "card step", key: `${status.method} ${status.stage.kind}` }, step ?? chain(status.legs, local, "took")),
    problem ? null : otherWays(status, actions),
    h("div", { class: "ways last" }, h("button", { class: "side wide", type: "button", onclick: () => actions.run("cancel") }, "Cancel")),
  ];
}

/** @param {Page.SigningIn} status */
const title = ({ again }) => (again === null ? ["Signing in"] : ["Sign in as ", person(again), " again"]);

/**
 * What a person must do outside the window, if anything.
 * @param {Page.SigningIn} status @param {Page} page @param {Actions} actions @param {number} local
 */
function panel({ method, stage }, page, actions, local) {
  if (stage.kind === "code") return onPhone(stage, page, actions, local);
  if (stage.kind !== "at_page") return null;
  if (method === "browser") return inBrowser(page, actions);
  return method === "paste" ? byPaste(page, actions) : null;
}

/** @param {Page.SigningIn} status @param {Page} page */
function words({ method, stage }, { about }) {
  switch (stage.kind) {
    case "preparing":
      return about.key_file === undefined ? `Making ready… If you are asked about ${about.keyring}, allow it.` : "Making ready…";
    case "at_page":
      return stage.problem?.code === "page.not_loaded" ? "Microsoft's page is not there yet." : AT_PAGE[method];
    case "code":
      return "Use a phone, or any other device with a browser.";
    case "chain":
      return "Each step brings what the next one needs.";
  }
}

/** @type {Record<Page.SigningIn["method"], string>} */
const AT_PAGE = {
  window: "Microsoft's page is open in its own window. Choose your account there.",
  browser: "Go on in your browser. Microsoft's page is open there.",
  phone: "Use a phone, or any other device with a browser.",
  paste: "Sign in with any browser, then bring its last address here.",
  import: "Each step brings what the next one needs.",
};

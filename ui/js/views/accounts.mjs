/** *Accounts*: all accounts in the person's order, the default first. */

import { plus } from "../glyphs.mjs";
import { h } from "../tree.mjs";
import { refusalAt } from "../problem.mjs";
import { accountRow } from "./account_row.mjs";
import { farewell } from "./farewell.mjs";
import { heading } from "./heading.mjs";
import { signOutOfAllQuestion, signOutQuestion } from "./sign_out.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */
/** @typedef {import("../place.mjs").OpenRow} OpenRow */

/** @param {{row: OpenRow | null}} place @param {Page} page @param {Actions} actions @param {number | null} now */
export function accounts({ row }, page, actions, now) {
  const { accounts: all } = page;
  return [
    heading("Accounts", actions.goHome),
    all.length > 1 && h("p", { class: "soft" }, "The first is the default: scripts get its token unless they name another."),
    refusalAt("page", page, actions),
    page.farewell && farewell(page.farewell.until, actions, now),
    h("ol", { class: "card rows accounts" }, ...all.map((account, at) => accountRow({ account, at, count: all.length, row }, page, actions, now))),
    h(
      "div",
      { class: "buttons apart" },
      h("button", { class: "side", type: "button", onclick: () => actions.go({ kind: "add" }) }, plus(), "Add an account"),
      all.length > 1 &&
        h("button", { class: "quiet", type: "button", "data-opens": "sign_out_all", onclick: () => actions.ask({ kind: "sign_out_all" }) }, "Sign out of all"),
    ),
    asked(page, actions, now),
  ];
}

/** @param {Page} page @param {Actions} actions @param {number | null} now */
function asked({ asking, accounts: all, status }, actions, now) {
  if (asking?.kind === "sign_out_all") return signOutOfAllQuestion(all.length, actions);
  if (asking?.kind === "sign_out" && status.state === "signed_in" && status.account === asking.id) return signOutQuestion(status, actions, now);
  return null;
}

/** The small list beside the name that switches to another account. */

import { down, plus, tick } from "../glyphs.mjs";
import { h } from "../tree.mjs";
import { accountName } from "../words.mjs";
import { emblem, person } from "./person.mjs";
import { divider, item, popup } from "./popup.mjs";
import { standing } from "./standing.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */

/** @param {Page} page @param {Actions} actions @param {number | null} now */
export function switcher(page, actions, now) {
  const note = inNeed(page.accounts);
  const looks = note === null ? "icon small" : "icon small calls";
  return popup({ id: "accounts", label: "Switch account", face: down(), looks, note }, page, actions, () => [
    h("div", { class: "scroll", role: "group", "aria-label": "Accounts" }, ...page.accounts.map((account) => choice(account, actions, now))),
    divider(),
    item(h("span", { class: "with-glyph" }, plus(), "Add an account"), () => actions.go({ kind: "add" })),
    item("Manage accounts", () => actions.go({ kind: "accounts", row: null })),
  ]);
}

/**
 * Returns a note about hidden accounts that need a person's action.
 * @param {Rust.AccountLine[]} accounts
 */
function inNeed(accounts) {
  const names = accounts.filter(({ is_shown, renewal }) => !is_shown && renewal.kind === "needs_action").map(accountName);
  if (names.length === 0) return null;
  return names.length === 1 ? `${names[0]} needs you` : `${names.length} other accounts need you`;
}

/** @param {Rust.AccountLine} account @param {Actions} actions @param {number | null} now */
function choice(account, actions, now) {
  const { looks, words } = standing(account, now);
  const name = accountName(account);
  return h(
    "button",
    {
      role: "menuitemradio",
      "aria-checked": String(account.is_shown),
      class: "account-choice",
      type: "button",
      tabindex: -1,
      focus: account.is_shown,
      key: account.id,
      onclick: () => (account.is_shown ? actions.showMenu(null) : actions.show(account.id)),
    },
    emblem(name, "small"),
    h("span", { class: "account-name" }, person(name)),
    h("span", { class: `standing ${looks}`.trim() }, words),
    h("span", { class: "mark" }, account.is_shown ? tick() : null),
  );
}

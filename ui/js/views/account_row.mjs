/** An account in the list; its actions are shown when it's expanded. */

import { down } from "../glyphs.mjs";
import { h } from "../tree.mjs";
import { refusalAt } from "../problem.mjs";
import { accountName } from "../words.mjs";
import { emblem, person } from "./person.mjs";
import { standing } from "./standing.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */
/** @typedef {import("../place.mjs").OpenRow} OpenRow */

/** @typedef {{account: Rust.AccountLine, at: number, count: number, row: OpenRow | null}} Placed */

/** @param {Placed} placed @param {Page} page @param {Actions} actions @param {number | null} now */
export function accountRow(placed, page, actions, now) {
  const { account, row } = placed;
  const { id } = account;
  const isOpen = row?.id === id;
  return h(
    "li",
    { key: id },
    h(
      "button",
      {
        class: "account-line",
        type: "button",
        "aria-expanded": String(isOpen),
        "data-opens": isOpen ? "sign_out" : null,
        onclick: () => actions.openRow(isOpen ? null : { id, doing: null }),
      },
      emblem(accountName(account), "small"),
      h("span", { class: "account-name" }, person(accountName(account)), h("span", { class: "soft" }, ...idWords(account))),
      h("span", { class: "how-it-stands" }, state(account, now), ...badges(placed)),
      down(),
    ),
    isOpen && (row.doing === "renames" ? renameForm(account, actions) : doing(placed, row, actions)),
    refusalAt(`account ${id}`, page, actions),
  );
}

/** @param {Rust.AccountLine} account */
function idWords({ name, gamertag, xuid }) {
  if (xuid === null) return [];
  return name === null || gamertag === null ? [xuid] : [person(gamertag), ` · ${xuid}`];
}

/** @param {Placed} placed */
const badges = ({ account, at, count }) => [
  at === 0 && count > 1 && h("span", { class: "badge" }, "Default"),
  account.storage === "memory" && h("span", { class: "badge" }, "This session only"),
];

/** @param {Rust.AccountLine} account @param {number | null} now */
function state(account, now) {
  const { looks, words } = standing(account, now);
  return h("span", { class: `standing ${looks}`.trim() }, words);
}

/** @param {Placed} placed @param {OpenRow} row @param {Actions} actions */
function doing({ account: { id, is_shown }, at, count }, row, actions) {
  const small = (/** @type {string} */ label, /** @type {() => unknown} */ act, focus = false) =>
    h("button", { class: "side small", type: "button", focus, onclick: act }, label);
  const isLast = at === count - 1;
  const goesOn = { up: row.doing === "up" && at > 0, down: row.doing === "down" && !isLast };
  // At either end the button just pressed disappears, so the other one takes the focus.
  const turns = { up: row.doing === "down" && isLast, down: row.doing === "up" && at === 0 };
  return h(
    "div",
    { class: "buttons doing" },
    is_shown ? null : small("Show", () => actions.show(id)),
    small("Rename", () => actions.openRow({ id, doing: "renames" })),
    at > 0 ? small("Make default", () => actions.move(id, 0, "up")) : null,
    at > 0 ? small("Move up", () => actions.move(id, at - 1, "up"), goesOn.up || turns.up) : null,
    isLast ? null : small("Move down", () => actions.move(id, at + 1, "down"), goesOn.down || turns.down),
    small("Sign out", () => actions.askToSignOut(id)),
  );
}

/** @param {Rust.AccountLine} account @param {Actions} actions */
function renameForm({ id, name, gamertag }, actions) {
  const leave = () => actions.openRow({ id, doing: null });
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    actions.rename(id, String(new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).get("name") ?? ""));
  };
  const escape = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") leave();
  };
  return h(
    "form",
    { class: "doing rename", onsubmit: submit, onkeydown: escape, autocomplete: "off" },
    h("label", { class: "unseen", for: "own-name" }, "Your own name for it"),
    h("input", { id: "own-name", name: "name", dir: "auto", maxlength: 60, value: name ?? "", placeholder: gamertag ?? "Your own name for it", focus: true }),
    h("button", { class: "side small" }, "Save"),
    h("button", { class: "quiet", type: "button", onclick: leave }, "Leave it"),
    h("p", { class: "hint" }, "Only seen here. Empty: the gamertag is shown."),
  );
}

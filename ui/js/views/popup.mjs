/** A button that opens a menu, for mouse and keyboard. */

import { h } from "../tree.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */
/** @typedef {import("../tree.mjs").Drawn} Drawn */

/**
 * @param {{id: NonNullable<Page["menu"]>, label: string, face: Drawn, looks: string, note?: string | null}} about
 * @param {Page} page
 * @param {Actions} actions
 * @param {() => Drawn[]} content  The menu's items, drawn only while it's open.
 */
export function popup({ id, label, face, looks, note = null }, { menu }, actions, content) {
  const isOpen = menu === id;
  const button = h(
    "button",
    {
      class: looks,
      type: "button",
      "aria-label": label,
      "aria-description": note,
      title: note,
      "data-opens": id,
      "aria-haspopup": "menu",
      "aria-expanded": String(isOpen),
      onclick: () => actions.showMenu(isOpen ? null : id),
    },
    face,
  );
  return h(
    "div",
    { class: `menu ${id}`, onkeydown: (/** @type {KeyboardEvent} */ event) => move(event, id, actions), onfocusout: leave(actions) },
    button,
    isOpen && h("div", { class: "card items", role: "menu", "aria-label": label }, ...content()),
  );
}

/** @param {Drawn} face @param {() => void} act @param {Record<string, any>} [props] */
export const item = (face, act, props = {}) =>
  h("button", { role: "menuitem", type: "button", tabindex: -1, onclick: () => props["aria-disabled"] ?? act(), ...props }, face);

/** Separates a group of items from the rest. */
export const divider = () => h("div", { class: "divider", role: "separator" });

/**
 * The arrow keys move through the items, and Escape returns to the button.
 * @param {KeyboardEvent} event @param {NonNullable<Page["menu"]>} id @param {Actions} actions
 */
function move(event, id, actions) {
  const box = /** @type {HTMLElement} */ (event.currentTarget);
  const items = /** @type {HTMLElement[]} */ ([...box.querySelectorAll("[role^=menuitem]")]);
  const button = box.querySelector("button");
  if (items.length === 0) {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    actions.showMenu(id);
    return;
  }
  if (event.key === "Escape" || event.key === "Tab") {
    if (event.key === "Escape") event.preventDefault();
    button?.focus();
    actions.showMenu(null);
    return;
  }
  const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const to = aim(items, at, event.key);
  if (to === undefined) return;
  event.preventDefault();
  to.focus();
}

/**
 * Returns the item that a key leads to: up and down by rows, wrapping around at the ends; left and right within a row.
 * @param {HTMLElement[]} items @param {number} at @param {string} key
 */
function aim(items, at, key) {
  switch (key) {
    case "Home":
      return items[0];
    case "End":
      return items.at(-1);
    case "ArrowDown":
      return inColumn(items, at, 1) ?? items[0];
    case "ArrowUp":
      return inColumn(items, at, -1) ?? items.at(-1);
    case "ArrowRight":
      return inRow(items[at], items[at + 1]);
    case "ArrowLeft":
      return inRow(items[at], items[at - 1]);
    default:
      return undefined;
  }
}

/**
 * Returns the next item in the same column and direction.
 * @param {HTMLElement[]} items @param {number} at @param {1 | -1} method
 */
function inColumn(items, at, method) {
  if (at < 0) return undefined;
  const left = (/** @type {HTMLElement} */ item) => Math.round(item.getBoundingClientRect().left);
  const there = method > 0 ? items.slice(at + 1) : items.slice(0, at).reverse();
  return there.find((item) => left(item) === left(items[at]));
}

/**
 * Returns the other item if both are in the same row.
 * @param {HTMLElement | undefined} item @param {HTMLElement | undefined} other
 */
const inRow = (item, other) => (item && other && item.getBoundingClientRect().top === other.getBoundingClientRect().top ? other : undefined);

/** @param {Actions} actions */
const leave = (actions) => (/** @type {FocusEvent} */ event) => {
  const box = /** @type {HTMLElement} */ (event.currentTarget);
  // Without a new target, the window lost the focus or Safari's engine clicked a button, so the menu stays open.
  if (event.relatedTarget instanceof Node && !box.contains(event.relatedTarget)) actions.showMenu(null);
};

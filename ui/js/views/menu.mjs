/** The small menu at the top of the account. */

import { more } from "../glyphs.mjs";
import { h } from "../tree.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../contract.mjs").SignedIn} SignedIn */
/** @typedef {import("../page.mjs").Page} Page */

/** @param {SignedIn} status @param {Page} page @param {Actions} actions */
export function menu({ renewal }, { menuOpen }, actions) {
  const toggle = () => actions.showMenu(!menuOpen);
  return h(
    "div",
    { class: "menu", onkeydown: (/** @type {KeyboardEvent} */ event) => move(event, actions), onfocusout: leave(actions) },
    h(
      "button",
      {
        class: "icon",
        type: "button",
        "aria-label": "More",
        "data-opens": "menu",
        "aria-haspopup": "menu",
        "aria-expanded": String(menuOpen),
        onclick: toggle,
      },
      more(),
    ),
    menuOpen &&
      h(
        "div",
        { class: "card items", role: "menu", "aria-label": "More" },
        item("Renew now", () => actions.run("renew"), { focus: true, "aria-disabled": renewal.kind === "renewing" ? "true" : null }),
        item("Sign out", () => actions.ask("sign_out")),
        item("Quit", () => actions.run("quit")),
      ),
  );
}

/** @param {string} label @param {() => void} act @param {Record<string, any>} [props] */
const item = (label, act, props = {}) =>
  h(
    "button",
    { role: "menuitem", type: "button", tabindex: -1, onclick: () => props["aria-disabled"] ?? act(), ...props },
    label,
  );

/** Arrow keys walk through the items, Escape goes back to the button. @param {KeyboardEvent} event @param {Actions} actions */
function move(event, actions) {
  const box = /** @type {HTMLElement} */ (event.currentTarget);
  const items = /** @type {HTMLElement[]} */ ([...box.querySelectorAll("[role=menuitem]")]);
  const button = box.querySelector("button");
  if (items.length === 0) {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    actions.showMenu(true);
    return;
  }
  if (event.key === "Escape" || event.key === "Tab") {
    if (event.key === "Escape") event.preventDefault();
    button?.focus();
    actions.showMenu(false);
    return;
  }
  const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  /** @type {Record<string, number>} */
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
  const to = steps[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items[(to + items.length) % items.length]?.focus();
}

/** @param {Actions} actions */
const leave = (actions) => (/** @type {FocusEvent} */ event) => {
  const box = /** @type {HTMLElement} */ (event.currentTarget);
  // Without a new target the window lost the focus, or Safari's engine clicked a button: the menu stays.
  if (event.relatedTarget instanceof Node && !box.contains(event.relatedTarget)) actions.showMenu(false);
};

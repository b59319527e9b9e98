/** Copying while nothing is selected, by key or by menu, copies the token. WebKitGTK would empty the clipboard. */

/** The drawing's property of the button that copies the token. */
export const COPIES_TOKEN = { "data-copies": "token" };

const FIELD = "input:not([type=checkbox], [type=radio]), textarea";

/** Engines offer to copy only what is selected, unless a page says otherwise. @param {Event} event */
export function beforeCopy(event) {
  if (isNothingSelected() && button()) event.preventDefault();
}

/** Does the same as the button, if there is one that a click could reach. @param {Event} event */
export function copy(event) {
  if (!isNothingSelected()) return;
  event.preventDefault();
  if (!(event.target instanceof Element && event.target.matches(FIELD))) button()?.click();
}

const isNothingSelected = () => String(getSelection()) === "";

/** @returns {HTMLElement | null} */
const button = () => document.querySelector("main:not([inert]) [data-copies=token]");

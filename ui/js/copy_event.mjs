/** Copies the token if nothing is selected, by keyboard or menu. WebKitGTK would empty the clipboard. */

/** The property that marks the button that copies the token. */
export const COPIES_TOKEN = { "data-copies": "token" };

const FIELD = "input:not([type=checkbox], [type=radio]), textarea";

/**
 * Enables the browser's Copy command, which is otherwise available only for a selection.
 * @param {Event} event
 */
export function beforeCopy(event) {
  if (isNothingSelected() && button()) event.preventDefault();
}

/**
 * Does the same as the button, if there is one that can be clicked.
 * @param {Event} event
 */
export function copy(event) {
  if (!isNothingSelected()) return;
  event.preventDefault();
  if (!(event.target instanceof Element && event.target.matches(FIELD))) button()?.click();
}

const isNothingSelected = () => String(getSelection()) === "";

/** @returns {HTMLElement | null} */
const button = () => document.querySelector("main:not([inert]) [data-copies=token]");

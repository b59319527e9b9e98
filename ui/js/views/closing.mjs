/** The first time that the window closes: the program keeps running in the tray, and the person should know. */

import { h } from "../tree.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */

/** @param {Actions} actions */
export function closing(actions) {
  const leave = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") actions.ask(null);
  };
  return h(
    "div",
    { class: "veil", key: "closing" },
    h(
      "section",
      {
        class: "card question",
        role: "alertdialog",
        "aria-modal": "true",
        "aria-labelledby": "closing",
        "aria-describedby": "closing-what",
        onkeydown: leave,
      },
      h("h2", { id: "closing" }, "Spartan Tray keeps running"),
      h(
        "p",
        { id: "closing-what" },
        "It stays in the tray and keeps your tokens fresh. A click on its icon opens this window again.",
      ),
      h(
        "div",
        { class: "buttons" },
        h("button", { class: "main", type: "button", focus: true, onclick: () => actions.run("close") }, "Close the window"),
        h("button", { class: "side wide", type: "button", onclick: () => actions.run("quit") }, "Quit instead"),
      ),
    ),
  );
}

/** A confirmation before something is deleted or set aside, shown where the person clicked. */

import { h } from "../tree.mjs";

/**
 * @param {{title: string, what: import("../tree.mjs").Drawn[], more?: import("../tree.mjs").Drawn[], yes: string, no: string,
 *   onYes: () => void, onNo: () => void}} asked  `more` is shown below the question.
 */
export function question({ title, what, more = [], yes, no, onYes, onNo }) {
  const leave = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") onNo();
  };
  return h(
    "section",
    { class: "card question", role: "group", "aria-labelledby": "question", "aria-describedby": "question-what", onkeydown: leave },
    h("h2", { id: "question" }, title),
    h("div", { id: "question-what" }, h("p", null, ...what), ...more),
    h(
      "div",
      { class: "buttons" },
      h("button", { class: "danger", type: "button", onclick: onYes }, yes),
      h("button", { class: "side", type: "button", focus: true, onclick: onNo }, no),
    ),
  );
}

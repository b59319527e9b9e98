/** Microsoft's answer about an app. */

import { alert, tick } from "../glyphs.mjs";
import { h } from "../tree.mjs";

/** @param {import("../place.mjs").Check} check */
export function verdict(check) {
  if (check.kind === "asking") return h("p", { class: "verdict soft", role: "status" }, "Asking Microsoft…");
  const isGood = check.kind === "good";
  return h(
    "div",
    { class: `verdict ${isGood ? "good" : "bad"}`, role: "status" },
    isGood ? tick() : alert(),
    h("div", null, h("p", { class: "message" }, check.message), check.help !== "" && h("p", { class: "help" }, check.help)),
  );
}

/** The options of a sign-in: its method and where it's stored. */

import { ALL_WAYS, WAYS } from "../ways.mjs";
import { segments, tickBox } from "./segments.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */

/**
 * If the app is known, its first method is the default.
 * @param {Page} page
 * @param {Actions} actions
 */
export function wayChoice({ about, choice }, actions) {
  const methods = about.methods ?? ALL_WAYS;
  return segments({
    name: "way",
    legend: "How to sign in",
    isLegendSeen: false,
    columns: 2,
    options: methods.map((method) => ({ value: method, label: WAYS[method] })),
    chosen: choice.method ?? about.methods?.[0],
    onChoose: (method) => actions.choose({ method }),
  });
}

/** @param {Page} page @param {Actions} actions */
export const sessionChoice = ({ choice }, actions) =>
  tickBox({
    id: "session",
    label: "This session only",
    hint: "Nothing is stored. You sign in again next time.",
    checked: choice.storage === "memory",
    onChange: (checked) => actions.choose({ storage: checked ? "memory" : "vault" }),
  });

/** *Diagnostics*: a report about this computer and the services, shown before it's saved. */

import { h } from "../tree.mjs";
import { refusalAt } from "../problem.mjs";
import { heading } from "./heading.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */
/** @typedef {import("../place.mjs").Report} Report */

/** @param {{report: Report}} place @param {Page} page @param {Actions} actions */
export const diagnostics = ({ report }, page, actions) => [
  heading("Diagnostics", actions.goHome),
  h("p", { class: "soft" }, "A report for whoever helps you: versions, keyring, vault, connections and the last events. It has no token, name or address of yours in it."),
  refusalAt("page", page, actions),
  report.kind === "shown" ? shown(report, page, actions) : notYet(report, actions),
];

/** @param {Report} report @param {Actions} actions */
const notYet = ({ kind }, actions) =>
  h(
    "button",
    { class: "main", type: "button", key: "none", "aria-disabled": kind === "asking" ? "true" : null, onclick: () => (kind === "none" ? actions.diagnose() : null) },
    kind === "asking" ? "Looking…" : "Show the report",
  );

/** @param {Extract<Report, {kind: "shown"}>} report @param {Page} page @param {Actions} actions */
const shown = ({ text, savedTo }, { copied }, actions) =>
  h(
    "section",
    { class: "form report", key: "shown" },
    h("pre", { class: "card", tabindex: 0, focus: true, role: "region", "aria-label": "The report" }, text),
    savedTo !== null && h("p", { class: "note", role: "status" }, "Saved as ", h("code", null, savedTo)),
    h(
      "div",
      { class: "buttons even" },
      h("button", { class: "side", type: "button", onclick: () => actions.saveReport(text) }, "Save to a file"),
      h("button", { class: "side", type: "button", onclick: () => actions.copyReport(text) }, copied?.what === "report" ? "Copied" : "Copy"),
    ),
    h("button", { class: "quiet", type: "button", onclick: actions.diagnose }, "Look again"),
  );

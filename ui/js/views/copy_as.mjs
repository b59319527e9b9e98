/** The menu beside the copy button: all formats, by group. */

import { h } from "../tree.mjs";
import { timeOfDay } from "../words.mjs";
import { item, popup } from "./popup.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */
/** @typedef {import("../time.mjs").Life} Life */

/**
 * @param {Life} left  The Spartan token's remaining lifetime.
 * @param {Rust.Storage} storage @param {Page} page @param {Actions} actions
 */
export const copyAs = (left, storage, page, actions) =>
  popup({ id: "formats", label: "Copy as…", face: "Copy as…", looks: "side" }, page, actions, () =>
    page.formats.map((section, at) => group(section, at === 0, left, storage, actions)),
  );

/** @param {Rust.FormatSection} section @param {boolean} isFirst @param {Life} left @param {Rust.Storage} storage @param {Actions} actions */
function group({ group, label, formats }, isFirst, left, storage, actions) {
  // Other processes can't find an account that isn't in the vault.
  const isIdle = group === "asking" && storage === "memory";
  const named = `formats_${group}`;
  return h(
    "div",
    { class: "format-group", role: "group", "aria-labelledby": named },
    h("p", { class: "group-name", id: named }, label, hint(group, isIdle, left)),
    ...formats.map((format, at) =>
      item(format.label, () => actions.copyAs(format.name), { focus: isFirst && at === 0, "aria-disabled": isIdle ? "true" : null }),
    ),
  );
}

/**
 * What a person should know about a group before choosing.
 * @param {Rust.FormatSection["group"]} group @param {boolean} isIdle @param {Life} left
 */
function hint(group, isIdle, left) {
  if (isIdle) return h("span", null, " · need a stored sign-in");
  if (group === "holding" && left.kind === "good") return h("span", null, ` · until ${timeOfDay(left.until)}`);
  return null;
}

/** The other ways that the app allows, while a person is at Microsoft's page. */

import { h } from "../../tree.mjs";
import { FOR_PASSKEYS, silence, WAYS } from "../../ways.mjs";

/** @typedef {import("../../actions.mjs").Actions} Actions */
/** @typedef {import("../../contract.mjs").SigningIn} SigningIn */
/** @typedef {import("../../contract.mjs").Way} Way */

/** @param {SigningIn} status @param {Actions} actions */
export function otherWays({ way, stage, ways }, actions) {
  const others = ways.filter((other) => other !== way);
  if (stage.kind !== "at_page" && stage.kind !== "code") return null;
  const forPasskeys = way === "window" ? others[0] : undefined;
  const rest = others.filter((other) => other !== forPasskeys);
  return h(
    "div",
    { class: "other-ways" },
    forPasskeys && h("button", { class: "link", type: "button", onclick: () => actions.goOnBy(forPasskeys) }, FOR_PASSKEYS[/** @type {Exclude<Way, "window">} */ (forPasskeys)]),
    rest.length > 0 &&
      h(
        "p",
        { class: "soft" },
        forPasskeys ? h("span", null, "Or:") : h("span", { class: "caption" }, "Or go on in another way:"),
        ...rest.map((other) => h("button", { class: "quiet", type: "button", onclick: () => actions.goOnBy(other) }, WAYS[other])),
      ),
  );
}

/** Nothing came for long: the other ways stand out. @param {SigningIn} status @param {Actions} actions */
export const afterSilence = ({ way, ways }, actions) =>
  h(
    "section",
    { class: "trouble", "aria-label": "Trouble" },
    h("p", null, silence(way)),
    h(
      "div",
      { class: "buttons" },
      ...ways.filter((other) => other !== way).map((other) => h("button", { class: "side", type: "button", onclick: () => actions.goOnBy(other) }, WAYS[other])),
    ),
  );

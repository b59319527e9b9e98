/** The menu at the top right, which leads to every page. */

import { more } from "../glyphs.mjs";
import { SAMPLE_ID } from "../sample.mjs";
import { divider, item, popup } from "./popup.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */
/** @typedef {import("../tree.mjs").Drawn} Drawn */

/** @param {Page} page @param {Actions} actions */
export const menu = (page, actions) =>
  popup({ id: "more", label: "More", face: more(), looks: "icon" }, page, actions, () => {
    const [first, ...others] = [...ofAccount(page, actions), ...pages(page, actions)];
    return [{ ...first, props: { ...first.props, focus: true } }, ...others, divider(), ...leaving(page, actions)];
  });

/**
 * The account on the page; in *Look around*, the sample account, whatever the status.
 * @param {Page} page
 */
function accountOf({ status, place }) {
  if (place.kind === "sample") return SAMPLE_ID;
  return status.state === "signed_in" ? status.account : null;
}

/** @param {Page} page @param {Actions} actions */
function ofAccount(page, actions) {
  if (accountOf(page) === null) return [];
  const { status } = page;
  const isRenewing = status.state === "signed_in" && status.renewal.kind === "renewing";
  const renew = item("Renew now", () => actions.run("renew"), { "aria-disabled": isRenewing ? "true" : null });
  return status.state === "signed_in" ? [renew, item("Accounts", () => actions.go({ kind: "accounts", row: null }))] : [renew];
}

/** @param {Page} page @param {Actions} actions */
const pages = ({ place }, actions) =>
  place.kind === "sample"
    ? []
    : [
        item("Azure apps", actions.goToApps),
        item("Settings", () => actions.go({ kind: "settings" })),
        item("Diagnostics", () => actions.go({ kind: "diagnostics", report: { kind: "none" } })),
        item("About", () => actions.go({ kind: "about" })),
      ];

/** @param {Page} page @param {Actions} actions */
function leaving(page, actions) {
  const id = accountOf(page);
  const quit = item("Quit", () => actions.run("quit"));
  return id === null ? [quit] : [item("Sign out", () => actions.ask({ kind: "sign_out", id })), quit];
}

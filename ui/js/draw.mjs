/** Draws the whole page from its state. */

import { sampleActions } from "./actions.mjs";
import { sampleStatus } from "./sample.mjs";
import { isClockBehind, servicesTime } from "./time.mjs";
import { h } from "./tree.mjs";
import { about } from "./views/about.mjs";
import { accounts } from "./views/accounts.mjs";
import { addAccount } from "./views/add_account.mjs";
import { apps } from "./views/apps.mjs";
import { closing } from "./views/closing.mjs";
import { diagnostics } from "./views/diagnostics.mjs";
import { firstStart } from "./views/first_start.mjs";
import { leftOver } from "./views/left_over.mjs";
import { lines } from "./views/lines.mjs";
import { opening, unlocking } from "./views/opening.mjs";
import { otherWay } from "./views/other_way.mjs";
import { ownApp } from "./views/own_app.mjs";
import { register } from "./views/register.mjs";
import { settings } from "./views/settings.mjs";
import { shut } from "./views/shut.mjs";
import { signedIn } from "./views/signed_in.mjs";
import { signingIn } from "./views/signing_in.mjs";

/** @typedef {import("./actions.mjs").Actions} Actions */
/** @typedef {import("./page.mjs").Page} Page */

/**
 * @param {Page} page
 * @param {Actions} actions
 * @param {(part: Partial<Page>) => void} change
 * @param {number} local  The time on this computer.
 * @param {number} steady  The time by a clock that can't be set.
 */
export function draw(page, actions, change, local, steady) {
  return [
    page.about.demo && h("p", { class: "banner" }, "Demo: no real account, nothing leaves this computer."),
    page.place.kind === "sample" && sampleBanner(actions),
    h("main", { class: "view", key: viewName(page), inert: page.asking?.kind === "close" }, leftOver(page, actions), ...view(page, actions, change, local, steady)),
    page.asking?.kind === "close" && closing(actions),
  ].map((drawn) => drawn || null);
}

/**
 * Returns the name of the view. A view with another name is drawn from scratch, and the previous one is removed.
 * @param {Page} page
 */
export function viewName({ status, place }) {
  if (status.state !== "signing_in" && place.kind !== "home") return place.kind;
  return status.state === "signed_in" ? `signed_in ${status.account}` : status.state;
}

/** @param {Page} page @param {Actions} actions @param {(part: Partial<Page>) => void} change @param {number} local @param {number} steady */
function view(page, actions, change, local, steady) {
  const { status, place } = page;
  if (status.state === "signing_in") return signingIn(status, page, actions, local);
  switch (place.kind) {
    case "lines":
      return lines(place, page, actions);
    case "own_app":
      return ownApp(place, page, actions);
    case "register":
      return register(place, page, actions);
    case "sample":
      return signedIn(sampleStatus(place.since), page, sampleActions(actions, change), local, steady);
    case "add":
      return addAccount(page, actions);
    case "ways":
      return otherWay(page, actions);
    case "accounts":
      return accounts(place, page, actions, isClockBehind(status) ? null : servicesNow(status, local));
    case "apps":
      return apps(place, page, actions);
    case "settings":
      return settings(page, actions);
    case "diagnostics":
      return diagnostics(place, page, actions);
    case "about":
      return about(page, actions);
    case "home":
      return home(status, page, actions, local, steady);
  }
}

/** @param {Rust.Status} status @param {number} local */
const servicesNow = (status, local) => servicesTime(local, status.state === "signed_in" ? status.clock_error_ms : 0);

/**
 * @param {Exclude<Rust.Status, {state: "signing_in"}>} status
 * @param {Page} page @param {Actions} actions @param {number} local @param {number} steady
 */
function home(status, page, actions, local, steady) {
  switch (status.state) {
    case "opening":
      return opening();
    case "unlocking":
      return unlocking(page, actions);
    case "signed_out":
      return firstStart(status, page, actions, local);
    case "signed_in":
      return signedIn(status, page, actions, servicesNow(status, local), steady);
    case "shut":
      return shut(status, page, actions);
  }
}

/** @param {Actions} actions */
const sampleBanner = (actions) =>
  h(
    "p",
    { class: "banner" },
    "Sample: nobody is signed in, nothing is sent.",
    h("button", { class: "quiet", type: "button", focus: true, onclick: actions.goHome }, "Back to the start"),
  );

/** What the page remembers beside the last status, and how that changes when a status arrives. Pure. */

import { announcement } from "./announcement.mjs";
import { CLEAR_IT_YOURSELF } from "./words.mjs";

/** @typedef {import("./contract.mjs").About} About */
/** @typedef {import("./contract.mjs").CopyEnd} CopyEnd */
/** @typedef {import("./contract.mjs").Errand} Errand */
/** @typedef {import("./contract.mjs").FoundApp} FoundApp */
/** @typedef {import("./contract.mjs").Status} Status */
/** @typedef {import("./contract.mjs").Trouble} Trouble */
/** @typedef {import("./own_app.mjs").Draft} Draft */
/** @typedef {import("./own_app.mjs").Wrong} Wrong */

/**
 * Where the person has gone on the page; `home` shows the status.
 * @typedef {{kind: "home"} | {kind: "lines", found: FoundApp | null}
 *   | {kind: "own_app", draft: Draft, wrong: Wrong | null}
 *   | {kind: "register"} | {kind: "sample", since: number}} Place
 */

/** Where a refusal is shown. @typedef {"page" | "copy" | "lines" | "own_app"} Spot */

/**
 * What the line under the copy button says.
 * @typedef {{kind: "copying"} | {kind: "copied", expires_at: number, clears_at: number | null}
 *   | {kind: "cleared"} | {kind: "stays"} | {kind: "sample", what: string}} Said
 */

/**
 * @typedef {object} Page
 * @property {About} about
 * @property {Status} status
 * @property {Place} place
 * @property {boolean} menuOpen
 * @property {"sign_out" | "start_afresh" | "close" | null} asking  What waits for a second click.
 * @property {Said | null} said
 * @property {{spot: Spot, trouble: Trouble} | null} refused
 * @property {number | null} detailsCopiedAt
 * @property {string} spoken  What a screen reader is told next.
 */

/**
 * The page before anything was clicked.
 * @param {About} about
 * @param {Status} status
 * @returns {Page}
 */
export function open(about, status) {
  return {
    about,
    status,
    place: { kind: "home" },
    menuOpen: false,
    asking: null,
    said: null,
    refused: null,
    detailsCopiedAt: null,
    spoken: "",
  };
}

/**
 * The page once a status has come.
 * @param {Page} page
 * @param {Status} status
 * @returns {Page}
 */
export function arrive(page, status) {
  const spoken = announcement(page.status, status) ?? page.spoken;
  if (status.state === page.status.state) return { ...page, status, spoken };
  // Closing has nothing to do with what is shown meanwhile.
  const asking = page.asking === "close" ? page.asking : null;
  return { ...open(page.about, status), place: placeAfter(page.place, status), asking, spoken };
}

/**
 * The page once a click elsewhere asked something of it.
 * @param {Page} page
 * @param {Errand} errand
 * @returns {Page}
 */
export function take(page, errand) {
  switch (errand.kind) {
    case "ask_to_close":
      return { ...page, asking: "close", menuOpen: false };
    case "ask_to_sign_out":
      return { ...page, place: { kind: "home" }, asking: "sign_out", menuOpen: false, refused: null };
    case "tell":
      return { ...page, place: { kind: "home" }, refused: { spot: "page", trouble: errand.trouble }, said: null };
  }
}

/**
 * After a sign-in that was cancelled or failed, a person is back at the form it began at, with the details of an app as
 * they were filled in or found; pasted lines are gone. All else goes with the state it belonged to.
 * @param {Place} place
 * @param {Status} status
 * @returns {Place}
 */
function placeAfter(place, status) {
  const keeps = status.state === "signing_in" || status.state === "signed_out";
  if (keeps && place.kind === "own_app") return { ...place, wrong: null };
  if (keeps && place.kind === "lines") return place;
  return { kind: "home" };
}

/**
 * What the page says once what was copied has left the clipboard, or cannot.
 * @param {CopyEnd} end
 * @returns {Partial<Page>}
 */
export function afterCopy(end) {
  switch (end) {
    case "cleared":
      return { said: { kind: "cleared" }, spoken: "Clipboard cleared." };
    case "replaced":
      return { said: null };
    case "stays":
      return { said: { kind: "stays" }, spoken: CLEAR_IT_YOURSELF };
  }
}

/**
 * The page at a moment: what was said for a while ends by itself.
 * @param {Page} page
 * @param {number} local  This computer's time.
 * @returns {Page}
 */
export function pass(page, local) {
  const { detailsCopiedAt } = page;
  if (detailsCopiedAt === null || local - detailsCopiedAt <= 4000) return page;
  return { ...page, detailsCopiedAt: null };
}

/**
 * Whether anything on the page changes by itself.
 * @param {Page} page
 */
export const isTicking = (page) =>
  page.status.state === "signed_in" || page.place.kind === "sample" || page.detailsCopiedAt !== null;

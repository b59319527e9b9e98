/** The state of the page apart from the latest from Rust, and how it changes. Pure. */

import { announcement, endWords } from "./announcement.mjs";
import { draftOf, EMPTY } from "./own_app.mjs";
import { HOME, placeAfter } from "./place.mjs";
import { isOfClock, isOfRenewal } from "./same_problem.mjs";
import { CLEAR_IT_YOURSELF } from "./words.mjs";

/** @typedef {import("./place.mjs").OwnApp} OwnApp */
/** @typedef {import("./place.mjs").Place} Place */

/**
 * Where a refusal is shown.
 * @typedef {"page" | "copy" | "lines" | "own_app" | "register" | "address" | `account ${string}` | `app ${string}`} Spot
 */

/**
 * The text below the copy button; `at` is by the clock that can't be set.
 * @typedef {{kind: "copying"} | {kind: "copied", copied: Rust.Copied, at: number}
 *   | {kind: "cleared"} | {kind: "stays"} | {kind: "sample", what: string}} Said
 */

/**
 * What needs a second click to confirm.
 * @typedef {{kind: "sign_out", id: string} | {kind: "sign_out_all"} | {kind: "start_afresh"} | {kind: "close"} | {kind: "forget_app", id: string}
 *   | {kind: "remove_everything"}} Asking
 */

/**
 * What was just copied, other than a token.
 * @typedef {"details" | "link" | "code" | "redirect" | "name" | "report"} Thing
 */

/**
 * @typedef {object} Page
 * @property {Rust.About} about
 * @property {Rust.Status} status
 * @property {Rust.AccountLine[]} accounts
 * @property {Rust.Settings} settings
 * @property {Rust.FormatSection[]} formats
 * @property {Rust.Removal} removal  The progress of removing everything.
 * @property {Place} place
 * @property {"more" | "accounts" | "formats" | null} menu  The open menu.
 * @property {Asking | null} asking
 * @property {{method: Rust.SignInMethod | null, storage: Rust.Storage}} choice  The options of the next sign-in; if there's no method, the app's is
 *   used.
 * @property {Rust.Who} begun  Who the last sign-in started here is for.
 * @property {Rust.AppLine | null} tried  The app of the most recent sign-in.
 * @property {{code: string, qr: Rust.Qr} | null} qr
 * @property {{until: number | null} | null} farewell  Set after a sign-out, with the time until which the copied token
 *   is valid.
 * @property {Said | null} said
 * @property {{spot: Spot, problem: Rust.Problem} | null} refused
 * @property {{what: Thing, at: number} | null} copied
 * @property {string} spoken  The next screen reader announcement.
 */

/**
 * Returns the page before any click.
 * @param {Rust.Start} start
 * @returns {Page}
 */
export function open({ about, status, accounts, settings, formats }) {
  return {
    about,
    status,
    accounts,
    settings,
    formats,
    removal: { kind: "nothing" },
    place: HOME,
    menu: null,
    asking: null,
    choice: { method: null, storage: "vault" },
    begun: "shown",
    tried: null,
    qr: null,
    farewell: null,
    said: null,
    refused: null,
    copied: null,
    spoken: "",
  };
}

/**
 * Returns the page after a status change.
 * @param {Page} page
 * @param {Rust.Status} status
 * @returns {Page}
 */
export function arrive(page, status) {
  const spoken = announcement(page.status, status) ?? page.spoken;
  if (status.state === page.status.state) {
    return { ...page, ...withAnotherAccount(page, status), ...withoutOutdated(page, status), status, spoken };
  }
  const { settings, accounts, about, formats, removal, begun } = page;
  const refused = isOfGone(page.refused) ? page.refused : null;
  // Closing doesn't depend on what is shown.
  const asking = page.asking?.kind === "close" ? page.asking : null;
  const choice = status.state === "signed_in" ? {} : { choice: page.choice };
  const tried = status.state === "signing_in" ? status.app : page.tried;
  return { ...open({ about, status, accounts, settings, formats }), ...choice, removal, begun, tried, refused, place: placeAfter(page.place, status), asking, spoken };
}

/**
 * Returns the page after the end of a sign-in, even if the sign-in was never shown: of several statuses in quick
 * succession, only the last may arrive.
 * @param {Page} page
 * @param {Rust.SignInEnd} end
 * @returns {Page}
 */
export function conclude(page, end) {
  const during = placeAfter(page.place, { state: "signing_in" });
  return { ...page, place: placeAfter(during, page.status), spoken: endWords(end) };
}

/**
 * Returns the page after a settings change. What was said before *Streaming* was turned on may name somebody.
 * @param {Page} page
 * @param {Rust.Settings} settings
 * @returns {Page}
 */
export function adopt(page, settings) {
  const hides = settings.streaming && !page.settings.streaming;
  return { ...page, settings, ...(hides ? { refused: null, spoken: "" } : {}) };
}

/**
 * Returns the form that *Change the app* opens: for the account's app, or the last app again, without its secret, which
 * isn't stored.
 * @param {Page} page
 * @param {"account" | "sign_in"} whose  Whether it relates to the account on the page or to a sign-in.
 * @returns {OwnApp}
 */
export function appToChange({ status, place, begun, tried }, whose) {
  const isOfAccount = status.state === "signed_in" && (whose === "account" || begun === "shown");
  if (isOfAccount) return { kind: "own_app", draft: draftOf(status.app), wrong: null, edits: status.app };
  const typed = place.kind === "register" && place.clientId !== "" ? { ...EMPTY, client_id: place.clientId } : EMPTY;
  return { kind: "own_app", draft: tried ? draftOf(tried) : typed, wrong: null, edits: null };
}

/**
 * Clears messages and questions that relate to the previous account.
 * @param {Page} page @param {Rust.Status} status @returns {Partial<Page>}
 */
function withAnotherAccount(page, status) {
  if (page.status.state !== "signed_in" || status.state !== "signed_in" || page.status.account === status.account) return {};
  const isOfOther = page.asking?.kind === "sign_out" && page.asking.id !== status.account;
  return { said: null, refused: isOfGone(page.refused) ? page.refused : null, menu: null, asking: isOfOther ? null : page.asking };
}

/**
 * Returns a refusal to show. One about an account that's gone belongs to no button of the account on the page.
 * @param {Spot} spot @param {Rust.Problem} problem @returns {NonNullable<Page["refused"]>}
 */
export const refusal = (spot, problem) => ({ spot: problem.code === SIGNED_OUT_ELSEWHERE ? "page" : spot, problem });

/**
 * Whether a refusal stays when another account or none is shown, because that's why.
 * @param {Page["refused"]} refused
 */
const isOfGone = (refused) => refused?.problem.code === SIGNED_OUT_ELSEWHERE;

const SIGNED_OUT_ELSEWHERE = "account.signed_out_elsewhere";

/**
 * Clears a refusal once the renewal has moved on, or the clock is confirmed.
 * @param {Page} page @param {Rust.Status} status @returns {Partial<Page>}
 */
function withoutOutdated({ refused, status: before }, status) {
  const isOutdated = [isOfRenewal, isOfClock].some((isOf) => isOf(refused, before) && !isOf(refused, status));
  return isOutdated ? { refused: null } : {};
}

/**
 * Returns the page after a click outside it has asked it to show something.
 * @param {Page} page
 * @param {Rust.PageRequest} request
 * @returns {Page}
 */
export function take(page, request) {
  switch (request.kind) {
    case "ask_to_close":
      return { ...page, asking: { kind: "close" }, menu: null };
    case "ask_to_sign_out":
      return { ...page, place: HOME, asking: signOutOf(page.status), menu: null, refused: null };
    case "tell":
      return { ...page, place: HOME, refused: { spot: "page", problem: request.problem }, said: null };
  }
}

/** @param {Rust.Status} status @returns {Asking | null} */
const signOutOf = (status) => (status.state === "signed_in" ? { kind: "sign_out", id: status.account } : null);

/**
 * Returns what the page says after the copied text has left the clipboard, or can't be cleared.
 * @param {Rust.Ended} end
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
 * Returns the page at a point in time: temporary messages disappear automatically.
 * @param {Page} page
 * @param {number} steady  The time by the clock that can't be set.
 * @returns {Page}
 */
export const pass = (page, steady) => (page.copied === null || steady - page.copied.at <= 4000 ? page : { ...page, copied: null });

/**
 * Whether anything on the page changes with time.
 * @param {Page} page
 */
export const isTicking = ({ status, place, copied }) =>
  status.state === "signed_in" || isCounting(status) || place.kind === "sample" || copied !== null;

/**
 * The phone's code expires within minutes.
 * @param {Rust.Status} status
 */
const isCounting = (status) => status.state === "signing_in" && status.stage.kind === "code";

/**
 * Returns what is open over the view; the element that opened it has the same name in `data-opens`.
 * @param {Page} page
 * @returns {string | null}
 */
export function opened({ asking, menu }) {
  if (asking === null) return menu;
  return asking.kind === "forget_app" ? `forget_app ${asking.id}` : asking.kind;
}

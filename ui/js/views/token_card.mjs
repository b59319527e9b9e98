/** The Spartan token: its lifetime, when it renews, and the buttons that copy it. */

import { TOKEN } from "../actions/copy.mjs";
import { COPIES_TOKEN } from "../copy_event.mjs";
import { sheets, tick } from "../glyphs.mjs";
import { ring } from "../ring.mjs";
import { isClockBehind, spartanLife } from "../time.mjs";
import { h } from "../tree.mjs";
import { refusalAt } from "../problem.mjs";
import { asksEachTime, CLEAR_IT_YOURSELF, copiedWords, duration, timeOfDay } from "../words.mjs";
import { copyAs } from "./copy_as.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */
/** @typedef {import("../page.mjs").Said} Said */
/** @typedef {import("../time.mjs").Life} Life */

/** @param {Page.SignedIn} status @param {Page} page @param {Actions} actions @param {number} now @param {number} steady */
export function tokenCard(status, page, actions, now, steady) {
  const { legs, renewal, storage } = status;
  const left = spartanLife(legs, isClockBehind(status) ? null : now);
  const isCopied = page.said?.kind === "copied" && page.said.copied.format === TOKEN;
  return h(
    "section",
    { class: "card token", "aria-labelledby": "token" },
    ring(left),
    h(
      "div",
      { class: "about" },
      h("h2", { id: "token" }, "Spartan token"),
      h("p", { class: "soft" }, goodUntil(left)),
      left.kind !== "unknown" && h("p", { class: "soft" }, renewsWhen(renewal, now)),
    ),
    h(
      "div",
      { class: "copy" },
      h(
        "div",
        { class: "copy-buttons" },
        h("button", { class: "main", type: "button", ...COPIES_TOKEN, onclick: actions.copy }, isCopied ? tick() : sheets(), "Copy Spartan token"),
        copyAs(left, storage, page, actions),
      ),
      page.refused?.spot !== "copy" && saidLine(page, now, steady, expiredHint(left, renewal)),
      refusalAt("copy", page, actions),
    ),
  );
}

/** @param {Life} left */
function goodUntil(left) {
  switch (left.kind) {
    case "good":
      return `Good until ${timeOfDay(left.until)}.`;
    case "expired":
      // A token that a service has refused has no expiry time to show.
      return left.at > 0 ? `Expired at ${timeOfDay(left.at)}.` : "Refused by a service.";
    case "unknown":
      return "Not handed out until a service confirms the time.";
    case "none":
    case "endless":
      return "Not here yet.";
  }
}

/** @param {Rust.Renewal} renewal @param {number} now */
function renewsWhen(renewal, now) {
  switch (renewal.kind) {
    case "fresh":
      return `Renews by itself ${about(renewal.renews_at, now)}.`;
    case "renewing":
      return "Renewing now…";
    case "stale":
      return `Could not renew; tries again ${about(renewal.tries_at, now)}.`;
    case "needs_action":
      return helpsToSignIn(renewal) ? "Cannot renew until you sign in again." : "Cannot renew; see below.";
  }
}

/** @param {number} at @param {number} now */
function about(at, now) {
  // A time of day that may have passed already says less.
  if (at - now < A_MINUTE) return "in a moment";
  // A day later, the time of day would be taken for today's.
  return at - now < HALF_A_DAY ? `at about ${timeOfDay(at)}` : `in about ${duration(at - now)}`;
}

const A_MINUTE = 60 * 1000;
const HALF_A_DAY = 12 * 60 * 60 * 1000;

/** @param {Life} left @param {Rust.Renewal} renewal */
function expiredHint(left, renewal) {
  if (left.kind !== "expired") return null;
  if (renewal.kind !== "needs_action") return "It has expired. Copying renews it first.";
  return helpsToSignIn(renewal) ? "It has expired. Sign in again to get a new one." : "It has expired and can't be renewed; see below.";
}

/**
 * A locked keyring or an invalid secret also needs a person, but not a sign-in.
 * @param {Extract<Rust.Renewal, {kind: "needs_action"}>} renewal
 */
const helpsToSignIn = ({ problem }) => problem.action?.remedy.kind === "sign_in";

/** @param {Page} page @param {number} now @param {number} steady @param {string | null} hint */
function saidLine({ said, formats }, now, steady, hint) {
  if (!said && hint) return h("p", { class: "said sentence" }, hint);
  if (!said) return h("p", { class: "said" }, "Scripts send it in the header ", h("code", null, "x-343-authorization-spartan"));
  // Lines break between the pieces, never inside one.
  const pieces = saidWords(said, formats, now, steady).split(/(?<= ·) /).flatMap((piece) => [h("span", null, piece), " "]);
  // Hidden from screen readers, which announce it once: a countdown must not be read every second.
  return h("p", { class: isSentence(said, formats) ? "said sentence" : "said", "aria-hidden": "true" }, ...pieces);
}

/** @param {Said} said @param {Rust.FormatSection[]} formats */
const isSentence = (said, formats) =>
  said.kind === "sample" || said.kind === "stays" || (said.kind === "copied" && asksEachTime(said.copied, formats));

/** @param {Said} said @param {Rust.FormatSection[]} formats @param {number} now @param {number} steady */
function saidWords(said, formats, now, steady) {
  switch (said.kind) {
    case "copying":
      return "Copying…";
    case "copied":
      return copiedWords(said.copied, formats, now, clearsIn(said, steady));
    case "cleared":
      return "Clipboard cleared";
    case "stays":
      return CLEAR_IT_YOURSELF;
    case "sample":
      return said.what;
  }
}

/** @param {Extract<Said, {kind: "copied"}>} said @param {number} steady */
const clearsIn = ({ copied, at }, steady) => (copied.clears_in_ms === null ? null : copied.clears_in_ms - (steady - at));

/** Screen reader announcements for status changes. Pure. */

import { accountName, KEYRING_ASKS, timeOfDay } from "./words.mjs";

/**
 * Returns the announcement, or `null` if nothing important changed.
 * @param {Rust.Status} before
 * @param {Rust.Status} after
 * @returns {string | null}
 */
export function announcement(before, after) {
  if (after.state === "signed_in") return signedInAnnouncement(before, after);
  if (after.state === "signing_in") return before.state === "signing_in" ? stageAnnouncement(before, after) : "Signing in.";
  if (after.state === before.state) return null;
  if (after.state === "shut") return after.problem.message;
  if (after.state === "opening") return null;
  if (after.state === "unlocking") return KEYRING_ASKS;
  return signedOutAnnouncement(after);
}

/**
 * Returns the announcement for the end of a sign-in, which status changes don't announce.
 * @param {Rust.SignInEnd} end
 * @returns {string}
 */
export function endWords(end) {
  switch (end.kind) {
    case "signed_in":
      return signedInWords(end.account);
    case "cancelled":
      return "The sign-in was cancelled.";
    case "failed":
      return end.problem.message;
  }
}

/** @param {Page.SigningIn} before @param {Page.SigningIn} after */
function stageAnnouncement({ stage: before }, { stage: after }) {
  const isNewCode = before.kind === "code" && after.kind === "code" && before.user_code !== after.user_code;
  if (isNewCode) return "There is a new code.";
  const [heard, hears] = [before, after].map((stage) => (stage.kind === "at_page" ? (stage.problem?.message ?? null) : null));
  return hears === heard ? null : hears;
}

/** @param {Page.SignedOut} after */
function signedOutAnnouncement({ why }) {
  switch (why.kind) {
    case "never":
    case "cancelled":
    case "failed":
      return null;
    case "by_person":
      return "Signed out.";
  }
}

/** @param {Rust.Status} before @param {Page.SignedIn} after */
function signedInAnnouncement(before, after) {
  if (before.state === "signing_in") return null;
  if (before.state !== "signed_in" || before.account !== after.account) return signedInWords(after);
  if (before.gamertag === null && after.gamertag !== null) return signedInWords(after);
  if (after.renewal.kind === before.renewal.kind) return null;
  switch (after.renewal.kind) {
    case "fresh":
      return `Renewed. Renews again at about ${timeOfDay(after.renewal.renews_at)}.`;
    case "renewing":
      return "Renewing.";
    case "stale":
    case "needs_action":
      return after.renewal.problem.message;
  }
}

/** @param {Pick<Page.SignedIn, "name" | "gamertag" | "renewal">} status */
function signedInWords({ name, gamertag, renewal }) {
  const words = (name ?? gamertag) === null ? "Signed in." : `Signed in as ${accountName({ name, gamertag })}.`;
  return "problem" in renewal ? `${words} ${renewal.problem.message}` : words;
}

/** Where a person can go on the page, and where they are after the state has changed. Pure. */

/** @typedef {import("./contract.mjs").AppOfAccount} AppOfAccount */
/** @typedef {import("./contract.mjs").FoundApp} FoundApp */
/** @typedef {import("./contract.mjs").FoundSeveral} FoundSeveral */
/** @typedef {import("./contract.mjs").KnownApp} KnownApp */
/** @typedef {import("./contract.mjs").Status} Status */
/** @typedef {import("./contract.mjs").Verdict} Verdict */
/** @typedef {import("./own_app.mjs").Draft} Draft */
/** @typedef {import("./own_app.mjs").Wrong} Wrong */

/** What a check of an app has brought so far. @typedef {{kind: "asking"} | Verdict} Check */

/** The account of the list that is open, and what is being done with it. @typedef {{id: string, doing: "renames" | "up" | "down" | null}} OpenRow */

/** @typedef {{kind: "none"} | {kind: "asking"} | {kind: "shown", text: string, savedTo: string | null}} Report */

/** The form of an app; `edits` is the known app that it changes, `null` where a sign-in follows. @typedef {{kind: "own_app", draft: Draft, wrong: Wrong | null, edits: AppOfAccount | null}} OwnApp */

/** The steps on Microsoft's page, and the client ID that they end with. @typedef {{kind: "register", clientId: string, wrong: Wrong | null, check: Check | null}} Register */

/** The known apps, once they have been told, and what was found of each by client ID. @typedef {{kind: "apps", known: KnownApp[] | null, checks: Record<string, Check>}} Apps */

/**
 * `home` shows the status, `add` begins a sign-in beside the account, `ways` the other ways to sign in.
 * @typedef {{kind: "home"} | {kind: "add"} | {kind: "ways"} | {kind: "lines", found: FoundApp | FoundSeveral | null} | OwnApp | Register
 *   | {kind: "sample", since: number} | {kind: "accounts", row: OpenRow | null} | Apps | {kind: "settings"}
 *   | {kind: "diagnostics", report: Report} | {kind: "about"}} Place
 */

/** @type {Place} */
export const HOME = { kind: "home" };

/** @type {Place} */
export const LINES = { kind: "lines", found: null };

/** @type {Register} */
export const REGISTER = { kind: "register", clientId: "", wrong: null, check: null };

/**
 * After a sign-in that was cancelled or failed, a person is back at the form it began at, with the details of an app as
 * they were filled in or found; pasted lines are gone. What is not about an account stays, until somebody signs in.
 * @param {Place} place
 * @param {Pick<Status, "state">} status
 * @returns {Place}
 */
export function placeAfter(place, status) {
  const keepsForm = !["signed_in", "opening", "unlocking"].includes(status.state);
  switch (place.kind) {
    case "own_app":
    case "register":
      return keepsForm ? { ...place, wrong: null } : HOME;
    case "lines":
      return keepsForm ? place : HOME;
    case "apps":
    case "settings":
    case "diagnostics":
    case "about":
      return status.state === "signing_in" ? HOME : place;
    case "home":
    case "add":
    case "ways":
    case "sample":
    case "accounts":
      return HOME;
  }
}

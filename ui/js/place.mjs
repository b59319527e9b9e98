/** The places on the page, and how a status change affects the current one. Pure. */

/** @typedef {import("./own_app.mjs").Draft} Draft */
/** @typedef {import("./own_app.mjs").Wrong} Wrong */

/**
 * The progress or result of an app check.
 * @typedef {{kind: "asking"} | Rust.CheckedApp} Check
 */

/**
 * The expanded account of the list, and the action in progress.
 * @typedef {{id: string, doing: "renames" | "up" | "down" | null}} OpenRow
 */

/** @typedef {{kind: "none"} | {kind: "asking"} | {kind: "shown", text: string, savedTo: string | null}} Report */

/**
 * The form for an app; `edits` is the known app that it changes, or `null` if it starts a sign-in.
 * @typedef {{kind: "own_app", draft: Draft, wrong: Wrong | null, edits: Rust.AppLine | null}} OwnApp
 */

/**
 * The steps on Microsoft's page, and the resulting client ID.
 * @typedef {{kind: "register", clientId: string, wrong: Wrong | null, check: Check | null}} Register
 */

/**
 * The known apps, once loaded, and the result of each check by client ID.
 * @typedef {{kind: "apps", known: Rust.ListedApp[] | null, checks: Record<string, Check>}} Apps
 */

/**
 * `home` shows the status, `add` starts a sign-in for another account, `ways` shows the other sign-in methods.
 * @typedef {{kind: "home"} | {kind: "add"} | {kind: "ways"} | {kind: "lines", found: Page.FoundApp | Page.FoundSeveral | null} | OwnApp | Register
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
 * Returns the place after a status change. After a sign-in was cancelled or failed, the person returns to the form
 * where it started, with the app's details as entered or found; pasted text is cleared. Places that don't relate to an
 * account stay until somebody signs in.
 * @param {Place} place
 * @param {Pick<Rust.Status, "state">} status
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

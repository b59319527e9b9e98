/**
 * The types that Rust and the page exchange. While *Streaming* is on, a `gamertag` is what the account is called instead,
 * an `xuid` is `null`, and no sentence has either. The samples in `src-tauri/tests/contract` show the same as JSON; times are
 * milliseconds since 1970 UTC.
 */

/** @typedef {"microsoft" | "xbox_user" | "xsts_xbox" | "xsts_halo" | "spartan" | "clearance"} LegName */

/** @typedef {{kind: "waiting"} | {kind: "running"} | {kind: "done", ms: number | null} | {kind: "failed"}} Progress */

/**
 * One request of the chain and its latest result.
 * @typedef {{leg: LegName, progress: Progress, issued_at: number | null, expires_at: number | null, note: string | null}} Leg
 */

/**
 * What helps. `retry` renews now; `try_again` opens the vault again; `add_other` keeps the account of the person who
 * signed in instead of the expected one; `other_way` leads to the other sign-in methods.
 * @typedef {{kind: "sign_in" | "retry" | "try_again" | "unlock" | "start_afresh" | "change_app" | "add_other" | "other_way"}
 *   | {kind: "visit", page: string}} Remedy
 */

/** The button of a problem. @typedef {{remedy: Remedy, label: string}} Action */

/**
 * An error in words, and what helps; `code` identifies its cause, or is empty.
 * @typedef {{code: string, message: string, help: string, action: Action | null, details: string}} Problem
 */

/**
 * How the tokens are kept fresh, or why they aren't.
 * @typedef {{kind: "fresh", renews_at: number} | {kind: "renewing"}
 *   | {kind: "stale", problem: Problem, tries_at: number} | {kind: "needs_action", problem: Problem}} Renewal
 */

/**
 * Why nobody is signed in.
 * @typedef {{kind: "never"} | {kind: "cancelled"} | {kind: "by_person", copied_until: number | null, clock_error_ms: number}
 *   | {kind: "failed", problem: Problem}} Why
 */

/**
 * A sign-in method; pasted credentials use *import* instead.
 * @typedef {"window" | "browser" | "phone" | "paste"} Way
 */

/** Where a sign-in is stored: in the vault, or in memory for this session only. @typedef {"vault" | "memory"} Kept */

/**
 * The stage of a sign-in. In `at_page`, `problem` is set if the page hasn't loaded, or nothing has been received for a
 * long time.
 * @typedef {{kind: "preparing"} | {kind: "at_page", problem: Problem | null}
 *   | {kind: "code", user_code: string, page: string, expires_at: number, clock_error_ms: number} | {kind: "chain"}} Stage
 */

/**
 * The keyring may show a prompt in the state `unlocking`.
 * @typedef {{state: "opening"} | {state: "unlocking"}} Opening
 */
/** @typedef {{state: "signed_out", why: Why}} SignedOut */
/**
 * A sign-in in progress; `ways` are the methods that its app allows, and `again` is the name of the account that signs
 * in again.
 * @typedef {{state: "signing_in", way: Way | "import", stage: Stage, legs: Leg[], ways: Way[],
 *   app: AppOfAccount, again: string | null, kept: Kept}} SigningIn
 */
/**
 * @typedef {{state: "signed_in", account: string, name: string | null, gamertag: string | null, xuid: string | null,
 *   way: Way | "import", kept: Kept, app: AppOfAccount, renewal: Renewal, sign_in_problem?: Problem,
 *   keep_problem?: Problem, legs: Leg[], clock_error_ms: number, clock_problem?: Problem}} SignedIn
 */
/** @typedef {{state: "shut", problem: Problem}} Shut */

/** @typedef {Opening | SignedOut | SigningIn | SignedIn | Shut} Status */

/**
 * `ways` is present if the app of the next sign-in is known, `key_file` if the person chose a file instead of the
 * keyring, `releases` if this build knows its releases page; `hides_from_captures`: this system lets a window hide from
 * screen captures.
 * @typedef {{version: string, demo: boolean, has_app: boolean, keyring: string, key_file?: string, hides_from_captures: boolean,
 *   releases?: string, ways?: Way[]}} About
 */

/**
 * One of the accounts; the first is the default. `keep_problem`: one of its token files isn't kept fresh.
 * @typedef {{id: string, name: string | null, gamertag: string | null, xuid: string | null, renewal: Renewal,
 *   expires_at: number | null, way: Way | "import", kept: Kept, client_id: string, is_shown: boolean, keep_problem?: Problem}} Account
 */

/**
 * `clipboard_seconds` is `null` for never; `problems` lists the values in the file that couldn't be read.
 * @typedef {{start_at_login: boolean, clipboard_seconds: number | null, notifications: boolean, theme: "system" | "light" | "dark",
 *   streaming: boolean, log: "error" | "warn" | "info" | "debug", problems: string[]}} Settings
 */

/** @typedef {"consumers" | "live"} Platform */

/** @typedef {{client_id: string, redirect_uri: string, platform: Platform, has_secret: boolean}} AppOfAccount */

/**
 * A known Azure app, and the IDs of the accounts that use it.
 * @typedef {AppOfAccount & {used_by: string[]}} KnownApp
 */

/**
 * A change to an app: a secret of `null` leaves it unchanged, `""` removes it.
 * @typedef {{client_id: string, redirect_uri: string, platform: Platform, client_secret: string | null}} AppChange
 */

/**
 * Microsoft's answer about an app.
 * @typedef {{kind: "good" | "unknown" | "not_personal" | "not_public" | "unclear", message: string, help: string}} Verdict
 */

/**
 * The Azure app to sign in with.
 * @typedef {{kind: "default"} | {kind: "known"}
 *   | {kind: "own", client_id: string, redirect_uri: string, client_secret: string | null, platform: Platform}} App
 */

/** Whether the account on the page signs in again, or another person signs in. @typedef {"shown" | "another"} Who */

/**
 * A QR code: its side length in modules, and the path of its dark modules.
 * @typedef {{size: number, path: string}} Qr
 */

/** @typedef {{kind: "app", client_id: string, redirect_uri: string, has_secret: boolean}} FoundApp */

/**
 * The credentials found in pasted text, if it contains several.
 * @typedef {{kind: "several", groups: {name: string, client_id: string | null}[]}} FoundSeveral
 */

/** @typedef {{kind: "signing_in"} | FoundApp | FoundSeveral} Imported */

/**
 * What formats are used for; those of `asking` call `spartan` at run time.
 * @typedef {"values" | "settings" | "asking" | "holding"} FormatGroup
 */

/**
 * What a click outside the page asks it to show.
 * @typedef {{kind: "ask_to_close"} | {kind: "ask_to_sign_out"} | {kind: "tell", problem: Problem}} PageRequest
 */

/**
 * How a sign-in ended.
 * @typedef {{kind: "signed_in", account: Omit<SignedIn, "state">} | {kind: "cancelled"} | {kind: "failed", problem: Problem}} SignInEnd
 */

/**
 * The progress of removing everything; `things` couldn't be removed, each with the reason.
 * @typedef {{kind: "nothing"} | {kind: "left", things: string[]} | {kind: "done"}} Removal
 */

/**
 * What was copied; `clock` says whether the services have confirmed the clock by which it expires.
 * @typedef {{format: string, expires_at: number | null, clock: "confirmed" | "unconfirmed", clears_in_ms: number | null}} Copied
 */

/** What happened to the copied text. @typedef {"cleared" | "replaced" | "stays"} CopyEnd */

export {};

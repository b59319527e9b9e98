/**
 * What crosses between Rust and the page, as types. The samples in
 * `src-tauri/tests/contract` say the same in JSON; times are milliseconds since 1970 UTC.
 */

/** @typedef {"microsoft" | "xbox_user" | "xsts_xbox" | "xsts_halo" | "spartan" | "clearance"} LegName */

/** @typedef {{kind: "waiting"} | {kind: "running"} | {kind: "done", ms: number | null} | {kind: "failed"}} Progress */

/**
 * One request of the chain and what it last brought.
 * @typedef {{leg: LegName, progress: Progress, issued_at: number | null, expires_at: number | null, note: string | null}} Leg
 */

/**
 * What helps. `retry` renews now; `try_again` opens the vault again; `add_other` keeps the account of somebody else than was
 * to sign in; `other_way` leads to the other ways to sign in.
 * @typedef {{kind: "sign_in" | "retry" | "try_again" | "unlock" | "start_afresh" | "change_app" | "add_other" | "other_way"}
 *   | {kind: "visit", page: string}} Remedy
 */

/** The button of a problem. @typedef {{remedy: Remedy, label: string}} Action */

/**
 * What went wrong in words, and what helps; `code` is its cause's, or empty.
 * @typedef {{code: string, message: string, help: string, action: Action | null, details: string}} Problem
 */

/**
 * How the tokens are kept fresh, or why they are not.
 * @typedef {{kind: "fresh", renews_at: number} | {kind: "renewing"}
 *   | {kind: "stale", problem: Problem, tries_at: number} | {kind: "needs_sign_in", problem: Problem}} Renewal
 */

/**
 * Why nobody is signed in.
 * @typedef {{kind: "never"} | {kind: "cancelled"} | {kind: "by_person", copied_until: number | null, clock_error_ms: number}
 *   | {kind: "failed", problem: Problem}} Why
 */

/** How a person signs in; *import* only with lines that were pasted. @typedef {"window" | "browser" | "phone" | "paste"} Way */

/** Where a sign-in is kept: in the vault, or in memory for this session only. @typedef {"sealed" | "memory"} Kept */

/**
 * How far a sign-in is. At the page, `problem` tells where it has not loaded, or nothing has come back for long.
 * @typedef {{kind: "preparing"} | {kind: "at_page", problem: Problem | null}
 *   | {kind: "code", user_code: string, page: string, expires_at: number, clock_error_ms: number} | {kind: "chain"}} Stage
 */

/** The keyring may ask its question while it is *unlocking*. @typedef {{state: "opening"} | {state: "unlocking"}} Opening */
/** @typedef {{state: "signed_out", why: Why}} SignedOut */
/**
 * A sign-in under way: by one of the `ways` that its app allows, `again` for the account of this name.
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
 * `ways` is there where the app of the next sign-in is known, `key_file` where a person chose a file in the place of the
 * keyring, `releases` where this build knows its page of releases; `hides_from_captures`: this system lets a window do so.
 * @typedef {{version: string, demo: boolean, has_app: boolean, keyring: string, key_file?: string, hides_from_captures: boolean,
 *   releases?: string, ways?: Way[]}} About
 */

/**
 * An account among others; the first is the default. `keep_problem`: a file in which its tokens are kept fresh is not.
 * @typedef {{id: string, name: string | null, gamertag: string | null, xuid: string | null, renewal: Renewal,
 *   expires_at: number | null, way: Way | "import", kept: Kept, client_id: string, is_shown: boolean, keep_problem?: Problem}} Account
 */

/**
 * `clipboard_seconds` is `null` for never; `problems` tells which values of the file were not understood.
 * @typedef {{start_at_login: boolean, clipboard_seconds: number | null, notifications: boolean, theme: "system" | "light" | "dark",
 *   streaming: boolean, log: "error" | "warn" | "info" | "debug", problems: string[]}} Settings
 */

/** @typedef {"consumers" | "live"} Platform */

/** @typedef {{client_id: string, redirect_uri: string, platform: Platform, has_secret: boolean}} AppOfAccount */

/** An Azure app that is known here, and the names of the accounts that sign in through it. @typedef {AppOfAccount & {used_by: string[]}} KnownApp */

/**
 * How an app is changed: a secret that is `null` stays as it is, `""` is none.
 * @typedef {{client_id: string, redirect_uri: string, platform: Platform, client_secret: string | null}} AppChange
 */

/**
 * What Microsoft says of an app when it is asked.
 * @typedef {{kind: "good" | "unknown" | "not_personal" | "not_public" | "unclear", message: string, help: string}} Verdict
 */

/**
 * Which Azure app signs in.
 * @typedef {{kind: "default"} | {kind: "known"}
 *   | {kind: "own", client_id: string, redirect_uri: string, client_secret: string | null, platform: Platform}} App
 */

/** Whether the account on the page signs in again, or any other person. @typedef {"shown" | "another"} Who */

/** A QR code: the side and the path of its dark modules, in modules. @typedef {{size: number, path: string}} Qr */

/** @typedef {{kind: "app", client_id: string, redirect_uri: string, has_secret: boolean}} FoundApp */

/** What pasted lines are for, if that is more than one thing. @typedef {{kind: "several", groups: {name: string, client_id: string | null}[]}} FoundSeveral */

/** @typedef {{kind: "signing_in"} | FoundApp | FoundSeveral} Imported */

/** What formats are good for; those of `asking` ask `spartan` when they run. @typedef {"values" | "settings" | "asking" | "holding"} FormatGroup */

/** The formats of a group, in the order of menus. @typedef {{group: FormatGroup, label: string, formats: {name: string, label: string}[]}} Section */

/** `expires_at` is `null` for what does not die. @typedef {{format: string, expires_at: number | null, clears_at: number | null}} Copied */

/**
 * What a click outside the page asks it to show.
 * @typedef {{kind: "ask_to_close"} | {kind: "ask_to_sign_out"} | {kind: "tell", problem: Problem}} PageRequest
 */

/**
 * How a sign-in ended.
 * @typedef {{kind: "signed_in", account: Omit<SignedIn, "state">} | {kind: "cancelled"} | {kind: "failed", problem: Problem}} SignInEnd
 */

/** The state of removing everything: `things` are left, each with the reason. @typedef {{kind: "nothing"} | {kind: "left", things: string[]} | {kind: "done"}} Removal */

/** What became of what was copied. @typedef {"cleared" | "replaced" | "stays"} CopyEnd */

export {};

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

/** @typedef {"sign_in" | "renew" | "retry" | "unlock" | "start_afresh" | "change_app" | "open_link"} Act */

/** @typedef {{act: Act, label: string, link: string | null}} TroubleButton */

/**
 * What went wrong in words, and what helps.
 * @typedef {{what: string, todo: string, button: TroubleButton | null, details: string}} Trouble
 */

/**
 * How the tokens are kept fresh, or why they are not.
 * @typedef {{kind: "fresh", renews_at: number} | {kind: "renewing"}
 *   | {kind: "stale", trouble: Trouble, tries_at: number} | {kind: "needs_sign_in", trouble: Trouble}} Renewal
 */

/**
 * Why nobody is signed in.
 * @typedef {{kind: "never"} | {kind: "cancelled"} | {kind: "by_person", copied_until: number | null}
 *   | {kind: "failed", trouble: Trouble}} Why
 */

/** @typedef {{state: "opening"}} Opening */
/** @typedef {{state: "signed_out", why: Why}} SignedOut */
/** @typedef {{state: "signing_in", way: "window" | "import", stage: "preparing" | "at_page" | "chain", legs: Leg[]}} SigningIn */
/**
 * @typedef {{state: "signed_in", gamertag: string | null, xuid: string | null, renewal: Renewal, sign_in_trouble?: Trouble,
 *   legs: Leg[], clock_error_ms: number}} SignedIn
 */
/** @typedef {{state: "shut", trouble: Trouble}} Shut */

/** @typedef {Opening | SignedOut | SigningIn | SignedIn | Shut} Status */

/** @typedef {{version: string, demo: boolean, has_app: boolean, keyring: string}} About */

/** @typedef {"consumers" | "live"} Platform */

/**
 * Which Azure app signs in.
 * @typedef {{kind: "default"} | {kind: "known"}
 *   | {kind: "own", client_id: string, redirect_uri: string, client_secret: string | null, platform: Platform}} App
 */

/** @typedef {{kind: "app", client_id: string, redirect_uri: string, has_secret: boolean}} FoundApp */

/** @typedef {{kind: "signing_in"} | FoundApp} Imported */

/** @typedef {{expires_at: number, clears_at: number | null}} Copied */

/**
 * What a click elsewhere asks of the page.
 * @typedef {{kind: "ask_to_close"} | {kind: "ask_to_sign_out"} | {kind: "tell", trouble: Trouble}} Errand
 */

/** What became of what was copied. @typedef {"cleared" | "replaced" | "stays"} CopyEnd */

export {};

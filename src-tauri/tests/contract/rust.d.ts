// Written by a test from the types in Rust. Times are milliseconds since 1970 UTC.
declare namespace Rust {
  type About = { version: string, demo: boolean, has_app: boolean,
    /** The sign-in methods of the available app, if there is one. */
    methods?: Array<SignInMethod>, keyring: string,
    /** The key file, if the person chose one. */
    key_file?: string,
    /** Whether *Streaming* keeps the windows out of captures. */
    hides_from_captures: boolean,
    /** The page with all releases, if this build knows it. */
    releases?: string, };
  type AccountId = string;
  type AccountLine = {
    /** Our own ID. */
    id: AccountId,
    /** The person's own name for it. */
    name: string | null,
    /** The gamertag, once known. */
    gamertag: string | null,
    /** The XUID, once known. */
    xuid: string | null,
    /** The state of its renewals. */
    renewal: Renewal,
    /** When the Spartan token expires, by the services' clock. */
    expires_at: number | null,
    /** How the person signed in. */
    method: SignInMethod,
    /** Where it's kept. */
    storage: Storage,
    /** The app through which its person signs in. */
    client_id: string,
    /** Whether it's the shown one. */
    is_shown: boolean,
    /** Why one of its token files isn't fresh. */
    keep_problem?: Problem, };
  type Action = {
    /** The remedy it applies. */
    remedy: Remedy,
    /** Its label. */
    label: string, };
  type AnotherWay = { method: SignInMethod, };
  type App = { "kind": "default" } | { "kind": "known" } | { "kind": "own", client_id: string, redirect_uri: string, client_secret: string | null, platform: Platform, };
  type AppLine = {
    /** The *Application (client) ID*. */
    client_id: string,
    /** The redirect URI, to which Microsoft sends the code. */
    redirect_uri: string,
    /** The Microsoft host that signs in. */
    platform: Platform,
    /** Whether it has a secret. */
    has_secret: boolean, };
  type ChangeSettings = { settings: Choices, };
  type CheckApp = { client_id: string, };
  type Checked = "good" | "unknown" | "not_personal" | "not_public" | "unclear";
  type CheckedApp = {
    /** The result. */
    kind: Checked,
    /** What was found. */
    message: string,
    /** What to do. */
    help: string, };
  type Choices = {
    /** Whether to start the program at login. The system's own entry may differ, because it can be changed elsewhere. */
    start_at_login: boolean,
    /** Seconds after which a copied token is removed from the clipboard; `None` means never. */
    clipboard_seconds: ClipboardSeconds | null,
    /** Whether to show a notification about problems that only the user can fix, while no window is open. */
    notifications: boolean,
    /** The window's theme. */
    theme: Theme,
    /** Whether to hide the gamertag and XUID, and exclude both windows from screen captures. */
    streaming: boolean,
    /** The log level. */
    log: LogLevel, };
  type ClipboardSeconds = number;
  type ClockCheck = "confirmed" | "unconfirmed";
  type Copied = { format: Format,
    /** The time at which the copied token expires, if it does. */
    expires_at: number | null,
    /** Whether the clock by which that's told is confirmed. */
    clock: ClockCheck,
    /** The milliseconds until it's cleared, if it is: a time of day would be wrong once the clock is set. */
    clears_in_ms: number | null, };
  type CopyAs = { format: Format, };
  type CopyDetails = { details: string, };
  type CopyDiagnostics = { text: string, };
  type CopyText = { what: RegistrationText, };
  type EditApp = { client_id: string, redirect_uri: string, platform: Platform,
    /** `None` leaves the secret unchanged, and an empty one removes it. */
    client_secret: string | null, };
  type Ended = "cleared" | "replaced" | "stays";
  type ForgetApp = { client_id: string, };
  type Format = "token" | "header" | "clearance" | "clearance-header" | "xbl-header" | "xuid" | "json" | "dotenv" | "dotenv-spnkr" | "curl" | "curl-powershell" | "python" | "javascript" | "csharp" | "curl-with-token" | "curl-powershell-with-token" | "python-with-token" | "javascript-with-token" | "csharp-with-token";
  type FormatGroup = "values" | "settings" | "asking" | "holding";
  type FormatLine = { name: Format, label: string, };
  type FormatSection = { group: FormatGroup, label: string, formats: Array<FormatLine>, };
  type Found = { "kind": "signing_in" } | { "kind": "app", client_id: string, redirect_uri: string, has_secret: boolean, } | { "kind": "several", groups: Array<FoundGroup>, };
  type FoundGroup = { name: string, client_id: string | null, };
  type ImportLines = { text: string, storage: Storage,
    /** The name of the group to use, if the text has several. */
    group: string | null, };
  type Leg = "microsoft" | "xbox_user" | "xsts_xbox" | "xsts_halo" | "xsts_other" | "spartan" | "clearance";
  type LegProgress = { "kind": "waiting" } | { "kind": "running" } | { "kind": "done",
    /** How long that took, in milliseconds, if it's known. */
    ms: number | null, } | { "kind": "failed" };
  type LegStatus = {
    /** The leg. */
    leg: Leg,
    /** Its progress. */
    progress: LegProgress,
    /** When its token was issued. */
    issued_at: number | null,
    /** When its token expires; a clearance doesn't. */
    expires_at: number | null,
    /** A clearance's ID, shortened. */
    note: string | null, };
  type ListedApp = {
    /** The accounts that use it. */
    used_by: Array<AccountId>,
    /** The *Application (client) ID*. */
    client_id: string,
    /** The redirect URI, to which Microsoft sends the code. */
    redirect_uri: string,
    /** The Microsoft host that signs in. */
    platform: Platform,
    /** Whether it has a secret. */
    has_secret: boolean, };
  type LogLevel = "error" | "warn" | "info" | "debug";
  type MoveAccount = { id: AccountId,
    /** The place, from 0. */
    to: number, };
  type OpenLink = {
    /** `portal`, `directory`, `consent`, `releases`, or an address that a problem offers. */
    link: string, };
  type PageRequest = { "kind": "ask_to_close" } | { "kind": "ask_to_sign_out" } | { "kind": "tell", problem: Problem, };
  type PasteAddress = { text: string, };
  type Platform = "consumers" | "live";
  type Problem = {
    /** The code of its cause, such as `oauth.invalid_grant`; empty if it isn't an error of `spartan_auth`. */
    code: string,
    /** What happened. */
    message: string,
    /** What to do. */
    help: string,
    /** The action offered, if any. */
    action: Action | null,
    /** Details for support: step, status, codes, correlation IDs. */
    details: string, };
  type Qr = {
    /** The number of modules along a side, including the quiet zone. */
    size: number,
    /** An SVG path of the dark modules. */
    path: string, };
  type RegistrationText = "name" | "redirect";
  type Remedy = { "kind": "retry", } | { "kind": "sign_in" } | { "kind": "change_app" } | { "kind": "other_way" } | { "kind": "add_other" } | { "kind": "visit",
    /** The page. */
    page: string, } | { "kind": "unlock" } | { "kind": "try_again" } | { "kind": "start_afresh" } | { "kind": "tell" };
  type Removal = { "kind": "nothing" } | { "kind": "left",
    /** What's left, and why. */
    things: Array<string>, } | { "kind": "done" };
  type RenameAccount = { id: AccountId,
    /** Empty removes the name. */
    name: string, };
  type Renewal = { "kind": "fresh",
    /** When it renews by itself, by the services' clock. */
    renews_at: number, } | { "kind": "renewing" } | { "kind": "stale",
    /** The problem. */
    problem: Problem,
    /** When it tries again by itself, by the services' clock. */
    tries_at: number, } | { "kind": "needs_action",
    /** The reason. */
    problem: Problem, };
  type Report = { text: string, };
  type SaveDiagnostics = { text: string, };
  type Saved = { path: string, };
  type Settings = {
    /** What isn't understood, and what applies instead; each is one or two sentences. */
    problems: Array<string>,
    /** Whether to start the program at login. The system's own entry may differ, because it can be changed elsewhere. */
    start_at_login: boolean,
    /** Seconds after which a copied token is removed from the clipboard; `None` means never. */
    clipboard_seconds: ClipboardSeconds | null,
    /** Whether to show a notification about problems that only the user can fix, while no window is open. */
    notifications: boolean,
    /** The window's theme. */
    theme: Theme,
    /** Whether to hide the gamertag and XUID, and exclude both windows from screen captures. */
    streaming: boolean,
    /** The log level. */
    log: LogLevel, };
  type ShowAccount = { id: AccountId, };
  type SignIn = { app: App, who: Who,
    /** `None` is the account's own method, or else the app's first. */
    method: SignInMethod | null, storage: Storage, };
  type SignInEnd = { "kind": "signed_in",
    /** Who. */
    account: SignedIn, } | { "kind": "cancelled" } | { "kind": "failed",
    /** Why, and what helps. */
    problem: Problem, };
  type SignInMethod = "window" | "browser" | "phone" | "paste" | "import";
  type SignedIn = {
    /** Our own ID of the account. */
    account: AccountId,
    /** The person's own name for it. */
    name: string | null,
    /** The gamertag, once known. */
    gamertag: string | null,
    /** The XUID, once known. */
    xuid: string | null,
    /** How the person signed in. */
    method: SignInMethod,
    /** Where it's kept. */
    storage: Storage,
    /** The app through which its person signs in. */
    app: AppLine,
    /** The state of its renewals. */
    renewal: Renewal,
    /** Why the last sign-in, to this account or another, failed. */
    sign_in_problem?: Problem,
    /** Why one of its token files isn't fresh. */
    keep_problem?: Problem,
    /** The chain, in the order of [`Leg::ALL`](spartan_auth::leg::Leg::ALL). */
    legs: Array<LegStatus>,
    /** How far this computer's clock is ahead of the services', in milliseconds. */
    clock_error_ms: number,
    /** The problem with this computer's clock that a person should know about: it's far off or unconfirmed. */
    clock_problem?: Problem, };
  type SignedOut = { "kind": "never" } | { "kind": "cancelled" } | { "kind": "by_person",
    /** Until when copied tokens still work, by the services' clock. */
    copied_until: number | null,
    /** How far this computer's clock is ahead of the services', in milliseconds. */
    clock_error_ms: number, } | { "kind": "failed",
    /** The error. */
    problem: Problem, };
  type SigningIn = { "kind": "preparing" } | { "kind": "at_page",
    /** The problem of a page that can't be loaded or hasn't redirected for long, although it still may. */
    problem: Problem | null, } | { "kind": "code",
    /** The code. */
    user_code: string,
    /** Where to enter it. */
    page: string,
    /** When it expires, by the services' clock; a new one comes earlier. */
    expires_at: number,
    /** How far this computer's clock is ahead of the services', in milliseconds. */
    clock_error_ms: number, } | { "kind": "chain" };
  type Start = { about: About, status: Status, accounts: Array<AccountLine>, settings: Settings, formats: Array<FormatSection>, };
  type Status = { "state": "opening" } | { "state": "unlocking" } | { "state": "shut",
    /** The error. */
    problem: Problem, } | { "state": "signed_out",
    /** The reason. */
    why: SignedOut, } | { "state": "signing_in",
    /** The way. */
    method: SignInMethod,
    /** Its progress. */
    stage: SigningIn,
    /** The chain so far. */
    legs: Array<LegStatus>,
    /** All ways that the app allows, including this one. */
    methods: Array<SignInMethod>,
    /** The app, as it must be registered. */
    app: AppLine,
    /** The name of the account whose person is to sign in again. */
    again: string | null,
    /** Where the account will be kept. */
    storage: Storage, } | { "state": "signed_in" } & SignedIn;
  type Storage = "vault" | "memory";
  type Theme = "system" | "light" | "dark";
  type Who = "shown" | "another";
  interface Commands {
    add_other: { args: null, answer: null };
    another_way: { args: AnotherWay, answer: null };
    apps: { args: null, answer: Array<ListedApp> };
    cancel: { args: null, answer: null };
    change_settings: { args: ChangeSettings, answer: null };
    check_app: { args: CheckApp, answer: CheckedApp };
    clipboard_ended: { args: null, answer: Ended };
    close: { args: null, answer: null };
    copy_as: { args: CopyAs, answer: Copied };
    copy_code: { args: null, answer: null };
    copy_details: { args: CopyDetails, answer: null };
    copy_diagnostics: { args: CopyDiagnostics, answer: null };
    copy_sign_in_link: { args: null, answer: null };
    copy_text: { args: CopyText, answer: null };
    diagnose: { args: null, answer: Report };
    edit_app: { args: EditApp, answer: null };
    forget_app: { args: ForgetApp, answer: null };
    import_lines: { args: ImportLines, answer: Found };
    leave_the_rest: { args: null, answer: null };
    move_account: { args: MoveAccount, answer: null };
    open_link: { args: OpenLink, answer: null };
    open_sign_in_link: { args: null, answer: null };
    paste_address: { args: PasteAddress, answer: null };
    phone_qr: { args: null, answer: Qr };
    quit: { args: null, answer: null };
    remove_everything: { args: null, answer: null };
    rename_account: { args: RenameAccount, answer: null };
    renew: { args: null, answer: null };
    retry: { args: null, answer: null };
    save_diagnostics: { args: SaveDiagnostics, answer: Saved };
    show_account: { args: ShowAccount, answer: null };
    sign_in: { args: SignIn, answer: null };
    sign_out: { args: null, answer: null };
    sign_out_all: { args: null, answer: null };
    start_afresh: { args: null, answer: null };
    unlock: { args: null, answer: null };
  }
}

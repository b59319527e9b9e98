/** The only module that calls Rust. */

/** @typedef {import("./contract.mjs").About} About */
/** @typedef {import("./contract.mjs").Account} Account */
/** @typedef {import("./contract.mjs").App} App */
/** @typedef {import("./contract.mjs").AppChange} AppChange */
/** @typedef {import("./contract.mjs").Copied} Copied */
/** @typedef {import("./contract.mjs").CopyEnd} CopyEnd */
/** @typedef {import("./contract.mjs").Imported} Imported */
/** @typedef {import("./contract.mjs").Kept} Kept */
/** @typedef {import("./contract.mjs").KnownApp} KnownApp */
/** @typedef {import("./contract.mjs").PageRequest} PageRequest */
/** @typedef {import("./contract.mjs").Qr} Qr */
/** @typedef {import("./contract.mjs").Removal} Removal */
/** @typedef {import("./contract.mjs").Section} Section */
/** @typedef {import("./contract.mjs").Settings} Settings */
/** @typedef {import("./contract.mjs").SignInEnd} SignInEnd */
/** @typedef {import("./contract.mjs").Status} Status */
/** @typedef {import("./contract.mjs").Problem} Problem */
/** @typedef {import("./contract.mjs").Verdict} Verdict */
/** @typedef {import("./contract.mjs").Way} Way */
/** @typedef {import("./contract.mjs").Who} Who */

/** @typedef {{about: About, status: Status, accounts: Account[], settings: Settings, formats: Section[]}} Start */

/**
 * Returns the initial state that Rust puts on the page, so that the first paint needs no call.
 * @returns {Start}
 */
export function start() {
  return /** @type {any} */ (globalThis).start;
}

/**
 * What Rust sends: the current status, accounts, settings and removal, then each new one; how each sign-in ends; and
 * what clicks outside the page ask it to show.
 * @typedef {{status: (status: Status) => void, request: (request: PageRequest) => void, accounts: (accounts: Account[]) => void,
 *   settings: (settings: Settings) => void, removal: (removal: Removal) => void, end: (end: SignInEnd) => void}} Heard
 */

/** @param {Heard} heard @returns {Promise<void>} */
export function subscribe(heard) {
  return core().invoke("subscribe", {
    channel: channel(heard.status),
    requests: channel(heard.request),
    accounts: channel(heard.accounts),
    settings: channel(heard.settings),
    removal: channel(heard.removal),
    ends: channel(heard.end),
  });
}

/** @param {{app: App, who: Who, way: Way | null, kept: Kept}} wanted @returns {Promise<null>} */
export const signIn = (wanted) => invoke("sign_in", wanted);

/** Continues the current sign-in with another method. @param {Way} way @returns {Promise<null>} */
export const anotherWay = (way) => invoke("another_way", { way });

/** Submits the URL at which a browser ended. @param {string} text @returns {Promise<null>} */
export const pasteAddress = (text) => invoke("paste_address", { text });

/** Returns the plain link of the phone's code as a QR code. @returns {Promise<Qr>} */
export const phoneQr = () => invoke("phone_qr");

/** @param {string} id @returns {Promise<null>} */
export const showAccount = (id) => invoke("show_account", { id });

/** @param {string} id @param {string} name @returns {Promise<null>} */
export const renameAccount = (id, name) => invoke("rename_account", { id, name });

/** @param {string} id @param {number} to @returns {Promise<null>} */
export const moveAccount = (id, to) => invoke("move_account", { id, to });

/** @returns {Promise<KnownApp[]>} */
export const apps = () => invoke("apps");

/** @param {AppChange} app @returns {Promise<null>} */
export const editApp = (app) => invoke("edit_app", app);

/** @param {string} client_id @returns {Promise<null>} */
export const forgetApp = (client_id) => invoke("forget_app", { client_id });

/** @param {string} client_id @returns {Promise<Verdict>} */
export const checkApp = (client_id) => invoke("check_app", { client_id });

/** @param {Omit<Settings, "problems">} settings @returns {Promise<null>} */
export const changeSettings = (settings) => invoke("change_settings", { settings });

/** @returns {Promise<{text: string}>} */
export const diagnose = () => invoke("diagnose");

/** @param {string} text @returns {Promise<{path: string}>} */
export const saveDiagnostics = (text) => invoke("save_diagnostics", { text });

/** @param {string} text @returns {Promise<null>} */
export const copyDiagnostics = (text) => invoke("copy_diagnostics", { text });

/**
 * Copies a value that Microsoft's app registration page asks for.
 * @param {"redirect" | "name"} what @returns {Promise<null>}
 */
export const copyText = (what) => invoke("copy_text", { what });

/**
 * @param {string} text
 * @param {Kept} kept @param {string | null} group which of several groups to import @returns {Promise<Imported>}
 */
export const importLines = (text, kept, group) => invoke("import_lines", { text, kept, group });

/** @param {string} format @returns {Promise<Copied>} */
export const copyAs = (format) => invoke("copy_as", { format });

/** Resolves when the last copied text has left the clipboard, or can't be cleared. @returns {Promise<CopyEnd>} */
export const clipboardEnded = () => invoke("clipboard_ended");

/** @param {string} details @returns {Promise<null>} */
export const copyDetails = (details) => invoke("copy_details", { details });

/** @param {string} link @returns {Promise<null>} */
export const openLink = (link) => invoke("open_link", { link });

/**
 * A command without arguments or a result.
 * @typedef {"cancel" | "renew" | "sign_out" | "sign_out_all" | "add_other" | "retry" | "unlock" | "start_afresh" | "close" | "quit"
 *   | "remove_everything" | "leave_the_rest" | "copy_sign_in_link" | "open_sign_in_link" | "copy_code"} Command
 */

/** @param {Command} command @returns {Promise<null>} */
export const run = (command) => invoke(command);

/**
 * Returns a refusal, which is already a problem, unchanged, and turns anything else that is thrown into a problem.
 * @param {unknown} thrown
 * @returns {Problem}
 */
export function asProblem(thrown) {
  if (typeof thrown === "object" && thrown !== null && "message" in thrown) {
    return /** @type {Problem} */ (thrown);
  }
  return {
    code: "",
    message: "That did not work.",
    help: "Try again. If it stays so, quit the program and open it again.",
    action: null,
    details: String(thrown),
  };
}

/** @param {string} command @param {object} [given] @returns {Promise<any>} */
const invoke = (command, given) => core().invoke(command, given);

/** @template T @param {(value: T) => void} arrived */
function channel(arrived) {
  const made = new (core().Channel)();
  made.onmessage = arrived;
  return made;
}

const core = () => /** @type {any} */ (globalThis).__TAURI__.core;

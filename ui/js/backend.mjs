/** The one module that speaks to Rust. */

/** @typedef {import("./contract.mjs").About} About */
/** @typedef {import("./contract.mjs").App} App */
/** @typedef {import("./contract.mjs").Copied} Copied */
/** @typedef {import("./contract.mjs").CopyEnd} CopyEnd */
/** @typedef {import("./contract.mjs").Errand} Errand */
/** @typedef {import("./contract.mjs").Imported} Imported */
/** @typedef {import("./contract.mjs").Status} Status */
/** @typedef {import("./contract.mjs").Trouble} Trouble */

/**
 * What Rust put beside the page, so that the first paint needs no answer.
 * @returns {{about: About, status: Status}}
 */
export function start() {
  return /** @type {any} */ (globalThis).start;
}

/**
 * Hands over the present status and each new one, and what clicks elsewhere ask of the page.
 * @param {(status: Status) => void} arrived
 * @param {(errand: Errand) => void} asked
 * @returns {Promise<void>}
 */
export function subscribe(arrived, asked) {
  const [channel, errands] = [new (core().Channel)(), new (core().Channel)()];
  channel.onmessage = arrived;
  errands.onmessage = asked;
  return core().invoke("subscribe", { channel, errands });
}

/** @param {App} app @returns {Promise<null>} */
export const signIn = (app) => invoke("sign_in", { app });

/** @param {string} text @returns {Promise<Imported>} */
export const importLines = (text) => invoke("import_lines", { text });

/** @returns {Promise<Copied>} */
export const copySpartanToken = () => invoke("copy_spartan_token");

/** Answers when what was copied last has left the clipboard, or cannot. @returns {Promise<CopyEnd>} */
export const clipboardEnded = () => invoke("clipboard_ended");

/** @param {string} link @returns {Promise<null>} */
export const openLink = (link) => invoke("open_link", { link });

/**
 * Runs a command that takes nothing and answers nothing.
 * @param {"cancel" | "renew" | "sign_out" | "retry" | "unlock" | "start_afresh" | "close" | "quit" | "copy_details"} command
 * @returns {Promise<null>}
 */
export const run = (command) => invoke(command);

/**
 * A refusal is a trouble already; anything else that is thrown becomes one.
 * @param {unknown} thrown
 * @returns {Trouble}
 */
export function asTrouble(thrown) {
  if (typeof thrown === "object" && thrown !== null && "what" in thrown) {
    return /** @type {Trouble} */ (thrown);
  }
  return {
    what: "That did not work.",
    todo: "Try again. If it stays so, quit the program and open it again.",
    button: null,
    details: String(thrown),
  };
}

/** @param {string} command @param {object} [given] @returns {Promise<any>} */
const invoke = (command, given) => core().invoke(command, given);

const core = () => /** @type {any} */ (globalThis).__TAURI__.core;

/** The only module that calls Rust. */

/**
 * Returns the initial state that Rust puts on the page, so that the first paint needs no call.
 * @returns {Rust.Start}
 */
export function start() {
  return /** @type {any} */ (globalThis).start;
}

/**
 * What Rust sends: the current status, accounts, settings and removal, then each new one; how each sign-in ends; and
 * what clicks outside the page ask it to show.
 * @typedef {{status: (status: Rust.Status) => void, request: (request: Rust.PageRequest) => void, accounts: (accounts: Rust.AccountLine[]) => void,
 *   settings: (settings: Rust.Settings) => void, removal: (removal: Rust.Removal) => void, end: (end: Rust.SignInEnd) => void}} Heard
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

/**
 * Calls a command.
 * @type {<Name extends keyof Rust.Commands>(name: Name, ...args: Rust.Commands[Name]["args"] extends null ? [] : [Rust.Commands[Name]["args"]]) =>
 *   Promise<Rust.Commands[Name]["answer"]>}
 */
export const call = (name, ...[args]) => core().invoke(name, args && { args });

/**
 * Returns a refusal, which is already a problem, unchanged, and turns anything else that is thrown into a problem.
 * @param {unknown} thrown
 * @returns {Rust.Problem}
 */
export function asProblem(thrown) {
  if (typeof thrown === "object" && thrown !== null && "message" in thrown) {
    return /** @type {Rust.Problem} */ (thrown);
  }
  return {
    code: "",
    message: "That did not work.",
    help: "Try again. If it stays so, quit the program and open it again.",
    action: null,
    details: String(thrown),
  };
}

/** @template T @param {(value: T) => void} arrived */
function channel(arrived) {
  const made = new (core().Channel)();
  made.onmessage = arrived;
  return made;
}

const core = () => /** @type {any} */ (globalThis).__TAURI__.core;

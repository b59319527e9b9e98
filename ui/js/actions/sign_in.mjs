/** Signing in: starts it, changes its method, and takes what a person brings back from a browser. */

import { asProblem } from "../backend.mjs";
import { EMPTY, read } from "../own_app.mjs";
import { LINES } from "../place.mjs";

/** @typedef {import("../own_app.mjs").Draft} Draft */
/** @typedef {import("../page.mjs").Page} Page */
/** @typedef {import("../page.mjs").Spot} Spot */
/** @typedef {import("./reach.mjs").Reach} Reach */

/** @param {Reach} reach */
export function signInActions({ call, page, change, attempt, copyThing }) {
  /** @param {Rust.App} app @param {Rust.Who} who @param {Page["choice"]} choice @param {Spot} [spot] */
  function begin(app, who, choice, spot = "page") {
    change({ begun: who });
    return attempt(spot, () => call("sign_in", { app, who, ...choice }));
  }

  /**
   * Signs in another person, with the options chosen beside the button.
   * @param {Rust.App} app @param {Spot} [spot]
   */
  const signIn = (app, spot) => begin(app, "another", page().choice, spot);

  /**
   * Tries again for the person of the last attempt.
   * @param {Rust.SignInMethod | null} [method]
   */
  function signInAgain(method = null) {
    const { status, begun, choice } = page();
    if (status.state !== "signed_in") return begin({ kind: "known" }, "another", { ...choice, method: method ?? choice.method });
    const who = status.sign_in_problem ? begun : "shown";
    return begin({ kind: "known" }, who, { method, storage: who === "shown" ? status.storage : choice.storage });
  }

  /** Signs in to the account on the page again after another person signed in instead. */
  function tryAgainAsShown() {
    const { status } = page();
    return begin({ kind: "known" }, "shown", { method: null, storage: status.state === "signed_in" ? status.storage : "vault" });
  }

  /** @param {Draft} draft */
  function signInWithOwnApp(draft) {
    const answer = read(draft);
    if ("app" in answer) return signIn(answer.app, "own_app");
    return change({ place: { kind: "own_app", draft, wrong: answer.wrong, edits: null }, refused: null });
  }

  /**
   * Uses the app just registered, with the settings from the steps.
   * @param {string} clientId
   */
  function signInWithRegistered(clientId) {
    const answer = read({ ...EMPTY, client_id: clientId });
    if ("app" in answer) return signIn(answer.app, "register");
    return change({ place: { kind: "register", clientId, wrong: answer.wrong, check: null }, refused: null });
  }

  /**
   * Clears what was said about another ID.
   * @param {string} clientId
   */
  const fillInRegistered = (clientId) => change({ place: { kind: "register", clientId, wrong: null, check: null }, refused: null });

  /** How often the lines were edited: an answer about other lines doesn't count. */
  let edits = 0;

  /** @param {string} text @param {string | null} group */
  async function importLines(text, group) {
    const before = edits;
    const imported = await attempt("lines", () => call("import_lines", { text, storage: page().choice.storage, group }));
    if (imported && imported.kind !== "signing_in" && edits === before) change({ place: { kind: "lines", found: imported } });
  }

  /** Takes back the question about lines that have changed since, and what was said about them. */
  function linesEdited() {
    edits += 1;
    change({ place: LINES, refused: null });
  }

  /**
   * Fetches the QR code from which a phone's camera reads the code's URL. Nobody clicked, so what is open and shown
   * stays.
   */
  async function fetchQr() {
    const { status, qr } = page();
    if (status.state !== "signing_in" || status.stage.kind !== "code" || qr?.code === status.stage.user_code) return;
    const { user_code: code } = status.stage;
    try {
      change({ qr: { code, qr: await call("phone_qr") } });
    } catch (thrown) {
      change({ refused: { spot: "page", problem: asProblem(thrown) } });
    }
  }

  return {
    signIn,
    signInAgain,
    tryAgainAsShown,
    signInWithOwnApp,
    signInWithRegistered,
    fillInRegistered,
    importLines,
    linesEdited,
    fetchQr,
    /** @param {Partial<Page["choice"]>} part */
    choose: (part) => change({ choice: { ...page().choice, ...part } }),
    /** @param {Rust.SignInMethod} method */
    goOnBy: (method) => attempt("page", () => call("another_way", { method })),
    /** @param {string} text */
    pasteAddress: (text) => attempt("address", () => call("paste_address", { text })),
    copyLink: () => copyThing("link", () => call("copy_sign_in_link")),
    copyCode: () => copyThing("code", () => call("copy_code")),
  };
}

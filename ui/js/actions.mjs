/** What a click does: ask Rust, or go somewhere on the page. What follows in the account comes back as a status. */

import { asTrouble } from "./backend.mjs";
import { EMPTY, read } from "./own_app.mjs";
import { afterCopy } from "./page.mjs";
import { servicesTime } from "./time.mjs";
import { copiedWords } from "./words.mjs";

/** @typedef {import("./contract.mjs").App} App */
/** @typedef {import("./contract.mjs").TroubleButton} TroubleButton */
/** @typedef {import("./own_app.mjs").Draft} Draft */
/** @typedef {import("./page.mjs").Page} Page */
/** @typedef {import("./page.mjs").Place} Place */
/** @typedef {import("./page.mjs").Said} Said */
/** @typedef {import("./page.mjs").Spot} Spot */
/** @typedef {ReturnType<typeof actions>} Actions */

/** @type {Place} */
const HOME = { kind: "home" };

/**
 * @param {typeof import("./backend.mjs")} backend
 * @param {() => number} now
 * @param {() => Page} page  The page as it is when asked.
 * @param {(part: Partial<Page>) => void} change
 */
export function actions(backend, now, page, change) {
  /** @template T @param {Spot} spot @param {() => Promise<T>} ask @returns {Promise<T | undefined>} */
  async function attempt(spot, ask) {
    // The same words said twice are heard once, unless there is silence between.
    change({ refused: null, menuOpen: false, asking: null, spoken: "" });
    try {
      return await ask();
    } catch (thrown) {
      change({ refused: { spot, trouble: asTrouble(thrown) }, said: null });
      return undefined;
    }
  }
  /** @param {Parameters<typeof backend.run>[0]} command @param {Spot} [spot] */
  const run = (command, spot = "page") => attempt(spot, () => backend.run(command));
  /** @param {App} app @param {Spot} [spot] */
  const signIn = (app, spot = "page") => attempt(spot, () => backend.signIn(app));
  /** @param {string} link */
  const openLink = (link) => attempt("page", () => backend.openLink(link));
  /** @param {Place} place */
  const go = (place) => change({ place, refused: null, said: null, menuOpen: false, asking: null });

  async function copy() {
    change({ said: { kind: "copying" } });
    const copied = await attempt("copy", () => backend.copySpartanToken());
    if (!copied) return;
    const { status } = page();
    const clockError = status.state === "signed_in" ? status.clock_error_ms : 0;
    const spoken = copiedWords(copied, servicesTime(now(), clockError), now());
    /** @type {Said} */
    const said = { kind: "copied", ...copied };
    change({ said, spoken });
    if (copied.clears_at !== null) await tellItsEnd(said);
  }

  /** Only Rust knows whether the clipboard was cleared. @param {Said} said */
  async function tellItsEnd(said) {
    // Where it cannot tell, nothing is claimed.
    const end = await backend.clipboardEnded().catch(() => /** @type {const} */ ("replaced"));
    // Something else said by now is of a later click.
    if (page().said === said) change(afterCopy(end));
  }

  async function copyDetails() {
    const answer = await attempt("page", () => backend.run("copy_details"));
    if (answer !== undefined) change({ detailsCopiedAt: now(), spoken: "Details copied." });
  }

  /** @param {string} text */
  async function importLines(text) {
    const imported = await attempt("lines", () => backend.importLines(text));
    if (imported?.kind === "app") change({ place: { kind: "lines", found: imported } });
  }

  /** @param {Draft} draft */
  function signInWithOwnApp(draft) {
    const answer = read(draft);
    if ("app" in answer) return signIn(answer.app, "own_app");
    return change({ place: { kind: "own_app", draft, wrong: answer.wrong }, refused: null });
  }

  /** @param {TroubleButton} button */
  function help(button) {
    switch (button.act) {
      case "sign_in":
        return signIn({ kind: "known" });
      case "start_afresh":
        return change({ asking: "start_afresh", refused: null });
      case "change_app":
        return go({ kind: "own_app", draft: EMPTY, wrong: null });
      case "open_link":
        return openLink(button.link ?? "");
      case "renew":
      case "retry":
      case "unlock":
        return run(button.act);
    }
  }

  return {
    run,
    signIn,
    openLink,
    copy,
    copyDetails,
    importLines,
    signInWithOwnApp,
    help,
    go,
    goHome: () => go(HOME),
    lookAround: () => go({ kind: "sample", since: now() }),
    /** @param {Draft} draft */
    fillIn: (draft) => change({ place: { kind: "own_app", draft, wrong: null }, refused: null }),
    /** @param {boolean} menuOpen */
    showMenu: (menuOpen) => page().menuOpen !== menuOpen && change({ menuOpen }),
    /** @param {Page["asking"]} asking */
    ask: (asking) => change({ asking, menuOpen: false }),
  };
}

/**
 * The same actions for *Look around*: they tell what they would do, and do nothing.
 * @param {Actions} real
 * @param {(part: Partial<Page>) => void} change
 * @returns {Actions}
 */
export function sampleActions(real, change) {
  /** @param {string} what */
  const tell = async (what) => change({ said: { kind: "sample", what }, spoken: what, menuOpen: false, asking: null });
  return {
    ...real,
    copy: () => tell("This is a sample: with an account, the token would be in your clipboard now."),
    run: async (command) => {
      if (command === "quit") return real.run(command);
      if (command === "renew") await tell("This is a sample: with an account, new tokens would be on their way.");
      if (command === "sign_out") real.goHome();
      return null;
    },
  };
}

/** The actions of the page: calls to Rust and navigation. Changes of the account arrive as a status. */

import { accountActions } from "./actions/accounts.mjs";
import { appActions } from "./actions/apps.mjs";
import { copyActions } from "./actions/copy.mjs";
import { programActions } from "./actions/program.mjs";
import { reach as makeReach } from "./actions/reach.mjs";
import { signInActions } from "./actions/sign_in.mjs";
import { appToChange } from "./page.mjs";
import { HOME, LINES } from "./place.mjs";

/** @typedef {import("./own_app.mjs").Draft} Draft */
/** @typedef {import("./page.mjs").Page} Page */
/** @typedef {import("./place.mjs").Place} Place */
/** @typedef {ReturnType<typeof actions>} Actions */

/**
 * @param {typeof import("./backend.mjs").call} call
 * @param {{now: () => number, steady: () => number}} clocks  The time on this computer, and by a clock that can't be set.
 * @param {() => Page} page  Returns the current page.
 * @param {(part: Partial<Page>) => void} change
 */
export function actions(call, clocks, page, change) {
  const reach = makeReach(call, clocks, page, change);
  const { attempt, run } = reach;
  /** @param {Place} place */
  const go = (place) => change({ place, refused: null, said: null, menu: null, asking: null, farewell: null });
  const signingIn = signInActions(reach);
  /** @param {string} link */
  const openLink = (link) => attempt("page", () => call("open_link", { link }));
  /** @param {Draft} draft @param {import("./place.mjs").OwnApp["edits"]} [edits] */
  const fillIn = (draft, edits = null) => change({ place: { kind: "own_app", draft, wrong: null, edits }, refused: null });

  /** @param {Rust.Action} action @param {"account" | "sign_in"} whose  What the problem relates to. */
  function help({ remedy }, whose) {
    switch (remedy.kind) {
      case "sign_in":
        return signingIn.signInAgain();
      case "start_afresh":
        return change({ asking: { kind: "start_afresh" }, refused: null });
      case "change_app":
        return go(appToChange(page(), whose));
      case "visit":
        return openLink(remedy.page);
      case "other_way":
        return go({ kind: "ways" });
      case "retry":
        return run("renew");
      case "try_again":
        return run("retry");
      case "unlock":
      case "add_other":
        return run(remedy.kind);
    }
  }

  return {
    ...signingIn,
    ...accountActions(reach),
    ...appActions(reach, go),
    ...copyActions(reach),
    ...programActions(reach),
    run,
    openLink,
    help,
    go,
    goHome: () => go(HOME),
    /** Returns to where a sign-in starts: *Add another account*, or the home view if nobody is signed in. */
    goToBegin: () => go(page().status.state === "signed_in" ? { kind: "add" } : HOME),
    /**
     * Starts a sign-in that stores nothing, with the default app or one that the person provides next.
     * @param {boolean} hasApp
     */
    beginSession: (hasApp) => {
      signingIn.choose({ storage: "memory" });
      return hasApp ? signingIn.signIn({ kind: "default" }) : go(LINES);
    },
    lookAround: () => go({ kind: "sample", since: clocks.now() }),
    fillIn,
    /** @param {Page["menu"]} menu */
    showMenu: (menu) => page().menu !== menu && change({ menu }),
    /** @param {Page["asking"]} asking */
    ask: (asking) => change({ asking, menu: null }),
  };
}

/**
 * The actions for *Look around*: they say what they would do, and do nothing.
 * @param {Actions} real
 * @param {(part: Partial<Page>) => void} change
 * @returns {Actions}
 */
export function sampleActions(real, change) {
  /** @param {string} what */
  const tell = async (what) => change({ said: { kind: "sample", what }, spoken: what, menu: null, asking: null });
  return {
    ...real,
    copy: () => tell("This is a sample: with an account, the token would be in your clipboard now."),
    copyAs: () => tell("This is a sample: with an account, that would be in your clipboard now."),
    signOut: async () => real.goHome(),
    run: async (command) => {
      if (command === "quit") return real.run(command);
      if (command === "renew") await tell("This is a sample: with an account, new tokens would be on their way.");
      return null;
    },
  };
}

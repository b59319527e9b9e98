/** Lists, checks, changes and forgets the known Azure apps. */

import { draftOf, EMPTY, read, readChange } from "../own_app.mjs";

/** @typedef {import("../own_app.mjs").Draft} Draft */
/** @typedef {import("../place.mjs").Check} Check */
/** @typedef {import("./reach.mjs").Reach} Reach */

/** @param {Reach} reach @param {(place: import("../place.mjs").Place) => void} go */
export function appActions({ call, page, change, attempt }, go) {
  async function goToApps() {
    go({ kind: "apps", known: null, checks: {} });
    await list();
  }

  async function list() {
    const known = await attempt("page", () => call("apps"));
    const { place } = page();
    if (known && place.kind === "apps") change({ place: { ...place, known } });
  }

  /** @param {Rust.ListedApp} app */
  async function checkKnown({ client_id }) {
    note(client_id, { kind: "asking" });
    const check = await attempt(`app ${client_id}`, () => call("check_app", { client_id }));
    note(client_id, check);
  }

  /** @param {string} clientId @param {Check | undefined} check */
  function note(clientId, check) {
    const { place } = page();
    if (place.kind !== "apps") return;
    const { [clientId]: _, ...others } = place.checks;
    change({ place: { ...place, checks: check ? { ...others, [clientId]: check } : others } });
  }

  /**
   * Checks the client ID from the registration steps.
   * @param {string} clientId
   */
  async function checkRegistered(clientId) {
    const answer = read({ ...EMPTY, client_id: clientId });
    if ("wrong" in answer) {
      return change({ place: { kind: "register", clientId, wrong: answer.wrong, check: null }, refused: null });
    }
    change({ place: { kind: "register", clientId, wrong: null, check: { kind: "asking" } } });
    const check = (await attempt("register", () => call("check_app", { client_id: clientId.trim() }))) ?? null;
    const { place } = page();
    // The ID may have changed by now.
    if (place.kind === "register" && place.clientId === clientId) change({ place: { ...place, check } });
    return undefined;
  }

  /** @param {string} clientId */
  async function forget(clientId) {
    const answer = await attempt(`app ${clientId}`, () => call("forget_app", { client_id: clientId }));
    if (answer !== undefined) await list();
  }

  /** @param {Draft} draft @param {Rust.AppLine} edits */
  async function saveApp(draft, edits) {
    const answer = readChange(draft);
    if ("wrong" in answer) return change({ place: { kind: "own_app", draft, wrong: answer.wrong, edits }, refused: null });
    const saved = await attempt("own_app", () => call("edit_app", answer.change));
    return saved === undefined ? undefined : goToApps();
  }

  return {
    goToApps,
    checkKnown,
    checkRegistered,
    forget,
    saveApp,
    /** @param {Rust.ListedApp} app */
    edit: (app) => go({ kind: "own_app", draft: draftOf(app), wrong: null, edits: app }),
  };
}

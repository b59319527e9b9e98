/** The copy buttons: they say what was copied and what happens to it. */

import { afterCopy } from "../page.mjs";
import { servicesTime } from "../time.mjs";
import { copiedWords } from "../words.mjs";

/** @typedef {import("../page.mjs").Said} Said */
/** @typedef {import("./reach.mjs").Reach} Reach */

/** The format of the main button. */
export const TOKEN = "token";

/** @param {Reach} reach */
export function copyActions({ call, now, steady, page, change, attempt }) {
  /** @param {Rust.Format} format */
  async function copyAs(format) {
    change({ said: { kind: "copying" } });
    const copied = await attempt("copy", () => call("copy_as", { format }));
    if (!copied) return;
    const { status, formats } = page();
    const clockError = status.state === "signed_in" ? status.clock_error_ms : 0;
    const spoken = copiedWords(copied, formats, servicesTime(now(), clockError), copied.clears_in_ms);
    /** @type {Said} */
    const said = { kind: "copied", copied, at: steady() };
    change({ said, spoken });
    if (copied.clears_in_ms !== null) await tellItsEnd(said);
  }

  /**
   * Only Rust knows whether the clipboard was cleared.
   * @param {Said} said
   */
  async function tellItsEnd(said) {
    // If Rust can't tell, the page says nothing.
    const end = await call("clipboard_ended").catch(() => /** @type {const} */ ("replaced"));
    // A different message by now belongs to a later click.
    if (page().said === said) change(afterCopy(end));
  }

  return { copyAs, copy: () => copyAs(TOKEN) };
}

/** The copy button: what was copied is said, and so is what becomes of it. */

import { afterCopy } from "../page.mjs";
import { servicesTime } from "../time.mjs";
import { copiedWords } from "../words.mjs";

/** @typedef {import("../page.mjs").Said} Said */
/** @typedef {import("./reach.mjs").Reach} Reach */

/** @param {Reach} reach */
export function copyActions({ backend, now, page, change, attempt }) {
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

  return { copy };
}

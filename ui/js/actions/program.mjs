/** The actions of the program itself: its settings and the diagnostic report. */

/** @typedef {import("../place.mjs").Report} Report */
/** @typedef {import("./reach.mjs").Reach} Reach */

/** @param {Reach} reach */
export function programActions({ call, page, change, attempt, copyThing }) {
  /**
   * Shows the change at once, and reverts it if it's refused.
   * @param {Partial<Rust.Settings>} part
   */
  async function set(part) {
    const before = page().settings;
    const { problems, ...settings } = { ...before, ...part };
    change({ settings: { ...settings, problems } });
    const answer = await attempt("page", () => call("change_settings", { settings }));
    if (answer === undefined) change({ settings: before });
  }

  async function diagnose() {
    tell({ kind: "asking" });
    const report = await attempt("page", () => call("diagnose"));
    tell(report ? { kind: "shown", text: report.text, savedTo: null } : { kind: "none" });
  }

  /** @param {string} text */
  async function saveReport(text) {
    const saved = await attempt("page", () => call("save_diagnostics", { text }));
    if (!saved) return;
    tell({ kind: "shown", text, savedTo: saved.path });
    change({ spoken: `Saved as ${saved.path}.` });
  }

  /** @param {Report} report */
  const tell = (report) => page().place.kind === "diagnostics" && change({ place: { kind: "diagnostics", report } });

  return {
    set,
    diagnose,
    saveReport,
    /** @param {string} text */
    copyReport: (text) => copyThing("report", () => call("copy_diagnostics", { text })),
    /**
     * Leaves the refusal where it's shown.
     * @param {string} details
     */
    copyDetails(details) {
      const { refused } = page();
      const copied = copyThing("details", () => call("copy_details", { details }));
      change({ refused });
      return copied;
    },
    /** @param {"redirect" | "name"} what */
    copyText: (what) => copyThing(what, () => call("copy_text", { what })),
  };
}

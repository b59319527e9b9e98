/** The actions of the program itself: its settings and the diagnostic report. */

/** @typedef {import("../contract.mjs").Settings} Settings */
/** @typedef {import("../place.mjs").Report} Report */
/** @typedef {import("./reach.mjs").Reach} Reach */

/** @param {Reach} reach */
export function programActions({ backend, page, change, attempt, copyThing }) {
  /** Shows the change at once, and reverts it if it's refused. @param {Partial<Settings>} part */
  async function set(part) {
    const before = page().settings;
    const { problems, ...settings } = { ...before, ...part };
    change({ settings: { ...settings, problems } });
    const answer = await attempt("page", () => backend.changeSettings(settings));
    if (answer === undefined) change({ settings: before });
  }

  async function diagnose() {
    tell({ kind: "asking" });
    const report = await attempt("page", () => backend.diagnose());
    tell(report ? { kind: "shown", text: report.text, savedTo: null } : { kind: "none" });
  }

  /** @param {string} text */
  async function saveReport(text) {
    const saved = await attempt("page", () => backend.saveDiagnostics(text));
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
    copyReport: (text) => copyThing("report", () => backend.copyDiagnostics(text)),
    /** Leaves the refusal where it's shown. @param {string} details */
    copyDetails(details) {
      const { refused } = page();
      const copied = copyThing("details", () => backend.copyDetails(details));
      change({ refused });
      return copied;
    },
    /** @param {"redirect" | "name"} what */
    copyText: (what) => copyThing(what, () => backend.copyText(what)),
  };
}

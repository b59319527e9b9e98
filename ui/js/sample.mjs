/** The account that *Look around* shows: made up, valid at any time, and without the network. */

/** The ID of the made-up account. */
export const SAMPLE_ID = "sample";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * Returns a signed-in status whose Spartan token was issued some time before.
 * @param {number} since  When the person started to look around.
 * @returns {Page.SignedIn}
 */
export function sampleStatus(since) {
  const issued = since - 19 * MINUTE;
  return {
    state: "signed_in",
    account: SAMPLE_ID,
    name: null,
    gamertag: "Sample Player",
    xuid: "2533270000000000",
    method: "window",
    storage: "vault",
    app: { client_id: "00000000-0000-0000-0000-000000000000", redirect_uri: "http://localhost", platform: "consumers", has_secret: false },
    renewal: { kind: "fresh", renews_at: issued + 4 * HOUR - 22 * MINUTE },
    legs: [
      leg("microsoft", 412, issued, HOUR),
      leg("xbox_user", 198, issued, 14 * 24 * HOUR),
      leg("xsts_xbox", 205, issued, 16 * HOUR),
      leg("xsts_halo", 187, issued, 4 * HOUR),
      leg("spartan", 233, issued, 4 * HOUR),
      { ...leg("clearance", 151, issued, null), note: "5a3e91c0…77b4" },
    ],
    clock_error_ms: 0,
  };
}

/** @param {Rust.LegStatus["leg"]} name @param {number} ms @param {number} issued @param {number | null} lasts @returns {Rust.LegStatus} */
function leg(name, ms, issued, lasts) {
  const expires_at = lasts === null ? null : issued + lasts;
  return { leg: name, progress: { kind: "done", ms }, issued_at: issued, expires_at, note: null };
}

import assert from "node:assert/strict";
import test from "node:test";
import { announcement, endWords } from "../../../ui/js/announcement.mjs";
import { samples } from "./samples.mjs";

test("a screen reader is told what changed, once", () => {
  const { opening, fresh, renewing, stale, shut_locked } = samples;
  const { signed_in_unnamed, signed_out_by_person, signed_out_failed, signed_out_never } = samples;
  const { signing_in_at_page, signing_in_code, signing_in_legs, signing_in_not_loaded, signing_in_window_silent, session_only } = samples;
  const table = [
    [opening, fresh, "Signed in as aCurtis X89."],
    [signing_in_legs, fresh, null],
    [opening, signed_in_unnamed, `Signed in. ${signed_in_unnamed.renewal.problem.message}`],
    [signed_in_unnamed, signed_in_unnamed, null],
    [signed_in_unnamed, fresh, "Signed in as aCurtis X89."],
    [fresh, fresh, null],
    [fresh, renewing, "Renewing."],
    [renewing, stale, stale.renewal.problem.message],
    [stale, stale, null],
    [signing_in_at_page, signing_in_legs, null],
    [signing_in_code, { ...signing_in_code, stage: { ...signing_in_code.stage, user_code: "NEW" } }, "There is a new code."],
    [signing_in_code, signing_in_code, null],
    [signing_in_at_page, signing_in_not_loaded, "Microsoft's page has not loaded."],
    [signing_in_not_loaded, signing_in_not_loaded, null],
    [signing_in_not_loaded, signing_in_at_page, null],
    [signing_in_not_loaded, signing_in_window_silent, "Nothing has come back from Microsoft's page."],
    [opening, session_only, "Signed in as Bot."],
    [fresh, { ...fresh, account: "another" }, "Signed in as aCurtis X89."],
    [signing_in_at_page, signed_out_failed, null],
    [fresh, shut_locked, shut_locked.problem.message],
    [fresh, signed_out_by_person, "Signed out."],
    [opening, signed_out_never, null],
    [shut_locked, signed_out_never, null],
    [shut_locked, samples.unlocking, "Your keyring may be asking for its password in a window of its own. Look for it behind this one."],
  ];
  for (const [before, after, words] of table) assert.equal(announcement(before, after), words);
});

test("how a sign-in ended is told by its end, not by the statuses around it", () => {
  const { fresh, signed_in_unnamed, signed_out_failed } = samples;
  const { problem } = signed_out_failed.why;
  assert.equal(endWords({ kind: "signed_in", account: fresh }), "Signed in as aCurtis X89.");
  assert.equal(endWords({ kind: "signed_in", account: signed_in_unnamed }), `Signed in. ${signed_in_unnamed.renewal.problem.message}`);
  assert.equal(endWords({ kind: "cancelled" }), "The sign-in was cancelled.");
  assert.equal(endWords({ kind: "failed", problem }), problem.message);
});

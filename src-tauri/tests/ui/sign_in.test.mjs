import assert from "node:assert/strict";
import test from "node:test";
import { actions } from "../../../ui/js/actions.mjs";
import { open } from "../../../ui/js/page.mjs";
import { samples, startOf } from "./samples.mjs";

/** Returns the calls to Rust while a page is used. */
function worked(status, part = {}) {
  let page = { ...open(startOf(status)), ...part };
  const asked = [];
  const call = async (name, args) => (asked.push([name, args]), null);
  const all = actions(call, { now: () => 0, steady: () => 0 }, () => page, (changed) => (page = { ...page, ...changed }));
  return { all, asked, page: () => page };
}

const SIGN_IN_AGAIN = { remedy: { kind: "sign_in" }, label: "Sign in again" };

test("Sign in is for somebody new, as was chosen", async () => {
  const { all, asked } = worked(samples.signed_out_never, { choice: { method: "phone", storage: "memory" } });
  await all.signIn({ kind: "default" });
  assert.deepEqual(asked, [["sign_in", { app: { kind: "default" }, who: "another", method: "phone", storage: "memory" }]]);
});

test("Sign in again is for the account on the page, in its own way", async () => {
  const { all, asked } = worked(samples.needs_action, { choice: { method: "phone", storage: "memory" } });
  await all.help(SIGN_IN_AGAIN);
  assert.deepEqual(asked, [["sign_in", { app: { kind: "known" }, who: "shown", method: null, storage: "vault" }]]);
});

test("what failed beside an account is tried again for whom it was tried", async () => {
  const failed = { ...samples.fresh, sign_in_problem: { ...samples.signed_out_failed.why.problem, button: SIGN_IN_AGAIN } };
  for (const begun of ["another", "shown"]) {
    const { all, asked } = worked(failed, { begun });
    await all.help(SIGN_IN_AGAIN);
    assert.equal(asked[0][1].who, begun);
  }
});

test("another way after a failure is taken for whom it was tried", async () => {
  const { all, asked, page } = worked(samples.signed_out_failed, { choice: { method: "window", storage: "memory" } });
  await all.help({ remedy: { kind: "other_way" }, label: "Another way" });
  assert.equal(page().place.kind, "ways");
  await all.signInAgain("browser");
  assert.deepEqual(asked, [["sign_in", { app: { kind: "known" }, who: "another", method: "browser", storage: "memory" }]]);
});

test("a code's picture is asked for once, and again for another code", async () => {
  const { all, asked, page } = worked(samples.signing_in_code);
  await all.fetchQr();
  await all.fetchQr();
  assert.equal(asked.length, 1);
  const other = worked({ ...samples.signing_in_code, stage: { ...samples.signing_in_code.stage, user_code: "NEW" } }, { qr: page().qr });
  await other.all.fetchQr();
  assert.equal(other.asked.length, 1);
});

test("a question about lines that were edited meanwhile is not asked", async () => {
  let answer;
  let page = open(startOf(samples.signed_out_never));
  const call = () => new Promise((done) => (answer = done));
  const { importLines, linesEdited } = actions(call, { now: () => 0, steady: () => 0 }, () => page, (part) => (page = { ...page, ...part }));
  const found = { kind: "several", groups: [{ name: "ALICE", client_id: null }, { name: "BOB", client_id: null }] };
  for (const [edit, expected] of [[() => {}, found], [linesEdited, null]]) {
    const asked = importLines("both", null);
    edit();
    answer(found);
    await asked;
    assert.deepEqual(page.place, { kind: "lines", found: expected });
  }
});

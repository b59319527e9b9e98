import assert from "node:assert/strict";
import test from "node:test";
import { EMPTY } from "../../../ui/js/own_app.mjs";
import { adopt, arrive, conclude, open, pass, refusal, take } from "../../../ui/js/page.mjs";
import { accounts, samples, startOf } from "./samples.mjs";

const page = (status, part = {}) => ({ ...open(startOf(status)), ...part });
const form = { kind: "own_app", draft: { ...EMPTY, client_id: "typed" }, wrong: null, edits: null };

test("a status of the same state leaves open what the person opened", () => {
  const before = page(samples.fresh, { asking: { kind: "sign_out", id: samples.fresh.account }, menu: "more" });
  const after = arrive(before, samples.renewing);
  assert.deepEqual(after.asking, { kind: "sign_out", id: samples.fresh.account });
  assert.equal(after.menu, "more");
});

test("another state closes what belonged to the one before", () => {
  const after = arrive(page(samples.fresh, { asking: { kind: "sign_out", id: samples.fresh.account }, menu: "more" }), samples.signed_out_by_person);
  assert.deepEqual(after, { ...open(startOf(samples.signed_out_by_person, { accounts })), spoken: "Signed out." });
});

test("a filled-in form outlives a sign-in that was cancelled", () => {
  const during = arrive(page(samples.signed_out_never, { place: form }), samples.signing_in_at_page);
  const after = arrive(during, samples.signed_out_cancelled);
  assert.deepEqual(after.place, form);
});

test("a filled-in form and its secret are forgotten after a sign-in", () => {
  const during = arrive(page(samples.signed_out_never, { place: form }), samples.signing_in_at_page);
  assert.deepEqual(arrive(during, samples.fresh).place, { kind: "home" });
});

test("the sample gives way to what really happens", () => {
  const looking = page(samples.signed_out_never, { place: { kind: "sample", since: 0 } });
  assert.equal(arrive(looking, samples.signed_out_never).place.kind, "sample");
  assert.equal(arrive(looking, samples.signing_in_at_page).place.kind, "home");
});

test("a refusal to renew is over once the renewal has moved on, and another refusal is not", () => {
  const { problem } = samples.stale.renewal;
  const waits = { spot: "page", problem: { ...problem, help: "Nothing is sent for another 9 minutes." } };
  const during = page(samples.stale, { refused: waits });
  assert.equal(arrive(during, { ...samples.stale, clock_error_ms: 1000 }).refused, waits);
  for (const status of [samples.renewing, samples.fresh]) assert.equal(arrive(during, status).refused, null);
  const other = { spot: "page", problem: { ...problem, code: "clipboard" } };
  assert.equal(arrive(page(samples.stale, { refused: other }), samples.fresh).refused, other);
});

test("that an account was signed out elsewhere stays beside whoever is shown then", () => {
  const problem = { ...samples.stale.renewal.problem, code: "account.signed_out_elsewhere", action: null };
  const told = page(samples.fresh, { refused: refusal("copy", problem) });
  assert.equal(told.refused.spot, "page", "no button of another account is what it's about");
  const another = { ...samples.fresh, account: "another" };
  for (const status of [another, samples.signed_out_by_person]) assert.deepEqual(arrive(told, status).refused, told.refused);
  const other = page(samples.fresh, { refused: refusal("copy", { ...problem, code: "clipboard" }) });
  for (const status of [another, samples.signed_out_by_person]) assert.equal(arrive(other, status).refused, null);
});

test("what was copied is called so for four seconds", () => {
  const copied = page(samples.stale, { copied: { what: "details", at: 1000 } });
  assert.equal(pass(copied, 5000), copied);
  assert.equal(pass(copied, 5001).copied, null);
});

test("what is about the program stays where a state changes, until somebody signs in", () => {
  for (const kind of ["apps", "settings", "diagnostics", "about"]) {
    const place = { kind };
    assert.equal(arrive(page(samples.opening, { place }), samples.fresh).place, place);
    assert.equal(arrive(page(samples.fresh, { place }), samples.signing_in_at_page).place.kind, "home");
  }
});

test("how the next sign-in is to go is kept until there is one", () => {
  const choice = { method: "phone", storage: "memory" };
  const during = arrive(page(samples.signed_out_never, { choice }), samples.signing_in_at_page);
  assert.deepEqual(arrive(during, samples.signed_out_cancelled).choice, choice);
  assert.deepEqual(arrive(during, samples.fresh).choice, { method: null, storage: "vault" });
});

test("what was said of one account is not said of another", () => {
  const other = { ...samples.fresh, account: "another" };
  const refused = { spot: "page", problem: samples.signed_out_failed.why.problem };
  const before = page(samples.fresh, { said: { kind: "cleared" }, refused, asking: { kind: "sign_out", id: samples.fresh.account } });
  const { said, refused: left, asking } = arrive(before, other);
  assert.deepEqual({ said, left, asking }, { said: null, left: null, asking: null });
  assert.notEqual(arrive({ ...before, asking: { kind: "sign_out", id: "another" } }, other).asking, null);
});

test("a click on Sign out in the tray asks about the account on the page", () => {
  const { place, asking } = take(page(samples.fresh, { place: { kind: "settings" } }), { kind: "ask_to_sign_out" });
  assert.equal(place.kind, "home");
  assert.deepEqual(asking, { kind: "sign_out", id: samples.fresh.account });
  assert.equal(take(page(samples.signed_out_never), { kind: "ask_to_sign_out" }).asking, null);
});

test("a sign-in whose statuses nobody saw ends as one that was seen", () => {
  for (const place of [{ kind: "add" }, { kind: "ways" }, { kind: "lines", found: null }, form]) {
    const account = samples.fresh;
    const unseen = conclude(arrive(page(samples.fresh, { place }), account), { kind: "signed_in", account });
    assert.deepEqual([unseen.place.kind, unseen.spoken], ["home", "Signed in as aCurtis X89."]);
  }
  const cancelled = conclude(page(samples.fresh), { kind: "cancelled" });
  assert.equal(cancelled.spoken, "The sign-in was cancelled.", "whoever is signed in still is");
  assert.deepEqual(conclude(page(samples.signed_out_never, { place: form }), { kind: "cancelled" }).place, form);
});

test("what was said before Streaming was turned on is gone then", () => {
  const streaming = { ...startOf(samples.fresh).settings, streaming: true };
  const refused = { spot: "page", problem: samples.signed_out_failed.why.problem };
  const before = page(samples.fresh, { refused, spoken: "Signed in as aCurtis X89." });
  const hides = adopt(before, streaming);
  assert.deepEqual([hides.settings, hides.refused, hides.spoken], [streaming, null, ""]);
  assert.equal(adopt({ ...before, settings: streaming }, streaming).refused, refused);
  assert.equal(adopt(before, { ...before.settings, theme: "dark" }).refused, refused);
});

test("turning Streaming on or off is not announced as a sign-in", () => {
  const hidden = { ...samples.fresh, gamertag: "Account 1", xuid: null };
  assert.equal(arrive(page(samples.fresh), hidden).spoken, "");
  assert.equal(arrive(page(hidden), samples.fresh).spoken, "");
});

test("what could not be removed stays told whatever becomes of the status", () => {
  const removal = { kind: "left", things: ["a file: it is in use"] };
  const before = page(samples.fresh, { removal });
  assert.deepEqual(arrive(arrive(before, samples.signed_out_by_person), samples.signing_in_at_page).removal, removal);
});

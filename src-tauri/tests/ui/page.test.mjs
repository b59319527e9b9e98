import assert from "node:assert/strict";
import test from "node:test";
import { EMPTY } from "../../../ui/js/own_app.mjs";
import { arrive, open, pass } from "../../../ui/js/page.mjs";
import { about, samples } from "./stage.mjs";

const page = (status, part = {}) => ({ ...open(about, status), ...part });
const form = { kind: "own_app", draft: { ...EMPTY, client_id: "typed" }, wrong: null };

test("a status of the same state leaves open what the person opened", () => {
  const before = page(samples.fresh, { asking: "sign_out", menuOpen: true });
  const after = arrive(before, samples.renewing);
  assert.equal(after.asking, "sign_out");
  assert.equal(after.menuOpen, true);
});

test("another state closes what belonged to the one before", () => {
  const after = arrive(page(samples.fresh, { asking: "sign_out", menuOpen: true }), samples.signed_out_by_person);
  assert.deepEqual(after, { ...open(about, samples.signed_out_by_person), spoken: "Signed out." });
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

test("details are called copied for four seconds", () => {
  const copied = page(samples.stale, { detailsCopiedAt: 1000 });
  assert.equal(pass(copied, 5000), copied);
  assert.equal(pass(copied, 5001).detailsCopiedAt, null);
});

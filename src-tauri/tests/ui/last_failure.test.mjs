import assert from "node:assert/strict";
import test from "node:test";
import { draw } from "../../../ui/js/draw.mjs";
import { EMPTY } from "../../../ui/js/own_app.mjs";
import { open } from "../../../ui/js/page.mjs";
import { findAll, h, text } from "../../../ui/js/tree.mjs";
import { samples, startOf } from "./samples.mjs";

const nothing = new Proxy({}, { get: () => () => undefined });
const { problem } = samples.signed_out_failed.why;
const drawn = (part) => h("body", null, ...draw({ ...open(startOf(samples.signed_out_failed)), ...part }, nothing, () => {}, 0));
const buttons = (part) => findAll(drawn(part), ({ tag }) => tag === "button").map(text);
const times = (part) => text(drawn(part)).split(problem.message).length - 1;

for (const place of [{ kind: "own_app", draft: EMPTY, wrong: null, edits: null }, { kind: "lines", found: null }]) {
  test(`back at the form ${place.kind} the last failure is told once`, () => {
    assert.equal(times({ place }), 1);
    assert.equal(times({ place, refused: { spot: place.kind, problem } }), 1);
  });
}

test("over the form that it leads to, Change the app is not offered", () => {
  const action = { remedy: { kind: "change_app" }, label: "Change the app" };
  const status = { state: "signed_out", why: { kind: "failed", problem: { ...problem, action } } };
  assert.ok(buttons({ status }).includes("Change the app"));
  assert.ok(buttons({ status, place: { kind: "lines", found: null } }).includes("Change the app"));
  assert.ok(!buttons({ status, place: { kind: "own_app", draft: EMPTY, wrong: null, edits: null } }).includes("Change the app"));
});

import assert from "node:assert/strict";
import test from "node:test";
import { draw } from "../../../ui/js/draw.mjs";
import { EMPTY } from "../../../ui/js/own_app.mjs";
import { open } from "../../../ui/js/page.mjs";
import { h, text } from "../../../ui/js/tree.mjs";
import { about, samples } from "./stage.mjs";

const nothing = new Proxy({}, { get: () => () => undefined });
const { trouble } = samples.signed_out_failed.why;
const times = (part) => {
  const page = { ...open(about, samples.signed_out_failed), ...part };
  return text(h("body", null, ...draw(page, nothing, () => {}, 0))).split(trouble.what).length - 1;
};

for (const place of [{ kind: "own_app", draft: EMPTY, wrong: null }, { kind: "lines", found: null }]) {
  test(`back at the form ${place.kind} the last failure is told once`, () => {
    assert.equal(times({ place }), 1);
    assert.equal(times({ place, refused: { spot: place.kind, trouble } }), 1);
  });
}

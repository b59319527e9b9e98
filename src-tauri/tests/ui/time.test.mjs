import assert from "node:assert/strict";
import test from "node:test";
import { life, servicesTime, spartanLife, untilNextSecond } from "../../../ui/js/time.mjs";
import { samples } from "./samples.mjs";

const leg = (issued_at, expires_at) => ({ leg: "spartan", progress: { kind: "done", ms: 1 }, issued_at, expires_at, note: null });

test("while this computer's clock is behind, nobody knows what a token has left", () => {
  assert.deepEqual(life({ issued_at: 0, expires_at: 1000 }, null), { kind: "unknown" });
  assert.deepEqual(life({ issued_at: 0, expires_at: null }, null), { kind: "endless" });
  assert.deepEqual(life({ issued_at: null, expires_at: null }, null), { kind: "none" });
});

test("a token's life goes from whole to nothing", () => {
  assert.deepEqual(life(leg(null, null), 5), { kind: "none" });
  assert.deepEqual(life(leg(0, null), 5), { kind: "endless" });
  assert.deepEqual(life(leg(0, 1000), 0), { kind: "good", ms: 1000, until: 1000, part: 1 });
  assert.deepEqual(life(leg(0, 1000), 750), { kind: "good", ms: 250, until: 1000, part: 0.25 });
  assert.deepEqual(life(leg(0, 1000), 1000), { kind: "expired", at: 1000 });
});

test("a token from the near future is whole, not more", () => {
  assert.equal(life(leg(1000, 2000), 0).part, 1);
});

test("a slow clock is corrected forwards, a fast one backwards", () => {
  assert.equal(servicesTime(1000, -420), 1420);
  assert.equal(servicesTime(1000, 420), 580);
});

test("the countdown is the Spartan token's own", () => {
  assert.equal(spartanLife(samples.fresh.legs, 1_795_284_000_000).ms, 4 * 3_600_000);
  assert.deepEqual(spartanLife([], 0), { kind: "none" });
});

test("the next drawing comes on the next whole second", () => {
  const table = [[0, 1000], [1, 999], [1999, 1], [-1, 1]];
  for (const [now, wait] of table) assert.equal(untilNextSecond(now), wait);
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const css = readFileSync(new URL("../../../ui/css/colours.css", import.meta.url), "utf8");
const found = [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)];
const schemes = {
  light: Object.fromEntries(found.map(([, name, light]) => [name, light])),
  dark: Object.fromEntries(found.map(([, name, , dark]) => [name, dark])),
};

/**
 * Foreground and background colors and their minimum contrast: 4.5 for text, 3 for everything else that must be visible
 * (WCAG 2.2, AA).
 */
const PAIRS = [
  ["ink", "ground", 4.5],
  ["ink", "card", 4.5],
  ["ink", "over", 4.5],
  ["ink", "track", 4.5],
  ["ink", "chosen", 4.5],
  ["ink", "warn-ground", 4.5],
  ["soft", "ground", 4.5],
  ["soft", "card", 4.5],
  ["soft", "over", 4.5],
  ["warn", "over", 4.5],
  ["soft", "warn-ground", 4.5],
  ["accent", "ground", 4.5],
  ["accent", "warn-ground", 4.5],
  ["on-accent", "accent", 4.5],
  ["on-accent", "accent-over", 4.5],
  ["warn", "warn-ground", 4.5],
  ["warn", "card", 4.5],
  ["danger", "card", 4.5],
  ["on-danger", "danger", 4.5],
  ["accent", "card", 3],
  ["accent", "track", 3],
  ["edge", "card", 3],
  ["edge", "ground", 3],
];

for (const [scheme, colours] of Object.entries(schemes)) {
  test(`in ${scheme} everything is told from its ground`, () => {
    for (const [front, ground, least] of PAIRS) {
      const ratio = contrast(colours[front], colours[ground]);
      assert.ok(ratio >= least, `${front} on ${ground}: ${ratio.toFixed(2)}, not ${least}`);
    }
  });
}

test("no colour is for one scheme alone", () => {
  assert.doesNotMatch(css.replace(/light-dark\(.*\);/g, ""), /#[0-9a-f]{3}|rgb/);
});

function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

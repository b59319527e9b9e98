/** *Copy as…* in a real browser. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { act, skip } from "./acting.mjs";
import { formats } from "./samples.mjs";

const stage = act();
const { show, answer, asked, text, focused } = stage;

test("a format is chosen with the keyboard, by row and by column, and what was copied is said", { skip }, async () => {
  await show("fresh");
  await answer("copy_as", { format: "dotenv", expires_at: 1_795_298_400_000, clears_in_ms: 60_000 });
  await stage.page.evaluate("document.querySelector('[data-opens=formats]').focus()");
  await stage.page.key("Enter");
  assert.equal(await focused(), "Spartan token");
  const steps = [
    ["ArrowRight", "Header"],
    ["ArrowDown", "Clearance header"],
    ["ArrowDown", "XUID"],
    ["ArrowDown", ".env lines"],
    ["ArrowRight", ".env lines"],
    ["ArrowLeft", "JSON"],
    ["ArrowDown", ".env lines for SPNKr"],
    ["Home", "Spartan token"],
    ["ArrowUp", "C#"],
    ["ArrowDown", "Spartan token"],
  ];
  for (const [key, name] of steps) {
    await stage.page.key(key);
    assert.equal(await focused(), name, key);
  }
  await stage.page.click(".env lines");
  assert.match(await text(".said"), /^\.env lines copied · good for 3 h 58 min · clipboard clears in (60|5\d) s/);
  assert.match(await text("[role=status]"), /^\.env lines copied/);
  assert.equal(await focused(), "Copy as…", "the focus goes back to the button");
  assert.deepEqual(await asked(), [{ command: "copy_as", format: "dotenv" }, { command: "clipboard_ended" }]);
});

test("every format of the table is in the menu, in a group with a name", { skip }, async () => {
  await show("fresh");
  await stage.page.click("Copy as…");
  const groups = await stage.page.evaluate(`[...document.querySelectorAll(".formats [role=group]")].map((group) => [
    document.getElementById(group.getAttribute("aria-labelledby")).textContent,
    [...group.querySelectorAll("[role=menuitem]")].map((item) => item.textContent),
  ])`);
  const expected = formats.map(({ group, label, formats: lines }) => [
    group === "holding" ? `${label} · until 22:00` : label,
    lines.map((line) => line.label),
  ]);
  assert.deepEqual(groups, expected);
});

test("no program that asks is offered for an account of this session only", { skip }, async () => {
  await show("session_only");
  await stage.page.click("Copy as…");
  await stage.page.click("JavaScript");
  assert.deepEqual(await asked(), []);
  await stage.page.evaluate("document.querySelectorAll('.format-group')[3].querySelector('button').click()");
  assert.deepEqual(await asked(), [{ command: "copy_as", format: "curl-with-token" }]);
});

for (const size of [{ width: 360, height: 480 }, { width: 440, height: 640 }, { width: 1000, height: 900 }]) {
  test(`the menu of formats fits in ${size.width} × ${size.height}, and its last line is reached with one key`, { skip }, async () => {
    await stage.page.look(size);
    await show("fresh");
    await stage.page.click("Copy as…");
    assert.deepEqual(await stage.spill(), []);
    await stage.page.key("End");
    assert.equal(await focused(), "C#");
    assert.ok(await stage.page.evaluate("document.activeElement.getBoundingClientRect().bottom <= innerHeight"));
  });
}

/** The keys that copy, in a real browser: they copy the token if nothing is selected, and otherwise work as usual. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { act, skip } from "./acting.mjs";

const stage = act();
const { show, answer, ask, asked, text } = stage;
const evaluate = (script) => stage.page.evaluate(script);

/** Records whether the browser was last prevented from copying the selection. */
const watch = () => evaluate(`addEventListener("copy", (event) => (globalThis.wasKept = event.defaultPrevented))`);
const wasKept = () => evaluate("globalThis.wasKept ?? null");

const TOKEN = [{ command: "copy_as", format: "token" }];
const COPIED = { format: "token", expires_at: 1_795_298_400_000, clears_in_ms: null };

test("while nothing is selected the key does what the button does, and says so", { skip }, async () => {
  await show("fresh", {}, { copy_as: COPIED });
  await watch();
  await stage.page.copy();
  assert.deepEqual(await asked(), TOKEN);
  assert.equal(await wasKept(), true);
  assert.match(await text(".said"), /Spartan token copied/);
  assert.match(await text("[role=status]"), /Spartan token copied/);
});

test("wherever the focus is, on a button or in an open menu, the key copies the token", { skip }, async () => {
  for (const focus of ["Sign out", "Copy as…"]) {
    await show("fresh", {}, { copy_as: COPIED });
    await stage.page.click(focus);
    await stage.page.copy();
    assert.deepEqual(await asked(), TOKEN, focus);
  }
});

test("a selection is copied as anywhere", { skip }, async () => {
  await show("fresh");
  await watch();
  await evaluate("getSelection().selectAllChildren(document.querySelector('.xuid'))");
  await stage.page.copy();
  assert.deepEqual(await asked(), []);
  assert.equal(await wasKept(), false);
});

test("a selection in which nothing can be selected is none", { skip }, async () => {
  await show("fresh", {}, { copy_as: COPIED });
  await watch();
  await evaluate("getSelection().selectAllChildren(document.querySelector('h2'))");
  await stage.page.copy();
  assert.deepEqual(await asked(), TOKEN);
  assert.equal(await wasKept(), true);
});

test("in a field the key copies what is selected there, and never the token", { skip }, async () => {
  await show("signed_out_never");
  await watch();
  await stage.page.click("I already use SPNKr or my own app");
  await evaluate("document.querySelector('textarea').value = 'typed'; document.querySelector('textarea').select()");
  await stage.page.copy();
  assert.equal(await wasKept(), false);
  await evaluate("document.querySelector('textarea').setSelectionRange(2, 2)");
  await stage.page.copy();
  assert.deepEqual(await asked(), []);
});

test("where no button copies the token, or none can be reached, the key does nothing", { skip }, async () => {
  for (const name of ["signed_out_never", "signing_in_legs", "shut_locked"]) {
    await show(name);
    await watch();
    await stage.page.copy();
    assert.equal(await wasKept(), true, name);
    assert.deepEqual(await asked(), [], name);
  }
  await show("fresh");
  await ask({ kind: "ask_to_close" });
  await stage.page.copy();
  await ask({ kind: "ask_to_close" });
  await stage.page.key("Escape");
  await stage.page.click("More");
  await stage.page.click("Settings");
  await stage.page.copy();
  assert.deepEqual(await asked(), []);
});

test("in a sample the key tells what the button would do", { skip }, async () => {
  await show("signed_out_never");
  await stage.page.click("Look around");
  await answer("copy_as", COPIED);
  await stage.page.copy();
  assert.deepEqual(await asked(), []);
  assert.match(await text(".said"), /This is a sample/);
});

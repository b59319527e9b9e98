/** A person's own app in a real browser: pasted lines, the form, and *Change the app*. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { act, refusal, skip } from "./acting.mjs";
import { LATE, samples, startOf } from "./samples.mjs";

const stage = act();
const { open, show, publish, answer, asked, text, focused } = stage;
const CHANGE_APP = { ...refusal, action: { remedy: { kind: "change_app" }, label: "Change the app" } };
const clientId = () => stage.page.evaluate("document.querySelector('#client_id').value");

test("lines without a refresh token show the app they name, which then signs in", { skip }, async () => {
  await show("signed_out_never");
  await stage.page.click("I already use SPNKr or my own app");
  await answer("import_lines", { kind: "app", client_id: "an id", redirect_uri: "https://localhost", has_secret: true });
  await stage.page.evaluate("document.querySelector('textarea').value = 'SPNKR_CLIENT_ID=an id'");
  await stage.page.click("Use these lines");
  assert.match(await text("dl"), /an id.*https:\/\/localhost.*kept sealed/);
  await stage.page.click("Sign in");
  assert.deepEqual(await asked(), [
    { command: "import_lines", text: "SPNKR_CLIENT_ID=an id", storage: "vault", group: null },
    { command: "sign_in", app: { kind: "known" }, who: "another", method: null, storage: "vault" },
  ]);
});

test("lines for several apps are asked about, and kept until one is chosen", { skip }, async () => {
  await show("signed_out_never");
  await stage.page.click("I already use SPNKr or my own app");
  const groups = [{ name: "SPNKR", client_id: "an id" }, { name: "GRAPH", client_id: null }];
  await answer("import_lines", { kind: "several", groups });
  await stage.page.evaluate("document.querySelector('textarea').value = 'both'");
  await stage.page.click("Use these lines");
  assert.match(await text("form"), /several apps or refresh tokens.*Use SPNKR an id.*Use GRAPH/);
  await answer("import_lines", { kind: "signing_in" });
  await stage.page.click("Use GRAPH");
  assert.deepEqual(await asked(), [
    { command: "import_lines", text: "both", storage: "vault", group: null },
    { command: "import_lines", text: "both", storage: "vault", group: "GRAPH" },
  ]);
});

test("Enter in a field doesn't choose, and other lines take the question back", { skip }, async () => {
  await show("signed_out_never");
  await stage.page.click("I already use SPNKr or my own app");
  await answer("import_lines", { kind: "several", groups: [{ name: "ALICE", client_id: null }, { name: "BOB", client_id: null }] });
  await stage.page.evaluate("document.querySelector('textarea').value = 'both'");
  await stage.page.click("Use these lines");
  assert.match(await focused(), /^This text has several/);
  const before = await asked();
  await stage.page.evaluate("document.querySelector('input[type=checkbox]').focus()");
  await stage.page.key("Enter");
  assert.deepEqual(await asked(), before);
  assert.match(await text("form"), /Use ALICE.*Use BOB/);
  await stage.page.evaluate(`{
    const lines = document.querySelector("textarea");
    lines.focus();
    lines.value = "one";
    lines.dispatchEvent(new Event("input", { bubbles: true }));
  }`);
  await stage.page.frame();
  assert.doesNotMatch(await text("form"), /Use ALICE|Use BOB|several/);
  assert.deepEqual(await stage.page.evaluate("[document.activeElement.id, document.activeElement.value]"), ["lines", "one"]);
  await answer("import_lines", { kind: "signing_in" });
  await stage.page.click("Use these lines");
  assert.deepEqual((await asked()).at(-1), { command: "import_lines", text: "one", storage: "vault", group: null });
});

test("choices are in one column, each with its client ID on one line below its name", { skip }, async () => {
  await stage.page.look({ width: 360, height: 480 });
  await show("signed_out_never");
  await stage.page.click("I already use SPNKr or my own app");
  const groups = [{ name: "ALICE", client_id: "5ba3a4e1-0c1b-4b0e-9a44-5a7c6f0d2e11" }, { name: "REFRESH_TOKEN, line 12", client_id: null }];
  await answer("import_lines", { kind: "several", groups });
  await stage.page.evaluate("document.querySelector('textarea').value = 'both'");
  await stage.page.click("Use these lines");
  const isSeen = `[...document.querySelectorAll(".several button")].every((each) => each.getBoundingClientRect().bottom <= innerHeight)`;
  assert.ok(await stage.page.evaluate(isSeen), "the choices are on the screen, however small it is");
  const [name, id, other] = await stage.page.evaluate(`[...document.querySelectorAll(".several span, .several code")].map((part) => {
    const { left, top, bottom } = part.getBoundingClientRect();
    const rows = new Set([...part.getClientRects()].map((row) => row.top)).size;
    return { left, top, bottom, height: bottom - top, line: parseFloat(getComputedStyle(part).lineHeight), rows };
  })`);
  assert.ok(name.left === id.left && id.left === other.left, JSON.stringify([name, id, other]));
  assert.ok(name.bottom <= id.top && id.bottom <= other.top);
  for (const part of [name, id, other]) assert.ok(part.height < part.line * 1.5, JSON.stringify(part));
  assert.deepEqual(await stage.spill(), []);
});

test("a refusal is shown where it was asked, with its details", { skip }, async () => {
  await show("signed_out_never");
  await stage.page.click("I already use SPNKr or my own app");
  await answer("import_lines", { refused: refusal });
  await stage.page.evaluate("document.querySelector('textarea').value = 'x'");
  await stage.page.click("Use these lines");
  assert.match(await text("form [role=alert]"), /No\..*Do this\..*leg: none/);
  assert.equal(await text("form details button"), "Copy details");
});

test("the form marks the field that is wrong and goes there, then signs in", { skip }, async () => {
  await show("signed_out_never");
  await stage.page.click("I already use SPNKr or my own app");
  await stage.page.click("Fill in the client ID");
  await stage.page.click("Sign in");
  assert.equal(await stage.page.evaluate("document.activeElement.id"), "client_id");
  assert.match(await text("#client_id-wrong"), /Paste the Application/);
  await stage.page.send("Input.insertText", { text: "01234567-89ab-cdef-0123-456789abcdef" });
  await stage.page.frame();
  assert.equal(await text("#client_id-wrong"), "");
  await stage.page.key("Enter");
  assert.equal((await asked())[0].app.client_id, "01234567-89ab-cdef-0123-456789abcdef");
});

test("Change the app opens the form with the app that was tried, and back at it the next failure keeps what was filled in", { skip }, async () => {
  const failed = { state: "signed_out", why: { kind: "failed", problem: CHANGE_APP } };
  await show("signed_out_never");
  await publish({ ...samples.signing_in_at_page, app: { ...samples.fresh.app, redirect_uri: "https://localhost/cb" } });
  await publish(failed);
  await stage.page.click("Change the app");
  assert.equal(await clientId(), samples.fresh.app.client_id);
  assert.equal(await stage.page.evaluate("document.querySelector('#redirect').value + document.querySelector('#path').value"), "https://localhost/cb");
  assert.match(await text(".problem"), /No\./);
  await stage.type("client_id", "a new id");
  await publish(samples.signing_in_at_page);
  await publish(failed);
  assert.equal(await clientId(), "a new id");
  assert.match(await text(".problem"), /No\./);
});

test("Change the app of an account edits that app, under the problem that asks for it", { skip }, async () => {
  await open(startOf({ ...samples.needs_action, renewal: { kind: "needs_action", problem: CHANGE_APP } }), LATE);
  await stage.page.click("Change the app");
  assert.equal(await text("h1"), "Edit the app");
  assert.match(await text("form"), new RegExp(samples.fresh.app.client_id));
  assert.match(await text(".problem"), /No\..*Do this\./);
  await stage.type("client_secret", "a new one");
  await stage.page.click("Save");
  const { client_id, redirect_uri, platform } = samples.fresh.app;
  assert.deepEqual((await asked())[0], { command: "edit_app", client_id, redirect_uri, platform, client_secret: "a new one" });
});

test("where a sign-in beside an account failed, Change the app is about the app that was tried", { skip }, async () => {
  const other = "87654321-1234-1234-1234-123456789abc";
  await show("fresh");
  await stage.page.click("Switch account");
  await stage.page.click("Add an account");
  await stage.page.click("Sign in");
  await publish({ ...samples.signing_in_at_page, app: { ...samples.fresh.app, client_id: other } });
  await publish({ ...samples.fresh, sign_in_problem: CHANGE_APP });
  await stage.page.click("Change the app");
  assert.equal(await clientId(), other);
  assert.match(await text(".problem"), /No\./);
});

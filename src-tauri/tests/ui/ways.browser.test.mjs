/** Each sign-in method, as a person uses it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { act, refusal, skip } from "./acting.mjs";
import { otherWayFailed, qr, samples, settings, startOf } from "./samples.mjs";

const stage = act();
const { show, publish, answer, asked, text, focused } = stage;
const signIn = (part) => ({ command: "sign_in", app: { kind: "default" }, who: "another", method: null, storage: "vault", ...part });

test("the way and the session are chosen beside Sign in, with the keyboard too", { skip }, async () => {
  await show("signed_out_never");
  await stage.page.evaluate("document.querySelector('[name=way]:checked').focus()");
  await stage.page.key("ArrowDown");
  await stage.page.evaluate("document.querySelector('[type=checkbox]').focus()");
  await stage.page.key(" ");
  assert.match(await text(".small-print"), /forgotten when you quit/);
  await stage.page.click("Sign in");
  assert.deepEqual(await asked(), [signIn({ method: "browser", storage: "memory" })]);
});

test("pasted lines are for this session only where that was ticked, before or beside them", { skip }, async () => {
  for (const ticked of ["at the start", "beside the lines"]) {
    await show("signed_out_never");
    const tick = () => stage.page.evaluate("document.querySelector('[type=checkbox]').click()").then(() => stage.page.frame());
    if (ticked === "at the start") await tick();
    await stage.page.click("I already use SPNKr or my own app");
    if (ticked === "beside the lines") await tick();
    assert.equal(await stage.page.evaluate("document.querySelector('[type=checkbox]').checked"), true, ticked);
    await stage.page.evaluate("document.querySelector('textarea').value = 'SPNKR_REFRESH_TOKEN=r'");
    await stage.page.click("Use these lines");
    assert.deepEqual(await asked(), [{ command: "import_lines", text: "SPNKR_REFRESH_TOKEN=r", storage: "memory", group: null }], ticked);
  }
});

test("without a choice Rust decides on the way", { skip }, async () => {
  await show("signed_out_never", { about: { methods: undefined } });
  assert.equal(await stage.page.evaluate("document.querySelectorAll('[name=way]').length"), 4);
  assert.equal(await stage.page.evaluate("document.querySelector('[name=way]:checked')"), null);
  await stage.page.click("Sign in");
  assert.deepEqual(await asked(), [signIn({})]);
});

test("only the ways that the app allows are offered", { skip }, async () => {
  await show("signed_out_never", { about: { methods: ["window", "paste"] } });
  assert.equal(await text(".segments"), "In a windowPaste the address");
});

test("in a window somebody with a passkey goes on in the browser with one click", { skip }, async () => {
  await show("signing_in_at_page");
  await stage.page.click("Passkey? Use my browser");
  await stage.page.click("On my phone");
  await stage.page.click("Cancel");
  assert.deepEqual(await asked(), [{ command: "another_way", method: "browser" }, { command: "another_way", method: "phone" }, { command: "cancel" }]);
});

test("a page that does not load is told aloud, and the other ways stand out", { skip }, async () => {
  await show("signing_in_at_page");
  await publish(samples.signing_in_not_loaded);
  assert.match(await text(".problem"), /has not loaded\..*In my browser.*On my phone.*Paste the address/s);
  assert.match(await text("[role=status]"), /has not loaded\./);
  assert.doesNotMatch(await text("main"), /page is open|Client ID/);
});

test("a page from which nothing comes back is told with the client ID and the redirect URI to compare", { skip }, async () => {
  for (const name of ["signing_in_silent", "signing_in_window_silent"]) {
    await show(name);
    const told = await text(".problem");
    assert.match(told, /Nothing has come back.*compare both, letter for letter/s, name);
    assert.match(told, /Client ID12345678-1234-1234-1234-123456789abcRedirect URIhttp:\/\/localhost/, name);
    await stage.page.click("On my phone");
    assert.deepEqual(await asked(), [{ command: "another_way", method: "phone" }], name);
  }
});

test("in the browser the page is opened again, its link copied, and its last address pasted", { skip }, async () => {
  await show("signing_in_browser");
  assert.equal(await text("h1"), "Sign in as aCurtis X89 again");
  await stage.page.click("Open it again");
  await stage.page.click("Copy sign-in link");
  assert.match(await text(".step"), /Link copied/);
  await answer("paste_address", { refused: refusal });
  await stage.type("address", "http://localhost/?code=x");
  await stage.page.key("Enter");
  assert.match(await text(".step [role=alert]"), /No\.Do this\./);
  assert.equal(await stage.page.evaluate("document.querySelector('#address').getAttribute('aria-invalid')"), "true");
  assert.equal(await stage.page.evaluate("document.querySelector('#address').value"), "http://localhost/?code=x");
  assert.deepEqual(await asked(), [
    { command: "open_sign_in_link" },
    { command: "copy_sign_in_link" },
    { command: "paste_address", text: "http://localhost/?code=x" },
  ]);
});

test("what was pasted leaves the page with the step it belonged to", { skip }, async () => {
  await show("signing_in_browser");
  await stage.type("address", "http://localhost/?code=secret");
  await publish(samples.signing_in_legs);
  assert.equal(await stage.page.evaluate("document.documentElement.outerHTML.includes('code=secret')"), false);
  assert.equal(await focused(), "Signing in");
});

test("the phone's code is shown with its picture, its time and its warning, and follows a new one", { skip }, async () => {
  await show("signing_in_code");
  await stage.page.frame();
  assert.match(await text(".user-code"), /^H C 7 M 2 K Q PHC7M2KQP$/);
  assert.equal(await stage.page.evaluate("document.querySelector('.qr path').getAttribute('d')"), qr.path);
  assert.equal(await text(".warning"), "Enter this code only if you started this sign-in yourself, here, just now. Nobody will ever send you a code.");
  assert.match(await text(".phone"), /microsoft\.com\/link.*13 min/s);
  await stage.page.click("Copy code");
  assert.match(await text(".step"), /Code copied/);
  const { stage: before } = samples.signing_in_code;
  await publish({ ...samples.signing_in_code, stage: { ...before, user_code: "ZZZZ9999" } });
  assert.equal(await text("[role=status]"), "There is a new code.");
  assert.deepEqual((await asked()).map(({ command }) => command), ["phone_qr", "copy_code", "phone_qr"]);
});

test("the picture for the camera is dark on light in a dark theme as well", { skip }, async () => {
  await show("signing_in_code", { settings: { ...settings, theme: "dark" } });
  await stage.page.frame();
  const colours = await stage.page.evaluate("[getComputedStyle(document.querySelector('.qr')).backgroundColor, getComputedStyle(document.querySelector('.qr svg')).fill]");
  assert.deepEqual(colours, ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]);
});

test("the time of a code runs down, and its end is told", { skip }, async () => {
  await show("signing_in_code");
  await stage.skipTime(12.5 * 60_000);
  assert.match(await text(".phone"), /works for \d+ s more/);
  await stage.skipTime(60_000);
  assert.match(await text(".phone"), /works no more/);
});

test("the steps of pasting begin with Microsoft's page", { skip }, async () => {
  await show("signing_in_paste_only");
  assert.equal(await stage.page.evaluate("document.querySelectorAll('.steps li').length"), 3);
  assert.equal(await text(".other-ways button"), null, "an app that allows one way has no other");
  await stage.page.click("Open Microsoft's page");
  assert.deepEqual(await asked(), [{ command: "open_sign_in_link" }]);
});

test("a way that does not work leads to the others", { skip }, async () => {
  await stage.open(startOf(otherWayFailed), 0);
  await stage.page.click("Another way");
  await stage.page.click("On my phone");
  assert.deepEqual(await asked(), [signIn({ app: { kind: "known" }, method: "phone" })]);
});

test("where the vault does not open, a session without it does", { skip }, async () => {
  await show("shut_locked");
  await stage.page.click("Sign in for this session only");
  assert.deepEqual(await asked(), [signIn({ storage: "memory" })]);
  await show("shut_locked", { about: { has_app: false } });
  await stage.page.click("Sign in for this session only");
  await stage.page.click("Fill in the client ID");
  assert.equal(await stage.page.evaluate("document.querySelector('[type=checkbox]').checked"), true);
});

test("somebody else who came is added, or the right one tries again", { skip }, async () => {
  await show("came_another");
  await stage.page.click("Add Noble Six");
  await stage.page.click("Try again");
  assert.deepEqual(await asked(), [{ command: "add_other" }, signIn({ app: { kind: "known" }, who: "shown" })]);
});

test("signing in again is for the account on the page, kept as it was", { skip }, async () => {
  const problem = samples.needs_action.renewal.problem;
  await stage.open(startOf({ ...samples.session_only, renewal: { kind: "needs_action", problem } }), 0);
  await stage.page.click("Sign in again");
  assert.deepEqual(await asked(), [signIn({ app: { kind: "known" }, who: "shown", storage: "memory" })]);
});

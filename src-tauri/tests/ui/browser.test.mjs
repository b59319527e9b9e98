/** The page in a real browser, under the policy it ships with. */

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { chromium, launch } from "./browser.mjs";
import { about, EARLY, LATE, openStage, samples, timeOf } from "./stage.mjs";

const skip = chromium ? false : "needs Chromium";
let stage;
let browser;
let page;

before(async () => {
  if (skip) return;
  [stage, browser] = await Promise.all([openStage(), launch()]);
  page = browser.page;
});
beforeEach(() => skip || page.look());
after(async () => {
  await browser?.close();
  await stage?.close();
});

const show = (name, part = {}) => page.open(stage.at({ about: { ...about, ...part }, status: samples[name] }, timeOf(name)));
const publish = async (status) => {
  await page.evaluate(`rust.publish(${JSON.stringify(status)})`);
  await page.frame();
};
const ask = async (errand) => {
  await page.evaluate(`rust.ask(${JSON.stringify(errand)})`);
  await page.frame();
};
const answer = (command, with_) => page.evaluate(`rust.answers[${JSON.stringify(command)}] = ${JSON.stringify(with_)}`);
const asked = () => page.evaluate("rust.asked");
const text = (selector) => page.evaluate(`document.querySelector(${JSON.stringify(selector)})?.textContent ?? null`);
const focused = () => page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()");
const body = (name) => page.evaluate(`document.body.dataset[${JSON.stringify(name)}] ?? null`);

/** Skips in the page's time and lets it draw. */
const skipTime = async (ms) => {
  await page.evaluate(`rust.skip(${ms}), new Promise((done) => setTimeout(done, 1100))`);
  await page.frame();
};

const refusal = { what: "No.", todo: "Do this.", button: null, details: "leg: none" };

for (const size of [{ width: 360, height: 480 }, { width: 440, height: 640 }, { width: 1000, height: 900 }]) {
  test(`every sample fits in ${size.width} × ${size.height}, without a complaint of the browser`, { skip }, async () => {
    await page.look(size);
    for (const name of Object.keys(samples)) {
      await show(name);
      assert.deepEqual(page.complaints, [], name);
      assert.equal(await body("state"), samples[name].state);
      assert.equal(await body("renewal"), samples[name].renewal?.kind ?? "");
      const spill = await page.evaluate(
        `[...document.querySelectorAll("main *")].filter((each) => each.getBoundingClientRect().right > innerWidth || each.getBoundingClientRect().left < 0).map((each) => each.outerHTML)`,
      );
      assert.deepEqual(spill, [], name);
    }
  });
}

test("no button is smaller than 24 pixels", { skip }, async () => {
  for (const name of Object.keys(samples)) {
    await show(name);
    const small = await page.evaluate(
      `[...document.querySelectorAll("button")].filter((each) => each.getBoundingClientRect().height < 24).map((each) => each.textContent)`,
    );
    assert.deepEqual(small, [], name);
  }
});

test("a new status keeps the focus, the open details and what was typed", { skip }, async () => {
  await show("stale");
  await page.evaluate("document.querySelector('summary').focus()");
  await page.evaluate("document.querySelector('details').open = true");
  await publish({ ...samples.stale, clock_error_ms: -300_000 });
  assert.equal(await focused(), "Details");
  assert.equal(await page.evaluate("document.querySelector('details').open"), true);

  await show("signed_out_never");
  await page.click("I already use SPNKr or my own app");
  await page.evaluate("document.querySelector('textarea').value = 'typed'");
  await publish(samples.signed_out_cancelled);
  assert.equal(await page.evaluate("document.querySelector('textarea').value"), "typed");
});

test("when the view changes under the focus, it goes to the new heading", { skip }, async () => {
  await show("signed_out_never");
  await page.click("Sign in");
  await publish(samples.signing_in_at_page);
  assert.equal(await focused(), "Signing in");
  assert.deepEqual(await asked(), [{ command: "sign_in", app: { kind: "default" } }]);
});

test("copying says what was copied, counts down, and says when the clipboard is cleared", { skip }, async () => {
  await show("fresh");
  await answer("copy_spartan_token", { expires_at: 1_795_298_400_000, clears_at: EARLY + 60_000 });
  await page.click("Copy Spartan token");
  assert.match(await text(".said"), /Spartan token copied · good for 3 h 58 min · clipboard clears in (60|59) s/);
  const spoken = await text("[role=status]");
  assert.match(spoken, /Spartan token copied/);
  await skipTime(20_000);
  assert.match(await text(".said"), /clears in 3\d s/);
  assert.equal(await text("[role=status]"), spoken, "a countdown is not read out");
  await skipTime(50_000);
  assert.match(await text(".said"), /clearing the clipboard…/);
  await page.evaluate("rust.endCopy('cleared')");
  await page.frame();
  assert.match(await text(".said"), /^Clipboard cleared/);
  assert.equal(await text("[role=status]"), "Clipboard cleared.");
  assert.deepEqual(await asked(), [{ command: "copy_spartan_token" }, { command: "clipboard_ended" }]);
});

test("a second copy is said again, though in the same words", { skip }, async () => {
  await show("fresh");
  await answer("copy_spartan_token", { expires_at: 1_795_298_400_000, clears_at: null });
  await page.click("Copy Spartan token");
  const spoken = await text("[role=status]");
  await page.evaluate(`globalThis.heard = [];
    new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach((node) => heard.push(node.data))))
      .observe(document.querySelector("[role=status]"), { childList: true })`);
  await page.click("Copy Spartan token");
  assert.deepEqual(await page.evaluate("heard"), [spoken]);
});

test("copying an expired token says that it renews first, and asks Rust", { skip }, async () => {
  await show("stale");
  await skipTime(40 * 60_000);
  assert.match(await text(".said"), /Copying renews it first/);
  await answer("copy_spartan_token", { refused: { ...refusal, button: { act: "renew", label: "Try now", link: null } } });
  await page.click("Copy Spartan token");
  assert.match(await text(".copy [role=alert]"), /No\..*Do this\./);
  assert.deepEqual(await asked(), [{ command: "copy_spartan_token" }]);
});

test("the details of a trouble are copied, and the button says so", { skip }, async () => {
  await show("shut_locked");
  await page.evaluate("document.querySelector('details').open = true");
  await page.click("Copy details");
  assert.deepEqual(await asked(), [{ command: "copy_details" }]);
  assert.equal(await text("details button"), "Details copied");
});

test("the menu is worked with the keyboard and gives the focus back", { skip }, async () => {
  await show("fresh");
  await page.evaluate("document.querySelector('.menu button').focus()");
  await page.key("Enter");
  assert.equal(await focused(), "Renew now");
  await page.key("ArrowUp");
  assert.equal(await focused(), "Quit");
  await page.key("ArrowDown");
  await page.key("End");
  assert.equal(await focused(), "Quit");
  await page.key("Escape");
  assert.equal(await focused(), "More");
  assert.equal(await text("[role=menu]"), null);
  await page.key("ArrowDown");
  await page.key("Enter");
  assert.deepEqual(await asked(), [{ command: "renew" }]);
  assert.equal(await focused(), "More");
});

test("signing out asks first, and staying gives the focus back", { skip }, async () => {
  await show("fresh");
  await page.click("Sign out");
  assert.equal(await focused(), "Stay signed in");
  await page.key("Escape");
  assert.equal(await focused(), "Sign out");
  assert.deepEqual(await asked(), []);
  await page.click("Sign out");
  await page.click("Sign out");
  assert.deepEqual(await asked(), [{ command: "sign_out" }]);
});

test("a question can be answered with the keyboard", { skip }, async () => {
  await show("fresh");
  await page.click("Sign out");
  await page.key("Tab");
  assert.notEqual(await focused(), "Stay signed in");
  await page.evaluate("document.querySelector('.question .danger').focus()");
  await page.key("Enter");
  assert.deepEqual(await asked(), [{ command: "sign_out" }]);
});

test("a window that closes for the first time tells that the program stays, and nothing else can be done", { skip }, async () => {
  await show("fresh");
  await ask({ kind: "ask_to_close" });
  assert.match(await text("[role=alertdialog]"), /Spartan Tray keeps running.* A click on its icon opens this window again/);
  assert.equal(await focused(), "Close the window");
  assert.equal(await page.evaluate("document.querySelector('main').inert"), true);
  await publish(samples.signed_out_by_person);
  assert.equal(await focused(), "Close the window", "another status leaves it there");
  await page.key("Enter");
  assert.deepEqual(await asked(), [{ command: "close" }]);

  await ask({ kind: "ask_to_close" });
  await page.key("Escape");
  assert.equal(await text("[role=alertdialog]"), null);
  await ask({ kind: "ask_to_close" });
  await page.click("Quit instead");
  assert.deepEqual(await asked(), [{ command: "close" }, { command: "quit" }]);
});

test("signing out in the tray asks the same question", { skip }, async () => {
  await show("fresh");
  await ask({ kind: "ask_to_sign_out" });
  assert.equal(await focused(), "Stay signed in");
  await page.click("Sign out");
  assert.deepEqual(await asked(), [{ command: "sign_out" }]);
});

test("what did not work in the tray is told", { skip }, async () => {
  await show("fresh");
  const trouble = { what: "The clipboard could not be reached.", todo: "Try again.", button: null, details: "cause: x" };
  await ask({ kind: "tell", trouble });
  assert.match(await text("[role=alert]"), /The clipboard could not be reached\.Try again\./);
});

test("starting afresh asks first", { skip }, async () => {
  await show("shut_damaged");
  await page.click("Start afresh");
  assert.match(await text(".question"), /old file is kept beside/);
  assert.deepEqual(await asked(), []);
  await page.click("Leave it as it is");
  assert.equal(await focused(), "Start afresh");
});

test("lines without a refresh token show the app they name, which then signs in", { skip }, async () => {
  await show("signed_out_never");
  await page.click("I already use SPNKr or my own app");
  await answer("import_lines", { kind: "app", client_id: "an id", redirect_uri: "https://localhost", has_secret: true });
  await page.evaluate("document.querySelector('textarea').value = 'SPNKR_CLIENT_ID=an id'");
  await page.click("Use these lines");
  assert.match(await text("dl"), /an id.*https:\/\/localhost.*kept sealed/);
  await page.click("Sign in");
  assert.deepEqual(await asked(), [
    { command: "import_lines", text: "SPNKR_CLIENT_ID=an id" },
    { command: "sign_in", app: { kind: "known" } },
  ]);
});

test("a refusal is shown where it was asked, with its details", { skip }, async () => {
  await show("signed_out_never");
  await page.click("I already use SPNKr or my own app");
  await answer("import_lines", { refused: refusal });
  await page.evaluate("document.querySelector('textarea').value = 'x'");
  await page.click("Use these lines");
  assert.match(await text("form [role=alert]"), /No\..*Do this\..*leg: none/);
  assert.equal(await text("form details button"), null, "Rust knows only the details of the status");
});

test("the form marks the field that is wrong and goes there, then signs in", { skip }, async () => {
  await show("signed_out_never");
  await page.click("Register one");
  await page.click("I have the client ID");
  await page.click("Sign in");
  assert.equal(await page.evaluate("document.activeElement.id"), "client_id");
  assert.match(await text("#client_id-wrong"), /Paste the Application/);
  await page.send("Input.insertText", { text: "01234567-89ab-cdef-0123-456789abcdef" });
  await page.frame();
  assert.equal(await text("#client_id-wrong"), "");
  await page.key("Enter");
  assert.equal((await asked())[0].app.client_id, "01234567-89ab-cdef-0123-456789abcdef");
});

test("Change the app opens an empty form, and back at it the next failure keeps what was filled in", { skip }, async () => {
  const trouble = { ...refusal, button: { act: "change_app", label: "Change the app", link: null } };
  const failed = { state: "signed_out", why: { kind: "failed", trouble } };
  const clientId = () => page.evaluate("document.querySelector('#client_id').value");
  await show("signed_out_never");
  await page.click("Register one");
  await page.click("I have the client ID");
  await page.evaluate("document.querySelector('#client_id').focus()");
  await page.send("Input.insertText", { text: "an old id" });
  await page.click("Back");
  await publish(failed);
  await page.click("Change the app");
  assert.equal(await clientId(), "");
  await page.evaluate("document.querySelector('#client_id').focus()");
  await page.send("Input.insertText", { text: "a new id" });
  await publish(samples.signing_in_at_page);
  await publish(failed);
  assert.equal(await clientId(), "a new id");
  assert.match(await text(".trouble"), /No\./);
});

test("looking around asks Rust for nothing", { skip }, async () => {
  await show("signed_out_never");
  await page.click("Look around");
  for (const name of ["Copy Spartan token", "More", "Renew now", "Sign out", "Sign out"]) await page.click(name);
  assert.equal(await body("place"), "home");
  assert.deepEqual(await asked(), []);
});

test("a second in which nothing to be read changes touches no more than a bar", { skip }, async () => {
  await show("fresh");
  const touched = await page.evaluate(`new Promise((done) => {
    const targets = new Set();
    const watch = new MutationObserver((changes) => changes.forEach(({ target }) => targets.add(target)));
    watch.observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true });
    setTimeout(() => done([...targets].map((target) => target.outerHTML ?? target.data)), 2500);
  })`);
  assert.deepEqual(touched.filter((html) => !/^<(i style|circle)/.test(html)), []);
});

test("nothing is drawn while the window is hidden, and all of it when it is seen again", { skip }, async () => {
  await show("fresh");
  const hide = (hidden) =>
    page.evaluate(`Object.defineProperty(document, "hidden", { value: ${hidden}, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"))`);
  await hide(true);
  await publish(samples.renewing);
  await skipTime(120_000);
  assert.equal(await body("renewal"), "fresh");
  assert.equal(await text(".ring b"), "3:58");
  await hide(false);
  await page.frame();
  assert.equal(await body("renewal"), "renewing");
  assert.equal(await text(".ring b"), "3:56");
});

test("a page that fits does not scroll", { skip }, async () => {
  await page.look({ width: 440, height: 640 });
  for (const name of ["opening", "signed_out_never", "signing_in_legs", "fresh", "shut_locked"]) {
    await show(name);
    assert.equal(await page.evaluate("document.documentElement.scrollHeight"), 640, name);
  }
});

test("everything can be reached with the Tab key", { skip }, async () => {
  await show("needs_sign_in");
  const seen = [];
  for (let press = 0; press < 6; press += 1) {
    await page.key("Tab");
    seen.push(await focused());
  }
  assert.deepEqual(seen, ["More", "Copy Spartan token", "Sign in again", "Details", "Sign out"].concat(seen[5]));
});

test("text from outside stays text", { skip }, async () => {
  const status = { ...samples.fresh, gamertag: "<img src=x onerror=alert(1)>" };
  await page.open(stage.at({ about, status: samples.fresh }, LATE));
  await publish(status);
  assert.equal(await text("h1"), status.gamertag);
  assert.equal(await page.evaluate("document.querySelector('img')"), null);
});

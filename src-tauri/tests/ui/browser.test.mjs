/** The page in a real browser, under the content security policy it ships with. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { act, refusal, skip } from "./acting.mjs";
import { LATE, samples, startOf } from "./samples.mjs";

const stage = act();
const { open, show, publish, ask, answer, asked, text, focused, body, skipTime } = stage;

for (const size of [{ width: 360, height: 480 }, { width: 440, height: 640 }, { width: 1000, height: 900 }]) {
  test(`every sample fits in ${size.width} × ${size.height}, without a complaint of the browser`, { skip }, async () => {
    await stage.page.look(size);
    for (const name of Object.keys(samples)) {
      await show(name);
      assert.deepEqual(stage.page.complaints, [], name);
      assert.equal(await body("state"), samples[name].state);
      assert.equal(await body("renewal"), samples[name].renewal?.kind ?? "");
      assert.deepEqual(await stage.spill(), [], name);
    }
  });
}

test("no button is smaller than 24 pixels", { skip }, async () => {
  for (const name of Object.keys(samples)) {
    await show(name);
    assert.deepEqual(await stage.small(), [], name);
  }
});

test("a new status keeps the focus, the open details and what was typed", { skip }, async () => {
  await show("stale");
  await stage.page.evaluate("document.querySelector('summary').focus()");
  await stage.page.evaluate("document.querySelector('details').open = true");
  await publish({ ...samples.stale, clock_error_ms: -300_000 });
  assert.equal(await focused(), "Details");
  assert.equal(await stage.page.evaluate("document.querySelector('details').open"), true);

  await show("signed_out_never");
  await stage.page.click("I already use SPNKr or my own app");
  await stage.page.evaluate("document.querySelector('textarea').value = 'typed'");
  await publish(samples.signed_out_cancelled);
  assert.equal(await stage.page.evaluate("document.querySelector('textarea').value"), "typed");
});

test("when the view changes under the focus, it goes to the new heading", { skip }, async () => {
  await show("signed_out_never");
  await stage.page.click("Sign in");
  await publish(samples.signing_in_at_page);
  assert.equal(await focused(), "Signing in");
  assert.deepEqual(await asked(), [{ command: "sign_in", app: { kind: "default" }, who: "another", method: null, storage: "vault" }]);
});

test("copying says what was copied, counts down, and says when the clipboard is cleared", { skip }, async () => {
  await show("fresh");
  await answer("copy_as", { format: "token", expires_at: 1_795_298_400_000, clears_in_ms: 60_000 });
  await stage.page.click("Copy Spartan token");
  assert.match(await text(".said"), /Spartan token copied · good for 3 h 58 min · clipboard clears in (60|59) s/);
  const spoken = await text("[role=status]");
  assert.match(spoken, /Spartan token copied/);
  await skipTime(20_000);
  assert.match(await text(".said"), /clears in (3\d|40) s/);
  assert.equal(await text("[role=status]"), spoken, "a countdown is not read out");
  await stage.page.evaluate("rust.set(-90 * 60_000)");
  await skipTime(5_000);
  assert.match(await text(".said"), /clears in 3\d s/, "a clock that was set changes nothing");
  await stage.page.evaluate("rust.set(90 * 60_000)");
  await skipTime(50_000);
  assert.match(await text(".said"), /clearing the clipboard…/);
  await stage.page.evaluate("rust.endCopy('cleared')");
  await stage.page.frame();
  assert.match(await text(".said"), /^Clipboard cleared/);
  assert.equal(await text("[role=status]"), "Clipboard cleared.");
  assert.deepEqual(await asked(), [{ command: "copy_as", format: "token" }, { command: "clipboard_ended" }]);
});

test("while this computer's clock is behind, no time left is shown anywhere", { skip }, async () => {
  const { clock_problem } = samples.clock_unconfirmed;
  await show("clock_unconfirmed");
  await publish({ ...samples.fresh, clock_problem: { ...clock_problem, code: "clock.behind" } });
  assert.match(await text(".ring"), /time unknown/);
  assert.match(await text(".token"), /Not handed out until a service confirms the time/);
  assert.doesNotMatch(await text("main"), /\d (min|h)\b|minutes left|hours left|Good until/);
});

test("a second copy is said again, though in the same words", { skip }, async () => {
  await show("fresh");
  await answer("copy_as", { format: "token", expires_at: 1_795_298_400_000, clears_in_ms: null });
  await stage.page.click("Copy Spartan token");
  const spoken = await text("[role=status]");
  await stage.page.evaluate(`globalThis.heard = [];
    new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach((node) => heard.push(node.data))))
      .observe(document.querySelector("[role=status]"), { childList: true })`);
  await stage.page.click("Copy Spartan token");
  assert.deepEqual(await stage.page.evaluate("heard"), [spoken]);
});

test("copying an expired token says that it renews first, and asks Rust", { skip }, async () => {
  await show("stale");
  await skipTime(40 * 60_000);
  assert.match(await text(".said"), /Copying renews it first/);
  await answer("copy_as", { refused: { ...refusal, action: { remedy: { kind: "retry" }, label: "Try now" } } });
  await stage.page.click("Copy Spartan token");
  assert.match(await text(".copy [role=alert]"), /No\..*Do this\./);
  assert.deepEqual(await asked(), [{ command: "copy_as", format: "token" }]);
});

test("the details of a problem are copied, and the button says so", { skip }, async () => {
  await show("shut_locked");
  await stage.page.evaluate("document.querySelector('details').open = true");
  await stage.page.click("Copy details");
  assert.deepEqual(await asked(), [{ command: "copy_details", details: samples.shut_locked.problem.details }]);
  assert.equal(await text("details button"), "Details copied");
});

test("the details of a refusal are copied as well, and the refusal stays", { skip }, async () => {
  await show("stale");
  await answer("copy_as", { refused: refusal });
  await stage.page.click("Copy Spartan token");
  await stage.page.evaluate("document.querySelector('.copy details').open = true");
  await stage.page.evaluate("document.querySelector('.copy details button').click()");
  assert.match(await text(".copy [role=alert]"), /No\..*Do this\./);
  assert.deepEqual((await asked()).at(-1), { command: "copy_details", details: refusal.details });
});

test("the menu is worked with the keyboard and gives the focus back", { skip }, async () => {
  await show("fresh");
  await stage.page.evaluate("document.querySelector('.menu.more button').focus()");
  await stage.page.key("Enter");
  assert.equal(await focused(), "Renew now");
  await stage.page.key("ArrowUp");
  assert.equal(await focused(), "Quit");
  await stage.page.key("ArrowDown");
  await stage.page.key("End");
  assert.equal(await focused(), "Quit");
  await stage.page.key("Escape");
  assert.equal(await focused(), "More");
  assert.equal(await text("[role=menu]"), null);
  await stage.page.key("ArrowDown");
  await stage.page.key("Enter");
  assert.deepEqual(await asked(), [{ command: "renew" }]);
  assert.equal(await focused(), "More");
});

test("signing out asks first, and staying gives the focus back", { skip }, async () => {
  await show("fresh");
  await stage.page.click("Sign out");
  assert.equal(await focused(), "Stay signed in");
  await stage.page.key("Escape");
  assert.equal(await focused(), "Sign out");
  assert.deepEqual(await asked(), []);
  await stage.page.click("Sign out");
  await stage.page.click("Sign out");
  assert.deepEqual(await asked(), [{ command: "sign_out" }]);
});

test("a question can be answered with the keyboard", { skip }, async () => {
  await show("fresh");
  await stage.page.click("Sign out");
  await stage.page.key("Tab");
  assert.notEqual(await focused(), "Stay signed in");
  await stage.page.evaluate("document.querySelector('.question .danger').focus()");
  await stage.page.key("Enter");
  assert.deepEqual(await asked(), [{ command: "sign_out" }]);
});

test("a window that closes for the first time tells that the program stays, and nothing else can be done", { skip }, async () => {
  await show("fresh");
  await ask({ kind: "ask_to_close" });
  assert.match(await text("[role=alertdialog]"), /Spartan Tray keeps running.* A click on its icon opens this window again/);
  assert.equal(await focused(), "Close the window");
  assert.equal(await stage.page.evaluate("document.querySelector('main').inert"), true);
  await publish(samples.signed_out_by_person);
  assert.equal(await focused(), "Close the window", "another status leaves it there");
  await stage.page.key("Enter");
  assert.deepEqual(await asked(), [{ command: "close" }]);

  await ask({ kind: "ask_to_close" });
  await stage.page.key("Escape");
  assert.equal(await text("[role=alertdialog]"), null);
  await ask({ kind: "ask_to_close" });
  await stage.page.click("Quit instead");
  assert.deepEqual(await asked(), [{ command: "close" }, { command: "quit" }]);
});

test("signing out in the tray asks the same question", { skip }, async () => {
  await show("fresh");
  await ask({ kind: "ask_to_sign_out" });
  assert.equal(await focused(), "Stay signed in");
  await stage.page.click("Sign out");
  assert.deepEqual(await asked(), [{ command: "sign_out" }]);
});

test("what did not work in the tray is told", { skip }, async () => {
  await show("fresh");
  const problem = { message: "The clipboard could not be reached.", help: "Try again.", action: null, details: "cause: x" };
  await ask({ kind: "tell", problem });
  assert.match(await text("[role=alert]"), /The clipboard could not be reached\.Try again\./);
});

test("starting afresh asks first", { skip }, async () => {
  await show("shut_damaged");
  await stage.page.click("Start afresh");
  assert.match(await text(".question"), /old file is kept beside/);
  assert.deepEqual(await asked(), []);
  await stage.page.click("Leave it as it is");
  assert.equal(await focused(), "Start afresh");
});

test("who has been at the page that helps has a way on", { skip }, async () => {
  const problem = { ...refusal, action: { remedy: { kind: "visit", page: "https://www.xbox.com/" }, label: "Open the page" } };
  await open(startOf({ ...samples.needs_action, renewal: { kind: "needs_action", problem } }), LATE);
  await stage.page.click("Try now");
  assert.deepEqual(await asked(), [{ command: "renew" }]);
  await open(startOf({ ...samples.fresh, sign_in_problem: problem }), LATE);
  await stage.page.click("Try again");
  assert.equal((await asked())[0].command, "sign_in");
});

test("looking around asks Rust for nothing", { skip }, async () => {
  await show("signed_out_never");
  await stage.page.click("Look around");
  for (const name of ["Copy Spartan token", "More", "Renew now", "Sign out", "Sign out"]) await stage.page.click(name);
  assert.equal(await body("place"), "home");
  assert.deepEqual(await asked(), []);
});

test("a second in which nothing to be read changes touches no more than a bar", { skip }, async () => {
  await show("fresh");
  const touched = await stage.page.evaluate(`new Promise((done) => {
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
    stage.page.evaluate(`Object.defineProperty(document, "hidden", { value: ${hidden}, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"))`);
  await hide(true);
  await publish(samples.renewing);
  await skipTime(120_000);
  assert.equal(await body("renewal"), "fresh");
  assert.equal(await text(".ring b"), "3:58");
  await hide(false);
  await stage.page.frame();
  assert.equal(await body("renewal"), "renewing");
  assert.equal(await text(".ring b"), "3:56");
});

test("a page that fits does not scroll", { skip }, async () => {
  await stage.page.look({ width: 440, height: 640 });
  for (const name of ["opening", "signed_out_never", "signing_in_legs", "fresh", "shut_locked"]) {
    await show(name);
    assert.equal(await stage.page.evaluate("document.documentElement.scrollHeight"), 640, name);
  }
});

test("everything can be reached with the Tab key", { skip }, async () => {
  await show("needs_action");
  const seen = [];
  for (let press = 0; press < 8; press += 1) {
    await stage.page.key("Tab");
    seen.push(await focused());
  }
  assert.deepEqual(seen, ["Switch account", "More", "Copy Spartan token", "Copy as…", "Sign in again", "Details", "Sign out"].concat(seen[7]));
});

test("text from outside stays text", { skip }, async () => {
  const status = { ...samples.fresh, gamertag: "<img src=x onerror=alert(1)>" };
  await open(startOf(samples.fresh), LATE);
  await publish(status);
  assert.equal(await text("h1"), status.gamertag);
  assert.equal(await stage.page.evaluate("document.querySelector('img')"), null);
});

/** Many accounts, and names that were chosen to do harm. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { act, refusal, skip } from "./acting.mjs";
import { accounts, EARLY, HOSTILE, manyAccounts, samples, startOf } from "./samples.mjs";

const stage = act();
const { show, answer, asked, text, focused } = stage;
const SMALL = { width: 360, height: 480 };
const [, bot] = accounts;

const openAccounts = async (part) => {
  await show("fresh", part);
  await stage.page.click("More");
  await stage.page.click("Accounts");
};
const openRow = async (at) => {
  await stage.page.evaluate(`document.querySelectorAll(".account-line")[${at}].focus(), document.activeElement.click()`);
  await stage.page.frame();
};

test("another account is shown with the keyboard alone", { skip }, async () => {
  await show("fresh");
  await stage.page.key("Tab");
  assert.equal(await focused(), "Switch account");
  await stage.page.key("Enter");
  assert.match(await focused(), /aCurtis X89/);
  await stage.page.key("ArrowDown");
  await stage.page.key("Enter");
  assert.deepEqual(await asked(), [{ command: "show_account", id: bot.id }]);
  assert.equal(await text("[role=menu]"), null);
});

test("an account behind the closed list that needs somebody is named at its button", { skip }, async () => {
  const described = () => stage.page.evaluate("document.querySelector('[data-opens=accounts]').getAttribute('aria-description')");
  const calm = accounts.map((account) => ({ ...account, renewal: { kind: "fresh", renews_at: EARLY } }));
  await show("fresh", { accounts: calm });
  assert.equal(await described(), null);
  const needs = { kind: "needs_action", problem: refusal };
  await show("fresh", { accounts: calm.map((account) => (account.name === "Bot" ? { ...account, renewal: needs } : account)) });
  assert.equal(await described(), "Bot needs you");
});

test("once another account is shown, the focus is at its name", { skip }, async () => {
  await show("fresh");
  await stage.page.key("Tab");
  await stage.page.key("Enter");
  await stage.page.key("ArrowDown");
  await stage.page.key("Enter");
  await stage.publish({ ...samples.session_only, account: bot.id });
  assert.equal(await focused(), "Bot");
});

test("fifty accounts fit in a small window, and the last is reached with one key", { skip }, async () => {
  await stage.page.look(SMALL);
  await show("fresh", { accounts: manyAccounts(50) });
  await stage.page.click("Switch account");
  assert.deepEqual(await stage.spill(), []);
  const bottom = await stage.page.evaluate("document.querySelector('[role=menu]').getBoundingClientRect().bottom");
  assert.ok(bottom <= SMALL.height, `ends at ${bottom}`);
  await stage.page.key("End");
  assert.equal(await focused(), "Manage accounts");
  await stage.page.key("ArrowUp");
  await stage.page.key("ArrowUp");
  assert.match(await focused(), /Player 50/);
  const seen = await stage.page.evaluate("document.activeElement.getBoundingClientRect().bottom <= document.querySelector('.scroll').getBoundingClientRect().bottom + 1");
  assert.equal(seen, true);
  await stage.page.key("Escape");
  await stage.page.click("More");
  await stage.page.click("Accounts");
  assert.deepEqual(await stage.spill(), []);
  assert.deepEqual(await stage.small(), []);
});

test("hostile names are text, stand by themselves and stay in their place", { skip }, async () => {
  await stage.page.look(SMALL);
  const hostile = manyAccounts(HOSTILE.length).map((account, at) => ({ ...account, gamertag: HOSTILE[at] }));
  for (const gamertag of HOSTILE) {
    await stage.open(startOf({ ...samples.fresh, gamertag }, { accounts: hostile }), EARLY);
    assert.equal(await text("h1"), gamertag);
    assert.deepEqual(await stage.spill(), []);
    await stage.page.click("Switch account");
    assert.deepEqual(await stage.spill(), []);
    await stage.page.key("Escape");
    await stage.page.click("Sign out");
    assert.ok((await text("#question-what")).includes(gamertag));
  }
  await stage.page.click("Stay signed in");
  await stage.page.click("More");
  await stage.page.click("Accounts");
  assert.deepEqual(await stage.spill(), []);
  assert.equal(await stage.page.evaluate("document.querySelector('img')"), null);
  assert.equal(await stage.page.evaluate("[...document.querySelectorAll('.person')].every((name) => name.tagName === 'BDI')"), true);
  assert.deepEqual(stage.page.complaints, []);
});

test("an account is renamed in its place, and an empty name is none", { skip }, async () => {
  await openAccounts();
  await openRow(1);
  await stage.page.click("Rename");
  assert.equal(await stage.page.evaluate("document.activeElement.value"), "Bot");
  await stage.page.evaluate("document.activeElement.value = '  The overlay '");
  await stage.page.key("Enter");
  assert.equal(await text("#own-name"), null);
  await stage.page.click("Rename");
  await stage.page.evaluate("document.activeElement.value = ''");
  await stage.page.click("Save");
  const names = (await asked()).map(({ command, id, name }) => [command, id, name]);
  assert.deepEqual(names, [["rename_account", bot.id, "The overlay"], ["rename_account", bot.id, ""]]);
});

test("Escape leaves a name as it is", { skip }, async () => {
  await openAccounts();
  await openRow(1);
  await stage.page.click("Rename");
  await stage.page.key("Escape");
  assert.equal(await text("#own-name"), null);
  assert.deepEqual(await asked(), []);
});

test("an account that moves takes the focus along", { skip }, async () => {
  await openAccounts();
  await openRow(1);
  await stage.page.click("Move down");
  const [first, second, third] = accounts;
  await stage.tellAccounts([first, third, second]);
  assert.equal(await focused(), "Move up", "at the end there is no further down");
  await stage.page.key("Enter");
  await stage.tellAccounts([first, second, third]);
  assert.equal(await focused(), "Move up");
  await stage.page.click("Make default");
  const moves = (await asked()).map(({ command, id, to }) => [command, id, to]);
  assert.deepEqual(moves, [["move_account", bot.id, 2], ["move_account", bot.id, 1], ["move_account", bot.id, 0]]);
});

test("the default and what is for this session only are marked", { skip }, async () => {
  await openAccounts();
  const rows = await stage.page.evaluate("[...document.querySelectorAll('.account-line')].map((row) => row.textContent)");
  assert.match(rows[0], /Default$/);
  assert.match(rows[1], /Needs you.*This session only$/);
  assert.doesNotMatch(rows[2], /Default|session/);
});

test("signing out of another account shows it first, asks by name, and says what stays", { skip }, async () => {
  await openAccounts();
  await openRow(1);
  await stage.page.click("Sign out");
  await stage.publish({ ...samples.session_only, account: bot.id });
  assert.match(await text("#question-what"), /^This deletes the sign-in of Bot /);
  await stage.page.evaluate("document.querySelector('.question .danger').click()");
  await stage.publish(samples.fresh);
  assert.match(await text(".note"), /^Deleted here\. Microsoft still lists the app: Remove it there\. Tokens already copied work until 22:00\.$/);
  await stage.page.click("Remove it there");
  const commands = [{ command: "show_account", id: bot.id }, { command: "sign_out" }, { command: "open_link", link: "consent" }];
  assert.deepEqual(await asked(), commands);
});

test("signing out of all asks first", { skip }, async () => {
  await openAccounts();
  await stage.page.click("Sign out of all");
  assert.equal(await focused(), "Stay signed in");
  await stage.page.key("Escape");
  assert.equal(await focused(), "Sign out of all");
  assert.deepEqual(await asked(), []);
  await stage.page.click("Sign out of all");
  await stage.page.evaluate("document.querySelector('.question .danger').click()");
  assert.deepEqual(await asked(), [{ command: "sign_out_all" }]);
});

test("a refusal stands at the account it is about", { skip }, async () => {
  await openAccounts({ accounts: manyAccounts(50) });
  await answer("move_account", { refused: refusal });
  await openRow(40);
  await stage.page.click("Move up");
  assert.match(await stage.page.evaluate("document.querySelectorAll('.accounts > li')[40].textContent"), /No\.Do this\./);
});

test("an account is added beside, and nothing is claimed of the one that is there", { skip }, async () => {
  await show("fresh");
  await stage.page.click("Switch account");
  await stage.page.click("Add an account");
  await stage.page.click("Sign in");
  assert.deepEqual(await asked(), [{ command: "sign_in", app: { kind: "default" }, who: "another", method: null, storage: "vault" }]);
});

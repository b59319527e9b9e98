/** The pages other than the account: apps, settings, diagnostics, about. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { act, refusal, skip } from "./acting.mjs";
import { accounts, apps, EARLY, samples, settings, settingsWithProblems, startOf } from "./samples.mjs";

const stage = act();
const { show, answer, asked, text, focused, body } = stage;
const [shared, , unused] = apps;
const CLIENT_ID = shared.client_id;
const SMALL = { width: 360, height: 480 };
const evaluate = (script) => stage.page.evaluate(script);
/** Uses one of the controls with this label, as a click does. */
const choose = async (label) => {
  await evaluate(`[...document.querySelectorAll("label")].find((each) => each.textContent === ${JSON.stringify(label)}).click()`);
  await stage.page.frame();
};
const goTo = async (name, part = {}, answers = {}) => {
  await show("fresh", part, answers);
  await stage.page.click("More");
  await stage.page.click(name);
  await stage.page.frame();
};
const pressInApp = async (at, name) => {
  await evaluate(`[...document.querySelectorAll(".app")[${at}].querySelectorAll("button")].find((each) => each.textContent === ${JSON.stringify(name)}).click()`);
  await stage.page.frame();
  await stage.page.frame();
};

test("every page fits in a small window, with no button too small and no complaint", { skip }, async () => {
  await stage.page.look(SMALL);
  for (const name of ["Accounts", "Azure apps", "Settings", "Diagnostics", "About"]) {
    await goTo(name, { settings: settingsWithProblems }, { apps });
    assert.equal(await focused(), name, "its heading has the focus");
    assert.deepEqual(await stage.spill(), [], name);
    assert.deepEqual(await stage.small(), [], name);
    assert.deepEqual(stage.page.complaints, [], name);
    await stage.page.click("Back");
    assert.equal(await body("place"), "home");
  }
});

test("the pages are reached where nobody is signed in, too", { skip }, async () => {
  for (const name of ["signed_out_never", "shut_locked"]) {
    await show(name, {}, { apps });
    await stage.page.click("More");
    await stage.page.click("Settings");
    assert.equal(await body("place"), "settings", name);
  }
});

test("each setting is told to Rust as it is clicked, with all the others as they are", { skip }, async () => {
  await goTo("Settings");
  const { problems, ...before } = settings;
  const table = [
    ["Dark", { theme: "dark" }],
    ["5 min", { clipboard_seconds: 300 }],
    ["Never", { clipboard_seconds: null }],
    ["Start at login", { start_at_login: true }],
    ["Notifications", { notifications: false }],
    ["Streaming", { streaming: true }],
    ["Detailed", { log: "debug" }],
  ];
  let expected = before;
  for (const [label, part] of table) {
    await choose(label);
    expected = { ...expected, ...part };
    assert.deepEqual((await asked()).at(-1), { command: "change_settings", settings: expected });
  }
  assert.equal((await asked()).length, table.length);
});

test("the theme holds at once, and goes before the system's", { skip }, async () => {
  await stage.page.look({ scheme: "light" });
  await goTo("Settings");
  const ground = () => evaluate("getComputedStyle(document.documentElement).backgroundColor");
  const [light, dark] = ["rgb(244, 245, 243)", "rgb(19, 22, 21)"];
  assert.equal(await ground(), light);
  await choose("Dark");
  assert.equal(await ground(), dark);
  await choose("System");
  assert.equal(await ground(), light);
  await stage.page.look({ scheme: "dark" });
  assert.equal(await ground(), dark);
  await choose("Light");
  assert.equal(await ground(), light);
});

test("a setting that is refused goes back to what it was", { skip }, async () => {
  await goTo("Settings", {}, { change_settings: { refused: refusal } });
  await choose("Streaming");
  assert.equal(await evaluate("[...document.querySelectorAll('[type=checkbox]')].at(-1).checked"), false);
  assert.match(await text("[role=alert]"), /No\.Do this\./);
});

test("a setting that is changed elsewhere is seen", { skip }, async () => {
  await goTo("Settings");
  await stage.tellSettings({ ...settings, notifications: false, clipboard_seconds: 45 });
  assert.equal(await evaluate("document.querySelectorAll('[type=checkbox]')[1].checked"), false);
  assert.equal(await evaluate("document.querySelector('[name=clipboard]:checked').parentElement.textContent"), "45 s");
});

test("what the file says wrongly is told plainly", { skip }, async () => {
  await goTo("Settings", { settings: settingsWithProblems });
  for (const words of settingsWithProblems.problems) assert.ok((await text(".note")).includes(words));
});

test("everything is removed only after a question, which the safe answer ends", { skip }, async () => {
  await goTo("Settings");
  const before = (await asked()).length;
  await stage.page.click("Remove everything…");
  assert.equal(await text("h2"), "Remove everything from this computer?");
  assert.equal(await focused(), "Keep everything");
  await stage.page.key("Escape");
  assert.equal(await focused(), "Remove everything…");
  assert.equal((await asked()).length, before);
  await stage.page.click("Remove everything…");
  await stage.page.click("Remove everything");
  assert.deepEqual((await asked()).slice(before), [{ command: "remove_everything" }]);
});

test("what stopped the removal is told where it was asked for", { skip }, async () => {
  await goTo("Settings", {}, { remove_everything: { refused: refusal } });
  await stage.page.click("Remove everything…");
  await stage.page.click("Remove everything");
  assert.match(await text("[role=alert]"), /No\.Do this\./);
});

test("what could not be removed is told on every page until it is removed or left", { skip }, async () => {
  await goTo("Settings");
  await stage.tellRemoval({ kind: "left", things: ["/home/c/.env: It is in use."] });
  assert.match(await text("[role=alert]"), /Not everything could be removed\.\/home\/c\/\.env: It is in use\./);
  await stage.publish(samples.signed_out_by_person);
  assert.match(await text("[role=alert]"), /It is in use/);
  const before = (await asked()).length;
  await stage.page.click("Leave it there");
  assert.deepEqual((await asked()).slice(before), [{ command: "leave_the_rest" }]);
  await stage.tellRemoval({ kind: "nothing" });
  assert.ok(!(await text("main")).includes("It is in use"));
});

test("a person is asked before the rest is removed, because somebody may have signed in since then", { skip }, async () => {
  await goTo("Settings");
  await stage.publish(samples.signed_out_by_person);
  await stage.tellRemoval({ kind: "left", things: ["/home/c/.env: It is in use."] });
  await stage.page.click("Back");
  const before = (await asked()).length;
  await stage.page.click("Remove the rest");
  assert.match(await text("[role=alert]"), /Remove everything from this computer\?/);
  assert.deepEqual((await asked()).slice(before), []);
  await stage.page.click("Keep everything");
  await stage.page.click("Remove the rest");
  await stage.page.click("Remove everything");
  assert.deepEqual((await asked()).slice(before), [{ command: "remove_everything" }]);
});

test("what Streaming cannot do here is not promised", { skip }, async () => {
  await goTo("Settings");
  assert.match(await text("#streaming-hint"), /keeps both windows out of captures/);
  await goTo("Settings", { about: { hides_from_captures: false } });
  assert.match(await text("#streaming-hint"), /no program can keep its windows out of captures/);
});

test("About tells what the program is, is not, and under which terms, and leads to the releases where it knows them", { skip }, async () => {
  await goTo("About");
  const told = await text(".about-card");
  for (const words of ["Version 0.1.0", "Not affiliated with Microsoft, Xbox or Halo.", "Apache License 2.0", "THIRD-PARTY-NOTICES"]) assert.ok(told.includes(words), words);
  await stage.page.click("See all releases");
  assert.deepEqual(await asked(), [{ command: "open_link", link: "releases" }]);
  await goTo("About", { about: { releases: undefined } });
  assert.doesNotMatch(await text(".about-card"), /See all releases/);
});

test("an app is checked where it stands", { skip }, async () => {
  await goTo("Azure apps", {}, { apps, check_app: { kind: "not_public", message: "It allows no public flows.", help: "Allow them." } });
  await pressInApp(0, "Check");
  const cards = await evaluate("[...document.querySelectorAll('.app')].map((each) => each.textContent)");
  assert.match(cards[0], /It allows no public flows\.Allow them\./);
  assert.doesNotMatch(cards[1], /public flows/);
  assert.deepEqual((await asked()).at(-1), { command: "check_app", client_id: CLIENT_ID });
});

test("an app is edited, and a secret that is left blank stays", { skip }, async () => {
  await goTo("Azure apps", {}, { apps });
  await pressInApp(1, "Edit");
  assert.equal(await text("h1"), "Edit the app");
  assert.deepEqual(await evaluate("[redirect.value, path.value, client_secret.value]"), ["https://localhost", "/callback", ""]);
  await stage.type("path", "/other");
  await stage.page.click("Save");
  const change = { command: "edit_app", client_id: apps[1].client_id, redirect_uri: "https://localhost/other", platform: "live" };
  assert.deepEqual((await asked()).at(-2), { ...change, client_secret: null });
  assert.equal(await text("h1"), "Azure apps");
  await pressInApp(1, "Edit");
  await choose("Remove its secret");
  await stage.page.click("Save");
  assert.deepEqual((await asked()).at(-2), { ...change, redirect_uri: "https://localhost/callback", client_secret: "" });
});

test("only an app that nobody uses is forgotten, after a question", { skip }, async () => {
  await goTo("Azure apps", {}, { apps });
  assert.equal(await evaluate("[...document.querySelectorAll('button')].filter((each) => each.textContent === 'Forget').length"), 1);
  await stage.page.click("Forget");
  assert.equal(await focused(), "Keep it");
  await stage.page.key("Escape");
  assert.equal(await focused(), "Forget");
  await stage.page.click("Forget");
  await stage.page.click("Forget it");
  const commands = await asked();
  assert.deepEqual(commands.slice(1), [{ command: "forget_app", client_id: unused.client_id }, { command: "apps" }]);
});

test("an app is registered step by step, checked, and signed in with", { skip }, async () => {
  await show("signed_out_never", {}, { check_app: { kind: "good", message: "It is ready.", help: "" } });
  await stage.page.click("Register one");
  for (const name of ["Get a directory", "Open Microsoft's page", "Copy name", "Copy address"]) await stage.page.click(name);
  await stage.page.click("Check");
  assert.match(await text("#client_id-wrong"), /Paste the Application/);
  await stage.type("client_id", ` ${CLIENT_ID} `);
  await stage.page.click("Check");
  await stage.page.frame();
  assert.match(await text(".verdict"), /It is ready\./);
  await stage.page.click("Sign in");
  const own = { kind: "own", client_id: CLIENT_ID, redirect_uri: "http://localhost", client_secret: null, platform: "consumers" };
  assert.deepEqual(await asked(), [
    { command: "open_link", link: "directory" },
    { command: "open_link", link: "portal" },
    { command: "copy_text", what: "name" },
    { command: "copy_text", what: "redirect" },
    { command: "check_app", client_id: CLIENT_ID },
    { command: "sign_in", app: own, who: "another", method: null, storage: "vault" },
  ]);
});

test("the report is shown before it is saved, and says where it went", { skip }, async () => {
  const report = "version 0.1.0\n<b>no markup</b>";
  await goTo("Diagnostics", {}, { diagnose: { text: report }, save_diagnostics: { path: "/home/somebody/report.txt" } });
  await stage.page.click("Show the report");
  await stage.page.frame();
  assert.equal(await text("pre"), report);
  assert.equal(await focused(), "The report");
  await stage.page.click("Copy");
  assert.match(await text(".report"), /Copied$|Copied/);
  await stage.page.click("Save to a file");
  await stage.page.frame();
  assert.match(await text(".report .note"), /Saved as \/home\/somebody\/report\.txt/);
  const commands = [{ command: "diagnose" }, { command: "copy_diagnostics", text: report }, { command: "save_diagnostics", text: report }];
  assert.deepEqual(await asked(), commands);
});

test("a report that is long scrolls in its place", { skip }, async () => {
  await stage.page.look(SMALL);
  await goTo("Diagnostics", {}, { diagnose: { text: "a line of the report\n".repeat(500) } });
  await stage.page.click("Show the report");
  await stage.page.frame();
  assert.equal(await evaluate("document.querySelector('pre').scrollHeight > document.querySelector('pre').clientHeight * 10"), true);
  assert.ok((await evaluate("document.documentElement.scrollHeight")) < 600);
});

test("while streaming the page says that gamertag and XUID are hidden, and shows what it gets", { skip }, async () => {
  const [first, bot] = accounts.map((account, at) => ({ ...account, gamertag: `Account ${at + 1}`, xuid: null }));
  const hidden = { settings: { ...settings, streaming: true }, accounts: [first, bot] };
  await stage.open(startOf({ ...samples.fresh, gamertag: "Account 1", xuid: null }, hidden), EARLY, { apps });
  assert.equal(await text("h1"), "Account 1");
  assert.equal(await text(".who .soft"), "Gamertag and XUID are hidden");
  for (const [name, shown] of [["Accounts", [first.gamertag, bot.name]], ["Azure apps", [first.gamertag, bot.name]]]) {
    await stage.page.click("More");
    await stage.page.click(name);
    await stage.page.frame();
    const names = await evaluate("[...document.querySelectorAll('main .person')].map((each) => each.textContent)");
    assert.deepEqual(names, shown, name);
    await stage.page.click("Back");
  }
});

test("what an account is called while streaming is not taken for its own name", { skip }, async () => {
  const hidden = [{ ...accounts[0], gamertag: "Account 1", xuid: null }];
  await goTo("Accounts", { settings: { ...settings, streaming: true }, accounts: hidden });
  await evaluate("document.querySelector('.account-line').click()");
  await stage.page.frame();
  await stage.page.click("Rename");
  await stage.page.frame();
  const [value, placeholder] = await evaluate("[document.activeElement.value, document.activeElement.placeholder]");
  assert.deepEqual([value, placeholder], ["", "Account 1"]);
});

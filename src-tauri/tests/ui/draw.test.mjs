import assert from "node:assert/strict";
import test from "node:test";
import { draw } from "../../../ui/js/draw.mjs";
import { arrive, open } from "../../../ui/js/page.mjs";
import { findAll, h, text } from "../../../ui/js/tree.mjs";
import { about, LATE, samples, startOf, timeOf } from "./samples.mjs";

const nothing = new Proxy({}, { get: () => () => undefined });
const drawn = (status, now, part = {}) => h("body", null, ...draw({ ...open(startOf(status)), ...part }, nothing, () => {}, now));
const said = (...given) => text(drawn(...given)).replace(/\s+/g, " ");
const buttons = (tree) => findAll(tree, ({ tag }) => tag === "button").map((button) => button.props["aria-label"] ?? text(button));
const legs = (tree) => findAll(tree, ({ tag }) => tag === "li").map((leg) => text(leg).replace(/\s+/g, " "));

for (const [name, status] of Object.entries(samples)) {
  test(`the sample ${name} is drawn with one heading and a name for every button`, () => {
    const tree = drawn(status, timeOf(name));
    assert.equal(findAll(tree, ({ tag }) => tag === "h1").length, 1);
    for (const button of buttons(tree)) assert.notEqual(button, "");
    assert.doesNotMatch(text(tree), /undefined|null|NaN|\[object/);
  });
}

test("the buttons that people and tests rely on keep their names", () => {
  const table = [
    ["signed_out_never", ["Sign in"]],
    ["signing_in_at_page", ["Cancel"]],
    ["fresh", ["Copy Spartan token", "Sign out"]],
    ["shut_damaged", ["Start afresh", "Try again", "Quit"]],
    ["shut_locked", ["Unlock", "Quit"]],
    ["needs_action", ["Copy Spartan token", "Sign in again"]],
  ];
  for (const [name, expected] of table) {
    const all = buttons(drawn(samples[name], timeOf(name)));
    for (const button of expected) assert.ok(all.includes(button), `${name}: ${button} among ${all}`);
  }
  const menu = buttons(drawn(samples.fresh, LATE, { menu: "more" }));
  for (const item of ["Renew now", "Sign out", "Quit"]) assert.ok(menu.includes(item));
});

test("a sign-in that failed is told once, although the command was refused as well", () => {
  const status = samples.signed_out_failed;
  const refused = { spot: "page", problem: { ...status.why.problem } };
  assert.equal(said(status, 0, { refused }).split(status.why.problem.message).length - 1, 1);
});

test("a clock that refuses a copy is told about once, and no longer than it does", () => {
  const { clock_problem, ...status } = samples.clock_unconfirmed;
  const refused = { spot: "copy", problem: clock_problem };
  assert.equal(said({ ...status, clock_problem }, 0, { refused }).split(clock_problem.message).length - 1, 1);
  const page = { ...open(startOf({ ...status, clock_problem })), refused };
  assert.equal(arrive(page, { ...status, clock_problem }).refused, refused);
  assert.equal(arrive(page, status).refused, null);
});

test("without an app at hand one's own comes first and Sign in is not offered", () => {
  const all = buttons(drawn(samples.signed_out_never, 0, { about: { ...about, has_app: false } }));
  assert.match(all[1], /^I already use SPNKr or my own app/);
  assert.ok(!all.includes("Sign in"));
});

test("while the keyring asks the page says where to look, and can be left", () => {
  assert.match(said(samples.unlocking, 0), /Opening….*keyring may be asking for its password in a window of its own/);
  assert.deepEqual(buttons(drawn(samples.unlocking, 0)), ["Quit"]);
  assert.deepEqual(buttons(drawn(samples.opening, 0)), []);
});

test("while signing in the words tell what it waits for", () => {
  assert.match(said(samples.signing_in_preparing, 0), /Making ready… If you are asked about your keyring, allow it\./);
  assert.match(said(samples.signing_in_at_page, 0), /Microsoft's page is open in its own window/);
  assert.match(said(samples.signing_in_legs, 0), /Each step brings what the next one needs/);
});

test("where the key is, and what a key file means, is told before and after signing in", () => {
  const file = { about: { ...about, key_file: "/keys/spartan.key" } };
  const means = "sealed with a key in the file /keys/spartan.key. Whoever can read that file can open it.";
  assert.ok(said(samples.signed_out_never, 0).includes("Your sign-in will be sealed with a key in your keyring."));
  assert.ok(said(samples.signed_out_never, 0, file).includes(`Your sign-in will be ${means}`));
  assert.ok(said(samples.fresh, LATE).includes("Sealed with a key in your keyring"));
  assert.ok(said(samples.fresh, LATE, file).includes(`Your sign-in is ${means}`));
  const page = { place: { kind: "about" }, ...file };
  assert.ok(said(samples.fresh, LATE, page).includes(means));
  assert.doesNotMatch(said(samples.signing_in_preparing, 0, file), /keyring/);
});

test("before everything is removed it is told what goes, and that a key file stays", () => {
  const asked = { place: { kind: "settings" }, asking: { kind: "remove_everything" } };
  assert.match(said(samples.fresh, LATE, asked), /every sign-in and its tokens.*the key in your keyring.*your settings.*starting at login/);
  const file = said(samples.fresh, LATE, { ...asked, about: { ...about, key_file: "/keys/spartan.key" } });
  assert.match(file, /The key file \/keys\/spartan\.key is yours and stays\./);
  assert.doesNotMatch(file, /keyring/);
});

test("while signing in each finished leg tells how long it took", () => {
  assert.deepEqual(legs(drawn(samples.signing_in_legs, 0)), [
    "Microsoft , done 0.4 s",
    "Xbox user , done 0.2 s",
    "XSTS Xbox Live , running asking…",
    "XSTS Halo , running asking…",
    "Spartan , waiting",
    "Clearance , waiting",
  ]);
});

test("signed in, each leg tells how long it lives", () => {
  assert.deepEqual(legs(drawn(samples.fresh, timeOf("fresh"))), [
    "Microsoft , done 58 min",
    "Xbox user , done 13 days",
    "XSTS Xbox Live , done 15 h 58 min",
    "XSTS Halo , done 3 h 58 min",
    "Spartan , done 3 h 58 min",
    "Clearance , done 6ffdc37e…1ee2 current",
  ]);
});

test("problem stands under the leg that failed", () => {
  const [microsoft, xboxUser] = findAll(drawn(samples.stale, LATE), ({ tag }) => tag === "li").map(text);
  assert.match(xboxUser, /No connection to the Xbox sign-in/);
  assert.doesNotMatch(microsoft, /No connection/);
});

test("a refusal to renew during a wait is the only card, and tells the wait", () => {
  const { problem } = samples.stale.renewal;
  const waits = { ...problem, help: "Nothing is sent for another 9 minutes.", action: null, details: "wait 540 s" };
  for (const spot of ["page", "copy"]) {
    const tree = drawn(samples.stale, LATE, { refused: { spot, problem: waits } });
    const cards = findAll(tree, ({ props }) => props["aria-label"] === "Problem").map(text);
    assert.equal(cards.length, 1, spot);
    assert.match(cards[0], /No connection to the Xbox sign-in.*another 9 minutes/);
  }
  const other = { ...waits, code: "clipboard", message: "The clipboard is not available." };
  const both = drawn(samples.stale, LATE, { refused: { spot: "copy", problem: other } });
  assert.equal(findAll(both, ({ props }) => props["aria-label"] === "Problem").length, 2, "two problems");
});

test("problem that no leg is to blame for stands above the chain", () => {
  const legsDone = samples.fresh.legs;
  const tree = drawn({ ...samples.stale, legs: legsDone }, LATE);
  assert.match(text(tree), /No connection to the Xbox sign-in/);
  assert.ok(legs(tree).every((leg) => !leg.includes("No connection")));
});

test("a wrong clock is told, and the countdown is right all the same", () => {
  const words = said(samples.clock_off, timeOf("clock_off"));
  assert.match(words, /clock is 7 minutes behind\. ?Set it by the internet .* 3:51 hours left/);
  assert.ok(buttons(drawn(samples.clock_off, timeOf("clock_off"))).includes("Copy details"));
  const fast = { ...samples.clock_off, clock_error_ms: 180_000 };
  assert.match(said(fast, timeOf("clock_off")), /4:01 hours left/);
});

test("an expired Spartan token says so", () => {
  assert.match(said(samples.stale, LATE + 3_600_000), /expired .* Expired at .* tries again in a moment/);
});

test("signing in again is asked for only where that helps", () => {
  const { needs_action } = samples;
  const problem = { ...needs_action.renewal.problem, action: { remedy: { kind: "unlock" }, label: "Unlock" } };
  const locked = { ...needs_action, renewal: { kind: "needs_action", problem } };
  const expired = LATE + 3_600_000;
  assert.match(said(needs_action, LATE), /Cannot renew until you sign in again\./);
  assert.match(said(needs_action, expired), /It has expired\. Sign in again to get a new one\./);
  assert.match(said(locked, LATE), /Cannot renew; see below\./);
  assert.match(said(locked, expired), /It has expired and can't be renewed; see below\./);
});

test("an account has a neutral name until its gamertag is known", () => {
  assert.match(said(samples.signed_in_unnamed, timeOf("signed_in_unnamed")), /^XA Xbox account XUID not known yet /);
});

test("a sign-in that failed beside a healthy account is told, and the account stays as it is", () => {
  const { problem } = samples.signed_out_failed.why;
  const text = said({ ...samples.fresh, sign_in_problem: problem }, timeOf("fresh"));
  assert.ok(text.includes(problem.message) && text.includes("Renews by itself"), text);
});

test("a file that is not fresh is told, and the token stays as it is", () => {
  const text = said(samples.not_kept_fresh, timeOf("not_kept_fresh"));
  assert.match(text, /\/home\/curtis\/bot\/\.env cannot be read or written: no storage space\./);
  assert.match(text, /It is tried again by itself\. .* Renews by itself/);
});

test("a status without a Spartan token yet is drawn", () => {
  const none = samples.signing_in_at_page.legs;
  assert.match(said({ ...samples.renewing, legs: none }, LATE), /no token yet .* Not here yet/);
});

test("tokens that work no more are not called working after signing out", () => {
  assert.match(said(samples.signed_out_by_person, LATE), /Tokens already copied work until/);
  assert.doesNotMatch(said(samples.signed_out_by_person, LATE + 86_400_000), /Tokens already copied/);
});

test("with a clock that is wrong here, a code and a copied token work as long as they work", () => {
  const off = 20 * 60_000;
  const { signing_in_code, signed_out_by_person } = samples;
  for (const error of [off, -off]) {
    const code = { ...signing_in_code, stage: { ...signing_in_code.stage, clock_error_ms: error } };
    assert.match(said(code, timeOf("signing_in_code") + error), /It works for 13 min more\./);
    const left = { ...signed_out_by_person, why: { ...signed_out_by_person.why, clock_error_ms: error } };
    const end = signed_out_by_person.why.copied_until;
    assert.match(said(left, end - 60_000 + error), /Tokens already copied work until/);
    assert.doesNotMatch(said(left, end + 60_000 + error), /Tokens already copied/);
  }
});

test("the demo and the sample are marked as such", () => {
  assert.match(said(samples.fresh, LATE, { about: { ...about, demo: true } }), /^Demo: no real account/);
  assert.match(said(samples.signed_out_never, LATE, { place: { kind: "sample", since: LATE } }), /^Sample: nobody is signed in/);
});

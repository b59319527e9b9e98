import assert from "node:assert/strict";
import test from "node:test";
import { open } from "../../../ui/js/page.mjs";
import { veiled } from "../../../ui/js/streaming.mjs";
import { accounts, apps, samples, settings, startOf } from "./samples.mjs";

const streaming = { ...settings, streaming: true };
const page = (status, part = {}) => ({ ...open(startOf(status, { settings: streaming, accounts })), ...part });

test("without streaming a page is drawn as it is", () => {
  const plain = open(startOf(samples.fresh));
  assert.equal(veiled(plain), plain);
});

test("an account goes by its own name, or by its place in the list", () => {
  assert.deepEqual(veiled(page(samples.fresh)).accounts.map(({ name }) => name), ["Account 1", "Bot", "Account 3"]);
  assert.equal(veiled(page(samples.fresh)).status.name, "Account 1");
  assert.equal(veiled(page(samples.session_only)).status.name, "Bot");
});

test("whoever is to sign in again is not named either", () => {
  assert.equal(veiled(page(samples.signing_in_browser)).status.again, "Account 1");
  assert.equal(veiled(page({ ...samples.signing_in_browser, again: "Bot" })).status.again, "Bot");
});

test("a gamertag in the words of a problem gives way, as a whole word only", () => {
  const named = [{ ...accounts[0], gamertag: "a.C (x)" }];
  const problem = { code: "", message: "a.C (x) is not a.C (x)y.", help: "Ask a.C (x).", action: null, details: "abC (x)" };
  const { refused } = veiled({ ...page(samples.fresh, { refused: { spot: "page", problem } }), accounts: named });
  assert.deepEqual(refused.problem, { code: "", message: "Account 1 is not a.C (x)y.", help: "Ask Account 1.", action: null, details: "abC (x)" });
});

test("somebody who came in another's place is not named", () => {
  const { sign_in_problem: problem } = veiled(page(samples.came_another)).status;
  assert.equal(problem.message, "You signed in as another account, not as Account 1.");
  assert.equal(problem.help, "Add that account as an account of its own, or try again as Account 1.");
  assert.equal(problem.action.label, "Add that account");
});

test("a gamertag that begins like another one hides no less of it", () => {
  const named = [{ ...accounts[0], gamertag: "Noble" }, { ...accounts[1], name: null, gamertag: "Noble Six" }];
  const problem = { code: "", message: "Noble Six is not Noble.", help: "", action: null, details: "" };
  const { refused } = veiled({ ...page(samples.fresh, { refused: { spot: "page", problem } }), accounts: named });
  assert.equal(refused.problem.message, "Account 2 is not Account 1.");
});

test("whoever uses an app is not named by a gamertag", () => {
  const known = [{ ...apps[0], used_by: ["aCurtis X89", "Bot", "somebody gone"] }];
  const { place } = veiled(page(samples.fresh, { place: { kind: "apps", known, checks: {} } }));
  assert.deepEqual(place.known[0].used_by, ["Account 1", "Bot", "Your account"]);
});

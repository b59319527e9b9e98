import assert from "node:assert/strict";
import test from "node:test";
import { text } from "../../../ui/js/tree.mjs";
import { farewell } from "../../../ui/js/views/farewell.mjs";
import { signOutQuestion } from "../../../ui/js/views/sign_out.mjs";
import { standing } from "../../../ui/js/views/standing.mjs";
import { accounts, samples } from "./samples.mjs";

const [account] = accounts;
const NOW = account.expires_at - 3_600_000;

test("an account tells what is left of its token, or that it waits for somebody", () => {
  const { problem } = accounts[1].renewal;
  const stale = { kind: "stale", problem, tries_at: NOW };
  const table = [
    [{}, NOW, "1 h", ""],
    [{ renewal: stale }, NOW, "1 h", "waits"],
    [{}, account.expires_at, "Expired", "waits"],
    [{ renewal: { kind: "renewing" } }, account.expires_at, "Renewing…", "waits"],
    [{ renewal: { kind: "renewing" }, expires_at: null }, NOW, "Renewing…", ""],
    [{ renewal: stale, expires_at: null }, NOW, "No token yet", ""],
    [{ renewal: { kind: "needs_action", problem } }, NOW, "Needs you", "waits"],
  ];
  for (const [part, now, words, looks] of table) assert.deepEqual(standing({ ...account, ...part }, now), { looks, words });
});

test("while nobody knows the time, no text says until when copied tokens work", () => {
  const asked = text(signOutQuestion(samples.fresh, {}, null));
  const told = text(farewell(NOW + 60_000, {}, null));
  assert.doesNotMatch(asked + told, /until/);
  assert.match(text(farewell(NOW + 60_000, {}, NOW)), /until/);
});

import assert from "node:assert/strict";
import test from "node:test";
import { standing } from "../../../ui/js/views/standing.mjs";
import { accounts } from "./samples.mjs";

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

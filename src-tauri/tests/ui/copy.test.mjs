import assert from "node:assert/strict";
import test from "node:test";
import { actions } from "../../../ui/js/actions.mjs";
import { open } from "../../../ui/js/page.mjs";
import { samples, startOf } from "./samples.mjs";

const COPIED = { format: "token", expires_at: 9e12, clears_in_ms: 60_000 };

/** Returns a page's copy button; the test decides how each copy ends. */
function button(copied = COPIED) {
  let page = open(startOf(samples.fresh));
  const ends = [];
  const call = (name, args) =>
    name === "copy_as" ? Promise.resolve({ ...copied, ...args }) : new Promise((end, refuse) => ends.push({ end, refuse }));
  const change = (part) => {
    page = { ...page, ...part };
  };
  const { copy, copyAs } = actions(call, { now: () => 0, steady: () => 0 }, () => page, change);
  const settled = () => new Promise((done) => setImmediate(done));
  return {
    page: () => page,
    asked: () => ends.length,
    press: async () => (copy(), settled()),
    choose: async (format) => (copyAs(format), settled()),
    end: async (copy, how) => (ends[copy].end(how), settled()),
    refuse: async (copy) => (ends[copy].refuse(new Error("gone")), settled()),
  };
}

test("a clipboard is called cleared once Rust has cleared it, whatever the page's clock says", async () => {
  const { page, press, end } = button();
  await press();
  assert.equal(page().said.kind, "copied");
  await end(0, "cleared");
  assert.equal(page().said.kind, "cleared");
  assert.equal(page().spoken, "Clipboard cleared.");
});

test("a clipboard that something else is in is not called cleared", async () => {
  const { page, press, end } = button();
  await press();
  const { spoken } = page();
  await end(0, "replaced");
  assert.equal(page().said, null);
  assert.equal(page().spoken, spoken);
});

test("a clipboard that could not be cleared is the person's to clear", async () => {
  const { page, press, end } = button();
  await press();
  await end(0, "stays");
  assert.equal(page().said.kind, "stays");
  assert.equal(page().spoken, "The clipboard could not be cleared. Clear it yourself.");
});

test("nothing is claimed where Rust cannot tell", async () => {
  const { page, press, refuse } = button();
  await press();
  await refuse(0);
  assert.equal(page().said, null);
});

test("the end of an older copy says nothing about a newer one", async () => {
  const { page, press, end } = button();
  await press();
  await press();
  const { said } = page();
  await end(0, "replaced");
  assert.equal(page().said, said);
  await end(1, "cleared");
  assert.equal(page().said.kind, "cleared");
});

test("a clipboard that is not cleared by itself is not waited for", async () => {
  const { page, press, asked } = button({ ...COPIED, clears_in_ms: null });
  await press();
  assert.equal(page().said.kind, "copied");
  assert.equal(asked(), 0);
});

test("a program that asks by itself is said so, and nothing is waited for", async () => {
  const { page, choose, asked } = button({ expires_at: null, clears_in_ms: null });
  await choose("python");
  assert.match(page().spoken, /^Program copied\. It asks Spartan Tray for a token each time it runs/);
  assert.equal(asked(), 0);
});

/** The page in a real browser, under the content security policy it ships with, as test files use it. */

import { after, before, beforeEach } from "node:test";
import { chromium, launch } from "./browser.mjs";
import { about, qr, samples, startOf, timeOf } from "./samples.mjs";
import { openStage } from "./stage.mjs";

/** Why the tests in a browser are skipped; `false` if they aren't. */
export const skip = chromium ? false : "needs Chromium";

/** Opens the stage and the browser for the tests of one file. */
export function act() {
  let stage;
  let browser;
  before(async () => {
    if (skip) return;
    [stage, browser] = await Promise.all([openStage(), launch()]);
  });
  beforeEach(() => skip || browser.page.look());
  after(async () => {
    await browser?.close();
    await stage?.close();
  });

  const evaluate = (script) => browser.page.evaluate(script);
  const frame = () => browser.page.frame();
  const tell = async (how, what) => {
    await evaluate(`rust.${how}(${JSON.stringify(what)})`);
    await frame();
  };
  return {
    get page() {
      return browser.page;
    },
    /** Opens the page with any initial state. */
    open: (start, now, answers) => browser.page.open(stage.at(start, now, answers)),
    /** Opens the page with a sample and the usual other state. */
    show: (name, part = {}, answers = {}) =>
      browser.page.open(stage.at(startOf(samples[name], { ...part, about: { ...about, ...part.about } }), timeOf(name), { phone_qr: qr, ...answers })),
    publish: (status) => tell("publish", status),
    tellAccounts: (accounts) => tell("tellAccounts", accounts),
    tellSettings: (settings) => tell("tellSettings", settings),
    ask: (request) => tell("ask", request),
    tellRemoval: (removal) => tell("tellRemoval", removal),
    answer: (command, with_) => evaluate(`rust.answers[${JSON.stringify(command)}] = ${JSON.stringify(with_)}`),
    asked: () => evaluate("rust.asked"),
    text: (selector) => evaluate(`document.querySelector(${JSON.stringify(selector)})?.textContent ?? null`),
    focused: () => evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()"),
    body: (name) => evaluate(`document.body.dataset[${JSON.stringify(name)}] ?? null`),
    type: async (id, words) => {
      await evaluate(`type(${JSON.stringify(id)}, ${JSON.stringify(words)})`);
      await frame();
    },
    /** Advances the page's time and lets it draw. */
    skipTime: async (ms) => {
      await evaluate(`rust.skip(${ms}), new Promise((done) => setTimeout(done, 1100))`);
      await frame();
    },
    /** Returns what extends beyond the window on either side. */
    spill: () =>
      evaluate(
        `[...document.querySelectorAll("main *")].filter((each) => each.getBoundingClientRect().right > innerWidth || each.getBoundingClientRect().left < 0).map((each) => each.outerHTML)`,
      ),
    /** Returns the buttons that are too small to hit. */
    small: () =>
      evaluate(`[...document.querySelectorAll("button")].filter((each) => each.getBoundingClientRect().height < 24).map((each) => each.textContent)`),
  };
}

/** A command's refusal. */
export const refusal = { message: "No.", help: "Do this.", action: null, details: "leg: none" };

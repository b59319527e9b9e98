/** Wires Rust, the clock and the page together. */

import { actions as makeActions } from "./actions.mjs";
import * as backend from "./backend.mjs";
import { draw } from "./draw.mjs";
import { arrive, isTicking, open, pass } from "./page.mjs";
import { patch } from "./patch.mjs";
import { untilNextSecond } from "./time.mjs";

/** @typedef {import("./page.mjs").Page} Page */

const root = /** @type {HTMLElement} */ (document.getElementById("page"));
const spoken = /** @type {HTMLElement} */ (document.getElementById("spoken"));

const { about, status: first } = backend.start();
let page = open(about, first);
let isDrawingDue = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let tick;

const actions = makeActions(backend, Date.now, () => page, change);

/** @param {Partial<Page>} part */
function change(part) {
  page = { ...page, ...part };
  drawSoon();
}

function drawSoon() {
  if (isDrawingDue || document.hidden) return;
  isDrawingDue = true;
  requestAnimationFrame(drawNow);
}

function drawNow() {
  isDrawingDue = false;
  const local = Date.now();
  page = pass(page, local);
  const hadFocus = document.activeElement !== document.body;
  patch(root, draw(page, actions, change, local));
  if (hadFocus && document.activeElement === document.body) focusHeading();
  // Said only when it changed: a live region reads every change aloud.
  if (spoken.textContent !== page.spoken) spoken.textContent = page.spoken;
  mark();
  clearTimeout(tick);
  if (isTicking(page)) tick = setTimeout(drawSoon, untilNextSecond(local));
}

/** The view in which the focus was is gone: start at the top of the one that took its place. */
function focusHeading() {
  const heading = root.querySelector("h1");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus({ preventScroll: true });
}

/** Says on the body what is shown, for tests. */
function mark() {
  const { status } = page;
  document.body.dataset.state = status.state;
  document.body.dataset.place = page.place.kind;
  if (status.state === "signed_in") document.body.dataset.renewal = status.renewal.kind;
  else delete document.body.dataset.renewal;
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) clearTimeout(tick);
  else drawSoon();
});
document.addEventListener("pointerdown", ({ target }) => {
  if (!(target instanceof Element && target.closest(".menu"))) actions.showMenu(false);
});

drawNow();
backend.subscribe((status) => {
  page = arrive(page, status);
  drawSoon();
});

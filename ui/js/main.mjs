/** Connects Rust, the clock and the page. */

import { actions as makeActions } from "./actions.mjs";
import { call, start, subscribe } from "./backend.mjs";
import { beforeCopy, copy } from "./copy_event.mjs";
import { draw, viewName } from "./draw.mjs";
import { adopt, arrive, conclude, isTicking, open, opened as whatIsOpen, pass, take } from "./page.mjs";
import { patch } from "./patch.mjs";
import { untilNextSecond } from "./time.mjs";

/** @typedef {import("./page.mjs").Page} Page */

const root = /** @type {HTMLElement} */ (document.getElementById("page"));
const spoken = /** @type {HTMLElement} */ (document.getElementById("spoken"));

let page = open(start());
let isDrawingDue = false;
/**
 * What is open over the view; it returns the focus when it closes.
 * @type {string | null}
 */
let opened = null;
/** The name of the current view. */
let shown = "";
/** @type {ReturnType<typeof setTimeout> | undefined} */
let tick;

/** Durations are counted by a clock that nobody can set. */
const steady = () => performance.now();
const actions = makeActions(call, { now: Date.now, steady }, () => page, change);

/** @param {Partial<Page>} part */
function change(part) {
  page = { ...page, ...part };
  // Immediately, because the next announcement may come before the next drawing.
  if (part.spoken === "") spoken.textContent = "";
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
  page = pass(page, steady());
  const hadFocus = document.activeElement !== document.body;
  const wasOpen = opened;
  opened = whatIsOpen(page);
  patch(root, draw(page, actions, change, local, steady()));
  if (shown !== viewName(page)) scrollTo(0, 0);
  shown = viewName(page);
  if (hadFocus && document.activeElement === document.body) focusAgain(wasOpen);
  // Set only if it changed: a live region announces every change.
  if (spoken.textContent !== page.spoken) spoken.textContent = page.spoken;
  mark();
  clearTimeout(tick);
  if (isTicking(page)) tick = setTimeout(drawSoon, untilNextSecond(local));
}

/**
 * Moves the focus after the focused element was removed: to the element that opened it, or to the top of the view that
 * replaced it.
 * @param {string | null} wasOpen
 */
function focusAgain(wasOpen) {
  const opener = wasOpen && root.querySelector(`[data-opens="${wasOpen}"]`);
  const next = /** @type {HTMLElement | null} */ (opener || root.querySelector("h1"));
  if (next?.tagName === "H1") next.setAttribute("tabindex", "-1");
  next?.focus({ preventScroll: true });
}

/** Marks the body with the current state, for tests; colors depend on the theme. */
function mark() {
  const { status, place } = page;
  const marks = {
    "data-state": status.state,
    "data-place": place.kind,
    "data-renewal": status.state === "signed_in" ? status.renewal.kind : "",
  };
  const { dataset } = document.documentElement;
  if (dataset.theme !== page.settings.theme) dataset.theme = page.settings.theme;
  for (const [name, value] of Object.entries(marks)) {
    if (document.body.getAttribute(name) !== value) document.body.setAttribute(name, value);
  }
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) clearTimeout(tick);
  else drawSoon();
});
document.addEventListener("pointerdown", ({ target }) => {
  if (!(target instanceof Element && target.closest(".menu"))) actions.showMenu(null);
});
document.addEventListener("beforecopy", beforeCopy);
document.addEventListener("copy", copy);

drawNow();
subscribe({
  status: (status) => {
    page = arrive(page, status);
    drawSoon();
    actions.fetchQr();
  },
  request: (request) => {
    page = take(page, request);
    drawSoon();
  },
  accounts: (accounts) => change({ accounts }),
  settings: (settings) => change(adopt(page, settings)),
  removal: (removal) => change({ removal }),
  end: (end) => {
    page = conclude(page, end);
    drawSoon();
  },
});

/** *On my phone*: a code to enter on Microsoft's page, on any device. */

import { servicesTime } from "../../time.mjs";
import { h } from "../../tree.mjs";
import { duration } from "../../words.mjs";

/** @typedef {import("../../actions.mjs").Actions} Actions */
/** @typedef {import("../../page.mjs").Page} Page */

/** Shown with every code, word for word. */
const WARNING = "Enter this code only if you started this sign-in yourself, here, just now. Nobody will ever send you a code.";

/** @param {Extract<Rust.SigningIn, {kind: "code"}>} stage @param {Page} page @param {Actions} actions @param {number} local */
export const onPhone = ({ user_code, page: address, expires_at, clock_error_ms }, { qr, copied }, actions, local) =>
  h(
    "div",
    { class: "form" },
    h(
      "div",
      { class: "phone" },
      h(
        "div",
        { class: "phone-words" },
        h("p", { class: "soft" }, "Open"),
        h("p", null, h("code", { class: "page-address" }, address.replace(/^https:\/\/(www\.)?/, ""))),
        h("p", { class: "soft" }, "and enter this code:"),
        code(user_code),
        h("p", { class: "soft" }, timeLeft(expires_at - servicesTime(local, clock_error_ms))),
      ),
      qr?.code === user_code ? picture(qr.qr) : h("div", { class: "qr" }),
    ),
    h("button", { class: "side", type: "button", onclick: actions.copyCode }, copied?.what === "code" ? "Code copied" : "Copy code"),
    h("p", { class: "warning" }, WARNING),
  );

/**
 * In groups that are easy to remember; read aloud letter by letter.
 * @param {string} userCode
 */
const code = (userCode) =>
  h(
    "p",
    { class: "user-code" },
    h("span", { class: "unseen" }, [...userCode].join(" ")),
    ...groups(userCode.replace(/[\s-]/g, "")).map((group) => h("span", { "aria-hidden": "true" }, group)),
  );

/** @param {string} plain */
const groups = (plain) => plain.match(plain.length % 3 === 0 ? /.{3}/gu : /.{1,4}/gu) ?? [];

/** @param {number} left */
const timeLeft = (left) => (left > 0 ? `It works for ${duration(left)} more.` : "It works no more. A new one is on its way…");

/** @param {Rust.Qr} qr */
const picture = ({ size, path }) =>
  h(
    "div",
    { class: "qr", role: "img", "aria-label": "The same address as a picture for your phone's camera" },
    h("svg:svg", { viewBox: `0 0 ${size} ${size}`, "shape-rendering": "crispEdges", "aria-hidden": "true" }, h("svg:path", { d: path })),
  );

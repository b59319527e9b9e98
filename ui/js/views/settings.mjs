/** *Settings*: changes take effect immediately. */

import { h } from "../tree.mjs";
import { refusalAt } from "../problem.mjs";
import { heading } from "./heading.mjs";
import { removal, removeQuestion } from "./removal.mjs";
import { segments, tickBox } from "./segments.mjs";

/** @typedef {import("../actions.mjs").Actions} Actions */
/** @typedef {import("../page.mjs").Page} Page */

/** @type {{value: Rust.Settings["theme"], label: string}[]} */
const THEMES = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

/** @type {{value: Rust.Settings["clipboard_seconds"], label: string}[]} */
const DELAYS = [
  { value: 10, label: "10 s" },
  { value: 30, label: "30 s" },
  { value: 60, label: "60 s" },
  { value: 120, label: "2 min" },
  { value: 300, label: "5 min" },
  { value: null, label: "Never" },
];

/** @type {{value: Rust.Settings["log"], label: string}[]} */
const LEVELS = [
  { value: "error", label: "Errors" },
  { value: "warn", label: "Warnings" },
  { value: "info", label: "Normal" },
  { value: "debug", label: "Detailed" },
];

/** @param {Page} page @param {Actions} actions */
export function settings(page, actions) {
  const { settings: now } = page;
  return [
    heading("Settings", actions.goHome),
    problems(now.problems),
    refusalAt("page", page, actions),
    h(
      "section",
      { class: "card form" },
      segments({
        name: "theme",
        legend: "Theme",
        columns: 3,
        options: THEMES,
        chosen: now.theme,
        onChoose: (theme) => actions.set({ theme }),
      }),
      segments({
        name: "clipboard",
        legend: "Clear a copied token from the clipboard after",
        columns: isUsual(now.clipboard_seconds) ? 6 : 4,
        options: delays(now.clipboard_seconds),
        chosen: now.clipboard_seconds,
        onChoose: (clipboard_seconds) => actions.set({ clipboard_seconds }),
      }),
    ),
    h(
      "section",
      { class: "card form" },
      tickBox({
        id: "login",
        label: "Start at login",
        hint: "It starts in the tray, without a window.",
        checked: now.start_at_login,
        onChange: (start_at_login) => actions.set({ start_at_login }),
      }),
      tickBox({
        id: "notifications",
        label: "Notifications",
        hint: "One when only you can go on, and no window is open.",
        checked: now.notifications,
        onChange: (notifications) => actions.set({ notifications }),
      }),
      tickBox({
        id: "streaming",
        label: "Streaming",
        hint: streamingWords(page),
        checked: now.streaming,
        onChange: (streaming) => actions.set({ streaming }),
      }),
    ),
    h(
      "section",
      { class: "card form" },
      segments({
        name: "log",
        legend: "What the log tells",
        columns: 4,
        options: LEVELS,
        chosen: now.log,
        onChoose: (log) => actions.set({ log }),
      }),
      h("p", { class: "hint" }, "The log never has a token, a name or an address of yours in it."),
    ),
    page.asking?.kind === "remove_everything" ? removeQuestion(page, actions) : removal(actions),
  ];
}

/** @param {Page} page */
const streamingWords = ({ about }) =>
  about.hides_from_captures
    ? "Hides gamertag and XUID, and keeps both windows out of captures."
    : "Hides gamertag and XUID. On this system no program can keep its windows out of captures.";

/** @param {number | null} seconds */
const isUsual = (seconds) => DELAYS.some(({ value }) => value === seconds);

/**
 * Also shows a delay that was entered by hand in the settings file.
 * @param {number | null} seconds
 */
const delays = (seconds) => (isUsual(seconds) ? DELAYS : [{ value: seconds, label: `${seconds} s` }, ...DELAYS]);

/** @param {string[]} all */
const problems = (all) =>
  all.length > 0 &&
  h(
    "section",
    { class: "note", "aria-label": "Problems with the settings" },
    h("p", null, "Not everything in the settings holds as it stands:"),
    h("ul", { class: "plain" }, ...all.map((words) => h("li", null, words))),
  );

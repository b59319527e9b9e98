/** Mock data from Rust: the samples of the contract, and further statuses made from them. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const contract = fileURLToPath(new URL("../contract", import.meta.url));

const read = (name) => JSON.parse(readFileSync(join(contract, `${name}.json`), "utf8"));

const statuses = Object.fromEntries(
  readdirSync(contract)
    .filter((file) => file.endsWith(".json") && file !== "accounts.json")
    .map((file) => file.slice(0, -5))
    .map((name) => [name, read(name)]),
);

/** Accounts, settings and apps in Rust's format. */
export const accounts = read("accounts");
export const settings = read("beside/settings");
export const settingsWithProblems = read("beside/settings_with_problems");
export const apps = read("beside/apps");
export const formats = read("beside/formats");
/** Seconds, and how labels show them. */
export const durations = read("beside/durations");

/** Less than two minutes after the samples' tokens were issued. */
export const EARLY = 1_795_284_110_000;
/** Two minutes after the samples should have been renewed. */
export const LATE = 1_795_297_200_000;

/** Statuses that look different from a similar one in the contract. */
const made = {
  signing_in_window_silent: { ...statuses.signing_in_at_page, stage: statuses.signing_in_silent.stage },
  signing_in_paste_only: { ...statuses.signing_in_paste, methods: ["paste"], again: null },
  came_another: {
    ...statuses.fresh,
    sign_in_problem: {
      message: "You signed in as Noble Six, not as aCurtis X89.",
      help: "Add Noble Six as an account of its own, or try again as aCurtis X89.",
      action: { remedy: { kind: "add_other" }, label: "Add Noble Six" },
      details: "Spartan Tray 0.1.0\nstep: Xbox user",
    },
  },
};

/** Each sample status, by name. */
export const samples = { ...statuses, ...made };

/** A sign-in method that didn't work here. */
export const otherWayFailed = {
  state: "signed_out",
  why: {
    kind: "failed",
    problem: {
      message: "Your browser could not be opened.",
      help: "Sign in another way, or open the link yourself.",
      action: { remedy: { kind: "other_way" }, label: "Another way" },
      details: "Spartan Tray 0.1.0\nstep: Microsoft",
    },
  },
};

/** Returns the time at which a sample is viewed. */
export const timeOf = (name) => (/^(renewing|stale|clock_unconfirmed|needs_action|signed_out_by_person)$/.test(name) ? LATE : EARLY);

export const about = { version: "0.1.0", demo: false, has_app: true, keyring: "your keyring", hides_from_captures: true, releases: "https://example.org/spartan-tray/releases", methods: ["window", "browser", "phone", "paste"] };

/** Returns the initial state for a page with this status. */
export const startOf = (status, part = {}) => ({ about, status, accounts: status.state === "signed_in" ? accounts : [], settings, formats, ...part });

/** Returns many accounts, every fifth of which needs its person. */
export const manyAccounts = (count) =>
  Array.from({ length: count }, (_, at) => ({
    ...accounts[at % 5 === 4 ? 1 : 0],
    id: at === 0 ? accounts[0].id : `many-${at}`,
    name: null,
    gamertag: `Player ${at + 1}`,
    xuid: String(2_533_274_800_000_000 + at),
    is_shown: at === 0,
  }));

/** A square of modules that resembles a code from a distance. */
export const qr = {
  size: 33,
  path: Array.from({ length: 625 }, (_, at) => [at % 25, Math.floor(at / 25)])
    .filter(([x, y]) => (x * 7 + y * 13 + x * y) % 3 === 0 || ((x < 7 || x > 17) && y < 7 && (x % 6 === 0 || y % 6 === 0)))
    .map(([x, y]) => `M${x + 4} ${y + 4}h1v1h-1z`)
    .join(""),
};

/** Gamertags that cause trouble. */
export const HOSTILE = ["<img src=x onerror=alert(1)>", "‮drahcir", "لاعب سبارتان", "👩‍👩‍👧‍👦 🏳️‍🌈", `${"W".repeat(80)}`, "a\u0000b\nc"];

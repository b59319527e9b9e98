/**
 * Draws each sample status, and each place a person can go from there, light and dark, in three sizes: `node
 * src-tauri/tests/ui/screenshots.mjs <folder> [part of a file's name]`.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./browser.mjs";
import { about, apps, HOSTILE, LATE, manyAccounts, otherWayFailed, qr, samples, settings, settingsWithProblems, startOf, timeOf } from "./samples.mjs";
import { openStage } from "./stage.mjs";

const [folder, only = ""] = process.argv.slice(2);
if (!folder) throw new Error("say which folder to write to");
mkdirSync(folder, { recursive: true });

const SIZES = [
  { width: 440, height: 640 },
  { width: 360, height: 480 },
  { width: 1000, height: 900 },
];

const COPIED = { copy_as: { format: "token", expires_at: 1_795_298_400_000, clears_in_ms: 60_000 } };
/** Draws at once, without waiting for the next second. */
const SEE_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))";
const FOUND = { kind: "app", client_id: "01234567-89ab-cdef-0123-456789abcdef", redirect_uri: "https://localhost", has_secret: true };
const OWN = ["I already use SPNKr or my own app", "Fill in the client ID"];
const NOT_PUBLIC = {
  kind: "not_public",
  message: "This app does not allow public client flows.",
  help: "On its Authentication page set Allow public client flows to Yes, and save.",
};
const WRONG_ADDRESS = {
  refused: { message: "This is not the address of the end.", help: "Copy the whole address of the last page, with everything after code=.", action: null, details: "" },
};
const REPORT = Array.from({ length: 60 }, (_, line) => `05:25:${String(line).padStart(2, "0")} info  renewed, took 0.${line} s, next at 21:38`).join("\n");
const KEY_FILE = "/home/a_rather_long_name/.config/spartan/the_key_that_opens_what_is_sealed_here";
const hostile = HOSTILE.map((gamertag, at) => ({ ...manyAccounts(6)[at], gamertag }));

/** Everything to draw: a status, a time, and clicks. */
const scenes = [
  ...Object.entries(samples).map(([name, status]) => ({ name, status, now: timeOf(name), answers: { phone_qr: qr } })),
  ...[
    { name: "own_app_only", sample: "signed_out_never", about: { has_app: false } },
    { name: "lines", sample: "signed_out_never", clicks: OWN.slice(0, 1) },
    {
      name: "lines_found",
      sample: "signed_out_never",
      clicks: OWN.slice(0, 1),
      answers: { import_lines: FOUND },
      then: "document.querySelector('textarea').value = 'x'; press('Use these lines')",
    },
    { name: "own_app", sample: "signed_out_never", clicks: OWN },
    { name: "own_app_wrong", sample: "signed_out_never", clicks: [...OWN, "Sign in"] },
    { name: "register", sample: "signed_out_never", clicks: ["Register one"] },
    {
      name: "register_end",
      sample: "signed_out_never",
      clicks: ["Register one"],
      answers: { check_app: NOT_PUBLIC },
      then: "type('client_id', '01234567-89ab-cdef-0123-456789abcdef')",
      last: "press('Check'); requestAnimationFrame(() => requestAnimationFrame(() => scrollTo(0, 9999)))",
    },
    { name: "sample", sample: "signed_out_never", clicks: ["Look around"] },
    { name: "copied", sample: "fresh", clicks: ["Copy Spartan token"], answers: COPIED },
    { name: "clearing", sample: "fresh", clicks: ["Copy Spartan token"], answers: COPIED, then: `rust.skip(70_000); ${SEE_AGAIN}` },
    { name: "cleared", sample: "fresh", clicks: ["Copy Spartan token"], answers: COPIED, then: "rust.endCopy('cleared')" },
    { name: "copy_stays", sample: "fresh", clicks: ["Copy Spartan token"], answers: COPIED, then: "rust.endCopy('stays')" },
    { name: "menu", sample: "fresh", clicks: ["More"] },
    { name: "formats", sample: "fresh", clicks: ["Copy as…"] },
    { name: "formats_session_only", sample: "session_only", clicks: ["Copy as…"] },
    { name: "copied_program", sample: "fresh", clicks: ["Copy as…", "Python with SPNKr"], answers: { copy_as: { format: "python", expires_at: null, clears_in_ms: null } } },
    { name: "copied_lines", sample: "fresh", clicks: ["Copy as…", ".env lines for SPNKr"], answers: { copy_as: { ...COPIED.copy_as, format: "dotenv-spnkr" } } },
    { name: "start_menu", sample: "signed_out_never", clicks: ["More"] },
    { name: "sign_out", sample: "fresh", clicks: ["Sign out"] },
    { name: "signed_out_one", sample: "fresh", clicks: ["Sign out", "Sign out"] },
    { name: "demo", sample: "fresh", about: { demo: true } },
    { name: "key_file", sample: "fresh", about: { key_file: KEY_FILE }, last: "scrollTo(0, 9999)" },
    { name: "key_file_start", sample: "signed_out_never", about: { key_file: KEY_FILE }, last: "scrollTo(0, 9999)" },
    { name: "key_file_remove", sample: "fresh", about: { key_file: KEY_FILE }, clicks: ["More", "Settings", "Remove everything…"] },
    { name: "last_minutes", sample: "stale", now: LATE + 14 * 60_000 },
    { name: "expired", sample: "stale", now: LATE + 40 * 60_000, clicks: ["Copy Spartan token"] },
    { name: "start_afresh", sample: "shut_damaged", clicks: ["Start afresh"] },
    { name: "wrong_address", sample: "signing_in_browser", answers: { paste_address: WRONG_ADDRESS }, then: "type('address', 'x'); press('Use this address')" },
    { name: "switcher", sample: "fresh", clicks: ["Switch account"] },
    { name: "switcher_fifty", sample: "fresh", accounts: manyAccounts(50), clicks: ["Switch account"] },
    { name: "switcher_hostile", sample: "fresh", accounts: hostile, clicks: ["Switch account"] },
    { name: "add", sample: "fresh", clicks: ["Switch account", "Add an account"] },
    { name: "accounts", sample: "fresh", clicks: ["More", "Accounts"] },
    { name: "accounts_open", sample: "fresh", clicks: ["More", "Accounts"], then: "document.querySelectorAll('.account-line')[1].click()" },
    { name: "accounts_rename", sample: "fresh", clicks: ["More", "Accounts"], then: "document.querySelectorAll('.account-line')[1].click()", last: "press('Rename')" },
    { name: "accounts_hostile", sample: "fresh", accounts: hostile, clicks: ["More", "Accounts"] },
    { name: "accounts_all", sample: "fresh", clicks: ["More", "Accounts", "Sign out of all"] },
    { name: "apps", sample: "fresh", clicks: ["More", "Azure apps", "Check"], answers: { apps, check_app: NOT_PUBLIC } },
    { name: "apps_good", sample: "fresh", clicks: ["More", "Azure apps", "Check"], answers: { apps, check_app: { kind: "good", message: "This app is ready.", help: "" } } },
    { name: "apps_forget", sample: "fresh", clicks: ["More", "Azure apps", "Forget"], answers: { apps } },
    { name: "apps_edit", sample: "fresh", clicks: ["More", "Azure apps"], answers: { apps }, then: "document.querySelectorAll('.app')[1].querySelectorAll('button')[1].click()" },
    { name: "settings", sample: "fresh", clicks: ["More", "Settings"] },
    { name: "settings_end", sample: "fresh", clicks: ["More", "Settings"], last: "scrollTo(0, 9999)" },
    { name: "remove_everything", sample: "fresh", clicks: ["More", "Settings", "Remove everything…"] },
    { name: "settings_problems", sample: "fresh", settings: settingsWithProblems, clicks: ["More", "Settings"] },
    { name: "streaming", sample: "fresh", status: { ...samples.fresh, gamertag: "Account 1", xuid: null }, settings: { ...settings, streaming: true } },
    { name: "diagnostics", sample: "fresh", clicks: ["More", "Diagnostics"] },
    {
      name: "diagnostics_saved",
      sample: "fresh",
      clicks: ["More", "Diagnostics", "Show the report", "Save to a file"],
      answers: { diagnose: { text: REPORT }, save_diagnostics: { path: "Downloads/spartan-tray-report.txt" } },
    },
    { name: "about", sample: "fresh", clicks: ["More", "About"] },
    { name: "other_way", sample: "signed_out_other_way", status: otherWayFailed, clicks: ["Another way"] },
    { name: "other_way_failed", sample: "signed_out_other_way", status: otherWayFailed },
  ].map((scene) => ({ status: samples[scene.sample], now: timeOf(scene.sample), ...scene })),
];

const stage = await openStage();
const { page, close } = await launch();
try {
  for (const scene of scenes) {
    for (const size of SIZES) {
      for (const scheme of ["light", "dark"]) await draw(scene, size, scheme);
    }
  }
} finally {
  await close();
  await stage.close();
}

async function draw(scene, size, scheme) {
  const file = join(folder, `${scene.name}-${size.width}-${scheme}.png`);
  if (!file.includes(only, folder.length)) return;
  await page.look({ ...size, scheme });
  await page.open(stage.at(startOf(scene.status, parts(scene)), scene.now, scene.answers));
  for (const name of scene.clicks ?? []) await page.click(name);
  for (const script of [scene.then, scene.last]) if (script) await page.evaluate(`{ ${script} }`).then(() => page.frame());
  await page.evaluate("new Promise((done) => setTimeout(done, 750))");
  writeFileSync(file, await page.screenshot());
  for (const complaint of page.complaints) console.error(`${file}: ${complaint}`);
}

/** Returns this scene's initial state apart from its status. */
function parts(scene) {
  const { accounts, settings: own } = scene;
  return { about: { ...about, ...scene.about }, ...(accounts ? { accounts } : {}), ...(own ? { settings: own } : {}) };
}

/**
 * Draws the screenshots for the documents, light and dark side by side: `node src-tauri/tests/ui/pictures.mjs
 * <folder>`. ImageMagick combines them and reduces their size.
 */

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch } from "./browser.mjs";
import { about, apps, qr, samples, startOf, timeOf } from "./samples.mjs";
import { openStage } from "./stage.mjs";

const [folder] = process.argv.slice(2);
if (!folder) throw new Error("say which folder to write to");

const COPIED = { copy_spartan_token: { expires_at: 1_795_298_400_000, clears_in_ms: 60_000 } };
const REPORT = ["Spartan Tray 0.1.0", "Linux, GNOME, Wayland; tray: yes", "keyring: keeps an entry", "vault: opens", "clock: right", "05:25:01 info renewed, took 0.8 s"].join("\n");

/** One screenshot for each state, and for the most frequent actions; `clicks` are names of buttons. */
const PICTURES = [
  { name: "opening", sample: "opening" },
  { name: "locked", sample: "shut_locked" },
  { name: "unlocking", sample: "unlocking" },
  { name: "first-start", sample: "signed_out_never" },
  { name: "sign-in-failed", sample: "signed_out_failed" },
  { name: "signing-in", sample: "signing_in_legs" },
  { name: "on-my-phone", sample: "signing_in_code" },
  { name: "in-my-browser", sample: "signing_in_browser" },
  { name: "signed-in", sample: "fresh" },
  { name: "copied", sample: "fresh", clicks: ["Copy Spartan token"], answers: COPIED },
  { name: "renewing", sample: "renewing" },
  { name: "stale", sample: "stale" },
  { name: "needs-sign-in", sample: "needs_action" },
  { name: "signed-out", sample: "signed_out_by_person" },
  { name: "accounts", sample: "fresh", clicks: ["More", "Accounts"] },
  { name: "azure-apps", sample: "fresh", clicks: ["More", "Azure apps"], answers: { apps } },
  { name: "settings", sample: "fresh", clicks: ["More", "Settings"] },
  { name: "diagnostics", sample: "fresh", clicks: ["More", "Diagnostics", "Show the report"], answers: { diagnose: { text: REPORT } } },
  { name: "about", sample: "fresh", clicks: ["More", "About"] },
];

const rough = mkdtempSync(join(tmpdir(), "spartan-tray-pictures-"));
mkdirSync(folder, { recursive: true });
const stage = await openStage();
const { page, close } = await launch();
try {
  for (const picture of PICTURES) {
    const halves = [];
    for (const scheme of ["light", "dark"]) halves.push(await draw(picture, scheme));
    const whole = join(folder, `${picture.name}.png`);
    // Contains no time, so that the same page results in the same file.
    const small = ["+dither", "-colors", "64", "-strip", "-define", "png:exclude-chunks=date,time", "-define", "png:compression-level=9"];
    execFileSync("convert", [...halves, "+append", ...small, `PNG8:${whole}`]);
    console.log(whole);
  }
} finally {
  await close();
  await stage.close();
  rmSync(rough, { recursive: true });
}

async function draw({ name, sample, clicks = [], answers = {} }, scheme) {
  await page.look({ width: 440, height: 640, scheme });
  await page.open(stage.at(startOf(samples[sample], { about }), timeOf(sample), { phone_qr: qr, ...answers }));
  for (const click of clicks) await page.click(click);
  // Everything that fades in has done so.
  await page.evaluate("new Promise((done) => setTimeout(done, 750))");
  for (const complaint of page.complaints) throw new Error(`${name}: ${complaint}`);
  const file = join(rough, `${name}-${scheme}.png`);
  writeFileSync(file, await page.screenshot());
  return file;
}

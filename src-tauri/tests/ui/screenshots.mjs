/**
 * Draws each sample status, and each place a person can go from there, light and dark, in three sizes:
 * `node src-tauri/tests/ui/screenshots.mjs <folder> [part of a name]`.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./browser.mjs";
import { about, EARLY, LATE, openStage, samples, timeOf } from "./stage.mjs";

const [folder, only = ""] = process.argv.slice(2);
if (!folder) throw new Error("say which folder to write to");
mkdirSync(folder, { recursive: true });

const SIZES = [
  { width: 440, height: 640 },
  { width: 360, height: 480 },
  { width: 1000, height: 900 },
];

const COPIED = { copy_spartan_token: { expires_at: 1_795_298_400_000, clears_at: EARLY + 60_000 } };
/** Draws at once, without waiting for the next second. */
const SEE_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))";
const FOUND = { kind: "app", client_id: "01234567-89ab-cdef-0123-456789abcdef", redirect_uri: "https://localhost", has_secret: true };

/** Everything to draw: a status, a time, and what is clicked. */
const scenes = [
  ...Object.entries(samples).map(([name, status]) => ({ name, status, now: timeOf(name) })),
  ...[
    { name: "own_app_only", sample: "signed_out_never", about: { has_app: false } },
    { name: "lines", sample: "signed_out_never", clicks: ["I already use SPNKr or my own app"] },
    {
      name: "lines_found",
      sample: "signed_out_never",
      clicks: ["I already use SPNKr or my own app"],
      answers: { import_lines: FOUND },
      then: "document.querySelector('textarea').value = 'x'; press('Use these lines')",
    },
    { name: "own_app", sample: "signed_out_never", clicks: ["I already use SPNKr or my own app", "Fill in the client ID"] },
    { name: "own_app_wrong", sample: "signed_out_never", clicks: ["I already use SPNKr or my own app", "Fill in the client ID", "Sign in"] },
    { name: "register", sample: "signed_out_never", clicks: ["Register one"] },
    { name: "sample", sample: "signed_out_never", clicks: ["Look around"] },
    { name: "copied", sample: "fresh", clicks: ["Copy Spartan token"], answers: COPIED },
    { name: "clearing", sample: "fresh", clicks: ["Copy Spartan token"], answers: COPIED, then: `rust.skip(70_000); ${SEE_AGAIN}` },
    { name: "cleared", sample: "fresh", clicks: ["Copy Spartan token"], answers: COPIED, then: "rust.endCopy('cleared')" },
    { name: "copy_stays", sample: "fresh", clicks: ["Copy Spartan token"], answers: COPIED, then: "rust.endCopy('stays')" },
    { name: "menu", sample: "fresh", clicks: ["More"] },
    { name: "sign_out", sample: "fresh", clicks: ["Sign out"] },
    { name: "demo", sample: "fresh", about: { demo: true } },
    { name: "last_minutes", sample: "stale", now: LATE + 14 * 60_000 },
    { name: "expired", sample: "stale", now: LATE + 40 * 60_000, clicks: ["Copy Spartan token"] },
    { name: "start_afresh", sample: "shut_damaged", clicks: ["Start afresh"] },
  ].map((scene) => ({ status: samples[scene.sample], now: timeOf(scene.sample), ...scene })),
].filter(({ name }) => name.includes(only));

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
  await page.look({ ...size, scheme });
  await page.open(stage.at({ about: { ...about, ...scene.about }, status: scene.status }, scene.now));
  await page.evaluate(`Object.assign(rust.answers, ${JSON.stringify(scene.answers ?? {})})`);
  for (const name of scene.clicks ?? []) await page.click(name);
  if (scene.then) await page.evaluate(scene.then);
  await page.evaluate("new Promise((done) => setTimeout(done, 750))");
  const file = join(folder, `${scene.name}-${size.width}-${scheme}.png`);
  writeFileSync(file, await page.screenshot());
  for (const complaint of page.complaints) console.error(`${file}: ${complaint}`);
}

// Asks Halo who you are. Needs Node 18 or later, and the command spartan on the PATH, which hands out valid tokens; none is
// stored here.
const SPARTAN = ["token", "--format=json"«account»];
const AHEAD = 5 * 60_000;
let tokens;

/**
 * Fetches with fresh tokens: new ones before the old expire, and once after Halo refuses them. Without a valid token it
 * rejects, with what spartan said in `stderr` and its exit code in `code`. The next call asks again.
 */
async function halo(address) {
  await renewIfDue();
  const answer = await fetch(address, { headers: headers() });
  if (answer.status !== 401) return answer;
  tokens = undefined; // Halo no longer takes them.
  await renew("--renew");
  return fetch(address, { headers: headers() });
}

async function renewIfDue() {
  if (left() > AHEAD) return;
  try {
    await renew();
  } catch (error) {
    if (left() <= 0) throw error;
    console.error(error.stderr || error.message); // The token is still valid.
  }
}

function left() {
  return tokens ? Date.parse(tokens.expires_at) - Date.now() : 0;
}

async function renew(...options) {
  const { execFile } = await import("node:child_process");
  const { promisify } = await import("node:util");
  const asked = await promisify(execFile)("spartan", [...SPARTAN, ...options]);
  process.stderr.write(asked.stderr);
  tokens = JSON.parse(asked.stdout);
}

function headers() {
  const spartan = { Accept: "application/json", "x-343-authorization-spartan": tokens.spartan_token };
  return tokens.clearance ? { ...spartan, "343-clearance": tokens.clearance } : spartan;
}

async function main() {
  const answer = await halo("https://profile.svc.halowaypoint.com/users/me");
  if (!answer.ok) throw new Error(`Halo answered ${answer.status}.`);
  const user = await answer.json();
  console.log(user.gamertag, user.xuid);
}

main().catch((error) => {
  console.error(error.stderr || error);
  process.exitCode = 1;
});

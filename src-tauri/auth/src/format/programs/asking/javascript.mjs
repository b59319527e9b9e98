// Asks Halo who you are. Needs Node 18 or later, and the command spartan on the PATH: it gives tokens that are good, and
// nothing is kept here.
const SPARTAN = ["token", "--format=json"«account»];
const AHEAD = 5 * 60_000;
let tokens;

/** Fetches with tokens that are good: new ones before the old expire, and where Halo refuses them. */
async function halo(address) {
  if (!tokens || Date.parse(tokens.expires_at) - Date.now() < AHEAD) await renew();
  const answer = await fetch(address, { headers: headers() });
  if (answer.status !== 401) return answer;
  // A new one is made unless this one is new itself: made within the last five minutes of its four hours.
  await renew("--min-ttl=235m");
  return fetch(address, { headers: headers() });
}

async function renew(...options) {
  const { execFile } = await import("node:child_process");
  const { promisify } = await import("node:util");
  const asked = await promisify(execFile)("spartan", [...SPARTAN, ...options]);
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

// Asks Halo who you are. Needs Node 18 or later. The Spartan token inside is good until «until».
«missing»const SPARTAN_TOKEN = «token»;
const CLEARANCE_TOKEN = «clearance»;

async function main() {
  const headers = { Accept: "application/json", "x-343-authorization-spartan": SPARTAN_TOKEN };
  if (CLEARANCE_TOKEN) headers["343-clearance"] = CLEARANCE_TOKEN;
  const answer = await fetch("https://profile.svc.halowaypoint.com/users/me", { headers });
  if (!answer.ok) throw new Error(`Halo answered ${answer.status}.`);
  const user = await answer.json();
  console.log(user.gamertag, user.xuid);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

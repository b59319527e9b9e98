//! Programs in a loop survive an outage that's longer than their token's lifetime.

use crate::{
    WHO,
    computer::{Computer, Ended},
};

/// The lifetime of a Spartan token here, in seconds.
const LIFE: &str = "9";

/// How far in advance a program renews here: its own five minutes, scaled down.
const AHEAD: [(&str, &str, &str); 2] = [("python", "minutes=5", "seconds=2"), ("javascript", "5 * 60_000", "2_000")];

/// Calls Halo repeatedly while the services are down, until three calls have failed and one has succeeded again. It
/// prints the runs of successful and failed calls, and the error of the last failure.
const LOOP_IN_PYTHON: &str = r#"
import itertools
import os
import urllib.request

CONTROL = os.environ["CONTROL"]
DOWN = {"endpoint": "spartan", "fault": {"kind": "status", "status": 503}, "times": "always"}


def order(method, order=None):
    body = json.dumps(order).encode() if order else None
    headers = {"Content-Type": "application/json"} if order else {}
    urllib.request.urlopen(urllib.request.Request(f"{CONTROL}/faults", body, headers, method=method)).close()


async def loop():
    seen, why = [], None
    async with ClientSession() as session:
        halo = Halo(session)
        while "down" not in seen or seen[-1] == "down":
            try:
                answer = await halo.call(lambda client: client.profile.get_current_user())
                user = await answer.parse()
                seen.append("works")
            except RuntimeError as error:
                why = str(error)
                seen.append("down" if halo.left() <= timedelta() else "down too soon")
            if len(seen) == 1:
                order("POST", DOWN)
            if seen.count("down") == 3:
                order("DELETE")
            await asyncio.sleep(0.2)
    print(user.gamertag, user.xuid)
    print(", ".join(run for run, _ in itertools.groupby(seen)))
    print(why)


asyncio.run(loop())
"#;

const LOOP_IN_JAVASCRIPT: &str = r#"
const me = "https://profile.svc.halowaypoint.com/users/me";
const DOWN = { endpoint: "spartan", fault: { kind: "status", status: 503 }, times: "always" };
const order = (method, body) => {
  const headers = body ? { "Content-Type": "application/json" } : {};
  return fetch(`${process.env.CONTROL}/faults`, { method, headers, body: body && JSON.stringify(body) });
};
const seen = [];
let user, why;
while (!seen.includes("down") || seen.at(-1) === "down") {
  try {
    user = await (await halo(me)).json();
    seen.push("works");
  } catch (error) {
    why = `${error.stderr.trim()} (exit code ${error.code})`;
    seen.push(left() <= 0 ? "down" : "down too soon");
  }
  if (seen.length === 1) await order("POST", DOWN);
  if (seen.filter((one) => one === "down").length === 3) await order("DELETE");
  await new Promise((resolve) => setTimeout(resolve, 200));
}
console.log(user.gamertag, user.xuid);
console.log(seen.filter((one, at) => one !== seen[at - 1]).join(", "));
console.log(why);
"#;

/// Runs a copied program with a loop instead of its example.
fn looped(computer: &Computer, format: &str, example: &str, own: &str, runs: &str) -> Ended {
    let copied = computer.run(&format!("spartan token --format {format}"));
    let (_, ahead, scaled) = AHEAD.into_iter().find(|(name, _, _)| *name == format).unwrap();
    let (program, _) = copied.printed.rsplit_once(example).unwrap();
    assert!(program.contains(ahead), "{program}");
    computer.write("program", &format!("{}{own}", program.replace(ahead, scaled)));
    computer.run(runs)
}

fn assert_recovered(ended: &Ended) {
    let (who, rest) = ended.printed.split_at(WHO.len().min(ended.printed.len()));
    assert_eq!((ended.status, who), (0, WHO), "{ended:?}");
    assert!(rest.starts_with("works, down, works\n"), "{ended:?}");
    assert!(rest.contains("503") && rest.ends_with("(exit code 1)\n"), "{ended:?}");
    assert!(ended.complained.contains("503"), "a renewal failed while the token was valid: {ended:?}");
}

#[test]
fn python_outlives_an_outage_past_the_expiry() {
    let Some(computer) = Computer::open_with(&["--life-halo", LIFE]) else { return };
    assert_recovered(&looped(&computer, "python", "if __name__ ==", LOOP_IN_PYTHON, "python program"));
}

#[test]
fn node_outlives_an_outage_past_the_expiry() {
    let Some(computer) = Computer::open_with(&["--life-halo", LIFE]) else { return };
    if computer.run("node --version").status != 0 {
        return;
    }
    let runs = "mv program program.mjs && node program.mjs";
    assert_recovered(&looped(&computer, "javascript", "main().catch(", LOOP_IN_JAVASCRIPT, runs));
}

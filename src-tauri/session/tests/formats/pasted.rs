//! Programs run as pasted, against Halo's mock services.

use std::{fs, os::unix::fs::PermissionsExt as _};

use jiff::{SignedDuration, Timestamp};
use spartan_auth::player::Player;
use spartan_session::format::{Format, Group};

use crate::{
    bed::{text, without_example},
    command::found,
    halo::{Ended, Halo, WHO, script},
    programs,
};

/// Runs a program with its interpreter, if it can be run here: C# and PowerShell can't.
fn run(halo: &Halo, format: Format, program: &str) -> Option<Ended> {
    let file = |name| halo.spartan.file(name, program);
    match format {
        Format::Curl | Format::CurlWithToken => Some(halo.run(&["bash", &file("program.sh")])),
        Format::Python | Format::PythonWithToken => Some(halo.python(&file("program.py"))),
        Format::Javascript | Format::JavascriptWithToken => {
            found("node").map(|_| halo.run(&["node", &file("program.mjs")]))
        }
        _ => None,
    }
}

/// Returns the player with a token that Halo doesn't know.
fn refused(player: &Player) -> Player {
    let mut player = player.clone();
    player.spartan.token = "v4=dead".into();
    player
}

/// Returns the player with little time left.
fn nearly_expired(player: &Player) -> Player {
    let mut player = player.clone();
    player.spartan.life.expires_at = Timestamp::now() + SignedDuration::from_mins(4);
    player
}

const TWICE_IN_PYTHON: &str = "
async def twice():
    async with ClientSession() as session:
        halo = Halo(session)
        for _ in range(2):
            await halo.call(lambda client: client.profile.get_current_user())

asyncio.run(twice())
";

const TWICE_IN_JAVASCRIPT: &str = "
const me = \"https://profile.svc.halowaypoint.com/users/me\";
console.log((await halo(me)).status, (await halo(me)).status);
";

/// A sign-out between two requests.
const SIGNED_OUT_IN_PYTHON: &str = "
import pathlib, shutil

async def signed_out():
    async with ClientSession() as session:
        halo = Halo(session)
        for _ in range(2):
            user = await (await halo.call(lambda client: client.profile.get_current_user())).parse()
            print(user.gamertag, user.xuid)
            pathlib.Path(shutil.which('spartan')).with_name('json').unlink(missing_ok=True)

asyncio.run(signed_out())
";

/// The command is uninstalled between two requests.
const UNINSTALLED_IN_JAVASCRIPT: &str = "
const me = \"https://profile.svc.halowaypoint.com/users/me\";
for (let time = 0; time < 2; time++) {
  const user = await (await halo(me)).json();
  console.log(user.gamertag, user.xuid);
  process.env.PATH = \"/nowhere\";
}
";

#[test]
fn a_token_that_is_still_valid_goes_on_being_used_if_there_is_no_new_one() {
    let Some(halo) = Halo::open() else { return };
    halo.spartan.hands_out(&nearly_expired(&halo.player));
    for (format, program, why) in [
        (Format::Javascript, UNINSTALLED_IN_JAVASCRIPT, "ENOENT"),
        (Format::Python, SIGNED_OUT_IN_PYTHON, "spartan: Nobody is signed in. (exit code 3)"),
    ] {
        let Some(ended) = run(&halo, format, &without_example(format, program)) else { continue };
        assert_eq!((ended.status, ended.printed.as_str()), (0, WHO.repeat(2).as_str()), "{format}: {ended:?}");
        assert!(ended.complained.contains(why), "{format}: {ended:?}");
    }
}

#[test]
fn each_program_is_told_by_halo_whose_tokens_it_has() {
    let Some(halo) = Halo::open() else { return };
    let programs = Format::ALL.into_iter().filter(|format| matches!(format.group(), Group::Asking | Group::Holding));
    let mut told = 0;
    for format in programs {
        let Some(ended) = run(&halo, format, &text(format, &halo.player, None)) else { continue };
        assert_eq!((ended.status, &*ended.complained), (0, ""), "{format}: {ended:?}");
        let is_told = ended.printed == WHO
            || serde_json::from_str(&ended.printed)
                .is_ok_and(|user: serde_json::Value| user["gamertag"] == "aCurtis X89");
        assert!(is_told, "{format}: {ended:?}");
        told += 1;
    }
    assert!(told >= 4, "bash and Python are always here");
}

#[test]
fn javascript_runs_as_a_module_and_as_a_script() {
    let Some(halo) = Halo::open() else { return };
    if found("node").is_none() {
        return;
    }
    for format in [Format::Javascript, Format::JavascriptWithToken] {
        for name in ["program.mjs", "program.cjs", "program.js"] {
            let ended = halo.run(&["node", &halo.spartan.file(name, &text(format, &halo.player, None))]);
            assert_eq!(ended.printed, WHO, "{name}: {ended:?}");
        }
    }
}

#[test]
fn a_token_that_halo_refuses_is_asked_for_anew_once() {
    let Some(halo) = Halo::open() else { return };
    halo.spartan.hands_out(&refused(&halo.player));
    halo.spartan.hands_out_renewed(&halo.player);
    for format in [Format::Python, Format::Javascript] {
        let before = halo.spartan.asked().len();
        let Some(ended) = run(&halo, format, &text(format, &halo.player, Some("Nadia"))) else { continue };
        assert_eq!(ended.printed, WHO, "{format}: {ended:?}");
        let first = ["token", "--format=json", "--account=Nadia"];
        let second = ["token", "--format=json", "--account=Nadia", "--renew"];
        assert_eq!(
            halo.spartan.asked()[before..],
            [first.map(String::from).to_vec(), second.map(String::from).to_vec()]
        );
    }
}

#[test]
fn a_program_that_halo_goes_on_refusing_ends_and_asks_no_more() {
    let Some(halo) = Halo::open() else { return };
    halo.spartan.hands_out(&refused(&halo.player));
    halo.spartan.hands_out_renewed(&refused(&halo.player));
    for (format, times) in [(Format::Python, 2), (Format::Javascript, 2), (Format::Curl, 2)] {
        let before = halo.spartan.asked().len();
        let Some(ended) = run(&halo, format, &text(format, &halo.player, None)) else { continue };
        assert_ne!(ended.status, 0, "{format}: {ended:?}");
        assert!(ended.complained.contains("401"), "{format}: {ended:?}");
        assert_eq!(halo.spartan.asked().len() - before, times, "{format}");
    }
}

#[test]
fn a_token_is_asked_for_once_while_it_is_good_and_again_before_it_expires() {
    let Some(halo) = Halo::open() else { return };
    let python = without_example(Format::Python, TWICE_IN_PYTHON);
    let javascript = without_example(Format::Javascript, TWICE_IN_JAVASCRIPT);
    for (player, times) in [(halo.player.clone(), 1), (nearly_expired(&halo.player), 2)] {
        halo.spartan.hands_out(&player);
        for (format, program) in [(Format::Python, &python), (Format::Javascript, &javascript)] {
            let before = halo.spartan.asked().len();
            let Some(ended) = run(&halo, format, program) else { continue };
            assert_eq!(ended.status, 0, "{format}: {ended:?}");
            assert_eq!(halo.spartan.asked().len() - before, times, "{format}");
        }
    }
}

#[test]
fn spnkr_calls_halo_with_the_lines_of_a_env_file_that_a_shell_has_sourced() {
    let Some(halo) = Halo::open() else { return };
    let python = programs::python().unwrap();
    for shell in ["sh", "bash"] {
        let lines = halo.spartan.file(".env", &text(Format::DotenvSpnkr, &halo.player, None));
        let script = script("spnkr_env.py");
        let source = "set -a; . \"$0\"; exec \"$@\"";
        let ended = halo.run(&[shell, "-c", source, &lines, python.to_str().unwrap(), script.to_str().unwrap()]);
        assert_eq!(ended.printed, WHO, "{shell}: {ended:?}");
    }
}

#[test]
fn no_list_of_processes_shows_a_token_to_others() {
    let Some(halo) = Halo::open() else { return };
    // Prints curl's arguments, as a process list would show them.
    let curl = "#!/bin/sh\nprintf '%s\\n' \"$*\" >&2\nPATH=${PATH#*:} exec curl \"$@\"\n";
    let file = halo.spartan.file("curl", curl);
    fs::set_permissions(file, fs::Permissions::from_mode(0o700)).unwrap();
    for format in [Format::Curl, Format::CurlWithToken] {
        let ended = run(&halo, format, &text(format, &halo.player, None)).unwrap();
        assert_eq!(ended.status, 0, "{ended:?}");
        assert!(ended.complained.contains("--header @-") && !ended.complained.contains("v4="), "{ended:?}");
    }
}

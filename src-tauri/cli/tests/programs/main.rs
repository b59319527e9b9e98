//! People's own programs get their tokens from the command itself, and call Halo with them.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "clippy exempts tests but not their shared functions, which fail by panicking")]

mod computer;
#[path = "../../../fakes/tests/reference/network.rs"]
mod network;
#[path = "../../../fakes/tests/reference/programs.rs"]
mod programs;
mod recovering;
#[path = "../../../fakes/tests/reference/stand_ins.rs"]
mod stand_ins;

use crate::computer::Computer;

/// The player that Halo identifies by the tokens.
const WHO: &str = "aCurtis X89 2533274855333605\n";

#[test]
fn spnkr_has_its_tokens_from_env_and_exec() {
    let Some(computer) = Computer::open() else { return };
    let names = "SPNKR_SPARTAN_TOKEN=$HALO_SPARTAN_TOKEN SPNKR_CLEARANCE_TOKEN=$HALO_CLEARANCE_TOKEN";
    for line in [
        format!("eval \"$(spartan env --shell posix)\" && {names} python \"$CALLS\""),
        format!("spartan exec -- sh -c '{names} python \"$CALLS\"'"),
        "spartan token --format dotenv-spnkr --output .env && set -a && . ./.env && python \"$CALLS\"".to_owned(),
    ] {
        let ended = computer.run(&line);
        assert_eq!((ended.status, &*ended.printed, &*ended.complained), (0, WHO, ""), "{line}");
    }
}

#[test]
fn what_is_copied_asks_the_command_and_is_answered_by_halo() {
    let Some(computer) = Computer::open() else { return };
    for (format, name, runs) in
        [("curl", "program.sh", "bash"), ("python", "program.py", "python"), ("javascript", "program.mjs", "node")]
    {
        let line = format!("spartan token --format {format} --output {name} && {runs} {name}");
        if runs == "node" && computer.run("node --version").status != 0 {
            continue;
        }
        let ended = computer.run(&line);
        assert!(ended.status == 0 && ended.printed.contains("aCurtis X89"), "{format}: {ended:?}");
        assert!(!computer.read(name).contains("v4="), "{format} holds no token");
    }
}

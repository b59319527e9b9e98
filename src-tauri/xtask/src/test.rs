//! `cargo xtask test`: runs what CI runs on Linux, quick checks first, up to the first failure.

mod plan;

use std::{process::Command, time::Instant};

use crate::{
    imports, names,
    order::Consent,
    process,
    set_up::{self, Purpose},
};
use plan::{Call, Check, STEPS, Step, Tool};

/// Runs each step of the plan.
pub fn run(consent: Consent) -> Result<(), String> {
    set_up::prepare(Purpose::Test, consent)?;
    let start = Instant::now();
    for (index, step) in STEPS.iter().enumerate() {
        println!("\n=== {} of {} · {}", index + 1, STEPS.len(), step.headline);
        take(step).map_err(|words| format!("{words}\nFailed at: {}.", step.headline))?;
    }
    let seconds = start.elapsed().as_secs();
    println!("\nAll {} steps passed in {} min {} s.", STEPS.len(), seconds / 60, seconds % 60);
    Ok(())
}

fn take(step: &Step) -> Result<(), String> {
    match &step.check {
        Check::EndsWell(call) => process::run(&mut command(call)),
        Check::NamesNone(call, packages) => {
            let mut command = command(call);
            println!("$ {}", process::line(&command));
            let named = plan::named(&process::output(&mut command)?, packages);
            if named.is_empty() { Ok(()) } else { Err(format!("Among them: {}.", named.join(", "))) }
        }
        Check::NoCircles => imports::check(),
        Check::NoReplacedNames => names::check(),
    }
}

fn command(call: &Call) -> Command {
    let mut command = match call.tool {
        Tool::Cargo => process::cargo(),
        Tool::Node => process::program("node"),
        Tool::Tsc => process::program("tsc"),
    };
    command.args(call.arguments.split_whitespace());
    command.current_dir(process::checkout().join(call.folder));
    command.env("RUSTDOCFLAGS", "-D warnings");
    command
}

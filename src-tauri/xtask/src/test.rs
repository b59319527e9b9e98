//! `cargo xtask test`: what CI runs on Linux, quick checks first, up to the first failure.

mod plan;

use std::{process::Command, time::Instant};

use crate::{
    order::Consent,
    process,
    set_up::{self, Purpose},
};
use plan::{Rule, STEPS, Step, Tool};

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
    let mut command = command(step);
    match step.rule {
        Rule::EndsWell => process::run(&mut command),
        Rule::NeverNames(package) => {
            println!("$ {}", process::line(&command));
            let tree = process::output(&mut command)?;
            if plan::names(&tree, package) { Err(format!("{package} is among them.")) } else { Ok(()) }
        }
    }
}

fn command(step: &Step) -> Command {
    let mut command = match step.tool {
        Tool::Cargo => process::cargo(),
        Tool::Node => process::program("node"),
    };
    command.args(step.arguments.split_whitespace());
    command.current_dir(process::checkout().join(step.folder));
    command.env("RUSTDOCFLAGS", "-D warnings");
    command
}

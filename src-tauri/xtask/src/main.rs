//! `cargo xtask`: one command each for set-up, demo, start, tests and measurements, on a machine with only Rust and
//! git.

mod bench;
mod bundle;
mod control;
mod cross;
mod demo;
mod imports;
mod names;
mod node;
mod order;
mod packages;
mod process;
mod release;
mod rights;
mod screenshots;
mod set_up;
mod sources;
mod stand_ins;
mod system;
mod test;
mod wheel;

use std::process::ExitCode;

use order::{Consent, Order};

fn main() -> ExitCode {
    match Order::parse(std::env::args().skip(1)).and_then(obey) {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            eprintln!("\n{words}");
            ExitCode::FAILURE
        }
    }
}

fn obey(order: Order) -> Result<(), String> {
    match order {
        Order::Demo(consent) => demo::run(consent.or_by_itself()),
        Order::Run(consent) => release::run(consent.or_by_itself()),
        Order::Test(consent) => test::run(consent.or_by_itself()),
        Order::Bench(what, consent) => bench::run(what, consent.or_by_itself()),
        Order::Bundle(wanted, consent) => bundle::run(&wanted, consent.or_by_itself()),
        Order::TryBundle(consent) => bundle::check(consent.or_by_itself()),
        Order::BundleTwice(consent) => bundle::twice(consent.or_by_itself()),
        Order::Wheel(wheel, consent) => wheel::run(&wheel, consent.or_by_itself()),
        Order::Screenshots(consent) => screenshots::run(consent.or_by_itself()),
        Order::Windows(consent) => cross::windows(consent.or_by_itself()),
        Order::Macos(consent) => cross::macos(consent.or_by_itself()),
        Order::Help => {
            println!("{}", order::HELP);
            Ok(())
        }
    }
}

impl Consent {
    /// Without a terminal nobody can answer a question, and a build server must not wait.
    fn or_by_itself(self) -> Self {
        use std::io::IsTerminal;
        let attended = std::env::var_os("CI").is_none() && std::io::stdin().is_terminal();
        if attended { self } else { Self::Given }
    }
}

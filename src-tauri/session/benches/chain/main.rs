//! How long the chain takes: this crate, SPNKr and python-xbox in turn, against the same stand-ins.
//!
//! The stand-ins are a process of their own, reached over TLS under the real host names, over a line with a round trip
//! and over one without. `cargo xtask bench chain` builds them first.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "clippy exempts tests but not their shared functions, which fail by panicking"
)]

mod control;
mod keep;
#[path = "../../../fakes/tests/reference/network.rs"]
mod network;
mod ours;
#[path = "../../../fakes/tests/reference/programs.rs"]
mod programs;
mod round;
mod rows;
mod runs;
#[path = "../../../fakes/tests/reference/stand_ins.rs"]
mod stand_ins;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        // What `runs` starts where the stand-ins can be reached.
        ["ours", method, addresses] => ours::run(method, addresses),
        [.., "--bench"] => println!("{}", rows::table(&runs::all())),
        // Run as a test there is nothing to see.
        _ => {}
    }
}

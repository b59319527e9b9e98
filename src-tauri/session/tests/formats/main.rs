//! What is copied works as intended: shells read it, programs run as pasted, and nothing in a name or a value is ever
//! taken for more than text.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "clippy exempts tests but not their shared functions, which fail by panicking"
)]

mod bed;
mod literals;
mod powershell;
#[cfg(unix)]
mod shells;

#[cfg(target_os = "linux")]
mod asked;
#[cfg(target_os = "linux")]
mod command;
#[cfg(target_os = "linux")]
mod halo;
#[cfg(target_os = "linux")]
#[path = "../../../fakes/tests/reference/network.rs"]
mod network;
#[cfg(target_os = "linux")]
mod pasted;
#[cfg(target_os = "linux")]
#[path = "../../../fakes/tests/reference/programs.rs"]
mod programs;
#[cfg(target_os = "linux")]
mod readers;
#[cfg(target_os = "linux")]
#[path = "../../../fakes/tests/reference/stand_ins.rs"]
mod stand_ins;

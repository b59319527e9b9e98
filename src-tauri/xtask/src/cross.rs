//! Windows and macOS from Linux: in a separate Debian, whose compilers are new enough to build for both.

mod crates;
mod folder;
mod install;
mod journey;
mod macos;
mod plan;
mod program;
mod tally;
mod visit;
mod windows;
mod wine;

pub use macos::run as macos;
pub use windows::run as windows;

//! Interrupted at any moment: what a crash, a kill or a power cut leaves can be opened, with the old contents or the
//! new.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "clippy exempts tests but not their shared functions, which fail by panicking"
)]

mod again;
mod disk;
mod each_operation;
mod home;
mod killed;
mod power_cut;
mod program;
mod ring;
mod stepped_files;
mod timeless;
mod token_file;

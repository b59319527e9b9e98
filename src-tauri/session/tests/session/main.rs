//! The session with scripted services, a clock that is moved by hand, a keyring in memory and a vault on the disk.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "clippy exempts tests but not their shared functions, which fail by panicking"
)]

mod accounts;
mod apps;
mod browser;
mod clock;
mod copying_as;
mod disk;
mod ending;
mod fresh;
mod handing_out;
mod importing;
mod issuer;
mod leaving;
mod memory;
mod nobody_waits;
mod opening;
mod pasting;
mod people;
mod phone;
mod renewing;
mod ring;
mod signing_in;
mod signing_in_again;
mod slow_disk;
mod stage;
mod taken_over;
mod time;
mod token_files;
mod two_writers;
mod words;

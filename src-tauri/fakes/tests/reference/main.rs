//! The stand-ins are true: programs that people use every day, unmodified, sign in and refresh against them on the
//! real host names. Both sides are asked: what the program got, and what the stand-ins counted and issued.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "clippy spares tests, but not the functions that they share: a panic is how these fail"
)]

mod microsoft;
mod network;
mod programs;
mod stand_ins;
mod told;
mod xbox;

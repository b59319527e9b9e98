//! What concerns the whole program: signing out, a report for support, and removing everything.

pub mod diagnostics;
pub mod leaving;
pub mod purge;

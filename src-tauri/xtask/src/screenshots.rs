//! `cargo xtask screenshots`: the screenshots for the documents, drawn from the current page.

use crate::{
    order::Consent,
    process,
    set_up::{self, Purpose},
};

/// Redraws them into `docs/images`.
pub fn run(consent: Consent) -> Result<(), String> {
    set_up::prepare(Purpose::Pictures, consent)?;
    process::run(process::program("node").args(["src-tauri/tests/ui/pictures.mjs", "src-tauri/docs/images"]))
}

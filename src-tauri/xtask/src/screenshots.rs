//! `cargo xtask screenshots`: the pictures of the documents, drawn from the page as it is now.

use crate::{
    order::Consent,
    process,
    set_up::{self, Purpose},
};

/// Draws them anew into `docs/images`.
pub fn run(consent: Consent) -> Result<(), String> {
    set_up::prepare(Purpose::Pictures, consent)?;
    process::run(process::program("node").args(["src-tauri/tests/ui/pictures.mjs", "src-tauri/docs/images"]))
}

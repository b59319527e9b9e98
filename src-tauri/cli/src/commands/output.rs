//! `--output FILE`: writes an answer to the person's own file.

use std::path::{Path, PathBuf};

use spartan_messages as messages;
use spartan_session::{
    error::OpenTo,
    token_files::{Once, Warning, WrittenOnce},
};

use crate::{exit::Exit, failure::Failure, here::Here, out, table::plain};

/// Writes the file in one step, and prints notes about its location.
pub async fn write(here: &Here, file: &Path, once: Once) -> Result<(), Failure> {
    let written = here.token_files().write_once(whole(file)?, once).await;
    let WrittenOnce { file, was_open, warnings } = written.map_err(|error| not_tried_again(error.into()))?;
    for line in notes(&file, was_open.as_ref(), &warnings) {
        out::say(&format!("spartan: {}", plain(&line)));
    }
    Ok(())
}

/// Returns notes about a file that tokens were written to.
pub fn notes(file: &Path, was_open: Option<&OpenTo>, warnings: &[Warning]) -> Vec<String> {
    let opened = was_open.map(|to| messages::was_open(file, to));
    opened.into_iter().chain(warnings.iter().map(messages::warning)).collect()
}

/// Returns the absolute path of a file, resolved against the current folder.
pub fn whole(file: &Path) -> Result<PathBuf, Failure> {
    if file == Path::new("-") {
        let todo = "For standard output, leave the option out. For a file of that name: ./-";
        return Err(Failure::new(Exit::Usage, "- isn't a file.", todo));
    }
    let failed = |error| Failure::new(Exit::Usage, format!("The path {} is invalid: {error}.", file.display()), "");
    std::path::absolute(file).map_err(failed)
}

/// Replaces the catalogue's words, which say that token files are tried again: this one isn't.
fn not_tried_again(failure: Failure) -> Failure {
    match failure.key.as_str() {
        "kept.files" => Failure { todo: "Check its permissions and the space left on the disk.".into(), ..failure },
        _ => failure,
    }
}

//! `spartan vault`.

use std::{
    io,
    path::{Path, PathBuf, absolute},
    sync::Arc,
};

use clap::{Args, Subcommand};
use spartan_session::operations::purge;
use spartan_vault::{
    fs::files::RealFiles,
    key::{key_file::KeyFile, key_place::KeyPlace},
    key_move::{self, Begun, Holds, Move},
};

use crate::{exit::Exit, failure::Failure, here::Here, out};

/// Choose where the key to the vault is kept
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  spartan vault init --key-file ~/.config/spartan/key
  spartan vault init --key-file /keys/spartan --move     with an existing sign-in")]
pub struct Vault {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(Init),
}

/// Keep the vault's key in a file, on a computer without a keyring
///
/// Creates the file so that only you can read it (mode 0600), and never overwrites one. Whoever can read it and the
/// vault can sign in as you, so keep them apart if you can. With --key-file, the path is stored in the settings;
/// without it, the file is the one that $SPARTAN_VAULT_KEY_FILE names, wherever that is set.
#[derive(Debug, Args)]
#[expect(clippy::doc_markdown, reason = "the help shows these lines as they are")]
#[command(after_help = "\
Examples:
  spartan vault init --key-file ~/.config/spartan/key
  spartan vault init --key-file /keys/spartan --move
  SPARTAN_VAULT_KEY_FILE=/keys/spartan spartan vault init")]
struct Init {
    /// The file, which is created if it doesn't exist [default: $SPARTAN_VAULT_KEY_FILE]
    #[arg(long, value_name = "PATH")]
    key_file: Option<PathBuf>,
    /// Encrypt an existing sign-in with the file's key, and remove its old key
    #[arg(long = "move")]
    moves: bool,
}

impl Vault {
    /// Does what the rest of the command line says.
    pub async fn run(self, here: &Here) -> Result<(), Failure> {
        match self.command {
            Command::Init(init) => init.run(here).await,
        }
    }
}

impl Init {
    async fn run(self, here: &Here) -> Result<(), Failure> {
        let (path, holds) = self.file(here)?;
        if self.moves && program_runs(here)? {
            // It has the old key in mind.
            return Err(Failure::new(Exit::Failed, "Spartan Tray is running.", "Quit it, then try again."));
        }
        let to = KeyFile::at(path.clone());
        let allowed = if self.moves { Move::Allowed } else { Move::NotAsked };
        let from = match holds {
            Holds::FromNowOn => here.keys.clone(),
            // What the environment names now is the new one.
            Holds::WhereNamed => KeyPlace::chosen(&here.paths, None, here.keyring.clone()),
        };
        let begun = key_move::begin(&here.paths, &from, &to, Arc::new(RealFiles), allowed, holds).await?;
        out::say(&told(&path, &begun)?);
        if lies_in(&path, here.paths.data()) {
            out::say("spartan: it's in the vault's folder, so whoever copies that folder has both.");
        }
        if let Some(other) = here.key_file.as_ref().filter(|named| **named != path) {
            let other = other.display();
            out::say(&format!("spartan: SPARTAN_VAULT_KEY_FILE names another file, {other}, which takes precedence."));
        }
        Ok(())
    }

    fn file(&self, here: &Here) -> Result<(PathBuf, Holds), Failure> {
        match (&self.key_file, &here.key_file) {
            (Some(path), _) => Ok((absolute(path).map_err(|error| unusable(&error))?, Holds::FromNowOn)),
            (None, Some(path)) => Ok((path.clone(), Holds::WhereNamed)),
            (None, None) => {
                let todo = "Name it: spartan vault init --key-file PATH";
                Err(Failure::new(Exit::Usage, "No key file is named.", todo))
            }
        }
    }
}

fn told(path: &Path, begun: &Begun) -> Result<String, Failure> {
    let file = path.display();
    let means = "Whoever can read it can open the sign-in.";
    match begun {
        Begun::Made => Ok(format!("spartan: the key is now in {file}. {means} Next: spartan sign-in")),
        Begun::WasThere => Ok(format!("spartan: the key in {file} is used. {means}")),
        Begun::Moved { old_key_stays: None } => {
            Ok(format!("spartan: only the key in {file} opens the vault now. {means}"))
        }
        Begun::Moved { old_key_stays: Some(_) } => Ok(format!(
            "spartan: the sign-in opens with the key in {file} now. {means} The old key could not be removed from the \
             keyring; it opens nothing any more."
        )),
        Begun::IsSealedOtherwise => Err(Failure::new(
            Exit::Vault,
            "There's already a sign-in, and another key opens it.",
            format!("To encrypt it with the key in {file}, add --move. Nothing was changed."),
        )),
    }
}

/// Whether a file that is there lies anywhere below a folder, whatever links lead to either.
fn lies_in(file: &Path, folder: &Path) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    real(file).zip(real(folder)).is_some_and(|(file, folder)| file.starts_with(folder))
}

fn program_runs(here: &Here) -> Result<bool, Failure> {
    purge::program_runs(&here.paths).map_err(|error| unusable(&error))
}

fn unusable(error: &io::Error) -> Failure {
    Failure::new(Exit::Vault, format!("The program's folder can't be read: {error}."), "")
}

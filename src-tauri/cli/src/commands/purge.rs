//! `spartan purge`.

use std::{
    io,
    path::{Path, PathBuf},
};

use clap::Args;
use spartan_auth::secrecy::ExposeSecret;
use spartan_messages as messages;
use spartan_session::{
    environment::LINK_SCHEME,
    operations::purge::{self, Around, KeyFileToo, Left, Thing, WithoutKeyring},
};
use spartan_vault::keyring::Interaction;

use super::keep::{missing, say_missing, say_unclear};
use crate::{ask, exit::Exit, failure::Failure, here::Here, out, table::plain};

/// Remove everything that Spartan Tray and this command have stored
///
/// Removes sign-ins, the key in the keyring, the settings, the log, what the window remembers, the start at login and
/// the handler of links. Lists them first, and asks. Tokens that were handed out work until they expire.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  spartan purge --dry-run             list what would be removed
  spartan purge                       ask first
  spartan purge --yes                 in a script")]
pub struct Purge {
    /// Only list what would be removed
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,
    /// Don't ask; if the keyring doesn't delete its key, remove the rest
    #[arg(long)]
    yes: bool,
    /// Also remove the key file, if the key is in one
    #[arg(long)]
    key_file_too: bool,
}

/// The program that opens links; the demo registers none.
const OPENS_LINKS: Option<&str> = if cfg!(feature = "demo") { None } else { Some(LINK_SCHEME) };

impl Purge {
    /// Lists, asks and removes.
    pub async fn run(self, here: &Here) -> Result<(), Failure> {
        let purge = purge::Purge {
            paths: here.paths.clone(),
            keys: here.keys.clone(),
            around: Around::of_system(&here.paths, OPENS_LINKS),
            key_file: if self.key_file_too { KeyFileToo::Goes } else { KeyFileToo::Stays },
        };
        say_unclear(&here.token_files());
        here.keys.known()?;
        let key_file = self.key_file_that_stays(here);
        let things = purge.list().map_err(|error| unusable(&error))?;
        if things.is_empty() {
            out::say("spartan: there is nothing to remove.");
            return Ok(());
        }
        let list: Vec<String> = things.iter().map(messages::thing).collect();
        if self.dry_run {
            out::answer(&list.join("\n"))?;
            say_that_it_stays(key_file.as_deref());
            return Ok(());
        }
        not_beside_the_program(here)?;
        if !self.yes {
            confirm(here, &list, key_file.as_deref()).await?;
            not_beside_the_program(here)?;
        }
        let without_keyring = if self.yes { WithoutKeyring::GoOn } else { WithoutKeyring::Stop };
        let missing = missing(&here.token_files(), |_| true);
        let left = purge.run(without_keyring).await?;
        say_missing(&missing);
        if let Some(path) = &key_file {
            // The settings that named it are gone by now: --key-file-too wouldn't find it again.
            out::say(&format!("spartan: the key file {} is yours and was kept.", path.display()));
        }
        told(&left)
    }

    /// Returns the key file, if one is used and it's to stay.
    fn key_file_that_stays(&self, here: &Here) -> Option<PathBuf> {
        let file = here.keys.file().filter(|_| !self.key_file_too)?;
        Some(file.path().to_owned()).filter(|path| path.exists())
    }
}

fn not_beside_the_program(here: &Here) -> Result<(), Failure> {
    if purge::program_runs(&here.paths).map_err(|error| unusable(&error))? {
        let what = "Spartan Tray is running and would write everything again.";
        return Err(Failure::new(Exit::Failed, what, "Quit it, then try again. Nothing was removed."));
    }
    Ok(())
}

/// Asks on a terminal, and accepts only an explicit yes.
async fn confirm(here: &Here, list: &[String], key_file: Option<&Path>) -> Result<(), Failure> {
    if here.asked == Interaction::Forbidden {
        let todo = "List everything with --dry-run, then remove it with --yes. Nothing was removed.";
        return Err(Failure::new(Exit::Usage, "There's no terminal to ask on.", todo));
    }
    out::say(&list.join("\n"));
    say_that_it_stays(key_file);
    out::say("This can't be undone. Type yes to continue:");
    let said = crate::interrupt::ends(ask::line()).await?;
    if said.expose_secret().trim() == "yes" {
        return Ok(());
    }
    Err(Failure::new(Exit::Failed, "Nothing was removed.", ""))
}

fn say_that_it_stays(key_file: Option<&Path>) {
    if let Some(path) = key_file {
        out::say(&format!("The key file {} is yours and is kept; --key-file-too removes it, too.", path.display()));
    }
}

fn told(left: &[Left]) -> Result<(), Failure> {
    for Left { thing, why } in left {
        let why = messages::why_left(why);
        match thing {
            // Its own message is enough: the entry itself is gone by now.
            Thing::Unclear(_) => out::say(&format!("spartan: {}", plain(&why))),
            thing => {
                out::say(&format!("spartan: {} stays: {}", messages::thing(thing), why.trim_end_matches('.')));
            }
        }
    }
    let is_key = |left: &Left| matches!(left.thing, Thing::Key(_));
    match left {
        [] => {
            out::say("spartan: everything was removed.");
            Ok(())
        }
        keys if keys.iter().all(is_key) => Err(Failure::new(
            Exit::Vault,
            "Everything else was removed.",
            "The key that's left opens nothing; you can delete it in your keyring.",
        )),
        _ => {
            Err(Failure::new(Exit::Failed, "Not everything was removed.", "Close what uses the rest, then try again."))
        }
    }
}

fn unusable(error: &io::Error) -> Failure {
    let why = error.to_string();
    Failure::new(Exit::Vault, format!("The program's folder can't be read: {}.", why.trim_end_matches('.')), "")
}

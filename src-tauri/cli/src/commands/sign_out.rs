//! `spartan sign-out`.

use std::path::Path;

use clap::Args;
use spartan_messages::unclear_entry;
use spartan_session::{operations::leaving::sign_out, token_files::Named};
use spartan_vault::account::{
    AccountId, Contents,
    choice::{NotChosen, choose, label},
};

use super::{
    keep::{missing, say_missing},
    whose::Whose,
};
use crate::{
    exit::Exit,
    failure::{Failure, called},
    here::Here,
    out,
    table::plain,
};

/// Delete an account's sign-in from this computer
///
/// Tokens that were handed out work until they expire. If nobody is left, the vault and its key are deleted, too.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  spartan sign-out                    the only account
  spartan sign-out Bot                one of several
  spartan sign-out --all              every account")]
pub struct SignOut {
    #[command(flatten)]
    pub whose: Whose,
    /// The account; required if there's more than one
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// Every account
    #[arg(long, conflicts_with = "name")]
    all: bool,
}

impl SignOut {
    /// Deletes the sign-in.
    pub async fn run(self, here: &Here) -> Result<(), Failure> {
        if here.named.is_some() && (self.all || self.name.is_some()) {
            let what = "--account and the rest of the command line name different accounts.";
            return Err(Failure::new(Exit::Usage, what, "Nobody was signed out."));
        }
        let contents = here.contents().await?;
        let ids: Vec<AccountId> = self.meant(here, &contents)?;
        let labels = contents.accounts.iter().filter(|account| ids.contains(&account.id)).map(label).map(called);
        let told = format!("spartan: signed out: {}.", labels.collect::<Vec<_>>().join(", "));
        sign_out(&here.vault, &ids, here.asked).await?;
        out::say(&told);
        let staying = contents.accounts.into_iter().filter(|account| !ids.contains(&account.id)).collect();
        let unclear = here.token_files().unclear();
        let missing = missing(&here.token_files(), |storage| ids.contains(&storage.account));
        let left = here.token_files().let_go_of(ids, staying).await?;
        say_missing(&missing);
        for entry in unclear {
            let is_left = left.iter().any(|(named, _)| matches!(named, Named::Entry(left) if *left == entry));
            let is_there = entry.files.iter().any(|file| Path::new(file).is_file());
            let end = match (is_left, is_there) {
                (true, _) => "",
                (false, true) => " This sign-in's tokens are no longer in it.",
                (false, false) => " That file doesn't exist. If you moved it, delete the tokens in it.",
            };
            out::say(&format!("spartan: {}", plain(&format!("{}{end}", unclear_entry(&entry)))));
        }
        let mut failures: Vec<Failure> = left.into_iter().map(|(_, error)| error.into()).collect();
        let last = failures.pop();
        failures.iter().for_each(out::report);
        last.map_or(Ok(()), Err)
    }

    fn meant(&self, here: &Here, contents: &Contents) -> Result<Vec<AccountId>, Failure> {
        let accounts = &contents.accounts;
        if self.all {
            return if accounts.is_empty() { Err(NotChosen::Nobody.into()) } else { Ok(ids(contents)) };
        }
        let name = self.name.as_deref().or(here.meant.as_deref());
        // With several accounts, one is only signed out by name.
        if name.is_none() && accounts.len() > 1 {
            return Err(Failure::several(accounts.iter().map(label).map(called)));
        }
        Ok(vec![choose(accounts, name)?.id])
    }
}

fn ids(contents: &Contents) -> Vec<AccountId> {
    contents.accounts.iter().map(|account| account.id).collect()
}

//! Token files: written beside the loop whenever there are new tokens, released when an account is signed out.

use std::collections::{BTreeMap, btree_map::Entry};

use spartan_auth::{clock::Clock, issuer::Issuer};
use spartan_vault::account::AccountId;

use super::Task;
use crate::{
    error::Error,
    session::{
        changes::{Ticket, change::Changed},
        keeping::Keeping,
        request::reply::Reply,
        work::{FilesKept, Outcome},
    },
    settings::token_file::TokenFile,
    token_files::{TokenFiles, Written},
};

impl<I: Issuer, C: Clock> Task<I, C> {
    /// Writes the vault's tokens to every token file with older ones, beside the loop: a disk may be slow.
    pub(super) fn keep_files(&mut self) {
        self.keeping = match self.keeping {
            Keeping::UnderWay(number) | Keeping::Behind(number) => Keeping::Behind(number),
            Keeping::Done | Keeping::Failed(_) => {
                let (files, vault) = (self.kept_files(), self.parts.vault.clone());
                let write = async move |_| Outcome::FilesKept(files.refresh(&vault).await);
                Keeping::UnderWay(self.jobs.begin(write).number)
            }
        };
    }

    pub(super) fn keep_files_again(&mut self) {
        if self.keeping.is_due_again(self.ticked.elapsed) {
            self.keep_files();
        }
    }

    pub(super) fn files_kept(&mut self, came: FilesKept) {
        let all_well = came.as_ref().is_ok_and(|all| all.iter().all(|(_, came)| came.is_ok()));
        match came {
            Ok(all) => self.note(all),
            Err(error) => tracing::warn!(%error, "kept files were not looked at"),
        }
        let behind = matches!(self.keeping, Keeping::Behind(_));
        self.keeping = if all_well { Keeping::Done } else { Keeping::Failed(self.parts.clock.elapsed()) };
        if behind {
            self.keep_files();
        }
    }

    /// Removes our parts from the token files of accounts that are signed out, and then answers.
    pub(super) fn let_go_of(&mut self, ticket: Ticket, ids: Vec<AccountId>, reply: Reply<()>) {
        let files = self.kept_files();
        let staying = self.state.open().map(|open| open.accounts.iter().map(|held| held.account.clone()).collect());
        self.save(ticket, async move {
            let left = match files.let_go_of(ids, staying.unwrap_or_default()).await {
                Ok(left) => left.into_iter().next().map(|(_, error)| error),
                Err(error) => Some(error),
            };
            Changed::Released(reply, left.map_or(Ok(()), Err))
        });
    }

    fn note(&mut self, all: Vec<(TokenFile, Result<Written, Error>)>) {
        let mut errors = BTreeMap::new();
        for (kept, came) in all {
            match came {
                Ok(Written::Anew) => {
                    tracing::info!(format = kept.format.name(), "a kept file was written");
                    // Nobody has to listen.
                    let _ = self.publish.written.send(kept);
                }
                Ok(Written::Same | Written::NotYet | Written::GivenBack) => {}
                Err(error) => {
                    if let Entry::Vacant(place) = errors.entry(kept.account) {
                        place.insert(error);
                    }
                }
            }
        }
        let Some(open) = self.state.open_mut() else { return };
        for error in errors.values().filter(|error| !open.unkept.values().any(|known| known == *error)) {
            tracing::warn!(%error, "a kept file was not written");
        }
        open.unkept = errors;
    }

    fn kept_files(&self) -> TokenFiles {
        TokenFiles::of(self.parts.places.clone(), self.parts.vault.files())
    }
}

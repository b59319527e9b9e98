//! Token files: written beside the loop whenever there are new tokens, released when an account is signed out.

use std::collections::{BTreeMap, btree_map::Entry};

use spartan_auth::{clock::Clock, issuer::Issuer};
use spartan_vault::account::AccountId;

use super::Task;
use crate::{
    error::Error,
    session::{
        changes::{Ticket, change::Changed},
        request::reply::Reply,
        work::{JobOutcome, TokenFilesWritten},
        writing::Writing,
    },
    settings::token_file::TokenFile,
    token_files::{TokenFiles, Written},
};

impl<I: Issuer, C: Clock> Task<I, C> {
    /// Writes the vault's tokens to every token file with older ones, beside the loop: a disk may be slow.
    pub(super) fn write_token_files(&mut self) {
        self.writing = match self.writing {
            Writing::UnderWay | Writing::Behind => Writing::Behind,
            Writing::Done | Writing::Failed(_) => {
                let (files, vault) = (self.token_files(), self.parts.vault.clone());
                let write = async move |_| JobOutcome::TokenFilesWritten(files.refresh(&vault).await);
                self.jobs.begin(write);
                Writing::UnderWay
            }
        };
    }

    pub(super) fn write_token_files_again(&mut self) {
        if self.writing.is_due_again(self.ticked.elapsed) {
            self.write_token_files();
        }
    }

    pub(super) fn token_files_written(&mut self, came: TokenFilesWritten) {
        let all_well = came.as_ref().is_ok_and(|all| all.iter().all(|(_, came)| came.is_ok()));
        match came {
            Ok(all) => self.note(all),
            Err(error) => tracing::warn!(%error, "the token files were not looked at"),
        }
        let behind = matches!(self.writing, Writing::Behind);
        self.writing = if all_well { Writing::Done } else { Writing::Failed(self.parts.clock.elapsed()) };
        if behind {
            self.write_token_files();
        }
    }

    /// Removes our parts from the token files of accounts that are signed out, and then answers.
    pub(super) fn let_go_of(&mut self, ticket: Ticket, ids: Vec<AccountId>, reply: Reply<()>) {
        let files = self.token_files();
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
        for (token_file, came) in all {
            match came {
                Ok(Written::Anew) => {
                    tracing::info!(format = token_file.format.name(), "a token file was written");
                    // Nobody has to listen.
                    let _ = self.publish.written.send(token_file);
                }
                Ok(Written::Same | Written::NotYet | Written::GivenBack) => {}
                Err(error) => {
                    if let Entry::Vacant(place) = errors.entry(token_file.account) {
                        place.insert(error);
                    }
                }
            }
        }
        let Some(open) = self.state.open_mut() else { return };
        for error in errors.values().filter(|error| !open.unwritten.values().any(|known| known == *error)) {
            tracing::warn!(%error, "a token file was not written");
        }
        open.unwritten = errors;
    }

    fn token_files(&self) -> TokenFiles {
        TokenFiles::of(self.parts.paths.clone(), self.parts.vault.files())
    }
}

//! Records what was last seen of the vault, in the order of the file's versions.

use crate::{account::Contents, fs::files::Stamp};

/// What this process last read or wrote, with the file's stamp.
#[derive(Default)]
pub(super) struct Seen {
    turns: u64,
    last: u64,
    stamp: Option<Stamp>,
    news: Option<Contents>,
    /// The file's stamp when a read failed.
    unreadable: Option<Stamp>,
}

/// The position of a read or write in that order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn(u64);

/// How the vault's file compares with what this process last read or wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// It's unchanged.
    Same,
    /// Another process has written it since.
    Changed,
    /// Another process has written it since, and it couldn't be read.
    Unreadable,
}

impl Seen {
    /// Returns the next turn. A read takes its turn before it starts, a write after it's done, so older contents always
    /// have a lower turn.
    pub(super) const fn turn(&mut self) -> Turn {
        self.turns += 1;
        Turn(self.turns)
    }

    /// Records what was read or written, unless something newer has been recorded.
    pub(super) fn note(&mut self, turn: Turn, stamp: Option<Stamp>, contents: Contents) {
        if turn.0 > self.last {
            *self = Seen { turns: self.turns, last: turn.0, stamp, news: Some(contents), unreadable: None };
        }
    }

    pub(super) const fn could_not_read(&mut self, stamp: Option<Stamp>) {
        self.unreadable = stamp;
    }

    pub(super) fn compare(&self, stamp: Option<Stamp>) -> Look {
        if stamp == self.stamp {
            Look::Same
        } else if stamp.is_some() && stamp == self.unreadable {
            Look::Unreadable
        } else {
            Look::Changed
        }
    }

    pub(super) const fn take_news(&mut self) -> Option<Contents> {
        self.news.take()
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, sync::Arc};

    use super::{Look, Seen};
    use crate::{
        account::{Account, AccountId, Contents},
        fs::{
            files::{Files, RealFiles},
            paths::Paths,
        },
        key::key_file::KeyFile,
        keyring::Interaction,
        vault::Vault,
    };
    use spartan_auth::{azure_app::AzureApp, token::Tokens};

    fn account(n: u128) -> Account {
        let app = AzureApp::parse("12345678-1234-1234-1234-123456789abc", "http://localhost").unwrap();
        Account::new(AccountId(uuid::Uuid::from_u128(n)), app, Tokens::from_refresh("refresh".into()))
    }

    fn news(vault: &Vault) -> Option<Vec<u128>> {
        let ids = |contents: Contents| contents.accounts.iter().map(|account| account.id.0.as_u128()).collect();
        vault.news().map(ids)
    }

    #[tokio::test]
    async fn a_write_hides_nothing_that_was_written_before_it_and_each_news_comes_once() {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::of("app.example", Some(folder.path().join("home"))).unwrap();
        let key = KeyFile::at(folder.path().join("key"));
        key.make(&crate::key::Key::from_text(&"A".repeat(43)).unwrap()).unwrap();
        let [ours, theirs] = [0, 1].map(|_| Vault::new(paths.clone(), key.clone(), Arc::new(RealFiles)));
        assert_eq!((ours.look(), news(&ours)), (Look::Same, None));

        theirs.change(Interaction::Forbidden, |all| all.put(account(1))).await.unwrap();
        assert_eq!(ours.look(), Look::Changed);
        ours.change(Interaction::Forbidden, |all| all.put(account(2))).await.unwrap();
        assert_eq!((ours.look(), news(&ours), news(&ours)), (Look::Same, Some(vec![1, 2]), None));

        theirs.change(Interaction::Forbidden, |all| all.remove(account(1).id)).await.unwrap();
        ours.clone().read(Interaction::Forbidden).await.unwrap();
        assert_eq!((ours.look(), news(&ours)), (Look::Same, Some(vec![2])));

        theirs.change(Interaction::Forbidden, |all| all.accounts.clear()).await.unwrap();
        ours.change(Interaction::Forbidden, |_| ()).await.unwrap();
        assert_eq!((ours.look(), news(&ours)), (Look::Same, Some(vec![])));

        fs::write(paths.vault(), "no vault").unwrap();
        assert_eq!(ours.look(), Look::Changed);
        ours.read(Interaction::Forbidden).await.unwrap_err();
        assert_eq!((ours.look(), news(&ours)), (Look::Unreadable, None));
        assert!(ours.start_afresh().await.unwrap().is_some());
        assert_eq!((ours.look(), news(&ours)), (Look::Same, Some(vec![])));
    }

    #[test]
    fn a_read_that_began_before_a_write_ended_is_no_news() {
        let mut seen = Seen::default();
        let read = seen.turn();
        let write = seen.turn();
        seen.note(write, None, Contents::default());
        assert!(seen.take_news().is_some());
        seen.note(read, None, Contents::default());
        assert!(seen.take_news().is_none());
        let later = seen.turn();
        seen.note(later, None, Contents::default());
        assert!(seen.take_news().is_some() && seen.take_news().is_none());
    }

    #[test]
    fn only_the_very_file_that_could_not_be_read_is_unreadable() {
        let folder = tempfile::tempdir().unwrap();
        let stamps = ["a", "ab"].map(|text| {
            let path = folder.path().join(text);
            fs::write(&path, text).unwrap();
            RealFiles.stamp(&path).ok()
        });
        let mut seen = Seen::default();
        assert_eq!((seen.compare(None), seen.compare(stamps[0])), (Look::Same, Look::Changed));
        seen.could_not_read(stamps[0]);
        assert_eq!((seen.compare(stamps[0]), seen.compare(stamps[1])), (Look::Unreadable, Look::Changed));
        let turn = seen.turn();
        seen.note(turn, stamps[0], Contents::default());
        assert_eq!((seen.compare(stamps[0]), seen.compare(None)), (Look::Same, Look::Changed));
    }
}

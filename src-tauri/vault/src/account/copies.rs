//! Two copies of an account, in memory and in the vault: which one is newer, and what each takes over from the other.

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use spartan_auth::{clock::Moment, clock_error::ClockError, error::Error};

use super::Account;

/// A chain that hasn't ended after this time was interrupted.
const LONGEST_SIGN_IN: SignedDuration = SignedDuration::from_mins(2);

impl Account {
    /// Takes over changes made to the account in the meantime: its name, the user's edits to its app, and tokens that
    /// services refused.
    pub fn heed(&mut self, present: &Account) {
        self.name.clone_from(&present.name);
        self.edited = present.edited.clone().filter(|edited| !edited.is_same(&self.app));
        self.tokens.heed_refusals(&present.tokens);
    }

    /// Takes over the same changes and, if the other copy now has another ID, replaces it under that ID.
    pub fn stay(&mut self, present: &Account) {
        if self.id != present.id {
            self.takes_place_of(present);
            self.unsaved_over.clone_from(&present.unsaved_over);
        }
        self.heed(present);
    }

    /// Takes over the same changes from the vault's copy, and a wait that a service asked another program for.
    pub fn follow(&mut self, present: &Account, now: Moment) {
        self.heed(present);
        self.learn(present.clock_error, now);
        if present.revision > self.revision && self.tokens.are_same(&present.tokens) {
            (self.revision, self.wait, self.tried) = (present.revision, present.wait, present.tried);
            self.last_error.clone_from(&present.last_error);
        }
    }

    /// Whether the other copy, with the same ID, is newer and has other tokens, or requires the user to sign in.
    #[must_use]
    pub fn is_behind(&self, other: &Account) -> bool {
        let asks = |account: &Account| account.last_error.as_ref().is_some_and(Error::asks_to_sign_in);
        other.revision > self.revision
            && !self.is_ahead_of(other)
            && (asks(self) != asks(other) || !self.tokens.are_same(&other.tokens))
    }

    /// Records the vault's refresh token because this copy's couldn't be saved over it.
    pub fn is_not_saved_over(&mut self, vaults: Option<SecretString>) {
        let text = |token: &Option<SecretString>| token.as_ref().map(|token| token.expose_secret().to_owned());
        if self.unsaved_over.is_none() && text(&vaults) != text(&self.tokens.refresh) {
            self.unsaved_over = vaults;
        }
    }

    /// Discards an outdated measurement after the services have responded without a time. Otherwise, every token would
    /// look as old as the largest clock error ever measured would make it. If the clock is certainly behind, the
    /// measurement stays.
    pub fn forget_doubt(&mut self, now: Moment) {
        let is_late = |error: &ClockError| error.holds(now) || error.is_clock_behind(now);
        self.clock_error = self.clock_error.filter(is_late);
    }

    /// Whether this copy has a refresh token that couldn't be saved over the one in the vault's copy, from which it was
    /// made.
    pub fn is_ahead_of(&self, vault: &Account) -> bool {
        let over = self.unsaved_over.as_ref().map(ExposeSecret::expose_secret);
        over.is_some() && over == vault.tokens.refresh.as_ref().map(ExposeSecret::expose_secret)
    }

    /// Whether the other copy, of the same Xbox account but possibly with another ID, signed in or renewed later.
    #[must_use]
    pub fn was_used_before(&self, other: &Account) -> bool {
        let issued = |account: &Account| account.tokens.spartan.as_ref().map(|spartan| spartan.life.issued_at);
        other.used_at() > self.used_at() || issued(other) > issued(self)
    }

    /// Whether its sign-in may still be running at `now`, by the services' clock: it started recently and hasn't ended.
    #[must_use]
    pub fn is_under_way(&self, now: Timestamp) -> bool {
        let began = self.used_at().filter(|_| self.tried.is_none());
        began.is_some_and(|began| now.duration_since(began).abs() < LONGEST_SIGN_IN)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::account::AccountId;
    use spartan_auth::{
        azure_app::AzureApp,
        raw::Raw,
        token::{SpartanToken, Tokens, Validity},
    };

    fn account(revision: u64, refresh: &str) -> Account {
        let app = AzureApp::parse("12345678-1234-1234-1234-123456789abc", "http://localhost").unwrap();
        let tokens = Tokens::from_refresh(refresh.into());
        Account { revision, ..Account::new(AccountId(Uuid::nil()), app, tokens) }
    }

    #[test]
    fn of_two_copies_the_one_with_other_tokens_and_a_higher_revision_is_newer() {
        let here = account(3, "r1");
        assert!(here.is_behind(&account(4, "r2")));
        assert!(!here.is_behind(&account(4, "r1")), "nothing new");
        assert!(!here.is_behind(&account(3, "r0")) && !here.is_behind(&account(2, "r0")));
    }

    #[test]
    fn what_could_not_be_saved_is_ahead_of_what_it_was_made_from_however_often_that_is_written() {
        let mut here = account(3, "r1");
        here.is_not_saved_over(Some("r0".into()));
        for revision in [3, 4, 9] {
            let vault = account(revision, "r0");
            assert!(here.is_ahead_of(&vault) && !here.is_behind(&vault), "{revision}");
        }
        // After a new sign-in, or a renewal by another program, the vault's copy is newer.
        let vault = account(4, "r2");
        assert!(!here.is_ahead_of(&vault) && here.is_behind(&vault));
    }

    #[test]
    fn a_second_save_that_fails_forgets_nothing_of_the_first() {
        let mut here = account(3, "r1");
        here.is_not_saved_over(Some("r0".into()));
        here.is_not_saved_over(Some("r1".into()));
        assert!(here.is_ahead_of(&account(3, "r0")));
        let mut same = account(3, "r0");
        same.is_not_saved_over(Some("r0".into()));
        assert!(!same.is_ahead_of(&account(3, "r0")), "its refresh token is there");
    }

    #[test]
    fn a_refusal_is_heeded_whoever_was_told() {
        let life = Validity { issued_at: Timestamp::UNIX_EPOCH, expires_at: Timestamp::MAX };
        let spartan = SpartanToken { token: "v4=x".into(), life, raw: Raw::default() };
        let mut here = account(1, "r");
        here.tokens.spartan = Some(spartan);
        let mut vault = here.clone();
        vault.tokens.refuse_spartan(&"v4=x".into());
        here.heed(&vault);
        assert!(here.is_refused());
    }
}

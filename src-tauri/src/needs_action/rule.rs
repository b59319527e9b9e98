//! Which failures a person is notified of: each account separately, and no failure twice.

use std::collections::BTreeSet;

use spartan_session::{
    error::Error,
    status::{AccountLine, Renewal, Status},
};
use spartan_vault::account::AccountId;

use crate::{notice::Notice, streaming::Streaming};

/// The notifications to show, and the failures that the person knows about already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) tell: Vec<(AccountId, Notice)>,
    /// The accounts whose failures the person knows about.
    pub(super) known: BTreeSet<AccountId>,
}

/// The input of a step.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    pub(super) status: &'a Status,
    /// In the person's order.
    pub(super) accounts: &'a [AccountLine],
    /// The accounts whose failures the person was notified of, since this start or before it.
    pub(super) known: &'a BTreeSet<AccountId>,
    /// Whether the window is open, which shows the failure of its own account.
    pub(super) window: bool,
}

impl Step {
    /// Returns the step after a change.
    pub(super) fn of(seen: Seen<'_>, streaming: &Streaming) -> Step {
        let is_settled = match seen.status {
            // During the first sign-in, no account is there yet.
            Status::SignedIn(_) | Status::SigningIn { .. } => !seen.accounts.is_empty(),
            Status::SignedOut { .. } => true,
            // Until the vault is open, its accounts are unknown.
            Status::Opening | Status::Unlocking | Status::Shut { .. } => false,
        };
        if !is_settled {
            return Step { tell: Vec::new(), known: seen.known.clone() };
        }
        let mut step = Step::default();
        // During a sign-in, the window shows only that.
        let shows_account = seen.window && seen.status.signed_in().is_some();
        for (place, account) in seen.accounts.iter().enumerate() {
            let knows = seen.known.contains(&account.id);
            match &account.renewal {
                Renewal::NeedsAction { .. } if knows || (shows_account && account.is_shown) => {
                    step.known.insert(account.id);
                }
                Renewal::NeedsAction { problem } => {
                    let many = seen.accounts.len() > 1;
                    let name =
                        many.then(|| streaming.name(account.name.as_deref(), account.gamertag.as_deref(), Some(place)));
                    step.tell.push((account.id, Notice::of_failure(problem, name, streaming)));
                }
                // It may fail the same way again.
                Renewal::Renewing | Renewal::Stale { .. } if knows => {
                    step.known.insert(account.id);
                }
                Renewal::Fresh { .. } | Renewal::Renewing | Renewal::Stale { .. } => {}
            }
        }
        step
    }
}

impl Notice {
    fn of_failure(error: &Error, name: Option<String>, streaming: &Streaming) -> Notice {
        let summary =
            name.map_or("Spartan Tray cannot renew".into(), |name| format!("Spartan Tray cannot renew {name}"));
        let problem = streaming.problem(error);
        let body = problem.to_string();
        let sign_in = problem.action.filter(|_| error.asks_to_sign_in()).map(|action| action.label);
        Notice { summary, body, sign_in }
    }
}

#[cfg(test)]
mod tests {
    use spartan_auth::{
        azure_app::AzureApp,
        clock::{Clock, SystemClock},
        leg::Leg,
        sign_in_method::SignInMethod,
        token::Tokens,
    };
    use spartan_messages::Problem;
    use spartan_session::{
        error::{self, Cause, KeyCause},
        status::{AppLine, SignedIn, SignedOut, SigningIn, Storage, run::Run},
    };
    use spartan_vault::account::{Account, Person};
    use uuid::Uuid;

    use spartan_auth::error::Cause as AuthCause;

    use super::*;

    const ANNA: AccountId = AccountId(Uuid::from_u128(1));
    const BERT: AccountId = AccountId(Uuid::from_u128(2));

    fn expired() -> Error {
        Error::new(
            error::Step::Leg(Leg::Microsoft),
            Cause::Auth(AuthCause::SignInExpired { error: "invalid_grant".into() }),
        )
    }

    fn wrong_app() -> Error {
        Error::new(error::Step::App, Cause::Auth(AuthCause::NotAGuid))
    }

    fn app() -> AzureApp {
        AzureApp::parse("12345678-1234-1234-1234-123456789abc", "http://localhost").unwrap()
    }

    fn account(id: AccountId, gamertag: &str) -> Account {
        let person = Some(Person { gamertag: Some(gamertag.into()), xuid: "1".into() });
        Account { person, ..Account::new(id, app(), Tokens::default()) }
    }

    /// Anna's line, which is the one that is shown.
    fn anna(renewal: Renewal) -> AccountLine {
        AccountLine { is_shown: true, ..AccountLine::new(&account(ANNA, "Anna"), renewal) }
    }

    fn bert(renewal: Renewal) -> AccountLine {
        AccountLine::new(&account(BERT, "Bert"), renewal)
    }

    fn signed_in() -> Status {
        Status::SignedIn(SignedIn::new(
            &account(ANNA, "Anna"),
            fresh(),
            &Run::default(),
            SystemClock::default().moment(),
        ))
    }

    fn signing_in() -> Status {
        Status::SigningIn {
            method: SignInMethod::Window,
            stage: SigningIn::Preparing,
            legs: Vec::new(),
            methods: Vec::new(),
            app: AppLine::from(&app()),
            again: None,
            storage: Storage::Vault,
        }
    }

    fn needs(problem: Error) -> Renewal {
        Renewal::NeedsAction { problem }
    }

    fn fresh() -> Renewal {
        Renewal::Fresh { renews_at: jiff::Timestamp::UNIX_EPOCH }
    }

    fn step(accounts: &[AccountLine], known: &[AccountId], window: bool) -> Step {
        let (status, known) = (signed_in(), known.iter().copied().collect());
        Step::of(Seen { status: &status, accounts, known: &known, window }, &Streaming::default())
    }

    fn told(step: &Step) -> Vec<AccountId> {
        step.tell.iter().map(|(id, _)| *id).collect()
    }

    fn known(step: &Step) -> Vec<AccountId> {
        step.known.iter().copied().collect()
    }

    #[test]
    fn who_cannot_see_a_window_is_told_once() {
        let failed = [anna(needs(expired()))];
        let [(ANNA, notice)] = &step(&failed, &[], false).tell[..] else { panic!("it is told") };
        assert_eq!(
            (notice.summary.as_str(), notice.body.as_str()),
            ("Spartan Tray cannot renew", Problem::from(expired()).to_string().as_str())
        );
        assert_eq!(notice.sign_in.as_deref(), Some("Sign in again"));
        assert_eq!(told(&step(&failed, &[ANNA], false)), []);
    }

    #[test]
    fn signing_in_is_offered_only_where_it_helps() {
        let [(_, notice)] = &step(&[anna(needs(wrong_app()))], &[], false).tell[..] else { panic!("it is told") };
        assert_eq!(notice.sign_in, None);
    }

    #[test]
    fn of_several_accounts_each_is_told_by_name_and_one_that_is_known_keeps_no_other_quiet() {
        let both = [anna(needs(expired())), bert(needs(expired()))];
        let step = step(&both, &[ANNA], false);
        assert_eq!((told(&step), known(&step)), (vec![BERT], vec![ANNA]));
        assert_eq!(step.tell[0].1.summary, "Spartan Tray cannot renew Bert");
    }

    #[test]
    fn what_the_window_shows_is_not_told_again_once_it_is_closed_and_what_it_does_not_show_is_told() {
        let step = step(&[anna(needs(expired())), bert(needs(expired()))], &[], true);
        assert_eq!((told(&step), known(&step)), (vec![BERT], vec![ANNA]));
    }

    #[test]
    fn a_failure_is_over_when_tokens_are_fresh_or_the_account_is_gone() {
        assert_eq!(step(&[anna(fresh()), bert(fresh())], &[ANNA, BERT], false), Step::default());
        assert_eq!(step(&[anna(fresh())], &[BERT], false), Step::default());
        let (status, known) = (Status::SignedOut { why: SignedOut::Never }, [ANNA].into());
        let seen = Seen { status: &status, accounts: &[], known: &known, window: false };
        assert_eq!(Step::of(seen, &Streaming::default()), Step::default());
    }

    #[test]
    fn trying_again_in_vain_is_the_same_failure() {
        let stale = Renewal::Stale { problem: expired(), tries_at: jiff::Timestamp::UNIX_EPOCH };
        for renewal in [Renewal::Renewing, stale] {
            let step = step(&[anna(renewal)], &[ANNA], false);
            assert_eq!((told(&step), known(&step)), (vec![], vec![ANNA]));
        }
    }

    #[test]
    fn while_somebody_signs_in_whoever_else_needs_them_is_told_all_the_same() {
        let (status, known) = (signing_in(), [ANNA].into());
        let accounts = [anna(needs(expired())), bert(needs(expired()))];
        let step =
            Step::of(Seen { status: &status, accounts: &accounts, known: &known, window: true }, &Streaming::default());
        assert_eq!((told(&step), super::tests::known(&step)), (vec![BERT], vec![ANNA]));
    }

    #[test]
    fn before_the_accounts_are_known_nothing_is_over() {
        for status in [signing_in(), Status::Opening, Status::Shut { problem: KeyCause::Locked.into() }, signed_in()] {
            let known = [ANNA].into();
            let seen = Seen { status: &status, accounts: &[], known: &known, window: false };
            assert_eq!(Step::of(seen, &Streaming::default()), Step { tell: Vec::new(), known: known.clone() });
        }
    }
}

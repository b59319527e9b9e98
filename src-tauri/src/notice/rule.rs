//! When a person is told, and of what: never twice of the same failure.

use spartan_auth::status::{Renewal, SignedIn, Status};

/// What a notification says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Notice {
    pub(super) summary: &'static str,
    pub(super) body: String,
    /// What the button to sign in says, where that helps.
    pub(super) sign_in: Option<String>,
}

/// What a status asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Nothing,
    /// The window has told it.
    Seen,
    Tell(Notice),
    /// The next failure is another one.
    Over,
}

/// `knows`: the person was told, at this start or an earlier one.
pub(super) fn step(status: &Status, knows: bool, window: bool) -> Step {
    let renewal = match status {
        Status::SignedIn(SignedIn { renewal, .. }) => renewal,
        Status::SignedOut { .. } if knows => return Step::Over,
        // A vault that is not open yet says nothing about the account in it, and a sign-in may be cancelled.
        Status::SignedOut { .. } | Status::SigningIn { .. } | Status::Opening | Status::Shut { .. } => {
            return Step::Nothing;
        }
    };
    match renewal {
        Renewal::NeedsSignIn { .. } if knows => Step::Nothing,
        Renewal::NeedsSignIn { .. } if window => Step::Seen,
        Renewal::NeedsSignIn { trouble } => Step::Tell(Notice {
            summary: "Spartan Tray cannot renew",
            body: format!("{} {}", trouble.what, trouble.todo),
            sign_in: trouble.button.as_ref().filter(|_| trouble.asks_to_sign_in()).map(|button| button.label.clone()),
        }),
        Renewal::Fresh { .. } if knows => Step::Over,
        // It may fail in the same way again.
        Renewal::Fresh { .. } | Renewal::Renewing | Renewal::Stale { .. } => Step::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use spartan_auth::{
        account::{Account, AccountId},
        azure_app::AzureApp,
        run::Run,
        status::{Kept, SignedOut, SigningIn},
        token::Tokens,
        trouble::{Act, Button, Trouble},
        way::Way,
    };
    use uuid::Uuid;

    use super::*;

    fn trouble(act: Act) -> Trouble {
        let button = Some(Button { act, label: "Sign in again".into(), link: None });
        Trouble { what: "It is so.".into(), todo: "Do that.".into(), button, details: String::new() }
    }

    fn signed_in(renewal: Renewal) -> Status {
        let app = AzureApp::parse("12345678-1234-1234-1234-123456789abc", "http://localhost").unwrap();
        let account = Account::new(AccountId(Uuid::nil()), app, Tokens::default());
        Status::SignedIn(SignedIn::new(&account, renewal, &Run::default()))
    }

    fn needs(act: Act) -> Status {
        signed_in(Renewal::NeedsSignIn { trouble: trouble(act) })
    }

    fn fresh() -> Status {
        signed_in(Renewal::Fresh { renews_at: jiff::Timestamp::UNIX_EPOCH })
    }

    #[test]
    fn who_cannot_see_a_window_is_told_once() {
        let Step::Tell(notice) = step(&needs(Act::SignIn), false, false) else { panic!("it is told") };
        assert_eq!(notice.body, "It is so. Do that.");
        assert_eq!(notice.sign_in.as_deref(), Some("Sign in again"));
        assert_eq!(step(&needs(Act::SignIn), true, false), Step::Nothing);
    }

    #[test]
    fn signing_in_is_offered_only_where_it_helps() {
        let Step::Tell(notice) = step(&needs(Act::ChangeApp), false, false) else { panic!("it is told") };
        assert_eq!(notice.sign_in, None);
    }

    #[test]
    fn what_the_window_shows_is_not_told_again_once_it_is_closed() {
        assert_eq!(step(&needs(Act::SignIn), false, true), Step::Seen);
    }

    #[test]
    fn a_failure_is_over_when_tokens_are_fresh_or_the_account_is_another() {
        for status in [fresh(), Status::SignedOut { why: SignedOut::Never }] {
            assert_eq!(step(&status, true, false), Step::Over);
            assert_eq!(step(&status, false, false), Step::Nothing);
        }
    }

    #[test]
    fn trying_again_in_vain_is_the_same_failure() {
        let stale = signed_in(Renewal::Stale { trouble: trouble(Act::Renew), tries_at: jiff::Timestamp::UNIX_EPOCH });
        let signing_in = Status::SigningIn {
            way: Way::Window,
            stage: SigningIn::Preparing,
            legs: Vec::new(),
            ways: Vec::new(),
            again: None,
            kept: Kept::Sealed,
        };
        for status in [signed_in(Renewal::Renewing), stale, signing_in, Status::Opening] {
            assert_eq!(step(&status, true, false), Step::Nothing);
        }
    }
}

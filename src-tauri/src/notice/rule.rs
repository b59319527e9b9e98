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
        Status::SignedOut { .. } | Status::SigningIn { .. } if knows => return Step::Over,
        // A vault that is not open yet says nothing about the account in it.
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

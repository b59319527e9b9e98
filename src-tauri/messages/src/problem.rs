//! An error as the user sees it: a message, help, at most one action, and details.

use serde::Serialize;
use spartan_auth::error::Cause as AuthCause;
use spartan_session::error::{Cause, Error, Remedy, SettingsCause};

use crate::{settings::settings_flaw, words};

/// An error as the user sees it: a message, help, at most one action, and details to copy that contain no token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[error("{message} {help}")]
pub struct Problem {
    /// The code of its cause, such as `oauth.invalid_grant`; empty if it isn't an error of `spartan_auth`.
    pub code: String,
    /// What happened.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The action offered, if any.
    pub action: Option<Action>,
    /// Details for support: step, status, codes, correlation IDs.
    pub details: String,
}

/// A button shown with a problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Action {
    /// The remedy it applies.
    pub remedy: Remedy,
    /// Its label.
    pub label: String,
}

impl From<&Error> for Problem {
    fn from(error: &Error) -> Problem {
        Problem {
            code: error.cause.code().into_owned(),
            message: words::message(error),
            help: words::help(error),
            action: action(error),
            details: details(error),
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Problem {
        Problem::from(&error)
    }
}

impl From<spartan_auth::error::Error> for Problem {
    fn from(error: spartan_auth::error::Error) -> Problem {
        Problem::from(Error::from(error))
    }
}

impl Problem {
    /// Returns a problem that isn't an error of `spartan_auth`, without an action.
    #[must_use]
    pub fn new(message: &str, help: &str) -> Problem {
        let details = String::new();
        Problem { code: String::new(), message: message.into(), help: help.into(), action: None, details }
    }

    /// Whether only unlocking the keyring helps.
    #[must_use]
    pub fn asks_to_unlock(&self) -> bool {
        self.asks_for(&Remedy::Unlock)
    }

    /// Whether only signing in again helps.
    #[must_use]
    pub fn asks_to_sign_in(&self) -> bool {
        self.asks_for(&Remedy::SignIn)
    }

    fn asks_for(&self, remedy: &Remedy) -> bool {
        self.action.as_ref().is_some_and(|action| action.remedy == *remedy)
    }
}

fn action(error: &Error) -> Option<Action> {
    let remedy = error.remedy();
    let label = match (&remedy, &error.cause) {
        (Remedy::Retry { .. }, _) => "Try now",
        (Remedy::SignIn, _)
            if error.ended_sign_in && Error::new(error.step, error.cause.clone()).remedy() != remedy =>
        {
            "Try again"
        }
        (Remedy::SignIn, _) => "Sign in again",
        (Remedy::ChangeApp, _) => "Change the app",
        (Remedy::Visit { .. }, _) => "Open the page",
        (Remedy::AddOther, Cause::OtherAccount { came, .. }) => {
            return Some(Action { label: format!("Add {came}"), remedy });
        }
        (Remedy::AddOther, _) => "Add this account",
        (Remedy::OtherWay, _) => "Another way",
        (Remedy::Unlock, _) => "Unlock",
        (Remedy::TryAgain, _) => "Try again",
        (Remedy::StartAfresh, _) => "Start afresh",
        (Remedy::Tell, _) => return None,
    };
    Some(Action { label: label.into(), remedy })
}

fn details(error: &Error) -> String {
    let mut lines = vec![format!("Spartan Tray {}", env!("CARGO_PKG_VERSION")), format!("step: {}", error.step)];
    lines.push(match &error.cause {
        Cause::Auth(AuthCause::Account { xerr, .. }) => format!("XErr: {xerr}"),
        Cause::Auth(
            AuthCause::SignInExpired { error }
            | AuthCause::Setup { error, mistake: None }
            | AuthCause::PageRefused { error },
        ) => {
            format!("error: {error}")
        }
        Cause::Auth(AuthCause::Setup { error, mistake: Some(mistake) }) => {
            format!("error: {error}\nmistake: {mistake:?}")
        }
        Cause::Settings(SettingsCause::NotUnderstood { why, .. }) => format!("cause: {}", settings_flaw(why)),
        Cause::Settings(SettingsCause::Io { kind }) => format!("cause: {kind}"),
        // A path may identify the user.
        cause @ (Cause::KeyFile { .. } | Cause::OtherOwner { .. } | Cause::TokenFile(_) | Cause::Settings(_)) => {
            format!("cause: {}", cause.code())
        }
        // Gamertags are private.
        Cause::OtherAccount { .. } => "cause: another account".into(),
        cause => format!("cause: {cause}"),
    });
    if let Some(trail) = &error.trail {
        lines.extend(trail.status.map(|status| format!("status: {status}")));
        lines.extend(trail.ids.iter().map(|(name, value)| format!("{name}: {value}")));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use jiff::SignedDuration;
    use spartan_auth::leg::Leg;
    use spartan_session::error::{Step, Trail, Unreachable, XErr};

    use super::*;

    #[test]
    fn details_name_step_code_and_correlation_ids() {
        let trail = Some(Box::new(Trail { status: Some(401), ids: vec![("MS-CV".into(), "abc.0".into())] }));
        let cause = Cause::Auth(AuthCause::Account { xerr: XErr(2_148_916_238), link: None });
        let error = Error { trail, ..Error::new(Step::Leg(Leg::XstsXbox), cause) };
        let details = Problem::from(&error).details;
        for part in ["step: XSTS Xbox Live", "XErr: 2148916238 (0x8015DC0E)", "status: 401", "MS-CV: abc.0"] {
            assert!(details.contains(part), "{details}");
        }
    }

    #[test]
    fn somebody_else_may_be_added_by_name_and_the_details_do_not_tell_who() {
        let cause = Cause::OtherAccount { expected: "Anna".into(), came: "Bert".into() };
        let problem = Problem::from(&Error::new(Step::Leg(Leg::XstsXbox), cause));
        assert_eq!(problem.action, Some(Action { remedy: Remedy::AddOther, label: "Add Bert".into() }));
        assert!(!problem.details.contains("Anna") && !problem.details.contains("Bert"), "{}", problem.details);
    }

    #[test]
    fn a_clock_is_told_from_two_minutes_on_in_either_direction() {
        for seconds in [0, 119, 120, -120] {
            assert_eq!(Error::of_clock(SignedDuration::from_secs(seconds)), None, "{seconds}");
        }
        let day = 24 * 3600;
        for (seconds, off) in [
            (420, "7 minutes ahead"),
            (-420, "7 minutes behind"),
            (-5400, "1 hour 30 minutes behind"),
            (-20 * 365 * day, "20 years behind"),
            (90 * day, "90 days ahead"),
        ] {
            let problem = Problem::from(Error::of_clock(SignedDuration::from_secs(seconds)).unwrap());
            assert_eq!(problem.message, format!("This computer's clock is {off}."));
            assert!(problem.action.is_none());
        }
    }

    #[test]
    fn what_ended_a_sign_in_is_tried_again_by_signing_in() {
        let label = |error: Error| Problem::from(error).action.unwrap();
        let unreachable = || {
            let cause =
                Cause::Auth(AuthCause::Unreachable { host: "login.live.com".into(), why: Unreachable::Connect });
            Error::new(Step::Leg(Leg::Microsoft), cause)
        };
        assert_eq!(label(unreachable()).label, "Try now");
        assert_eq!(label(unreachable().of_sign_in()), Action { remedy: Remedy::SignIn, label: "Try again".into() });
        let expired = Error::new(
            Step::Leg(Leg::Microsoft),
            Cause::Auth(AuthCause::SignInExpired { error: "invalid_grant".into() }),
        );
        assert_eq!(label(expired.of_sign_in()).label, "Sign in again");
    }

    #[test]
    fn a_wait_is_told_with_what_it_is_about_and_without_an_action() {
        let cause = Cause::Auth(AuthCause::Passing { status: 429, retry_after: None });
        let error = Error::new(Step::Leg(Leg::XboxUser), cause).until(Duration::from_secs(480));
        let problem = Problem::from(&error.until(Duration::from_secs(540)));
        assert!(problem.message.contains("429") && problem.help.contains("9 minutes"), "{problem}");
        assert_eq!((problem.code.as_str(), problem.action), ("http.429", None));
    }

    #[test]
    fn a_wait_is_told_in_the_unit_that_a_person_would_say_and_is_over_by_then() {
        let help = |seconds| {
            let cause = Cause::Auth(AuthCause::Passing { status: 429, retry_after: None });
            let error = Error::new(Step::Leg(Leg::XboxUser), cause).until(Duration::from_secs(seconds));
            Problem::from(error).help
        };
        for (seconds, told) in [
            (0, "another 1 second."),
            (45, "another 45 seconds."),
            (61, "another 2 minutes."),
            (3600, "another 1 hour."),
            (5399, "another 1 hour 30 minutes."),
            (86_400, "another 24 hours."),
        ] {
            assert!(help(seconds).contains(told), "{seconds}: {}", help(seconds));
        }
    }
}

//! A status with its problems in words.

use spartan_session::{
    error::Error,
    session::SignInEnd,
    status::{AccountLine, Renewal, SignedIn, SignedOut, SigningIn, Status},
};

use crate::Problem;

/// A function that returns an error in words.
pub type Say<'a> = &'a dyn Fn(&Error) -> Problem;

/// Returns a status with its problems in words.
#[must_use]
pub fn told(status: Status, say: Say<'_>) -> Status<Problem> {
    match status {
        Status::Opening => Status::Opening,
        Status::Unlocking => Status::Unlocking,
        Status::Shut { problem } => Status::Shut { problem: say(&problem) },
        Status::SignedOut { why } => Status::SignedOut { why: signed_out(why, say) },
        Status::SigningIn { method, stage, legs, methods, app, again, storage } => {
            Status::SigningIn { method, stage: signing_in(stage, say), legs, methods, app, again, storage }
        }
        Status::SignedIn(shown) => Status::SignedIn(signed_in(shown, say)),
    }
}

/// Returns the account lines with their problems in words.
#[must_use]
pub fn told_lines(lines: Vec<AccountLine>, say: Say<'_>) -> Vec<AccountLine<Problem>> {
    lines.into_iter().map(|each| line(each, say)).collect()
}

/// Returns the end of a sign-in with its problem in words.
#[must_use]
pub fn told_end(end: SignInEnd, say: Say<'_>) -> SignInEnd<Problem> {
    match end {
        SignInEnd::SignedIn { account } => SignInEnd::SignedIn { account: Box::new(signed_in(*account, say)) },
        SignInEnd::Cancelled => SignInEnd::Cancelled,
        SignInEnd::Failed { problem } => SignInEnd::Failed { problem: Box::new(say(&problem)) },
    }
}

fn signed_out(why: SignedOut, say: Say<'_>) -> SignedOut<Problem> {
    match why {
        SignedOut::Never => SignedOut::Never,
        SignedOut::Cancelled => SignedOut::Cancelled,
        SignedOut::ByPerson { copied_until, clock_error_ms } => SignedOut::ByPerson { copied_until, clock_error_ms },
        SignedOut::Failed { problem } => SignedOut::Failed { problem: say(&problem) },
    }
}

fn signing_in(stage: SigningIn, say: Say<'_>) -> SigningIn<Problem> {
    match stage {
        SigningIn::Preparing => SigningIn::Preparing,
        SigningIn::AtPage { problem } => SigningIn::AtPage { problem: boxed(problem.as_deref(), say) },
        SigningIn::Code { user_code, page, expires_at, clock_error_ms } => {
            SigningIn::Code { user_code, page, expires_at, clock_error_ms }
        }
        SigningIn::Chain => SigningIn::Chain,
    }
}

fn signed_in(shown: SignedIn, say: Say<'_>) -> SignedIn<Problem> {
    let SignedIn { account, name, gamertag, xuid, method, storage, app, legs, clock_error_ms, .. } = shown;
    SignedIn {
        account,
        name,
        gamertag,
        xuid,
        method,
        storage,
        app,
        renewal: renewal(shown.renewal, say),
        sign_in_problem: boxed(shown.sign_in_problem.as_deref(), say),
        keep_problem: boxed(shown.keep_problem.as_deref(), say),
        legs,
        clock_error_ms,
        clock_problem: boxed(shown.clock_problem.as_deref(), say),
    }
}

fn line(line: AccountLine, say: Say<'_>) -> AccountLine<Problem> {
    let AccountLine {
        id, name, gamertag, xuid, expires_at, method, storage, client_id, is_shown, clock_error_ms, ..
    } = line;
    AccountLine {
        id,
        name,
        gamertag,
        xuid,
        renewal: renewal(line.renewal, say),
        expires_at,
        method,
        storage,
        client_id,
        is_shown,
        keep_problem: boxed(line.keep_problem.as_deref(), say),
        clock_error_ms,
        clock_problem: boxed(line.clock_problem.as_deref(), say),
    }
}

fn renewal(renewal: Renewal, say: Say<'_>) -> Renewal<Problem> {
    match renewal {
        Renewal::Fresh { renews_at } => Renewal::Fresh { renews_at },
        Renewal::Renewing => Renewal::Renewing,
        Renewal::Stale { problem, tries_at } => Renewal::Stale { problem: say(&problem), tries_at },
        Renewal::NeedsAction { problem } => Renewal::NeedsAction { problem: say(&problem) },
    }
}

fn boxed(error: Option<&Error>, say: Say<'_>) -> Option<Box<Problem>> {
    error.map(say).map(Box::new)
}

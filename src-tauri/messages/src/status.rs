//! A status with its problems in words.

use spartan_session::{
    error::Error,
    session::SignInEnd,
    status::{AccountLine, Renewal, SignedIn, SignedOut, SigningIn, Status},
};

use crate::Problem;

/// Returns a status with its problems in words.
#[must_use]
pub fn told(status: Status) -> Status<Problem> {
    match status {
        Status::Opening => Status::Opening,
        Status::Unlocking => Status::Unlocking,
        Status::Shut { problem } => Status::Shut { problem: problem.into() },
        Status::SignedOut { why } => Status::SignedOut { why: signed_out(why) },
        Status::SigningIn { way, stage, legs, ways, app, again, kept } => {
            Status::SigningIn { way, stage: signing_in(stage), legs, ways, app, again, kept }
        }
        Status::SignedIn(shown) => Status::SignedIn(signed_in(shown)),
    }
}

/// Returns the account lines with their problems in words.
#[must_use]
pub fn told_lines(lines: Vec<AccountLine>) -> Vec<AccountLine<Problem>> {
    lines.into_iter().map(line).collect()
}

/// Returns the end of a sign-in with its problem in words.
#[must_use]
pub fn told_end(end: SignInEnd) -> SignInEnd<Problem> {
    match end {
        SignInEnd::SignedIn { account } => SignInEnd::SignedIn { account: Box::new(signed_in(*account)) },
        SignInEnd::Cancelled => SignInEnd::Cancelled,
        SignInEnd::Failed { problem } => SignInEnd::Failed { problem: boxed(&problem) },
    }
}

fn signed_out(why: SignedOut) -> SignedOut<Problem> {
    match why {
        SignedOut::Never => SignedOut::Never,
        SignedOut::Cancelled => SignedOut::Cancelled,
        SignedOut::ByPerson { copied_until, clock_error_ms } => SignedOut::ByPerson { copied_until, clock_error_ms },
        SignedOut::Failed { problem } => SignedOut::Failed { problem: problem.into() },
    }
}

fn signing_in(stage: SigningIn) -> SigningIn<Problem> {
    match stage {
        SigningIn::Preparing => SigningIn::Preparing,
        SigningIn::AtPage { problem } => SigningIn::AtPage { problem: problem.as_deref().map(boxed) },
        SigningIn::Code { user_code, page, expires_at, clock_error_ms } => {
            SigningIn::Code { user_code, page, expires_at, clock_error_ms }
        }
        SigningIn::Chain => SigningIn::Chain,
    }
}

fn signed_in(shown: SignedIn) -> SignedIn<Problem> {
    let SignedIn { account, name, gamertag, xuid, way, kept, app, legs, clock_error_ms, .. } = shown;
    SignedIn {
        account,
        name,
        gamertag,
        xuid,
        way,
        kept,
        app,
        renewal: renewal(shown.renewal),
        sign_in_problem: shown.sign_in_problem.as_deref().map(boxed),
        keep_problem: shown.keep_problem.as_deref().map(boxed),
        legs,
        clock_error_ms,
        clock_problem: shown.clock_problem.as_deref().map(boxed),
    }
}

fn line(line: AccountLine) -> AccountLine<Problem> {
    let AccountLine { id, name, gamertag, xuid, expires_at, way, kept, client_id, is_shown, .. } = line;
    AccountLine {
        id,
        name,
        gamertag,
        xuid,
        renewal: renewal(line.renewal),
        expires_at,
        way,
        kept,
        client_id,
        is_shown,
        keep_problem: line.keep_problem.as_deref().map(boxed),
    }
}

fn renewal(renewal: Renewal) -> Renewal<Problem> {
    match renewal {
        Renewal::Fresh { renews_at } => Renewal::Fresh { renews_at },
        Renewal::Renewing => Renewal::Renewing,
        Renewal::Stale { problem, tries_at } => Renewal::Stale { problem: problem.into(), tries_at },
        Renewal::NeedsAction { problem } => Renewal::NeedsAction { problem: problem.into() },
    }
}

fn boxed(error: &Error) -> Box<Problem> {
    Box::new(Problem::from(error))
}

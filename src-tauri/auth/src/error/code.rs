//! A code for each cause: an area and a name, such as `oauth.invalid_grant` or `xbox.2148916238`.

use std::{borrow::Cow, fmt};

use super::{AppMisconfiguration, Cause, OtherToken, PastedCause, Unreachable};

impl Cause {
    /// Returns the code of this cause. It contains no name of a person or file; a service's own code may be part of it.
    #[must_use]
    pub fn code(&self) -> Cow<'static, str> {
        code(self)
    }
}

/// Formats the cause for a log: the code and details that identify neither a person nor their files.
impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code())?;
        match self {
            Cause::Unreachable { host, .. } => write!(f, " ({host})"),
            Cause::Unreadable(why) => write!(f, " ({why:?})"),
            Cause::LedAway { to } => write!(f, " ({to})"),
            _ => Ok(()),
        }
    }
}

fn code(cause: &Cause) -> Cow<'static, str> {
    match cause {
        Cause::Unreachable { why, .. } => unreachable(*why).into(),
        Cause::Passing { status, .. } => format!("http.{status}").into(),
        Cause::Refused { status } => format!("refused.{status}").into(),
        Cause::InnerToken => "answer.inner_token".into(),
        Cause::Unreadable(_) => "answer.unreadable".into(),
        Cause::SignInExpired { error } | Cause::Setup { error, mistake: None } => format!("oauth.{error}").into(),
        Cause::NoRefreshToken => "oauth.no_refresh_token".into(),
        Cause::Account { xerr, .. } => format!("xbox.{}", xerr.0).into(),
        Cause::Setup { mistake: Some(mistake), .. } => of_mistake(*mistake).into(),
        Cause::NotAGuid => "app.not_a_guid".into(),
        Cause::RedirectNotAllowed => "app.redirect_not_allowed".into(),
        Cause::NothingFound => "app.nothing_found".into(),
        Cause::NoClientId => "app.no_client_id".into(),
        Cause::Pasted(cause) => of_pasted(cause).into(),
        Cause::PageRefused { error } => format!("page.{error}").into(),
        Cause::LedAway { .. } => "page.led_away".into(),
        Cause::ForeignState => "page.foreign".into(),
        Cause::Cancelled => "page.cancelled".into(),
        Cause::CodeExpired => "code.expired".into(),
    }
}

const fn of_pasted(cause: &PastedCause) -> &'static str {
    match cause {
        PastedCause::Nothing => "pasted.nothing",
        PastedCause::Comments => "pasted.comments",
        PastedCause::NotARefreshToken(OtherToken::Spartan) => "pasted.spartan_token",
        PastedCause::NotARefreshToken(OtherToken::Xbox) => "pasted.xbox_token",
        PastedCause::NotARefreshToken(OtherToken::Access) => "pasted.access_token",
        PastedCause::NotARefreshToken(OtherToken::Foreign) => "pasted.foreign_token",
        PastedCause::Several { .. } => "pasted.several",
    }
}

const fn unreachable(why: Unreachable) -> &'static str {
    match why {
        Unreachable::Connect => "network.connect",
        Unreachable::Tls => "network.tls",
        Unreachable::TimedOut => "network.timed_out",
        Unreachable::Broken => "network.broken",
    }
}

const fn of_mistake(mistake: AppMisconfiguration) -> &'static str {
    match mistake {
        AppMisconfiguration::UnknownApp => "app.unknown",
        AppMisconfiguration::NotPersonal => "app.not_personal",
        AppMisconfiguration::PublicFlowsOff => "app.public_flows_off",
        AppMisconfiguration::SecretWrong => "app.secret_wrong",
        AppMisconfiguration::SecretId => "app.secret_id",
        AppMisconfiguration::SecretExpired => "app.secret_expired",
        AppMisconfiguration::SecretUnasked => "app.secret_unasked",
        AppMisconfiguration::SecretMissing => "app.secret_missing",
        AppMisconfiguration::RedirectMismatch => "app.redirect_mismatch",
    }
}

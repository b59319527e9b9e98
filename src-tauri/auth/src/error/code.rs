//! A code for each cause: an area and a name, such as `oauth.invalid_grant` or `xbox.2148916238`.

use std::{borrow::Cow, fmt};

use super::{
    AppMisconfiguration, Cause, KeyCause, KeyFileCause, OtherToken, PastedCause, SettingsCause, TokenFileCause,
    Unreachable, VaultCause,
};

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
            Cause::Unreadable(why) => write!(f, " ({why})"),
            Cause::LedAway { to } => write!(f, " ({to})"),
            Cause::Vault(VaultCause::Io { kind })
            | Cause::KeyFile { why: KeyFileCause::Io { kind }, .. }
            | Cause::Settings(SettingsCause::Io { kind })
            | Cause::TokenFile(TokenFileCause::Io { kind, .. }) => write!(f, " ({kind})"),
            Cause::ClockOff { ahead } => write!(f, " ({ahead} s ahead)"),
            Cause::AskedToWait { left, .. } => write!(f, " (wait {} s)", left.as_secs()),
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
        Cause::NotAccepted => "page.not_accepted".into(),
        Cause::NoRefreshToken => "oauth.no_refresh_token".into(),
        Cause::Account { xerr, .. } => format!("xbox.{}", xerr.0).into(),
        Cause::Setup { mistake: Some(mistake), .. } => of_mistake(*mistake).into(),
        Cause::NotAGuid => "app.not_a_guid".into(),
        Cause::RedirectNotAllowed => "app.redirect_not_allowed".into(),
        Cause::NothingFound => "app.nothing_found".into(),
        Cause::NoClientId => "app.no_client_id".into(),
        Cause::Pasted(cause) => of_pasted(cause).into(),
        Cause::NoApp => "app.none".into(),
        Cause::PageRefused { error } => format!("page.{error}").into(),
        Cause::PageNotLoaded => "page.not_loaded".into(),
        Cause::PageSilent => "page.silent".into(),
        Cause::LedAway { .. } => "page.led_away".into(),
        Cause::ForeignState => "page.foreign".into(),
        Cause::Cancelled => "page.cancelled".into(),
        Cause::NotThePage => "page.not_the_address".into(),
        Cause::NoPort { port: Some(_) } => "port.taken".into(),
        Cause::NoPort { port: None } => "port.none".into(),
        Cause::CodeExpired => "code.expired".into(),
        Cause::NotThisWay => "way.not_allowed".into(),
        Cause::OtherAccount { .. } => "account.another".into(),
        Cause::NotSignedIn => "account.none".into(),
        Cause::Unnamed => "account.unnamed".into(),
        Cause::NoClearance => "account.no_clearance".into(),
        Cause::SessionOnly => "account.session_only".into(),
        Cause::Busy => "account.busy".into(),
        Cause::Key(cause) => of_key(*cause).into(),
        Cause::KeyFile { why, .. } => of_key_file(why).into(),
        Cause::OtherOwner { .. } => "vault.other_owner".into(),
        Cause::Vault(cause) => of_vault(cause).into(),
        Cause::Settings(cause) => of_settings(cause).into(),
        Cause::TokenFile(cause) => of_kept(cause).into(),
        Cause::ClockOff { .. } => "clock.off".into(),
        Cause::ClockUnconfirmed => "clock.unconfirmed".into(),
        Cause::AskedToWait { because, .. } => code(because),
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

const fn of_key(cause: KeyCause) -> &'static str {
    match cause {
        KeyCause::Locked => "keyring.locked",
        KeyCause::Dismissed => "keyring.dismissed",
        KeyCause::NoKeyring => "keyring.none",
        KeyCause::Silent => "keyring.silent",
        KeyCause::Missing => "keyring.key_missing",
        KeyCause::Garbled => "keyring.key_garbled",
        KeyCause::Failed => "keyring.failed",
    }
}

const fn of_key_file(cause: &KeyFileCause) -> &'static str {
    match cause {
        KeyFileCause::Relative => "key_file.relative",
        KeyFileCause::NotMade => "key_file.not_made",
        KeyFileCause::Missing => "key_file.missing",
        KeyFileCause::Garbled => "key_file.garbled",
        KeyFileCause::OtherOwner => "key_file.other_owner",
        KeyFileCause::OthersCanRead { .. } => "key_file.others_can_read",
        KeyFileCause::FolderOpen { .. } => "key_file.folder_open",
        KeyFileCause::FolderShared { .. } => "key_file.folder_shared",
        KeyFileCause::OtherKey => "key_file.other_key",
        KeyFileCause::Io { .. } => "key_file.files",
    }
}

const fn of_vault(cause: &VaultCause) -> &'static str {
    match cause {
        VaultCause::Truncated => "vault.truncated",
        VaultCause::Foreign => "vault.foreign",
        VaultCause::LaterVersion { .. } => "vault.later_version",
        VaultCause::OtherKey => "vault.other_key",
        VaultCause::Unreadable => "vault.unreadable",
        VaultCause::Busy => "vault.busy",
        VaultCause::Io { .. } => "vault.files",
    }
}

const fn of_settings(cause: &SettingsCause) -> &'static str {
    match cause {
        SettingsCause::NotUnderstood { .. } => "settings.not_understood",
        SettingsCause::Unnameable => "settings.unnameable",
        SettingsCause::Io { .. } => "settings.files",
    }
}

const fn of_kept(cause: &TokenFileCause) -> &'static str {
    match cause {
        TokenFileCause::LinkChanged { .. } => "kept.link_changed",
        TokenFileCause::OthersCanWrite { .. } => "kept.others_can_write",
        TokenFileCause::OurFolder { .. } => "kept.our_folder",
        TokenFileCause::NoFolder { .. } => "kept.no_folder",
        TokenFileCause::NotAFile { .. } => "kept.not_a_file",
        TokenFileCause::OfAnotherUser { .. } => "kept.of_another_user",
        TokenFileCause::Foreign { .. } => "kept.foreign",
        TokenFileCause::NotText { .. } => "kept.not_text",
        TokenFileCause::Unnameable { .. } => "kept.unnameable",
        TokenFileCause::NotThisFormat { .. } => "kept.not_this_format",
        TokenFileCause::NotKept { .. } => "kept.not_kept",
        TokenFileCause::Left { .. } => "kept.left",
        TokenFileCause::Unclear { file: Some(_), .. } => "kept.unclear",
        TokenFileCause::Unclear { file: None, .. } => "kept.unclear_file",
        TokenFileCause::Unlisted { .. } => "kept.unlisted",
        TokenFileCause::Busy => "kept.busy",
        TokenFileCause::Io { .. } => "kept.files",
    }
}

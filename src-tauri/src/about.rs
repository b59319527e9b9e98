//! The data that the page has before its first paint.

use serde::Serialize;
use spartan_auth::{
    azure_app::AzureApp,
    sign_in_method::{SignInMethod, methods},
};
use spartan_messages::{Problem, Section, SettingsInWords, format_sections};
use spartan_session::{
    settings::Settings,
    status::{AccountLine, Snapshot, Status},
};
use tauri::AppHandle;

use crate::{
    appearance, settings,
    shell::Shell,
    streaming::{ForPage, Streaming},
};

/// Facts that don't change while the page is open.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct About {
    version: &'static str,
    demo: bool,
    has_app: bool,
    /// The sign-in methods of the available app, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    methods: Option<Vec<SignInMethod>>,
    keyring: &'static str,
    /// The key file, if the person chose one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    key_file: Option<String>,
    /// Whether *Streaming* keeps the windows out of captures.
    hides_from_captures: bool,
    /// The page with all releases, if this build knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    releases: Option<String>,
}

/// All that the page has before its first paint.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct Start {
    about: About,
    #[cfg_attr(test, ts(as = "Status"))]
    status: ForPage<Status<Problem>>,
    #[cfg_attr(test, ts(as = "Vec<AccountLine>"))]
    accounts: ForPage<Vec<AccountLine<Problem>>>,
    #[cfg_attr(test, ts(as = "SettingsInWords"))]
    settings: ForPage<SettingsInWords>,
    #[cfg_attr(test, ts(as = "Vec<Section>"))]
    formats: [Section; 4],
}

impl About {
    fn of(shell: &Shell, streaming: &Streaming) -> About {
        let keyring = if cfg!(windows) {
            "Windows Credential Manager"
        } else if cfg!(target_os = "macos") {
            "your keychain"
        } else {
            "your keyring"
        };
        let app = app_at_hand(shell);
        About {
            version: env!("CARGO_PKG_VERSION"),
            demo: cfg!(feature = "demo"),
            has_app: app.is_some(),
            methods: app.as_ref().map(methods),
            keyring,
            key_file: shell.keys.file().map(|file| streaming.redact(&file.path().display().to_string())),
            hides_from_captures: appearance::HIDES_FROM_CAPTURES,
            releases: releases(),
        }
    }
}

/// The repository in which this build is published.
const REPOSITORY: Option<&str> = option_env!("SPARTAN_TRAY_REPOSITORY");

/// Returns the page with all releases, if this build knows it.
pub(crate) fn releases() -> Option<String> {
    REPOSITORY.filter(|address| address.starts_with("https://")).map(|address| format!("{address}/releases"))
}

/// Returns a script that runs before the page's own scripts, so that the first paint needs no answer.
pub(crate) fn script(
    app: &AppHandle,
    shell: &Shell,
    Snapshot { shown, accounts }: Snapshot,
) -> Result<String, serde_json::Error> {
    settings::look_again(app);
    let live = shell.settings.follow().borrow().clone();
    let streaming = Streaming::new(live.choices.streaming, &shown, &accounts);
    let start = Start {
        about: About::of(shell, &streaming),
        status: streaming.status(shown),
        accounts: streaming.lines(accounts),
        settings: streaming.settings(live),
        formats: format_sections(),
    };
    Ok(format!("globalThis.start = {};", serde_json::to_string(&start)?))
}

/// Returns whether an app is available: this build contains one, or one was used before.
pub(crate) fn has_app(shell: &Shell) -> bool {
    app_at_hand(shell).is_some()
}

fn app_at_hand(shell: &Shell) -> Option<AzureApp> {
    shell.environment.built_in.clone().or_else(|| Settings::read(&shell.paths).last_app().cloned())
}

//! Signing in with each method, and cancelling.

use qrcodegen::{QrCode, QrCodeEcc};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use spartan_auth::{
    azure_app::{AzureApp, Platform},
    error::{self as auth, Cause as AuthCause},
    import::{self, Hints},
    sign_in_method::SignInMethod,
};
use spartan_messages::Problem;
use spartan_session::{
    environment::LINK_SCHEME,
    error::{Cause, Error, PastedCause, PastedGroup, Step},
    session::{Imported, NextStep, SignInRequest, Through, Wanted},
    settings::Settings,
    status::{SigningIn, Status, Storage},
};
use tauri::{AppHandle, State};
use tauri_plugin_opener::OpenerExt;
use url::Url;

use super::{Answer, copy};
use crate::{refusals::Refusal, shell::Shell, sign_in_window};

/// The app to sign in through.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum App {
    Default,
    Known,
    Own {
        client_id: String,
        redirect_uri: String,
        #[cfg_attr(test, ts(type = "string | null"))]
        client_secret: Option<SecretString>,
        platform: Platform,
    },
}

/// The account to sign in.
#[derive(Clone, Copy, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub(crate) enum Who {
    Shown,
    Another,
}

/// A sign-in to start.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub(crate) struct SignIn {
    pub(crate) app: App,
    pub(crate) who: Who,
    /// `None` is the account's own method, or else the app's first.
    pub(crate) method: Option<SignInMethod>,
    pub(crate) storage: Storage,
}

/// The method by which the current sign-in continues.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub(crate) struct AnotherWay {
    method: SignInMethod,
}

/// The address at which a browser ended.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub(crate) struct PasteAddress {
    #[cfg_attr(test, ts(type = "string"))]
    text: SecretString,
}

/// Pasted text.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportLines {
    #[cfg_attr(test, ts(type = "string"))]
    text: SecretString,
    storage: Storage,
    /// The name of the group to use, if the text has several.
    group: Option<String>,
}

/// The result of pasting lines.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Found {
    SigningIn,
    App {
        client_id: String,
        redirect_uri: String,
        has_secret: bool,
    },
    /// The person must choose one of several groups.
    Several {
        groups: Vec<FoundGroup>,
    },
}

/// Pasted values that belong together.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct FoundGroup {
    name: String,
    client_id: Option<String>,
}

/// A QR code as the page draws it.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct Qr {
    /// The number of modules along a side, including the quiet zone.
    size: i32,
    /// An SVG path of the dark modules.
    path: String,
}

/// The width of the light margin around a QR code, in modules (ISO/IEC 18004).
const QUIET: i32 = 4;

#[tauri::command]
pub(crate) async fn sign_in(app: AppHandle, shell: State<'_, Shell>, args: SignIn) -> Answer<()> {
    let who = match args.who {
        Who::Shown => Wanted::Shown,
        Who::Another => Wanted::Another,
    };
    let wish = SignInRequest {
        through: shell.answer(through(&shell, args.app))?,
        who,
        method: args.method,
        storage: args.storage,
    };
    let opens = shell.session.sign_in(wish).await;
    open(&app, &shell, opens).await
}

#[tauri::command]
pub(crate) async fn another_way(app: AppHandle, shell: State<'_, Shell>, args: AnotherWay) -> Answer<()> {
    let opens = shell.session.another_way(args.method).await;
    open(&app, &shell, opens).await
}

#[tauri::command]
pub(crate) async fn paste_address(shell: State<'_, Shell>, args: PasteAddress) -> Answer<()> {
    shell.answer(shell.session.paste(args.text).await)
}

#[tauri::command]
pub(crate) async fn copy_sign_in_link(shell: State<'_, Shell>) -> Answer<()> {
    let link = shell.answer(shell.session.link().await)?;
    shell.answer(copy(&shell, link.as_str()).await)
}

#[tauri::command]
pub(crate) async fn open_sign_in_link(app: AppHandle, shell: State<'_, Shell>) -> Answer<()> {
    let link = shell.answer(shell.session.link().await)?;
    shell.answer(open_in_browser(&app, &link))
}

#[tauri::command]
pub(crate) async fn copy_code(shell: State<'_, Shell>) -> Answer<()> {
    let (code, _) = shell.answer(code(&shell))?;
    shell.answer(copy(&shell, code).await)
}

/// Returns the address of the page for the code as a QR code. It doesn't contain the code, so scanning it doesn't sign
/// anybody in by accident.
#[tauri::command]
pub(crate) async fn phone_qr(shell: State<'_, Shell>) -> Answer<Qr> {
    let (_, page) = shell.answer(code(&shell))?;
    let drawn = QrCode::encode_text(page.as_str(), QrCodeEcc::Medium);
    shell.answer(drawn.map(|code| draw(&code)).map_err(|error| Refusal::NoQr.with(&error)))
}

#[tauri::command]
pub(crate) async fn import_lines(shell: State<'_, Shell>, args: ImportLines) -> Answer<Found> {
    let ImportLines { text, storage, group } = args;
    // A refresh token without an app is used with the app that was used last, never with this build's own.
    let settings = Settings::read(&shell.paths);
    let hints =
        Hints { known: settings.last_app(), client_id: None, group: group.as_deref(), link_scheme: Some(LINK_SCHEME) };
    let brought = match import::read_with(text.expose_secret(), &hints) {
        Ok(brought) => brought,
        Err(auth::Error { cause: AuthCause::Pasted(PastedCause::Several { groups }), .. }) => {
            return Ok(several(groups));
        }
        Err(error) => return shell.answer(Err(error)),
    };
    Ok(match shell.answer(shell.session.import(brought, storage).await)? {
        Imported::SigningIn => Found::SigningIn,
        Imported::App(app) => Found::App {
            client_id: app.client_id.to_string(),
            redirect_uri: app.redirect_uri.as_str().into(),
            has_secret: app.secret.is_some(),
        },
    })
}

fn several(groups: Vec<PastedGroup>) -> Found {
    let group = |PastedGroup { name, client_id }| FoundGroup { name, client_id: client_id.map(|id| id.to_string()) };
    Found::Several { groups: groups.into_iter().map(group).collect() }
}

#[tauri::command]
pub(crate) async fn cancel(shell: State<'_, Shell>) -> Answer<()> {
    shell.session.cancel().await;
    Ok(())
}

/// Opens the window or the browser for a sign-in. If that fails, the page offers the other methods.
async fn open(app: &AppHandle, shell: &Shell, opens: Result<NextStep, Error>) -> Answer<()> {
    let opened = match shell.answer(unless_cancelled(opens))? {
        NextStep::Window(page) => {
            let opened = sign_in_window::open(app, page, shell.session.clone());
            if opened.is_err() {
                shell.session.cancel().await;
            }
            opened.map_err(|error| Refusal::NoSignInWindow.with(&error))
        }
        // With this method, the person opens a browser themselves.
        NextStep::Browser(_) if is_by(shell, SignInMethod::Paste) => Ok(()),
        NextStep::Browser(url) => open_in_browser(app, &url),
        NextStep::Nothing => Ok(()),
    };
    shell.answer(opened)
}

fn is_by(shell: &Shell, wanted: SignInMethod) -> bool {
    matches!(shell.session.snapshot().borrow().shown, Status::SigningIn { method, .. } if method == wanted)
}

fn open_in_browser(app: &AppHandle, url: &Url) -> Result<(), Problem> {
    let opened = app.opener().open_url(url.as_str(), None::<&str>);
    opened.map_err(|error| Refusal::NoBrowserForSignIn.with(&error))
}

/// Returns nothing to open if the sign-in was cancelled meanwhile: the status shows that, so it's no failure.
fn unless_cancelled(opens: Result<NextStep, Error>) -> Result<NextStep, Error> {
    match opens {
        Err(error) if error.is_cancel() => Ok(NextStep::Nothing),
        opens => opens,
    }
}

/// Returns the code for another device, and the page on which to type it.
fn code(shell: &Shell) -> Result<(String, Url), Error> {
    match &shell.session.snapshot().borrow().shown {
        Status::SigningIn { stage: SigningIn::Code { user_code, page, .. }, .. } => {
            Ok((user_code.clone(), page.clone()))
        }
        _ => Err(Error::new(Step::Page, Cause::Auth(AuthCause::CodeExpired))),
    }
}

fn through(shell: &Shell, app: App) -> Result<Through, auth::Error> {
    let app = match app {
        App::Known => return Ok(Through::Known),
        App::Default => return Ok(shell.environment.built_in.clone().map_or(Through::Known, Through::App)),
        App::Own { client_id, redirect_uri, client_secret, platform } => {
            let app = AzureApp::parse_with(&client_id, &redirect_uri, Some(LINK_SCHEME))?;
            AzureApp { secret: client_secret, platform, ..app }
        }
    };
    Ok(Through::App(app))
}

fn draw(code: &QrCode) -> Qr {
    let side = code.size();
    let dark = (0..side).flat_map(|y| (0..side).map(move |x| (x, y))).filter(|(x, y)| code.get_module(*x, *y));
    let path: Vec<_> = dark.map(|(x, y)| format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET)).collect();
    Qr { size: side + 2 * QUIET, path: path.concat() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cancel_is_no_refusal_and_everything_else_is() {
        let refused = |cause| unless_cancelled(Err(Error::new(Step::Page, cause)));
        assert!(matches!(refused(Cause::Auth(AuthCause::Cancelled)), Ok(NextStep::Nothing)));
        assert!(refused(Cause::Busy).is_err());
    }

    #[test]
    fn a_qr_code_is_drawn_with_its_quiet_zone() {
        let code = QrCode::encode_text("https://www.microsoft.com/link", QrCodeEcc::Medium).unwrap();
        let Qr { size, path } = draw(&code);
        assert_eq!(size, code.size() + 8);
        // The first finder pattern starts in the corner inside the quiet zone.
        assert!(path.starts_with("M4 4h1v1h-1z"), "{path}");
        let dark = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        assert_eq!(path.matches('M').count(), dark.filter(|(x, y)| code.get_module(*x, *y)).count());
    }
}

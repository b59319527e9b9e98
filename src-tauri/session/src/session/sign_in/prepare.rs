//! What happens before a person goes to Microsoft's page, and while they're there.

use std::sync::Arc;

use spartan_auth::{
    azure_app::{AzureApp, Platform},
    clock::Clock,
    issuer::Issuer,
    leg::Leg,
    loopback::Loopback,
    sign_in_method::SignInMethod,
};
use spartan_vault::keyring::Interaction;

use crate::{
    error::{Cause, Error, Step},
    parts::Parts,
    renewal::commit::Commit,
    session::work::Ready,
    status::Storage,
};

/// Checks, before a person goes to Microsoft's page, that the page can be reached, that the way leads back here, and that
/// what comes back can be kept.
pub(crate) async fn prepare<I: Issuer, C: Clock>(
    parts: &Arc<Parts<I, C>>,
    method: SignInMethod,
    app: &AzureApp,
    storage: Storage,
    commit: Commit,
) -> Result<Ready, Error> {
    keep_open_beyond(parts, app.platform);
    parts.issuer.open_ahead(app.platform, Leg::Microsoft).await?;
    let port = match method {
        SignInMethod::Browser if app.redirect_uri.url().scheme() == "http" => {
            Some(port(app.redirect_uri.url().port()).await?)
        }
        SignInMethod::Window
        | SignInMethod::Browser
        | SignInMethod::Phone
        | SignInMethod::Paste
        | SignInMethod::Import => None,
    };
    if storage == Storage::Vault {
        // Last, because it may leave an empty vault and its key behind.
        parts.vault.prepare_while(Interaction::Allowed, move || !commit.is_cancelled()).await?;
    }
    Ok(Ready { port })
}

async fn port(named: Option<u16>) -> Result<Loopback, Error> {
    Loopback::bind(named).await.map_err(|error| {
        tracing::info!(%error, "no port for the browser");
        Error::new(Step::Page, Cause::NoPort { port: named })
    })
}

/// One leg for each host after Microsoft's.
const BEYOND: [Leg; 3] = [Leg::XboxUser, Leg::XstsHalo, Leg::Spartan];

/// Opens connections to every host of the chain while a person is at Microsoft's page, so that the handshakes are over when
/// the code comes. One that can't be opened is no problem yet; its leg will report it.
pub(crate) fn keep_open<I: Issuer, C: Clock>(parts: &Arc<Parts<I, C>>, platform: Platform) {
    open_ahead(parts, platform, Leg::Microsoft);
    keep_open_beyond(parts, platform);
}

/// Opens the same connections, except to Microsoft.
pub(crate) fn keep_open_beyond<I: Issuer, C: Clock>(parts: &Arc<Parts<I, C>>, platform: Platform) {
    for leg in BEYOND {
        open_ahead(parts, platform, leg);
    }
}

fn open_ahead<I: Issuer, C: Clock>(parts: &Arc<Parts<I, C>>, platform: Platform, leg: Leg) {
    let parts = parts.clone();
    tokio::spawn(async move { parts.issuer.open_ahead(platform, leg).await });
}

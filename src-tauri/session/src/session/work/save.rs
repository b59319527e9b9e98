//! Saving changes in the vault and the settings.

use spartan_auth::azure_app::AzureApp;
use spartan_vault::{
    account::{Account, AccountId, Contents},
    fs::paths::Paths,
    keyring::Interaction,
    vault::{Vault, to_its_end},
};

use crate::{error::Error, parts::Parts, session::changes::change::EditSaved, settings::Settings};

/// Changes the vault's matching accounts. Returns how many there are.
pub(crate) async fn edit(
    vault: &Vault,
    which: impl Fn(&Account) -> bool + Send + 'static,
    change: impl Fn(&mut Account) + Send + 'static,
) -> Result<usize, Error> {
    // Those that the vault has now: another program may have signed one in or out.
    let change_all = move |contents: &mut Contents| {
        contents.accounts.iter_mut().filter(|account| which(account)).map(change).count()
    };
    Ok(vault.change(Interaction::Allowed, change_all).await?.1)
}

/// Moves an account behind those of `before` in the vault. Returns whether it exists.
pub(crate) async fn move_behind(vault: &Vault, id: AccountId, before: Vec<AccountId>) -> Result<bool, Error> {
    let move_it = move |contents: &mut Contents| contents.move_behind(id, &before);
    Ok(vault.change(Interaction::Allowed, move_it).await?.1)
}

/// Saves an edited app in the settings, and before that in the vault's accounts if any of them `use_it`.
pub(crate) async fn edit_app<I, C>(parts: &Parts<I, C>, app: &AzureApp, use_it: bool) -> EditSaved {
    if use_it {
        let (client_id, edited) = (app.client_id, app.clone());
        let which = move |account: &Account| account.next_app().client_id == client_id;
        if let Err(error) = edit(&parts.vault, which, move |account| set_app(account, &edited)).await {
            return EditSaved::Nowhere(error);
        }
    }
    EditSaved::InAccounts(Settings::amend(&parts.paths, app).await)
}

/// Sets the edited version of an account's app.
pub(crate) fn set_app(account: &mut Account, edited: &AzureApp) {
    account.edited = Some(edited.clone()).filter(|app| !app.is_same(&account.app));
}

/// Saves the app of the last sign-in as a suggestion. One with a secret isn't saved: settings contain no secrets, and
/// without its secret, Microsoft would refuse it after the page.
pub(crate) async fn remember_app(paths: Paths, app: AzureApp) {
    // To its end, even if the sign-in is cancelled meanwhile.
    let remember = to_its_end(async move { Settings::remember(&paths, &app).await });
    if let Err(error) = remember.await {
        tracing::warn!(%error, "the app is not remembered");
    }
}

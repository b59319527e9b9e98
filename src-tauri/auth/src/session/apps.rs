//! The Azure apps that are known: those of the accounts, and those that the settings name.

use uuid::Uuid;

use super::{
    request::{Reply, Secret},
    task::{Task, answer, told},
};
use crate::{
    account::{Account, AccountId},
    azure_app::AzureApp,
    clock::Clock,
    error::{Cause, Error, Step},
    issuer::Issuer,
    settings::Settings,
    status::AppLine,
};

/// An Azure app, and the accounts that sign in through it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownApp {
    /// The app.
    pub app: AppLine,
    /// The accounts whose persons sign in through it.
    pub used_by: Vec<AccountId>,
}

impl<I: Issuer, C: Clock> Task<I, C> {
    pub(super) fn apps(&self, reply: Reply<Vec<KnownApp>>) {
        let mut known: Vec<KnownApp> = Vec::new();
        for held in self.state.open().into_iter().flat_map(|open| &open.accounts) {
            let app = AppLine::from(held.account.next_app());
            match known.iter_mut().find(|known| known.app.client_id == app.client_id) {
                Some(known) => known.used_by.push(held.account.id),
                None => known.push(KnownApp { app, used_by: vec![held.account.id] }),
            }
        }
        for app in Settings::read(&self.parts.places).apps {
            if known.iter().all(|known| known.app.client_id != app.client_id) {
                known.push(KnownApp { app: AppLine::from(&app), used_by: Vec::new() });
            }
        }
        answer(reply, Ok(known));
    }

    pub(super) async fn edit_app(&mut self, app: AzureApp, secret: Secret, reply: Reply<()>) {
        let ids = self.users(app.client_id);
        let edited = app.clone();
        let edit = move |account: &mut Account| {
            let before = account.next_app();
            let secret = match &secret {
                Secret::Same => before.secret.clone(),
                Secret::New(secret) => Some(secret.clone()),
                Secret::None => None,
            };
            account.edited = Some(AzureApp { secret, scopes: before.scopes.clone(), ..edited.clone() });
        };
        let result = self.change_accounts(&ids, edit).await;
        if result.is_ok()
            && let Err(error) = Settings::amend(&self.parts.places, &app).await
        {
            return answer(reply, Err(told(&error)));
        }
        if self.known.as_ref().is_some_and(|known| known.client_id == app.client_id) {
            self.known = Some(app);
        }
        answer(reply, result);
    }

    pub(super) async fn forget_app(&mut self, client_id: Uuid, reply: Reply<()>) {
        if !self.users(client_id).is_empty() {
            return answer(reply, Err(told(&Error::new(Step::App, Cause::Busy))));
        }
        if self.known.as_ref().is_some_and(|known| known.client_id == client_id) {
            self.known = None;
        }
        let result = Settings::forget(&self.parts.places, client_id).await;
        answer(reply, result.map_err(|error| told(&error)));
    }

    fn users(&self, client_id: Uuid) -> Vec<AccountId> {
        self.ids(|held| held.account.next_app().client_id == client_id)
    }
}

//! The Azure apps that are known: those of the accounts, and those that the settings name.

use uuid::Uuid;

use super::{
    request::{Reply, Secret},
    state::Held,
    task::{Task, answer, told},
};
use crate::{
    account::{Account, AccountId},
    azure_app::AzureApp,
    clock::Clock,
    error::{Cause, Error, Step},
    issuer::Issuer,
    settings::Settings,
    status::{AppLine, Renewal},
};
use jiff::SignedDuration;

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
        let before = self.app(app.client_id);
        let secret = match secret {
            Secret::Same => before.as_ref().and_then(|before| before.secret.clone()),
            Secret::New(secret) => Some(secret),
            Secret::None => None,
        };
        let app = AzureApp { secret, scopes: before.map(|before| before.scopes).unwrap_or_default(), ..app };
        let edited = app.clone();
        let edit =
            move |account: &mut Account| account.edited = Some(edited.clone()).filter(|app| !app.is_same(&account.app));
        let client_id = app.client_id;
        let uses_it = move |account: &Account| account.next_app().client_id == client_id;
        if let Err(error) = self.change_accounts(uses_it, edit).await {
            return answer(reply, Err(told(error)));
        }
        let saved = Settings::amend(&self.parts.places, &app).await;
        if self.known.as_ref().is_some_and(|known| known.client_id == app.client_id) {
            self.known = Some(app);
        }
        for id in ids {
            self.renew_where_the_app_was_refused(id);
        }
        answer(reply, saved.map_err(told));
    }

    /// Whom Microsoft refused because of the app, the edited one may help at once.
    fn renew_where_the_app_was_refused(&mut self, id: AccountId) {
        let now = self.parts.clock.moment();
        let rest = SignedDuration::try_from(self.pace.rest(id, now)).unwrap_or_default();
        let waits_for_app = |held: &&mut Held| match &held.renewal {
            Renewal::NeedsAction { problem } => !problem.asks_to_sign_in(),
            Renewal::Fresh { .. } | Renewal::Renewing | Renewal::Stale { .. } => false,
        };
        let held = self.state.open_mut().and_then(|open| open.account_mut(id)).filter(waits_for_app);
        if let Some(held) = held {
            let services_time = held.account.services_time(now);
            held.renewal = Renewal::Fresh { renews_at: services_time.saturating_add(rest).unwrap_or(services_time) };
        }
        self.renew_what_is_due();
    }

    /// The app as it serves the next sign-in.
    fn app(&self, client_id: Uuid) -> Option<AzureApp> {
        let accounts = self.state.open().into_iter().flat_map(|open| &open.accounts);
        let of_accounts = accounts.map(|held| held.account.next_app()).find(|app| app.client_id == client_id);
        of_accounts.or(self.known.as_ref().filter(|app| app.client_id == client_id)).cloned()
    }

    pub(super) async fn forget_app(&mut self, client_id: Uuid, reply: Reply<()>) {
        if !self.users(client_id).is_empty() {
            return answer(reply, Err(told(Error::new(Step::App, Cause::Busy))));
        }
        if self.known.as_ref().is_some_and(|known| known.client_id == client_id) {
            self.known = None;
        }
        let result = Settings::forget(&self.parts.places, client_id).await;
        answer(reply, result.map_err(told));
    }

    fn users(&self, client_id: Uuid) -> Vec<AccountId> {
        self.ids(|held| held.account.next_app().client_id == client_id)
    }
}

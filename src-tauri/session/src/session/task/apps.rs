//! The known Azure apps: those of the accounts, and those in the settings.

use jiff::SignedDuration;
use spartan_auth::{azure_app::AzureApp, clock::Clock, issuer::Issuer};
use spartan_vault::account::AccountId;
use uuid::Uuid;

use super::Task;
use crate::{
    error::{Cause, Error, Step},
    session::{
        changes::{
            Subject, Ticket,
            change::{Change, Changed, EditSaved, EditedApp, Import},
        },
        request::{
            Secret,
            answers::KnownApp,
            reply::{Reply, answer, told},
        },
        state::held::Held,
        work::save,
    },
    settings::Settings,
    status::{AppLine, Renewal, Storage},
};

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
        let paths = self.parts.paths.clone();
        tokio::spawn(async move {
            for app in Settings::read_beside(&paths).await.apps {
                if known.iter().all(|known| known.app.client_id != app.client_id) {
                    known.push(KnownApp { app: AppLine::from(&app), used_by: Vec::new() });
                }
            }
            answer(reply, Ok(known));
        });
    }

    pub(super) fn edit_app(&mut self, app: Box<AzureApp>, secret: Secret, reply: Reply<()>) {
        self.change(self.subjects(app.client_id), Change::EditApp(app, secret, reply));
    }

    pub(super) fn begin_edit_app(&mut self, ticket: Ticket, app: AzureApp, secret: Secret, reply: Reply<()>) {
        let used_by = self.users(app.client_id);
        let before = self.app(app.client_id);
        let secret = match secret {
            Secret::Same => before.as_ref().and_then(|before| before.secret.clone()),
            Secret::New(secret) => Some(secret),
            Secret::None => None,
        };
        let app = AzureApp { secret, scopes: before.map(|before| before.scopes).unwrap_or_default(), ..app };
        let is_sealed =
            !self.ids(|held| held.storage == Storage::Vault && used_by.contains(&held.account.id)).is_empty();
        let parts = self.parts.clone();
        self.save(ticket, async move {
            let saved = save::edit_app(&parts, &app, is_sealed).await;
            Changed::AppEdited(Box::new(EditedApp { app, used_by, reply, saved }))
        });
    }

    pub(super) fn app_edited(&mut self, edited: EditedApp) {
        let EditedApp { app, used_by, reply, saved } = edited;
        let in_settings = match saved {
            EditSaved::InAccounts(in_settings) => in_settings,
            EditSaved::Nowhere(error) => return answer(reply, Err(told(error))),
        };
        let accounts = self.state.open_mut().into_iter().flat_map(|open| &mut open.accounts);
        // Those in the vault were adopted from there.
        let in_memory = accounts.filter(|held| held.storage == Storage::Memory);
        for held in in_memory.filter(|held| held.account.next_app().client_id == app.client_id) {
            save::set_app(&mut held.account, &app);
        }
        if self.known.as_ref().is_some_and(|known| known.client_id == app.client_id) {
            self.known = Some(app);
        }
        for id in used_by {
            self.renew_where_the_app_was_refused(id);
        }
        answer(reply, in_settings.map_err(told));
    }

    /// Lets an account that Microsoft refused because of its app renew with the edited one.
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

    /// Returns the app for the next sign-in.
    fn app(&self, client_id: Uuid) -> Option<AzureApp> {
        let accounts = self.state.open().into_iter().flat_map(|open| &open.accounts);
        let of_accounts = accounts.map(|held| held.account.next_app()).find(|app| app.client_id == client_id);
        of_accounts.or(self.known.as_ref().filter(|app| app.client_id == client_id)).cloned()
    }

    pub(super) fn forget_app(&mut self, client_id: Uuid, reply: Reply<()>) {
        self.change(self.subjects(client_id), Change::ForgetApp(client_id, reply));
    }

    pub(super) fn begin_forget_app(&mut self, ticket: Ticket, client_id: Uuid, reply: Reply<()>) {
        if !self.users(client_id).is_empty() {
            let result = Err(Error::new(Step::App, Cause::Busy));
            return self.changed(ticket, Changed::AppForgotten(reply, result));
        }
        if self.known.as_ref().is_some_and(|known| known.client_id == client_id) {
            self.known = None;
        }
        let parts = self.parts.clone();
        self.save(ticket, async move {
            let result = Settings::forget(&parts.paths, client_id).await;
            Changed::AppForgotten(reply, result)
        });
    }

    pub(super) fn app_forgotten(reply: Reply<()>, result: Result<(), Error>) {
        answer(reply, result.map_err(told));
    }

    pub(super) fn begin_remember_app(&mut self, ticket: Ticket, app: AzureApp, import: Import) {
        let paths = self.parts.paths.clone();
        self.save(ticket, async move {
            save::remember_app(paths, app).await;
            Changed::AppRemembered(import)
        });
    }

    pub(super) fn app_remembered(import: Import) {
        answer(import.reply, Ok(import.imported));
    }

    /// Returns what a change to an app concerns.
    fn subjects(&self, client_id: Uuid) -> Vec<Subject> {
        let users = self.users(client_id).into_iter().map(Subject::Account);
        users.chain([Subject::App(client_id)]).collect()
    }

    fn users(&self, client_id: Uuid) -> Vec<AccountId> {
        self.ids(|held| held.account.next_app().client_id == client_id)
    }
}

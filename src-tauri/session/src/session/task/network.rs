//! Trying connections while a host can't be reached.

use spartan_auth::{clock::Clock, issuer::Issuer, leg::Leg};
use spartan_vault::account::AccountId;

use super::{Task, chance};
use crate::{
    renewal::schedule,
    session::{
        state::{
            held::Held,
            reach::{Reach, Returned},
        },
        work::JobOutcome,
    },
};

impl<I: Issuer, C: Clock> Task<I, C> {
    /// Tries to connect to a host that couldn't be reached: one connection at a time, for all accounts that need it.
    pub(super) fn look_for_network(&mut self) {
        let is_lost = |held: &Held| held.reach != Reach::Fine && held.job.is_none();
        let Some(id) = self.ids(is_lost).first().copied().filter(|_| self.ids(|held| held.trial.is_some()).is_empty())
        else {
            return;
        };
        let Some(held) = self.state.open_mut().and_then(|open| open.account_mut(id)) else { return };
        let Some(leg) = held.reach.leg() else { return };
        let (parts, platform) = (self.parts.clone(), held.account.app.platform);
        let trial = async move |_| JobOutcome::Tried(id, leg, parts.issuer.open_ahead(platform, leg).await.is_ok());
        held.trial = Some(self.jobs.begin(trial));
    }

    pub(super) fn tried(&mut self, id: AccountId, leg: Leg, connected: bool) {
        let now = self.parts.clock.moment();
        let Some(open) = self.state.open_mut() else { return };
        if let Some(held) = open.account_mut(id) {
            held.trial = None;
        }
        for held in open.accounts.iter_mut().filter(|held| held.reach.leg() == Some(leg)) {
            let (reach, returned) = held.reach.tried(connected);
            held.reach = reach;
            if returned == Returned::Now {
                // A network comes back for everybody at once, so requests are spread out.
                let soon = now.elapsed.saturating_add(schedule::wait(1, None, chance()));
                held.rests_until = held.rests_until.min(soon);
                held.tell_wait(now);
            }
        }
    }
}

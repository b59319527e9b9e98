//! Requests for tokens and renewals, which are about what the vault contains now.

use spartan_auth::{clock::Clock, issuer::Issuer, leg::Leg, token::Validity};
use spartan_vault::{account::AccountId, keyring::Interaction};

use super::{Asker, Query, Task};
use crate::{
    format::Format,
    session::{
        request::{
            answers::HandedOut,
            reply::{Reply, answer},
        },
        state::{
            handing_out::{answer_all, is_ready},
            open::Open,
            waiting::Waiting,
        },
    },
    status::{Renewal, Storage},
};

impl<I: Issuer, C: Clock> Task<I, C> {
    /// Hands out the shown account's tokens, once what another program wrote before has been read.
    pub(super) fn look_and_hand_out(&mut self, format: Format, reply: Reply<HandedOut>) {
        let shown = self.state.open().and_then(Open::usable).map(|held| (held.account.id, held.storage));
        match shown {
            None => answer(reply, Err(self.not_open())),
            Some((account, Storage::Memory)) => self.hand_out(account, format, reply),
            Some((account, Storage::Vault)) => self.look(Asker { account, query: Query::Tokens(format, reply) }),
        }
    }

    /// Renews the shown account, once what another program wrote before has been read.
    pub(super) fn look_and_renew(&mut self, reply: Reply<()>) {
        let shown = self.state.open().filter(|open| open.sign_in.is_none()).and_then(Open::usable);
        let shown = shown.map(|held| (held.account.id, held.storage, held.account.tokens.life(Leg::Spartan)));
        match shown {
            None => answer(reply, Ok(())),
            Some((account, Storage::Memory, _)) => self.renew_on_request(account, Interaction::Forbidden, reply),
            Some((account, Storage::Vault, old)) => self.look(Asker { account, query: Query::Renewal(old, reply) }),
        }
    }

    fn look(&mut self, asker: Asker) {
        if self.opening.is_some() {
            // That read may have begun before another program's last write.
            self.next_askers.push(asker);
        } else {
            self.askers.push(asker);
            self.read_again();
        }
    }

    /// Answers the requests that waited for the vault to be read.
    pub(super) fn answer_askers(&mut self) {
        self.adopt();
        for asker in std::mem::take(&mut self.askers) {
            match asker.query {
                Query::Tokens(format, reply) => self.hand_out(asker.account, format, reply),
                // Another program has just renewed.
                Query::Renewal(old, reply) if self.life(asker.account) != old => answer(reply, Ok(())),
                Query::Renewal(_, reply) => self.renew_on_request(asker.account, Interaction::Forbidden, reply),
            }
        }
        if !self.next_askers.is_empty() {
            self.askers = std::mem::take(&mut self.next_askers);
            self.read_again();
        }
    }

    fn life(&self, id: AccountId) -> Option<Validity> {
        self.state.open().and_then(|open| open.account(id)).and_then(|held| held.account.tokens.life(Leg::Spartan))
    }

    fn hand_out(&mut self, id: AccountId, format: Format, reply: Reply<HandedOut>) {
        let now = self.parts.clock.moment();
        let account = self.state.open().and_then(|open| open.name_at_the_command_line(open.account(id)?));
        let held = self.state.open_mut().and_then(|open| open.account_mut(id)).filter(|held| !held.is_leaving);
        let Some(held) = held else { return answer(reply, Err(self.why_gone(id))) };
        let waiting = Waiting { reply, format, account };
        let in_vain = held.account.must_wait(now).is_some()
            || (matches!(held.renewal, Renewal::Stale { .. }) && !self.pace.rest(held.account.id, now).is_zero());
        if held.needs_sign_in() || in_vain || is_ready(held, format, now) {
            return answer_all(vec![waiting], held, now, None);
        }
        held.waiting.push(waiting);
        self.renew(id, Interaction::Forbidden);
    }
}

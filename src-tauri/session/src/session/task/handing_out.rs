//! Requests for tokens.

use spartan_auth::{clock::Clock, issuer::Issuer};
use spartan_vault::{keyring::Interaction, vault::Look};

use super::{Asker, Task};
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
    /// Hands out the shown account's tokens, once another program's write has been read.
    pub(super) fn look_and_hand_out(&mut self, format: Format, reply: Reply<HandedOut>) {
        let shown = self.state.open().and_then(Open::usable).filter(|held| held.kept == Storage::Vault);
        match shown.map(|held| held.account.id) {
            Some(account) if self.parts.vault.look() == Look::Changed => {
                self.askers.push(Asker { account, format, reply });
                if self.opening.is_none() {
                    self.read_again(Look::Changed);
                }
            }
            _ => self.hand_out(format, reply),
        }
    }

    /// Answers the requests that waited for the vault to be read; none gets another account's tokens.
    pub(super) fn answer_askers(&mut self) {
        self.adopt();
        for Asker { account, format, reply } in std::mem::take(&mut self.askers) {
            match self.state.open().and_then(|open| open.shown) {
                Some(shown) if shown == account => self.hand_out(format, reply),
                _ => answer(reply, Err(self.not_open())),
            }
        }
    }

    fn hand_out(&mut self, format: Format, reply: Reply<HandedOut>) {
        let now = self.parts.clock.moment();
        let not_open = self.not_open();
        let Some(open) = self.state.open_mut() else { return answer(reply, Err(not_open)) };
        let account = open.usable().and_then(|shown| open.name_at_the_command_line(shown));
        let shown = open.usable().map(|held| held.account.id);
        let Some(held) = shown.and_then(|id| open.account_mut(id)) else { return answer(reply, Err(not_open)) };
        let waiting = Waiting { reply, format, account };
        let in_vain = held.account.must_wait(now).is_some()
            || (matches!(held.renewal, Renewal::Stale { .. }) && !self.pace.rest(held.account.id, now).is_zero());
        if held.needs_sign_in() || in_vain || is_ready(held, format, now) {
            return answer_all(vec![waiting], held, now, None);
        }
        held.waiting.push(waiting);
        let id = held.account.id;
        self.renew(id, Interaction::Forbidden);
    }
}

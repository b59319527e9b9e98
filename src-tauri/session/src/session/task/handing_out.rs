//! Requests for tokens.

use spartan_auth::{clock::Clock, issuer::Issuer};
use spartan_vault::keyring::Interaction;

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
    /// Hands out the shown account's tokens, once what another program wrote before has been read.
    pub(super) fn look_and_hand_out(&mut self, format: Format, reply: Reply<HandedOut>) {
        let shown = self.state.open().and_then(Open::usable).map(|held| (held.account.id, held.kept));
        match shown {
            None => answer(reply, Err(self.not_open())),
            Some((account, Storage::Memory)) => self.hand_out(Asker { account, format, reply }),
            // That read may have begun before another program's last write.
            Some((account, Storage::Vault)) if self.opening.is_some() => {
                self.next_askers.push(Asker { account, format, reply });
            }
            Some((account, Storage::Vault)) => {
                self.askers.push(Asker { account, format, reply });
                self.read_again();
            }
        }
    }

    /// Answers the requests that waited for the vault to be read.
    pub(super) fn answer_askers(&mut self) {
        self.adopt();
        for asker in std::mem::take(&mut self.askers) {
            self.hand_out(asker);
        }
        if !self.next_askers.is_empty() {
            self.askers = std::mem::take(&mut self.next_askers);
            self.read_again();
        }
    }

    fn hand_out(&mut self, asker: Asker) {
        let Asker { account: id, format, reply } = asker;
        let now = self.parts.clock.moment();
        let account = self.state.open().and_then(|open| open.name_at_the_command_line(open.account(id)?));
        let held = self.state.open_mut().and_then(|open| open.account_mut(id)).filter(|held| !held.is_leaving);
        let Some(held) = held else { return answer(reply, Err(self.not_open())) };
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

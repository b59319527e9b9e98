//! One cell of the matrix: a leg meets a mishap, and everything that the matrix promises is checked.

use std::{fmt::Debug, io, time::Duration};

use jiff::SignedDuration;
use spartan_auth::{
    chain::Start,
    error::{Remedy, Step},
    token::Tokens,
};
use spartan_fakes::{Fault, Times};

use crate::{
    lame::Lame,
    matrix::Comes,
    mishap::Mishap,
    right,
    run::{Disk, Ran, Run},
    stage::Stage,
};

/// Success, or what is wrong.
pub type Checked = Result<(), String>;

/// Fails unless both are equal.
pub fn same<T: Debug + PartialEq>(what: &str, is: &T, should: &T) -> Checked {
    if is == should { Ok(()) } else { Err(format!("{what}: is {is:?}, should be {should:?}")) }
}

impl Stage {
    /// Tests one cell.
    pub async fn meets(&self, mishap: Mishap, comes: Comes) -> Checked {
        let before = self.tokens();
        let elsewhere = format!("https://{}/", self.elsewhere_address());
        let fault = mishap.fault(&elsewhere, |but| right::answer(self.column.leg, &before, but));
        let (ran, sent) = self.run(fault, self.services(mishap), before.clone()).await;
        self.ends_as_said(&ran, comes)?;
        self.sent_as_said(sent, mishap, comes)?;
        self.nothing_good_is_lost(&before, &ran)?;
        self.nothing_arrived_elsewhere()?;
        self.recovers(ran.tokens).await
    }

    /// Runs the chain with this fault in the leg. Returns the run and the requests that were sent.
    pub async fn run(&self, fault: Option<Fault>, services: Lame, tokens: Tokens) -> (Ran, [u32; 6]) {
        let sent_before = self.wire.counts();
        if let Some(fault) = fault {
            self.wire.fakes.fail(self.column.endpoint, fault, Times::Always);
        }
        let ran = self.ran(services, self.start(), tokens).await;
        self.wire.fakes.heal(self.column.endpoint);
        let sent = self.wire.counts();
        (ran, std::array::from_fn(|at| sent[at] - sent_before[at]))
    }

    /// Checks that, with what was stored, the next renewal succeeds once the service is available.
    pub async fn recovers(&self, tokens: Tokens) -> Checked {
        same("error of the next renewal", &self.ran(self.healed(), Start::Renew, tokens).await.error, &None)
    }

    async fn ran(&self, services: Lame, start: Start, tokens: Tokens) -> Ran {
        let (wire, app, ahead) = (&self.wire, self.app(), SignedDuration::ZERO);
        Run { wire, services, app, tokens, ahead, disk: Disk::Well }.go(start).await
    }

    fn ends_as_said(&self, ran: &Ran, comes: Comes) -> Checked {
        let step = Step::Leg(self.column.leg);
        let ended = ran.error.as_ref().map(|error| (error.step, error.remedy()));
        let remedy = match comes {
            Comes::Well | Comes::Stays => return same("error", &ran.error, &None),
            Comes::Visit => {
                let visits = matches!(&ended, Some((at, Remedy::Visit { .. })) if *at == step);
                return if visits { Ok(()) } else { Err(format!("no page to visit: {ended:?}")) };
            }
            Comes::Later | Comes::Twice => Remedy::Retry { after: None },
            Comes::Wait(seconds) => Remedy::Retry { after: Some(Duration::from_secs(seconds)) },
            Comes::SignIn => Remedy::SignIn,
            Comes::ChangeApp => Remedy::FixApp,
        };
        same("step and remedy", &ended, &Some((step, remedy)))
    }

    fn sent_as_said(&self, sent: [u32; 6], mishap: Mishap, comes: Comes) -> Checked {
        let expected = match (mishap, comes) {
            (Mishap::NobodyListens, _) => self.column.unheard(),
            (_, Comes::Well) => self.column.well,
            (_, Comes::Twice) => self.column.remade,
            _ => self.column.fails,
        };
        same("requests", &sent, &expected)
    }

    fn nothing_arrived_elsewhere(&self) -> Checked {
        match self.elsewhere.accept() {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(()),
            other => Err(format!("somebody came elsewhere: {other:?}")),
        }
    }
}

//! The progress of the chain's legs, while it runs and after.

use spartan_auth::leg::Leg;
use spartan_vault::account::Account;

use crate::status::leg_status::{LegProgress, LegStatus};

/// The progress of the legs of one run; a leg that isn't part of it has the account's state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    seen: Vec<(Leg, LegProgress)>,
}

impl Run {
    /// Records that a leg began; the legs that depend on it wait.
    pub fn began(&mut self, leg: Leg) {
        self.set(leg, LegProgress::Running);
        for later in after(leg) {
            self.set(*later, LegProgress::Waiting);
        }
    }

    /// Records that a leg has its answer.
    pub fn ended(&mut self, leg: Leg, ms: u64) {
        self.set(leg, LegProgress::Done { ms: Some(ms) });
    }

    /// Records that a leg failed.
    pub fn failed(&mut self, leg: Leg) {
        self.set(leg, LegProgress::Failed);
    }

    /// Records that the run is over: nothing waits or runs anymore, and only failed legs stay marked.
    pub fn over(&mut self) {
        self.seen.retain(|(_, progress)| matches!(progress, LegProgress::Failed));
    }

    /// Returns every leg, in order, with what the account has of it.
    #[must_use]
    pub fn legs(&self, account: Option<&Account>) -> Vec<LegStatus> {
        Leg::ALL.into_iter().map(|leg| self.leg(leg, account)).collect()
    }

    fn leg(&self, leg: Leg, account: Option<&Account>) -> LegStatus {
        let mut status = account.map_or_else(|| nothing(leg), |account| storage(leg, account));
        if let Some((_, progress)) = self.seen.iter().find(|(seen, _)| *seen == leg) {
            status.progress = *progress;
        }
        status
    }

    fn set(&mut self, leg: Leg, progress: LegProgress) {
        self.seen.retain(|(seen, _)| *seen != leg);
        self.seen.push((leg, progress));
    }
}

const fn after(leg: Leg) -> &'static [Leg] {
    match leg {
        Leg::Microsoft => &[Leg::XboxUser, Leg::XstsXbox, Leg::XstsHalo, Leg::Spartan, Leg::Clearance],
        Leg::XboxUser => &[Leg::XstsXbox, Leg::XstsHalo, Leg::Spartan, Leg::Clearance],
        Leg::XstsHalo => &[Leg::Spartan, Leg::Clearance],
        Leg::Spartan => &[Leg::Clearance],
        Leg::XstsXbox | Leg::XstsOther | Leg::Clearance => &[],
    }
}

const fn nothing(leg: Leg) -> LegStatus {
    LegStatus { leg, progress: LegProgress::Waiting, issued_at: None, expires_at: None, note: None }
}

fn storage(leg: Leg, account: &Account) -> LegStatus {
    let tokens = &account.tokens;
    let life = tokens.life(leg);
    let clearance = tokens.clearance.as_ref().filter(|_| leg == Leg::Clearance);
    let progress = if life.is_some() || clearance.is_some() {
        LegProgress::Done { ms: account.leg_ms.get(&leg).copied() }
    } else {
        LegProgress::Waiting
    };
    LegStatus {
        progress,
        issued_at: life.map(|life| life.issued_at).or(clearance.map(|clearance| clearance.fetched_at)),
        expires_at: life.map(|life| life.expires_at),
        note: clearance.map(|clearance| shortened(&clearance.id)),
        ..nothing(leg)
    }
}

fn shortened(id: &str) -> String {
    let all: Vec<char> = id.chars().collect();
    match all.as_slice() {
        [first @ .., a, b, c, d] if first.len() > 9 => {
            format!("{}…{a}{b}{c}{d}", first.iter().take(8).collect::<String>())
        }
        short => short.iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clearance_is_shortened_and_a_short_one_is_not() {
        assert_eq!(shortened("6ffdc37e-aaaa-bbbb-cccc-000000001ee2"), "6ffdc37e…1ee2");
        assert_eq!(shortened("xyz"), "xyz");
    }

    #[test]
    fn what_depends_on_a_leg_waits_until_its_turn() {
        let mut run = Run::default();
        run.began(Leg::XstsHalo);
        let legs = run.legs(None);
        assert_eq!(legs[3].progress, LegProgress::Running);
        assert_eq!(legs[4].progress, LegProgress::Waiting);
        run.ended(Leg::XstsHalo, 187);
        assert_eq!(run.legs(None)[3].progress, LegProgress::Done { ms: Some(187) });
    }
}

//! The legs as columns of the matrix: what makes the chain send each leg, and the requests that are sent.

use jiff::{SignedDuration, Timestamp};
use spartan_auth::{
    leg::Leg,
    token::{Tokens, Validity},
};
use spartan_fakes::Endpoint;

/// A leg and the run in which it meets its mishap. Requests are those to token, user, XSTS Halo, XSTS Xbox, Spartan,
/// clearance, in this order.
#[derive(Debug)]
pub struct Column {
    pub leg: Leg,
    pub endpoint: Endpoint,
    pub starts: Starts,
    /// The requests if the leg fails at once.
    pub fails: [u32; 6],
    /// The requests if the leg is refused, its input token is replaced, and the leg is refused again.
    pub remade: [u32; 6],
    /// The requests if everything succeeds.
    pub well: [u32; 6],
}

/// A signed-in state in which everything is still valid.
#[derive(Clone, Copy, Debug)]
pub enum Starts {
    /// The person has just signed in again.
    WithACode,
    /// A renewal in which these legs' tokens are due, too.
    WithDue(&'static [Leg]),
}

/// No input token of this leg can be replaced.
const NEVER: [u32; 6] = [0; 6];

pub const COLUMNS: [Column; 7] = [
    Column {
        leg: Leg::Microsoft,
        endpoint: Endpoint::Token,
        starts: Starts::WithACode,
        fails: [1, 0, 0, 0, 0, 0],
        remade: NEVER,
        well: [1, 1, 1, 1, 1, 1],
    },
    Column {
        leg: Leg::Microsoft,
        endpoint: Endpoint::Token,
        starts: Starts::WithDue(&[Leg::Microsoft, Leg::XboxUser]),
        fails: [1, 0, 0, 0, 0, 0],
        remade: NEVER,
        well: [1, 1, 1, 1, 1, 1],
    },
    Column {
        leg: Leg::XboxUser,
        endpoint: Endpoint::User,
        starts: Starts::WithDue(&[Leg::XboxUser]),
        fails: [0, 1, 0, 0, 0, 0],
        remade: [1, 2, 0, 0, 0, 0],
        well: [0, 1, 1, 1, 1, 1],
    },
    Column {
        leg: Leg::XstsXbox,
        endpoint: Endpoint::XstsXbox,
        starts: Starts::WithDue(&[Leg::XstsXbox]),
        fails: [0, 0, 1, 1, 1, 1],
        remade: [0, 1, 2, 2, 2, 2],
        well: [0, 0, 1, 1, 1, 1],
    },
    Column {
        leg: Leg::XstsHalo,
        endpoint: Endpoint::XstsHalo,
        starts: Starts::WithDue(&[]),
        fails: [0, 0, 1, 0, 0, 0],
        remade: [0, 1, 2, 1, 0, 0],
        well: [0, 0, 1, 0, 1, 1],
    },
    Column {
        leg: Leg::Spartan,
        endpoint: Endpoint::Spartan,
        starts: Starts::WithDue(&[]),
        fails: [0, 0, 1, 0, 1, 0],
        remade: [0, 0, 2, 0, 2, 0],
        well: [0, 0, 1, 0, 1, 1],
    },
    Column {
        leg: Leg::Clearance,
        endpoint: Endpoint::Clearance,
        starts: Starts::WithDue(&[]),
        fails: [0, 0, 1, 0, 1, 1],
        remade: NEVER,
        well: [0, 0, 1, 0, 1, 1],
    },
];

impl Column {
    /// Returns the name to show for a failed cell.
    pub const fn name(&self) -> &'static str {
        match self.starts {
            Starts::WithACode => "Exchange",
            Starts::WithDue(_) => self.leg.name(),
        }
    }

    /// Returns the requests if this leg's service refuses connections.
    pub fn unheard(&self) -> [u32; 6] {
        let place = match self.leg {
            Leg::Microsoft => 0,
            Leg::XboxUser => 1,
            Leg::XstsHalo | Leg::XstsOther => 2,
            Leg::XstsXbox => 3,
            Leg::Spartan => 4,
            Leg::Clearance => 5,
        };
        let mut sent = self.fails;
        sent[place] = 0;
        sent
    }

    /// Makes what is due expire in ten minutes: due for renewal, but still valid.
    pub fn age(&self, tokens: &mut Tokens) {
        let Starts::WithDue(legs) = self.starts else { return };
        let now = Timestamp::now();
        let old = Validity {
            issued_at: now - SignedDuration::from_hours(1),
            expires_at: now + SignedDuration::from_mins(10),
        };
        for leg in legs {
            *life(tokens, *leg).expect("somebody is signed in") = old;
        }
    }
}

/// Returns the validity of a leg's token.
pub fn life(tokens: &mut Tokens, leg: Leg) -> Option<&mut Validity> {
    match leg {
        Leg::Microsoft => tokens.access.as_mut().map(|access| &mut access.life),
        Leg::XboxUser => tokens.user.as_mut().map(|user| &mut user.life),
        Leg::XstsXbox => tokens.xsts_xbox.as_mut().map(|xsts| &mut xsts.life),
        Leg::XstsHalo | Leg::XstsOther => tokens.xsts_halo.as_mut().map(|xsts| &mut xsts.life),
        Leg::Spartan => tokens.spartan.as_mut().map(|spartan| &mut spartan.life),
        Leg::Clearance => None,
    }
}

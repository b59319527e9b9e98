//! The legs as columns of the matrix: how each comes to be sent, and what is sent with it.

use jiff::{SignedDuration, Timestamp};
use spartan_auth::{
    leg::Leg,
    token::{Life, Tokens},
};
use spartan_fakes::Endpoint;

/// A leg and the run in which it meets its mishap. Requests are those to token, user, XSTS Halo, XSTS Xbox, Spartan,
/// clearance, in this order.
#[derive(Debug)]
pub struct Column {
    pub leg: Leg,
    pub endpoint: Endpoint,
    pub starts: Starts,
    /// What is sent where the leg fails at once.
    pub fails: [u32; 6],
    /// What is sent where the leg is refused, the token inside is made anew, and the leg is refused again.
    pub remade: [u32; 6],
    /// What is sent where all goes well.
    pub well: [u32; 6],
}

/// Somebody is signed in, and everything is good yet.
#[derive(Clone, Copy, Debug)]
pub enum Starts {
    /// The person has signed in once more.
    WithACode,
    /// A renewal; these legs' tokens are due as well.
    WithDue(&'static [Leg]),
}

/// No token inside of a request of this leg can be made anew.
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
    /// What a person calls it who reads of a failed cell.
    pub const fn name(&self) -> &'static str {
        match self.starts {
            Starts::WithACode => "Exchange",
            Starts::WithDue(_) => self.leg.name(),
        }
    }

    /// What is sent where nobody listens for this leg.
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

    /// What is due gets a life that ends in ten minutes: to be renewed, and good.
    pub fn age(&self, tokens: &mut Tokens) {
        let Starts::WithDue(legs) = self.starts else { return };
        let now = Timestamp::now();
        let old =
            Life { issued_at: now - SignedDuration::from_hours(1), expires_at: now + SignedDuration::from_mins(10) };
        for leg in legs {
            *life(tokens, *leg).expect("somebody is signed in") = old;
        }
    }
}

/// The life of the token that a leg gives.
pub fn life(tokens: &mut Tokens, leg: Leg) -> Option<&mut Life> {
    match leg {
        Leg::Microsoft => tokens.access.as_mut().map(|access| &mut access.life),
        Leg::XboxUser => tokens.user.as_mut().map(|user| &mut user.life),
        Leg::XstsXbox => tokens.xsts_xbox.as_mut().map(|xsts| &mut xsts.life),
        Leg::XstsHalo | Leg::XstsOther => tokens.xsts_halo.as_mut().map(|xsts| &mut xsts.life),
        Leg::Spartan => tokens.spartan.as_mut().map(|spartan| &mut spartan.life),
        Leg::Clearance => None,
    }
}

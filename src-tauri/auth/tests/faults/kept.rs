//! What is left after a mishap.

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use spartan_auth::token::{Tokens, Validity};

use crate::{
    cell::{Checked, same},
    run::{Ran, refresh},
    stage::Stage,
};

impl Stage {
    /// Checks that each valid token is still there or has a valid replacement, that the services issued all of them,
    /// and that the refresh token is the one that was saved.
    pub fn nothing_good_is_lost(&self, before: &Tokens, ran: &Ran) -> Checked {
        let now = Timestamp::now();
        let names = ["access", "user", "XSTS Xbox", "XSTS Halo", "Spartan"];
        for ((name, before), after) in names.into_iter().zip(lives(before)).zip(lives(&ran.tokens)) {
            if !before.is_some_and(|(_, life)| life.is_valid(now)) {
                continue;
            }
            let Some((token, life)) = after else { return Err(format!("no {name} token is left")) };
            if !life.is_valid(now) {
                return Err(format!("a good {name} token made room for one that has expired"));
            }
            self.is_issued(name, token.expose_secret())?;
        }
        same("clearance", &clearance(&ran.tokens), &clearance(before))?;
        self.is_issued("refresh", refresh(&ran.tokens).unwrap_or_default())?;
        match ran.saved.last() {
            Some(saved) => same("saved refresh token", &refresh(&saved.tokens), &refresh(&ran.tokens)),
            None => Ok(()),
        }
    }

    fn is_issued(&self, name: &str, token: &str) -> Checked {
        let issued = self.wire.fakes.issued().iter().any(|secret| secret.value == token);
        if issued { Ok(()) } else { Err(format!("the {name} token that is kept is none that was issued")) }
    }
}

fn lives(tokens: &Tokens) -> [Option<(&SecretString, Validity)>; 5] {
    [
        tokens.access.as_ref().map(|access| (&access.token, access.life)),
        tokens.user.as_ref().map(|user| (&user.token, user.life)),
        tokens.xsts_xbox.as_ref().map(|xsts| (&xsts.token, xsts.life)),
        tokens.xsts_halo.as_ref().map(|xsts| (&xsts.token, xsts.life)),
        tokens.spartan.as_ref().map(|spartan| (&spartan.token, spartan.life)),
    ]
}

fn clearance(tokens: &Tokens) -> Option<&str> {
    tokens.clearance.as_ref().map(|clearance| clearance.id.as_str())
}

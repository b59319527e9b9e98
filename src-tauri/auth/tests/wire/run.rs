//! One run of the chain, and everything that was observed.

use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret;
use spartan_auth::{
    azure_app::{AzureApp, Platform},
    chain::{Chain, Failure, Progress, Save, Start},
    error::Error,
    issuer::Issuer,
    leg::Leg,
    services::Services,
    token::Tokens,
};

use crate::wire::{Wire, public};

/// The result of a run.
pub struct Ran {
    pub error: Option<Error>,
    pub unsaved: Option<Full>,
    pub tokens: Tokens,
    pub saved: Vec<Saved>,
    pub seen: Vec<Seen>,
}

/// What was saved, and the number of requests to each endpoint by then.
pub struct Saved {
    pub tokens: Tokens,
    pub counts: [u32; 6],
}

/// A leg's progress without its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    Began(Leg),
    Ended(Leg),
    Failed(Leg),
}

/// A run to be made; what isn't specified has a default.
pub struct Run<'a, I = Services> {
    pub wire: &'a Wire,
    pub services: I,
    pub app: AzureApp,
    pub tokens: Tokens,
    pub ahead: SignedDuration,
    pub disk: Disk,
}

/// Why tokens couldn't be saved: the disk is full.
#[derive(Debug, PartialEq, Eq)]
pub struct Full;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Disk {
    Well,
    Full,
}

impl Wire {
    pub fn run(&self) -> Run<'_> {
        let app = public(Platform::Consumers);
        let (services, tokens) = (self.services(), Tokens::default());
        Run { wire: self, services, app, tokens, ahead: SignedDuration::ZERO, disk: Disk::Well }
    }

    /// Returns the tokens of a person who has just signed in through the public app.
    pub async fn signed_in(&self) -> Tokens {
        let run = self.run();
        let tokens = self.brought(&run.app);
        let ran = Run { tokens, ..run }.go(Start::Refresh).await;
        assert_eq!(ran.error, None);
        ran.tokens
    }
}

impl<I: Issuer> Run<'_, I> {
    pub async fn go(self, start: Start) -> Ran {
        let mut tokens = self.tokens;
        let (desk, seen) = (Desk { wire: self.wire, disk: self.disk, saved: Mutex::default() }, Mutex::default());
        let watch = |progress| watch(&seen, progress);
        let now = Timestamp::now() + self.ahead;
        let chain =
            Chain { issuer: &self.services, save: &desk, watch: &watch, app: &self.app, now, is_in_doubt: false };
        let (error, unsaved) = match chain.run(start, &mut tokens).await {
            Ok(()) => (None, None),
            Err(Failure::Leg(error)) => (Some(error), None),
            Err(Failure::Save(full)) => (None, Some(full)),
        };
        let (saved, seen) = (desk.saved.into_inner().unwrap(), seen.into_inner().unwrap());
        Ran { error, unsaved, tokens, saved, seen }
    }
}

impl Ran {
    /// Returns the error of the run, which must have one.
    pub fn error(self) -> Error {
        self.error.expect("the run must not succeed")
    }
}

pub fn refresh(tokens: &Tokens) -> Option<&str> {
    tokens.refresh.as_ref().map(ExposeSecret::expose_secret)
}

pub fn spartan(tokens: &Tokens) -> Option<&str> {
    tokens.spartan.as_ref().map(|spartan| spartan.token.expose_secret())
}

struct Desk<'a> {
    wire: &'a Wire,
    disk: Disk,
    saved: Mutex<Vec<Saved>>,
}

impl Save for Desk<'_> {
    type Error = Full;

    async fn save(&self, tokens: &Tokens) -> Result<(), Full> {
        if self.disk == Disk::Full {
            return Err(Full);
        }
        self.saved.lock().unwrap().push(Saved { tokens: tokens.clone(), counts: self.wire.counts() });
        Ok(())
    }
}

fn watch(seen: &Mutex<Vec<Seen>>, progress: Progress) {
    seen.lock().unwrap().push(match progress {
        Progress::Began(leg) => Seen::Began(leg),
        Progress::Ended(leg, _) => Seen::Ended(leg),
        Progress::Failed(leg) => Seen::Failed(leg),
    });
}

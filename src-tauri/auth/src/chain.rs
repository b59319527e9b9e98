//! Which legs are due, in which order they run, and which run together.

mod pass;

use std::{fmt, io, time::Duration};

use jiff::Timestamp;
use secrecy::SecretString;

use crate::{
    azure_app::AzureApp,
    error::{Error, VaultCause},
    issuer::Issuer,
    leg::Leg,
    relying_party::RelyingParty,
    token::{OauthToken, Tokens, XstsToken},
};
use pass::{Must, Spartan};

/// How a run of the chain begins.
#[derive(Clone, Debug)]
pub enum Start {
    /// With a code from the redirect, and PKCE's verifier.
    Code {
        /// The code.
        code: SecretString,
        /// The verifier.
        verifier: SecretString,
    },
    /// With what Microsoft gave another way, as for a code on another device.
    Granted(OauthToken),
    /// With a refresh token that was brought along.
    Refresh,
    /// With what is there: a new Spartan token, and whatever else is due for it.
    Renew,
    /// With what is there: only what has expired or is about to; nothing is sent where nothing is due.
    Due,
}

/// Where tokens go as soon as they exist: a rotated refresh token before the next leg starts, a Spartan token before
/// the clearance is in.
pub trait Save: Send + Sync {
    /// Keeps the tokens for good; an error ends the run.
    fn save(&self, tokens: &Tokens) -> impl Future<Output = Result<(), Error>> + Send;
}

/// A function keeps tokens as well; its error is told as one of the vault.
impl<F: Fn(&Tokens) -> io::Result<()> + Send + Sync> Save for F {
    async fn save(&self, tokens: &Tokens) -> Result<(), Error> {
        self(tokens).map_err(|error| VaultCause::from(error).into())
    }
}

/// What a watcher sees of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// A leg was sent.
    Began(Leg),
    /// Its answer is in, after so long.
    Ended(Leg, Duration),
    /// It was refused, or no answer came.
    Failed(Leg),
}

/// One run of the chain.
pub struct Chain<'a, I, S> {
    /// Who issues.
    pub issuer: &'a I,
    /// Who keeps.
    pub save: &'a S,
    /// Who watches.
    pub watch: &'a (dyn Fn(Progress) + Send + Sync),
    /// The app to sign in through.
    pub app: &'a AzureApp,
    /// The best estimate of the services' time as the run starts; answers that agree on another time override it.
    pub now: Timestamp,
    /// Whether that may be far too early, so that no token can be judged by it: then XSTS tokens are made anew.
    pub is_in_doubt: bool,
}

/// Without those who issue, keep and watch.
impl<I, S> fmt::Debug for Chain<'_, I, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chain").field("app", &self.app).field("now", &self.now).finish_non_exhaustive()
    }
}

impl<'a, I: Issuer, S: Save> Chain<'a, I, S> {
    /// A run that nobody watches, at the present time: what is due is judged by that, so make a new one for each run.
    #[must_use]
    pub fn new(issuer: &'a I, save: &'a S, app: &'a AzureApp) -> Chain<'a, I, S> {
        let now = issuer.services_time().unwrap_or_else(Timestamp::now);
        Chain { issuer, save, watch: &|_| (), app, now, is_in_doubt: false }
    }

    /// Runs every leg that is due and keeps what each one gives. On an error the tokens that were there, and those that
    /// the earlier legs gave, are still in `tokens`. A clearance that cannot be had is no error: the last one is kept.
    pub async fn run(&self, start: Start, tokens: &mut Tokens) -> Result<(), Error> {
        let (mut must, spartan) = match &start {
            Start::Code { .. } | Start::Granted(_) => (Must::MakeUser, Spartan::New),
            Start::Refresh => (Must::Refresh, Spartan::New),
            Start::Renew => (Must::Nothing, Spartan::New),
            Start::Due => (Must::Nothing, Spartan::WhenDue),
        };
        match start {
            Start::Code { code, verifier } => {
                let oauth = self.leg(Leg::Microsoft, self.issuer.exchange(self.app, &code, &verifier)).await?;
                self.accept(oauth, tokens).await?;
            }
            Start::Granted(oauth) => self.accept(oauth, tokens).await?,
            Start::Refresh | Start::Renew | Start::Due => {}
        }
        loop {
            // Boxed: with all that it may hold at once it is too large for the callers' own stack.
            match Box::pin(self.pass(must, spartan, tokens)).await {
                Ok(()) => return self.exercise(tokens).await,
                Err(error) => must = must.after(error)?,
            }
        }
    }

    /// The XSTS token for any relying party: the one that was kept while it is not about to expire, else a new one, with
    /// whatever that needs.
    pub async fn xsts(&self, party: &RelyingParty, tokens: &mut Tokens) -> Result<XstsToken, Error> {
        if let Some(kept) = tokens.xsts(party).filter(|xsts| !self.is_due(xsts.life)) {
            return Ok(kept.clone());
        }
        let mut must = Must::Nothing;
        loop {
            match self.pass_to(party, must, tokens).await {
                Ok(xsts) => {
                    tokens.put_xsts(party, xsts.clone());
                    return self.save.save(tokens).await.map(|()| xsts);
                }
                Err(error) => must = must.after(error)?,
            }
        }
    }
}

//! Which legs are due, in what order they run, and which run concurrently.

mod pass;

use std::{fmt, time::Duration};

use jiff::Timestamp;
use secrecy::SecretString;

use crate::{
    error::Error,
    model::{
        azure_app::AzureApp,
        leg::Leg,
        relying_party::RelyingParty,
        token::{OauthToken, Tokens, XstsToken},
    },
    services::issuer::Issuer,
};
use pass::{Must, Spartan};

/// How a run of the chain starts.
#[derive(Clone, Debug)]
pub enum Start {
    /// With a code from the redirect and the PKCE verifier.
    Code {
        /// The code.
        code: SecretString,
        /// The verifier.
        verifier: SecretString,
    },
    /// With tokens that Microsoft issued by other means, such as for a device code.
    Granted(OauthToken),
    /// With an imported refresh token.
    Refresh,
    /// With the existing tokens: gets a new Spartan token and anything else that's due for it.
    Renew,
    /// With the existing tokens: renews only what has expired or is about to. If nothing is due, nothing is sent.
    Due,
}

/// Storage for tokens. It's called as soon as they exist: with a rotated refresh token before the next leg starts, and
/// with a Spartan token before the clearance arrives.
pub trait Save: Send + Sync {
    /// Why tokens couldn't be saved.
    type Error: Send;

    /// Saves the tokens durably; an error ends the run.
    fn save(&self, tokens: &Tokens) -> impl Future<Output = Result<(), Self::Error>> + Send;
}

/// Saves tokens through a function.
impl<F: Fn(&Tokens) -> Result<(), E> + Send + Sync, E: Send> Save for F {
    type Error = E;

    async fn save(&self, tokens: &Tokens) -> Result<(), E> {
        self(tokens)
    }
}

/// Why a run ended early.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure<E> {
    /// A leg failed.
    #[error(transparent)]
    Leg(#[from] Error),
    /// The tokens couldn't be saved.
    #[error("tokens not saved: {0}")]
    Save(E),
}

/// Progress of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// A request was sent.
    Began(Leg),
    /// A response arrived, after this time.
    Ended(Leg, Duration),
    /// It was refused, or no response arrived.
    Failed(Leg),
}

/// One run of the chain.
pub struct Chain<'a, I, S> {
    /// Issues the tokens.
    pub issuer: &'a I,
    /// Saves the tokens.
    pub save: &'a S,
    /// Receives the progress.
    pub watch: &'a (dyn Fn(Progress) + Send + Sync),
    /// The app to sign in through.
    pub app: &'a AzureApp,
    /// The best estimate of the services' time at the start of the run. Responses that agree on another time override
    /// it.
    pub now: Timestamp,
    /// Whether that time may be far too early, so that no token's expiry can be judged by it. If so, XSTS tokens are
    /// renewed.
    pub is_in_doubt: bool,
}

/// Omits the issuer, the storage and the progress callback.
impl<I, S> fmt::Debug for Chain<'_, I, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chain").field("app", &self.app).field("now", &self.now).finish_non_exhaustive()
    }
}

impl<'a, I: Issuer, S: Save> Chain<'a, I, S> {
    /// Returns a run without a progress callback, at the current time. Create a new one for each run, because what's
    /// due depends on that time.
    #[must_use]
    pub fn new(issuer: &'a I, save: &'a S, app: &'a AzureApp) -> Chain<'a, I, S> {
        let now = issuer.services_time().unwrap_or_else(Timestamp::now);
        Chain { issuer, save, watch: &|_| (), app, now, is_in_doubt: false }
    }

    /// Runs every leg that's due and saves each result. On an error, `tokens` still has the previous tokens and those
    /// of earlier legs. A failed clearance isn't an error; the previous one stays.
    pub async fn run(&self, start: Start, tokens: &mut Tokens) -> Result<(), Failure<S::Error>> {
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
            // Boxed because the future is too large for the callers' stacks.
            match Box::pin(self.pass(must, spartan, tokens)).await {
                Ok(()) => return self.exercise(tokens).await,
                Err(Failure::Leg(error)) => must = must.after(error)?,
                Err(unsaved) => return Err(unsaved),
            }
        }
    }

    /// Returns the XSTS token for a relying party: the stored one unless it's about to expire, otherwise a new one.
    /// Runs any leg that the new one needs.
    pub async fn xsts(&self, party: &RelyingParty, tokens: &mut Tokens) -> Result<XstsToken, Failure<S::Error>> {
        if let Some(kept) = tokens.xsts(party).filter(|xsts| !self.is_due(xsts.life)) {
            return Ok(kept.clone());
        }
        let mut must = Must::Nothing;
        loop {
            match self.pass_to(party, must, tokens).await {
                Ok(xsts) => {
                    tokens.put_xsts(party, xsts.clone());
                    return self.save(tokens).await.map(|()| xsts);
                }
                Err(Failure::Leg(error)) => must = must.after(error)?,
                Err(unsaved) => return Err(unsaved),
            }
        }
    }
}

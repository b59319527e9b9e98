//! One pass over the legs that are due.

use std::{
    convert::Infallible,
    sync::{Mutex, PoisonError},
    time::Instant,
};

use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;

use super::{Chain, Failure, Progress, Save};
use crate::{
    error::{Cause, Error, Step, Unreadable},
    model::{
        leg::Leg,
        relying_party::RelyingParty,
        token::{OauthToken, SpartanToken, Tokens, Validity, XstsToken},
    },
    services::issuer::Issuer,
};

/// A refresh token that hasn't been used for this long is used. Runs are at most hours apart, so each refresh token is
/// used at least weekly.
const UNUSED: SignedDuration = SignedDuration::from_hours(6 * 24);

impl<I: Issuer, S: Save> Chain<'_, I, S> {
    pub(super) async fn pass_to(
        &self,
        party: &RelyingParty,
        must: Must,
        tokens: &mut Tokens,
    ) -> Result<XstsToken, Failure<S::Error>> {
        self.prepare(must, tokens).await?;
        let before = tokens.xsts(party).map(|xsts| xsts.life);
        Ok(self.make_xsts(&user(tokens)?, party, before).await?)
    }

    pub(super) async fn pass(
        &self,
        must: Must,
        spartan: Spartan,
        tokens: &mut Tokens,
    ) -> Result<(), Failure<S::Error>> {
        let new_user = self.prepare(must, tokens).await?;
        let now = self.now();
        let make = Make {
            xbox: new_user || tokens.xsts_xbox.as_ref().is_none_or(|xsts| self.is_due(xsts.life)),
            spartan: spartan == Spartan::New || tokens.spartan.as_ref().is_none_or(|spartan| spartan.life.is_due(now)),
            clearance: spartan == Spartan::New || tokens.clearance.is_none(),
        };
        self.fork(make, tokens).await
    }

    /// Ensures a user token that isn't about to expire. Returns whether it's new.
    async fn prepare(&self, must: Must, tokens: &mut Tokens) -> Result<bool, Failure<S::Error>> {
        let now = self.now();
        let make_user = must >= Must::MakeUser || tokens.user.as_ref().is_none_or(|user| user.life.is_due(now));
        let stale_access = || tokens.access.as_ref().is_none_or(|access| access.life.is_due(now));
        if must == Must::Refresh || (make_user && stale_access()) {
            self.refresh(tokens).await?;
        }
        if make_user {
            self.make_user(tokens).await?;
        }
        Ok(make_user)
    }

    /// Whether a token is about to expire, or may be because the time is unknown until the services have responded.
    pub(super) fn is_due(&self, life: Validity) -> bool {
        let is_in_doubt = self.is_in_doubt && self.issuer.services_time().is_none();
        is_in_doubt || life.is_due(self.now())
    }

    /// Returns the services' time: from this run's responses, otherwise the estimate at its start.
    pub(super) fn now(&self) -> Timestamp {
        self.issuer.services_time().unwrap_or(self.now)
    }

    async fn refresh(&self, tokens: &mut Tokens) -> Result<(), Failure<S::Error>> {
        let Some(refresh) = tokens.refresh.clone() else {
            return Err(Error::new(Step::Leg(Leg::Microsoft), Cause::NoRefreshToken).into());
        };
        self.accept(self.leg(Leg::Microsoft, self.issuer.renew(self.app, &refresh)).await?, tokens).await
    }

    /// Stores Microsoft's response.
    pub(super) async fn accept(&self, oauth: OauthToken, tokens: &mut Tokens) -> Result<(), Failure<S::Error>> {
        tokens.accept(oauth);
        self.save(tokens).await
    }

    /// Uses a refresh token that hasn't been used for days, so that it doesn't expire. If it's refused, nothing is lost
    /// yet, and the next run tries again.
    pub(super) async fn exercise(&self, tokens: &mut Tokens) -> Result<(), Failure<S::Error>> {
        let now = self.now();
        let used = tokens.access.as_ref().map(|access| access.life.issued_at);
        let Some(refresh) =
            tokens.refresh.as_ref().filter(|_| used.is_none_or(|used| now.duration_since(used) >= UNUSED))
        else {
            return Ok(());
        };
        match self.issuer.renew(self.app, refresh).await {
            Ok(oauth) => self.accept(oauth, tokens).await,
            Err(error) => {
                tracing::info!(%error, "the refresh token could not be exercised");
                Ok(())
            }
        }
    }

    async fn make_user(&self, tokens: &mut Tokens) -> Result<(), Failure<S::Error>> {
        let access = tokens.access.as_ref().map(|access| access.token.clone());
        let access = access.ok_or(Error::new(Step::Leg(Leg::Microsoft), Cause::NoRefreshToken))?;
        let before = tokens.user.as_ref().map(|user| user.life);
        let user = async {
            let user = self.issuer.user_token(&access).await?;
            is_no_loss(Leg::XboxUser, user.life, before, self.now()).map(|()| user)
        };
        tokens.user = Some(self.leg(Leg::XboxUser, user).await?);
        Ok(())
    }

    /// Runs both XSTS legs concurrently, Halo's first because the Spartan token depends on it.
    async fn fork(&self, make: Make, tokens: &mut Tokens) -> Result<(), Failure<S::Error>> {
        let user = user(tokens)?;
        if !make.anything() {
            return Ok(());
        }
        let xbox_before = tokens.xsts_xbox.as_ref().map(|xsts| xsts.life);
        let halo_before = tokens.xsts_halo.as_ref().map(|xsts| xsts.life);
        let spartan_before = tokens.spartan.clone();
        let shared = Mutex::new(tokens);
        let keep = |change: &dyn Fn(&mut Tokens)| {
            let mut tokens = shared.lock().unwrap_or_else(PoisonError::into_inner);
            change(&mut tokens);
            tokens.clone()
        };
        // Optional: the services once returned 500 for a day, and the previous clearance usually keeps working. All
        // that matters is whether the Spartan token was refused.
        let clear = async |spartan: &SpartanToken| {
            if !make.clearance {
                return Taken::Yes;
            }
            match self.leg(Leg::Clearance, self.issuer.clearance(&spartan.token)).await {
                Ok(clearance) => drop(keep(&|tokens| tokens.clearance = Some(clearance.clone()))),
                Err(error) if error.cause == Cause::InnerToken => return Taken::No,
                Err(error) => tracing::info!(%error, "no clearance"),
            }
            Taken::Yes
        };
        let halo = async {
            if let Some(spartan) = spartan_before.as_ref().filter(|_| !make.spartan) {
                match clear(spartan).await {
                    Taken::Yes => return Ok(()),
                    Taken::No => drop(keep(&|tokens| tokens.refuse_spartan(&spartan.token))),
                }
            }
            let halo = self.make_xsts(&user, &RelyingParty::Halo, halo_before).await?;
            keep(&|tokens| tokens.xsts_halo = Some(halo.clone()));
            let spartan = async {
                let spartan = self.issuer.spartan(&halo).await?;
                is_alive(&spartan)?;
                is_no_loss(Leg::Spartan, spartan.life, spartan_before.as_ref().map(|before| before.life), self.now())?;
                Ok(spartan)
            };
            let spartan = self.leg(Leg::Spartan, spartan).await?;
            let kept = keep(&|tokens| tokens.spartan = Some(spartan.clone()));
            // A caller that needs the Spartan token doesn't wait for the clearance, and the clearance doesn't wait for
            // the disk.
            let (saved, _) = tokio::join!(biased; self.save(&kept), clear(&spartan));
            saved
        };
        let xbox = async {
            if make.xbox {
                let xbox = self.make_xsts(&user, &RelyingParty::XboxLive, xbox_before).await?;
                keep(&|tokens| tokens.xsts_xbox = Some(xbox.clone()));
            }
            Ok(())
        };
        // Halo's handshakes take as long as the XSTS leg, so they run concurrently.
        let open = async {
            if make.spartan {
                // If connecting fails, the leg itself reports the error.
                let _ = self.issuer.open_ahead(self.app.platform, Leg::Spartan).await;
            }
        };
        let (halo, xbox) = beside(async { tokio::join!(biased; halo, xbox) }, open).await;
        let kept = keep(&|_| ());
        self.save(&kept).await?;
        halo.and(xbox)
    }

    async fn make_xsts(
        &self,
        user: &SecretString,
        party: &RelyingParty,
        before: Option<Validity>,
    ) -> Result<XstsToken, Error> {
        let xsts = async {
            let xsts = self.issuer.xsts(user, party).await?;
            is_no_loss(party.leg(), xsts.life, before, self.now()).map(|()| xsts)
        };
        self.leg(party.leg(), xsts).await
    }

    /// Saves the tokens.
    pub(super) async fn save(&self, tokens: &Tokens) -> Result<(), Failure<S::Error>> {
        self.save.save(tokens).await.map_err(Failure::Save)
    }

    pub(super) async fn leg<T>(&self, leg: Leg, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        (self.watch)(Progress::Began(leg));
        let began = Instant::now();
        let result = work.await;
        (self.watch)(match &result {
            Ok(_) => Progress::Ended(leg, began.elapsed()),
            Err(_) => Progress::Failed(leg),
        });
        result
    }
}

fn user(tokens: &Tokens) -> Result<SecretString, Error> {
    let user = tokens.user.as_ref().map(|user| user.token.clone());
    user.ok_or(Error::new(Step::Leg(Leg::XboxUser), Cause::InnerToken))
}

/// Fails if a token that has already expired would replace a valid one.
fn is_no_loss(leg: Leg, life: Validity, before: Option<Validity>, now: Timestamp) -> Result<(), Error> {
    if life.is_valid(now) || before.is_none_or(|before| !before.is_valid(now)) {
        return Ok(());
    }
    Err(dead(leg))
}

/// Fails if a Spartan token had already expired when it was issued, by the issuer's clock. Accepting it would cause
/// another renewal immediately.
fn is_alive(spartan: &SpartanToken) -> Result<(), Error> {
    if spartan.life.expires_at > spartan.life.issued_at { Ok(()) } else { Err(dead(Leg::Spartan)) }
}

fn dead(leg: Leg) -> Error {
    Error::new(Step::Leg(leg), Cause::Unreadable(Unreadable::ExpiredToken))
}

/// Whether a service accepted the Spartan token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    Yes,
    No,
}

/// Runs `side` while `work` runs, and cancels it when `work` ends.
async fn beside<T>(work: impl Future<Output = T>, side: impl Future<Output = ()>) -> T {
    let never = async {
        side.await;
        std::future::pending::<Infallible>().await
    };
    tokio::select! {
        biased;
        done = work => done,
        never = never => match never {},
    }
}

/// What a pass must do even if it isn't due, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Must {
    Nothing,
    /// Run again: each pass makes a new Halo XSTS token for its Spartan token.
    Repeat,
    MakeUser,
    Refresh,
}

impl Must {
    /// Returns what the next pass must do: if an inner token was refused, make a new one, once, and repeat the leg that
    /// uses it. Fails with any other error.
    pub(super) fn after(self, error: Error) -> Result<Must, Error> {
        match (&error.cause, error.step, self) {
            (Cause::InnerToken, Step::Leg(Leg::Spartan), Must::Nothing) => Ok(Must::Repeat),
            (Cause::InnerToken, Step::Leg(Leg::XboxUser), Must::Nothing | Must::Repeat | Must::MakeUser) => {
                Ok(Must::Refresh)
            }
            (
                Cause::InnerToken,
                Step::Leg(Leg::XstsXbox | Leg::XstsHalo | Leg::XstsOther),
                Must::Nothing | Must::Repeat,
            ) => Ok(Must::MakeUser),
            _ => Err(error),
        }
    }
}

/// Whether a run makes a Spartan token even if none is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spartan {
    New,
    WhenDue,
}

/// What to make with the user token.
#[derive(Clone, Copy, Debug)]
struct Make {
    xbox: bool,
    spartan: bool,
    clearance: bool,
}

impl Make {
    const fn anything(self) -> bool {
        self.xbox || self.spartan || self.clearance
    }
}

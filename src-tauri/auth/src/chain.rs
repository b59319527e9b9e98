//! Which legs are due, in which order they run, and which run together.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use jiff::Timestamp;
use secrecy::SecretString;

use crate::{
    azure_app::AzureApp,
    error::{Cause, Error, Step},
    issuer::Issuer,
    leg::Leg,
    token::{Life, Tokens, XstsToken},
    xbox::RelyingParty,
};

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
    /// With a refresh token that was brought along.
    Refresh,
    /// With what is there: a new Spartan token, and whatever else is due for it.
    Renew,
}

/// Where tokens go as soon as they exist: a rotated refresh token before the next leg starts, a Spartan token before
/// the clearance is in.
pub trait Save: Send + Sync {
    /// Keeps the tokens for good; an error ends the run.
    fn save(&self, tokens: &Tokens) -> impl Future<Output = Result<(), Error>> + Send;
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
    /// Now, by the services' clock.
    pub now: Timestamp,
}

impl<I: Issuer, S: Save> Chain<'_, I, S> {
    /// Runs every leg that is due and keeps what each one gives. On an error the tokens that were there, and those that
    /// the earlier legs gave, are still in `tokens`. A clearance that cannot be had is no error: the last one is kept.
    pub async fn run(&self, start: Start, tokens: &mut Tokens) -> Result<(), Error> {
        let mut must = match start {
            Start::Code { code, verifier } => {
                let oauth = self.leg(Leg::Microsoft, self.issuer.exchange(self.app, &code, &verifier)).await?;
                tokens.accept(oauth);
                self.save.save(tokens).await?;
                Must::MakeUser
            }
            Start::Refresh => Must::Refresh,
            Start::Renew => Must::Nothing,
        };
        loop {
            let Err(error) = self.pass(must, tokens).await else { return Ok(()) };
            // An inner token that was refused is made anew, once; the leg behind it is then repeated.
            must = match (&error.cause, error.step, must) {
                (Cause::InnerToken, Step::Leg(Leg::XboxUser), Must::Nothing | Must::MakeUser) => Must::Refresh,
                (Cause::InnerToken, Step::Leg(Leg::XstsXbox | Leg::XstsHalo), Must::Nothing) => Must::MakeUser,
                _ => return Err(error),
            };
        }
    }

    async fn pass(&self, must: Must, tokens: &mut Tokens) -> Result<(), Error> {
        let make_user = must >= Must::MakeUser || tokens.user.as_ref().is_none_or(|user| user.life.is_due(self.now));
        let stale_access = || tokens.access.as_ref().is_none_or(|access| access.life.is_due(self.now));
        if must == Must::Refresh || (make_user && stale_access()) {
            self.refresh(tokens).await?;
        }
        if make_user {
            let access = tokens.access.as_ref().map(|access| access.token.clone());
            let access = access.ok_or(Error::new(Step::Leg(Leg::Microsoft), Cause::NoRefreshToken))?;
            let before = tokens.user.as_ref().map(|user| user.life);
            let user = async {
                let user = self.issuer.user_token(&access).await?;
                self.is_no_loss(Leg::XboxUser, user.life, before).map(|()| user)
            };
            tokens.user = Some(self.leg(Leg::XboxUser, user).await?);
        }
        self.fork(make_user, tokens).await
    }

    async fn refresh(&self, tokens: &mut Tokens) -> Result<(), Error> {
        let Some(refresh) = tokens.refresh.clone() else {
            return Err(Error::new(Step::Leg(Leg::Microsoft), Cause::NoRefreshToken));
        };
        tokens.accept(self.leg(Leg::Microsoft, self.issuer.renew(self.app, &refresh)).await?);
        self.save.save(tokens).await
    }

    /// The two XSTS legs go together, Halo's first, because the Spartan token waits for it.
    async fn fork(&self, new_user: bool, tokens: &mut Tokens) -> Result<(), Error> {
        let Some(user) = tokens.user.as_ref().map(|user| user.token.clone()) else {
            return Err(Error::new(Step::Leg(Leg::XboxUser), Cause::InnerToken));
        };
        let xbox_due = new_user || tokens.xsts_xbox.as_ref().is_none_or(|xsts| xsts.life.is_due(self.now));
        let xbox_before = tokens.xsts_xbox.as_ref().map(|xsts| xsts.life);
        let halo_before = tokens.xsts_halo.as_ref().map(|xsts| xsts.life);
        let spartan_before = tokens.spartan.as_ref().map(|spartan| spartan.life);
        let shared = Mutex::new(tokens);
        let keep = |change: &dyn Fn(&mut Tokens)| {
            let mut tokens = shared.lock().unwrap_or_else(PoisonError::into_inner);
            change(&mut tokens);
            tokens.clone()
        };
        let halo = async {
            let halo = self.xsts(&user, RelyingParty::Halo, halo_before).await?;
            keep(&|tokens| tokens.xsts_halo = Some(halo.clone()));
            let spartan = async {
                let spartan = self.issuer.spartan(&halo).await?;
                self.is_no_loss(Leg::Spartan, spartan.life, spartan_before).map(|()| spartan)
            };
            let spartan = self.leg(Leg::Spartan, spartan).await?;
            let token = spartan.token.clone();
            let kept = keep(&|tokens| tokens.spartan = Some(spartan.clone()));
            self.save.save(&kept).await?;
            // Optional: the services answered 500 for a day once, and the last one known goes on working as a rule.
            if let Ok(clearance) = self.leg(Leg::Clearance, self.issuer.clearance(&token)).await {
                keep(&|tokens| tokens.clearance = Some(clearance.clone()));
            }
            Ok(())
        };
        let xbox = async {
            if xbox_due {
                let xbox = self.xsts(&user, RelyingParty::XboxLive, xbox_before).await?;
                keep(&|tokens| tokens.xsts_xbox = Some(xbox.clone()));
            }
            Ok(())
        };
        let (halo, xbox) = tokio::join!(biased; halo, xbox);
        let kept = keep(&|_| ());
        self.save.save(&kept).await?;
        halo.and(xbox)
    }

    async fn xsts(&self, user: &SecretString, party: RelyingParty, before: Option<Life>) -> Result<XstsToken, Error> {
        let xsts = async {
            let xsts = self.issuer.xsts(user, party).await?;
            self.is_no_loss(party.leg(), xsts.life, before).map(|()| xsts)
        };
        self.leg(party.leg(), xsts).await
    }

    /// A token that is dead on arrival does not take the place of a good one.
    fn is_no_loss(&self, leg: Leg, life: Life, before: Option<Life>) -> Result<(), Error> {
        if life.is_good(self.now) || before.is_none_or(|before| !before.is_good(self.now)) {
            return Ok(());
        }
        Err(Error::new(Step::Leg(leg), Cause::Unreadable("a token that has expired already")))
    }

    async fn leg<T>(&self, leg: Leg, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
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

/// What a pass has to do whether or not it is due, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Must {
    Nothing,
    MakeUser,
    Refresh,
}

//! Which legs are due, in which order they run, and which run together.

use std::{
    convert::Infallible,
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
    token::{Life, OauthToken, SpartanToken, Tokens, XstsToken},
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
    /// With what is there: only what has expired or is about to; nothing is sent where nothing is due.
    Due,
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
    /// Now, by the services' clock, as far as it is known; an answer of Microsoft's tells it better.
    pub now: Timestamp,
}

impl<I: Issuer, S: Save> Chain<'_, I, S> {
    /// Runs every leg that is due and keeps what each one gives. On an error the tokens that were there, and those that
    /// the earlier legs gave, are still in `tokens`. A clearance that cannot be had is no error: the last one is kept.
    pub async fn run(&self, start: Start, tokens: &mut Tokens) -> Result<(), Error> {
        let (mut must, spartan) = match &start {
            Start::Code { .. } => (Must::MakeUser, Spartan::New),
            Start::Refresh => (Must::Refresh, Spartan::New),
            Start::Renew => (Must::Nothing, Spartan::New),
            Start::Due => (Must::Nothing, Spartan::WhenDue),
        };
        let mut now = self.now;
        if let Start::Code { code, verifier } = start {
            let oauth = self.leg(Leg::Microsoft, self.issuer.exchange(self.app, &code, &verifier)).await?;
            now = self.accept(oauth, tokens).await?;
        }
        loop {
            let Err(error) = self.pass(must, spartan, &mut now, tokens).await else { return Ok(()) };
            // An inner token that was refused is made anew, once; the leg behind it is then repeated.
            must = match (&error.cause, error.step, must) {
                (Cause::InnerToken, Step::Leg(Leg::XboxUser), Must::Nothing | Must::MakeUser) => Must::Refresh,
                (Cause::InnerToken, Step::Leg(Leg::XstsXbox | Leg::XstsHalo), Must::Nothing) => Must::MakeUser,
                _ => return Err(error),
            };
        }
    }

    async fn pass(&self, must: Must, spartan: Spartan, now: &mut Timestamp, tokens: &mut Tokens) -> Result<(), Error> {
        let make_user = must >= Must::MakeUser || tokens.user.as_ref().is_none_or(|user| user.life.is_due(*now));
        let stale_access = || tokens.access.as_ref().is_none_or(|access| access.life.is_due(*now));
        if must == Must::Refresh || (make_user && stale_access()) {
            *now = self.refresh(tokens).await?;
        }
        if make_user {
            self.make_user(*now, tokens).await?;
        }
        let make = Make {
            xbox: make_user || tokens.xsts_xbox.as_ref().is_none_or(|xsts| xsts.life.is_due(*now)),
            spartan: spartan == Spartan::New || tokens.spartan.as_ref().is_none_or(|spartan| spartan.life.is_due(*now)),
            clearance: spartan == Spartan::New || tokens.clearance.is_none(),
        };
        self.fork(make, *now, tokens).await
    }

    async fn refresh(&self, tokens: &mut Tokens) -> Result<Timestamp, Error> {
        let Some(refresh) = tokens.refresh.clone() else {
            return Err(Error::new(Step::Leg(Leg::Microsoft), Cause::NoRefreshToken));
        };
        self.accept(self.leg(Leg::Microsoft, self.issuer.renew(self.app, &refresh)).await?, tokens).await
    }

    /// Keeps Microsoft's answer; gives the services' time, which it told.
    async fn accept(&self, oauth: OauthToken, tokens: &mut Tokens) -> Result<Timestamp, Error> {
        let now = oauth.life.issued_at;
        tokens.accept(oauth);
        self.save.save(tokens).await.map(|()| now)
    }

    async fn make_user(&self, now: Timestamp, tokens: &mut Tokens) -> Result<(), Error> {
        let access = tokens.access.as_ref().map(|access| access.token.clone());
        let access = access.ok_or(Error::new(Step::Leg(Leg::Microsoft), Cause::NoRefreshToken))?;
        let before = tokens.user.as_ref().map(|user| user.life);
        let user = async {
            let user = self.issuer.user_token(&access).await?;
            is_no_loss(Leg::XboxUser, user.life, before, now).map(|()| user)
        };
        tokens.user = Some(self.leg(Leg::XboxUser, user).await?);
        Ok(())
    }

    /// The two XSTS legs go together, Halo's first, because the Spartan token waits for it.
    async fn fork(&self, make: Make, now: Timestamp, tokens: &mut Tokens) -> Result<(), Error> {
        let Some(user) = tokens.user.as_ref().map(|user| user.token.clone()) else {
            return Err(Error::new(Step::Leg(Leg::XboxUser), Cause::InnerToken));
        };
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
        let clear = async |spartan: &SpartanToken| {
            // Optional: the services answered 500 for a day once, and the last one known goes on working as a rule.
            if make.clearance
                && let Ok(clearance) = self.leg(Leg::Clearance, self.issuer.clearance(&spartan.token)).await
            {
                keep(&|tokens| tokens.clearance = Some(clearance.clone()));
            }
        };
        let halo = async {
            if let Some(spartan) = spartan_before.as_ref().filter(|_| !make.spartan) {
                clear(spartan).await;
                return Ok(());
            }
            let halo = self.xsts(&user, RelyingParty::Halo, halo_before, now).await?;
            keep(&|tokens| tokens.xsts_halo = Some(halo.clone()));
            let spartan = async {
                let spartan = self.issuer.spartan(&halo).await?;
                is_no_loss(Leg::Spartan, spartan.life, spartan_before.as_ref().map(|before| before.life), now)?;
                Ok(spartan)
            };
            let spartan = self.leg(Leg::Spartan, spartan).await?;
            let kept = keep(&|tokens| tokens.spartan = Some(spartan.clone()));
            // Nobody waits for the clearance who wants the Spartan token, and it does not wait for a disk.
            let (saved, ()) = tokio::join!(biased; self.save.save(&kept), clear(&spartan));
            saved
        };
        let xbox = async {
            if make.xbox {
                let xbox = self.xsts(&user, RelyingParty::XboxLive, xbox_before, now).await?;
                keep(&|tokens| tokens.xsts_xbox = Some(xbox.clone()));
            }
            Ok(())
        };
        // Halo's handshakes take as long as the XSTS leg: they go beside it.
        let open = async {
            if make.spartan {
                // Where it cannot be opened, the leg will say so.
                let _ = self.issuer.open_ahead(self.app.platform, Leg::Spartan).await;
            }
        };
        let (halo, xbox) = beside(async { tokio::join!(biased; halo, xbox) }, open).await;
        let kept = keep(&|_| ());
        self.save.save(&kept).await?;
        halo.and(xbox)
    }

    async fn xsts(
        &self,
        user: &SecretString,
        party: RelyingParty,
        before: Option<Life>,
        now: Timestamp,
    ) -> Result<XstsToken, Error> {
        let xsts = async {
            let xsts = self.issuer.xsts(user, party).await?;
            is_no_loss(party.leg(), xsts.life, before, now).map(|()| xsts)
        };
        self.leg(party.leg(), xsts).await
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

/// A token that is dead on arrival does not take the place of a good one.
fn is_no_loss(leg: Leg, life: Life, before: Option<Life>, now: Timestamp) -> Result<(), Error> {
    if life.is_good(now) || before.is_none_or(|before| !before.is_good(now)) {
        return Ok(());
    }
    Err(Error::new(Step::Leg(leg), Cause::Unreadable("a token that has expired already")))
}

/// Runs `side` for as long as `work` takes, and no longer.
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

/// What a pass has to do whether or not it is due, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Must {
    Nothing,
    MakeUser,
    Refresh,
}

/// Whether a run makes a Spartan token that it could do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spartan {
    New,
    WhenDue,
}

/// What is made with the user token.
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

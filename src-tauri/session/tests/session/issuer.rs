//! Services that do what a test says, and otherwise issue what was asked for.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use spartan_auth::{
    azure_app::{AzureApp, Platform},
    claims::Claims,
    clock::Clock,
    clock_error::ClockError,
    device::{DeviceCode, Polled},
    endpoints::Endpoints,
    error::{Cause, Error, Step, Unreachable},
    issuer::Issuer,
    leg::Leg,
    oauth::{self, AuthorizationRequest},
    raw::Raw,
    relying_party::RelyingParty,
    token::{Clearance, OauthToken, SpartanToken, UserToken, Validity, XstsToken},
};
use spartan_vault::account::Person;
use tokio::sync::Semaphore;
use url::Url;

use crate::clock::HandClock;

#[derive(Clone)]
pub struct Script {
    clock: HandClock,
    play: Arc<Mutex<Play>>,
    measured: Arc<Mutex<Option<ClockError>>>,
}

struct Play {
    asked: Vec<Leg>,
    opened: BTreeSet<Leg>,
    hung_up: u32,
    refresh: String,
    network: bool,
    next: BTreeMap<Leg, VecDeque<Next>>,
    person: Option<Person>,
    issued: u32,
    user_hours: i64,
    dead: bool,
    polls: VecDeque<Poll>,
    polled: Vec<String>,
    typed: Option<String>,
    shown: Vec<AzureApp>,
}

/// What a poll brings beside *not yet*.
pub enum Poll {
    SlowDown,
    Refuse(Cause),
}

enum Next {
    Refuse(Cause),
    Hold(Arc<Semaphore>),
}

/// An answer that is kept back until it is let go.
pub struct Held(Arc<Semaphore>);

impl Held {
    pub fn let_go(&self) {
        self.0.add_permits(1);
    }
}

impl Script {
    pub fn new(clock: HandClock) -> Script {
        let (asked, opened, next) = (Vec::new(), BTreeSet::new(), BTreeMap::new());
        let play = Play {
            asked,
            opened,
            hung_up: 0,
            refresh: String::new(),
            network: true,
            next,
            person: Some(curtis()),
            issued: 0,
            user_hours: 14 * 24,
            dead: false,
            polls: VecDeque::new(),
            polled: Vec::new(),
            typed: None,
            shown: Vec::new(),
        };
        Script { clock, play: Arc::new(Mutex::new(play)), measured: Arc::default() }
    }

    /// Returns the same services for another process, which hasn't asked them anything yet.
    pub fn beside(&self) -> Script {
        Script { measured: Arc::default(), ..self.clone() }
    }

    /// Refuses a leg the next time that it is asked.
    pub fn refuse(&self, leg: Leg, cause: Cause) {
        self.play().next.entry(leg).or_default().push_back(Next::Refuse(cause));
    }

    /// Keeps the next answer of a leg back.
    pub fn hold(&self, leg: Leg) -> Held {
        let gate = Arc::new(Semaphore::new(0));
        self.play().next.entry(leg).or_default().push_back(Next::Hold(gate.clone()));
        Held(gate)
    }

    /// Another person is at the page from now on.
    pub fn comes(&self, person: Person) {
        self.play().person = Some(person);
    }

    /// Xbox does not tell any more who is at the page.
    pub fn tells_nobody(&self) {
        self.play().person = None;
    }

    /// Spartan tokens are over when they come, from now on or no more.
    pub fn spartan_tokens_come_dead(&self, dead: bool) {
        self.play().dead = dead;
    }

    /// Whether anything can be reached.
    pub fn network(&self, is_there: bool) {
        self.play().network = is_there;
    }

    /// User tokens live so short that each renewal begins at Microsoft.
    pub fn user_tokens_live_an_hour(&self) {
        self.play().user_hours = 1;
    }

    /// What was asked since the last look, in order.
    pub fn asked(&self) -> Vec<Leg> {
        std::mem::take(&mut self.play().asked)
    }

    /// Whether a leg was asked since the last look.
    pub fn is_asked(&self, leg: Leg) -> bool {
        self.play().asked.contains(&leg)
    }

    /// To which legs' hosts connections were opened ahead since the last look.
    pub fn opened(&self) -> BTreeSet<Leg> {
        std::mem::take(&mut self.play().opened)
    }

    /// What the next polls bring; afterwards nobody has typed the code in yet.
    pub fn polls(&self, polls: impl IntoIterator<Item = Poll>) {
        self.play().polls.extend(polls);
    }

    /// Somebody types a code in on another device.
    pub fn types_in(&self, code: &str) {
        self.play().typed = Some(code.into());
    }

    /// Which codes were polled since the last look, in order.
    pub fn polled(&self) -> Vec<String> {
        std::mem::take(&mut self.play().polled)
    }

    /// The apps that Microsoft was shown since the last look, at the page or for tokens.
    pub fn shown(&self) -> Vec<AzureApp> {
        std::mem::take(&mut self.play().shown)
    }

    /// The refresh token that was given last.
    pub fn last_refresh(&self) -> String {
        self.play().refresh.clone()
    }

    /// How often every connection was given up.
    pub fn hung_up(&self) -> u32 {
        self.play().hung_up
    }

    fn play(&self) -> MutexGuard<'_, Play> {
        self.play.lock().unwrap()
    }

    /// Plays one leg; the text of what it issues has a number of its own.
    async fn leg(&self, leg: Leg) -> Result<String, Error> {
        let next = {
            let mut play = self.play();
            play.asked.push(leg);
            if !play.network {
                return Err(Error::new(Step::Leg(leg), unreachable()));
            }
            play.next.get_mut(&leg).and_then(VecDeque::pop_front)
        };
        match next {
            Some(Next::Refuse(cause)) => return Err(Error::new(Step::Leg(leg), cause)),
            Some(Next::Hold(gate)) => gate.acquire().await.unwrap().forget(),
            None => {}
        }
        *self.measured.lock().unwrap() = Some(ClockError::new(self.clock.error(), self.clock.moment()));
        let mut play = self.play();
        play.issued += 1;
        Ok(format!("{}-{}", leg.name(), play.issued))
    }

    fn life(&self, hours: i64) -> Validity {
        let issued_at = self.clock.real();
        Validity { issued_at, expires_at: issued_at + SignedDuration::from_hours(hours) }
    }

    async fn oauth(&self, app: &AzureApp) -> Result<OauthToken, Error> {
        self.play().shown.push(app.clone());
        let token = self.leg(Leg::Microsoft).await?;
        let text = format!("refresh-{token}");
        self.play().refresh.clone_from(&text);
        let refresh = Some(text.into());
        Ok(OauthToken { access: token.into(), refresh, life: self.life(1), raw: Raw::default() })
    }
}

impl Issuer for Script {
    fn authorize_url(&self, app: &AzureApp, pending: &AuthorizationRequest) -> Url {
        oauth::authorize_url(&Endpoints::services(), app, pending)
    }

    async fn open_ahead(&self, _: Platform, leg: Leg) -> Result<(), Error> {
        let queued = {
            let mut play = self.play();
            play.opened.insert(leg);
            if !play.network {
                return Err(Error::new(Step::Leg(leg), unreachable()));
            }
            // Of the others nobody is asked to wait or to mind.
            play.next.get_mut(&leg).filter(|_| leg == Leg::Microsoft).and_then(VecDeque::pop_front)
        };
        match queued {
            Some(Next::Refuse(cause)) => Err(Error::new(Step::Leg(leg), cause)),
            Some(Next::Hold(gate)) => {
                gate.acquire().await.unwrap().forget();
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn hang_up(&self) {
        self.play().hung_up += 1;
    }

    async fn exchange(&self, app: &AzureApp, _: &SecretString, _: &SecretString) -> Result<OauthToken, Error> {
        self.oauth(app).await
    }

    async fn device_code(&self, _: &AzureApp) -> Result<DeviceCode, Error> {
        let device_code: SecretString = self.leg(Leg::Microsoft).await?.into();
        Ok(DeviceCode {
            user_code: format!("CODE{}", self.play().issued),
            page: Url::parse("https://www.microsoft.com/link").unwrap(),
            expires_at: self.clock.real() + SignedDuration::from_mins(15),
            interval: Duration::from_secs(5),
            device_code,
        })
    }

    async fn poll(&self, app: &AzureApp, code: &DeviceCode) -> Result<Polled, Error> {
        let error = |cause| Error::new(Step::Leg(Leg::Microsoft), cause);
        let next = {
            let mut play = self.play();
            play.polled.push(code.user_code.clone());
            play.polls.pop_front()
        };
        match next {
            Some(Poll::SlowDown) => return Ok(Polled::SlowDown),
            Some(Poll::Refuse(cause)) => return Err(error(cause)),
            None if self.clock.real() >= code.expires_at => return Err(error(Cause::CodeExpired)),
            None => {}
        }
        if self.play().typed.as_ref() != Some(&code.user_code) {
            return Ok(Polled::Pending);
        }
        self.oauth(app).await.map(|token| Polled::Granted(Box::new(token)))
    }

    async fn renew(&self, app: &AzureApp, refresh: &SecretString) -> Result<OauthToken, Error> {
        assert!(!refresh.expose_secret().is_empty());
        self.oauth(app).await
    }

    async fn user_token(&self, _: &SecretString) -> Result<UserToken, Error> {
        let token = self.leg(Leg::XboxUser).await?.into();
        let hours = self.play().user_hours;
        Ok(UserToken { token, user_hash: "1".into(), life: self.life(hours), raw: Raw::default() })
    }

    async fn xsts(&self, _: &SecretString, party: &RelyingParty) -> Result<XstsToken, Error> {
        let token = self.leg(party.leg()).await?.into();
        let bare = Claims { user_hash: "1".into(), ..Claims::default() };
        let (gamertag, xuid) = self.play().person.clone().map(|person| (person.gamertag, person.xuid)).unzip();
        let (claims, hours) = match party {
            RelyingParty::XboxLive => (Claims { gamertag: gamertag.flatten(), xuid, ..bare }, 16),
            RelyingParty::Halo | RelyingParty::Other(_) => (bare, 4),
        };
        Ok(XstsToken { token, claims, life: self.life(hours), raw: Raw::default() })
    }

    async fn spartan(&self, halo: &XstsToken) -> Result<SpartanToken, Error> {
        let token = self.leg(Leg::Spartan).await?.into();
        let expires_at = if self.play().dead { halo.life.issued_at } else { halo.life.expires_at };
        Ok(SpartanToken { token, life: Validity { expires_at, ..halo.life }, raw: Raw::default() })
    }

    async fn clearance(&self, _: &SecretString) -> Result<Clearance, Error> {
        let id = self.leg(Leg::Clearance).await?;
        Ok(Clearance { id, fetched_at: self.clock.real(), raw: Raw::default() })
    }

    fn clock_error(&self) -> Option<ClockError> {
        self.measured.lock().unwrap().filter(|measured| measured.holds(self.clock.moment()))
    }

    fn services_time(&self) -> Option<Timestamp> {
        self.clock_error().map(|error| error.services_time(self.clock.moment()))
    }
}

pub fn curtis() -> Person {
    Person { gamertag: Some("aCurtis X89".into()), xuid: "2533274855333605".into() }
}

pub fn six_pounder() -> Person {
    Person { gamertag: Some("Six Pounder 07".into()), xuid: "2535405290989773".into() }
}

pub fn passing() -> Cause {
    Cause::Passing { status: 503, retry_after: None }
}

/// The same, with a wait that the service asks for.
pub fn busy(retry_after: Duration) -> Cause {
    Cause::Passing { status: 429, retry_after: Some(retry_after) }
}

pub fn unreachable() -> Cause {
    Cause::Unreachable { host: "login.live.com".into(), why: Unreachable::Connect }
}

pub fn expired() -> Cause {
    Cause::SignInExpired { error: "invalid_grant".into() }
}

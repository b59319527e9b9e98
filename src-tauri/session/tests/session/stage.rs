//! A session and all around it, and what a person does with it.

use std::{fs::File, path::Path, sync::Arc, time::Duration};

use jiff::Timestamp;
use secrecy::ExposeSecret;
use spartan_auth::azure_app::AzureApp;
use spartan_messages::browser_page;
use spartan_session::{
    error::Error,
    format::Format,
    session::{NextStep, Parts, Session, SignInPage, SignInRequest, Through, Wanted},
    settings::{Choices, Settings},
    status::{Renewal, SignedIn, SignedOut, Status},
    token_files::TokenFiles,
};
use spartan_vault::{
    account::{Account, AccountId, Contents},
    fs::{
        files::{Files, RealFiles},
        paths::Paths,
    },
    keyring::{Interaction, Keyring, Patience},
    vault::Vault,
};
use tempfile::TempDir;
use tokio::time::timeout;
use url::Url;

use crate::{clock::HandClock, disk::Disk, issuer::Script, ring::Ring};

pub struct Stage {
    pub session: Session,
    pub issuer: Script,
    pub clock: HandClock,
    pub ring: Arc<Ring>,
    /// The disk that the session reads its vault from.
    pub disk: Arc<Disk>,
    home: Arc<TempDir>,
}

/// A program without a session.
pub struct Moment {
    pub parts: Parts<Script, HandClock>,
    pub issuer: Script,
    pub clock: HandClock,
    _home: Arc<TempDir>,
}

/// Long enough for any machine; a test that waits for so long has failed.
const TOO_LONG: Duration = Duration::from_secs(30);

impl Stage {
    /// A session with an empty home, opened.
    pub async fn new() -> Stage {
        let (clock, home) = (HandClock::new(), Arc::new(TempDir::new().unwrap()));
        let stage = Stage::start(Script::new(clock.clone()), clock, Arc::new(Ring::new()), home);
        stage.until(|status| *status != Status::Opening).await;
        stage
    }

    /// A session in which somebody has just signed in.
    pub async fn signed_in() -> Stage {
        let stage = Stage::new().await;
        stage.first_sign_in().await;
        stage
    }

    /// Somebody signs in, and nothing goes on any more.
    pub async fn first_sign_in(&self) {
        let page = self.page().await;
        self.come_back(&page).await;
        self.until(is_fresh).await;
        self.clock.quiet().await;
        self.issuer.asked();
    }

    /// A session that opens a vault with these accounts, of whom the first is shown.
    pub async fn with(accounts: Vec<Account>) -> Stage {
        let (clock, home, ring) = (HandClock::new(), Arc::new(TempDir::new().unwrap()), Arc::new(Ring::new()));
        vault(&ring, &paths(&home)).change(Interaction::Forbidden, |all| all.accounts = accounts).await.unwrap();
        let stage = Stage::start(Script::new(clock.clone()), clock, ring, home);
        stage.until(is_fresh).await;
        stage.clock.quiet().await;
        stage
    }

    /// A program that starts later, on the same computer, beside this one or after it.
    pub fn another(&self) -> Stage {
        let (clock, home) = (self.clock.beside(), self.home.clone());
        Stage::start(self.issuer.beside(), clock, self.ring.clone(), home)
    }

    /// What a program has that runs for a moment, without a session, after this one has ended.
    pub fn ended(self) -> Moment {
        let Stage { issuer, clock, ring, home, .. } = self;
        let issuer = issuer.beside();
        let paths = paths(&home);
        let parts =
            Parts { issuer: issuer.clone(), clock: clock.beside(), vault: vault(&ring, &paths), paths, browser_page };
        Moment { parts, issuer, clock, _home: home }
    }

    /// The same program, ended and started again.
    pub fn restarted(self) -> Stage {
        self.another()
    }

    fn start(issuer: Script, clock: HandClock, ring: Arc<Ring>, home: Arc<TempDir>) -> Stage {
        let paths = paths(&home);
        let disk = Arc::new(Disk::default());
        let vault = vault_on(disk.clone(), &ring, &paths);
        let parts = Parts { issuer: issuer.clone(), clock: clock.clone(), vault, paths, browser_page };
        Stage { session: Session::start(parts), issuer, clock, ring, disk, home }
    }

    /// Waits for a status.
    pub async fn until(&self, mut wanted: impl FnMut(&Status) -> bool) -> Status {
        let mut snapshot = self.session.snapshot();
        let found = timeout(TOO_LONG, snapshot.wait_for(|snapshot| wanted(&snapshot.shown))).await;
        let found = found.map(|found| found.unwrap().shown.clone());
        found.unwrap_or_else(|_| panic!("it stays {:?}", self.status()))
    }

    pub fn status(&self) -> Status {
        self.session.snapshot().borrow().shown.clone()
    }

    pub fn account(&self) -> SignedIn {
        self.status().signed_in().cloned().unwrap_or_else(|| panic!("nobody is signed in: {:?}", self.status()))
    }

    /// Presses *Sign in*, and gets Microsoft's page.
    pub async fn page(&self) -> SignInPage {
        self.page_for(Through::App(app())).await
    }

    /// Microsoft's page, in a window, for somebody who wishes for that.
    pub async fn page_for(&self, wish: impl Into<SignInRequest>) -> SignInPage {
        match self.session.sign_in(wish).await.expect("the page opens") {
            NextStep::Window(page) => page,
            other => panic!("another way opens: {other:?}"),
        }
    }

    /// Does at the page what leads back with a code.
    pub async fn come_back(&self, page: &SignInPage) {
        self.redirected(page, &format!("code=c&state={}", state(page))).await;
    }

    pub async fn redirected(&self, page: &SignInPage, query: &str) {
        let address = Url::parse(&format!("http://localhost/?{query}")).unwrap();
        self.session.redirected(page.clone(), page.read(&address)).await;
    }

    /// The Spartan token.
    pub async fn copied(&self) -> Result<String, Error> {
        self.copied_as(Format::Token).await
    }

    pub async fn copied_as(&self, format: Format) -> Result<String, Error> {
        let handed_out = timeout(TOO_LONG, self.session.hand_out(format)).await.expect("a copy is always answered");
        handed_out.map(|handed_out| handed_out.text.expose_secret().to_owned())
    }

    /// When a copied Spartan token expires.
    pub async fn copied_until(&self) -> Result<Timestamp, Error> {
        let handed_out =
            timeout(TOO_LONG, self.session.hand_out(Format::Token)).await.expect("a copy is always answered");
        Ok(handed_out?.expires_at.expect("a token expires"))
    }

    /// What the vault holds.
    pub async fn token_files(&self) -> Contents {
        let paths = paths(&self.home);
        vault(&self.ring, &paths).read(Interaction::Forbidden).await.unwrap()
    }

    /// Puts an account into the vault, as another program would.
    pub async fn put(&self, account: Account) {
        self.put_all(vec![account]).await;
    }

    pub async fn put_all(&self, accounts: Vec<Account>) {
        self.elsewhere(move |contents| accounts.into_iter().for_each(|account| contents.put(account))).await;
    }

    /// Changes the vault, as another program would.
    pub async fn elsewhere(&self, change: impl FnOnce(&mut Contents) + Send + 'static) {
        vault(&self.ring, &paths(&self.home)).change(Interaction::Forbidden, change).await.unwrap();
    }

    /// Chooses other settings, as their page does.
    pub async fn choose(&self, choices: Choices) {
        Settings::choose(&paths(&self.home), choices).await.unwrap();
    }

    /// What the settings file says.
    pub fn settings(&self) -> Settings {
        Settings::read(&paths(&self.home))
    }

    /// Takes an account out of the vault, as another program would.
    pub async fn forget(&self, id: AccountId) {
        self.elsewhere(move |contents| contents.remove(id)).await;
    }

    pub fn kept_files(&self) -> TokenFiles {
        TokenFiles::of(paths(&self.home), Arc::new(RealFiles))
    }

    /// Has a file kept fresh for the account that is shown, as the command line does.
    pub async fn keep(&self, file: &Path, format: Format) {
        let (vault, account) = (vault(&self.ring, &paths(&self.home)), self.account().account);
        self.kept_files().keep(&vault, Interaction::Forbidden, file.into(), format, account).await.unwrap();
    }

    /// Whether anything of a sign-in is left on this computer.
    pub fn is_clean(&self) -> bool {
        !self.vault_file().exists() && self.ring.keys() == 0
    }

    /// Holds the vault's lock as another program would, until the file is dropped.
    pub fn keep_the_vault_busy(&self) -> File {
        let lock = File::open(paths(&self.home).vault_lock()).unwrap();
        lock.lock().unwrap();
        lock
    }

    pub fn vault_file(&self) -> std::path::PathBuf {
        self.paths().vault()
    }

    pub fn paths(&self) -> Paths {
        paths(&self.home)
    }
}

/// Lets what goes on beside the session come to where it waits, or to its end.
pub async fn a_while() {
    tokio::time::sleep(Duration::from_millis(60)).await;
}

pub fn app() -> AzureApp {
    AzureApp::parse("12345678-1234-1234-1234-123456789abc", "http://localhost").unwrap()
}

/// One more account, through the app that is known.
pub fn one_more() -> SignInRequest {
    SignInRequest { who: Wanted::Another, ..Through::Known.into() }
}

pub fn state(page: &SignInPage) -> String {
    page.url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned()
}

pub fn is_fresh(status: &Status) -> bool {
    matches!(renewal(status), Some(Renewal::Fresh { .. }))
}

pub fn is_stale(status: &Status) -> bool {
    matches!(renewal(status), Some(Renewal::Stale { .. }))
}

pub fn is_renewing(status: &Status) -> bool {
    matches!(renewal(status), Some(Renewal::Renewing))
}

pub fn needs_sign_in(status: &Status) -> bool {
    matches!(renewal(status), Some(Renewal::NeedsAction { .. }))
}

pub fn is_signed_out(status: &Status) -> bool {
    matches!(status, Status::SignedOut { .. })
}

pub fn was_cancelled(status: &Status) -> bool {
    matches!(status, Status::SignedOut { why: SignedOut::Cancelled })
}

pub fn is_signing_in(status: &Status) -> bool {
    matches!(status, Status::SigningIn { .. })
}

fn renewal(status: &Status) -> Option<&Renewal> {
    status.signed_in().map(|signed_in| &signed_in.renewal)
}

fn paths(home: &TempDir) -> Paths {
    Paths::of("app.spartantray.test", Some(home.path().into())).unwrap()
}

fn vault(ring: &Arc<Ring>, paths: &Paths) -> Vault {
    vault_on(Arc::new(RealFiles), ring, paths)
}

fn vault_on(files: Arc<dyn Files>, ring: &Arc<Ring>, paths: &Paths) -> Vault {
    let patience = Patience { unasked: TOO_LONG * 2, by_person: TOO_LONG * 4 };
    Vault::new(paths.clone(), Keyring::new("test", ring.clone(), patience), files)
}

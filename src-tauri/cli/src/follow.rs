//! A sign-in as a terminal shows it: what to open, what to type in, how it ended.

use std::time::Duration;

use spartan_auth::{
    account::Contents,
    keyring::Asked,
    lines::Brought,
    secrecy::ExposeSecret,
    session::{Imported, Opens, Session, Wish},
    status::{Kept, Renewal, SignedIn, SignedOut, SigningIn, Status},
    url::Url,
    vault::Vault,
    way::Way,
};
use tokio::time::timeout;

use crate::{ask, failure::Failure, interrupt, out, table::plain};

/// A sign-in that a terminal follows.
pub struct Follow {
    session: Session,
    vault: Vault,
    opens_browser: bool,
}

/// How long a cancelled sign-in may take to clear away what it left.
const TIDYING: Duration = Duration::from_secs(5);
/// How long other accounts' renewals, which began meanwhile, may go on.
const OTHERS: Duration = Duration::from_secs(30);

/// What was seen of a sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Seen {
    /// It waits for a person.
    Waits,
    /// The chain runs.
    Chain,
}

impl Follow {
    /// Follows what `session` does; `opens_browser` says whether Microsoft's page may be opened here.
    pub const fn new(session: Session, vault: Vault, opens_browser: bool) -> Follow {
        Follow { session, vault, opens_browser }
    }

    /// Signs in, up to its end or to Ctrl-C, which leaves nothing.
    pub async fn sign_in(self, wish: Wish) -> Result<(), Failure> {
        let way = wish.way;
        let signing_in = async {
            let opens = self.session.sign_in(wish).await?;
            self.open(&opens, way).await?;
            let paste =
                async { if way == Some(Way::Paste) { self.paste().await } else { std::future::pending().await } };
            tokio::select! {
                ended = self.ended("Microsoft said yes; the tokens are being made.") => ended,
                failed = paste => failed,
            }
        };
        self.or_cancelled(signing_in).await
    }

    /// Signs in with what was brought along.
    pub async fn import(self, brought: Brought) -> Result<Option<Imported>, Failure> {
        let importing = async {
            match self.session.import(brought, Kept::Sealed).await? {
                Imported::SigningIn => self.ended("The tokens are being made.").await.map(|()| None),
                app @ Imported::App(_) => Ok(Some(app)),
            }
        };
        self.or_cancelled(importing).await
    }

    async fn or_cancelled<T>(&self, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
        let done = tokio::select! {
            biased;
            done = work => done,
            exit = interrupt::told_to_end() => Err(interrupt::failure(exit)),
        };
        if done.is_err() {
            self.leave_nothing().await;
        }
        let mut accounts = self.session.accounts();
        let quiet = accounts.wait_for(|lines| lines.iter().all(|line| line.renewal != Renewal::Renewing));
        // Whoever interrupts does not wait.
        let patience = if done.is_ok() { OTHERS } else { Duration::ZERO };
        let _ = timeout(patience, quiet).await;
        done
    }

    /// Ends what is under way, and takes an empty vault away that it may have left.
    async fn leave_nothing(&self) {
        let tidy = async {
            self.session.cancel().await;
            let mut status = self.session.status();
            let _ = status.wait_for(|status| !matches!(status, Status::SigningIn { .. })).await;
            // A vault in which nothing is left goes with its key; one that does not open stays as it is.
            if self.vault.read(Asked::Unasked).await.is_ok_and(|contents| contents.is_empty()) {
                let _ = self.vault.change(Asked::Unasked, |_: &mut Contents| ()).await;
            }
        };
        let _ = timeout(TIDYING, tidy).await;
    }

    async fn open(&self, opens: &Opens, way: Option<Way>) -> Result<(), Failure> {
        let Opens::Browser(page) = opens else { return Ok(()) };
        let is_open = self.opens_browser && browser(page).await;
        match (is_open, way) {
            (true, _) => {
                out::say(&format!("Microsoft's page opens in your browser. If it does not, open:\n\n  {page}\n"));
            }
            (false, Some(Way::Paste)) => out::say(&format!(
                "Open this page in any browser and sign in:\n\n  {page}\n\nAt the end the browser cannot open an address that \
                 begins with the app's redirect URI. Copy that whole address and paste it here:"
            )),
            (false, _) => out::say(&format!("Open this page in a browser on this computer and sign in:\n\n  {page}\n")),
        }
        Ok(())
    }

    /// Takes addresses until one is the right one; a script gets one try, because it gives no second.
    async fn paste(&self) -> Result<(), Failure> {
        let mut lines = ask::Lines::begin();
        loop {
            let address = lines.pasted().await?;
            if address.expose_secret().trim().is_empty() {
                continue;
            }
            match self.session.paste(address).await {
                Ok(()) => return std::future::pending().await,
                Err(trouble) if out::is_attended() => out::say(&format!("spartan: {}", Failure::from(trouble).line())),
                Err(trouble) => return Err(trouble.into()),
            }
        }
    }

    /// Tells what there is to do, until the sign-in has ended; `chain` is what is said where its chain begins.
    async fn ended(&self, chain: &str) -> Result<(), Failure> {
        let mut statuses = self.session.status();
        let mut seen = Seen::Waits;
        let mut told = None;
        loop {
            let status = statuses.borrow_and_update().clone();
            match status {
                Status::SigningIn { stage: SigningIn::Code { user_code, page, .. }, .. } => {
                    if told.replace(user_code.clone()).as_ref() != Some(&user_code) {
                        out::say(&format!("On any device, open {page} and type in:\n\n  {user_code}\n"));
                    }
                }
                Status::SigningIn { stage: SigningIn::Chain, .. } if seen == Seen::Waits => {
                    seen = Seen::Chain;
                    out::say(chain);
                }
                Status::SigningIn { .. } | Status::Opening | Status::Unlocking => {}
                Status::Shut { trouble } | Status::SignedOut { why: SignedOut::Failed { trouble } } => {
                    return Err(trouble.into());
                }
                Status::SignedIn(SignedIn { sign_in_trouble: Some(trouble), .. }) => return Err((*trouble).into()),
                Status::SignedIn(signed_in) if seen == Seen::Chain => {
                    out::say(&welcome(&signed_in));
                    return Ok(());
                }
                Status::SignedIn(_) | Status::SignedOut { .. } => return Err(cancelled()),
            }
            if statuses.changed().await.is_err() {
                return Err(cancelled());
            }
        }
    }
}

fn welcome(signed_in: &SignedIn) -> String {
    let who = signed_in.gamertag.as_deref().map(plain);
    match (&signed_in.renewal, who) {
        (Renewal::Stale { trouble, .. } | Renewal::NeedsSignIn { trouble }, _) => {
            format!("Signed in, but not all tokens could be made yet: {}", Failure::from(trouble).line())
        }
        (Renewal::Fresh { .. } | Renewal::Renewing, Some(who)) => format!("Signed in as {who}. Next: spartan token"),
        (Renewal::Fresh { .. } | Renewal::Renewing, None) => "Signed in. Next: spartan token".into(),
    }
}

fn cancelled() -> Failure {
    use spartan_auth::error::{Cause, Error, Step};
    Error::new(Step::Page, Cause::Cancelled).into()
}

/// Whether the system took the page to a browser.
async fn browser(page: &Url) -> bool {
    let page = page.to_string();
    let opened = tokio::task::spawn_blocking(move || open::that_detached(page)).await;
    opened.is_ok_and(|opened| opened.is_ok())
}

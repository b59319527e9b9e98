//! What every command works with: the services, the vault, and the chosen account.

use std::{
    ffi::OsString,
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use spartan_auth::{
    clock::{Clock, SystemClock},
    services::Services,
};
use spartan_messages::{browser_page, duration};
use spartan_session::{
    environment::Environment,
    error::{Cause, Error},
    renewal::fresh::{Beside, Fresh, Need, Refused, Wanted, fresh, refuse},
    session::Parts,
    status::clock_check,
    token_files::TokenFiles,
};
use spartan_vault::{
    account::{Account, AccountId, Contents, choice::choose},
    fs::{files::RealFiles, owner, paths::Paths},
    key::key_place::KeyPlace,
    keyring::{Interaction, Keyring},
    vault::Vault,
};

use crate::{exit::Exit, failure::Failure, out, process::Core};

/// The environment, read once.
#[derive(Debug)]
pub struct Launch {
    /// `SPARTAN_TRAY_HOME`: one folder for everything, instead of the system's own folders.
    pub home: Option<PathBuf>,
    /// `SPARTAN_VAULT_KEY_FILE`: the file with the vault's key, instead of the keyring.
    pub key_file: Option<PathBuf>,
    /// The person's home folder, which no report contains.
    pub person: Option<PathBuf>,
    /// `PATH`: where commands are searched for.
    pub search: Option<OsString>,
    /// `SPARTAN_ACCOUNT`: the account to use if the command line names none.
    pub account: Option<String>,
    /// Whether a browser can be shown.
    pub display: bool,
    /// The limit to core dumps for a command that's run from here.
    pub core: Core,
    /// `SPARTAN_TRAY_STAND_INS`: the addresses that `spartan-fakes` printed.
    #[cfg(feature = "demo")]
    pub stand_ins: Option<String>,
}

/// What a command works with. Nothing is opened before it's needed.
pub struct Here {
    /// The hosts that this build talks to.
    pub environment: Environment,
    /// The paths of the program's files.
    pub paths: Paths,
    /// The vault.
    pub vault: Vault,
    /// The location of its key.
    pub keys: KeyPlace,
    /// The keyring, which contains the key unless a person chose a file.
    pub keyring: Keyring,
    /// The key file that the environment names.
    pub key_file: Option<PathBuf>,
    /// The person's home folder, which no report contains.
    pub person: Option<PathBuf>,
    /// Where commands are searched for.
    pub search: Option<OsString>,
    /// Whether a person can be asked.
    pub asked: Interaction,
    /// The account that the command line names.
    pub named: Option<String>,
    /// The account that the command line names, or else the environment.
    pub meant: Option<String>,
    /// Whether a browser can be shown.
    pub display: bool,
    /// The limit to core dumps for a command that's run from here.
    pub core: Core,
    /// This computer's clock.
    pub clock: SystemClock,
    /// The account that was chosen first: the whole command is about it.
    chosen: OnceLock<AccountId>,
}

impl Here {
    /// Fails if the files belong to another user. `named` is the account that the command line names.
    pub fn of(launch: Launch, named: Option<String>) -> Result<Here, Failure> {
        let environment = environment(&launch)?;
        if let Some(home) = launch.home.as_ref().filter(|home| home.is_relative()) {
            let what = format!("SPARTAN_TRAY_HOME is \"{}\", which isn't an absolute path.", home.display());
            return Err(Failure::new(Exit::Usage, what, "Set it to an absolute path, or unset it."));
        }
        let paths = Paths::of(environment.identifier, launch.home)?;
        owner::check(&paths)?;
        let asked = if out::is_attended() { Interaction::Allowed } else { Interaction::Forbidden };
        let keyring = match asked {
            Interaction::Allowed => Keyring::of_system(environment.identifier),
            Interaction::Forbidden => Keyring::of_system_unattended(environment.identifier),
        };
        let keys = KeyPlace::chosen(&paths, launch.key_file.clone(), keyring.clone());
        let vault = Vault::new(paths.clone(), keys.clone(), Arc::new(RealFiles));
        let meant = named.clone().or(launch.account);
        let Launch { key_file, person, search, display, core, .. } = launch;
        let clock = SystemClock::default();
        Ok(Here {
            environment,
            paths,
            vault,
            keys,
            keyring,
            key_file,
            person,
            search,
            asked,
            named,
            meant,
            display,
            core,
            clock,
            chosen: OnceLock::new(),
        })
    }

    /// Returns the vault's contents.
    pub async fn contents(&self) -> Result<Contents, Failure> {
        let mut contents = self.vault.read(self.asked).await?;
        contents.merge();
        contents.share_clock_error(self.clock.moment());
        Ok(contents)
    }

    /// Returns the chosen account, as it is in the vault. Once it's chosen, no other takes its place.
    pub async fn account(&self) -> Result<Account, Failure> {
        chosen(&self.contents().await?, &self.chosen, self.meant.as_deref())
    }

    /// Returns the chosen account with the wanted tokens, renewed first if too little time is left. While the Spartan token
    /// is valid, a failed renewal is only a warning.
    pub async fn fresh(&self, wanted: Wanted) -> Result<Account, Failure> {
        let account = self.account().await?;
        // The usual case, which needs no connection.
        if wanted.is_met(&account, self.clock.moment()) {
            self.warn_of_clock(&account, wanted, |problem| problem.cause == Cause::ClockUnconfirmed);
            self.warn_of_little(&account, wanted);
            return Ok(account);
        }
        // Boxed, because few calls come this far.
        let parts = self.parts();
        let Fresh { account, error } = Box::pin(fresh(&parts, account, wanted, self.asked)).await?;
        let is_good = wanted.is_served(&account, self.clock.moment());
        match error.as_ref().map(Failure::from) {
            Some(failure) if !is_good => return Err(self.why_none(&account, error.as_ref()).unwrap_or(failure)),
            None if !is_good => return Err(dead_on_arrival()),
            Some(failure) => {
                out::say(&format!("spartan: the token is valid, but there was a problem: {}", failure.line()));
            }
            None => self.warn_of_little(&account, wanted),
        }
        self.warn_of_clock(&account, wanted, |_| true);
        Ok(account)
    }

    /// Records that a service has refused one of the chosen account's tokens, so that no program hands it out again.
    pub async fn refuse(&self, refused: Refused) -> Result<(), Failure> {
        let account = self.account().await?;
        refuse(&self.parts(), &account, refused, self.asked).await?;
        Ok(())
    }

    /// Returns what a renewal needs, with new connections.
    pub fn parts(&self) -> Parts<Services, SystemClock> {
        Parts {
            issuer: self.environment.services(),
            clock: self.clock,
            vault: self.vault.clone(),
            paths: self.paths.clone(),
            browser_page,
        }
    }

    /// Returns the token files, on this computer's disk.
    pub fn token_files(&self) -> TokenFiles {
        TokenFiles::of(self.paths.clone(), Arc::new(RealFiles))
    }

    /// Returns that the clock is behind, if that's why no token can be used after a temporary failure.
    fn why_none(&self, account: &Account, error: Option<&Error>) -> Option<Failure> {
        let behind = clock_check::behind(account, self.clock.moment());
        behind.filter(|_| error.is_some_and(Error::passes)).map(Failure::from)
    }

    /// Warns if the clock is far off, or may make the token look younger than it is.
    fn warn_of_clock(&self, account: &Account, wanted: Wanted, is_told: impl Fn(&Error) -> bool) {
        let lasts = wanted.spartan == Need::NotAtAll && wanted.beside != Beside::Xbox;
        let problem = clock_check::problem(account, self.clock.moment()).filter(|problem| !lasts && is_told(problem));
        if let Some(problem) = problem {
            out::say(&format!("spartan: {}", Failure::from(&problem).line()));
        }
    }

    fn warn_of_little(&self, account: &Account, wanted: Wanted) {
        let now = account.services_time(self.clock.moment());
        let left = account.tokens.spartan.as_ref().map(|spartan| spartan.life.left(now)).unwrap_or_default();
        if let Need::For(wished) = wanted.spartan
            && left < wished
        {
            let (left, wished) = (duration::short(left), duration::short(wished));
            out::say(&format!("spartan: --min-ttl {wished} can't be met: a fresh token lasts {left}."));
        }
    }
}

/// Returns the account that was chosen first, or else chooses it now.
fn chosen(contents: &Contents, first: &OnceLock<AccountId>, meant: Option<&str>) -> Result<Account, Failure> {
    if let Some(id) = first.get() {
        let account = contents.account(*id).cloned();
        return account.ok_or_else(|| Failure::from(&Error::signed_out_elsewhere(None)));
    }
    let account = choose(&contents.accounts, meant)?;
    first.get_or_init(|| account.id);
    Ok(account.clone())
}

fn dead_on_arrival() -> Failure {
    let todo = "Check this computer's clock, then try again.";
    Failure::new(Exit::Failed, "The new Spartan token has already expired.", todo)
}

#[cfg(not(feature = "demo"))]
fn environment(_: &Launch) -> Result<Environment, Failure> {
    Ok(Environment::real()?)
}

/// Returns the mock services: a demo build never touches a real sign-in.
#[cfg(feature = "demo")]
fn environment(launch: &Launch) -> Result<Environment, Failure> {
    let environment = Environment::of_stand_ins(launch.stand_ins.as_deref());
    environment.map_err(|error| Failure::new(Exit::Failed, format!("The mock services can't be used: {error}."), ""))
}

#[cfg(test)]
mod tests {
    use spartan_auth::{azure_app::AzureApp, token::Tokens};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn no_other_account_takes_the_place_of_the_one_that_was_chosen() {
        let app = AzureApp::parse("12345678-1234-1234-1234-123456789abc", "http://localhost").unwrap();
        let account = |n| Account::new(AccountId(Uuid::from_u128(n)), app.clone(), Tokens::default());
        let mut contents = Contents { accounts: vec![account(1), account(2)] };
        let first = OnceLock::new();
        assert_eq!(chosen(&contents, &first, None).map(|account| account.id), Ok(account(1).id));
        contents.accounts.reverse();
        assert_eq!(chosen(&contents, &first, None).map(|account| account.id), Ok(account(1).id));
        contents.remove(account(1).id);
        assert_eq!(chosen(&contents, &first, None).unwrap_err().exit, Exit::SignIn);
    }
}

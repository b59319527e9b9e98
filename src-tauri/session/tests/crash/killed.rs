//! A program is killed at random moments of its renewals, and starts again signed in.

use std::{
    convert::Infallible,
    env, iter,
    time::{Duration, Instant},
};

use secrecy::ExposeSecret;
use spartan_auth::{
    chain::{Chain, Start},
    token::Tokens,
};
use spartan_fakes::{Endpoint, Fakes, Kind, PUBLIC_CLIENT_ID, Secret, Setup};
use spartan_vault::{
    account::{Account, Contents},
    error::Error,
    keyring::Interaction,
    vault::Look,
};
use tokio::time::{sleep, timeout};

use crate::{
    home::{Home, account},
    program::{Program, services},
};

const KILLS: u32 = 200;
/// Long enough for any machine; a test that waits this long has failed.
const TOO_LONG: Duration = Duration::from_secs(60);
/// Repeats the moments of a failed run.
const SEED: &str = "CRASH_TEST_SEED";

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_is_killed_while_it_renews_starts_again_signed_in() {
    let seed = env::var(SEED).ok().map_or_else(|| getrandom::u64().unwrap(), |seed| seed.parse().unwrap());
    println!("{SEED}={seed}");
    // Two, so that one works while the other waits for the disk.
    let [one, other] = [Stage::new().await, Stage::new().await];
    let (mut fell, more) = tokio::join!(one.kills(moments(seed)), other.kills(moments(!seed)));
    fell.extend(more);

    let count = |wanted| fell.iter().filter(|fell| **fell == wanted).count();
    let [lost, between, elsewhere] = [Fell::AnAnswerIsLost, Fell::BetweenTwoWrites, Fell::Elsewhere].map(count);
    let renewals = one.renewals() + other.renewals();
    println!("{renewals} renewals; an answer is lost: {lost}, between two writes: {between}, elsewhere: {elsewhere}");
    assert!(renewals > KILLS);
    // Together they make up about half of a renewal.
    assert!(lost > 0 && between > 0 && lost + between > fell.len() / 4);
}

/// The mock services, and the home of a signed-in person.
struct Stage {
    fakes: Fakes,
    home: Home,
}

/// Where in a renewal a kill happened, judging by how much of what was issued was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fell {
    /// Microsoft had issued a refresh token, and it wasn't in the vault yet.
    AnAnswerIsLost,
    /// That refresh token was in the vault, and the Spartan token wasn't yet.
    BetweenTwoWrites,
    /// After the Spartan token was stored, or before Microsoft's next answer.
    Elsewhere,
}

impl Stage {
    async fn new() -> Stage {
        let (fakes, home) = (Fakes::start(Setup::default()).await, Home::new());
        let refresh = fakes.seed_refresh_token(PUBLIC_CLIENT_ID, "curtis@example.com").unwrap();
        let mut account = account(1, &refresh);
        let services = services(fakes.addresses());
        let chain = Chain::new(&services, &|_: &Tokens| Ok::<_, Infallible>(()), &account.app);
        chain.run(Start::Refresh, &mut account.tokens).await.unwrap();
        home.vault().change(Interaction::Forbidden, |contents| contents.put(account)).await.unwrap();
        Stage { fakes, home }
    }

    /// Kills half of all the programs, each at its own moment, and checks what is left.
    async fn kills(&self, moments: impl Iterator<Item = f64>) -> Vec<Fell> {
        let mut fell = Vec::new();
        for moment in moments.take(KILLS as usize / 2) {
            let began = Instant::now();
            let mut program = Program::start(&self.home, &self.fakes);
            self.until_renewed(&mut program).await;
            // A start and a renewal take longer than the next renewal, so the moments are spread over all of it.
            sleep(began.elapsed().mul_f64(moment)).await;
            program.is_well();
            program.kill();
            fell.push(Fell::at(&self.token_files().await, &self.fakes.issued()));
        }
        self.until_renewed(&mut Program::start(&self.home, &self.fakes)).await;
        fell
    }

    /// Waits until the vault contains a Spartan token and a refresh token that the program has renewed since the call.
    async fn until_renewed(&self, program: &mut Program) {
        let vault = self.home.vault();
        let before = only(vault.read(Interaction::Forbidden).await);
        let renewed = async {
            loop {
                let now = only(vault.read(Interaction::Forbidden).await);
                if spartan(&now) != spartan(&before) && refresh(&now) != refresh(&before) {
                    return;
                }
                while vault.look() == Look::Same {
                    program.is_well();
                    sleep(Duration::from_millis(2)).await;
                }
            }
        };
        timeout(TOO_LONG, renewed).await.expect("it renews");
    }

    /// Returns what a kill has left, as seen by a program that starts now.
    async fn token_files(&self) -> Account {
        let account = only(self.home.contents().await);
        assert_eq!(account.gamertag(), Some("aCurtis X89"));
        let lock = format!("renew-{}.lock", account.id.0);
        let known = ["vault", "vault.new", "vault.lock", &lock];
        let names = self.home.names();
        assert!(names.iter().all(|name| known.contains(&name.as_str())), "{names:?}");
        account
    }

    fn renewals(&self) -> u32 {
        self.fakes.count(Endpoint::Spartan)
    }
}

impl Fell {
    fn at(kept: &Account, issued: &[Secret]) -> Fell {
        let place = |value: &str| issued.iter().position(|secret| secret.value == value);
        let last_refresh = issued.iter().rposition(|secret| secret.kind == Kind::Refresh);
        if place(refresh(kept)) < last_refresh {
            Fell::AnAnswerIsLost
        } else if place(spartan(kept)) < last_refresh {
            Fell::BetweenTwoWrites
        } else {
            Fell::Elsewhere
        }
    }
}

fn only(contents: Result<Contents, Error>) -> Account {
    let [account] = <[Account; 1]>::try_from(contents.unwrap().accounts).unwrap();
    account
}

fn refresh(account: &Account) -> &str {
    account.tokens.refresh.as_ref().unwrap().expose_secret()
}

fn spartan(account: &Account) -> &str {
    account.tokens.spartan.as_ref().unwrap().token.expose_secret()
}

/// Returns random numbers from 0 to 1 (`SplitMix64`).
fn moments(mut seed: u64) -> impl Iterator<Item = f64> {
    iter::repeat_with(move || {
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let high = u32::try_from((mixed ^ (mixed >> 31)) >> 32).unwrap();
        f64::from(high) / f64::from(u32::MAX)
    })
}

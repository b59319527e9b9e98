//! How long the parts take that touch neither wire nor disk, with a hundred accounts whose tokens are as long as real ones.
#![allow(clippy::unwrap_used, reason = "clippy exempts tests but not benchmarks, which fail by panicking")]

use std::hint::black_box;

use criterion::Criterion;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use spartan_auth::clock::{Clock, Moment, SystemClock};
use spartan_messages::{Problem, told};
use spartan_session::status::{Renewal, SignedIn, Status, run::Run};
use spartan_vault::{
    account::{Account, Contents},
    key::Key,
    vault::sealed::{self, VaultId},
};

const ACCOUNTS: u128 = 100;
const VAULT: VaultId = VaultId([1; 16]);
const NONCE: sealed::Nonce = [2; 24];

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let contents = contents();
    let key = Key::new([3; 32]);
    let sealed = sealed::seal(&contents, VAULT, &key, NONCE).unwrap();

    criterion.bench_function("status of 100 accounts, as the page gets it", |bencher| {
        bencher.iter(|| serde_json::to_string(&statuses(black_box(&contents))).unwrap());
    });
    criterion.bench_function("sealing a vault of 100 accounts", |bencher| {
        bencher.iter(|| sealed::seal(black_box(&contents), VAULT, &key, NONCE).unwrap());
    });
    criterion.bench_function("opening a vault of 100 accounts", |bencher| {
        bencher.iter(|| sealed::open(black_box(&sealed), &key).unwrap());
    });
    // Twice the length takes twice the time.
    for mark in ["/* ", "{", "\"", "\u{201c}", "# Bob\n", "1. ", "the token is "] {
        for length in [50_000, 100_000] {
            let text = mark.repeat(length / mark.len());
            criterion.bench_function(&format!("reading {length} bytes of pasted {mark:?}"), |bencher| {
                bencher.iter(|| spartan_auth::import::read(black_box(&text)).is_err());
            });
        }
    }
    criterion.final_summary();
}

fn statuses(contents: &Contents) -> Vec<Status<Problem>> {
    let now = SystemClock::default().moment();
    contents.accounts.iter().map(|account| told(status(account, now), &|error| error.into())).collect()
}

fn status(account: &Account, now: Moment) -> Status {
    let spartan = account.tokens.spartan.as_ref().unwrap();
    let renewal = Renewal::Fresh { renews_at: spartan.life.renews_at() };
    Status::SignedIn(SignedIn::new(account, renewal, &Run::default(), now))
}

fn contents() -> Contents {
    serde_json::from_value(json!({ "accounts": (0..ACCOUNTS).map(account).collect::<Vec<_>>() })).unwrap()
}

/// An account as the vault has it.
fn account(number: u128) -> Value {
    let id = uuid::Uuid::from_u128(number);
    json!({
        "id": id,
        "app": { "client_id": id, "redirect_uri": "http://localhost", "secret": null, "platform": "consumers" },
        "person": { "gamertag": format!("aCurtis X{number}"), "xuid": (2_533_274_855_333_605 + number).to_string() },
        "tokens": {
            "refresh": text(1_000),
            "access": token(1_200, 1),
            "user": with(token(1_500, 14 * 24), "user_hash", json!("2535428504432177")),
            "xsts_xbox": with(token(2_200, 16), "claims", claims(number)),
            "xsts_halo": with(token(2_500, 4), "claims", json!({ "user_hash": "2535428504432177", "privileges": [] })),
            "spartan": token(1_000, 4),
            "clearance": { "id": id, "fetched_at": Timestamp::UNIX_EPOCH },
        },
        "last_trouble": null,
        "leg_ms": { "microsoft": 211, "xbox_user": 160, "xsts_xbox": 170, "xsts_halo": 171, "spartan": 150 },
    })
}

fn claims(number: u128) -> Value {
    json!({
        "user_hash": "2535428504432177",
        "gamertag": format!("aCurtis X{number}"),
        "xuid": (2_533_274_855_333_605 + number).to_string(),
        "age_group": "Adult",
        "privileges": (184..255).collect::<Vec<u32>>(),
    })
}

fn token(length: usize, hours: i64) -> Value {
    let issued_at = Timestamp::UNIX_EPOCH;
    json!({
        "token": text(length),
        "life": { "issued_at": issued_at, "expires_at": issued_at + SignedDuration::from_hours(hours) },
    })
}

fn with(mut token: Value, name: &str, value: Value) -> Value {
    token[name] = value;
    token
}

/// Text of the letters that tokens have.
fn text(length: usize) -> String {
    ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['-', '_', '.']).cycle().take(length).collect()
}

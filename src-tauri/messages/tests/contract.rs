//! Each status in the contract between Rust and the page is one that the real types write.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "clippy exempts tests but not their shared functions, which fail by panicking"
)]

use std::{collections::BTreeMap, fs, io::ErrorKind, path::PathBuf, time::Duration};

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use spartan_auth::{
    azure_app::AzureApp,
    claims::Claims,
    clock::Moment,
    clock_error::ClockError,
    error::Cause as AuthCause,
    leg::Leg,
    raw::Raw,
    sign_in_method::{SignInMethod, methods},
    token::{AccessToken, Clearance, SpartanToken, Tokens, UserToken, Validity, XstsToken},
};
use spartan_messages::{Problem, duration, format_sections, told, told_lines};
use spartan_session::{
    error::{Cause, Error, KeyCause, Step, TokenFileCause, Trail, Unreachable, VaultCause, XErr},
    status::{AccountLine, AppLine, Renewal, SignedIn, SignedOut, SigningIn, Status, Storage, run::Run},
};
use spartan_vault::account::{Account, AccountId, Person};

#[test]
fn every_status_of_the_contract_is_one_that_the_real_types_write() {
    let mut written: BTreeMap<_, _> = statuses().into_iter().collect();
    for (name, expected) in contract() {
        let status = written.remove(name.as_str()).unwrap_or_else(|| panic!("nothing here writes {name}.json"));
        let status = of_first_version(&serde_json::to_value(status).unwrap());
        assert_eq!(status, expected, "{name}.json should be\n{status:#}");
    }
    assert!(written.is_empty(), "the contract has no {:?}", written.keys());
}

#[test]
fn no_status_holds_a_secret() {
    for (name, status) in statuses() {
        let text = serde_json::to_string_pretty(&status).unwrap();
        assert!(!text.contains("hush") && !format!("{status:?}").contains("hush"), "{name}");
    }
}

#[test]
fn the_accounts_of_the_contract_are_those_that_the_real_types_write() {
    let expected: Value = serde_json::from_str(&read("accounts.json")).unwrap();
    let written = of_first_version(&serde_json::to_value(told_lines(accounts().into(), &say)).unwrap());
    assert_eq!(written, expected, "accounts.json should be\n{written:#}");
}

#[test]
fn the_formats_of_the_contract_are_those_of_the_table() {
    let expected: Value = serde_json::from_str(&read("beside/formats.json")).unwrap();
    let written = serde_json::to_value(format_sections()).unwrap();
    assert_eq!(written, expected, "beside/formats.json should be\n{written:#}");
}

#[test]
fn the_durations_of_the_contract_are_told_the_same_here() {
    let table: Vec<(i64, String)> = serde_json::from_str(&read("beside/durations.json")).unwrap();
    assert!(!table.is_empty());
    for (seconds, words) in table {
        assert_eq!(duration::short(SignedDuration::from_secs(seconds)), words);
    }
}

fn say(error: &Error) -> Problem {
    error.into()
}

fn statuses() -> [(&'static str, Status<Problem>); 25] {
    let signed_out = |why| Status::SignedOut { why };
    let shut = |problem| Status::Shut { problem };
    let fresh = Renewal::Fresh { renews_at: at(218) };
    [
        ("opening", Status::Opening),
        ("unlocking", Status::Unlocking),
        ("shut_locked", shut(Error::from(KeyCause::Locked))),
        ("shut_damaged", shut(Error::from(VaultCause::Truncated))),
        ("signed_out_never", signed_out(SignedOut::Never)),
        ("signed_out_cancelled", signed_out(SignedOut::Cancelled)),
        ("signed_out_by_person", signed_out(SignedOut::ByPerson { copied_until: Some(at(240)), clock_error_ms: 0 })),
        ("signed_out_failed", signed_out(SignedOut::Failed { problem: child() })),
        ("signing_in_preparing", signing_in(SigningIn::Preparing, &Run::default())),
        ("signing_in_at_page", signing_in(SigningIn::AtPage { problem: None }, &Run::default())),
        ("signing_in_not_loaded", signing_in(not_heard(Cause::PageNotLoaded), &Run::default())),
        ("signing_in_silent", by(SignInMethod::Browser, not_heard(Cause::PageSilent))),
        ("signing_in_browser", by(SignInMethod::Browser, SigningIn::AtPage { problem: None })),
        ("signing_in_paste", by(SignInMethod::Paste, SigningIn::AtPage { problem: None })),
        ("signing_in_code", by(SignInMethod::Phone, code())),
        ("signing_in_legs", signing_in(SigningIn::Chain, &forking())),
        ("fresh", signed_in(0, fresh.clone(), &Run::default())),
        ("clock_off", signed_in(-420_000, fresh, &Run::default())),
        ("clock_unconfirmed", Status::SignedIn(clock_unconfirmed())),
        ("session_only", Status::SignedIn(SignedIn { storage: Storage::Memory, ..named() })),
        ("not_kept_fresh", Status::SignedIn(not_kept_fresh())),
        ("renewing", signed_in(0, Renewal::Renewing, &begun(Leg::XstsHalo))),
        ("stale", signed_in(0, stale(), &failed(Leg::XboxUser))),
        ("signed_in_unnamed", Status::SignedIn(SignedIn::new(&unnamed(), stale(), &failed(Leg::XboxUser), now()))),
        ("needs_action", signed_in(0, needs_action(), &failed(Leg::Microsoft))),
    ]
    .map(|(name, status)| (name, told(status, &say)))
}

fn signing_in(stage: SigningIn, run: &Run) -> Status {
    let methods = methods(&account().app);
    let app = AppLine::from(&account().app);
    Status::SigningIn {
        method: SignInMethod::Window,
        stage,
        legs: run.legs(None),
        methods,
        app,
        again: None,
        storage: Storage::Vault,
    }
}

/// Somebody signs in again, another way.
fn by(method: SignInMethod, stage: SigningIn) -> Status {
    let (legs, methods, again) = (Run::default().legs(None), methods(&account().app), Some("aCurtis X89".into()));
    let app = AppLine::from(&account().app);
    Status::SigningIn { method, stage, legs, methods, app, again, storage: Storage::Vault }
}

fn not_heard(cause: Cause) -> SigningIn {
    SigningIn::AtPage { problem: Some(Box::new(Error::new(Step::Page, cause))) }
}

fn code() -> SigningIn {
    let page = "https://www.microsoft.com/link".parse().unwrap();
    SigningIn::Code { user_code: "HC7M2KQP".into(), page, expires_at: at(15), clock_error_ms: 0 }
}

/// An account with a name of the person's own.
fn named() -> SignedIn {
    let account = Account { name: Some("Bot".into()), method: SignInMethod::Phone, ..account() };
    SignedIn::new(&account, Renewal::Fresh { renews_at: at(218) }, &Run::default(), now())
}

/// A file of the person's could not be written.
fn not_kept_fresh() -> SignedIn {
    let cause = TokenFileCause::Io { file: "/home/curtis/bot/.env".into(), kind: ErrorKind::StorageFull };
    let signed_in = SignedIn::new(&account(), Renewal::Fresh { renews_at: at(218) }, &Run::default(), now());
    SignedIn { keep_problem: Some(Box::new(cause.into())), ..signed_in }
}

fn accounts() -> [AccountLine; 3] {
    let with_id = |id: u128| Account { id: AccountId(uuid::Uuid::from_u128(id)), ..account() };
    let bot = Account { name: Some("Bot".into()), method: SignInMethod::Phone, ..with_id(1) };
    let unnamed = Account { id: AccountId(uuid::Uuid::from_u128(2)), ..unnamed() };
    [
        AccountLine { is_shown: true, ..AccountLine::new(&with_id(0), Renewal::Fresh { renews_at: at(218) }) },
        AccountLine { storage: Storage::Memory, ..AccountLine::new(&bot, needs_action()) },
        AccountLine::new(&unnamed, stale()),
    ]
}

/// A moment at which this computer's clock is undisturbed.
fn now() -> Moment {
    Moment { wall: at(60), elapsed: Duration::ZERO, boot: None }
}

fn signed_in(clock_error_ms: i64, renewal: Renewal, run: &Run) -> Status {
    let clock_error = Some(ClockError::new(SignedDuration::from_millis(clock_error_ms), now()));
    Status::SignedIn(SignedIn::new(&Account { clock_error, ..account() }, renewal, run, now()))
}

/// The computer was restarted, and nothing can be reached.
fn clock_unconfirmed() -> SignedIn {
    let before = Moment { boot: Some(uuid::Uuid::from_u128(1)), ..now() };
    let clock_error = Some(ClockError::new(SignedDuration::ZERO, before));
    SignedIn::new(&Account { clock_error, ..account() }, stale(), &failed(Leg::XboxUser), now())
}

fn stale() -> Renewal {
    let cause =
        Cause::Auth(AuthCause::Unreachable { host: "user.auth.xboxlive.com".into(), why: Unreachable::Connect });
    Renewal::Stale { problem: Error::new(Step::Leg(Leg::XboxUser), cause), tries_at: at(225) }
}

fn needs_action() -> Renewal {
    let cause = Cause::Auth(AuthCause::SignInExpired { error: "invalid_grant".into() });
    let trail = Some(Box::new(Trail { status: Some(400), ids: Vec::new() }));
    Renewal::NeedsAction { problem: Error { trail, ..Error::new(Step::Leg(Leg::Microsoft), cause) } }
}

fn child() -> Error {
    let link = "https://start.ui.xboxlive.com/AddChildToFamily".parse().ok();
    let trail = Some(Box::new(Trail { status: Some(401), ids: Vec::new() }));
    Error {
        trail,
        ..Error::new(Step::Leg(Leg::XstsXbox), Cause::Auth(AuthCause::Account { xerr: XErr(2_148_916_238), link }))
    }
}

fn forking() -> Run {
    let mut run = Run::default();
    run.began(Leg::Microsoft);
    run.ended(Leg::Microsoft, 412);
    run.began(Leg::XboxUser);
    run.ended(Leg::XboxUser, 198);
    run.began(Leg::XstsHalo);
    run.began(Leg::XstsXbox);
    run
}

fn begun(leg: Leg) -> Run {
    let mut run = Run::default();
    run.began(leg);
    run
}

fn failed(leg: Leg) -> Run {
    let mut run = begun(leg);
    run.failed(leg);
    run.over();
    run
}

fn account() -> Account {
    let app = AzureApp::parse("12345678-1234-1234-1234-123456789abc", "http://localhost").unwrap();
    let person = Person { gamertag: Some("aCurtis X89".into()), xuid: "2533274855333605".into() };
    let times = [
        (Leg::Microsoft, 412),
        (Leg::XboxUser, 198),
        (Leg::XstsXbox, 205),
        (Leg::XstsHalo, 187),
        (Leg::Spartan, 233),
        (Leg::Clearance, 151),
    ];
    let account = Account::new(AccountId(uuid::Uuid::nil()), app, tokens());
    Account { person: Some(person), leg_ms: BTreeMap::from(times), ..account }
}

/// Behind the first leg the network went.
fn unnamed() -> Account {
    let tokens = Tokens { refresh: Some("hush".into()), access: tokens().access, ..Tokens::default() };
    Account { person: None, tokens, leg_ms: BTreeMap::from([(Leg::Microsoft, 412)]), ..account() }
}

fn tokens() -> Tokens {
    let xsts = |life| Some(XstsToken { token: "hush".into(), claims: Claims::default(), life, raw: Raw::default() });
    Tokens {
        refresh: Some("hush".into()),
        access: Some(AccessToken { token: "hush".into(), life: life(60), raw: Raw::default() }),
        user: Some(UserToken {
            token: "hush".into(),
            user_hash: "1".into(),
            life: life(14 * 24 * 60),
            raw: Raw::default(),
        }),
        xsts_xbox: xsts(life(16 * 60)),
        xsts_others: std::collections::BTreeMap::new(),
        xsts_halo: xsts(life(240)),
        spartan: Some(SpartanToken { token: "hush".into(), life: life(240), raw: Raw::default() }),
        clearance: Some(Clearance {
            id: "6ffdc37e-0000-4000-8000-000000001ee2".into(),
            fetched_at: at(0),
            raw: Raw::default(),
        }),
    }
}

fn life(minutes: i64) -> Validity {
    Validity { issued_at: at(0), expires_at: at(minutes) }
}

/// So many minutes after the contract's sign-in.
fn at(minutes: i64) -> Timestamp {
    Timestamp::from_second(1_795_284_000).unwrap() + SignedDuration::from_mins(minutes)
}

fn contract() -> Vec<(String, Value)> {
    let files = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let statuses = files.filter(|file| !NO_STATUS.contains(&file.as_str()));
    let read =
        |file: String| Some((file.strip_suffix(".json")?.to_owned(), serde_json::from_str(&read(&file)).unwrap()));
    statuses.filter_map(read).collect()
}

/// What else crosses between Rust and the page.
const NO_STATUS: [&str; 2] = ["accounts.json", "settings.json"];

fn read(file: &str) -> String {
    fs::read_to_string(folder().join(file)).unwrap()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/contract")
}

/// Details begin with the version of the day; the contract's have the first one.
fn of_first_version(written: &Value) -> Value {
    let [today, first] = [env!("CARGO_PKG_VERSION"), "0.1.0"].map(|version| format!("Spartan Tray {version}"));
    serde_json::from_str(&written.to_string().replace(&today, &first)).unwrap()
}

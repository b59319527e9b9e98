use serde::Serialize;
use spartan_auth::{
    azure_app::AzureApp,
    clock::{Clock, SystemClock},
    sign_in_method::SignInMethod,
    token::Tokens,
};
use spartan_messages::{Action, told, told_lines};
use spartan_session::{
    error::{EntryFlaw, Remedy, Step, TokenFileCause},
    session::SignInEnd,
    settings::{Settings, SettingsProblem, token_file::UnclearEntry},
    status::{AppLine, Renewal, SignedIn, SignedOut, SigningIn, Storage, run::Run},
};
use spartan_vault::account::{Account, Person};
use uuid::Uuid;

use super::*;
use crate::shell::removal_state::Removal;

const GAMERTAG: &str = "aCurtis X89";
const XUID: &str = "2533274855333605";
const ANOTHER: &str = "Noble Six";

fn app() -> AzureApp {
    AzureApp::parse("12345678-1234-1234-1234-123456789abc", "http://localhost").unwrap()
}

fn account(id: u128, name: Option<&str>, gamertag: &str) -> Account {
    let person = Some(Person { gamertag: Some(gamertag.into()), xuid: XUID.into() });
    Account {
        person,
        name: name.map(str::to_owned),
        ..Account::new(AccountId(Uuid::from_u128(id)), app(), Tokens::default())
    }
}

/// Three accounts, of which the second has a name of the person's own and the last isn't known yet.
fn lines() -> Vec<AccountLine> {
    let unknown = Account { person: None, ..account(2, None, GAMERTAG) };
    let fails = Renewal::NeedsAction { problem: names_everybody() };
    let lines =
        [(account(0, None, GAMERTAG), fails), (account(1, Some("Bot"), "Bot's own"), fresh()), (unknown, fresh())];
    lines
        .map(|(account, renewal)| AccountLine {
            keep_problem: Some(Box::new(names_everybody())),
            ..AccountLine::new(&account, renewal)
        })
        .into()
}

fn fresh() -> Renewal {
    Renewal::Fresh { renews_at: jiff::Timestamp::UNIX_EPOCH }
}

/// An error whose message contains a gamertag and an XUID.
fn names_everybody() -> Error {
    let file = format!("/home/{GAMERTAG}/{XUID}/.env").into();
    TokenFileCause::Io { file, kind: std::io::ErrorKind::StorageFull }.into()
}

fn came_another() -> Error {
    Error::new(Step::Page, Cause::OtherAccount { expected: GAMERTAG.into(), came: ANOTHER.into() })
}

fn signed_in(renewal: Renewal) -> SignedIn {
    let shown = SignedIn::new(&account(0, None, GAMERTAG), renewal, &Run::default(), SystemClock::default().moment());
    let [sign_in_problem, keep_problem, clock_problem] =
        [came_another(), names_everybody(), names_everybody()].map(|problem| Some(Box::new(problem)));
    SignedIn { sign_in_problem, keep_problem, clock_problem, ..shown }
}

fn signing_in(again: &str) -> Status {
    Status::SigningIn {
        method: SignInMethod::Browser,
        stage: SigningIn::AtPage { problem: Some(Box::new(names_everybody())) },
        legs: Vec::new(),
        methods: Vec::new(),
        app: AppLine::from(&app()),
        again: Some(again.into()),
        storage: Storage::Vault,
    }
}

/// Statuses that name somebody in every place where one can.
fn statuses() -> [Status; 7] {
    let tries_at = jiff::Timestamp::UNIX_EPOCH;
    [
        Status::Shut { problem: names_everybody() },
        Status::SignedOut { why: SignedOut::Failed { problem: came_another() } },
        signing_in(GAMERTAG),
        signing_in("gone X89"),
        Status::SignedIn(signed_in(Renewal::Stale { problem: names_everybody(), tries_at })),
        Status::SignedIn(signed_in(Renewal::NeedsAction { problem: came_another() })),
        Status::SignedIn(signed_in(fresh())),
    ]
}

fn on() -> Streaming {
    Streaming::new(true, &Status::Opening, &lines())
}

fn of_gamertags<const N: usize>(gamertags: [&str; N]) -> Streaming {
    let line = |gamertag| AccountLine::new(&account(0, None, gamertag), fresh());
    Streaming::new(true, &Status::Opening, &gamertags.map(line))
}

fn json(told: impl Serialize) -> String {
    serde_json::to_string(&told).unwrap()
}

fn assert_names_nobody(told: &str) {
    for secret in [GAMERTAG, "Curtis", "X89", XUID, ANOTHER, "Bot's own"] {
        assert!(!told.contains(secret), "{secret}: {told}");
    }
}

#[test]
fn while_nobody_watches_everything_is_said() {
    let off = Streaming::new(false, &Status::Opening, &lines());
    assert_eq!(off.redact("You signed in as Noble Six."), "You signed in as Noble Six.");
    assert_eq!(off.name(None, Some("BTag"), Some(1)), "BTag");
    assert_eq!(off.name(None, None, Some(1)), "Xbox account");
    for status in statuses() {
        assert_eq!(json(off.status(status.clone())), json(told(status, &|error| error.into())));
    }
    assert_eq!(json(off.lines(lines())), json(told_lines(lines(), &|error| error.into())));
}

#[test]
fn while_others_watch_nothing_that_the_page_gets_has_a_gamertag_or_an_xuid() {
    for status in statuses() {
        assert_names_nobody(&json(Streaming::new(true, &status, &lines()).status(status)));
    }
    // The accounts may be published after the status.
    let unlisted = Status::SignedIn(signed_in(Renewal::NeedsAction { problem: came_another() }));
    assert_names_nobody(&json(Streaming::new(true, &unlisted, &[]).status(unlisted)));
    assert_names_nobody(&json(on().lines(lines())));
    let account = Box::new(signed_in(Renewal::NeedsAction { problem: names_everybody() }));
    for end in [SignInEnd::SignedIn { account }, SignInEnd::Failed { problem: Box::new(came_another()) }] {
        assert_names_nobody(&json(on().end(end)));
    }
    for refused in [names_everybody(), came_another(), Error::signed_out_elsewhere(Some(ANOTHER.into()))] {
        assert_names_nobody(&json(on().refusal(refused)));
    }
    let (place, files) = ("[[keep]] 1".into(), vec![format!("{GAMERTAG}.env")]);
    let entry =
        UnclearEntry { place, flaw: EntryFlaw::Format, files, format: None, account: None, has_known_keys: true };
    let problems = vec![SettingsProblem::Entry(entry)];
    assert_names_nobody(&json(on().settings(Settings { problems, ..Settings::default() })));
    assert_names_nobody(&json(on().removal(Removal::Left { things: vec![format!("{GAMERTAG}.env: it is in use")] })));
}

#[test]
fn an_account_goes_by_its_own_name_or_by_its_place_in_the_list() {
    let streaming = on();
    assert_eq!(streaming.name(None, Some("BTag"), Some(1)), "Account 2");
    assert_eq!(streaming.name(None, Some("BTag"), None), "Your account");
    assert_eq!(streaming.name(Some("Main"), Some("BTag"), Some(0)), "Main");
    let lines = serde_json::to_value(streaming.lines(lines())).unwrap();
    let called = |line: &serde_json::Value| {
        let [name, gamertag] = ["name", "gamertag"].map(|key| line[key].as_str().map(str::to_owned));
        name.or(gamertag).unwrap()
    };
    assert_eq!(lines.as_array().unwrap().iter().map(called).collect::<Vec<_>>(), ["Account 1", "Bot", "Account 3"]);
    let end = SignInEnd::SignedIn { account: Box::new(signed_in(fresh())) };
    for told in [json(streaming.status(Status::SignedIn(signed_in(fresh())))), json(streaming.end(end))] {
        assert!(told.contains(r#""name":null,"gamertag":"Account 1","xuid":null"#), "{told}");
    }
}

#[test]
fn whoever_is_to_sign_in_again_is_not_named_either() {
    for (again, told) in [(GAMERTAG, "Account 1"), ("Bot", "Bot"), ("gone X89", "your account")] {
        let status = serde_json::to_value(on().status(signing_in(again))).unwrap();
        assert_eq!(status["again"], told);
    }
}

#[test]
fn a_gamertag_in_the_words_of_a_problem_gives_way_as_a_whole_word_only() {
    let action = |label: &str| Some(Action { remedy: Remedy::AddOther, label: label.into() });
    let problem = Problem {
        action: action("Add a.C (x)"),
        details: "abC (x)".into(),
        ..Problem::new("a.C (x) is not a.C (x)y.", "Ask a.C (x).")
    };
    let told = Problem {
        action: action("Add Account 1"),
        details: "abC (x)".into(),
        ..Problem::new("Account 1 is not a.C (x)y.", "Ask Account 1.")
    };
    assert_eq!(of_gamertags(["a.C (x)"]).words(problem), told);
}

#[test]
fn somebody_who_came_in_anothers_place_is_not_named() {
    let problem = on().problem(&came_another());
    assert_eq!(problem.message, "You signed in as another account, not as Account 1.");
    assert_eq!(problem.help, "Nothing was replaced. Add that account, or try again as Account 1.");
    assert_eq!(problem.action.map(|action| action.label).as_deref(), Some("Add that account"));
    let gone = Streaming::new(true, &Status::Opening, &[]).problem(&came_another());
    assert_eq!(gone.message, "You signed in as another account, not as your account.");
}

#[test]
fn a_gamertag_that_begins_like_another_one_hides_no_less_of_it() {
    assert_eq!(of_gamertags(["Noble", "Noble Six"]).redact("Noble Six is not Noble."), "Account 2 is not Account 1.");
}

//! What the tray shows in each state.

use std::time::Duration;

use spartan_auth::{
    azure_app::AzureApp, clock::Moment, error::Cause as AuthCause, leg::Leg, sign_in_method::SignInMethod,
    token::Tokens,
};
use spartan_messages::{Problem, group_label};
use spartan_session::{
    error::{Cause, Error, KeyCause, Step, VaultCause},
    status::{AppLine, LegProgress, LegStatus, SigningIn, Storage, run::Run},
};
use spartan_vault::account::{Account as Held, AccountId, Person};
use uuid::Uuid;

use super::*;

/// Stands for the message of the status's problem.
const MESSAGE: &str = "(message)";
/// When the Spartan token of the tests expires.
const EXPIRES: i64 = 14_400;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}

fn error(cause: Cause) -> Error {
    Error::new(Step::Page, cause)
}

fn app() -> AzureApp {
    AzureApp::parse("12345678-1234-1234-1234-123456789abc", "http://localhost").unwrap()
}

fn signed_in(renewal: Renewal) -> Status {
    let spartan = LegStatus {
        leg: Leg::Spartan,
        progress: LegProgress::Done { ms: None },
        issued_at: Some(at(0)),
        expires_at: Some(at(EXPIRES)),
        note: None,
    };
    let account = Held::new(AccountId(Uuid::nil()), app(), Tokens::default());
    let person = Some(Person { gamertag: Some("aCurtis X89".into()), xuid: "1".into() });
    let moment = Moment { wall: at(0), elapsed: Duration::ZERO, boot: None };
    let bare = SignedIn::new(&Held { person, ..account }, renewal, &Run::default(), moment);
    Status::SignedIn(SignedIn { legs: vec![spartan], ..bare })
}

fn signing_in() -> Status {
    Status::SigningIn {
        method: SignInMethod::Window,
        stage: SigningIn::Preparing,
        legs: Vec::new(),
        methods: Vec::new(),
        app: AppLine::from(&app()),
        again: None,
        storage: Storage::Vault,
    }
}

fn fresh() -> Status {
    signed_in(Renewal::Fresh { renews_at: at(13_200) })
}

#[test]
fn while_the_clock_is_behind_no_time_left_is_told_and_the_icon_is_not_the_fresh_one() {
    let stale = Renewal::Stale { problem: error(Cause::Unnamed), tries_at: at(13_100) };
    for renewal in [Renewal::Fresh { renews_at: at(13_200) }, stale] {
        let Status::SignedIn(shown_account) = signed_in(renewal) else { panic!("somebody is signed in") };
        let clock_problem = Some(Box::new(Error::new(Step::Clock, Cause::ClockBehind)));
        let Shown { icon, headline, menu } =
            shown(&Status::SignedIn(SignedIn { clock_problem, ..shown_account }), 13_000);
        assert_eq!((icon, headline.as_str()), (Icon::Attention, "aCurtis X89 · time left unknown"));
        let is_told = |entry: &Entry| matches!(entry, Entry::Words(words) if words.contains("clock is behind"));
        assert!(menu.iter().any(is_told), "{menu:?}");
    }
}

/// What's shown if no settings were changed.
fn shown(status: &Status, now: i64) -> Shown {
    Shown::of(View { status, accounts: &[], choices: &Choices::default(), said: None, now: at(now) })
}

/// The menu in short: text as it is, `-` for a separator, `(…)` for disabled items, `[x]` for a tick.
fn lines(status: &Status, now: i64) -> (Icon, Vec<String>) {
    let Shown { icon, headline, menu } = shown(status, now);
    assert_eq!(menu.first(), Some(&Entry::Words(headline)), "tooltip and first line say the same");
    let line = |entry: &Entry| match entry {
        Entry::Words(words) => words.clone(),
        Entry::Separator => "-".into(),
        Entry::Act(act) => act.name().into(),
        Entry::Idle(act) => format!("({})", act.name()),
        Entry::Tick(act, on) => format!("[{}] {}", if *on { "x" } else { " " }, act.name()),
        Entry::CopyAs(_) => "Copy as".into(),
        Entry::Accounts(_) => panic!("there is one account at most"),
    };
    let frame = ["-", "[ ] Start at login", "Quit"];
    let lines: Vec<_> = menu.iter().map(line).collect();
    let own = lines.strip_suffix(&frame.map(String::from)).expect("every menu ends alike");
    (icon, own.to_vec())
}

#[test]
fn each_state_has_its_icon_its_words_and_what_can_be_done() {
    let shut = |problem| Status::Shut { problem };
    let failed = Status::SignedOut { why: SignedOut::Failed { problem: error(Cause::PageSilent) } };
    let stale =
        || signed_in(Renewal::Stale { problem: error(Cause::Auth(AuthCause::InnerToken)), tries_at: at(13_500) });
    let needs = |problem| signed_in(Renewal::NeedsAction { problem });
    let (left, expired) = ("aCurtis X89 · 3 h 58 min left", "aCurtis X89 · expired");
    let (copy, copy_as, renew, out) = ("Copy Spartan token", "Copy as", "Renew now", "Sign out");
    let table: [(Status, i64, Icon, &[&str]); 15] = [
        (Status::Unlocking, 0, Icon::Renewing, &["Opening your sign-in", "-", "Open"]),
        (Status::Opening, 0, Icon::Renewing, &["Opening your sign-in", "-", "Open"]),
        (shut(KeyCause::Locked.into()), 0, Icon::Attention, &["Locked", MESSAGE, "-", "Open", "Unlock"]),
        (
            shut(VaultCause::Foreign.into()),
            0,
            Icon::Attention,
            &["Your sign-in cannot be opened", MESSAGE, "-", "Open"],
        ),
        (Status::SignedOut { why: SignedOut::Never }, 0, Icon::SignedOut, &["Signed out", "-", "Open", "Sign in…"]),
        (failed, 0, Icon::Attention, &["Signed out", MESSAGE, "-", "Open", "Sign in…"]),
        (signing_in(), 0, Icon::Renewing, &["Signing in", "-", "Open", "Cancel"]),
        (fresh(), 90, Icon::Fresh, &[left, "-", copy, copy_as, renew, "Open", out]),
        (signed_in(Renewal::Renewing), 90, Icon::Renewing, &[left, "-", copy, copy_as, "(Renew now)", "Open", out]),
        (stale(), 90, Icon::Fresh, &[left, MESSAGE, "-", copy, copy_as, renew, "Open", out]),
        (stale(), EXPIRES, Icon::Attention, &[expired, MESSAGE, "-", copy, copy_as, renew, "Open", out]),
        (
            needs(error(Cause::Auth(AuthCause::NoRefreshToken))),
            90,
            Icon::Attention,
            &[left, MESSAGE, "-", copy, copy_as, renew, "Open", "Sign in…", out],
        ),
        (
            needs(KeyCause::Locked.into()),
            90,
            Icon::Attention,
            &[left, MESSAGE, "-", copy, copy_as, renew, "Open", "Unlock", out],
        ),
        (
            needs(error(Cause::Auth(AuthCause::NotAGuid))),
            90,
            Icon::Attention,
            &[left, MESSAGE, "-", copy, copy_as, renew, "Open", out],
        ),
        (
            needs(error(Cause::Auth(AuthCause::NoRefreshToken))),
            EXPIRES,
            Icon::Attention,
            &[expired, MESSAGE, "-", "(Copy Spartan token)", copy_as, renew, "Open", "Sign in…", out],
        ),
    ];
    for (status, now, icon, expected) in table {
        let message = status.problem().map(|error| Problem::from(error).message).unwrap_or_default();
        let expected = expected.iter().map(|line| if *line == MESSAGE { message.clone() } else { (*line).to_owned() });
        assert_eq!(lines(&status, now), (icon, expected.collect()), "{status:?}");
    }
}

/// The formats' menu in short, as the menu itself.
fn formats(status: &Status, now: i64) -> Vec<String> {
    let menu = shown(status, now).menu;
    let lines = menu.iter().find_map(|entry| if let Entry::CopyAs(lines) = entry { Some(lines) } else { None });
    let line = |line: &FormatLine| match line {
        FormatLine::Words(words) => words.clone(),
        FormatLine::Separator => "-".into(),
        FormatLine::Format(format) => format.to_string(),
        FormatLine::Idle(format) => format!("({format})"),
    };
    lines.expect("there is a menu of formats").iter().map(line).collect()
}

#[test]
fn every_format_stands_in_its_group_and_what_has_the_token_inside_says_how_long_it_is_good() {
    let formats = formats(&fresh(), 90);
    let expected = Group::ALL.into_iter().flat_map(|group| {
        let own =
            Format::ALL.into_iter().filter(move |format| format.group() == group).map(|format| format.to_string());
        let left = if group == Group::Holding { " · good for 3 h 58 min" } else { "" };
        ["-".to_owned(), format!("{}{left}", group_label(group))].into_iter().chain(own)
    });
    assert_eq!(formats, expected.skip(1).collect::<Vec<_>>());
}

#[test]
fn without_a_token_only_what_holds_none_can_be_copied() {
    let needs = signed_in(Renewal::NeedsAction { problem: error(Cause::Auth(AuthCause::NoRefreshToken)) });
    let formats = formats(&needs, EXPIRES);
    for format in Format::ALL {
        let line = if format.holds_secret() { format!("({format})") } else { format.to_string() };
        assert!(formats.contains(&line), "{line} is not in {formats:?}");
    }
}

#[test]
fn no_program_can_ask_for_an_account_that_is_in_no_vault() {
    let Status::SignedIn(signed_in) = fresh() else { panic!("it is signed in") };
    let formats = formats(&Status::SignedIn(SignedIn { storage: Storage::Memory, ..signed_in }), 90);
    for format in Format::ALL {
        let is_idle = formats.contains(&format!("({format})"));
        assert_eq!(is_idle, format.group() == Group::Asking, "{format}");
    }
}

#[test]
fn within_a_minute_nothing_is_drawn_anew() {
    let shown = |now| shown(&fresh(), now);
    assert_eq!(shown(61), shown(120));
    assert_ne!(shown(120), shown(121));
}

#[test]
fn the_time_left_goes_by_the_services_clock() {
    let Status::SignedIn(mut ahead) = fresh() else { panic!("it is signed in") };
    ahead.clock_error_ms = 600_000;
    let shown = shown(&Status::SignedIn(ahead), EXPIRES);
    assert_eq!(shown.headline, "aCurtis X89 · 10 min left");
}

#[test]
fn an_account_without_a_name_or_a_token_yet_has_words_too() {
    let Status::SignedIn(signed_in) = fresh() else { panic!("it is signed in") };
    let bare = Status::SignedIn(SignedIn { gamertag: None, legs: Vec::new(), ..signed_in });
    assert_eq!(shown(&bare, 0).headline, "Xbox account · no token yet");
}

/// Two accounts, the second one shown.
fn two() -> [AccountLine; 2] {
    let line = |id, gamertag: &str, renewal, expires_at| AccountLine {
        id: AccountId(Uuid::from_u128(id)),
        name: None,
        gamertag: Some(gamertag.into()),
        xuid: Some("1".into()),
        renewal,
        expires_at: Some(at(expires_at)),
        method: SignInMethod::Window,
        storage: Storage::Vault,
        client_id: Uuid::nil(),
        is_shown: id == 0,
        keep_problem: None,
        clock_error_ms: 0,
        clock_problem: None,
    };
    let needs = Renewal::NeedsAction { problem: error(Cause::PageSilent) };
    [line(1, "BTag", needs, 60), line(0, "aCurtis X89", Renewal::Fresh { renews_at: at(13_200) }, EXPIRES)]
}

fn accounts_of(menu: &[Entry]) -> &[Account] {
    let accounts =
        menu.iter().find_map(|entry| if let Entry::Accounts(accounts) = entry { Some(accounts) } else { None });
    accounts.expect("there is a menu of accounts")
}

#[test]
fn with_more_than_one_account_each_has_a_line_with_its_state_and_the_shown_one_a_tick() {
    let (status, accounts) = (fresh(), two());
    let view = View { status: &status, accounts: &accounts, choices: &Choices::default(), said: None, now: at(90) };
    let Shown { icon, menu, .. } = Shown::of(view);
    assert_eq!((icon, &menu[1]), (Icon::Attention, &Entry::Words("BTag needs you".into())));
    let lines: Vec<_> = accounts_of(&menu).iter().map(|line| (line.words.as_str(), line.is_shown)).collect();
    assert_eq!(lines, [("BTag · expired · needs you", false), ("aCurtis X89 · 3 h 58 min left", true)]);
    let Shown { icon, menu: one, .. } = Shown::of(View { accounts: &accounts[1..], ..view });
    assert_eq!(icon, Icon::Fresh);
    assert!(!one.iter().any(|entry| matches!(entry, Entry::Accounts(_))), "{one:?}");
}

#[test]
fn while_somebody_signs_in_beside_an_account_its_tokens_stay_at_hand() {
    let (status, accounts) = (signing_in(), two());
    let view = View { status: &status, accounts: &accounts, choices: &Choices::default(), said: None, now: at(90) };
    let Shown { headline, menu, .. } = Shown::of(view);
    assert_eq!(headline, "aCurtis X89 · 3 h 58 min left · signing in");
    assert!(
        menu.contains(&Entry::Act(Act::CopySpartanToken)) && menu.contains(&Entry::Idle(Act::RenewNow)),
        "{menu:?}"
    );
    assert!(menu.contains(&Entry::Act(Act::Cancel)), "{menu:?}");
}

#[test]
fn while_somebody_signs_in_beside_an_account_its_time_left_is_told_by_the_services_clock() {
    let (status, [other, account]) = (signing_in(), two());
    let headline = |clock_error_ms, cause| {
        let clock_problem = Some(Box::new(Error::new(Step::Clock, cause)));
        let accounts = [other.clone(), AccountLine { clock_error_ms, clock_problem, ..account.clone() }];
        let choices = Choices::default();
        let Shown { headline, menu, .. } =
            Shown::of(View { status: &status, accounts: &accounts, choices: &choices, said: None, now: at(3690) });
        assert!(
            menu.iter().any(|entry| matches!(entry, Entry::Words(words) if words.contains("clock is"))),
            "{menu:?}"
        );
        headline
    };
    assert_eq!(headline(3_600_000, Cause::ClockOff { ahead: 3600 }), "aCurtis X89 · 3 h 58 min left · signing in");
    assert_eq!(headline(0, Cause::ClockBehind), "aCurtis X89 · time left unknown · signing in");
}

#[test]
fn a_persons_own_name_comes_before_the_gamertag() {
    let Status::SignedIn(signed_in) = fresh() else { panic!("it is signed in") };
    let named = Status::SignedIn(SignedIn { name: Some("Main".into()), ..signed_in });
    assert_eq!(shown(&named, 90).headline, "Main · 3 h 58 min left");
}

#[test]
fn while_others_watch_no_gamertag_is_in_the_tray() {
    let Status::SignedIn(signed_in) = fresh() else { panic!("it is signed in") };
    let another = Cause::OtherAccount { expected: "aCurtis X89".into(), came: "BTag".into() };
    let sign_in_problem = Some(Box::new(error(another)));
    let (status, accounts) = (Status::SignedIn(SignedIn { sign_in_problem, ..signed_in }), two());
    let choices = Choices { streaming: true, ..Choices::default() };
    let shown = Shown::of(View { status: &status, accounts: &accounts, choices: &choices, said: None, now: at(90) });
    assert_eq!(shown.headline, "Account 2 · 3 h 58 min left");
    let said = format!("{shown:?}");
    assert!(!said.contains("BTag") && !said.contains("Curtis"), "{said}");
}

#[test]
fn what_was_just_done_stands_in_the_headlines_place() {
    let (status, choices) = (fresh(), Choices::default());
    let said = Some("Spartan token copied");
    let shown = Shown::of(View { status: &status, accounts: &[], choices: &choices, said, now: at(90) });
    assert_eq!(shown.headline, "Spartan token copied");
    assert_eq!(shown.menu.first(), Some(&Entry::Words("Spartan token copied".into())));
}

#[test]
fn it_is_drawn_anew_when_the_first_of_the_times_left_changes() {
    let (status, accounts) = (fresh(), two());
    let view = View { status: &status, accounts: &accounts, choices: &Choices::default(), said: None, now: at(55) };
    assert_eq!(view.lasts(), Some(Duration::from_millis(5_001)));
    assert_eq!(View { status: &Status::Opening, accounts: &[], ..view }.lasts(), None);
}

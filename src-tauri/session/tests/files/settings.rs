//! The settings file: what can't be read is reported and stays, and a change affects nothing else.

use std::{fs, sync::Arc};

use spartan_auth::azure_app::{AzureApp, Platform};
use spartan_messages::{Problem, settings_problem};
use spartan_session::{
    error::Step,
    settings::{Choices, ClipboardSeconds, LogLevel, Settings, SettingsProblem, Theme},
    token_files::TokenFiles,
};
use spartan_vault::{fs::files::RealFiles, settings_file};

use crate::bed::Bed;

const FIRST: &str = "12345678-1234-1234-1234-123456789abc";
const SECOND: &str = "12345678-1234-1234-1234-123456789abd";

fn app(id: &str) -> AzureApp {
    let app = AzureApp::parse(id, "http://localhost:8400/x").unwrap();
    AzureApp { platform: Platform::Live, ..app }
}

fn with(text: &str) -> Bed {
    let bed = Bed::new();
    fs::create_dir_all(bed.paths().data()).unwrap();
    fs::write(bed.paths().settings(), text).unwrap();
    bed
}

fn text(bed: &Bed) -> String {
    fs::read_to_string(bed.paths().settings()).unwrap()
}

fn ids(bed: &Bed) -> Vec<String> {
    Settings::read(&bed.paths()).apps.iter().map(|app| app.client_id.to_string()).collect()
}

#[test]
fn where_nothing_is_set_all_is_as_usual() {
    for bed in [Bed::new(), with(""), with("# nothing yet\n")] {
        let settings = Settings::read(&bed.paths());
        assert_eq!(settings.choices, Choices::default());
        assert!(settings.last_app().is_none() && settings.problems.is_empty());
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_symbolic_link_stays_and_the_file_behind_it_is_written() {
    for before in [Some("# mine\n"), None] {
        let bed = Bed::new();
        let (folder, link) = (bed.home().with_file_name("dotfiles"), bed.paths().settings());
        fs::create_dir_all(bed.paths().data()).unwrap();
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("tray.toml");
        if let Some(before) = before {
            fs::write(&file, before).unwrap();
        }
        std::os::unix::fs::symlink(&file, &link).unwrap();
        Settings::choose(&bed.paths(), Choices { streaming: true, ..Choices::default() }).await.unwrap();
        assert!(link.symlink_metadata().unwrap().is_symlink());
        let after = fs::read_to_string(&file).unwrap();
        assert!(after.contains(before.unwrap_or_default()) && after.contains("streaming = true"), "{after}");
        assert!(Settings::read(&bed.paths()).choices.streaming);
    }
}

#[tokio::test]
async fn what_was_chosen_comes_back() {
    let chosen = Choices {
        start_at_login: true,
        clipboard_seconds: Some(ClipboardSeconds::try_from(10).unwrap()),
        notifications: false,
        theme: Theme::Dark,
        streaming: true,
        log: LogLevel::Debug,
    };
    for chosen in [Choices { clipboard_seconds: None, ..chosen.clone() }, chosen] {
        let bed = Bed::new();
        Settings::choose(&bed.paths(), chosen.clone()).await.unwrap();
        let settings = Settings::read(&bed.paths());
        assert_eq!(settings.choices, chosen);
        assert_eq!(settings.problems, []);
    }
}

#[test]
fn each_value_that_is_not_understood_is_named_and_the_usual_one_holds() {
    let cases = [
        ("theme = \"hush\"", "theme", "so \"system\" holds"),
        ("theme = 3", "theme", "\"light\" or \"dark\""),
        ("clipboard_seconds = 9", "clipboard_seconds", "so 60 holds"),
        ("clipboard_seconds = 601", "clipboard_seconds", "0 for never"),
        ("clipboard_seconds = \"hush\"", "clipboard_seconds", "from 10 to 600"),
        ("start_at_login = 0", "start_at_login", "so false holds"),
        ("notifications = \"hush\"", "notifications", "so true holds"),
        ("streaming = [1]", "streaming", "true or false"),
        ("log = 2026-11-22", "log", "so \"info\" holds"),
        ("colour = \"hush\"", "colour", "no setting"),
        ("[apps]\nclient_id = \"hush\"", "apps", "no list"),
    ];
    for (line, key, words) in cases {
        let settings = Settings::read(&with(line).paths());
        assert_eq!(settings.choices, Choices::default(), "{line}");
        let [problem] = &settings.problems[..] else { panic!("{line}: {:?}", settings.problems) };
        let problem = settings_problem(problem);
        assert!(problem.contains(key) && problem.contains(words), "{line}: {problem}");
        assert!(!problem.contains("hush"), "a value may be a secret: {problem}");
    }
}

#[test]
fn what_is_understood_holds_beside_what_is_not() {
    let settings = Settings::read(&with("theme = 3\nlog = \"warn\"\nstreaming = true").paths());
    assert_eq!(settings.choices, Choices { log: LogLevel::Warn, streaming: true, ..Choices::default() });
    assert_eq!(settings.problems.len(), 1);
}

#[tokio::test]
async fn a_change_leaves_everything_else_as_it_stands() {
    let before = "# mine\ntheme = \"dark\" # at night\nlater = 1\nlog = \"loud\"\n\n[window]\nwidth = 440\n";
    let bed = with(before);
    let chosen = Settings::read(&bed.paths()).choices;
    Settings::choose(&bed.paths(), chosen.clone()).await.unwrap();
    assert_eq!(text(&bed), before);
    Settings::choose(&bed.paths(), Choices { theme: Theme::Light, ..chosen.clone() }).await.unwrap();
    assert_eq!(text(&bed), before.replace("dark", "light"));
    Settings::choose(&bed.paths(), Choices { log: LogLevel::Error, theme: Theme::Light, ..chosen }).await.unwrap();
    assert_eq!(text(&bed), before.replace("dark", "light").replace("loud", "error"));
}

#[tokio::test]
async fn the_app_that_was_used_last_comes_first_and_none_stands_twice() {
    let bed = Bed::new();
    for id in [FIRST, SECOND, FIRST] {
        Settings::remember(&bed.paths(), &app(id)).await.unwrap();
    }
    assert_eq!(ids(&bed), [FIRST, SECOND]);
    let last = Settings::read(&bed.paths()).last_app().cloned().unwrap();
    assert_eq!((last.redirect_uri, last.platform), (app(FIRST).redirect_uri, Platform::Live));
    Settings::forget(&bed.paths(), app(FIRST).client_id).await.unwrap();
    assert_eq!(ids(&bed), [SECOND]);
    Settings::forget(&bed.paths(), app(SECOND).client_id).await.unwrap();
    assert_eq!(ids(&bed), [""; 0]);
}

#[tokio::test]
async fn an_app_is_amended_in_its_place_and_keeps_what_a_person_wrote_there() {
    let bed = with(&format!(
        "[[apps]]\nclient_id = \"{FIRST}\"\nredirect_uri = \"http://localhost\"\n\n# the other one\n[[apps]]\n\
         client_id = \"{SECOND}\" # mine\nredirect_uri = \"http://localhost\"\nnote = \"old\"\n"
    ));
    Settings::amend(&bed.paths(), &app(SECOND)).await.unwrap();
    assert_eq!(ids(&bed), [FIRST, SECOND]);
    assert_eq!(Settings::read(&bed.paths()).apps[1].redirect_uri, app(SECOND).redirect_uri);
    Settings::remember(&bed.paths(), &app(SECOND)).await.unwrap();
    assert_eq!(ids(&bed), [SECOND, FIRST]);
    for kept in ["# the other one\n[[apps]]\nclient_id", "# mine", "note = \"old\""] {
        assert!(text(&bed).contains(kept), "{kept} in {}", text(&bed));
    }
    Settings::amend(&bed.paths(), &app("12345678-1234-1234-1234-123456789abe")).await.unwrap();
    assert_eq!(ids(&bed), [SECOND, FIRST], "one that is not there is left out");
}

#[tokio::test]
async fn no_secret_reaches_the_file_and_an_app_that_has_one_leaves_it() {
    let bed = Bed::new();
    let confidential = AzureApp { secret: Some("hush".into()), ..app(FIRST) };
    for kept in [app(FIRST), app(SECOND)] {
        Settings::remember(&bed.paths(), &kept).await.unwrap();
    }
    Settings::amend(&bed.paths(), &confidential).await.unwrap();
    assert_eq!(ids(&bed), [SECOND]);
    Settings::remember(&bed.paths(), &confidential).await.unwrap();
    assert_eq!(ids(&bed), [SECOND]);
    assert!(!text(&bed).contains("hush"));
}

#[tokio::test]
async fn an_app_that_cannot_be_used_is_counted_and_stays() {
    let broken = [
        "client_id = \"hush\"\nredirect_uri = \"http://localhost\"".to_owned(),
        format!("client_id = \"{SECOND}\"\nredirect_uri = \"https://hush.example\""),
        format!("client_id = \"{SECOND}\"\nredirect_uri = \"http://localhost\"\nplatform = 3"),
        format!("client_id = \"{SECOND}\""),
    ];
    for broken in broken {
        let bed = with(&format!("[[apps]]\n{broken}\n"));
        let problems = Settings::read(&bed.paths()).problems;
        assert_eq!(problems, [SettingsProblem::Apps { left_out: 1 }], "{broken}");
        Settings::remember(&bed.paths(), &app(FIRST)).await.unwrap();
        assert_eq!(ids(&bed), [FIRST], "{broken}");
        assert!(text(&bed).contains(&broken), "{}", text(&bed));
    }
}

#[tokio::test]
async fn a_file_that_is_no_toml_is_said_and_never_written_over() {
    for (foreign, line) in [
        (&b"theme = 1\n[theme\nsecret = \"hush\""[..], "line 2: "),
        (b"\nsecret = hush", "line 2: "),
        (b"\xff\xfe", ""),
    ] {
        let bed = with("");
        fs::write(bed.paths().settings(), foreign).unwrap();
        let settings = Settings::read(&bed.paths());
        assert_eq!(settings.choices, Choices::default());
        let [problem] = &settings.problems[..] else { panic!("{:?}", settings.problems) };
        let problem = settings_problem(problem);
        assert!(problem.contains(&format!("not understood ({line}")) && !problem.contains("hush"), "{problem}");

        let error = Settings::remember(&bed.paths(), &app(FIRST)).await.unwrap_err();
        let problem = Problem::from(&error);
        assert_eq!(problem.code, "settings.not_understood");
        for words in [&problem.message, &problem.details] {
            assert!(!words.contains("hush") && words.contains(line), "{words}");
        }
        let home = bed.home().to_str().unwrap();
        assert!(problem.message.contains(home) && !problem.details.contains(home), "{problem:?}");
        assert_eq!(fs::read(bed.paths().settings()).unwrap(), foreign);
        assert_eq!(bed.names(), ["settings.toml", "vault.lock"]);
    }
}

#[tokio::test]
async fn what_the_file_cannot_tell_is_another_thing_than_what_it_does_not_say() {
    for (text, key_file, files) in [
        ("", Some(None), Some(0)),
        ("theme = 5", Some(None), Some(0)),
        ("key_file = \"/keys/k\"\ntheme = 5", Some(Some("/keys/k")), Some(0)),
        ("key_file = 5", None, Some(0)),
        ("key_file = \"\"", None, Some(0)),
        ("{{{{", None, None),
    ] {
        let bed = with(text);
        let known = settings_file::key_file(&bed.paths()).ok();
        assert_eq!(known, key_file.map(|named| named.map(Into::into)), "{text}");
        let kept = TokenFiles::of(bed.paths(), Arc::new(RealFiles)).list();
        assert_eq!(kept.map(|kept| kept.len()).ok(), files, "{text}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn what_the_system_refuses_is_told_as_that_and_the_file_is_to_stay() {
    use std::io::ErrorKind;

    use spartan_session::error::{Cause, Error, SettingsCause};

    let bed = with("theme = \"dark\"\n");
    let between = bed.paths().settings().with_file_name("settings.toml.new");
    // The temporary file's path is taken by something that can't be overwritten.
    fs::create_dir(&between).unwrap();
    let error = Settings::remember(&bed.paths(), &app(FIRST)).await.unwrap_err();
    assert!(matches!(error.cause, Cause::Settings(SettingsCause::Io { .. })), "{error:?}");
    let full = Cause::Settings(SettingsCause::Io { kind: ErrorKind::StorageFull });
    let told = Problem::from(&Error::new(Step::Settings, full)).to_string();
    assert!(told.contains("no storage space") && told.contains("space left") && !told.contains("remove"), "{told}");
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_a_problem_and_no_change_goes_over_it() {
    let bed = Bed::new();
    fs::create_dir_all(bed.paths().settings()).unwrap();
    assert_eq!(Settings::read(&bed.paths()).problems.len(), 1);
    let error = Settings::remember(&bed.paths(), &app(FIRST)).await.unwrap_err();
    assert_eq!(error.step, Step::Settings);
    assert!(bed.paths().settings().is_dir());
}

#[cfg(unix)]
#[tokio::test]
async fn the_settings_are_the_persons_own() {
    use std::os::unix::fs::PermissionsExt;
    let bed = Bed::new();
    Settings::remember(&bed.paths(), &app(FIRST)).await.unwrap();
    let mode = fs::metadata(bed.paths().settings()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

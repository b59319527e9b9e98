//! Settings entries that can't be read: each is reported, and no token stays in its file silently.

use std::fs;

use spartan_messages::settings_problem;
use spartan_session::{
    error::{EntryFlaw, TokenFileCause},
    format::Format,
    settings::Settings,
    token_files::Named,
};
use spartan_vault::account::Account;

use super::{Project, cause, id, lines, signed_in};

const OTHERS: &str = "A=1\n";

/// Returns a token file whose entry a person then broke.
async fn spoilt(format: Format, spoil: impl Fn(&str, &str) -> String) -> Project {
    let project = Project::new().await;
    if format.name().starts_with("dotenv") {
        project.write("kept", OTHERS);
    }
    project.keep("kept", format).await.unwrap();
    let settings = project.settings();
    let file = settings.lines().find_map(|line| line.strip_prefix("file = ")).unwrap().to_owned();
    fs::write(project.bed.paths().settings(), spoil(&settings, &file)).unwrap();
    project
}

async fn signed_out(project: &Project, staying: Vec<Account>) -> Vec<TokenFileCause> {
    let left = project.token_files().let_go_of(vec![id(1)], staying).await.unwrap();
    left.into_iter().map(|(_, error)| cause(error)).collect()
}

fn has_tokens(project: &Project) -> bool {
    fs::read_to_string(project.path("kept")).is_ok_and(|text| text.contains("v4="))
}

/// How a person changes the settings and the file's name in them.
type Spoil = fn(&str, &str) -> String;

/// Returns every way to break an entry that leaves its file known.
fn methods() -> Vec<(&'static str, Spoil)> {
    vec![
        ("bad format", |entry, _| entry.replace("format = \"", "format = \"x")),
        ("no format", |entry, _| entry.replace("format", "formatt")),
        ("bad account", |entry, _| entry.replace("account = \"", "account = \"x")),
        ("no account", |entry, _| entry.replace("account", "acount")),
        ("account that is a number", |entry, _| entry.replace("account = \"", "account = 7 # \"")),
        ("link that is a number", |entry, _| format!("{entry}link = 7\n")),
        ("relative link", |entry, _| format!("{entry}link = \"x\"\n")),
        ("misspelt file", |entry, _| entry.replace("file =", "fiel =")),
        ("capital file", |entry, _| entry.replace("file =", "File =")),
        ("another name", |entry, _| entry.replace("[[keep]]", "[[Keep]]")),
        ("no such setting", |entry, _| entry.replace("[[keep]]", "[[files]]")),
        ("a table", |entry, _| entry.replace("[[keep]]", "[keep]")),
        ("a nested table", |entry, _| entry.replace("[[keep]]", "[keep.bot]")),
        ("a nested list", |entry, _| entry.replace("[[keep]]", "[[keep.bot]]")),
        ("a text", |_, file| format!("keep = {file}\n")),
        ("a list of texts", |_, file| format!("keep = [{file}]\n")),
        ("a list in it", |_, file| format!("[[keep]]\nfile = [{file}]\n")),
        ("a table in it", |_, file| format!("[[keep]]\nfile = {{ path = {file} }}\n")),
        ("inline tables", |_, file| format!("keep = [{{ file = {file}, format = 7 }}]\n")),
        ("no TOML before it", |entry, _| format!("theme = \n{entry}")),
        ("no TOML behind it", |entry, _| format!("{entry}[theme\n")),
        ("no TOML at it", |_, file| format!("[[keep]\nfile = {file}\n")),
        ("no quote at its end", |_, file| format!("[[keep]]\nfile = {}\n", &file[..file.len() - 1])),
    ]
}

#[tokio::test]
async fn tokens_leave_the_file_of_an_entry_that_is_not_understood() {
    for (method, spoil) in methods() {
        for format in [Format::Dotenv, Format::DotenvSpnkr, Format::Json, Format::Token] {
            let project = spoilt(format, spoil).await;
            let named = project.token_files().unclear();
            assert!(!named.is_empty() && has_tokens(&project), "{method}");
            let settings = project.settings();
            let left = signed_out(&project, vec![]).await;
            assert!(!has_tokens(&project), "{method} {}", format.name());
            let is_unlisted = |cause: &TokenFileCause| matches!(cause, TokenFileCause::Unlisted { .. });
            assert_eq!(
                left.iter().all(is_unlisted),
                left.is_empty() != (named[0].flaw == EntryFlaw::Syntax),
                "{method}: {left:?}"
            );
            assert_eq!(project.settings(), settings, "{method}: the entry is the person's to mend");
            if format == Format::Dotenv {
                assert_eq!(project.text("kept"), OTHERS, "{method}");
            }
        }
    }
}

#[tokio::test]
async fn each_is_named_among_the_mistakes_of_the_settings() {
    for (method, spoil) in methods() {
        let project = spoilt(Format::Dotenv, spoil).await;
        let settings = Settings::read(&project.bed.paths());
        let told: String = settings.problems.iter().map(settings_problem).collect();
        assert!(settings.token_files.is_empty() && !told.is_empty(), "{method}");
        if !told.contains("every setting is as usual") {
            let path = project.path("kept").display().to_string();
            assert!(told.contains(&path) && told.contains("is not understood"), "{method}: {told}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_told_to_be_ours_stays_and_is_told() {
    let no_format = |entry: &str, _: &str| entry.replace("format", "formatt");
    for text in ["HALO_SPARTAN_TOKEN=v4=mine\n", "{\"spartan_token\": \"v4=x\", \"mine\": 1}", "my v4=token"] {
        let project = spoilt(Format::Dotenv, no_format).await;
        project.write("kept", text);
        let file = Some(project.path("kept"));
        let told = TokenFileCause::Unclear { place: "[[keep]] 1".into(), flaw: EntryFlaw::Format, file };
        assert_eq!(signed_out(&project, vec![]).await, vec![told.clone()], "{text}");
        let (named, error) = project.token_files().let_go_of_all().await.unwrap().remove(0);
        assert!(matches!(named, Named::Entry(_)));
        assert_eq!(cause(error), told);
        assert_eq!(project.text("kept"), text);
    }
}

#[tokio::test]
async fn an_entry_that_names_no_file_that_can_be_found_is_told() {
    for entry in [
        "keep = 7",
        "keep = true",
        "[[keep]]",
        "[[keep]]\nfile = 7",
        "[[keep]]\nfile = \"no/such/.env\"",
        "[[keep]]\nfile = \"$PROJECT/.env\"",
    ] {
        let project = Project::new().await;
        fs::write(project.bed.paths().settings(), entry).unwrap();
        let left = signed_out(&project, vec![]).await;
        assert!(matches!(&left[..], [TokenFileCause::Unclear { file: None, .. }]), "{entry}: {left:?}");
    }
}

#[cfg(unix)]
/// Returns an entry whose `file` is spelled so that it means more than one file, or another one than it says.
fn spelled() -> Vec<(&'static str, Spoil)> {
    fn with(entry: &str, file: &str, spell: impl Fn(&str) -> String) -> String {
        entry.replace(file, &format!("\"{}\"", spell(file.trim_matches('"'))))
    }
    fn folder(path: &str) -> (&str, &str) {
        path.rsplit_once('/').unwrap()
    }
    vec![
        ("a space at its end", |entry, file| with(entry, file, |path| format!("{path} "))),
        ("a space at its start", |entry, file| with(entry, file, |path| format!(" {path}"))),
        ("a line break at its end", |entry, file| with(entry, file, |path| format!("{path}\\n"))),
        ("a character that can't be seen", |entry, file| with(entry, file, |path| format!("{path}\\u200b"))),
        ("a wildcard", |entry, file| with(entry, file, |path| format!("{}/ke*", folder(path).0))),
        ("a wildcard for a letter", |entry, file| with(entry, file, |path| format!("{}/kep?", folder(path).0))),
        ("a wildcard for its folder", |entry, file| with(entry, file, |path| path.replace("/.tmp", "/*tmp"))),
        ("a variable", |entry, file| with(entry, file, |path| path.replace("/.tmp", "/${PROJECT}tmp"))),
        ("another variable", |entry, file| with(entry, file, |path| format!("{}/${{NAME}}", folder(path).0))),
        ("a variable of Windows", |entry, file| with(entry, file, |path| format!("{}/%NAME%", folder(path).0))),
    ]
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_is_not_written_out_is_found_and_named() {
    for (method, spell) in spelled() {
        let project = spoilt(Format::Dotenv, spell).await;
        let unclear = project.token_files().unclear();
        assert_eq!(unclear.len(), 1, "{method}");
        assert!(matches!(unclear[0].flaw, EntryFlaw::Spelling | EntryFlaw::File), "{method}: {:?}", unclear[0].flaw);
        let problems = Settings::read(&project.bed.paths()).problems;
        let expected: Vec<_> = unclear.iter().cloned().map(spartan_session::settings::SettingsProblem::Entry).collect();
        assert_eq!(problems, expected, "{method}");
        assert_eq!(signed_out(&project, vec![]).await, [], "{method}");
        assert_eq!(project.text("kept"), OTHERS, "{method}");
        // Nothing is left in any file that it may mean, but it may mean another one.
        let left = signed_out(&project, vec![]).await;
        assert!(matches!(&left[..], [TokenFileCause::Unclear { file: None, .. }]), "{method}: {left:?}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_wildcard_takes_no_tokens_of_somebody_who_stays_and_nothing_that_is_not_ours() {
    let wildcard = |entry: &str, file: &str| {
        let folder = file.trim_matches('"').rsplit_once('/').unwrap().0;
        entry.replace(file, &format!("\"{folder}/*\""))
    };
    let project = spoilt(Format::Dotenv, wildcard).await;
    let others = lines(1).replace("v4=a1-1", "v4=a2-1");
    project.write("others", &others);
    project.write("mine", "a poem\n");
    assert_eq!(signed_out(&project, vec![signed_in(2, 1)]).await, []);
    assert_eq!((project.text("kept").as_str(), project.text("mine").as_str()), (OTHERS, "a poem\n"));
    assert_eq!(project.text("others"), others);
}

#[cfg(unix)]
#[tokio::test]
async fn what_a_wildcard_matches_is_ours_only_if_it_shows() {
    for format in [Format::Clearance, Format::Dotenv] {
        let wildcard = |entry: &str, file: &str| {
            let folder = file.trim_matches('"').rsplit_once('/').unwrap().0;
            entry.replace(file, &format!("\"{folder}/m*\""))
        };
        let project = spoilt(format, wildcard).await;
        for text in ["word", "HALO_SPARTAN_TOKEN=v4=mine\n"] {
            let file = Some(project.write("mine", text));
            let left = signed_out(&project, vec![]).await;
            let told = TokenFileCause::Unclear { place: "[[keep]] 1".into(), flaw: EntryFlaw::Spelling, file };
            assert_eq!((left, project.text("mine").as_str()), (vec![told], text));
        }
    }
}

#[cfg(unix)]
#[tokio::test]
async fn no_file_is_set_up_whose_name_the_settings_would_not_understand() {
    for name in ["kept ", "ke*t", "~kept", "$KEPT", "${KEPT}", "%KEPT%", "k\u{200b}ept"] {
        let project = Project::new().await;
        let refused = project.keep(name, Format::Dotenv).await.unwrap_err();
        assert!(matches!(refused, TokenFileCause::Unnameable { .. }), "{name:?}: {refused:?}");
        assert_eq!((project.settings().as_str(), project.names()), ("", vec![]));
    }
    for name in ["a b", "kept~", "[x]{y}", "100%", "a$", "#1"] {
        let project = Project::new().await;
        project.keep(name, Format::Dotenv).await.unwrap();
        assert_eq!(project.token_files().unclear(), [], "{name}");
    }
}

#[tokio::test]
async fn a_relative_path_is_looked_for_beside_the_settings() {
    let project = spoilt(Format::Dotenv, |entry, file| entry.replace(file, "\"it.env\"")).await;
    let beside = project.bed.paths().settings().with_file_name("it.env");
    fs::write(&beside, format!("{OTHERS}{}", lines(1))).unwrap();
    assert_eq!(signed_out(&project, vec![]).await, []);
    assert_eq!(fs::read_to_string(&beside).unwrap(), OTHERS);
    // An empty name may not be the intended file.
    let left = signed_out(&project, vec![]).await;
    assert!(matches!(&left[..], [TokenFileCause::Unclear { file: None, .. }]), "{left:?}");
}

#[tokio::test]
async fn where_no_file_or_a_folder_is_nothing_is_left() {
    for is_folder in [true, false] {
        let project = spoilt(Format::Json, |entry, _| entry.replace("account = \"", "account = \"x")).await;
        fs::remove_file(project.path("kept")).unwrap();
        if is_folder {
            fs::create_dir(project.path("kept")).unwrap();
        }
        assert_eq!(signed_out(&project, vec![]).await, []);
        assert_eq!(project.token_files().let_go_of_all().await, Ok(vec![]));
    }
}

/// On Windows, the path is spelled in another way.
#[cfg(unix)]
#[tokio::test]
async fn an_entry_whose_other_keys_may_name_the_file_is_told_though_its_path_holds_nothing() {
    let split = |key: &str, entry: &str, file: &str| {
        let (folder, name) = file.trim_matches('"').rsplit_once('/').unwrap();
        let line = format!("file = {file}");
        assert!(entry.contains(&line));
        entry.replace(&line, &format!("{key} = \"{folder}\"\nname = \"{name}\""))
    };
    for key in ["dir", "folder", "path"] {
        let project = spoilt(Format::Dotenv, |entry, file| split(key, entry, file)).await;
        let left = signed_out(&project, vec![]).await;
        assert!(matches!(&left[..], [TokenFileCause::Unclear { file: None, .. }]), "{key}: {left:?}");
        assert!(matches!(&project.token_files().let_go_of_all().await.unwrap()[..], [(Named::Entry(_), _)]), "{key}");
    }
    let whole = |entry: &str, file: &str| entry.replace(&format!("file = {file}"), &format!("where = {file}"));
    let project = spoilt(Format::Dotenv, whole).await;
    fs::remove_file(project.path("kept")).unwrap();
    let left = signed_out(&project, vec![]).await;
    assert!(matches!(&left[..], [TokenFileCause::Unclear { file: None, .. }]), "{left:?}");
}

#[tokio::test]
async fn tokens_of_somebody_who_stays_are_not_taken_out_at_anothers_sign_out() {
    let other = signed_in(2, 1);
    for spoil in [
        |entry: &str, _: &str| entry.replace("account = \"", "account = \"x"),
        |entry: &str, _: &str| {
            entry.replace(&id(1).0.to_string(), &id(2).0.to_string()).replace("format = \"", "format = \"x")
        },
    ] {
        let project = spoilt(Format::Dotenv, spoil).await;
        let text = project.text("kept").replace("v4=a1-1", "v4=a2-1");
        project.write("kept", &text);
        assert_eq!(signed_out(&project, vec![other.clone()]).await, []);
        assert_eq!(project.text("kept"), text);
        assert_eq!(project.token_files().let_go_of_all().await, Ok(vec![]));
        assert_eq!(project.text("kept"), OTHERS);
    }
}

#[tokio::test]
async fn a_second_entry_for_a_file_is_looked_at_for_itself() {
    let project = Project::new().await;
    project.keep("kept", Format::Dotenv).await.unwrap();
    let second = project.settings().replace("dotenv", "dotenv-spnkr");
    let both = format!("{}{second}", project.settings());
    fs::write(project.bed.paths().settings(), both).unwrap();
    project.write("kept", format!("{}SPNKR_SPARTAN_TOKEN=v4=a1-1\n", lines(1)));
    assert_eq!(signed_out(&project, vec![]).await, []);
    assert!(!has_tokens(&project));
    assert!(project.settings().contains("dotenv-spnkr") && !project.settings().contains("\"dotenv\""));
}

#[tokio::test]
async fn a_file_of_such_an_entry_can_be_stopped_by_its_name() {
    let project = spoilt(Format::Dotenv, |entry, _| entry.replace("account = \"", "account = \"x")).await;
    assert_eq!(project.token_files().stop(project.path("kept")).await.unwrap(), project.path("kept"));
    assert_eq!(project.text("kept"), OTHERS);
}

#[tokio::test]
async fn setting_a_file_up_writes_over_nothing_that_is_no_list() {
    for text in ["keep = \"/x/.env\"\n", "keep = [\"/x/.env\"]\n", "[keep]\nfile = \"/x/.env\"\n"] {
        let project = Project::new().await;
        fs::write(project.bed.paths().settings(), text).unwrap();
        let refused = project.keep(".env", Format::Dotenv).await.unwrap_err();
        assert_eq!(refused, TokenFileCause::NoList, "{text}");
        assert_eq!((project.settings().as_str(), project.names()), (text, vec![]));
    }
}

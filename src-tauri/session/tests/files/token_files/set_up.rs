//! Setting up a file: what is written, what is reported, and what is in the settings.

use std::fs;

use spartan_messages::settings_problem;
use spartan_session::{
    error::{Cause, TokenFileCause},
    format::Format,
    settings::{Settings, SettingsProblem, token_file::FORMATS},
    token_files::{Standing, Warning, Written},
};
use spartan_vault::keyring::Interaction;

use super::{Project, at, id, lines, moment};

#[tokio::test]
async fn a_file_that_is_not_there_is_made_for_its_owner_alone() {
    let project = Project::new().await;
    let set_up = project.keep(".env", Format::Dotenv).await.unwrap();
    assert_eq!((set_up.written, set_up.was_open, set_up.token_file.link), (Written::Anew, None, None));
    assert_eq!(project.text(".env"), lines(1));
    assert_eq!(project.names(), [".env"]);
    #[cfg(unix)]
    assert_eq!(mode(&project, ".env"), 0o600);
}

#[tokio::test]
async fn each_format_holds_the_tokens_and_none_more_than_halo_asks_for() {
    let project = Project::new().await;
    for format in FORMATS {
        project.keep(format.name(), format).await.unwrap();
        let text = project.text(format.name());
        let holds_token = !matches!(format, Format::Clearance | Format::ClearanceHeader);
        assert_eq!(text.contains("v4=a1-1"), holds_token, "{format}: {text}");
        assert!(!text.contains("XBL3.0") && !text.contains("=r"), "{format}: {text}");
        assert_eq!(text.ends_with('\n'), format.group() == spartan_session::format::Group::Settings, "{format}");
    }
    project.renewed(1, 2).await;
    project.refresh().await;
    for format in FORMATS {
        let text = project.text(format.name());
        assert!(!text.contains("v4=a1-1") && !text.contains("c1"), "{format}: {text}");
    }
    assert_eq!(project.token_files().let_go_of_all().await.unwrap(), []);
    assert_eq!(project.names(), [""; 0]);
}

#[tokio::test]
async fn formats_in_which_nothing_ages_or_too_much_is_said_are_refused() {
    let project = Project::new().await;
    for format in Format::ALL.into_iter().filter(|format| !FORMATS.contains(format)) {
        let refused = project.keep("x", format).await.unwrap_err();
        assert_eq!(refused, TokenFileCause::NotThisFormat { format: format.name().into() });
    }
    assert_eq!((project.names(), project.settings().as_str()), (vec![], ""));
}

#[tokio::test]
async fn the_settings_name_it_beside_what_else_stands_there() {
    let project = Project::new().await;
    fs::write(project.bed.paths().settings(), "# mine\ntheme = \"dark\" # at night\n").unwrap();
    project.keep("a.env", Format::Dotenv).await.unwrap();
    project.keep("b.json", Format::Json).await.unwrap();
    let (a, account) = (project.path("a.env"), id(1).0);
    // As a person would write it: a path with backslashes is in quotes that leave them unchanged.
    let quote = if cfg!(windows) { '\'' } else { '"' };
    let entry =
        format!("[[keep]]\nfile = {quote}{}{quote}\nformat = \"dotenv\"\naccount = \"{account}\"\n", a.display());
    let settings = project.settings();
    assert!(settings.starts_with("# mine\ntheme = \"dark\" # at night\n") && settings.contains(&entry), "{settings}");
    let names: Vec<_> = project.token_files().list().unwrap().into_iter().map(|kept| kept.file).collect();
    assert_eq!(names, [a.clone(), project.path("b.json")]);
    project.token_files().stop(a).await.unwrap();
    assert!(!project.settings().contains("a.env") && project.settings().contains("b.json"));
}

#[tokio::test]
async fn an_entry_that_is_not_understood_is_told_and_the_others_hold() {
    let project = Project::new().await;
    project.keep(".env", Format::Dotenv).await.unwrap();
    let good = project.settings();
    let account = id(1).0;
    for bad in [
        format!("file = \".env\"\nformat = \"dotenv\"\naccount = \"{account}\""),
        format!("file = \"/x/.env\"\nformat = \"hush\"\naccount = \"{account}\""),
        "file = \"/x/.env\"\nformat = \"dotenv\"\naccount = \"hush\"".to_owned(),
        format!("format = \"dotenv\"\naccount = \"{account}\""),
        format!("file = \"/x/.env\"\nlink = \"y\"\nformat = \"dotenv\"\naccount = \"{account}\""),
    ] {
        fs::write(project.bed.paths().settings(), format!("{good}\n[[keep]]\n{bad}\n")).unwrap();
        let settings = Settings::read(&project.bed.paths());
        let [problem @ SettingsProblem::Entry(entry)] = &settings.problems[..] else {
            panic!("{bad}: {:?}", settings.problems)
        };
        assert!(entry.place == "[[keep]] 2" && !settings_problem(problem).contains("hush"), "{entry:?}");
        assert_eq!(settings.token_files.len(), 1, "{bad}");
    }
    fs::write(project.bed.paths().settings(), "keep = 3\n").unwrap();
    let settings = Settings::read(&project.bed.paths());
    assert!(settings.token_files.is_empty());
    assert!(matches!(&settings.problems[..], [SettingsProblem::Entry(entry)] if entry.place == "keep"));
}

#[tokio::test]
async fn setting_it_up_once_more_in_another_way_leaves_one_entry_and_nothing_of_before() {
    let project = Project::new().await;
    project.renewed(2, 1).await;
    project.write(".env", "A=1\n");
    project.keep(".env", Format::Dotenv).await.unwrap();
    let again = project.keep(".env", Format::Dotenv).await.unwrap();
    assert_eq!(again.written, Written::Same);

    project.keep(".env", Format::DotenvSpnkr).await.unwrap();
    let text = project.text(".env");
    assert!(text.starts_with("A=1\n# Kept") && text.contains("SPNKR_SPARTAN_TOKEN=v4=a1-1\n"), "{text}");
    assert!(!text.contains("HALO_"), "{text}");

    let vault = project.bed.vault();
    project
        .token_files()
        .keep(&vault, Interaction::Forbidden, project.path(".env"), Format::Dotenv, id(2))
        .await
        .unwrap();
    assert!(project.text(".env").contains("HALO_SPARTAN_TOKEN=v4=a2-1\n"));
    assert_eq!(project.token_files().list().unwrap().len(), 1);

    // Other content would be lost.
    let refused = project.keep(".env", Format::Json).await.unwrap_err();
    assert_eq!(refused, TokenFileCause::Foreign { file: project.path(".env") });
    assert_eq!(project.token_files().list().unwrap()[0].format, Format::Dotenv);
}

#[tokio::test]
async fn an_account_without_a_token_is_kept_from_its_first_one_on() {
    let project = Project::new().await;
    let bare = crate::bed::account(3);
    let vault = project.bed.vault();
    vault.change(Interaction::Forbidden, |contents| contents.put(bare)).await.unwrap();
    let set_up = project
        .token_files()
        .keep(&vault, Interaction::Forbidden, project.path(".env"), Format::Dotenv, id(3))
        .await
        .unwrap();
    assert_eq!((set_up.written, project.names()), (Written::NotYet, vec![]));
    let contents = vault.read(Interaction::Forbidden).await.unwrap();
    assert_eq!(project.token_files().standing(&set_up.token_file, &contents, moment(at(0))), Standing::NotYet);
    project.renewed(3, 1).await;
    project.refresh().await;
    assert!(project.text(".env").contains("HALO_SPARTAN_TOKEN=v4=a3-1\n"));
}

#[tokio::test]
async fn an_account_that_is_not_signed_in_cannot_be_kept() {
    let project = Project::new().await;
    let refused = project
        .token_files()
        .keep(&project.bed.vault(), Interaction::Forbidden, project.path(".env"), Format::Dotenv, id(7))
        .await;
    assert_eq!(refused.unwrap_err().cause, Cause::SignedOutElsewhere { account: None });
    assert_eq!((project.names(), project.token_files().list().unwrap()), (vec![], vec![]));
}

#[tokio::test]
async fn it_says_when_git_would_take_the_token_along() {
    let project = Project::new().await;
    let file = project.write(".env", "A=1\n");
    for arguments in [&["init", "--quiet"][..], &["add", ".env"]] {
        let git = std::process::Command::new("git").args(arguments).current_dir(file.parent().unwrap()).status();
        assert!(git.unwrap().success());
    }
    let set_up = project.keep(".env", Format::Dotenv).await.unwrap();
    assert_eq!(set_up.warnings, [Warning::Tracked { file }]);
    let set_up = project.keep("new.env", Format::Dotenv).await.unwrap();
    assert_eq!(set_up.warnings, [Warning::NotIgnored { file: project.path("new.env") }]);
}

#[cfg(unix)]
#[tokio::test]
async fn a_mode_that_lets_others_read_is_told_and_becomes_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt;

    use spartan_session::error::OpenTo;
    for (before, told) in [(0o644, Some(0o644)), (0o660, Some(0o660)), (0o600, None), (0o400, None)] {
        let project = Project::new().await;
        let file = project.write(".env", "A=1\n");
        fs::set_permissions(&file, fs::Permissions::from_mode(before)).unwrap();
        let set_up = project.keep(".env", Format::Dotenv).await.unwrap();
        assert_eq!((set_up.was_open, mode(&project, ".env")), (told.map(OpenTo::Mode), 0o600));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        let contents = project.bed.vault().read(Interaction::Forbidden).await.unwrap();
        assert_eq!(project.token_files().standing(&set_up.token_file, &contents, moment(at(0))), Standing::Older);
        project.refresh().await;
        assert_eq!(mode(&project, ".env"), 0o600);
    }
}

#[cfg(unix)]
fn mode(project: &Project, name: &str) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(project.path(name)).unwrap().permissions().mode() & 0o7777
}

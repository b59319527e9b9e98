//! Files that tokens are written to once: only what's ours is replaced, and nobody else can read them.

use std::fs;

use spartan_session::{
    error::TokenFileCause,
    format::{Format, Shell, Subject, With, variables},
    token_files::{Once, WrittenOnce},
};

use super::{Project, cause, signed_in};

const COMMENT: &str = "# The Spartan token is good until 2026-11-22T11:00:00Z.\n";
const LINES: &str = "HALO_SPARTAN_TOKEN=v4=a1-1\nHALO_CLEARANCE_TOKEN=c1\n";

/// Returns the nth tokens in a format.
fn format(format: Format, n: u32) -> Once {
    let player = signed_in(1, n).tokens.player().unwrap();
    Once::of_format(format, format.write(&Subject { player: &player, account: None }).unwrap())
}

/// Returns the first tokens as lines of a shell.
fn sets(shell: Shell, with: With) -> Once {
    let player = signed_in(1, 1).tokens.player().unwrap();
    Once::of_variables(shell, &variables(&Subject { player: &player, account: None }, with))
}

async fn written(project: &Project, name: &str, once: Once) -> Result<WrittenOnce, TokenFileCause> {
    project.token_files().write_once(project.path(name), once).await.map_err(cause)
}

/// Returns the file after this is written to it.
async fn after(project: &Project, before: &str, once: Once) -> String {
    project.write(".env", before);
    written(project, ".env", once).await.unwrap();
    project.text(".env")
}

#[tokio::test]
async fn a_new_file_holds_the_text_alone_and_nothing_is_kept_fresh() {
    let project = Project::new().await;
    for (name, once, text) in [
        ("a", sets(Shell::Dotenv, With::HaloAlone), LINES.to_owned()),
        ("b", format(Format::Dotenv, 1), format!("{COMMENT}{LINES}")),
        ("c", format(Format::Token, 1), "v4=a1-1\n".to_owned()),
        (
            "d",
            sets(Shell::Posix, With::HaloAlone),
            "export HALO_SPARTAN_TOKEN='v4=a1-1'\nexport HALO_CLEARANCE_TOKEN='c1'\n".to_owned(),
        ),
    ] {
        let came = written(&project, name, once).await.unwrap();
        assert_eq!(came, WrittenOnce { file: project.path(name), was_open: None, warnings: vec![] });
        assert_eq!(project.text(name), text);
    }
    assert_eq!(project.names(), ["a", "b", "c", "d"]);
    assert_eq!(project.token_files().list().unwrap(), []);
}

#[tokio::test]
async fn other_lines_of_a_env_stay_and_no_comment_with_an_older_expiry_does() {
    let project = Project::new().await;
    let env = || sets(Shell::Dotenv, With::HaloAlone);
    let mine = "# mine\r\nA='x\r\ny'\r\n";
    assert_eq!(after(&project, mine, env()).await, format!("{mine}{}", LINES.replace('\n', "\r\n")));
    assert_eq!(
        after(&project, "export HALO_SPARTAN_TOKEN=old\nA=1\n", env()).await,
        "export HALO_SPARTAN_TOKEN=v4=a1-1\nHALO_CLEARANCE_TOKEN=c1\nA=1\n"
    );
    let kept = format!("A=1\n{}", super::lines(2));
    assert_eq!(after(&project, &kept, env()).await, format!("A=1\n{LINES}"));
    let copied = format!("A=1\n# The Spartan token is good until 2020-01-01T00:00:00Z.\n{LINES}");
    assert_eq!(after(&project, &copied, format(Format::Dotenv, 1)).await, format!("A=1\n{COMMENT}{LINES}"));
    let xbl = after(&project, "XBL_AUTHORIZATION=old\n", sets(Shell::Dotenv, With::Xbl)).await;
    assert!(xbl.starts_with("XBL_AUTHORIZATION='XBL3.0 x=7;x'\n") && xbl.ends_with(LINES), "{xbl}");
}

#[tokio::test]
async fn a_whole_file_is_replaced_if_it_was_written_by_this_program_and_otherwise_refused() {
    let project = Project::new().await;
    for format_ in Format::ALL {
        let is_lines = matches!(format_, Format::Dotenv | Format::DotenvSpnkr);
        project.write("file", "");
        written(&project, "file", format(format_, 1)).await.unwrap();
        let first = project.text("file");
        written(&project, "file", format(format_, 1)).await.unwrap();
        assert_eq!(project.text("file"), first, "{format_}: the same text may be there");
        let of_mine = ["my poem", "hunter2", "{\"spartan_token\": \"\", \"mine\": 1}", "v4=a\nmine", "1"];
        for mine in of_mine.into_iter().filter(|_| !is_lines) {
            project.write("file", mine);
            let refused = written(&project, "file", format(format_, 1)).await;
            assert_eq!(refused, Err(TokenFileCause::Foreign { file: project.path("file") }), "{format_}");
            assert_eq!(project.text("file"), mine, "{format_}");
        }
    }
    for shown in [Format::Token, Format::Header, Format::Json, Format::XblHeader] {
        project.write("file", "");
        written(&project, "file", format(shown, 1)).await.unwrap();
        written(&project, "file", format(shown, 2)).await.unwrap_or_else(|why| panic!("{shown}: {why:?}"));
    }
    for shell in [Shell::Posix, Shell::Powershell] {
        project.write("file", "");
        written(&project, "file", sets(shell, With::Xbl)).await.unwrap();
        let first = project.text("file");
        written(&project, "file", sets(shell, With::HaloAlone)).await.unwrap();
        assert!(first.starts_with(&project.text("file")), "{first}");
        project.write("file", format!("{first}export MINE=1\n"));
        assert!(written(&project, "file", sets(shell, With::HaloAlone)).await.is_err());
    }
}

#[tokio::test]
async fn a_folder_a_file_in_none_one_of_this_programs_and_one_that_is_no_text_are_refused() {
    let project = Project::new().await;
    let refused = async |file: std::path::PathBuf| {
        let once = sets(Shell::Dotenv, With::HaloAlone);
        project.token_files().write_once(file, once).await.map_err(cause).unwrap_err()
    };
    fs::create_dir(project.path("folder")).unwrap();
    let (folder, missing) = (project.path("folder"), project.path("missing"));
    assert_eq!(refused(folder.clone()).await, TokenFileCause::NotAFile { file: folder });
    assert_eq!(refused(missing.join(".env")).await, TokenFileCause::NoFolder { folder: missing });
    let ours = dunce::canonicalize(project.bed.home()).unwrap();
    assert!(matches!(refused(ours.join("vault")).await, TokenFileCause::OurFolder { .. }));
    let file = project.write("utf-16.env", b"\xFF\xFEA\0");
    assert_eq!(refused(file.clone()).await, TokenFileCause::NotText { file });
}

#[cfg(unix)]
mod on_unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use spartan_session::error::OpenTo;

    use super::*;

    fn mode(project: &Project, name: &str) -> u32 {
        fs::metadata(project.path(name)).unwrap().permissions().mode() & 0o777
    }

    #[tokio::test]
    async fn only_the_person_can_read_it_then_whoever_could_before() {
        let project = Project::new().await;
        written(&project, "new", format(Format::Token, 1)).await.unwrap();
        assert_eq!(mode(&project, "new"), 0o600);
        for once in [format(Format::Dotenv, 1), format(Format::Dotenv, 1)] {
            fs::set_permissions(project.write("open", ""), fs::Permissions::from_mode(0o644)).unwrap();
            let came = written(&project, "open", once).await.unwrap();
            assert_eq!((came.was_open, mode(&project, "open")), (Some(OpenTo::Mode(0o644)), 0o600));
        }
        let open = fs::Permissions::from_mode(0o644);
        fs::set_permissions(project.path("open"), open).unwrap();
        written(&project, "open", format(Format::Dotenv, 1)).await.unwrap();
        assert_eq!(mode(&project, "open"), 0o600, "although the text is there already");
    }

    #[tokio::test]
    async fn a_link_stays_and_the_file_it_leads_to_is_written() {
        let project = Project::new().await;
        project.write("real", "A=1\n");
        symlink("real", project.path("link")).unwrap();
        symlink("new", project.path("dangling")).unwrap();
        for (link, file) in [("link", "real"), ("dangling", "new")] {
            let came = written(&project, link, sets(Shell::Dotenv, With::HaloAlone)).await.unwrap();
            assert_eq!(came.file, project.path(file));
            assert!(project.path(link).is_symlink() && project.text(file).ends_with(LINES));
        }
        symlink("round", project.path("round")).unwrap();
        symlink("/dev/stdout", project.path("out")).unwrap();
        let out = written(&project, "out", format(Format::Token, 1)).await;
        assert_eq!(out, Err(TokenFileCause::NotAFile { file: project.path("out") }));
        let round = written(&project, "round", format(Format::Token, 1)).await;
        assert_eq!(round, Err(TokenFileCause::NotAFile { file: project.path("round") }));
    }

    #[tokio::test]
    async fn a_folder_that_others_can_read_is_fine_and_one_that_they_can_write_in_is_refused() {
        let project = Project::new().await;
        fs::create_dir(project.path("folder")).unwrap();
        let set = |mode| fs::set_permissions(project.path("folder"), fs::Permissions::from_mode(mode)).unwrap();
        set(0o755);
        written(&project, "folder/.env", sets(Shell::Dotenv, With::HaloAlone)).await.unwrap();
        set(0o777);
        let refused = written(&project, "folder/.env", sets(Shell::Dotenv, With::HaloAlone)).await;
        assert_eq!(
            refused,
            Err(TokenFileCause::OthersCanWrite { folder: project.path("folder"), to: OpenTo::Mode(0o777) })
        );
        set(0o1777);
        written(&project, "folder/.env", sets(Shell::Dotenv, With::HaloAlone)).await.unwrap();
    }
}

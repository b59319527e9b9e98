//! Places where no token is written: at set-up, and later after they have changed.

use std::{fs, path::Path};

use spartan_messages::Problem;
use spartan_session::{
    error::{Error, TokenFileCause},
    format::Format,
    token_files::{Standing, Written},
};
use spartan_vault::keyring::Interaction;

use super::{Project, at, cause, id, moment};

/// Returns the result of refreshing the only token file.
async fn refreshed(project: &Project) -> Result<Written, TokenFileCause> {
    let mut all = project.token_files().refresh(&project.bed.vault()).await.unwrap();
    let (kept, came) = all.pop().unwrap();
    assert!(all.is_empty());
    let contents = project.bed.vault().read(Interaction::Forbidden).await.unwrap();
    let standing = project.token_files().standing(&kept, &contents, moment(at(0)));
    assert_eq!(matches!(standing, Standing::Refused(_)), came.is_err(), "{standing:?}");
    came.map_err(cause)
}

async fn is_refused(project: &Project, file: &Path, format: Format) -> TokenFileCause {
    let before = fs::read(file).ok();
    let refused = project
        .token_files()
        .keep(&project.bed.vault(), Interaction::Forbidden, file.into(), format, id(1))
        .await
        .map_err(cause);
    assert_eq!((project.token_files().list().unwrap(), fs::read(file).ok()), (vec![], before));
    refused.unwrap_err()
}

#[tokio::test]
async fn a_file_of_somebody_elses_making_is_refused_unless_it_is_empty() {
    let project = Project::new().await;
    for text in ["{}", "\n", "v4=mine", "A=1\n"] {
        let file = project.write("token", text);
        for format in [Format::Token, Format::Json, Format::Clearance, Format::Header] {
            assert_eq!(is_refused(&project, &file, format).await, TokenFileCause::Foreign { file: file.clone() });
        }
    }
    project.write("token", "");
    project.keep("token", Format::Token).await.unwrap();
    assert_eq!(project.text("token"), "v4=a1-1");
}

#[tokio::test]
async fn what_a_person_has_put_into_a_file_of_ours_stays() {
    let project = Project::new().await;
    for (name, format) in [("token", Format::Token), ("t.json", Format::Json), ("header", Format::Header)] {
        project.keep(name, format).await.unwrap();
        let file = project.write(name, "my poem\nin two lines\n");
        project.renewed(1, 2).await;
        assert_eq!(refreshed(&project).await, Err(TokenFileCause::Foreign { file: file.clone() }));
        let stopped = cause(project.token_files().stop(file.clone()).await.unwrap_err());
        assert_eq!(stopped, TokenFileCause::NoLongerOurs { file });
        assert_eq!(
            (project.text(name).as_str(), project.token_files().list().unwrap()),
            ("my poem\nin two lines\n", vec![])
        );
    }
}

#[tokio::test]
async fn lines_in_an_encoding_of_two_bytes_are_left_alone() {
    let project = Project::new().await;
    for text in [&b"\xFF\xFEA\0=\x001\0\n\0"[..], b"\xFE\xFF\0A", b"A\0=\0"] {
        let file = project.write(".env", text);
        assert_eq!(is_refused(&project, &file, Format::Dotenv).await, TokenFileCause::NotText { file });
    }
}

#[tokio::test]
async fn a_folder_and_a_file_in_none_are_no_place() {
    let project = Project::new().await;
    fs::create_dir(project.path("folder")).unwrap();
    let folder = project.path("folder");
    assert_eq!(is_refused(&project, &folder, Format::Dotenv).await, TokenFileCause::NotAFile { file: folder });
    let missing = project.path("missing");
    assert_eq!(
        is_refused(&project, &missing.join(".env"), Format::Dotenv).await,
        TokenFileCause::NoFolder { folder: missing }
    );
    let root = Path::new("/");
    assert!(matches!(is_refused(&project, root, Format::Dotenv).await, TokenFileCause::NotAFile { .. }));
}

#[tokio::test]
async fn the_folders_of_this_program_are_no_place() {
    let project = Project::new().await;
    let ours = dunce::canonicalize(project.bed.home()).unwrap();
    fs::create_dir(ours.join("inner")).unwrap();
    for file in [ours.join(".env"), ours.join("vault"), ours.join("settings.toml"), ours.join("inner/.env")] {
        let refused = is_refused(&project, &file, Format::Dotenv).await;
        assert!(matches!(refused, TokenFileCause::OurFolder { .. }), "{refused:?}");
    }
}

#[cfg(unix)]
mod on_unix {
    use std::{
        ffi::OsStr,
        os::unix::{
            ffi::OsStrExt,
            fs::{PermissionsExt, symlink},
        },
    };

    use spartan_session::error::OpenTo;

    use super::{super::lines, *};

    #[tokio::test]
    async fn a_folder_in_which_others_can_write_is_refused_then_and_later() {
        let project = Project::new().await;
        let folder = project.path("shared");
        fs::create_dir_all(folder.join("own")).unwrap();
        let set = |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
        let told = |mode| TokenFileCause::OthersCanWrite { folder: folder.clone(), to: OpenTo::Mode(mode) };
        set(0o777);
        for file in [folder.join(".env"), folder.join("own/.env")] {
            assert_eq!(is_refused(&project, &file, Format::Dotenv).await, told(0o777));
        }
        set(0o755);
        project.keep("shared/own/.env", Format::Dotenv).await.unwrap();
        set(0o702);
        project.renewed(1, 2).await;
        assert_eq!(refreshed(&project).await, Err(told(0o702)));
        assert_eq!(project.text("shared/own/.env"), lines(1));
        set(0o700);
        assert_eq!(refreshed(&project).await, Ok(Written::Anew));
    }

    #[tokio::test]
    async fn a_link_is_followed_at_set_up_and_refused_once_it_leads_elsewhere() {
        let project = Project::new().await;
        fs::create_dir(project.path("secrets")).unwrap();
        project.write("secrets/real.env", "A=1\n");
        symlink("secrets/real.env", project.path("middle")).unwrap();
        symlink(project.path("middle"), project.path(".env")).unwrap();
        let set_up = project.keep(".env", Format::Dotenv).await.unwrap();
        assert_eq!(set_up.token_file.file, project.path("secrets/real.env"));
        assert_eq!(set_up.token_file.link, Some(project.path(".env")));
        assert!(fs::symlink_metadata(project.path(".env")).unwrap().is_symlink());
        assert_eq!(project.text("secrets/real.env"), format!("A=1\n{}", lines(1)));
        assert!(project.settings().contains("\nlink = "));

        project.write("victim", "B=2\n");
        fs::remove_file(project.path("middle")).unwrap();
        symlink("victim", project.path("middle")).unwrap();
        project.renewed(1, 2).await;
        let told = TokenFileCause::LinkChanged { file: project.path(".env") };
        assert_eq!(refreshed(&project).await, Err(told.clone()));
        assert_eq!(project.text("victim"), "B=2\n");
        assert_eq!(project.text("secrets/real.env"), format!("A=1\n{}", lines(1)));

        // Setting it up again confirms it.
        project.keep(".env", Format::Dotenv).await.unwrap();
        assert_eq!(project.text("victim"), format!("B=2\n{}", lines(2)));
    }

    #[tokio::test]
    async fn a_link_that_takes_the_files_or_its_folders_place_is_refused() {
        let project = Project::new().await;
        fs::create_dir(project.path("own")).unwrap();
        project.keep("own/.env", Format::Dotenv).await.unwrap();
        project.write("victim", "B=2\n");
        project.renewed(1, 2).await;
        fs::rename(project.path("own/.env"), project.path("own/old")).unwrap();
        symlink("../victim", project.path("own/.env")).unwrap();
        let told = TokenFileCause::LinkChanged { file: project.path("own/.env") };
        assert_eq!(refreshed(&project).await, Err(told.clone()));

        fs::rename(project.path("own"), project.path("moved")).unwrap();
        symlink("moved", project.path("own")).unwrap();
        assert_eq!(refreshed(&project).await, Err(told.clone()));
        let left = TokenFileCause::Left { file: project.path("own/.env"), why: Box::new(told) };
        assert_eq!(cause(project.token_files().stop(project.path("own/.env")).await.unwrap_err()), left);
        assert_eq!((project.text("victim").as_str(), project.token_files().list().unwrap().len()), ("B=2\n", 1));
    }

    #[tokio::test]
    async fn a_link_may_lead_to_a_file_that_is_not_there_yet_but_in_no_circle() {
        let project = Project::new().await;
        symlink("real.env", project.path(".env")).unwrap();
        project.keep(".env", Format::Dotenv).await.unwrap();
        assert_eq!(project.text("real.env"), lines(1));
        symlink("b", project.path("a")).unwrap();
        symlink("a", project.path("b")).unwrap();
        assert_eq!(project.keep("a", Format::Dotenv).await, Err(TokenFileCause::NotAFile { file: project.path("a") }));
    }

    #[tokio::test]
    async fn a_pipe_is_no_file() {
        let project = Project::new().await;
        let made = std::process::Command::new("mkfifo").arg(project.path("pipe")).status().unwrap();
        assert!(made.success());
        let refused = project.keep("pipe", Format::Token).await;
        assert_eq!(refused, Err(TokenFileCause::NotAFile { file: project.path("pipe") }));
    }

    #[tokio::test]
    async fn a_name_that_the_settings_cannot_hold_is_told() {
        let project = Project::new().await;
        let odd = project.path("x").with_file_name(OsStr::from_bytes(b"\xff.env"));
        let refused = project
            .token_files()
            .keep(&project.bed.vault(), Interaction::Forbidden, odd.clone(), Format::Dotenv, id(1))
            .await;
        assert_eq!(cause(refused.unwrap_err()), TokenFileCause::Unnameable { file: odd });
    }

    /// Only the system's own user can change a file's owner.
    #[tokio::test]
    async fn a_file_or_a_folder_of_another_user_is_refused() {
        let project = Project::new().await;
        let file = project.write(".env", "A=1\n");
        fs::create_dir(project.path("theirs")).unwrap();
        let give_away = |path: &Path| std::os::unix::fs::chown(path, Some(12_345), Some(12_345)).is_ok();
        if !give_away(&file) {
            return;
        }
        assert_eq!(is_refused(&project, &file, Format::Dotenv).await, TokenFileCause::OfAnotherUser { file });
        assert!(give_away(&project.path("theirs")));
        let refused = is_refused(&project, &project.path("theirs/.env"), Format::Dotenv).await;
        assert_eq!(refused, TokenFileCause::OthersCanWrite { folder: project.path("theirs"), to: OpenTo::Owner });
    }
}

#[test]
fn no_path_stands_in_the_details_of_a_refusal() {
    let cause = TokenFileCause::Foreign { file: "/home/hush/.env".into() };
    let problem = Problem::from(&Error::from(cause));
    assert!(problem.message.contains("/home/hush/.env") && !problem.details.contains("hush"), "{problem:?}");
    assert!(problem.details.contains("cause: kept.foreign"));
}

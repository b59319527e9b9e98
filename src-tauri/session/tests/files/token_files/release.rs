//! Leaving: our lines are removed at sign-out, when a file is stopped and with everything else, and other lines stay.

#[cfg(unix)]
use spartan_messages::Problem;
use spartan_session::{
    error::TokenFileCause,
    format::Format,
    token_files::{Standing, Written},
};
use spartan_vault::keyring::Interaction;

use super::{Project, at, cause, id, lines, moment};

const OTHERS: &str = "A=1\n# mine\nB='x\ny'";

#[tokio::test]
async fn stopping_takes_out_what_is_ours_and_leaves_the_rest_as_it_was() {
    let project = Project::new().await;
    project.write(".env", OTHERS);
    for (name, format) in [(".env", Format::Dotenv), ("new.env", Format::DotenvSpnkr), ("t.json", Format::Json)] {
        project.keep(name, format).await.unwrap();
        let stopped = project.token_files().stop(project.path(name)).await.unwrap();
        assert_eq!(stopped, project.path(name));
    }
    assert_eq!((project.text(".env").as_str(), project.names()), (OTHERS, vec![".env".into()]));
    assert_eq!((project.token_files().list().unwrap(), project.settings().as_str()), (vec![], ""));
}

#[tokio::test]
async fn a_file_that_is_not_kept_cannot_be_stopped() {
    let project = Project::new().await;
    let file = project.write(".env", lines(1));
    let refused = project.token_files().stop(file.clone()).await.map_err(cause);
    assert_eq!(refused, Err(TokenFileCause::NotKept { file }));
    assert_eq!(project.text(".env"), lines(1));
}

#[tokio::test]
async fn something_else_in_a_files_place_is_told_as_what_it_is_and_stays() {
    let project = Project::new().await;
    project.keep("a.env", Format::Dotenv).await.unwrap();
    std::fs::remove_file(project.path("a.env")).unwrap();
    std::fs::create_dir(project.path("a.env")).unwrap();
    let left = project.token_files().let_go_of_all().await.unwrap();
    let causes: Vec<_> = left.into_iter().map(|(_, error)| cause(error)).collect();
    assert_eq!(causes, [TokenFileCause::NoLongerOurs { file: project.path("a.env") }]);
    assert!(project.path("a.env").is_dir() && project.token_files().list().unwrap().is_empty());
}

#[tokio::test]
async fn one_that_is_gone_by_itself_is_only_forgotten() {
    let project = Project::new().await;
    std::fs::create_dir(project.path("folder")).unwrap();
    project.keep("folder/.env", Format::Dotenv).await.unwrap();
    project.keep("t", Format::Token).await.unwrap();
    std::fs::remove_dir_all(project.path("folder")).unwrap();
    std::fs::remove_file(project.path("t")).unwrap();
    project.token_files().stop(project.path("folder/.env")).await.unwrap();
    assert_eq!(project.token_files().let_go_of_all().await, Ok(vec![]));
    assert_eq!((project.token_files().list().unwrap(), project.names()), (vec![], vec![]));
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_took_the_links_place_is_emptied_too() {
    for is_moved in [true, false] {
        let project = Project::new().await;
        std::fs::create_dir(project.path("dot")).unwrap();
        project.write("dot/real.env", OTHERS);
        std::os::unix::fs::symlink("dot/real.env", project.path("l.env")).unwrap();
        project.keep("l.env", Format::Dotenv).await.unwrap();
        let held = project.text("dot/real.env");
        std::fs::remove_file(project.path("l.env")).unwrap();
        if is_moved {
            std::fs::rename(project.path("dot/real.env"), project.path("l.env")).unwrap();
        } else {
            project.write("l.env", &held);
        }
        assert_eq!(project.token_files().let_go_of_all().await, Ok(vec![]));
        assert_eq!(project.text("l.env"), OTHERS);
        assert!(is_moved || project.text("dot/real.env") == OTHERS);
    }
}

#[tokio::test]
async fn an_account_that_leaves_takes_its_own_files_along() {
    let project = Project::new().await;
    project.renewed(2, 1).await;
    let vault = project.bed.vault();
    project.write("a.env", OTHERS);
    project.keep("a.env", Format::Dotenv).await.unwrap();
    project
        .token_files()
        .keep(&vault, Interaction::Forbidden, project.path("b.env"), Format::Dotenv, id(2))
        .await
        .unwrap();
    assert_eq!(project.token_files().let_go_of(vec![id(1), id(7)], vec![]).await, Ok(vec![]));
    assert_eq!(project.text("a.env"), OTHERS);
    assert!(project.text("b.env").contains("v4=a2-1"));
    assert_eq!(project.token_files().list().unwrap().len(), 1);
}

#[tokio::test]
async fn what_a_crash_at_signing_out_left_goes_at_the_next_look() {
    let project = Project::new().await;
    project.renewed(2, 1).await;
    project.write(".env", OTHERS);
    let kept = project.keep(".env", Format::Dotenv).await.unwrap().token_file;
    project.signed_out(1).await;
    let contents = project.bed.vault().read(Interaction::Forbidden).await.unwrap();
    assert_eq!(project.token_files().standing(&kept, &contents, moment(at(0))), Standing::Left);
    let all = project.token_files().refresh(&project.bed.vault()).await.unwrap();
    assert_eq!(all, [(kept, Ok(Written::GivenBack))]);
    assert_eq!((project.text(".env").as_str(), project.token_files().list().unwrap()), (OTHERS, vec![]));
}

#[tokio::test]
async fn all_are_let_go_of_without_a_vault_that_opens() {
    let project = Project::new().await;
    project.write(".env", OTHERS);
    project.keep(".env", Format::Dotenv).await.unwrap();
    project.bed.overwrite(b"rubbish");
    assert_eq!(project.token_files().let_go_of_all().await, Ok(vec![]));
    assert_eq!((project.text(".env").as_str(), project.token_files().list().unwrap()), (OTHERS, vec![]));
}

#[cfg(unix)]
#[tokio::test]
async fn what_cannot_be_written_now_is_told_and_stays_in_the_settings() {
    use std::{fs, os::unix::fs::symlink};
    let project = Project::new().await;
    project.keep("a.env", Format::Dotenv).await.unwrap();
    project.keep("b.env", Format::Dotenv).await.unwrap();
    // The temporary file's path is taken by something that can't be removed.
    fs::create_dir(project.path("a.env.spartan-tray-new")).unwrap();
    fs::remove_file(project.path("b.env")).unwrap();
    symlink("/etc/passwd", project.path("b.env")).unwrap();
    let left = project.token_files().let_go_of_all().await.unwrap();
    let causes: Vec<_> = left.into_iter().map(|(_, error)| cause(error)).collect();
    let [TokenFileCause::Left { file: a, why: first }, TokenFileCause::Left { file: b, why: second }] = &causes[..]
    else {
        panic!("{causes:?}")
    };
    assert_eq!([a, b], [&project.path("a.env"), &project.path("b.env")]);
    assert!(
        matches!((&**first, &**second), (TokenFileCause::Io { .. }, TokenFileCause::LinkChanged { .. })),
        "{causes:?}"
    );
    let TokenFileCause::Io { file: obstacle, .. } = &**first else { panic!("{first:?}") };
    assert_eq!(*obstacle, project.path("a.env.spartan-tray-new"), "what's in the way is named");
    let told = Problem::from(&causes[0].clone().into()).message;
    assert!(told.starts_with(&format!("Tokens are still in {}, and ", a.display())), "{told}");
    assert_eq!(project.token_files().list().unwrap().len(), 2);
    fs::remove_dir(project.path("a.env.spartan-tray-new")).unwrap();
    fs::remove_file(project.path("b.env")).unwrap();
    assert_eq!(project.token_files().let_go_of_all().await, Ok(vec![]));
    assert_eq!((project.token_files().list().unwrap(), project.names()), (vec![], vec![]));
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_that_was_turned_or_removed_keeps_no_token_in_the_file() {
    use std::{fs, os::unix::fs::symlink};
    for turned in [Some("other"), None] {
        for by_stop in [true, false] {
            let project = Project::new().await;
            let link = project.path("l.env");
            project.write("real", OTHERS);
            project.write("other", "mine\n");
            symlink("real", &link).unwrap();
            project.keep("l.env", Format::Dotenv).await.unwrap();
            assert_ne!(project.text("real"), OTHERS);
            fs::remove_file(&link).unwrap();
            if let Some(turned) = turned {
                symlink(turned, &link).unwrap();
            }
            if by_stop {
                assert_eq!(project.token_files().stop(link).await.unwrap(), project.path("real"));
            } else {
                assert_eq!(project.token_files().let_go_of(vec![id(1)], vec![]).await, Ok(vec![]));
            }
            assert_eq!((project.text("real").as_str(), project.text("other").as_str()), (OTHERS, "mine\n"));
            assert_eq!(project.token_files().list().unwrap(), []);
        }
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_that_was_turned_to_another_kept_file_names_that_one() {
    use std::{fs, os::unix::fs::symlink};
    let project = Project::new().await;
    let link = project.path("l.env");
    for real in ["first", "second"] {
        let _ = fs::remove_file(&link);
        symlink(real, &link).unwrap();
        project.keep("l.env", Format::Dotenv).await.unwrap();
    }
    for (stopped, left) in [("second", vec!["first", "l.env"]), ("first", vec!["l.env"])] {
        assert_eq!(project.token_files().stop(link.clone()).await.unwrap(), project.path(stopped));
        assert_eq!(project.names(), left);
    }
}

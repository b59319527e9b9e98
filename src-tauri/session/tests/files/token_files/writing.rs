//! Writing: only what has changed, only our lines, and never partially.

use std::{
    fs, io,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use jiff::SignedDuration;
use spartan_session::{
    error::TokenFileCause,
    format::Format,
    token_files::{Standing, Written},
};
use spartan_vault::{
    fs::files::{Files, RealFiles, Stamp},
    keyring::Interaction,
};

use super::{Project, at, cause, id, lines, moment};

#[tokio::test]
async fn each_renewal_changes_our_lines_and_nothing_else() {
    let project = Project::new().await;
    let (above, below) = ("# mine\r\nA='x\r\ny' \r\n\r\n", "export B=2\r\n\r\n");
    project.write(".env", format!("{above}HALO_SPARTAN_TOKEN=old\r\n{below}"));
    project.keep(".env", Format::Dotenv).await.unwrap();
    for n in 1..5 {
        project.renewed(1, n).await;
        project.refresh().await;
        assert_eq!(project.text(".env"), format!("{above}{}{below}", lines(n).replace('\n', "\r\n")));
    }
}

#[tokio::test]
async fn a_file_that_holds_the_tokens_already_is_not_touched() {
    let project = Project::new().await;
    let kept = project.keep(".env", Format::Dotenv).await.unwrap().token_file;
    let before = RealFiles.stamp(&kept.file).unwrap();
    project.refresh().await;
    let all = project.token_files().refresh(&project.bed.vault()).await.unwrap();
    assert_eq!(all, [(kept.clone(), Ok(Written::Same))]);
    assert_eq!(RealFiles.stamp(&kept.file).unwrap(), before);
    let contents = project.bed.vault().read(Interaction::Forbidden).await.unwrap();
    assert_eq!(project.token_files().standing(&kept, &contents, moment(at(0))), Standing::Fresh);
    project.renewed(1, 2).await;
    let contents = project.bed.vault().read(Interaction::Forbidden).await.unwrap();
    assert_eq!(project.token_files().standing(&kept, &contents, moment(at(0))), Standing::Older);
}

#[tokio::test]
async fn a_file_with_a_token_that_a_service_has_refused_is_not_called_fresh() {
    let project = Project::new().await;
    let kept = project.keep(".env", Format::Dotenv).await.unwrap().token_file;
    let mut contents = project.bed.vault().read(Interaction::Forbidden).await.unwrap();
    let tokens = &mut contents.accounts[0].tokens;
    let refused = tokens.spartan.as_ref().unwrap().token.clone();
    tokens.refuse_spartan(&refused);
    assert_eq!(project.token_files().standing(&kept, &contents, moment(at(0))), Standing::Expired);
}

#[tokio::test]
async fn tokens_that_are_over_are_not_called_fresh() {
    let project = Project::new().await;
    for (name, format, once_over) in [
        (".env", Format::Dotenv, Standing::Expired),
        ("t.json", Format::Json, Standing::Expired),
        ("t", Format::Token, Standing::Expired),
        ("c", Format::Clearance, Standing::Fresh),
    ] {
        let kept = project.keep(name, format).await.unwrap().token_file;
        let contents = project.bed.vault().read(Interaction::Forbidden).await.unwrap();
        let standing = |now| project.token_files().standing(&kept, &contents, now);
        let before = SignedDuration::from_secs(6);
        assert_eq!(
            (standing(moment(at(1) - before)), standing(moment(at(1)))),
            (Standing::Fresh, once_over),
            "{format}"
        );
    }
}

#[tokio::test]
async fn a_file_that_was_removed_comes_back() {
    let project = Project::new().await;
    project.keep(".env", Format::Dotenv).await.unwrap();
    fs::remove_file(project.path(".env")).unwrap();
    project.refresh().await;
    assert_eq!(project.text(".env"), lines(1));
}

#[tokio::test]
async fn one_file_that_cannot_be_written_holds_no_other_up() {
    let project = Project::new().await;
    project.keep("a", Format::Token).await.unwrap();
    project.keep("b", Format::Token).await.unwrap();
    project.write("a", "mine");
    project.renewed(1, 2).await;
    let all = project.token_files().refresh(&project.bed.vault()).await.unwrap();
    let came: Vec<_> = all.into_iter().map(|(_, came)| came.map_err(cause)).collect();
    assert_eq!(came, [Err(TokenFileCause::Foreign { file: project.path("a") }), Ok(Written::Anew)]);
    assert_eq!((project.text("a").as_str(), project.text("b").as_str()), ("mine", "v4=a1-2"));
}

#[tokio::test]
async fn without_kept_files_nothing_is_done() {
    let project = Project::new().await;
    assert_eq!(project.token_files().refresh(&project.bed.vault()).await, Ok(vec![]));
    assert!(!project.bed.paths().keep_lock().exists());
}

/// Files of which one operation fails, half-way if possible; or before whose last check an editor saves.
struct Faulty {
    nth: usize,
    turn: AtomicUsize,
    saves: AtomicUsize,
}

impl Faulty {
    fn at(nth: usize) -> Arc<Faulty> {
        Arc::new(Faulty { nth, turn: AtomicUsize::new(0), saves: AtomicUsize::new(0) })
    }

    fn turn(&self, half: impl FnOnce()) -> io::Result<()> {
        if self.turn.fetch_add(1, Ordering::SeqCst) != self.nth {
            return Ok(());
        }
        half();
        Err(io::ErrorKind::StorageFull.into())
    }
}

impl Files for Faulty {
    fn read(&self, path: &Path) -> io::Result<(Vec<u8>, Stamp)> {
        self.turn(|| ())?;
        RealFiles.read(path)
    }

    fn stamp(&self, path: &Path) -> io::Result<Stamp> {
        let saves = self.saves.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if let Ok(left) = saves {
            fs::write(path, format!("SAVED={left}\n"))?;
        }
        RealFiles.stamp(path)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        RealFiles.make_folder(path)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.turn(|| RealFiles.write_new(path, &bytes[..bytes.len() / 2]).unwrap())?;
        RealFiles.write_new(path, bytes)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        self.turn(|| ())?;
        RealFiles.sync(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.turn(|| ())?;
        RealFiles.rename(from, to)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.turn(|| ())?;
        RealFiles.sync_folder(path)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.turn(|| ())?;
        RealFiles.remove(path)
    }
}

#[tokio::test]
async fn an_operation_that_fails_leaves_the_old_file_or_the_new_one_and_is_told() {
    for (before, after) in [("A=1\n", format!("A=1\n{}", lines(2))), ("", lines(2))] {
        for nth in 0.. {
            let project = Project::new().await;
            project.write(".env", before);
            project.keep(".env", Format::Dotenv).await.unwrap();
            let old = project.text(".env");
            project.renewed(1, 2).await;
            let files = Faulty::at(nth);
            let mut all = project.kept_on(files.clone()).refresh(&project.bed.vault()).await.unwrap();
            let came = all.pop().unwrap().1.map_err(cause);
            let text = project.text(".env");
            if files.turn.load(Ordering::SeqCst) <= nth {
                assert!(nth >= 6, "writing takes more than {nth} operations");
                assert_eq!((came, text), (Ok(Written::Anew), after));
                break;
            }
            // The first one removes what a crash left beside the file.
            let file = project.path(if nth == 0 { ".env.spartan-tray-new" } else { ".env" });
            let told = TokenFileCause::Io { file, kind: io::ErrorKind::StorageFull };
            assert_eq!(came, Err(told), "operation {nth}");
            assert!(text == old || text == after, "operation {nth}: {text}");
            project.refresh().await;
            assert_eq!((project.text(".env"), project.names()), (after.clone(), vec![".env".into()]));
        }
    }
}

#[tokio::test]
async fn a_set_up_that_fails_leaves_the_file_and_the_settings_as_they_were() {
    for nth in 0.. {
        let project = Project::new().await;
        project.write(".env", "A=1\n");
        let files = Faulty::at(nth);
        let kept = project.kept_on(files.clone());
        let came =
            kept.keep(&project.bed.vault(), Interaction::Forbidden, project.path(".env"), Format::Dotenv, id(1)).await;
        if files.turn.load(Ordering::SeqCst) <= nth {
            assert!(nth >= 7 && came.is_ok(), "{nth}: {came:?}");
            break;
        }
        assert!(came.is_err(), "operation {nth}");
        assert_eq!(project.token_files().list().unwrap(), [], "operation {nth}");
        let text = project.text(".env");
        // The only operation after the replacement syncs the folder's new name.
        assert!(text == "A=1\n" || (text == format!("A=1\n{}", lines(1)) && nth == 6), "operation {nth}: {text}");
    }
}

#[tokio::test]
async fn what_an_editor_saves_meanwhile_is_not_lost() {
    let project = Project::new().await;
    project.keep(".env", Format::Dotenv).await.unwrap();
    project.renewed(1, 2).await;
    let refresh = async |saves| {
        let files = Faulty { nth: usize::MAX, turn: AtomicUsize::new(0), saves: AtomicUsize::new(saves) };
        let mut all = project.kept_on(Arc::new(files)).refresh(&project.bed.vault()).await.unwrap();
        all.pop().unwrap().1.map_err(cause)
    };
    assert_eq!(refresh(3).await, Ok(Written::Anew));
    assert_eq!(project.text(".env"), format!("SAVED=1\n{}", lines(2)));
    project.renewed(1, 3).await;
    assert_eq!(refresh(100).await, Err(TokenFileCause::Busy));
    assert_eq!((project.text(".env").as_str(), project.names()), ("SAVED=96\n", vec![".env".into()]));
}

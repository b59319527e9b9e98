use std::fs;

use super::*;

/// The machine may be busy; only one test is about time.
const PATIENT: Duration = Duration::from_secs(60);

fn git(folder: &Path, arguments: &[&str]) {
    let who = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    let mut git = Command::new("git");
    let done = git.args(who).args(arguments).current_dir(folder).output().unwrap();
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// Returns a repository with three `.env` files: tracked, ignored, and neither.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "--quiet"]);
    for name in ["tracked.env", "ignored.env", "[x].env"] {
        fs::write(folder.path().join(name), "A=1\n").unwrap();
    }
    fs::write(folder.path().join(".gitignore"), "ignored.env\n").unwrap();
    git(folder.path(), &["add", "tracked.env", ".gitignore"]);
    folder
}

#[test]
fn git_is_asked_whether_it_tracks_or_ignores_a_file() {
    let repository = repository();
    let warned = |name: &str| in_git(&repository.path().join(name), "git", PATIENT);
    let file = |name: &str| repository.path().join(name);
    assert_eq!(warned("tracked.env"), Some(Warning::Tracked { file: file("tracked.env") }));
    assert_eq!(warned("ignored.env"), None);
    for name in ["new.env", "[x].env", "-x", ":x"] {
        assert_eq!(warned(name), Some(Warning::NotIgnored { file: file(name) }));
    }
}

#[test]
fn outside_of_a_repository_and_without_git_there_is_nothing_to_say() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(in_git(&folder.path().join(".env"), "git", PATIENT), None);
    assert_eq!(in_git(&repository().path().join("tracked.env"), "no-such-git", PATIENT), None);
}

#[cfg(unix)]
#[test]
fn no_program_that_a_repository_names_is_started() {
    use std::os::unix::fs::PermissionsExt;
    let repository = repository();
    let (hooks, told) = (repository.path().join("hooks"), repository.path().join("started"));
    fs::create_dir(&hooks).unwrap();
    for name in ["fsmonitor", "post-index-change", "query-watchman"] {
        let hook = hooks.join(name);
        fs::write(&hook, format!("#!/bin/sh\necho {name} >>'{}'\n", told.display())).unwrap();
        fs::set_permissions(&hook, fs::Permissions::from_mode(0o700)).unwrap();
    }
    let set = |key: &str, value: &Path| git(repository.path(), &["config", key, value.to_str().unwrap()]);
    set("core.fsmonitor", &hooks.join("fsmonitor"));
    set("core.hooksPath", &hooks);
    // Verify that the trap works: plain git starts the program.
    git(repository.path(), &["ls-files", "--others"]);
    git(repository.path(), &["status"]);
    fs::remove_file(&told).expect("the trap is set");
    let tracked = repository.path().join("tracked.env");
    assert_eq!(in_git(&tracked, "git", PATIENT), Some(Warning::Tracked { file: tracked }));
    assert!(in_git(&repository.path().join("new.env"), "git", PATIENT).is_some());
    assert!(!told.exists(), "started: {}", fs::read_to_string(&told).unwrap_or_default());
}

#[cfg(unix)]
#[test]
fn a_git_that_hangs_is_given_two_seconds() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let slow = folder.path().join("git");
    fs::write(&slow, "#!/bin/sh\nexec sleep 60\n").unwrap();
    fs::set_permissions(&slow, fs::Permissions::from_mode(0o700)).unwrap();
    let begun = Instant::now();
    assert_eq!(in_git(&folder.path().join(".env"), slow.to_str().unwrap(), GIT_LIMIT), None);
    assert!(begun.elapsed() >= GIT_LIMIT && begun.elapsed() < GIT_LIMIT * 5);
}

#[test]
fn the_folder_of_a_cloud_is_known_by_its_name() {
    let table = [
        ("/home/a/Dropbox/x/.env", Some("Dropbox")),
        ("/home/a/Dropbox (Personal)/.env", Some("Dropbox")),
        ("/Users/a/OneDrive - Contoso/bot/.env", Some("OneDrive")),
        ("/Users/a/Library/CloudStorage/GoogleDrive-a@example.com/My Drive/.env", Some("Google Drive")),
        ("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/.env", Some("iCloud Drive")),
        ("/home/a/Nextcloud/.env", Some("Nextcloud")),
        ("/home/a/nextcloud/.env", Some("Nextcloud")),
        ("/home/a/dropbox_client/.env", None),
        ("/home/a/onedriver/.env", None),
        ("/home/a/code/Dropbox", None),
        ("/.env", None),
    ];
    for (file, cloud) in table {
        let found = in_cloud(Path::new(file)).map(|warning| match warning {
            Warning::InCloud { cloud, .. } => cloud,
            other => panic!("{other:?}"),
        });
        assert_eq!(found, cloud, "{file}");
    }
}

#[test]
fn the_folder_of_a_cloud_is_known_by_what_its_program_leaves_there() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("a/b");
    fs::create_dir_all(&inner).unwrap();
    assert_eq!(in_cloud(&inner.join(".env")), None);
    fs::create_dir(folder.path().join(".dropbox.cache")).unwrap();
    let expected = Warning::InCloud { folder: folder.path().into(), cloud: "Dropbox" };
    assert_eq!(in_cloud(&inner.join(".env")), Some(expected));
}

//! On Windows, only the person and the system can open what's written, and what others can read or replace is refused,
//! as the system reports it.

use std::{
    fs::{self, File, OpenOptions},
    io::Write,
    os::windows::fs::OpenOptionsExt,
    path::Path,
};

use spartan_messages::Problem;
use spartan_session::{
    error::{KeyFileCause, OpenTo, TokenFileCause},
    format::Format,
    settings::{Choices, Settings, Theme},
};
use spartan_vault::{
    error::Error,
    fs::{
        files::{Files, RealFiles, replace_whole},
        lock::Lock,
        permissions,
    },
    key::Key,
};
use windows_permissions::{
    LocalBox, SecurityDescriptor,
    constants::{SeObjectType::SE_FILE_OBJECT, SecurityInformation},
    utilities::current_process_sid,
    wrappers::{ConvertSecurityDescriptorToStringSecurityDescriptor as to_text, GetSecurityInfo, SetSecurityInfo},
};

use crate::{bed::Bed, token_files::Project};

/// Opens a path with flags that let its access list be read and changed, and a folder be opened like a file.
fn opened(path: &Path) -> File {
    OpenOptions::new().access_mode(0x6_0000).custom_flags(0x0200_0000).open(path).unwrap()
}

fn list(path: &Path) -> String {
    let dacl = SecurityInformation::Dacl;
    let descriptor = GetSecurityInfo(&opened(path), SE_FILE_OBJECT, dacl).unwrap();
    to_text(&descriptor, dacl).unwrap().into_string().unwrap()
}

/// Grants access to everyone, in addition to the person and the system.
fn open_to_everybody(path: &Path) {
    let me = current_process_sid().unwrap().to_string();
    let text = format!("D:P(A;OICI;FA;;;{me})(A;OICI;FA;;;SY)(A;OICI;FA;;;WD)");
    let descriptor: LocalBox<SecurityDescriptor> = text.parse().unwrap();
    let what = SecurityInformation::Dacl | SecurityInformation::ProtectedDacl;
    SetSecurityInfo(&mut opened(path), SE_FILE_OBJECT, what, None, None, descriptor.dacl(), None).unwrap();
}

/// Returns whether the list contains only the person and the system, and inherits nothing.
///
/// Wine stores a Unix mode instead of a list, so it can't tell what's inherited. The tests run there with a umask that
/// closes new files, as a person's folder is closed on Windows.
fn is_closed(path: &Path) -> bool {
    let list = list(path);
    let me = text_of_me();
    let entries: Vec<&str> = list.split(['(', ')']).skip(1).step_by(2).collect();
    let whose = |entry: &&str| entry.rsplit(';').next().map(str::to_owned);
    let is_ours = |whose: &String| *whose == me || whose == "SY" || whose == "S-1-5-18";
    let alone = !entries.is_empty() && entries.iter().filter_map(whose).all(|whose| is_ours(&whose));
    let is_kept = is_wine() || (list.starts_with("D:P") && !entries.iter().any(|entry| entry.contains("ID")));
    alone && is_kept
}

fn why(error: Error) -> KeyFileCause {
    let Error::KeyFile { why, .. } = error else { panic!("{error:?}") };
    why
}

fn text_of_me() -> String {
    let owner = SecurityInformation::Owner;
    let descriptor: LocalBox<SecurityDescriptor> = format!("O:{}", *current_process_sid().unwrap()).parse().unwrap();
    to_text(&descriptor, owner).unwrap().into_string().unwrap().trim_start_matches("O:").to_owned()
}

fn is_wine() -> bool {
    windows_registry::CURRENT_USER.open(r"Software\Wine").is_ok()
}

#[tokio::test]
async fn all_that_is_kept_is_the_persons_and_the_systems_alone() {
    let bed = Bed::with_account(1).await;
    let dark = Choices { theme: Theme::Dark, ..Choices::default() };
    Settings::choose(&bed.paths(), dark).await.unwrap();
    drop(Lock::take(bed.paths().program_lock(), std::time::Duration::ZERO).await.unwrap());
    let log = bed.paths().log().join("x.log");
    RealFiles.make_folder(&bed.paths().log()).unwrap();
    let mut file = permissions::open_or_create(OpenOptions::new().append(true), &log).unwrap();
    file.write_all(b"one line\n").unwrap();
    let kept = [bed.paths().vault(), bed.paths().vault_lock(), bed.paths().settings(), bed.paths().program_lock()];
    for path in kept.iter().chain([&log, &bed.paths().log(), &bed.home().to_owned()]) {
        assert!(is_closed(path), "{}: {}", path.display(), list(path));
    }
}

/// Wine copies the parent folder's access into a new list, so this is only for Windows.
#[test]
fn in_an_open_folder_what_is_new_is_closed_from_its_first_byte_on() {
    if is_wine() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    open_to_everybody(folder.path());
    let path = folder.path().join("new");
    let mut file = permissions::create_new(&path).unwrap();
    assert!(File::open(&path).is_err(), "nobody else opens it while it is written");
    file.write_all(b"hush").unwrap();
    drop(file);
    let inner = folder.path().join("a/b");
    RealFiles.make_folder(&inner).unwrap();
    for made in [path.as_path(), &inner, inner.parent().unwrap()] {
        assert!(is_closed(made), "{}", list(made));
    }
}

#[test]
fn a_file_that_was_open_is_closed_once_it_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, "before").unwrap();
    open_to_everybody(&path);
    assert!(!is_closed(&path));
    replace_whole(&RealFiles, &path, b"after").unwrap();
    assert!(is_closed(&path), "{}", list(&path));
    assert_eq!(fs::read(&path).unwrap(), b"after");
}

#[test]
fn a_key_file_that_others_can_read_or_replace_is_refused_with_what_to_do() {
    let bed = Bed::new();
    let file = bed.key_file();
    file.make(&Key::new([7; 32])).unwrap();
    let folder = file.path().parent().unwrap().to_owned();
    assert!(is_closed(file.path()) && is_closed(&folder));

    let everyone = || OpenTo::Listed(vec!["S-1-1-0".into()]);
    open_to_everybody(file.path());
    let error = file.read().unwrap_err();
    let command = format!("icacls \"{}\" /inheritance:d /remove:g *S-1-1-0", file.path().display());
    let told = Problem::from(spartan_session::error::Error::from(error.clone()));
    assert!(told.help.contains(&command), "{error:?}");
    assert_eq!(why(error), KeyFileCause::OthersCanRead { to: everyone() });

    open_to_everybody(&folder);
    assert_eq!(why(file.read().unwrap_err()), KeyFileCause::FolderOpen { folder, to: everyone() });
}

#[tokio::test]
async fn no_token_is_written_where_others_can_replace_it_and_a_token_file_is_closed() {
    let project = Project::new().await;
    let file = project.write(".env", "A=1\n");
    open_to_everybody(&file);
    let set_up = project.keep(".env", Format::Dotenv).await.unwrap();
    assert_eq!(set_up.was_open, Some(OpenTo::Listed(vec!["S-1-1-0".into()])));
    assert!(is_closed(&file), "{}", list(&file));

    let folder = file.parent().unwrap().to_owned();
    open_to_everybody(&folder);
    let refused = project.keep(".env", Format::Dotenv).await.unwrap_err();
    assert_eq!(refused, TokenFileCause::OthersCanWrite { folder, to: OpenTo::Listed(vec!["S-1-1-0".into()]) });
}

//! Permissions on Windows: access control lists.

use std::{
    fs::{self, File, OpenOptions},
    io,
    os::windows::fs::OpenOptionsExt,
    path::Path,
};

use windows_permissions::{
    LocalBox, SecurityDescriptor, Sid,
    constants::{SeObjectType::SE_FILE_OBJECT, SecurityInformation},
    utilities::current_process_sid,
    wrappers::{ConvertSecurityDescriptorToStringSecurityDescriptor as to_text, GetSecurityInfo, SetSecurityInfo},
};

use super::{FileRights, FolderRights, Owner, access_list::AccessList};
use crate::error::OpenTo;

const GENERIC_WRITE: u32 = 0x4000_0000;
const READ_CONTROL: u32 = 0x2_0000;
const WRITE_DAC: u32 = 0x4_0000;
/// The flag to open a folder as a file.
const BACKUP_SEMANTICS: u32 = 0x0200_0000;
const OPEN_REPARSE_POINT: u32 = 0x0020_0000;
/// All sharing modes: read, write, delete.
const SHARED: u32 = 7;

/// Whether a list also applies to what's created in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    File,
    FolderAndContents,
}

/// Creates a file that only the user and the system can read, and opens it for writing. Fails if it exists.
///
/// Until the file is closed, nobody else can open it, so nobody can have opened it before its list was set.
pub fn create_new(path: &Path) -> io::Result<File> {
    create(path, 0)
}

/// Opens a file; creates one that only the user and the system can read if there is none.
pub fn open_or_create(options: &OpenOptions, path: &Path) -> io::Result<File> {
    if !path.try_exists()? {
        match create(path, SHARED) {
            // Another process created it first.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            created => drop(created?),
        }
    }
    options.open(path)
}

fn create(path: &Path, shared: u32) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).share_mode(shared).access_mode(GENERIC_WRITE | READ_CONTROL | WRITE_DAC);
    let mut file = options.open(path)?;
    match close_to_others(&mut file, Reach::File) {
        Ok(()) => Ok(file),
        Err(error) => {
            drop(file);
            // The first error is the one to report.
            let _ = fs::remove_file(path);
            Err(error)
        }
    }
}

/// Creates a folder that only the user and the system can access.
pub fn create_folder(path: &Path) -> io::Result<()> {
    fs::create_dir(path)?;
    let mut folder = opened(path, READ_CONTROL | WRITE_DAC, BACKUP_SEMANTICS)?;
    close_to_others(&mut folder, Reach::FolderAndContents)
}

/// Returns the owner of the file or folder at this path, following links.
pub fn owner(path: &Path) -> io::Result<Owner> {
    let opened = opened(path, READ_CONTROL, BACKUP_SEMANTICS)?;
    Ok(access_list(&opened)?.owner(&me()?))
}

/// Returns other users' access to an open file.
pub fn of_file(file: &File) -> io::Result<FileRights> {
    let rights = access_list(file)?.of_file(&me()?);
    Ok(FileRights { open_to: rights.open_to.map(by_sid), ..rights })
}

/// Returns other users' access to the file at this path, without following a link.
pub fn of_file_at(path: &Path) -> io::Result<FileRights> {
    of_file(&opened(path, READ_CONTROL, BACKUP_SEMANTICS | OPEN_REPARSE_POINT)?)
}

/// Returns other users' access to a folder.
pub fn of_folder(path: &Path) -> io::Result<FolderRights> {
    let folder = opened(path, READ_CONTROL, BACKUP_SEMANTICS)?;
    let rights = access_list(&folder)?.of_folder(&me()?, path.parent().is_none());
    Ok(FolderRights { others: rights.others.map(by_sid), ..rights })
}

fn opened(path: &Path, access: u32, flags: u32) -> io::Result<File> {
    OpenOptions::new().access_mode(access).share_mode(SHARED).custom_flags(flags).open(path)
}

/// Sets an access control list that grants access only to the user and the system, and inherits nothing.
fn close_to_others(opened: &mut File, reach: Reach) -> io::Result<()> {
    let heirs = match reach {
        Reach::File => "",
        Reach::FolderAndContents => "OICI",
    };
    let me = current_process_sid()?;
    let list: LocalBox<SecurityDescriptor> = format!("D:P(A;{heirs};FA;;;{})(A;{heirs};FA;;;SY)", *me).parse()?;
    let what = SecurityInformation::Dacl | SecurityInformation::ProtectedDacl;
    match SetSecurityInfo(opened, SE_FILE_OBJECT, what, None, None, list.dacl(), None) {
        // A drive without access control lists, such as FAT, has nothing to restrict.
        Err(_) if access_list(opened).is_ok_and(|list| list.is_without_list()) => Ok(()),
        closed => closed,
    }
}

fn access_list(opened: &File) -> io::Result<AccessList> {
    let what = SecurityInformation::Owner | SecurityInformation::Dacl;
    let descriptor = GetSecurityInfo(opened, SE_FILE_OBJECT, what)?;
    Ok(AccessList::parse(&to_text(&descriptor, what)?.to_string_lossy()))
}

/// Returns the user in the notation of a list, which abbreviates some accounts to two letters.
fn me() -> io::Result<String> {
    let descriptor: LocalBox<SecurityDescriptor> = format!("O:{}", *current_process_sid()?).parse()?;
    let text = to_text(&descriptor, SecurityInformation::Owner)?.to_string_lossy().into_owned();
    Ok(text.strip_prefix("O:").map(str::to_owned).unwrap_or(text))
}

/// Replaces two-letter names with full SIDs, which other programs accept.
fn by_sid(open_to: OpenTo) -> OpenTo {
    let whole = |whom: String| whom.parse::<LocalBox<Sid>>().map_or(whom.clone(), |sid| sid.to_string());
    match open_to {
        OpenTo::Listed(whom) => OpenTo::Listed(whom.into_iter().map(whole).collect()),
        other @ (OpenTo::Mode(_) | OpenTo::Owner) => other,
    }
}

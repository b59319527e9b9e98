//! Everything that the program ever wrote: listing and deleting it.

mod around;
mod handler;
mod own;
mod registry;
mod remove;

use std::{
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

pub use self::around::Around;
use spartan_vault::{
    fs::{files::folder_of, lock::Lock, paths::Paths},
    key::key_place::KeyPlace,
    vault::sealed::{self, VaultId},
};

use crate::{
    error::Error,
    settings::{Settings, token_file::UnclearEntry},
};

/// What to delete.
#[derive(Clone, Debug)]
pub struct Purge {
    /// The paths of the program's files.
    pub paths: Paths,
    /// Where the vault's key is stored.
    pub keys: KeyPlace,
    /// Items outside the program's folders; `None` if a single folder was set for everything.
    pub around: Option<Around>,
    /// Whether to delete the key file too.
    pub key_file: KeyFileToo,
}

/// Whether to delete a key file with everything else. It belongs to the user, and other computers may use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFileToo {
    /// Keep it.
    Stays,
    /// Delete it.
    Goes,
}

/// What to do if the keyring doesn't allow the key to be deleted, for example because it's locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithoutKeyring {
    /// Delete nothing.
    Stop,
    /// Delete the rest; without the vault, the key is useless.
    GoOn,
}

/// An item to delete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A file of the program.
    File(PathBuf),
    /// A folder with the webview's data.
    Folder(PathBuf),
    /// The entries for a file of the program in a list shared with other programs.
    Lines {
        /// The list.
        list: PathBuf,
        /// The file's name.
        about: String,
    },
    /// An entry under `HKEY_CURRENT_USER` in the Windows registry: a value, or the whole key if there's no name.
    Registered {
        /// The key.
        key: String,
        /// The value's name.
        value: Option<String>,
    },
    /// The key of a vault, in the keyring.
    Key(VaultId),
    /// The tokens in a token file.
    TokenFile(PathBuf),
    /// The tokens in the files that a settings entry may refer to, if the entry isn't understood.
    Unclear(UnclearEntry),
}

/// An item that couldn't be deleted.
#[derive(Debug)]
pub struct Left {
    /// The item.
    pub thing: Thing,
    /// Why it couldn't be deleted.
    pub why: Why,
}

/// Why an item couldn't be deleted.
#[derive(Debug)]
pub enum Why {
    /// An error of this program.
    Error(Error),
    /// An I/O error.
    Io(io::Error),
    /// It lists the files that may still contain tokens, for the next attempt.
    NamesFiles,
}

impl Purge {
    /// Returns all existing items, in the order in which they're deleted. Changes nothing.
    pub fn list(&self) -> io::Result<Vec<Thing>> {
        let mut things: Vec<Thing> = self.vaults()?.iter().filter_map(|path| self.key_of(path)).collect();
        things.dedup();
        let kept = Settings::token_files(&self.paths).map_err(|cause| io::Error::other(Error::from(cause)))?;
        things.extend(kept.into_iter().map(|kept| Thing::TokenFile(kept.file)));
        things.extend(Settings::unclear(&self.paths).into_iter().map(Thing::Unclear));
        let data = self.paths.data();
        things.extend(files(data, own::is_data)?);
        things.extend(files(folder_of(&self.paths.settings()), own::is_settings)?);
        things.extend(files(&self.paths.log(), own::is_log)?);
        for name in own::WEBVIEW {
            things.extend(self.webview(&data.join(name))?);
        }
        things.extend(self.around.iter().flat_map(elsewhere));
        things.extend(self.key_file().filter(|path| path.exists()).map(Thing::File));
        Ok(things)
    }

    /// Deletes everything, and returns what's left. `without_keyring` decides what happens if the keyring doesn't
    /// delete the key.
    pub async fn run(&self, without_keyring: WithoutKeyring) -> Result<Vec<Left>, Error> {
        remove::all(self, without_keyring, |_| true).await
    }

    /// Does the same in the running tray app. Items that it holds, or writes until it quits, are left for
    /// [`Purge::sweep`].
    pub async fn run_inside(&self, without_keyring: WithoutKeyring) -> Result<Vec<Left>, Error> {
        remove::all(self, without_keyring, |thing| !self.is_held(thing)).await
    }

    /// Deletes what the tray app held until it quit, and returns what's left. Deletes nothing if any program has
    /// created something new since the rest was deleted.
    pub async fn sweep(&self) -> Result<Vec<Left>, Error> {
        remove::held(self).await
    }

    /// Whether the tray app holds the item, or writes it until it quits.
    fn is_held(&self, thing: &Thing) -> bool {
        match thing {
            Thing::File(path) => {
                let is_in = |folder: &Path| path.parent() == Some(folder);
                let is_named = || path.file_name().is_some_and(|name| own::is_held(&name.to_string_lossy()));
                is_in(&self.paths.log()) || (is_in(self.paths.data()) && is_named())
            }
            Thing::Folder(_) => true,
            Thing::Lines { .. } | Thing::Registered { .. } | Thing::Key(_) => false,
            Thing::TokenFile(_) | Thing::Unclear(_) => false,
        }
    }

    /// Returns the paths of the vault and of the vaults that were moved aside.
    fn vaults(&self) -> io::Result<Vec<PathBuf>> {
        let asides = files(self.paths.data(), own::is_vault_aside)?;
        let asides = asides.into_iter().filter_map(|thing| match thing {
            Thing::File(path) => Some(path),
            Thing::Folder(_) | Thing::Lines { .. } | Thing::Registered { .. } | Thing::Key(_) => None,
            Thing::TokenFile(_) | Thing::Unclear(_) => None,
        });
        Ok(std::iter::once(self.paths.vault()).chain(asides).collect())
    }

    fn key_of(&self, vault: &Path) -> Option<Thing> {
        let bytes = matches!(self.keys, KeyPlace::Keyring(_)).then(|| std::fs::read(vault).ok())??;
        sealed::vault_id(&bytes).ok().map(Thing::Key)
    }

    fn key_file(&self) -> Option<PathBuf> {
        let file = self.keys.file().filter(|_| self.key_file == KeyFileToo::Goes)?;
        Some(file.path().to_owned())
    }

    /// In a folder that the user set for everything, another program's folder may have the same name.
    fn webview(&self, folder: &Path) -> io::Result<Option<Thing>> {
        let is_there = folder.symlink_metadata().is_ok_and(|metadata| metadata.is_dir());
        let is_ours = self.around.is_some() || names(folder)?.iter().all(|name| own::is_of_webview(name));
        Ok((is_there && is_ours).then(|| Thing::Folder(folder.to_owned())))
    }
}

/// Returns whether the tray app is running with these files; if so, it would write them again.
pub fn program_runs(paths: &Paths) -> io::Result<bool> {
    Lock::is_held(&paths.program_lock())
}

fn elsewhere(around: &Around) -> Vec<Thing> {
    let files = around.files.iter().filter(|path| path.is_file()).cloned().map(Thing::File);
    let lists = around.handler.iter().flat_map(|handler| around.lists.iter().map(move |list| (list, handler)));
    let named = lists.filter(|(list, handler)| {
        std::fs::read_to_string(list).is_ok_and(|list| handler::without(&list, handler).is_some())
    });
    let lines = named.map(|(list, handler)| Thing::Lines { list: list.clone(), about: handler.clone() });
    files.chain(lines).chain(around.registered.iter().filter(|thing| is_registered(thing)).cloned()).collect()
}

fn is_registered(thing: &Thing) -> bool {
    matches!(thing, Thing::Registered { key, value } if registry::has(key, value.as_deref()))
}

/// Returns the files in a folder that are the program's according to their names.
fn files(folder: &Path, is_ours: fn(&str) -> bool) -> io::Result<Vec<Thing>> {
    let ours = names(folder)?.into_iter().filter(|name| is_ours(name)).map(|name| folder.join(name));
    Ok(ours.filter(|path| path.symlink_metadata().is_ok_and(|it| !it.is_dir())).map(Thing::File).collect())
}

/// Returns the names in a folder, sorted; none if the folder doesn't exist.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let names = entries.map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()));
    let mut names = names.collect::<io::Result<Vec<String>>>()?;
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::error::Error;
    use spartan_vault::key::key_file::KeyFile;

    #[tokio::test]
    async fn what_lies_elsewhere_goes_and_leaves_others_lines_and_files() -> Result<(), Error> {
        let home = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = home.path().join(name);
            fs::create_dir_all(folder_of(&path)).unwrap();
            fs::write(&path, text).unwrap();
            path
        };
        let at_login = write(".config/autostart/app.example.desktop", "ours");
        let other = write(".config/autostart/app.other.desktop", "theirs");
        let handler = write("data/applications/spartan-tray-handler.desktop", "ours");
        let list = write(
            ".config/mimeapps.list",
            "[Default Applications]\ntext/html=x.desktop\nx-scheme-handler/spartan-tray=spartan-tray-handler.desktop\n",
        );
        let vault = write("data/app.example/vault", "no vault");
        let (data, config) = (home.path().join("data"), home.path().join(".config"));
        let purge = Purge {
            paths: Paths::of("app.example", Some(data.join("app.example")))?,
            keys: KeyFile::at(home.path().join("key")).into(),
            around: Some(Around::on_linux("app.example", &data, &config, Some("spartan-tray"))),
            key_file: KeyFileToo::Stays,
        };
        assert!(purge.run(WithoutKeyring::Stop).await?.is_empty());
        for ours in [&at_login, &handler, &vault, &data.join("app.example")] {
            assert!(!ours.exists(), "{}", ours.display());
        }
        assert_eq!(fs::read_to_string(other).unwrap(), "theirs");
        assert_eq!(fs::read_to_string(list).unwrap(), "[Default Applications]\ntext/html=x.desktop\n");
        Ok(())
    }
}

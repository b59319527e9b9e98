//! Whose the vault is: a command under `sudo` would read and write somebody else's.

use spartan_auth::places::Places;

use crate::{exit::Exit, failure::Failure};

/// Refuses where the vault, or the folder that it is to lie in, is another person's.
#[cfg(unix)]
pub fn check(places: &Places) -> Result<(), Failure> {
    use std::{fs, os::unix::fs::MetadataExt};
    let own = rustix::process::geteuid().as_raw();
    let owner = |path: &std::path::Path| fs::metadata(path).ok().map(|metadata| metadata.uid());
    let vault = places.vault();
    let owners = [owner(&vault), owner(places.data())];
    match owners.into_iter().flatten().find(|owner| *owner != own) {
        None => Ok(()),
        Some(_) => Err(Failure::new(
            Exit::Vault,
            format!("The sign-in in {} is another user's.", places.data().display()),
            "Run the command as that user, without sudo. Nothing was read or changed.",
        )),
    }
}

/// Elsewhere files have no single owner to compare.
#[cfg(not(unix))]
pub const fn check(_: &Places) -> Result<(), Failure> {
    Ok(())
}

//! Whether the vault exists and opens without a prompt; never its contents.

use std::{fs, io::ErrorKind, sync::Arc};

use spartan_vault::{
    fs::{files::RealFiles, paths::Paths},
    key::key_place::KeyPlace,
    keyring::Interaction,
    vault::Vault,
};

use super::{Finding, Observation};
use crate::error::VaultCause;

/// A rough size, because the exact one would reveal something about the contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SizeClass {
    /// No byte.
    Empty,
    /// Up to 16 KB.
    Small,
    /// Up to 256 KB.
    Medium,
    /// More.
    Large,
}

pub(super) async fn look(paths: &Paths, keys: &KeyPlace) -> Vec<Finding> {
    let size = match fs::metadata(paths.vault()) {
        Ok(file) => SizeClass::of(file.len()),
        Err(error) if error.kind() == ErrorKind::NotFound => return vec![Finding::well(Observation::NoVault)],
        Err(error) => return vec![Finding::wrong(Observation::VaultOutOfReach, VaultCause::from(error).into())],
    };
    let vault = Vault::new(paths.clone(), keys.clone(), Arc::new(RealFiles));
    let opens = match vault.read(Interaction::Forbidden).await {
        Ok(_) => Finding::well(Observation::VaultOpens),
        Err(error) => Finding::wrong(Observation::VaultStaysShut, error.into()),
    };
    vec![Finding::well(Observation::Vault { size }), opens]
}

impl SizeClass {
    const fn of(bytes: u64) -> SizeClass {
        match bytes {
            0 => SizeClass::Empty,
            1..=0x4000 => SizeClass::Small,
            0x4001..=0x4_0000 => SizeClass::Medium,
            _ => SizeClass::Large,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use spartan_vault::key::key_file::KeyFile;

    #[test]
    fn a_size_is_told_roughly() {
        use SizeClass::{Empty, Large, Medium, Small};
        for (bytes, expected) in [(0, Empty), (1, Small), (16_385, Medium), (262_145, Large)] {
            assert_eq!(SizeClass::of(bytes), expected);
        }
    }

    #[tokio::test]
    async fn no_vault_and_one_that_is_none_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::of("app.example", Some(folder.path().to_owned())).unwrap();
        let keys = KeyPlace::File(KeyFile::at(folder.path().join("key")));
        assert_eq!(look(&paths, &keys).await, [Finding::well(Observation::NoVault)]);
        fs::write(paths.vault(), "no vault at all").unwrap();
        let [one, opens] = <[Finding; 2]>::try_from(look(&paths, &keys).await).unwrap();
        assert_eq!(one, Finding::well(Observation::Vault { size: SizeClass::Small }));
        assert_eq!(opens, Finding::wrong(Observation::VaultStaysShut, VaultCause::Foreign.into()));
    }
}

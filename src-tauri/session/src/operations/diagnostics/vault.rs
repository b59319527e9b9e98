//! Whether the vault exists and opens without a prompt; never its contents.

use std::{fs, io::ErrorKind, sync::Arc};

use spartan_vault::{
    fs::{files::RealFiles, paths::Paths},
    key::key_place::KeyPlace,
    keyring::Interaction,
    vault::Vault,
};

use super::Finding;
use crate::error::VaultCause;

pub(super) async fn look(places: &Paths, keys: &KeyPlace) -> Vec<Finding> {
    let size = match fs::metadata(places.vault()) {
        Ok(file) => size_class(file.len()),
        Err(error) if error.kind() == ErrorKind::NotFound => return vec![Finding::well("there is none")],
        Err(error) => return vec![Finding::wrong("cannot be looked at: ", VaultCause::from(error).into())],
    };
    let vault = Vault::new(places.clone(), keys.clone(), Arc::new(RealFiles));
    let opens = match vault.read(Interaction::Forbidden).await {
        Ok(_) => Finding::well("opens"),
        Err(error) => Finding::wrong("does not open: ", error.into()),
    };
    vec![Finding::well(format!("there is one, {size}")), opens]
}

/// Returns a rough size, because the exact one would reveal something about the contents.
fn size_class(bytes: u64) -> &'static str {
    match bytes {
        0 => "empty",
        1..=0x4000 => "up to 16 KB",
        0x4001..=0x4_0000 => "up to 256 KB",
        _ => "more than 256 KB",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use spartan_vault::key::key_file::KeyFile;

    #[test]
    fn a_size_is_told_roughly() {
        let table = [(0, "empty"), (1, "up to 16 KB"), (16_385, "up to 256 KB"), (262_145, "more than 256 KB")];
        for (bytes, expected) in table {
            assert_eq!(size_class(bytes), expected);
        }
    }

    #[tokio::test]
    async fn no_vault_and_one_that_is_none_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let places = Paths::of("app.example", Some(folder.path().to_owned())).unwrap();
        let keys = KeyPlace::File(KeyFile::at(folder.path().join("key")));
        assert_eq!(look(&places, &keys).await, [Finding::well("there is none")]);
        fs::write(places.vault(), "no vault at all").unwrap();
        let [one, opens] = <[Finding; 2]>::try_from(look(&places, &keys).await).unwrap();
        assert_eq!(one, Finding::well("there is one, up to 16 KB"));
        assert!(opens.words.starts_with("does not open: "), "{opens:?}");
        assert_eq!(opens.error, Some(VaultCause::Foreign.into()));
    }
}

//! Whether the vault is there and opens, without a question to anybody; never what is in it.

use std::{fs, io::ErrorKind, sync::Arc};

use spartan_auth::{
    files::RealFiles,
    keyring::{Asked, Keyring},
    places::Places,
    trouble::Trouble,
    vault::Vault,
};

pub(super) async fn lines(places: &Places) -> Vec<String> {
    let size = match fs::metadata(places.vault()) {
        Ok(file) => size_class(file.len()),
        Err(error) if error.kind() == ErrorKind::NotFound => return vec!["there is none".into()],
        Err(error) => return vec![format!("cannot be looked at: {error}")],
    };
    let vault = Vault::new(places.clone(), Keyring::of_system(places.identifier()), Arc::new(RealFiles));
    let opens = match vault.read(Asked::Unasked).await {
        Ok(_) => "opens".into(),
        Err(error) => format!("does not open: {}", Trouble::from(&error).what),
    };
    vec![format!("there is one, {size}"), opens]
}

/// Its exact size would tell something of what is in it.
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
        let places = Places::of("app.example", Some(folder.path().to_owned())).unwrap();
        assert_eq!(lines(&places).await, ["there is none"]);
        fs::write(places.vault(), "no vault at all").unwrap();
        let lines = lines(&places).await;
        assert_eq!(lines[0], "there is one, up to 16 KB");
        assert!(lines[1].starts_with("does not open: "), "{lines:?}");
    }
}

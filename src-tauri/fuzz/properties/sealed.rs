//! Only what was sealed opens, and only as it was sealed.

use spartan_vault::{
    account::Contents,
    key::Key,
    vault::sealed::{self, VaultId},
};

/// Holds for any bytes.
pub fn holds(bytes: &[u8]) {
    let key = Key::new([7; 32]);
    assert!(sealed::open(bytes, &key).is_err());
    assert!(sealed::open(&[b"SPTV\x01".as_slice(), bytes].concat(), &key).is_err());
}

/// Holds for a sealed file into which these changes were made, one after the other: a place and a byte.
pub fn holds_for_a_changed_file(changes: &[u8]) {
    let key = Key::new([7; 32]);
    let whole = sealed::seal(&Contents::default(), VaultId([1; 16]), &key, [9; 24]).expect("it can be sealed");
    let mut file = whole.clone();
    for change in changes.chunks_exact(3) {
        let place = usize::from(u16::from_le_bytes([change[0], change[1]])) % file.len();
        file[place] = change[2];
    }
    assert_eq!(sealed::open(&file, &key).is_ok(), file == whole);
}

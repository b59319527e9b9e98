//! Windows access control lists, parsed from their text form (SDDL): a file's owner, and other users' access to it.
//! Does no I/O.
//!
//! An entry that isn't understood counts as granting access to everyone, so that nothing is considered safer than it
//! is.

use super::{FileRights, FolderRights, Others, Owner};
use crate::error::OpenTo;

/// An owner and an access control list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AccessList {
    owner: String,
    /// `None` means that there's no list, so everyone has full access.
    entries: Option<Vec<Entry>>,
}

/// An entry of an access control list that grants access.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    whose: String,
    rights: u32,
}

/// The effect of an entry.
enum Line {
    LetsIn(Entry),
    SaysNothing,
}

/// The system, administrators, the file's owner, the Windows installer, and sandboxed apps, which have no more access
/// than their user. Each is listed in both notations, two letters and SID.
const NOBODY_ELSE: [&str; 11] =
    ["SY", "S-1-5-18", "BA", "S-1-5-32-544", "CO", "S-1-3-0", "OW", "S-1-3-4", "AC", "S-1-15-2-1", INSTALLER];

const INSTALLER: &str = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464";
const EVERYONE: &str = "WD";

const READ_DATA: u32 = 0x1;
const WRITE_DATA: u32 = 0x2;
const APPEND_DATA: u32 = 0x4;
/// In a folder: delete anything in it.
const DELETE_CHILD: u32 = 0x40;
const DELETE: u32 = 0x1_0000;
/// The rights to change the list or the owner, with which users can give themselves access.
const TAKE_OVER: u32 = 0x4_0000 | 0x8_0000;
const GENERIC_ALL: u32 = 0x1000_0000;
const GENERIC_WRITE: u32 = 0x4000_0000;
const GENERIC_READ: u32 = 0x8000_0000;

const OPEN: u32 =
    READ_DATA | WRITE_DATA | APPEND_DATA | DELETE | TAKE_OVER | GENERIC_ALL | GENERIC_WRITE | GENERIC_READ;
const REPLACES: u32 = DELETE_CHILD | DELETE | TAKE_OVER | GENERIC_ALL;
/// In a folder, the right to write data is the right to add a file.
const ADDS: u32 = WRITE_DATA | GENERIC_WRITE;

/// Rights in text form, two letters each.
const RIGHTS: [(&str, u32); 25] = [
    ("CC", READ_DATA),
    ("DC", WRITE_DATA),
    ("LC", APPEND_DATA),
    ("SW", 0x8),
    ("RP", 0x10),
    ("WP", 0x20),
    ("DT", DELETE_CHILD),
    ("LO", 0x80),
    ("CR", 0x100),
    ("SD", DELETE),
    ("RC", 0x2_0000),
    ("WD", 0x4_0000),
    ("WO", 0x8_0000),
    ("GA", GENERIC_ALL),
    ("GX", 0x2000_0000),
    ("GW", GENERIC_WRITE),
    ("GR", GENERIC_READ),
    ("FA", 0x1F_01FF),
    ("FR", 0x12_0089),
    ("FW", 0x12_0116),
    ("FX", 0x12_00A0),
    ("KA", 0xF_003F),
    ("KR", 0x2_0019),
    ("KW", 0x2_0006),
    ("KX", 0x2_0019),
];

impl AccessList {
    /// Parses text such as `O:BAD:PAI(A;;FA;;;SY)`.
    pub(super) fn parse(text: &str) -> AccessList {
        let (owner, list) = text.split_once("D:").unwrap_or((text, "NO_ACCESS_CONTROL"));
        let owner = owner.strip_prefix("O:").unwrap_or_default();
        let owner = owner.split_once("G:").map_or(owner, |(owner, _)| owner);
        AccessList { owner: owner.to_owned(), entries: entries(list) }
    }

    /// Returns the owner. `me` is the user, in the text's notation.
    pub(super) fn owner(&self, me: &str) -> Owner {
        match self.owner.as_str() {
            owner if owner == me => Owner::Me,
            "BA" | "S-1-5-32-544" => Owner::Me,
            // A file system without owners reports everyone as the owner.
            "SY" | "S-1-5-18" | INSTALLER | EVERYONE | "S-1-1-0" => Owner::System,
            _ => Owner::Another,
        }
    }

    /// Whether there's no list at all, because the file system doesn't support any.
    #[cfg_attr(not(windows), expect(dead_code, reason = "asked while a file is closed to others"))]
    pub(super) const fn is_without_list(&self) -> bool {
        self.entries.is_none()
    }

    /// Returns other users' access to a file.
    pub(super) fn of_file(&self, me: &str) -> FileRights {
        FileRights { owner: self.owner(me), open_to: self.others(me, OPEN) }
    }

    /// Returns other users' access to a folder. If it's the `top` of a drive, nobody can delete it.
    pub(super) fn of_folder(&self, me: &str, is_top: bool) -> FolderRights {
        let replaces = if is_top { REPLACES & !DELETE } else { REPLACES };
        let others = match (self.others(me, replaces), self.others(me, ADDS)) {
            (Some(by), _) => Others::Replace(by),
            (None, Some(_)) => Others::Add,
            (None, None) => Others::Nothing,
        };
        FolderRights::of(self.owner(me), others)
    }

    /// Returns who besides the user has any of these rights.
    fn others(&self, me: &str, rights: u32) -> Option<OpenTo> {
        let Some(entries) = &self.entries else { return Some(OpenTo::Listed(vec![EVERYONE.to_owned()])) };
        let is_other = |whose: &str| whose != me && !NOBODY_ELSE.contains(&whose);
        let mut others: Vec<String> = Vec::new();
        for entry in entries.iter().filter(|entry| entry.rights & rights != 0 && is_other(&entry.whose)) {
            if !others.contains(&entry.whose) {
                others.push(entry.whose.clone());
            }
        }
        (!others.is_empty()).then_some(OpenTo::Listed(others))
    }
}

/// Returns the entries that grant access; `None` if the text isn't a list.
fn entries(list: &str) -> Option<Vec<Entry>> {
    let mut rest = &list[list.find('(').unwrap_or(list.len())..];
    if rest.is_empty() {
        // Flags without entries are an empty list, which grants no access.
        return list.chars().all(|flag| "PARI".contains(flag)).then(Vec::new);
    }
    let mut entries = Vec::new();
    while let Some(behind) = rest.strip_prefix('(') {
        let end = end_of_entry(behind)?;
        match line(&behind[..end])? {
            Line::LetsIn(entry) => entries.push(entry),
            Line::SaysNothing => {}
        }
        rest = &behind[end + 1..];
    }
    (rest.is_empty() || rest.starts_with("S:")).then_some(entries)
}

/// Returns the position of the closing parenthesis; conditions have their own parentheses.
fn end_of_entry(text: &str) -> Option<usize> {
    let mut depth = 1;
    text.bytes().position(|byte| {
        depth += i32::from(byte == b'(') - i32::from(byte == b')');
        depth == 0
    })
}

/// Parses `type;flags;rights;object;inherited object;trustee`, possibly followed by a condition, which counts as true.
fn line(text: &str) -> Option<Line> {
    let fields: Vec<&str> = text.splitn(7, ';').collect();
    let [kind, flags, rights, _, _, whose, ..] = fields[..] else { return None };
    let refuses = ["D", "OD", "XD", "ZD"].contains(&kind);
    // It applies only to what's created in the folder, not to the folder itself.
    let is_for_later = pairs(flags).any(|flag| flag == "IO");
    if refuses || is_for_later {
        return Some(Line::SaysNothing);
    }
    Some(Line::LetsIn(Entry { whose: whose.to_owned(), rights: mask(rights) }))
}

fn mask(rights: &str) -> u32 {
    if let Some(digits) = rights.strip_prefix("0x") {
        return u32::from_str_radix(digits, 16).unwrap_or(u32::MAX);
    }
    let known = |pair| RIGHTS.iter().find(|(letters, _)| *letters == pair).map_or(u32::MAX, |(_, bits)| *bits);
    pairs(rights).map(known).fold(0, |all, bits| all | bits)
}

fn pairs(letters: &str) -> impl Iterator<Item = &str> {
    (0..letters.len()).step_by(2).map(|at| letters.get(at..at + 2).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: &str = "S-1-5-21-1-2-3-1001";
    const ANNA: &str = "S-1-5-21-1-2-3-1002";

    fn listed(whom: &[&str]) -> OpenTo {
        OpenTo::Listed(whom.iter().map(|whom| (*whom).to_owned()).collect())
    }

    fn file(list: &str) -> Option<OpenTo> {
        AccessList::parse(&format!("O:{ME}D:{list}")).of_file(ME).open_to
    }

    fn folder(list: &str, is_top: bool) -> Others {
        AccessList::parse(&format!("O:{ME}D:{list}")).of_folder(ME, is_top).others
    }

    #[test]
    fn a_file_of_the_person_the_system_and_the_administrators_is_closed() {
        for list in [
            "P",
            "PAI",
            &format!("P(A;;FA;;;{ME})(A;;FA;;;SY)"),
            &format!("AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;FA;;;{ME})"),
            &format!("(A;;0x1f01ff;;;S-1-5-18)(A;;FA;;;S-1-5-32-544)(A;;FA;;;{ME})(A;;FR;;;AC)"),
            &format!("(A;;FA;;;OW)(A;;FA;;;CO)(A;;FA;;;{INSTALLER})"),
            // Users who can only see attributes, or whose access is denied, can't read anything.
            "(A;;LORC;;;WD)(A;;0x100080;;;BU)(D;;FA;;;WD)(XD;;FA;;;BU;(TRUE))",
            "(A;OICIIO;FA;;;WD)",
        ] {
            assert_eq!(file(list), None, "{list}");
        }
    }

    #[test]
    fn a_file_that_others_can_read_or_change_is_open_to_them() {
        for (list, whom) in [
            ("(A;;FR;;;WD)", &["WD"][..]),
            ("(A;;0x1200a9;;;BU)(A;;FA;;;SY)", &["BU"]),
            ("AI(A;ID;0x1301bf;;;AU)(A;ID;FR;;;BU)(A;ID;FW;;;AU)", &["AU", "BU"]),
            ("(A;;GR;;;S-1-1-0)", &["S-1-1-0"]),
            ("(A;;WD;;;BU)", &["BU"]),
            ("(A;;WO;;;BU)", &["BU"]),
            ("(A;;SD;;;BU)", &["BU"]),
            ("(A;;LC;;;BU)", &["BU"]),
            ("(XA;;FR;;;BU;(@User.Title==\"(PM)\"))(A;;FR;;;WD)", &["BU", "WD"]),
            ("(OA;;CC;bf967aba-0de6-11d0-a285-00aa003049e2;;BU)", &["BU"]),
            // An entry that isn't understood may grant anything.
            ("(A;;??;;;BU)", &["BU"]),
            ("(A;;0xzz;;;BU)", &["BU"]),
            ("(A;;F;;;BU)", &["BU"]),
            ("(Q;;FR;;;BU)", &["BU"]),
            ("(A;;FR;;;BU", &["WD"]),
            ("(A;;FR)", &["WD"]),
            ("what", &["WD"]),
            ("NO_ACCESS_CONTROL", &["WD"]),
        ] {
            assert_eq!(file(list), Some(listed(whom)), "{list}");
        }
        assert_eq!(file(&format!("(A;;FR;;;{ANNA})")), Some(listed(&[ANNA])));
        assert_eq!(AccessList::parse(&format!("O:{ME}")).of_file(ME).open_to, Some(listed(&["WD"])));
        assert_eq!(
            AccessList::parse("").of_file(ME),
            FileRights { owner: Owner::Another, open_to: Some(listed(&["WD"])) }
        );
    }

    #[test]
    fn in_a_folder_others_look_add_or_replace() {
        for list in [
            // A user's own folder in C:\Users, and one that others can read.
            format!("P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;{ME})"),
            format!("(A;OICI;0x1200a9;;;BU)(A;OICI;FA;;;{ME})"),
            // The top of C:, where others can create folders but change only the contents of those.
            "PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;0x1200a9;;;BU)(A;OICIIO;SDGXGWGR;;;AU)(A;;LC;;;AU)".to_owned(),
        ] {
            assert_eq!(folder(&list, false), Others::Nothing, "{list}");
        }
        for list in ["(A;CI;DC;;;BU)", "(A;;FW;;;WD)", "(A;;GW;;;WD)"] {
            assert_eq!(folder(list, false), Others::Add, "{list}");
        }
        for (list, whom) in [
            ("(A;;FA;;;WD)", "WD"),
            ("(A;OICIID;0x1301bf;;;AU)", "AU"),
            ("(A;;DT;;;BU)", "BU"),
            ("(A;;WDFR;;;BU)", "BU"),
            ("NO_ACCESS_CONTROL", "WD"),
        ] {
            assert_eq!(folder(list, false), Others::Replace(listed(&[whom])), "{list}");
        }
        // A second drive with Windows' default permissions: others can change it, but nobody can delete a drive.
        assert_eq!(folder("(A;OICI;0x1301bf;;;AU)", true), Others::Add);
        assert_eq!(folder("(A;OICI;FA;;;AU)", true), Others::Replace(listed(&["AU"])));
    }

    #[test]
    fn another_users_folder_is_theirs_to_change() {
        let list = format!("O:{ANNA}D:P(A;;FA;;;{ME})");
        let rights = AccessList::parse(&list).of_folder(ME, false);
        assert_eq!(rights, FolderRights { owner: Owner::Another, others: Others::Replace(OpenTo::Owner) });
    }

    #[test]
    fn an_owner_is_the_person_the_system_or_another() {
        let owner = |owner: &str| AccessList::parse(&format!("O:{owner}D:P")).owner(ME);
        for (named, whose) in [
            (ME, Owner::Me),
            ("BA", Owner::Me),
            ("BAG:SY", Owner::Me),
            ("SY", Owner::System),
            (INSTALLER, Owner::System),
            ("WD", Owner::System),
            (ANNA, Owner::Another),
            ("BU", Owner::Another),
        ] {
            assert_eq!(owner(named), whose, "{named}");
        }
    }
}

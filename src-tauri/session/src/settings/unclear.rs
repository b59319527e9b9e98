//! Finds settings entries for token files that aren't understood, so that no token is left in a forgotten file. Does no
//! I/O.

use serde_json::Value;

use super::{KEEP, keep};
use crate::{
    error::EntryFlaw,
    settings::token_file::{TokenFile, UnclearEntry},
};

/// Returns the token files, and the entries that aren't understood.
pub(super) fn list(value: &Value) -> (Vec<TokenFile>, Vec<UnclearEntry>) {
    let (mut token_file, mut unclear): (Vec<TokenFile>, Vec<UnclearEntry>) = (Vec::new(), Vec::new());
    let Value::Array(entries) = value else { return (token_file, under(KEEP, value, EntryFlaw::NoEntry)) };
    for (number, entry) in (1..).zip(entries) {
        let flaw = match keep::parse(entry) {
            Ok(file) if token_file.contains(&file) => continue,
            Ok(file) if token_file.iter().any(|known| known.file == file.file) => EntryFlaw::Repeated,
            Ok(file) => {
                token_file.push(file);
                continue;
            }
            Err(flaw) => flaw,
        };
        unclear.push(one(format!("[[{KEEP}]] {number}"), entry, flaw));
    }
    (token_file, unclear)
}

/// Returns the entries under an unknown key, if it looks like one for token files.
pub(super) fn misnamed(key: &str, value: &Value) -> Vec<UnclearEntry> {
    let name = key.to_lowercase();
    let is_meant = ["keep", "kept", "token_file", "token-file"].iter().any(|known| name.contains(known));
    if is_meant || names_a_file(value) { under(key, value, EntryFlaw::Misnamed) } else { Vec::new() }
}

/// Returns what a settings file that isn't TOML seems to say about token files: the values of `file` and `link`, and
/// anything else that looks like a path, except in comments and for the key file.
pub(super) fn scan(text: &str) -> Vec<UnclearEntry> {
    let entry = |(number, line): (usize, &str)| {
        let files: Vec<String> = assigned(line).into_iter().filter_map(as_file).collect();
        let place = format!("line {number}");
        (!files.is_empty()).then_some(UnclearEntry {
            place,
            flaw: EntryFlaw::Syntax,
            files,
            has_known_keys: true,
            format: None,
            account: None,
        })
    };
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim_start().starts_with('#')).filter_map(entry).collect()
}

fn under(key: &str, value: &Value, flaw: EntryFlaw) -> Vec<UnclearEntry> {
    match value {
        Value::Array(entries) if entries.iter().any(Value::is_object) => {
            let entry = |(number, entry)| one(format!("[[{key}]] {number}"), entry, flaw);
            (1..).zip(entries).map(entry).collect()
        }
        Value::Object(tables)
            if !tables.is_empty() && tables.values().all(|value| value.is_object() || value.is_array()) =>
        {
            tables.iter().flat_map(|(inner, value)| under(&format!("{key}.{inner}"), value, flaw)).collect()
        }
        Value::Object(_) => vec![one(format!("[{key}]"), value, flaw)],
        _ => vec![one(key.to_owned(), value, flaw)],
    }
}

fn one(place: String, value: &Value, flaw: EntryFlaw) -> UnclearEntry {
    let mut files = Vec::new();
    collect(value, !value.is_object(), &|_| false, &mut files);
    // If no key indicates a file, anything that looks like a path may be one.
    if files.is_empty() {
        collect(value, false, &looks_like_a_path, &mut files);
    }
    let (format, account) = (keep::format(value), keep::account(value));
    UnclearEntry { place, flaw, files, has_known_keys: has_known_keys(value), format, account }
}

/// Whether an entry has only keys that entries have. Any other key may be a part of a file's name.
fn has_known_keys(value: &Value) -> bool {
    let is_known = |key: &str| means_file(key) || key == "format" || key == "account";
    match value {
        Value::Array(values) => values.iter().all(has_known_keys),
        Value::Object(fields) => fields.iter().all(|(key, value)| is_known(key) && has_known_keys(value)),
        _ => true,
    }
}

/// Collects every string that's a file according to its key or its content.
fn collect(value: &Value, is_file: bool, by_itself: &dyn Fn(&str) -> bool, files: &mut Vec<String>) {
    match value {
        Value::String(text) if is_file || by_itself(text) => files.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| collect(value, is_file, by_itself, files)),
        Value::Object(fields) => {
            fields.iter().for_each(|(key, value)| collect(value, means_file(key), by_itself, files));
        }
        _ => {}
    }
}

fn names_a_file(value: &Value) -> bool {
    match value {
        Value::Array(values) => values.iter().any(names_a_file),
        Value::Object(fields) => fields.iter().any(|(key, value)| means_file(key) || names_a_file(value)),
        _ => false,
    }
}

fn means_file(key: &str) -> bool {
    ["file", "link", "path", "files"].iter().any(|known| key.eq_ignore_ascii_case(known))
}

fn looks_like_a_path(text: &str) -> bool {
    !text.contains("://") && text.contains(['/', '\\'])
}

fn as_file((key, value): (&str, String)) -> Option<String> {
    let is_another_setting =
        ["key_file", "redirect_uri", "client_id"].iter().any(|known| key.eq_ignore_ascii_case(known));
    let is_file =
        !is_another_setting && (means_file(key) || key.eq_ignore_ascii_case(KEEP) || looks_like_a_path(&value));
    (is_file && !value.is_empty()).then_some(value)
}

/// Returns each string in a line, with the last key before it. An unclosed quote ends with the line.
fn assigned(line: &str) -> Vec<(&str, String)> {
    let (mut found, mut key, mut rest) = (Vec::new(), "", line);
    while let Some(at) = rest.find(['=', '"', '\'', '#']) {
        let (before, behind) = (&rest[..at], &rest[at + 1..]);
        match rest.as_bytes()[at] {
            b'#' => break,
            b'=' => {
                key = last_word(before);
                let bare = bare(behind);
                rest = &behind[bare.len()..];
                found.extend((!bare.trim().is_empty()).then(|| (key, bare.trim().to_owned())));
            }
            quote => {
                let (text, behind) = quoted(behind, char::from(quote));
                // A quoted key is a string too; its value follows.
                found.extend((!behind.trim_start().starts_with('=')).then_some((key, text)));
                rest = behind;
            }
        }
    }
    found
}

/// Returns an unquoted value.
fn bare(text: &str) -> &str {
    let end = text.find(|letter| "\"'[]{},#".contains(letter)).unwrap_or(text.len());
    &text[..end]
}

fn last_word(text: &str) -> &str {
    let text = text.trim_end().trim_end_matches(['"', '\'']);
    let is_of_word = |letter: char| letter.is_alphanumeric() || "_-".contains(letter);
    text.rfind(|letter| !is_of_word(letter)).map_or(text, |at| {
        let behind = at + text[at..].chars().next().map_or(0, char::len_utf8);
        &text[behind..]
    })
}

fn quoted(text: &str, quote: char) -> (String, &str) {
    let (mut value, mut letters) = (String::new(), text.char_indices());
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' if quote == '"' => value.extend(letters.next().map(|(_, letter)| letter)),
            letter if letter == quote => return (value, &text[at + 1..]),
            letter => value.push(letter),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::format::Format;
    use spartan_vault::account::AccountId;

    const ID: &str = "00000000-0000-0000-0000-000000000001";

    #[test]
    fn each_entry_that_is_not_understood_keeps_what_it_says() {
        let id = AccountId(ID.parse().unwrap());
        let dotenv = Some(Format::Dotenv);
        for (entry, flaw, files, format, account) in [
            (
                json!({"file": "/a/.env", "format": "hush", "account": ID}),
                EntryFlaw::Format,
                vec!["/a/.env"],
                None,
                Some(id),
            ),
            (
                json!({"file": "/a/.env", "format": "xbl-header", "account": ID}),
                EntryFlaw::Format,
                vec!["/a/.env"],
                None,
                Some(id),
            ),
            (
                json!({"file": "/a/.env", "format": "dotenv", "account": 7}),
                EntryFlaw::Account,
                vec!["/a/.env"],
                dotenv,
                None,
            ),
            (
                json!({"file": ".env", "format": "dotenv", "account": ID}),
                EntryFlaw::File,
                vec![".env"],
                dotenv,
                Some(id),
            ),
            (
                json!({"file": "/a/.env", "link": 7, "format": "dotenv", "account": ID}),
                EntryFlaw::Link,
                vec!["/a/.env"],
                dotenv,
                Some(id),
            ),
            (
                json!({"fiel": "/a/.env", "format": "dotenv", "account": ID}),
                EntryFlaw::File,
                vec!["/a/.env"],
                dotenv,
                Some(id),
            ),
            (json!({"File": ".env"}), EntryFlaw::File, vec![".env"], None, None),
            (
                json!({"file": ["/a/.env", "b"], "format": "dotenv"}),
                EntryFlaw::File,
                vec!["/a/.env", "b"],
                dotenv,
                None,
            ),
            (json!({"file": {"path": "b"}}), EntryFlaw::File, vec!["b"], None, None),
            (json!({}), EntryFlaw::File, vec![], None, None),
            (json!("/a/.env"), EntryFlaw::NoEntry, vec!["/a/.env"], None, None),
            (json!(7), EntryFlaw::NoEntry, vec![], None, None),
        ] {
            let (token_file, unclear) = list(&json!([entry]));
            let files: Vec<String> = files.into_iter().map(str::to_owned).collect();
            let has_known_keys = !entry.to_string().contains("fiel");
            let expected = UnclearEntry { place: "[[keep]] 1".into(), flaw, files, has_known_keys, format, account };
            assert_eq!((token_file, unclear), (vec![], vec![expected]), "{entry}");
        }
    }

    #[test]
    fn what_is_no_list_or_stands_under_another_name_is_found() {
        let paths =
            |unclear: Vec<UnclearEntry>| unclear.into_iter().map(|one| (one.place, one.files)).collect::<Vec<_>>();
        let entry = || json!({"file": ".env", "format": "dotenv"});
        let env = || vec![".env".to_owned()];
        for (value, expected) in [
            (json!(".env"), vec![("keep", env())]),
            (json!(true), vec![("keep", vec![])]),
            (entry(), vec![("[keep]", env())]),
            (json!({"bot": entry(), "web": [entry()]}), vec![("[keep.bot]", env()), ("[[keep.web]] 1", env())]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|(place, files)| (place.to_owned(), files)).collect();
            assert_eq!(paths(list(&value).1), expected, "{value}");
        }
        assert_eq!(paths(list(&json!([".env", "b"])).1).len(), 2);
        for key in ["Keep", "KEEP", "keeps", "kept_files", "anything"] {
            assert_eq!(paths(misnamed(key, &json!([entry()]))), [(format!("[[{key}]] 1"), env())]);
        }
        for (key, value) in [("colour", json!("/a/b")), ("window", json!({"width": 4})), ("later", json!(1))] {
            assert_eq!(misnamed(key, &value), [], "{key}");
        }
    }

    #[test]
    fn an_entry_that_stands_twice_is_one_and_another_of_the_same_file_is_told() {
        let entry =
            |format: &str| json!({"file": if cfg!(windows) { r"C:\a" } else { "/a" }, "format": format, "account": ID});
        let (token_file, unclear) = list(&json!([entry("dotenv"), entry("dotenv"), entry("json")]));
        assert_eq!((token_file.len(), unclear.len()), (1, 1));
        assert_eq!((unclear[0].place.as_str(), unclear[0].flaw), ("[[keep]] 3", EntryFlaw::Repeated));
    }

    #[test]
    fn a_file_that_is_no_toml_is_looked_through_for_files() {
        for (line, files) in [
            ("file = \"/a/.env\"", &["/a/.env"][..]),
            ("  File='/a b/.env' # mine", &["/a b/.env"]),
            ("\"file\" = \"/a/.env\"", &["/a/.env"]),
            ("file = \"/a/.env", &["/a/.env"]),
            ("file = /a/.env", &["/a/.env"]),
            ("file = .env # mine", &[".env"]),
            (r#"file = "C:\\a\\.env""#, &[r"C:\a\.env"]),
            ("file = \"/a/x=y.env\"", &["/a/x=y.env"]),
            ("keep = [{ file = '/a', format = 'json' }, { file = '/b' }", &["/a", "/b"]),
            ("keep = ['/a', \"b\"]", &["/a", "b"]),
            ("fiel = '/a/.env'", &["/a/.env"]),
            ("# file = '/a/.env'", &[]),
            ("theme = \"dark\" # file = '/a'", &[]),
            ("key_file = '/keys/k'", &[]),
            ("redirect_uri = \"http://localhost/x\"", &[]),
            ("format = \"dotenv\"", &[]),
            ("[[keep]", &[]),
        ] {
            let found: Vec<String> = scan(line).into_iter().flat_map(|entry| entry.files).collect();
            assert_eq!(found, files, "{line}");
        }
        assert_eq!(scan("a\n\nfile = '/a'\n")[0].place, "line 3");
    }
}

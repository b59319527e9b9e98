//! A text as a literal of each language and shell: whatever is in it, it is read as that text and nothing else.

/// For sh, bash, zsh and their kin.
pub(super) fn posix(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// The same, bare where no quotes are needed: so it is the same text to whoever knows no quotes, too.
pub(super) fn posix_if_needed(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_./:=@%+,-".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) { text.to_owned() } else { posix(text) }
}

/// For PowerShell, which takes four other marks for a quote as well, and any of them doubled for that mark itself.
pub(super) fn powershell(text: &str) -> String {
    let mut literal = String::from("'");
    for c in text.chars() {
        if matches!(c, '\'' | '\u{2018}'..='\u{201b}') {
            literal.push(c);
        }
        literal.push(c);
    }
    literal + "'"
}

/// For Python.
pub(super) fn python(text: &str) -> String {
    literal(text, |c| match u32::from(c) {
        code @ 0..=0xffff => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    })
}

/// For JavaScript and for C#, which write what is beyond sixteen bits in two halves.
pub(super) fn javascript_or_csharp(text: &str) -> String {
    let half = |half: &u16| format!("\\u{half:04x}");
    literal(text, |c| c.encode_utf16(&mut [0; 2]).iter().map(half).collect::<Vec<_>>().concat())
}

/// Between double quotes, with all but letters, digits and what is in ASCII written by `escape`: line separators end a
/// literal in some languages, and marks of direction make it look like another.
fn literal(text: &str, escape: impl Fn(char) -> String) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => literal.extend(['\\', c]),
            ' '..='~' => literal.push(c),
            c if c.is_alphanumeric() => literal.push(c),
            c => literal.push_str(&escape(c)),
        }
    }
    literal + "\""
}

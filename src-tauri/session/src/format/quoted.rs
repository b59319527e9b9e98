//! Quotes text as a literal for each language and shell, so that whatever it contains is read as that text and nothing
//! else.

/// Quotes text for sh, bash, zsh and similar shells.
pub(super) fn posix(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Does the same, but leaves text unquoted if possible, so that readers that don't support quotes get the same text.
pub(super) fn posix_if_needed(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_./:=@%+,-".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) { text.to_owned() } else { posix(text) }
}

/// Quotes text for PowerShell, which accepts four other characters as a quote too; each is escaped by doubling.
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

/// Quotes text for Python.
pub(super) fn python(text: &str) -> String {
    literal(text, |c| match u32::from(c) {
        code @ 0..=0xffff => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    })
}

/// Quotes text for JavaScript and C#, which write a character beyond 16 bits as two halves.
pub(super) fn javascript_or_csharp(text: &str) -> String {
    let half = |half: &u16| format!("\\u{half:04x}");
    literal(text, |c| c.encode_utf16(&mut [0; 2]).iter().map(half).collect::<Vec<_>>().concat())
}

/// Quotes text with double quotes. Escapes everything except letters, digits and ASCII with `escape`: line separators
/// end a literal in some languages, and bidirectional marks make it look like another one.
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

//! Reads a diff as the text that it results in.

use super::names;

/// Returns the text without the lines that a diff removes; any other text as it is.
pub(super) fn applied(text: &str) -> String {
    let is_added = |line: &str| line.strip_prefix('+').is_some_and(|line| begins_with_name(line.trim_start()));
    let is_removed = |line: &str| line.strip_prefix('-').is_some_and(begins_with_name);
    if !text.lines().any(|line| is_added(line) || is_removed(line)) {
        return text.to_owned();
    }
    let lines = text.split_inclusive('\n').map(|line| match line.split_at_checked(1) {
        Some(("-", _)) => "\n".to_owned(),
        Some(("+", rest)) => format!(" {rest}"),
        _ => line.to_owned(),
    });
    lines.collect()
}

/// Whether a line begins with a name and its value; an option of a program has a space between them.
fn begins_with_name(line: &str) -> bool {
    let line = line.strip_prefix("export ").unwrap_or(line);
    let name = line.split(['=', ':']).next().filter(|name| name.len() < line.len()).unwrap_or_default().trim_end();
    let is_of_name = |letter: char| letter.is_alphanumeric() || "_.\"'$".contains(letter);
    name.chars().all(is_of_name) && names::field(name).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_diff_removes_is_not_read() {
        assert_eq!(applied(" A=1\n-CLIENT_ID=old\n+CLIENT_ID=new\n"), " A=1\n\n CLIENT_ID=new\n");
        assert_eq!(applied("A=1\n- CLIENT_ID=old\n+ CLIENT_ID=new"), "A=1\n\n  CLIENT_ID=new");
        assert_eq!(applied("-CLIENT_ID=old\n"), "\n");
        for text in ["- CLIENT_ID=x\n- CLIENT_SECRET=y", "--client-id=x", "-e CLIENT_ID=x", "A+B\n- c", "+1\n-1"] {
            assert_eq!(applied(text), text);
        }
    }
}

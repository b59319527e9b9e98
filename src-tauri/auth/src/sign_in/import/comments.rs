//! Removes comments, in any language.

use super::cursor::{Cursor, is_line_end};

/// Comments with an end mark.
const BLOCKS: [(&str, &str); 27] = [
    ("/*", "*/"),
    ("<!--", "-->"),
    ("<%#", "%>"),
    ("<#", "#>"),
    ("--[[", "]]"),
    ("--[==[", "]==]"),
    ("--[=[", "]=]"),
    ("{{!--", "--}}"),
    ("{{!", "}}"),
    ("{-", "-}"),
    ("{#", "#}"),
    ("(*", "*)"),
    ("@*", "*@"),
    ("###", "###"),
    ("#[=[", "]=]"),
    ("#[[", "]]"),
    ("#[", "]#"),
    ("#=", "=#"),
    ("#|", "|#"),
    ("#if 0", "#endif"),
    ("# if 0", "endif"),
    ("#if false", "#endif"),
    ("#if FALSE", "#endif"),
    ("#cs", "#ce"),
    ("/+", "+/"),
    ("%{", "%}"),
    ("\\begin{comment}", "\\end{comment}"),
];
/// The same at the beginning of a line alone.
const PARAGRAPHS: [(&str, &str); 4] =
    [("=begin", "\n=end"), ("=pod", "\n=cut"), ("=for", "\n\n"), ("if false; then", "\nfi")];

/// How many comments can be in each other. Text that only begins them is read in no more time than other text.
const DEEPEST: usize = 16;

/// A text whose comments are apart from the rest. Both have the lines of the text.
#[derive(Debug, Default)]
pub(super) struct Split {
    /// The text with a space in place of each comment.
    pub code: String,
    pub comments: String,
}

/// Takes the comments out of a text. Strings and marks inside a value are left alone.
pub(super) fn split(text: &str) -> Split {
    let has_sections = text.lines().any(is_section);
    let mut cursor = Cursor::new(text);
    let mut split = Split { code: String::with_capacity(text.len()), comments: String::new() };
    let mut is_behind_one = false;
    let mut missing = Vec::new();
    while let Some(letter) = cursor.peek() {
        let comment = comment(cursor, has_sections, is_behind_one, &mut missing);
        is_behind_one = comment.is_some();
        let len = || cursor.quoted().map_or(letter.len_utf8(), |quoted| quoted.len);
        let read = cursor.rest().get(..comment.unwrap_or_else(len)).unwrap_or_default();
        let Split { code, comments } = &mut split;
        code.push_str(if is_behind_one { " " } else { "" });
        let (whole, lines) = if is_behind_one { (comments, code) } else { (code, comments) };
        whole.push_str(read);
        lines.extend(read.chars().filter(|letter| is_line_end(*letter)));
        cursor.skip(read.len());
    }
    split
}

/// Whether a line is a section header of an INI or TOML file.
pub(super) fn is_section(line: &str) -> bool {
    let inner = line.trim().strip_prefix('[').and_then(|line| line.strip_suffix(']'));
    let is_of_name = |letter: char| letter.is_alphanumeric() || "_-.: []\"'@".contains(letter);
    inner.is_some_and(|name| !name.trim_matches(['[', ']', ' ']).is_empty() && name.chars().all(is_of_name))
}

/// Returns the length of the comment that begins here. `missing` are the end marks that don't follow any more: looking for
/// them again at each start mark would take as long as the square of the text's length.
fn comment<'t>(
    cursor: Cursor<'t>,
    has_sections: bool,
    is_behind_one: bool,
    missing: &mut Vec<&'t str>,
) -> Option<usize> {
    if cursor.starts("' ") && cursor.line_before().trim().is_empty() {
        return Some(cursor.line().len());
    }
    if let Some(quoted) = cursor.quoted() {
        return (quoted.is_triple && stands_alone(cursor, quoted.len)).then_some(quoted.len);
    }
    if !cursor.peek().is_some_and(may_begin) {
        return None;
    }
    let before = cursor.line_before();
    let begins_line = before.trim().is_empty();
    let is_apart = begins_line
        || is_behind_one
        || before.ends_with(|letter: char| letter.is_whitespace() || "\"',;(){}[]&|>".contains(letter))
        || cursor.starts("/*") && before.ends_with(['=', ':', '`'])
        // `C#` is a word.
        || cursor.starts("# ") && before.rsplit(char::is_whitespace).next().is_some_and(|word| word.len() > 1);
    if !is_apart {
        return None;
    }
    let paragraphs = PARAGRAPHS.into_iter().filter(|_| begins_line);
    let block = BLOCKS.into_iter().chain(paragraphs).find(|(start, _)| cursor.starts(start));
    if let Some((start, end)) = block {
        match closed(cursor, start, end, missing) {
            Some(len) => return Some(len),
            // In the middle of a line it's part of a value.
            None if begins_line && begins(cursor, start) => return Some(cursor.line().len()),
            None => {}
        }
    }
    if begins_line && let Some(len) = unread(cursor, missing) {
        return Some(len);
    }
    let line = cursor.line_ahead();
    if line.starts_with("//") {
        return Some(continued(cursor));
    }
    let is_comment = line.starts_with('#')
        || has_sections && line.starts_with(';')
        || is_dashed(line, begins_line)
        || begins_line && is_whole_line(line)
        || before.trim_end().ends_with(['&', '(']) && is_remark(line);
    is_comment.then(|| cursor.line().len())
}

/// Returns the length of a comment of C, which a backslash at the end of a line continues on the next one.
fn continued(cursor: Cursor) -> usize {
    let rest = cursor.rest();
    let is_last = |at: usize| !rest.get(..at).unwrap_or_default().trim_end_matches([' ', '\t', '\r']).ends_with('\\');
    rest.match_indices('\n').map(|(at, _)| at).find(|at| is_last(*at)).unwrap_or(rest.len())
}

/// Whether a mark begins a comment: some also begin a pattern, such as `/*.js`, or a footnote.
fn begins(cursor: Cursor, start: &str) -> bool {
    let inner = cursor.rest().get(start.len()..).unwrap_or_default();
    match start {
        "/*" | "(*" => inner.is_empty() || inner.starts_with(|letter: char| letter.is_whitespace() || letter == '*'),
        _ => true,
    }
}

/// Returns the length of the comment with an end mark that begins here, with those that are nested in it.
fn closed<'t>(cursor: Cursor<'t>, start: &str, end: &'t str, missing: &mut Vec<&'t str>) -> Option<usize> {
    if !begins(cursor, start) || missing.contains(&end) {
        return None;
    }
    let rest = cursor.rest();
    let first = rest.get(start.len()..)?;
    if start == end {
        // Headings of Markdown begin with the same mark.
        let is_alone = cursor.line().trim_end() == start;
        let lines = first.split_inclusive('\n').scan(start.len(), |at, line| {
            *at += line.len();
            Some((*at, line))
        });
        let mut ends = lines
            .skip(1)
            .filter(|(_, line)| line.trim() == end)
            .map(|(at, line)| at - line.len() + line.trim_end().len());
        return if is_alone { ends.next() } else { None };
    }
    let Some(flat) = first.find(end) else {
        missing.push(end);
        return None;
    };
    let is_nesting = ["/*", "{-", "(*"].contains(&start);
    let (mut at, mut depth) = (start.len(), 1);
    let mut close = start.len() + flat;
    while is_nesting && (1..=DEEPEST).contains(&depth) {
        if close < at {
            let Some(next) = rest.get(at..).and_then(|inner| inner.find(end)) else { break };
            close = at + next;
        }
        let open = rest.get(at..close).and_then(|inner| inner.find(start));
        (at, depth) = open.map_or((close + end.len(), depth - 1), |open| (at + open + start.len(), depth + 1));
    }
    // Not every language nests them.
    Some(if is_nesting && depth == 0 { at } else { start.len() + flat + end.len() })
}

/// Returns the length of a here-document that the shell doesn't read, such as `: <<'EOF'`, or of what stands behind the end of
/// a Perl or Ruby program.
fn unread<'t>(cursor: Cursor<'t>, missing: &mut Vec<&'t str>) -> Option<usize> {
    if ["__END__", "__DATA__"].iter().any(|end| cursor.starts(end)) {
        return ["__END__", "__DATA__"].contains(&cursor.line().trim_end()).then(|| cursor.rest().len());
    }
    let start = [": <<", ":<<"].into_iter().find(|start| cursor.starts(start))?;
    let word = cursor.line().strip_prefix(start)?.trim().trim_matches(['\'', '"']);
    let rest = cursor.rest();
    let end = format!("\n{word}");
    let ends_line =
        |at: &usize| rest.get(*at..).is_some_and(|after| after.is_empty() || after.starts_with(['\r', '\n']));
    if word.is_empty() || missing.contains(&word) {
        return None;
    }
    let len = rest.match_indices(&end).map(|(at, end)| at + end.len()).find(ends_line);
    if len.is_none() {
        missing.push(word);
    }
    len
}

fn may_begin(letter: char) -> bool {
    "#/;-<{:'\"!%@rR(=di\\_".contains(letter)
}

/// A Python string that isn't assigned to anything, on lines of its own: a docstring.
fn stands_alone(cursor: Cursor, len: usize) -> bool {
    let mut behind = cursor;
    behind.skip(len);
    if !behind.line().trim_start().trim_start_matches([')', ';']).is_empty() && !behind.line().contains('#') {
        return false;
    }
    let prefix = cursor.prefix().unwrap_or_default();
    let before = cursor.before();
    let before = before.get(..before.len() - prefix.len()).unwrap_or_default().trim_end();
    !before.ends_with(['=', '(', ',', ':', '[', '{', '+', '>']) || is_after_head(before)
}

/// Whether the last line begins a Python block.
fn is_after_head(before: &str) -> bool {
    const LONGEST: usize = 400;
    let end = before.get(before.len().saturating_sub(LONGEST)..).unwrap_or(before);
    let line = end.rsplit(is_line_end).next().unwrap_or_default().trim_start();
    ["def ", "class ", "async def "].iter().any(|head| line.starts_with(head)) || line.ends_with("):")
}

/// Two dashes, as in SQL and Lua, but not an option such as `--client-id`.
fn is_dashed(line: &str, begins_line: bool) -> bool {
    let Some(rest) = line.strip_prefix("--") else { return false };
    let word = rest.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').next().unwrap_or_default();
    let is_option = word.trim_matches('-').contains('-') && !word.starts_with('-');
    if begins_line { !is_option } else { rest.is_empty() || rest.starts_with(char::is_whitespace) }
}

/// A remark of a batch file.
fn is_remark(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or_default();
    word.trim_start_matches('@').eq_ignore_ascii_case("rem")
}

fn is_whole_line(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or_default().trim_start_matches('@');
    let is_alone = |mark: &str| line.strip_prefix(mark).is_some_and(|rest| rest.starts_with([' ', '\t']));
    // Directly before a name: a mark that nothing closes, or the second comment mark of a properties file.
    let name = line.split(['=', ':']).next().filter(|name| name.len() < line.len()).unwrap_or_default();
    let is_before_name = ["'", "\"", "!"].into_iter().any(|mark| name.starts_with(mark)) && !name.contains(' ');
    line.starts_with(';')
        || line.starts_with("::")
        || line.starts_with("%%")
        || is_remark(line)
        || word == "dnl"
        || ["!", "%", "\""].into_iter().any(is_alone)
        || is_before_name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn removed(text: &str) -> String {
        split(text).code
    }

    #[test]
    fn every_languages_comments_count_for_nothing() {
        let comments = [
            "# A=old",
            "#A=old",
            "  \t# A=old",
            "// A=old",
            "//A=old",
            "; A=old",
            ";A=old",
            "-- A=old",
            "--A=old",
            "REM A=old",
            "@rem A=old",
            ":: A=old",
            "' A=old",
            "' it's A=old",
            "'A=old",
            "!A=old",
            "\" A=old",
            "! A=old",
            "% A=old",
            "/* A=old */",
            "/*\n * A=old\n */",
            "/* A=old",
            "<!-- A=old -->",
            "<!--\nA=old\n-->",
            "<# A=old\n #>",
            "--[[ A=old\n ]]",
            "\"\"\"\nA=old\n\"\"\"",
            "'''A=old'''",
            "def f():\n    \"\"\"A=old\"\"\"",
            "class C:\n    r'''A=old'''",
        ];
        for comment in comments {
            let code = removed(&format!("A=new\n{comment}\nB=1"));
            assert!(code.contains("A=new"), "{comment}: {code}");
            assert!(!code.contains("old"), "{comment}: {code}");
        }
    }

    #[test]
    fn a_comment_behind_a_value_is_one_and_a_mark_inside_a_value_is_none() {
        for text in
            ["A=b # old", "A=\"b\" # old", "A='b'# old", "A=b // old", "A=b -- old", "A=b, /* old */", "A=b\t#old"]
        {
            assert!(!removed(text).contains("old"), "{text}");
        }
        for text in [
            "A=b#c",
            "A=\"b # c\"",
            "A='b // c'",
            "A=https://localhost",
            "A=https://localhost/#x",
            "url: https://localhost",
            "A=b--c",
            "run --client-id x",
            "--client-id=x",
            "A=b;B=c",
            "A=\"\"\"b\"\"\"",
            "f('''b''')",
            "ls a/*.env",
        ] {
            assert_eq!(removed(text), text);
        }
    }

    #[test]
    fn a_semicolon_behind_a_value_is_a_comment_where_there_are_sections() {
        assert_eq!(removed("[a]\nA=b ; old").trim_end(), "[a]\nA=b");
        assert_eq!(removed("export A=b ; export B=c"), "export A=b ; export B=c");
    }
}

//! Distinguishes values from expressions, placeholders and variable names.

use super::names;

/// How a value is written in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// In quotation marks; `true` if the language replaces `{…}` with values.
    Quoted { is_filled_in: bool },
    /// Unquoted, at the end of a line or before the next name.
    Bare,
    /// Unquoted, where a program would have a variable: among arguments, or with spaces around the `=`.
    BareInCode,
}

/// Words that stand for a value that isn't there, also with a number behind them.
const NOTHING: [&str; 26] = [
    "n/a",
    "tbd",
    "-",
    "none",
    "null",
    "nil",
    "undefined",
    "true",
    "false",
    "todo",
    "fixme",
    "changeme",
    "change_me",
    "change-me",
    "redacted",
    "removed",
    "hidden",
    "masked",
    "censored",
    "placeholder",
    "example",
    "dummy",
    "secret",
    "password",
    "mysecret",
    "my-secret",
];
const INSIDE: [&str; 9] = ["${", "$(", "{{", "#{", "%(", "<%", "…", "...", "@{"];

/// Returns the value, if it is one.
pub(super) fn value(raw: &str, style: Style) -> Option<String> {
    let raw = raw.trim();
    let is_plain = raw.contains(char::is_alphanumeric) && raw.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_plain || is_placeholder(raw) || is_variable(raw) {
        return None;
    }
    let is_expression = match style {
        Style::Quoted { is_filled_in } => is_filled_in && raw.contains('{'),
        Style::Bare => is_operation(raw) || is_path(raw) || is_call(raw) || names::field(raw).is_some(),
        Style::BareInCode => is_operation(raw) || is_path(raw) || is_call(raw) || is_name(raw),
    };
    if is_expression { None } else { unescaped(raw) }
}

/// Whether it's a placeholder that somebody has to fill in.
fn is_placeholder(raw: &str) -> bool {
    let lower = raw.to_ascii_lowercase();
    let is_between = |start, end| raw.starts_with(start) && raw.ends_with(end);
    let is_one_letter = raw.len() > 2 && raw.bytes().all(|byte| raw.as_bytes().first() == Some(&byte));
    let is_word = |word: &str| NOTHING.contains(&word) || word.len() < lower.len() && names::field(word).is_some();
    is_word(&lower)
        || is_word(lower.trim_end_matches(|letter: char| letter.is_ascii_digit() || "_-".contains(letter)))
        || INSIDE.into_iter().any(|inside| raw.contains(inside))
        || [('<', '>'), ('{', '}'), ('[', ']'), ('(', ')')].into_iter().any(|(start, end)| is_between(start, end))
        || ["your_", "your-", "<", "replace_", "insert_", "enter_", "put_", "paste_", "xxx", "op://"]
            .iter()
            .any(|start| lower.starts_with(start))
        || is_between('_', '_') && lower.starts_with("__")
        || ["_here", "-here", "xxx"].iter().any(|end| lower.ends_with(end))
        || is_one_letter
}

/// `$X`, `$env:X`, `%X%`, `!X!`, `@X`.
fn is_variable(raw: &str) -> bool {
    let inner = |start, end| raw.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
    let is_named = |name: &str| is_identifier(name) || is_path(name) || name.starts_with("env:");
    let filled_in = [inner('$', ""), inner('%', "%")];
    let referred_to = [inner('!', "!"), inner('@', ""), inner('*', "")];
    filled_in.into_iter().flatten().any(is_named)
        || referred_to.into_iter().flatten().any(|name| is_name(name) || is_call(name))
}

/// A name with at least one step, such as `config.secret`, `Config::SECRET` or `$this->secret`.
fn is_path(raw: &str) -> bool {
    let steps = raw.trim_end_matches('!').replace("?.", ".").replace("::", ".").replace("->", ".").replace(".#", ".");
    let steps: Vec<_> = steps.split('.').collect();
    steps.len() > 1 && steps.iter().all(|step| is_identifier(step))
}

fn is_operation(raw: &str) -> bool {
    raw.contains("||") || raw.contains("??")
}

/// A name followed by arguments or an index.
fn is_call(raw: &str) -> bool {
    let name = raw.split(['(', '[', '<']).next().unwrap_or_default();
    name.len() < raw.len() && (is_identifier(name) || is_path(name))
}

/// A name alone; a longer secret usually has digits.
fn is_name(raw: &str) -> bool {
    is_identifier(raw) && (names::field(raw).is_some() || !raw.bytes().any(|byte| byte.is_ascii_digit()))
}

fn is_identifier(word: &str) -> bool {
    let is_of_name = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '$';
    !word.is_empty() && word.chars().all(is_of_name) && !word.starts_with(|letter: char| letter.is_ascii_digit())
}

/// An escaped quotation mark stands for itself; any other escape can't be in our values.
fn unescaped(raw: &str) -> Option<String> {
    let mut value = String::with_capacity(raw.len());
    let mut letters = raw.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => value.push(letters.next().filter(char::is_ascii_punctuation)?),
            _ => value.push(letter),
        }
    }
    (!value.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_values_however_they_stand() {
        for raw in [
            "hush",
            "s~1=",
            "stA8Q~standIn.Secret-Value_0123456789abcd",
            "M.C535_BL2.0.U.*!$x=",
            "https://localhost",
            "ab#c",
            "M.C5*$$",
        ] {
            for style in [Style::Bare, Style::Quoted { is_filled_in: false }] {
                assert_eq!(value(raw, style).as_deref(), Some(raw), "{style:?}");
            }
        }
        assert_eq!(
            value("https:\\/\\/localhost", Style::Quoted { is_filled_in: false }).as_deref(),
            Some("https://localhost")
        );
        assert_eq!(value("s~1=", Style::BareInCode).as_deref(), Some("s~1="));
    }

    #[test]
    fn an_expression_is_no_value() {
        let bare = [
            "os.environ[\"X\"]",
            "os.environ.get('X')",
            "os.getenv('X')",
            "getenv(X)",
            "process.env.X",
            "process.env.X!",
            "process.env?.X",
            "import.meta.env.VITE_X",
            "config.secret",
            "Config::SECRET",
            "$this->secret",
            "config[\"x\"]",
            "input()",
            "CLIENT_SECRET",
            "spnkrClientSecret",
            "None",
            "null",
            "x1||y",
            "x1??y",
        ];
        for raw in bare {
            assert_eq!(value(raw, Style::Bare), None, "{raw}");
            assert_eq!(value(raw, Style::BareInCode), None, "{raw}");
        }
        let anywhere = [
            "",
            " ",
            "${X}",
            "a${X}b",
            "$X",
            "$env:X",
            "%X%",
            "!X!",
            "$(pass show x)",
            "{{ secrets.X }}",
            "{{secrets.X}}",
            "#{x}",
            "<your client id>",
            "<secret>",
            "{X}",
            "[secret]",
            "your_secret",
            "your-client-secret",
            "paste_it_here",
            "xxxxxxxx",
            "****",
            "...",
            "M.C5...",
            "two words",
            "é",
            "op://vault/item",
            "@Microsoft.KeyVault(SecretUri=x)",
            "__SECRET__",
            "*secret",
            "n/a",
            "a\\nb",
        ];
        for raw in anywhere {
            for style in [Style::Bare, Style::BareInCode, Style::Quoted { is_filled_in: false }] {
                assert_eq!(value(raw, style), None, "{raw} {style:?}");
            }
        }
        assert_eq!(value("secret", Style::BareInCode), None);
        assert_eq!(value("hush", Style::BareInCode), None);
        assert_eq!(value("a{x}", Style::Quoted { is_filled_in: true }), None);
    }
}

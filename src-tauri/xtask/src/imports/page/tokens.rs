//! JavaScript as words, strings and punctuation: just enough to find imports.

/// One piece of code. Comments and spaces are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A name, a keyword or a number.
    Word(String),
    /// A string, as written. Empty for a template or a regular expression.
    Text(String),
    /// Any other character.
    Mark(char),
}

/// Splits a module into tokens. Code inside a template counts, its text doesn't.
pub fn tokens(code: &str) -> Vec<Token> {
    let mut reader = Reader { rest: code, tokens: Vec::new() };
    reader.code(0);
    reader.tokens
}

struct Reader<'code> {
    rest: &'code str,
    tokens: Vec<Token>,
}

impl Reader<'_> {
    /// Reads code up to its end or to the brace that closes more than was opened.
    fn code(&mut self, mut depth: usize) {
        let is_in_template = depth > 0;
        while let Some(first) = self.rest.chars().next() {
            match first {
                '/' if self.rest.starts_with("//") => self.skip_past("\n"),
                '/' if self.rest.starts_with("/*") => self.skip_past("*/"),
                '/' if self.begins_regex() => self.regex(),
                '"' | '\'' => {
                    let text = self.quoted(first);
                    self.tokens.push(Token::Text(text));
                }
                '`' => self.template(),
                _ if is_of_word(first) => self.word(),
                _ => {
                    self.rest = &self.rest[first.len_utf8()..];
                    depth = match first {
                        '{' => depth + 1,
                        '}' => depth.saturating_sub(1),
                        _ => depth,
                    };
                    if is_in_template && depth == 0 {
                        return;
                    }
                    if !first.is_whitespace() {
                        self.tokens.push(Token::Mark(first));
                    }
                }
            }
        }
    }

    fn skip_past(&mut self, end: &str) {
        self.rest = self.rest.split_once(end).map_or("", |(_, rest)| rest);
    }

    fn word(&mut self) {
        let length = self.rest.find(|character| !is_of_word(character)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(length);
        self.rest = rest;
        self.tokens.push(Token::Word(word.to_owned()));
    }

    fn quoted(&mut self, quote: char) -> String {
        let length = length_up_to(&self.rest[1..], |character| character == quote);
        let text = self.rest[1..=length].to_owned();
        self.rest = self.rest.get(length + 2..).unwrap_or_default();
        text
    }

    fn template(&mut self) {
        self.rest = &self.rest[1..];
        loop {
            self.rest = &self.rest[length_up_to(self.rest, |character| matches!(character, '`' | '$'))..];
            if let Some(rest) = self.rest.strip_prefix("${") {
                self.rest = rest;
                self.code(1);
            } else {
                let is_over = self.rest.is_empty() || self.rest.starts_with('`');
                self.rest = self.rest.get(1..).unwrap_or_default();
                if is_over {
                    break;
                }
            }
        }
        // A slash after a template is a division.
        self.tokens.push(Token::Text(String::new()));
    }

    /// Returns whether a slash begins a regular expression. After a value, it's a division.
    fn begins_regex(&self) -> bool {
        match self.tokens.last() {
            None => true,
            Some(Token::Word(word)) => matches!(word.as_str(), "return" | "typeof" | "case" | "in" | "of" | "await"),
            Some(Token::Text(_)) => false,
            Some(Token::Mark(mark)) => !matches!(mark, ')' | ']' | '}'),
        }
    }

    fn regex(&mut self) {
        let mut is_in_class = false;
        let length = length_up_to(&self.rest[1..], |character| {
            match character {
                '[' => is_in_class = true,
                ']' => is_in_class = false,
                _ => {}
            }
            character == '/' && !is_in_class
        });
        self.rest = self.rest.get(length + 2..).unwrap_or_default();
        // A slash after a regular expression is a division.
        self.tokens.push(Token::Text(String::new()));
    }
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$' | '#')
}

/// Returns the length of the text before the first character, not escaped, that ends it.
fn length_up_to(text: &str, mut ends: impl FnMut(char) -> bool) -> usize {
    let mut is_escaped = false;
    let end = text.char_indices().find(|&(_, character)| {
        let is_end = !is_escaped && ends(character);
        is_escaped = !is_escaped && character == '\\';
        is_end
    });
    end.map_or(text.len(), |(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(code: &str) -> String {
        let word = |token: &Token| match token {
            Token::Word(word) => word.clone(),
            Token::Text(text) => format!("\"{text}\""),
            Token::Mark(mark) => mark.to_string(),
        };
        tokens(code).iter().map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn comments_are_left_out() {
        assert_eq!(words("a // b\nc /* d\n */ e /** { */ f"), "a c e f");
    }

    #[test]
    fn a_text_ends_at_its_own_quote() {
        assert_eq!(words(r#"a("b'\"c", 'd"e', "//")"#), r#"a ( "b'\"c" , "d"e" , "//" )"#);
    }

    #[test]
    fn code_inside_a_template_counts() {
        assert_eq!(words("a(`b ${c({ d: `e ${f}` })} $g \\` h`) / i"), "a ( c ( { d : f \"\" } ) \"\" ) / i");
    }

    #[test]
    fn a_regular_expression_is_no_division() {
        assert_eq!(words("a = /\"[/'] \\/`/g; b / c / d; return /e/"), "a = \"\" g ; b / c / d ; return \"\"");
    }

    #[test]
    fn what_has_no_end_ends_with_the_file() {
        for code in ["\"a", "'", "`a", "`${", "/* a", "/a", "\"a\\"] {
            assert!(!words(code).contains('a') || code.starts_with('"'), "{code}");
        }
    }
}

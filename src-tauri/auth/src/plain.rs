//! Sanitizes external text for display: it can't move the cursor, change the text direction, hide anything or break a
//! line.
//!
//! What stays is decided by Unicode's general category. Joiners and variation selectors are removed everywhere, because
//! they make names that look the same differ: an emoji that consists of several shows as several.
//!
//! Names are sanitized when they arrive from a service, the user or the vault; sentences when they're displayed.

use icu_properties::{
    CodePointMapData, CodePointSetData,
    props::{DefaultIgnorableCodePoint, GeneralCategory},
};
use serde::{Deserialize, Deserializer};

/// The maximum length of a name; gamertags are at most half as long.
const LONGEST_NAME: usize = 40;
/// The maximum number of marks on one letter; no script uses more.
const MOST_MARKS: usize = 4;

/// Returns a third party's code or key, made safe for a line of a log: its printable ASCII characters, at most 64.
#[must_use]
pub fn code(text: &str) -> String {
    text.chars().filter(char::is_ascii_graphic).take(64).collect()
}

/// Returns the text as a single line: spaces and line breaks become spaces, and invisible characters are removed.
#[must_use]
pub fn line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut marks = MOST_MARKS;
    for letter in text.chars() {
        match Kind::of(letter) {
            Kind::Hidden => {}
            Kind::Mark if marks == MOST_MARKS => {}
            Kind::Mark => {
                marks += 1;
                line.push(letter);
            }
            Kind::Blank => {
                marks = MOST_MARKS;
                line.push(' ');
            }
            Kind::Letter => {
                marks = 0;
                line.push(letter);
            }
        }
    }
    line
}

/// Returns a name: a trimmed line of at most 40 characters, or `None` if nothing in it is visible.
#[must_use]
pub fn name(text: &str) -> Option<String> {
    let line = line(text);
    let words = line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let name: String = words.chars().take(LONGEST_NAME).collect();
    Some(name.trim_end().to_owned()).filter(|name| !name.is_empty())
}

/// For `#[serde(default, deserialize_with = "plain::optional_name")]`: an earlier version may have stored it
/// unsanitized.
pub fn optional_name<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.as_deref().and_then(name))
}

enum Kind {
    /// Visible, and takes up space.
    Letter,
    /// Visible on the preceding letter.
    Mark,
    /// A space of any width, or a line break.
    Blank,
    /// A control or direction character, one with no width, or one that every font and terminal shows differently.
    Hidden,
}

impl Kind {
    fn of(letter: char) -> Kind {
        use GeneralCategory as Category;
        // Letters without a glyph (fillers, joiners, selectors), and the Braille blank, which is a symbol.
        let is_ignorable =
            CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(letter) || letter == '\u{2800}';
        match CodePointMapData::<GeneralCategory>::new().get(letter) {
            _ if letter.is_whitespace() => Kind::Blank,
            // It stands for an object that isn't there.
            _ if is_ignorable || letter == '\u{fffc}' => Kind::Hidden,
            Category::Control | Category::Format | Category::Surrogate => Kind::Hidden,
            // Noncharacters, and what a later version of Unicode may make a control, are unassigned.
            Category::PrivateUse | Category::Unassigned => Kind::Hidden,
            Category::LineSeparator | Category::ParagraphSeparator | Category::SpaceSeparator => Kind::Blank,
            Category::NonspacingMark | Category::EnclosingMark | Category::SpacingMark => Kind::Mark,
            Category::UppercaseLetter
            | Category::LowercaseLetter
            | Category::TitlecaseLetter
            | Category::ModifierLetter
            | Category::OtherLetter
            | Category::DecimalNumber
            | Category::LetterNumber
            | Category::OtherNumber
            | Category::DashPunctuation
            | Category::OpenPunctuation
            | Category::ClosePunctuation
            | Category::ConnectorPunctuation
            | Category::InitialPunctuation
            | Category::FinalPunctuation
            | Category::OtherPunctuation
            | Category::MathSymbol
            | Category::CurrencySymbol
            | Category::ModifierSymbol
            | Category::OtherSymbol => Kind::Letter,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_moves_turns_hides_or_ends_a_line_is_left_out() {
        let turns = ['\u{61c}', '\u{200e}', '\u{200f}'].into_iter().chain('\u{202a}'..='\u{202e}');
        let isolates = '\u{2066}'..='\u{2069}';
        let hidden = ['\u{0}', '\u{7}', '\u{1b}', '\u{7f}', '\u{9b}', '\u{ad}', '\u{200b}', '\u{200d}', '\u{2060}'];
        let fillers = ['\u{feff}', '\u{115f}', '\u{3164}', '\u{2800}', '\u{e0041}', '\u{fe0f}', '\u{34f}'];
        for letter in turns.chain(isolates).chain(hidden).chain(fillers) {
            let text = format!("Mal{letter}ory");
            assert_eq!((line(&text), name(&text)), ("Malory".into(), Some("Malory".into())), "{letter:?}");
            assert_eq!(name(&letter.to_string()), None, "{letter:?}");
        }
        for end in ['\n', '\r', '\t', '\u{b}', '\u{85}', '\u{2028}', '\u{2029}', '\u{a0}', '\u{3000}'] {
            assert_eq!(line(&format!("a{end}b")), "a b", "{end:?}");
            assert_eq!(name(&format!("{end}a{end}{end}b{end}")).as_deref(), Some("a b"), "{end:?}");
        }
    }

    #[test]
    fn only_letters_numbers_punctuation_and_symbols_take_up_space() {
        use GeneralCategory as Category;
        let categories = CodePointMapData::<GeneralCategory>::new();
        for letter in ('\0'..=char::MAX).filter(|letter| !letter.is_whitespace()) {
            let is_out = matches!(
                categories.get(letter),
                Category::Control
                    | Category::Format
                    | Category::PrivateUse
                    | Category::Unassigned
                    | Category::LineSeparator
                    | Category::ParagraphSeparator
            );
            assert!(!is_out || line(&letter.to_string()).is_empty(), "{letter:?}");
        }
    }

    #[test]
    fn what_no_font_or_every_font_shows_differently_is_left_out() {
        for (what, letters) in [
            ("private use", ['\u{e000}', '\u{f8ff}', '\u{f0000}', '\u{10fffd}']),
            ("noncharacters", ['\u{ffff}', '\u{fdd0}', '\u{1fffe}', '\u{10ffff}']),
            ("unassigned", ['\u{378}', '\u{e0080}', '\u{2fe0}', '\u{e0fff}']),
            ("tags", ['\u{e0001}', '\u{e0020}', '\u{e0061}', '\u{e007f}']),
            ("variations", ['\u{fe00}', '\u{fe0f}', '\u{180b}', '\u{e01ef}']),
            ("objects and annotations", ['\u{fffc}', '\u{fff9}', '\u{fffa}', '\u{fffb}']),
        ] {
            for letter in letters {
                assert_eq!(line(&format!("Mal{letter}ory")), "Malory", "{what}: {letter:?}");
                assert_eq!(name(&letter.to_string()), None, "{what}: {letter:?}");
            }
        }
        assert_eq!(
            line("Mal\u{fffd}ory"),
            "Mal\u{fffd}ory",
            "the replacement character shows that something is missing"
        );
        assert_eq!(line("👩\u{200d}🚀 ❤\u{fe0f}"), "👩🚀 ❤");
    }

    #[test]
    fn names_of_every_script_stay_as_they_are() {
        let names = [
            "aCurtis X89",
            "Zoë",
            "Zoe\u{308}",
            "זוהר",
            "سبارتان",
            "स्पार्टन",
            "ส้มโอ",
            "스파르탄",
            "斯巴达",
            "Bot 🤖",
            "{x\"'\\",
        ];
        for text in names {
            assert_eq!((line(text).as_str(), name(text).as_deref()), (text, Some(text)));
        }
    }

    #[test]
    fn marks_without_end_and_marks_on_nothing_are_cut() {
        let flood = format!("Z{}o", "\u{301}".repeat(500));
        assert_eq!(line(&flood), format!("Z{}o", "\u{301}".repeat(MOST_MARKS)));
        assert_eq!(name("\u{301}\u{489}").as_deref(), None);
        assert_eq!(line("\"\u{200b}\u{301}x"), "\"\u{301}x");
    }

    #[test]
    fn a_name_without_end_is_cut() {
        assert_eq!(name(&"x".repeat(1 << 20)), Some("x".repeat(LONGEST_NAME)));
        assert_eq!(name(&format!("{} y", "x".repeat(LONGEST_NAME - 1))), Some("x".repeat(LONGEST_NAME - 1)));
    }

    proptest! {
        #[test]
        fn what_is_fit_stays(text in any::<String>()) {
            let once = line(&text);
            prop_assert_eq!(line(&once), once.clone());
            prop_assert!(!once.contains(char::is_control));
            let named = name(&text);
            prop_assert_eq!(named.as_deref().and_then(name), named);
        }
    }
}

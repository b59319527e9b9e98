use proptest::prelude::*;

use super::*;

const NAMES: [&str; 2] = ["TOKEN", "CLEARANCE"];
const LINES: &str = "# Kept fresh by Spartan Tray, until 7\nTOKEN=v4=a\nCLEARANCE=c\n";

fn ours(token: &'static str) -> Ours<'static> {
    let values = vec![("TOKEN", token.as_bytes()), ("CLEARANCE", &b"c"[..])];
    Ours { names: &NAMES, values, comment: Some("# Kept fresh by Spartan Tray, until 7".into()) }
}

fn written(text: impl AsRef<[u8]>) -> String {
    String::from_utf8(with(text.as_ref(), &ours("v4=a"))).unwrap()
}

fn taken_out(text: impl AsRef<[u8]>) -> Vec<u8> {
    without(text.as_ref(), &NAMES)
}

#[test]
fn our_lines_come_behind_those_of_others() {
    for before in ["", "A=1\n", "# mine\n\n\nexport A = 'x'  \n", "no assignment at all\n"] {
        assert_eq!(written(before), format!("{before}{LINES}"));
    }
}

#[test]
fn our_lines_are_changed_where_they_stand() {
    let table = [
        ("A=1\nTOKEN=old\nB=2\n", "A=1\n# Kept fresh by Spartan Tray, until 7\nTOKEN=v4=a\nCLEARANCE=c\nB=2\n"),
        (
            "CLEARANCE=old\n# Kept fresh by Spartan Tray, of old\n\nTOKEN=old\n",
            "CLEARANCE=c\n# Kept fresh by Spartan Tray, until 7\n\nTOKEN=v4=a\n",
        ),
        (
            "# Kept fresh by Spartan Tray 1\n# Kept fresh by Spartan Tray 2\nTOKEN=1\nCLEARANCE=1\nTOKEN=2\n",
            "# Kept fresh by Spartan Tray, until 7\nTOKEN=v4=a\nCLEARANCE=c\nTOKEN=v4=a\n",
        ),
    ];
    for (before, after) in table {
        assert_eq!(written(before), after);
    }
}

#[test]
fn what_stands_around_a_value_of_ours_stays() {
    let table = [
        ("export TOKEN=old", "export TOKEN=v4=a"),
        ("  TOKEN = old ", "  TOKEN = v4=a "),
        ("\texport  TOKEN='o # d' # mine", "\texport  TOKEN=v4=a # mine"),
        ("TOKEN=\"o\\\"\nld\"# mine", "TOKEN=v4=a# mine"),
        ("TOKEN=`o\nld`", "TOKEN=v4=a"),
        ("TOKEN=", "TOKEN=v4=a"),
        ("TOKEN=#old", "TOKEN=v4=a"),
        ("TOKEN=  # put it here", "TOKEN=v4=a  # put it here"),
        ("TOKEN=it's # mine", "TOKEN=v4=a # mine"),
        ("TOKEN='never closed", "TOKEN=v4=a"),
    ];
    for (before, after) in table {
        assert_eq!(
            written(format!("{before}\nCLEARANCE=c\n")),
            format!("# Kept fresh by Spartan Tray, until 7\n{after}\nCLEARANCE=c\n")
        );
    }
}

#[test]
fn names_that_are_nearly_ours_are_others() {
    let before =
        "MY_TOKEN=1\nTOKEN_2=1\nTOKEN.x=1\ntoken=1\n# TOKEN=1\n#TOKEN=1\nTOKEN\nTOKEN: 1\nexportTOKEN=1\n$TOKEN=1\n";
    assert_eq!(written(before), format!("{before}{LINES}"));
}

#[test]
fn what_looks_like_ours_inside_of_a_quoted_value_is_not() {
    for quote in ['\'', '"', '`'] {
        let before = format!(
            "A={quote}first\nTOKEN=mine\n# Kept fresh by Spartan Tray\n\\{quote}\n{quote} # end\nexport B={quote}{quote}\n"
        );
        assert_eq!(written(&before), format!("{before}{LINES}"));
        assert_eq!(taken_out(&before), before.as_bytes());
    }
}

#[test]
fn a_quote_that_nothing_closes_hides_nothing_of_ours() {
    for open in ["A='", "A=\"x", "A=`", "A='it''s", "A=\"x\" y"] {
        let once = written(format!("{open}\nTOKEN=old\nB=\"1\"\n"));
        assert!(!once.contains("old") && once.contains("\nTOKEN=v4=a\n"), "{once}");
        let at_the_end = written(format!("{open}\n"));
        assert_eq!(written(&at_the_end), at_the_end);
    }
}

#[test]
fn lines_end_as_those_of_the_file_do() {
    let crlf = LINES.replace('\n', "\r\n");
    assert_eq!(written("A=1\r\nB='x'\r\n"), format!("A=1\r\nB='x'\r\n{crlf}"));
    assert_eq!(written("TOKEN=old\r\n"), crlf);
    assert_eq!(written("A=1\nB=2\r\n"), format!("A=1\nB=2\r\n{LINES}"));
}

#[test]
fn a_file_whose_last_line_has_no_end_stays_one() {
    assert_eq!(written("A=1"), format!("A=1\n{}", LINES.trim_end()));
    assert_eq!(written("A=1\r\nB=2"), format!("A=1\r\nB=2\r\n{}", LINES.trim_end().replace('\n', "\r\n")));
    assert_eq!(written("TOKEN=old"), LINES.trim_end());
    assert_eq!(taken_out("A=1\nTOKEN=old"), b"A=1");
    assert_eq!(taken_out("A=1\n\nTOKEN=old"), b"A=1\n\n");
}

#[test]
fn a_byte_order_mark_stays_in_front() {
    assert_eq!(written("\u{feff}TOKEN=old\nA=1\n"), format!("\u{feff}{LINES}A=1\n"));
    assert_eq!(taken_out("\u{feff}TOKEN=old\nA=1\n"), "\u{feff}A=1\n".as_bytes());
    assert!(is_empty(&taken_out(written("\u{feff}"))) && is_empty(b"") && !is_empty(b"\n"));
}

#[test]
fn bytes_that_are_no_text_stay() {
    let before = b"# caf\xe9\nA=\xff\xfe\n";
    assert_eq!(with(before, &ours("v4=a")), [before, LINES.as_bytes()].concat());
}

#[test]
fn a_name_without_a_value_goes() {
    let ours = Ours { values: vec![("TOKEN", b"t")], ..ours("") };
    assert_eq!(
        with(b"CLEARANCE=old\nA=1\nTOKEN=old\n", &ours),
        b"A=1\n# Kept fresh by Spartan Tray, until 7\nTOKEN=t\n"
    );
}

#[test]
fn values_are_read_as_they_stand() {
    let text = b"# TOKEN=no\nTOKEN='a b' # c\nB=1\nexport CLEARANCE=c\n";
    assert_eq!(values(text, &NAMES), [("TOKEN", &b"'a b'"[..]), ("CLEARANCE", b"c")]);
}

#[test]
fn a_megabyte_of_anything_takes_no_time() {
    for line in ["A=1\n", "A='\n", "A=\"x\n", "# A\n", "A='\\'\n", "\n", "A=` '\n", " "] {
        let before = line.repeat(1_000_000 / line.len());
        let begun = std::time::Instant::now();
        let after = with(before.as_bytes(), &ours("v4=a"));
        assert!(begun.elapsed() < std::time::Duration::from_secs(5), "{line:?}: {:?}", begun.elapsed());
        assert_eq!(taken_out(&after), before.as_bytes(), "{line:?}");
    }
}

const PIECES: &[&str] = &[
    "TOKEN",
    "CLEARANCE",
    "A",
    "=",
    "'",
    "\"",
    "`",
    "\\",
    "#",
    " # ",
    "export ",
    " ",
    "\n",
    "\r\n",
    "\u{feff}",
    "x",
    "é",
    "# Kept fresh by Spartan Tray",
    "\nA=1\n",
    "\nTOKEN='v'\n",
    "\nB='",
];

fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..24).prop_map(|pieces| pieces.concat())
}

/// Returns the lines that aren't this program's.
fn others(text: &[u8]) -> Vec<Vec<u8>> {
    let lines = File::read(text, &NAMES).lines.into_iter().filter(|line| line.what == What::Other);
    lines.map(|line| line.text.into_owned()).collect()
}

/// Entries as other programs write them, each with closed quotes.
const ENTRIES: &[&str] = &[
    "A=1\n",
    "export A='x\nTOKEN=mine\ny' # z\r\n",
    "B=\"1\n\n\\\"\"\n",
    "# it's\n",
    "\n",
    "  \r\n",
    "words\n",
    "C=`\n'`\n",
    "TOKEN=old\n",
    "export CLEARANCE = \"old\" # mine\r\n",
    "# Kept fresh by Spartan Tray, of old\n",
    "D=it's\n",
];

fn well_formed() -> impl Strategy<Value = String> {
    let entries = prop::collection::vec(prop::sample::select(ENTRIES), 0..12);
    (entries, prop::sample::select(&["", "A=1", "A='x\n'", "TOKEN=old"][..]))
        .prop_map(|(all, last)| all.concat() + last)
}

proptest! {
    #[test]
    fn the_lines_of_others_are_the_same_after_any_number_of_writes(text in well_formed()) {
        let before = others(text.as_bytes());
        let mut now = text.into_bytes();
        for value in ["v4=1", "'v4=2'", "v4=1", "\"v4=3\""] {
            now = with(&now, &ours(value));
            prop_assert_eq!(others(&now), before.clone());
            prop_assert_eq!(with(&now, &ours(value)), now.clone());
        }
        prop_assert_eq!(others(&taken_out(&now)), before);
    }

    #[test]
    fn whatever_a_file_holds_no_byte_of_others_is_lost_and_it_does_not_grow(text in texts(), quoted in any::<bool>()) {
        let [one, two] = if quoted { ["'v4=1'", "'v4=2'"] } else { ["v4=1", "v4=2"] };
        let mut now = text.clone().into_bytes();
        for value in [one, two, one, one] {
            let after = with(&now, &ours(value));
            // An unclosed quote can be closed by another one, once a value between them is changed. What's between them
            // then belongs to the user, and a comment that was part of their value is this program's.
            prop_assert!(is_within(&without_comments(&others(&now).concat()), &others(&after).concat()));
            now = after;
        }
        prop_assert_eq!(with(&now, &ours(one)), now.clone());
        prop_assert!(now.len() <= text.len() + 4 * LINES.len());
    }

    #[test]
    fn what_is_taken_out_again_leaves_the_file_as_it_was(text in texts()) {
        let text = without(text.as_bytes(), &NAMES);
        // Removing lines can join what then looks like another of this program's lines.
        prop_assume!(taken_out(&text) == text);
        let mut now = text.clone();
        for value in ["'v4=1'", "v4=2"] {
            now = with(&now, &ours(value));
        }
        prop_assert_eq!(taken_out(&now), text);
    }
}

fn without_comments(text: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(text).replace(COMMENT, "").into_bytes()
}

/// Whether these bytes occur in the others in the same order, ignoring line endings.
fn is_within(few: &[u8], many: &[u8]) -> bool {
    let mut many = many.iter();
    few.iter().filter(|byte| !b"\r\n".contains(byte)).all(|byte| many.any(|other| other == byte))
}

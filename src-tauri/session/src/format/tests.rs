use jiff::Timestamp;
use spartan_auth::{
    claims::Claims,
    raw::Raw,
    token::{Clearance, SpartanToken, Validity, XstsToken},
};

use super::*;

const UNTIL: &str = "2026-11-21T18:00:00Z";

fn life(until: &str) -> Validity {
    Validity { issued_at: Timestamp::UNIX_EPOCH, expires_at: until.parse().unwrap() }
}

fn player() -> Player {
    Player {
        xuid: "2533274855333605".into(),
        gamertag: "aCurtis X89".into(),
        spartan: SpartanToken {
            token: "v4=spartan".into(),
            life: life("2026-11-21T18:00:00.9999999Z"),
            raw: Raw::default(),
        },
        clearance: Some(Clearance { id: "clear-1".into(), fetched_at: Timestamp::UNIX_EPOCH, raw: Raw::default() }),
        xbox: XstsToken {
            token: "xsts".into(),
            claims: Claims { user_hash: "7".into(), ..Claims::default() },
            life: life("2026-11-22T06:00:00Z"),
            raw: Raw::default(),
        },
    }
}

fn without_clearance() -> Player {
    Player { clearance: None, ..player() }
}

fn written_for(format: Format, player: &Player) -> String {
    let text = format.write(&Subject { player, account: None }).unwrap_or_else(|error| panic!("{format}: {error}"));
    text.expose_secret().to_owned()
}

fn asking_for(format: Format, account: &str) -> String {
    let text = format.write(&Subject { player: &player(), account: Some(account) }).expect("it needs no clearance");
    text.expose_secret().to_owned()
}

#[test]
fn each_format_stands_in_its_place_and_goes_by_one_name_everywhere() {
    for (at, format) in Format::ALL.into_iter().enumerate() {
        assert_eq!(TABLE[format as usize].0, format);
        assert_eq!(format as usize, at);
        assert_eq!(format.name().parse(), Ok(format));
        assert_eq!(serde_json::to_value(format).unwrap(), format.name());
    }
}

#[test]
fn a_name_that_is_none_is_answered_with_all_that_there_are() {
    let error = "env".parse::<Format>().unwrap_err().to_string();
    assert!(error.starts_with("There is no format \"env\". There are: token, header, clearance,"), "{error}");
    assert!(error.ends_with("csharp-with-token."), "{error}");
}

#[test]
fn bare_values_headers_and_lines_are_written_to_the_letter() {
    let cases = [
        (Format::Token, "v4=spartan"),
        (Format::Header, "x-343-authorization-spartan: v4=spartan"),
        (Format::Clearance, "clear-1"),
        (Format::ClearanceHeader, "343-clearance: clear-1"),
        (Format::XblHeader, "Authorization: XBL3.0 x=7;xsts"),
        (Format::Xuid, "2533274855333605"),
        (
            Format::Dotenv,
            "# The Spartan token is good until 2026-11-21T18:00:00Z.\nHALO_SPARTAN_TOKEN=v4=spartan\nHALO_CLEARANCE_TOKEN=clear-1",
        ),
        (
            Format::DotenvSpnkr,
            "# The Spartan token is good until 2026-11-21T18:00:00Z.\nSPNKR_SPARTAN_TOKEN=v4=spartan\nSPNKR_CLEARANCE_TOKEN=clear-1",
        ),
    ];
    for (format, text) in cases {
        assert_eq!(written_for(format, &player()), text);
    }
}

#[test]
fn json_is_one_object_with_the_names_that_programs_read() {
    let read = |player: &Player| -> serde_json::Value { written_for(Format::Json, player).parse().unwrap() };
    let whole = serde_json::json!({
        "spartan_token": "v4=spartan",
        "expires_at": UNTIL,
        "clearance": "clear-1",
        "xuid": "2533274855333605",
        "gamertag": "aCurtis X89",
    });
    assert_eq!(read(&player()), whole);
    assert_eq!(read(&without_clearance())["clearance"], serde_json::Value::Null);
}

#[test]
fn nothing_ends_with_a_newline_and_no_place_is_left_open() {
    for format in Format::ALL {
        let text = written_for(format, &player());
        assert_eq!(text.trim_end(), text, "{format}");
        assert!(!text.contains(['«', '»']), "{format}: {text}");
    }
}

#[test]
fn only_what_holds_a_secret_says_so_and_dies() {
    for format in Format::ALL {
        let text = written_for(format, &player());
        let holds = text.contains("v4=spartan") || text.contains("xsts");
        assert_eq!(format.holds_secret(), holds, "{format}");
        assert_eq!(format.expires_at(&player()).is_some(), holds, "{format}");
        assert_eq!(format.holds_clearance(), text.contains("clear-1"), "{format}");
    }
    assert_eq!(Format::XblHeader.expires_at(&player()), Some(player().xbox.life.expires_at));
    assert_eq!(Format::CurlWithToken.expires_at(&player()), Some(player().expires_at()));
}

#[test]
fn the_header_for_xbox_live_is_in_no_other_format() {
    for format in Format::ALL.into_iter().filter(|format| *format != Format::XblHeader) {
        assert!(!written_for(format, &player()).contains("xsts"), "{format}");
    }
}

#[test]
fn without_a_clearance_the_others_go_without_and_say_so_where_they_have_comments() {
    let player = without_clearance();
    for format in [Format::Clearance, Format::ClearanceHeader] {
        assert_eq!(format.write(&Subject { player: &player, account: None }).unwrap_err(), NoClearance);
    }
    for format in [Format::Dotenv, Format::DotenvSpnkr] {
        let text = written_for(format, &player);
        assert!(text.contains("\n# There is no ") && !text.contains("CLEARANCE_TOKEN="), "{text}");
    }
    for format in Format::ALL.into_iter().filter(|format| format.group() == Group::Holding) {
        let text = written_for(format, &player);
        assert!(text.lines().nth(1).unwrap().contains("No clearance is included"), "{text}");
    }
}

#[test]
fn what_has_the_token_inside_says_in_its_first_line_until_when_it_is_good() {
    for format in Format::ALL.into_iter().filter(|format| format.group() == Group::Holding) {
        let text = written_for(format, &player());
        assert!(text.lines().next().unwrap().ends_with(&format!("is good until {UNTIL}.")), "{text}");
    }
}

#[test]
fn a_program_asks_for_the_account_and_only_where_it_is_not_the_default_one() {
    let cases = [
        (Format::Curl, "spartan token --format=header --account=Nadia)"),
        (Format::CurlPowershell, "spartan token '--format=json' '--account=Nadia'\n"),
        (Format::Python, r#"["spartan", "token", "--format=json", "--account=Nadia"]"#),
        (Format::Javascript, r#"["token", "--format=json", "--account=Nadia"]"#),
        (Format::Csharp, r#"{ "token", "--format=json", "--account=Nadia" }"#),
    ];
    for (format, words) in cases {
        assert!(asking_for(format, "Nadia").contains(words), "{format}");
        assert!(!written_for(format, &player()).contains("--account"), "{format}");
    }
}

#[test]
fn a_hostile_name_stays_one_literal_in_each_language() {
    let cases = [
        (Format::Curl, "a'$(b)`", r"--account='a'\''$(b)`'"),
        (Format::Curl, "-x", "--account=-x"),
        (Format::Curl, "a b\n%c", "--account='a b\n%c'"),
        (Format::CurlPowershell, "it's $(b) `c", "'--account=it''s $(b) `c'"),
        (Format::Python, "a\"b\\\n\u{2028}😀é", r#""--account=a\"b\\\u000a\u2028\U0001f600é""#),
        (Format::Javascript, "a\"b\\\n\u{2028}😀é", r#""--account=a\"b\\\u000a\u2028\ud83d\ude00é""#),
        (Format::Csharp, "a\"b\\\n\u{2028}😀é", r#""--account=a\"b\\\u000a\u2028\ud83d\ude00é""#),
        (Format::Csharp, "«account»{0}", r#""--account=\u00abaccount\u00bb{0}""#),
    ];
    for (format, name, literal) in cases {
        let text = asking_for(format, name);
        assert!(text.contains(literal), "{format}: {text}");
    }
}

#[test]
fn a_name_that_no_powershell_hands_on_whole_gives_way_to_the_xuid() {
    for name in ["a\"b", "ends with \\", "é"] {
        let text = asking_for(Format::CurlPowershell, name);
        assert!(text.contains("spartan token '--format=json' '--account=2533274855333605'\n"), "{name}: {text}");
    }
}

#[test]
fn variables_have_the_clearance_where_there_is_one_and_xbox_live_only_where_asked_for() {
    let names = |player: &Player, with| -> Vec<&str> {
        variables(&Subject { player, account: None }, with).into_iter().map(|(name, _)| name).collect()
    };
    assert_eq!(names(&player(), With::HaloAlone), ["HALO_SPARTAN_TOKEN", "HALO_CLEARANCE_TOKEN"]);
    assert_eq!(names(&without_clearance(), With::HaloAlone), ["HALO_SPARTAN_TOKEN"]);
    assert_eq!(names(&without_clearance(), With::Xbl), ["HALO_SPARTAN_TOKEN", "XBL_AUTHORIZATION"]);
}

#[test]
fn each_shell_sets_variables_in_its_own_way() {
    let set = variables(&Subject { player: &player(), account: None }, With::Xbl);
    let cases = [
        (
            Shell::Dotenv,
            "HALO_SPARTAN_TOKEN=v4=spartan\nHALO_CLEARANCE_TOKEN=clear-1\nXBL_AUTHORIZATION='XBL3.0 x=7;xsts'",
        ),
        (
            Shell::Posix,
            "export HALO_SPARTAN_TOKEN='v4=spartan'\nexport HALO_CLEARANCE_TOKEN='clear-1'\nexport XBL_AUTHORIZATION='XBL3.0 x=7;xsts'",
        ),
        (
            Shell::Powershell,
            "$env:HALO_SPARTAN_TOKEN = 'v4=spartan'\n$env:HALO_CLEARANCE_TOKEN = 'clear-1'\n$env:XBL_AUTHORIZATION = 'XBL3.0 x=7;xsts'",
        ),
    ];
    for (shell, lines) in cases {
        assert_eq!(shell.write(&set).expose_secret(), lines);
    }
}

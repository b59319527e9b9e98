//! Text from which nothing is sent.

use spartan_auth::{
    error::{Cause, OtherToken, PastedCause},
    import::{self, Hints},
};

use crate::{CLIENT, CONFIDENTIAL, LIVE, filled, refused, sent};

fn groups(input: &str) -> Vec<String> {
    match refused(input, None) {
        Cause::Pasted(PastedCause::Several { groups }) => groups.into_iter().map(|group| group.name).collect(),
        other => panic!("{other:?}: {input}"),
    }
}

const TWO: &str = "SPNKR_CLIENT_ID={CONFIDENTIAL}\nSPNKR_CLIENT_SECRET={SECRET}\nSPNKR_REFRESH_TOKEN={CONFIDENTIAL_LIVE}\n\
                   GRAPH_CLIENT_ID={CLIENT}\nGRAPH_REFRESH_TOKEN={LIVE}\n";

#[test]
fn a_text_that_is_all_comments_says_so_and_an_empty_one_too() {
    for input in [
        "# A=b",
        "// {LIVE}",
        "/*\n{LIVE}\n*/",
        "\n\n  # SPNKR_CLIENT_ID={CLIENT}\n\n",
        "REM x\r\n:: y",
        "<!-- {LIVE} -->",
        "```\n# {LIVE}\n```",
        "[spnkr]\n;client_id={CLIENT}",
    ] {
        assert_eq!(refused(input, Some(CLIENT)), Cause::Pasted(PastedCause::Comments), "{input}");
    }
    for input in ["", " \r\n\t", "\u{feff}", "\"\"", "''\n"] {
        assert_eq!(refused(input, Some(CLIENT)), Cause::Pasted(PastedCause::Nothing), "{input}");
    }
}

#[test]
fn another_token_is_named() {
    for (input, other) in [
        ("x-343-authorization-spartan: v4=eyJhbGciOi", OtherToken::Spartan),
        ("SPNKR_CLIENT_ID={CLIENT}\nSPNKR_REFRESH_TOKEN=v4=eyJhbGciOi", OtherToken::Spartan),
        ("XBL3.0 x=123;eyJhbGciOi", OtherToken::Xbox),
        ("Authorization: XBL3.0 x=123;eyJhbGciOi", OtherToken::Xbox),
        ("EwAIA+pvBAAUabcdefghijkl", OtherToken::Access),
        ("REFRESH_TOKEN=tw1tchtw1tchtw1tch", OtherToken::Foreign),
        ("CLIENT_ID={CLIENT}\nREFRESH_TOKEN=tw1tchtw1tchtw1tch", OtherToken::Foreign),
    ] {
        assert_eq!(refused(input, Some(CLIENT)), Cause::Pasted(PastedCause::NotARefreshToken(other)), "{input}");
    }
}

#[test]
fn several_sign_ins_are_asked_about() {
    assert_eq!(groups(TWO), ["SPNKR", "GRAPH"]);
    for (input, names) in [
        (
            "A_CLIENT_ID={CLIENT}\nA_REFRESH_TOKEN={LIVE}\nA_CLIENT_ID={CONFIDENTIAL}\nA_REFRESH_TOKEN={DEAD}",
            ["A, line 2", "A, line 4"],
        ),
        ("CLIENT_ID={CLIENT}\nANNA_REFRESH_TOKEN={LIVE}\nBERT_REFRESH_TOKEN={DEAD}", ["ANNA", "BERT"]),
        ("AZURE_CLIENT_ID={CLIENT}\nXBOX_CLIENT_ID={CONFIDENTIAL}\nREFRESH_TOKEN={LIVE}", ["AZURE", "XBOX"]),
        ("AZURE_CLIENT_ID={CLIENT}\nXBOX_CLIENT_ID={CONFIDENTIAL}", ["AZURE", "XBOX"]),
        (
            "CLIENT_ID={CLIENT}\nusers: [{\"refresh_token\": \"{LIVE}\"}, {\"refresh_token\": \"{DEAD}\"}]",
            ["USERS_1", "USERS_2"],
        ),
        ("CLIENT_ID={CLIENT}\n{LIVE}\n{DEAD}", ["line 2", "line 3"]),
    ] {
        assert_eq!(groups(input), names, "{input}");
    }
    // It's not certain that they belong together.
    let notion = "NOTION_CLIENT_ID={CLIENT}\nNOTION_CLIENT_SECRET=n0tion-hush-hush\nSPNKR_REFRESH_TOKEN={LIVE}";
    assert_eq!(groups(notion), ["NOTION"]);
}

#[test]
fn one_of_several_is_chosen_by_its_name_or_its_client_id() {
    let read = |group, client_id: Option<&str>| {
        let client_id = client_id.map(|id| id.parse().unwrap());
        import::read_with(&filled(TWO), &Hints { group, client_id, ..Hints::default() })
    };
    for brought in [read(Some("graph"), None), read(Some("GRAPH_"), None), read(None, Some(CLIENT))] {
        assert_eq!(sent(&brought.unwrap()), (CLIENT.into(), None, Some(LIVE)));
    }
    for brought in [read(Some("SPNKR"), None), read(None, Some(CONFIDENTIAL))] {
        assert_eq!(sent(&brought.unwrap()).0, CONFIDENTIAL);
    }
    assert!(matches!(read(Some("other"), None).unwrap_err().cause, Cause::Pasted(PastedCause::Several { .. })));
    let input = filled("AZURE_CLIENT_ID={CLIENT}\nXBOX_CLIENT_ID={CONFIDENTIAL}\nREFRESH_TOKEN={LIVE}");
    let brought = import::read_with(&input, &Hints { group: Some("azure"), ..Hints::default() }).unwrap();
    assert_eq!(sent(&brought), (CLIENT.into(), None, Some(LIVE)));
}

#[test]
fn what_is_no_sign_in_at_all_is_told_as_before() {
    for input in [
        "hello",
        "DISCORD_CLIENT_SECRET=d1sc0rd-hush-hush",
        "TWITCH_REFRESH_TOKEN=tw1tchtw1tchtw1tch",
        "CLIENT_SECRET={SECRET}",
    ] {
        assert_eq!(refused(input, None), Cause::NothingFound, "{input}");
    }
    assert_eq!(refused("SPNKR_CLIENT_ID=12345\nSPNKR_REFRESH_TOKEN={LIVE}", None), Cause::NotAGuid);
    assert_eq!(refused("CLIENT_ID=os.environ[\"X\"]\nREFRESH_TOKEN={LIVE}", None), Cause::NoClientId);
}

//! Blocks without words of their own: what is in another one belongs to another service, or to another person.

use secrecy::ExposeSecret;
use spartan_auth::error::{Cause, PastedCause};

use crate::{CLIENT, LIVE, SECRET, is_public, read, refused, sent};

/// A refresh token of another person, issued to the same app.
const OTHERS: &str = "M.C536_BAY.0.U.-CqL3v0*another!aB7cD9eF1gH2iJ4kL6mN8oP0qR$";

#[test]
fn a_secret_in_another_block_is_another_services() {
    let texts = [
        "services:\n  - name: discord\n    client_secret: d1sc0rd-hush-hush\n  - name: xbox\n    client_id: {CLIENT}\n    refresh_token: {LIVE}\n",
        "- client_secret: d1sc0rd-hush-hush\n  name: discord\n- client_id: {CLIENT}\n  refresh_token: {LIVE}\n",
        "{\"service\":\"discord\",\"client_secret\":\"d1sc0rd-hush-hush\"}\n{\"service\":\"xbox\",\"client_id\":\"{CLIENT}\",\"refresh_token\":\"{LIVE}\"}",
        "class DiscordConfig { const string ClientSecret = \"d1sc0rd-hush-hush\"; }\nclass XboxConfig { const string ClientId = \"{CLIENT}\"; const string RefreshToken = \"{LIVE}\"; }",
        "[[apps]]\nclient_secret = \"d1sc0rd-hush-hush\"\n[[apps]]\nclient_id = \"{CLIENT}\"\nrefresh_token = \"{LIVE}\"\n",
        "class Discord(BaseSettings):\n    client_secret = \"d1sc0rd-hush-hush\"\nclass Xbox(BaseSettings):\n    client_id = \"{CLIENT}\"\n    refresh_token = \"{LIVE}\"\n",
        "const discord: Config = { clientSecret: \"d1sc0rd-hush-hush\" };\nconst xbox: Config = { clientId: \"{CLIENT}\", refreshToken: \"{LIVE}\" };",
        "discord {\n  client_secret = \"d1sc0rd-hush-hush\"\n}\nxbox {\n  client_id = \"{CLIENT}\"\n  refresh_token = \"{LIVE}\"\n}",
        "<discord clientSecret=\"d1sc0rd-hush-hush\"/>\n<xbox clientId=\"{CLIENT}\" refreshToken=\"{LIVE}\"/>",
        "kind: Secret\nstringData:\n  client_secret: d1sc0rd-hush-hush\n---\nkind: Secret\nstringData:\n  client_id: {CLIENT}\n  refresh_token: {LIVE}\n",
        "CLIENT_ID={CLIENT}\nREFRESH_TOKEN={LIVE}\n\nCLIENT_SECRET=d1sc0rd-hush-hush\nCLIENT_ID=123456789012345678\n",
    ];
    for text in texts {
        is_public(text, None);
    }
}

#[test]
fn a_secret_beside_the_client_id_is_used_whatever_it_looks_like() {
    let texts = [
        "CLIENT_ID={CLIENT}\nCLIENT_SECRET=hush-hush-hush-01\nREFRESH_TOKEN={LIVE}\n",
        "CLIENT_ID={CLIENT}\r\nCLIENT_SECRET=hush-hush-hush-01\r\nREFRESH_TOKEN={LIVE}\r\n",
        "{\"client_id\": \"{CLIENT}\", \"client_secret\": \"hush-hush-hush-01\", \"tokens\": {\"refresh_token\": \"{LIVE}\"}}",
        "SPNKR_CLIENT_ID={CLIENT}\nSPNKR_REFRESH_TOKEN={LIVE}\n\nSPNKR_CLIENT_SECRET=hush-hush-hush-01\n",
        "environment:\n  - CLIENT_ID={CLIENT}\n  - CLIENT_SECRET=stA8Q~standIn.Secret-Value_0123456789abcd\n  - REFRESH_TOKEN={LIVE}\n",
    ];
    for text in texts {
        let brought = read(text, None).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert!(brought.app.secret.is_some_and(|secret| secret.expose_secret().len() > 8), "{text}");
    }
}

#[test]
fn of_two_people_in_two_blocks_nobody_is_signed_in_unasked() {
    let texts = [
        "client_id: {CLIENT}\naccounts:\n  - name: me\n    refresh_token: {LIVE}\n  - name: friend\n    refresh_token: {OTHERS}\n",
        "[[account]]\nclient_id = \"{CLIENT}\"\nrefresh_token = \"{LIVE}\"\n[[account]]\nclient_id = \"{CLIENT}\"\nrefresh_token = \"{OTHERS}\"\n",
        "[Account(client_id=\"{CLIENT}\", refresh_token=\"{LIVE}\"), Account(client_id=\"{CLIENT}\", refresh_token=\"{OTHERS}\")]",
    ];
    for text in texts {
        let cause = refused(&text.replace("{OTHERS}", OTHERS), None);
        assert!(matches!(cause, Cause::Pasted(PastedCause::Several { .. })), "{text}: {cause:?}");
    }
}

#[test]
fn comments_of_more_languages_and_several_in_a_row_count_for_nothing() {
    let ours = "SPNKR_CLIENT_ID={CLIENT}\nSPNKR_REFRESH_TOKEN={LIVE}\n";
    for comment in [
        "<!-- a --><!-- {o} -->",
        "/* a *//* {o} */",
        "(* {o} *)",
        "=begin\n{o}\n=end",
        "###\n{o}\n###",
        "#[[\n{o}\n]]",
        "#=\n{o}\n=#",
        "#|\n{o}\n|#",
        "--[==[\n{o}\n]==]",
        "@*\n{o}\n*@",
        "{{!-- {o} --}}",
        "<%# {o} %>",
        "#if 0\n{o}\n#endif",
        "echo hi & rem {o}",
        "(rem {o})",
        "dnl {o}",
    ] {
        let others = format!("SPNKR_REFRESH_TOKEN={OTHERS}");
        is_public(&format!("{ours}{}\n", comment.replace("{o}", &others)), None);
    }
}

#[test]
fn an_opener_in_a_value_that_nothing_closes_hides_nothing() {
    for value in ["ALLOW: /*", "CHANNEL= <#123"] {
        is_public(&format!("{value}\nSPNKR_CLIENT_ID={{CLIENT}}\nSPNKR_REFRESH_TOKEN={{LIVE}}\n"), None);
    }
}

#[test]
fn where_a_secret_is_kept_is_no_secret() {
    let references = [
        "!SECRET1!",
        "$Env:SECRET1",
        "$1",
        ":secret1",
        "*secret1",
        "@file:secret1",
        "@./secret1.txt",
        "vault:secret/data/x#y1",
        "arn:aws:secretsmanager:eu:1:x",
        "/run/secrets/spnkr1",
        "./secrets/x.txt",
        "~/secret1.txt",
        "https://vault.example.com/x1",
        "projects/p/secrets/x/versions/1",
        "GetSecret<string>(\"x1\")",
        "this.#secret1",
        "changeme1",
        "change-me-1",
        "xxx1xxx",
        "REDACTED1",
        "ClientSecret1",
        "SECRET",
        "TBD1",
    ];
    for reference in references {
        is_public(
            &format!("SPNKR_CLIENT_ID={{CLIENT}}\nSPNKR_CLIENT_SECRET={reference}\nSPNKR_REFRESH_TOKEN={{LIVE}}\n"),
            None,
        );
    }
}

#[test]
fn whatever_marks_a_line_as_a_comment_it_counts_for_nothing_beside_a_line_without_it() {
    let ours = "SPNKR_CLIENT_ID={CLIENT}\nSPNKR_REFRESH_TOKEN={LIVE}\n";
    for mark in ["\u{ff03}", "\u{ff03} ", ".. ", "/ ", "-# ", "\\ ", "* ", "*> ", "~~", "_: ", "@# ", "^ ", "| | "] {
        for line in [format!("SPNKR_REFRESH_TOKEN={OTHERS}"), format!("SPNKR_CLIENT_SECRET={SECRET}")] {
            is_public(&format!("{ours}{mark}{line}\n"), None);
            is_public(&format!("{mark}{line}\n{ours}"), None);
        }
    }
}

#[test]
fn what_stands_between_lines_of_another_kind_never_signs_its_person_in_unasked() {
    let ours = "SPNKR_CLIENT_ID={CLIENT}\nSPNKR_REFRESH_TOKEN={LIVE}\n";
    for comment in [
        "%{\n{o}\n%}",
        "{- {- -}\n{o}\n-}",
        ": <<'END'\n{o}\nEND",
        "#+begin_comment\n{o}\n#+end_comment",
        "if 0 {\n{o}\n}",
        "/+\n{o}\n+/",
        "#[\n{o}\n]#",
        "// \\\n{o}",
        "A=/* {o} */",
    ] {
        let text = format!("{ours}{}\n", comment.replace("{o}", &format!("SPNKR_REFRESH_TOKEN={OTHERS}")));
        match read(&text, None) {
            Ok(brought) => assert_eq!(sent(&brought), (CLIENT.into(), None, Some(LIVE)), "{text}"),
            Err(error) => assert!(matches!(error.cause, Cause::Pasted(PastedCause::Several { .. })), "{text}: {error}"),
        }
    }
}

#[test]
fn a_secret_in_a_line_with_another_services_name_stays_there() {
    for line in [
        "provider :discord, client_secret: \"d1sc0rd-hush-hush\"",
        "provider :discord, \"123456789012345678\", client_secret: \"d1sc0rd-hush-hush\"",
        "discord: a, client_secret: d1sc0rd-hush-hush",
    ] {
        for ours in [
            "provider :xbox, client_id: \"{CLIENT}\", refresh_token: \"{LIVE}\"",
            "client_id: {CLIENT}\nrefresh_token: {LIVE}",
        ] {
            is_public(&format!("{line}\n{ours}\n"), None);
            is_public(&format!("{ours}\n{line}\n"), None);
        }
    }
}

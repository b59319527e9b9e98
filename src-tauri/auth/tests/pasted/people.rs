//! Several people's refresh tokens: nobody is signed in unasked, and another service's token is nobody's here.

use spartan_auth::{
    azure_app::AzureApp,
    import::{self, Hints},
};

use crate::{CLIENT, DEAD, LIVE, filled, is_asked, is_public, read, sent};

const OWN: &str = "SPNKR_CLIENT_ID={CLIENT}\nSPNKR_REFRESH_TOKEN={LIVE}\n";
const BARE: &str = "CLIENT_ID={CLIENT}\nREFRESH_TOKEN={LIVE}\n";

#[test]
fn two_refresh_tokens_for_one_app_are_asked_about_wherever_they_are() {
    for text in [
        "REFRESH_TOKEN={DEAD}\nCLIENT_ID={CLIENT}\nREFRESH_TOKEN={LIVE}",
        "REFRESH_TOKEN={LIVE}\nREFRESH_TOKEN={DEAD}\nCLIENT_ID={CLIENT}",
        "CLIENT_ID={CLIENT} REFRESH_TOKEN={LIVE} REFRESH_TOKEN={DEAD}",
        "CLIENT_ID={CLIENT}\nREFRESH_TOKEN={LIVE},{DEAD}",
        "CLIENT_ID={CLIENT}\nREFRESH_TOKEN={LIVE} {DEAD}",
        "SPNKR_CLIENT_ID={CLIENT}\nSPNKR_REFRESH_TOKEN={LIVE}\nREFRESH_TOKEN={DEAD}",
        "SPNKR_CLIENT_ID={CLIENT}\nSPNKR_REFRESH_TOKEN={LIVE}\n\n{DEAD}",
        "{\"client_id\":\"{CLIENT}\",\"refresh_token\":\"{LIVE}\",\"refresh_token\":\"{DEAD}\"}",
        "{\"client_id\":\"{CLIENT}\",\"refresh_token\":[\"{LIVE}\",\"{DEAD}\"]}",
        "{\"client_id\":\"{CLIENT}\",\"refresh_token\":\"{LIVE}\"}\n{\"client_id\":\"{CLIENT}\",\"refresh_token\":\"{DEAD}\"}",
        "me = Halo(client_id=\"{CLIENT}\", refresh_token=\"{LIVE}\")\nbob = Halo(client_id=\"{CLIENT}\", refresh_token=\"{DEAD}\")",
        "client_id={CLIENT}&refresh_token={LIVE}\nclient_id={CLIENT}&refresh_token={DEAD}",
        "client_id='{CLIENT}'\nif me: refresh_token='{LIVE}'\nelse: refresh_token='{DEAD}'",
        "tokens[\"me\"][\"refresh_token\"]=\"{LIVE}\"\ntokens[\"bob\"][\"refresh_token\"]=\"{DEAD}\"\nclient_id=\"{CLIENT}\"",
        "old refresh_token={DEAD} new refresh_token={LIVE} client_id={CLIENT}",
    ] {
        is_asked(text, None);
    }
    is_asked("{LIVE}\n{DEAD}", Some(CLIENT));
}

#[test]
fn two_people_under_headings_are_asked_about() {
    for (mine, others) in [
        ("### Mine", "### Bobs"),
        ("\"\"\" Mine", "\"\"\" Bobs"),
        ("(*) Mine", "(*) Bobs"),
        ("/*/ Mine", "/*/ Bobs"),
        ("{# Mine", "{# Bobs"),
        ("=begin Mine", "=begin Bobs"),
        ("Mine:", "Bob's:"),
        ("File: halo/.env", "File: bob/.env"),
        ("[10:01] me: mine", "[10:02] bob: mine"),
    ] {
        let text = format!("{mine}\n{OWN}\n{others}\n{}", OWN.replace("{LIVE}", "{DEAD}"));
        let read = crate::read(&text, None);
        assert!(read.is_err(), "{text}");
        is_asked(&format!("{mine}\n{BARE}{others}\nREFRESH_TOKEN={{DEAD}}\n"), None);
    }
}

#[test]
fn a_mark_behind_a_value_that_may_begin_a_comment_never_signs_another_person_in() {
    for mark in [
        " ; ", " % ", " ! ", " \" ", " ' ", " (* ", " rem ", " (old: ", " <- was ", " | ", ", ", " \\ ", " ||", "# ",
        ";",
    ] {
        let text = format!("{}{mark}SPNKR_REFRESH_TOKEN={{DEAD}}\n", OWN.trim_end());
        // Real tokens are longer than what's looked at before a mark.
        for text in [text.replace("{LIVE}", &format!("{LIVE}{}", "aB3".repeat(100))), text] {
            if let Ok(brought) = crate::read(&text, None) {
                assert_ne!(sent(&brought).2, Some(DEAD), "{text}");
            }
        }
    }
}

#[test]
fn another_services_token_is_never_used_with_our_app_unasked() {
    for token in [
        "OUTLOOK_REFRESH_TOKEN={LIVE}",
        "ONEDRIVE_TOKEN={LIVE}",
        "BOB_REFRESH_TOKEN={LIVE}",
        "REFRESH_TOKEN_BOB={LIVE}",
        "GRAPH_REFRESH_TOKEN=1.AXoAqwertyuiopasdfghjklzxcvbnm0123",
        "{\"onedrive\":{\"token\":\"{LIVE}\"}}",
        "{\"onedrive\":{\"refresh_token\":\"{LIVE}\"}}",
        "[onedrive]\ntoken = {\"access_token\":\"EwA\",\"refresh_token\":\"{LIVE}\"}",
        "OUTLOOK_CLIENT_ID=outl00k\nOUTLOOK_REFRESH_TOKEN={LIVE}",
        "REVOKED=[\"{LIVE}\"]",
    ] {
        is_asked(&format!("SPNKR_CLIENT_ID={{CLIENT}}\n{token}\n"), None);
        is_asked(&format!("{token}\n"), Some(CLIENT));
    }
    let whole = "OUTLOOK_CLIENT_ID=11111111-2222-4333-8444-555555555555\nOUTLOOK_REFRESH_TOKEN={LIVE}";
    is_asked(&format!("SPNKR_CLIENT_ID={{CLIENT}}\n{whole}\n"), None);
    for label in ["", "TOKEN=", "Refresh token: ", "Your refresh token: ", "rt = ", "Here it is: "] {
        is_public(&format!("SPNKR_CLIENT_ID={{CLIENT}}\n{label}{{LIVE}}\n"), None);
    }
}

#[test]
fn another_services_token_beside_ours_is_not_used() {
    for token in ["OUTLOOK_REFRESH_TOKEN={DEAD}", "ONEDRIVE_TOKEN={DEAD}", "{\"onedrive\":{\"token\":\"{DEAD}\"}}"] {
        is_public(&format!("{OWN}{token}\n"), None);
        is_public(&format!("SPNKR_REFRESH_TOKEN={{LIVE}}\n{token}\n"), Some(CLIENT));
    }
}

#[test]
fn a_token_without_a_label_is_not_used_unasked_beside_one_with_a_label() {
    for label in ["bob: ", "me: ", "old: ", "[10:02] bob: ", "# Bob\n", "Bob:\n"] {
        is_asked(&format!("REFRESH_TOKEN={{LIVE}}\n{label}REFRESH_TOKEN={{DEAD}}"), Some(CLIENT));
        is_asked(&format!("{OWN}{label}SPNKR_REFRESH_TOKEN={{DEAD}}"), None);
    }
}

#[test]
fn a_person_who_names_a_token_gets_it_without_its_groups_secret() {
    let text = filled(
        "SPNKR_CLIENT_ID={CLIENT}\nBOB_CLIENT_SECRET=hush-hush-hush-01\nBOB_REFRESH_TOKEN={LIVE}\nANNA_REFRESH_TOKEN={DEAD}",
    );
    let brought = import::read_with(&text, &Hints { group: Some("BOB"), ..Hints::default() }).unwrap();
    assert_eq!(sent(&brought), (CLIENT.into(), None, Some(LIVE)));
    let known = AzureApp::parse(CLIENT, "http://localhost").unwrap();
    let hints = Hints { known: Some(&known), client_id: Some(known.client_id), group: Some("BOB"), ..Hints::default() };
    let brought = import::read_with(&text.replace("SPNKR_CLIENT_ID", "X"), &hints).unwrap();
    assert_eq!(sent(&brought), (CLIENT.into(), None, Some(LIVE)));
    let brought = import::read_with(&text, &Hints { group: Some("spnkr"), ..Hints::default() }).unwrap();
    assert_eq!(sent(&brought), (CLIENT.into(), None, None));
}

#[test]
fn a_diff_is_read_as_it_results() {
    for text in [
        " SPNKR_CLIENT_ID={CLIENT}\n-SPNKR_REFRESH_TOKEN={DEAD}\n+SPNKR_REFRESH_TOKEN={LIVE}\n",
        "-SPNKR_CLIENT_ID={CLIENT}\n-SPNKR_REFRESH_TOKEN={DEAD}\n+SPNKR_CLIENT_ID={CLIENT}\n+SPNKR_REFRESH_TOKEN={LIVE}\n",
        "SPNKR_CLIENT_ID={CLIENT}\n- SPNKR_REFRESH_TOKEN={DEAD}\n+ SPNKR_REFRESH_TOKEN={LIVE}\n",
        "--- a/.env\n+++ b/.env\n@@ -1 +1 @@\n-SPNKR_REFRESH_TOKEN={DEAD}\n SPNKR_CLIENT_ID={CLIENT}\n SPNKR_REFRESH_TOKEN={LIVE}\n",
    ] {
        is_public(text, None);
    }
}

#[test]
fn a_token_whose_line_says_whose_it_is_or_that_it_is_no_more_used_is_asked_about() {
    for label in ["old: ", "was ", "bob: ", "bob | ", "[10:02] bob: ", "A=1 ; ", "a = 1; % ", "usage: prog --"] {
        let text = format!("SPNKR_CLIENT_ID={{CLIENT}}\n{label}SPNKR_REFRESH_TOKEN={{LIVE}}\n");
        is_asked(&text, None);
    }
    for text in [
        "1. Client ID: {CLIENT}\n2. Refresh token: {LIVE}\n",
        "CLIENT_ID={CLIENT}\nREFRESH_TOKEN={LIVE}\nURL=https://x.example/?refresh_token={DEAD}",
        "me: CLIENT_ID={CLIENT}\nme: REFRESH_TOKEN={LIVE}\n",
        "Here is my client ID: {CLIENT}\nHere is my refresh token: {LIVE}\n",
        "services:\n  bot:\n    environment:\n      AZURE_CLIENT_ID: {CLIENT}\n      SPNKR_REFRESH_TOKEN: {LIVE}\n",
    ] {
        is_public(text, None);
    }
}

#[test]
fn a_token_in_a_comment_of_any_language_is_not_used_even_if_it_is_the_only_one() {
    for comment in [
        "#if false\n{o}\n#endif",
        "# if 0\n{o}\n# endif",
        "--[=[\n{o}\n]=]",
        "#[=[\n{o}\n]=]",
        "#[\n{o}\n]#",
        "%{\n{o}\n%}",
        "/+\n{o}\n+/",
        "{{! {o} }}",
        "\\begin{comment}\n{o}\n\\end{comment}",
        "#cs\n{o}\n#ce",
        "if false; then\n{o}\nfi",
        "=for comment\n{o}\n\n",
        ": <<'EOF'\n{o}\nEOF",
        ":<<OLD\r\n{o}\r\nOLD\r",
        "__END__\n{o}",
        "__DATA__\n\n{o}",
    ] {
        let text = format!("SPNKR_CLIENT_ID={{CLIENT}}\n{}\n", comment.replace("{o}", "SPNKR_REFRESH_TOKEN={LIVE}"));
        let brought = read(&text, None).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert!(brought.refresh.is_none(), "{text}");
    }
    is_public("cat <<EOF\nSPNKR_CLIENT_ID={CLIENT}\nSPNKR_REFRESH_TOKEN={LIVE}\nEOF\n", None);
    is_public("__END__OF_IT\nSPNKR_CLIENT_ID={CLIENT}\nSPNKR_REFRESH_TOKEN={LIVE}\n", None);
}

//! The question about several sign-ins: each choice is called what a person finds in the text, and leads where it says.

use spartan_auth::{
    azure_app::AzureApp,
    error::{Cause, PastedCause},
    import::{self, Hints},
};

use crate::{CLIENT, CONFIDENTIAL, CONFIDENTIAL_LIVE, DEAD, LIVE, SECRET, filled, is_public, read, refused, sent};

const OWN: &str = "CLIENT_ID={CLIENT}\nREFRESH_TOKEN={LIVE}\n";

/// Returns the names of the choices.
fn offered(text: &str) -> Vec<String> {
    match refused(text, None) {
        Cause::Pasted(PastedCause::Several { groups }) => groups.into_iter().map(|group| group.name).collect(),
        other => panic!("{other:?}: {text}"),
    }
}

/// Checks that each choice sends this app and this refresh token, whatever app is known already.
fn lead(text: &str, choices: &[(&str, &str, Option<&str>)]) {
    assert_eq!(offered(text), choices.iter().map(|(name, ..)| *name).collect::<Vec<_>>(), "{text}");
    for known in [None, Some("11111111-2222-4333-8444-555555555555")] {
        let known = known.map(|id| AzureApp::parse(id, "http://localhost").unwrap());
        for (name, app, token) in choices {
            let hints = Hints { known: known.as_ref(), group: Some(name), ..Hints::default() };
            let brought =
                import::read_with(&filled(text), &hints).unwrap_or_else(|error| panic!("{error} {name}\n{text}"));
            let (sent_app, _, sent_token) = sent(&brought);
            assert_eq!((&*sent_app, sent_token), (*app, *token), "{name}\n{text}");
        }
    }
}

#[test]
fn every_choice_is_called_as_in_the_text_and_leads_to_its_token() {
    for (text, first, second) in [
        (format!("{OWN}REFRESH_TOKEN_2={{DEAD}}"), "REFRESH_TOKEN", "REFRESH_TOKEN_2"),
        (format!("{OWN}_refresh_token={{DEAD}}"), "REFRESH_TOKEN", "_refresh_token"),
        (format!("{OWN}REFRESH_TOKEN={{DEAD}}"), "REFRESH_TOKEN, line 2", "REFRESH_TOKEN, line 3"),
        (format!("\r\n{OWN}\r\nREFRESH_TOKEN={{DEAD}}"), "REFRESH_TOKEN, line 3", "REFRESH_TOKEN, line 5"),
        (format!("{OWN}refresh_token={{DEAD}}"), "REFRESH_TOKEN, line 2", "refresh_token, line 3"),
        (format!("{OWN}{{DEAD}}"), "REFRESH_TOKEN", "line 3"),
        (format!("{OWN}B_REFRESH_TOKEN={{DEAD}}"), "REFRESH_TOKEN", "B"),
        (format!("{OWN}OLD_REFRESH_TOKEN={{DEAD}}"), "REFRESH_TOKEN", "OLD"),
        (format!("{OWN}NEW_REFRESH_TOKEN={{DEAD}}"), "REFRESH_TOKEN", "NEW"),
        (format!("{OWN}REFRESH_TOKEN_BOB={{DEAD}}"), "REFRESH_TOKEN", "REFRESH_TOKEN_BOB"),
        (format!("{OWN}BOB_TOKEN={{DEAD}}"), "REFRESH_TOKEN", "BOB_TOKEN"),
        (format!("{OWN}José_REFRESH_TOKEN={{DEAD}}"), "REFRESH_TOKEN", "JOSÉ"),
        (format!("{OWN}{}_REFRESH_TOKEN={{DEAD}}", "L".repeat(300)), "REFRESH_TOKEN", "line 3"),
        (format!("{OWN}# Bob\nREFRESH_TOKEN={{DEAD}}"), "REFRESH_TOKEN", "BOB"),
        (format!("{OWN}# Bob Smith\nSPNKR_REFRESH_TOKEN_2={{DEAD}}"), "REFRESH_TOKEN", "BOB_SMITH"),
        (
            "Client ID: {CLIENT}\nRefresh token: {LIVE}\nBob's refresh token: {DEAD}".into(),
            "Refresh token",
            "BOB",
        ),
        (
            "SPNKR_CLIENT_ID={CLIENT}\nSPNKR_REFRESH_TOKEN={LIVE}\nSPNKR_REFRESH_TOKEN_OLD={DEAD}".into(),
            "SPNKR",
            "SPNKR_REFRESH_TOKEN_OLD",
        ),
        ("SPNKR_CLIENT_ID={CLIENT}\nSPNKR_REFRESH_TOKEN={LIVE}\nREFRESH_TOKEN={DEAD}".into(), "SPNKR", "REFRESH_TOKEN"),
        ("A_CLIENT_ID={CLIENT}\nA_REFRESH_TOKEN={LIVE}\nB_REFRESH_TOKEN={DEAD}".into(), "A", "B"),
        ("A_CLIENT_ID={CLIENT}\nA_REFRESH_TOKEN={LIVE}\nOLD_A_REFRESH_TOKEN={DEAD}".into(), "A", "OLD_A"),
        ("CLIENT_ID={CLIENT}\n# Alice\nREFRESH_TOKEN={LIVE}\n# Bob\nREFRESH_TOKEN={DEAD}".into(), "ALICE", "BOB"),
        (
            "<client_id>{CLIENT}</client_id>\n<refresh_token>{LIVE}</refresh_token>\n<b_refresh_token>{DEAD}</b_refresh_token>"
                .into(),
            "refresh_token",
            "B",
        ),
        (
            "{\"client_id\":\"{CLIENT}\",\"refresh_token\":\"{LIVE}\",\"refresh_token\":\"{DEAD}\"}".into(),
            "refresh_token, line 1",
            "refresh_token, line 1 (2)",
        ),
    ] {
        lead(&text, &[(first, CLIENT, Some(LIVE)), (second, CLIENT, Some(DEAD))]);
    }
    lead(
        "bob: REFRESH_TOKEN={DEAD}\nCLIENT_ID={CLIENT}\nREFRESH_TOKEN={LIVE}",
        &[("BOB", CLIENT, Some(DEAD)), ("REFRESH_TOKEN", CLIENT, Some(LIVE))],
    );
}

#[test]
fn every_refresh_token_that_may_be_ours_is_offered() {
    let third = "{CONFIDENTIAL_LIVE}";
    lead(
        &format!("A_CLIENT_ID={{CLIENT}}\nA_REFRESH_TOKEN={{LIVE}}\nB_REFRESH_TOKEN={{DEAD}}\nREFRESH_TOKEN={third}"),
        &[("A", CLIENT, Some(LIVE)), ("B", CLIENT, Some(DEAD)), ("REFRESH_TOKEN", CLIENT, Some(CONFIDENTIAL_LIVE))],
    );
    lead(
        &format!(
            "A_CLIENT_ID={{CLIENT}}\nA_REFRESH_TOKEN={{LIVE}}\nB_REFRESH_TOKEN={{DEAD}}\n# Carol\nREFRESH_TOKEN={third}"
        ),
        &[("A", CLIENT, Some(LIVE)), ("B", CLIENT, Some(DEAD)), ("CAROL", CLIENT, Some(CONFIDENTIAL_LIVE))],
    );
    lead("A_CLIENT_ID={CLIENT}\nB_REFRESH_TOKEN={DEAD}", &[("A", CLIENT, None), ("B", CLIENT, Some(DEAD))]);
}

#[test]
fn another_services_token_by_its_name_is_not_asked_about() {
    for other in ["TWITCH", "DISCORD", "ONEDRIVE", "XBOX_DISCORD"] {
        is_public(&format!("{OWN}{other}_REFRESH_TOKEN={{DEAD}}"), None);
        is_public(&format!("{other}_REFRESH_TOKEN={{DEAD}}\n{OWN}"), None);
    }
}

#[test]
fn a_chosen_token_gets_the_secret_only_if_it_is_certainly_the_apps() {
    let text = "SPNKR_CLIENT_ID={CONFIDENTIAL}\nSPNKR_CLIENT_SECRET={SECRET}\nSPNKR_REFRESH_TOKEN={LIVE}\n\n\
                B_CLIENT_SECRET=hush-hush-hush-01\nB_REFRESH_TOKEN={DEAD}";
    let choose =
        |text: &str| import::read_with(&filled(text), &Hints { group: Some("B"), ..Hints::default() }).unwrap();
    assert_eq!(sent(&choose(text)), (CONFIDENTIAL.into(), Some(SECRET), Some(DEAD)));
    let two = format!("{text}\nSPNKR_CLIENT_ID={{CONFIDENTIAL}}\nSPNKR_CLIENT_SECRET=hush-hush-hush-02");
    assert_eq!(sent(&choose(&two)), (CONFIDENTIAL.into(), None, Some(DEAD)));
}

#[test]
fn a_choice_of_a_token_beside_several_client_ids_never_uses_a_known_app() {
    let two = "A_CLIENT_ID={CLIENT}\nA_REFRESH_TOKEN={LIVE}\nC_CLIENT_ID={CONFIDENTIAL}\nC_REFRESH_TOKEN={CONFIDENTIAL_LIVE}\n\
               B_REFRESH_TOKEN={DEAD}";
    let known = AzureApp::parse("11111111-2222-4333-8444-555555555555", "http://localhost").unwrap();
    let choose = |client_id: Option<&str>| {
        let client_id = client_id.map(|id| id.parse().unwrap());
        import::read_with(&filled(two), &Hints { known: Some(&known), client_id, group: Some("B"), ..Hints::default() })
    };
    assert_eq!(choose(None).unwrap_err().cause, Cause::NoClientId);
    assert_eq!(sent(&choose(Some(CONFIDENTIAL)).unwrap()), (CONFIDENTIAL.into(), None, Some(DEAD)));
    // The value that's named as a refresh token is none, but the client ID beside it still counts.
    let cut = "CLIENT_ID={CLIENT}\nREFRESH_TOKEN=tw1tchtw1tchtw1tch\nB_REFRESH_TOKEN={DEAD}";
    let hints = Hints { known: Some(&known), group: Some("B"), ..Hints::default() };
    assert_eq!(sent(&import::read_with(&filled(cut), &hints).unwrap()), (CLIENT.into(), None, Some(DEAD)));
}

#[test]
fn several_apps_and_several_tokens_are_chosen_together() {
    let text =
        "AZURE_CLIENT_ID={CLIENT}\nXBOX_CLIENT_ID={CONFIDENTIAL}\nANNA_REFRESH_TOKEN={LIVE}\nBERT_REFRESH_TOKEN={DEAD}";
    assert_eq!(offered(text), ["ANNA", "BERT"]);
    let choose = |group| import::read_with(&filled(text), &Hints { group: Some(group), ..Hints::default() });
    let Cause::Pasted(PastedCause::Several { groups }) = choose("BERT").unwrap_err().cause else { panic!("not asked") };
    assert_eq!(groups.into_iter().map(|group| group.name).collect::<Vec<_>>(), ["AZURE + BERT", "XBOX + BERT"]);
    assert_eq!(sent(&choose("XBOX + BERT").unwrap()), (CONFIDENTIAL.into(), None, Some(DEAD)));
}

#[test]
fn two_secrets_of_one_sign_in_are_told_apart() {
    let text =
        "CLIENT_ID={CONFIDENTIAL}\nCLIENT_SECRET=hush-hush-hush-01\nCLIENT_SECRET={SECRET}\nREFRESH_TOKEN={LIVE}\n";
    assert_eq!(offered(text), ["CLIENT_SECRET, line 2", "CLIENT_SECRET, line 3"]);
    for (name, secret) in [("CLIENT_SECRET, line 2", "hush-hush-hush-01"), ("client_secret, line 3", SECRET)] {
        let brought = import::read_with(&filled(text), &Hints { group: Some(name), ..Hints::default() }).unwrap();
        assert_eq!(sent(&brought), (CONFIDENTIAL.into(), Some(secret), Some(LIVE)), "{name}");
    }
}

#[test]
fn a_choice_may_also_be_named_by_its_whole_name_but_not_by_one_that_two_have() {
    let choose =
        |text: &str, group| import::read_with(&filled(text), &Hints { group: Some(group), ..Hints::default() });
    let text = format!("{OWN}B_REFRESH_TOKEN={{DEAD}}");
    for name in ["b", "B_", "B_REFRESH_TOKEN", " b_refresh_token "] {
        assert_eq!(sent(&choose(&text, name).unwrap()).2, Some(DEAD), "{name}");
    }
    let text = "CLIENT_ID={CLIENT}\n# Alice Smith\nREFRESH_TOKEN={LIVE}\n\n# Bobß Éva\nREFRESH_TOKEN={DEAD}";
    for (name, token) in [("Alice Smith", LIVE), ("bobß éva", DEAD), ("BOBSS_ÉVA", DEAD)] {
        assert_eq!(sent(&choose(text, name).unwrap()).2, Some(token), "{name}");
    }
    let twice = format!("{OWN}REFRESH_TOKEN={{DEAD}}");
    for name in ["REFRESH_TOKEN", "REFRESH_TOKEN, line 9", "line 2"] {
        let cause = choose(&twice, name).unwrap_err().cause;
        assert!(matches!(cause, Cause::Pasted(PastedCause::Several { .. })), "{name}: {cause:?}");
    }
    assert_eq!(sent(&read(OWN, None).unwrap()).2, Some(LIVE));
}

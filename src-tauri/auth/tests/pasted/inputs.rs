//! The inputs from public reports, each with its expected result.

use spartan_auth::error::{Cause, OtherToken, PastedCause};

use crate::{CLIENT, is_confidential, is_public, refused};

macro_rules! inputs {
    ($($name:literal),+ $(,)?) => { [$(include_str!(concat!("inputs/", $name, ".in"))),+] };
}

#[test]
fn comments_and_other_services_change_nothing() {
    for input in inputs![
        "10-comment-token-after",
        "12-comment-app-after",
        "15-python-comment",
        "20-discord-id-after",
        "21-discord-secret-after",
        "22-twitch-token-after",
        "46-msal-cache",
        "71-compose-map",
        "73-one-line-exports",
    ] {
        is_public(input, None);
    }
}

#[test]
fn an_apps_secret_is_used_and_an_expression_is_none() {
    for input in
        inputs!["11-comment-secret-after", "30-env-and-environ", "31-env-and-call", "42-grunt-two-files-secret"]
    {
        is_confidential(input);
    }
}

#[test]
fn a_token_without_a_client_id_is_the_named_apps() {
    for input in inputs![
        "40-webapi-v1-tokens",
        "49-python-repr",
        "50-python-dict",
        "62-bom-bare",
        "76-bare-with-label",
        "81-bare-quoted",
    ] {
        is_public(input, Some(CLIENT));
        assert_eq!(refused(input, None), Cause::NoClientId, "{input}");
    }
}

#[test]
fn what_is_no_sign_in_is_told_apart() {
    let causes = [PastedCause::Comments, PastedCause::Nothing, PastedCause::NotARefreshToken(OtherToken::Spartan)];
    for (input, cause) in inputs!["13-only-comments", "82-empty", "84-spartan-token"].into_iter().zip(causes) {
        assert_eq!(refused(input, Some(CLIENT)), Cause::Pasted(cause.clone()), "{input}");
        assert_eq!(refused(input, None), Cause::Pasted(cause), "{input}");
    }
}

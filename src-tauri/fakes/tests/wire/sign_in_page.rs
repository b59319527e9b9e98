//! The sign-in page: what it refuses, how, and what it returns.

use reqwest::header::LOCATION;
use spartan_fakes::{Endpoint, PUBLIC_CLIENT_ID, Pick, Setup};

use crate::program::{Host, Pairs, Program, code_form, param, raw, right_query, with};

/// The query parameter that is wrong, and its value (`None`: omitted).
type Rule = (&'static str, Option<&'static str>);

#[tokio::test]
async fn a_wrong_client_id_or_redirect_uri_is_a_dead_end() {
    let rules: [Rule; 7] = [
        ("client_id", None),
        ("client_id", Some("00000000-0000-0000-0000-000000000000")),
        ("redirect_uri", None),
        ("redirect_uri", Some("http://localhost:49152/elsewhere")),
        ("redirect_uri", Some("https://localhost/")),
        ("redirect_uri", Some("https://evil.example")),
        ("redirect_uri", Some("http://127.0.0.1:49152")),
    ];
    let program = Program::new(Setup::default()).await;
    for host in [Host::Consumers, Host::Live] {
        for (name, value) in rules {
            let url = program.authorize_url(host, &with(right_query(host), name, value));
            let response = program.http.get(url).send().await.unwrap();
            assert!(!response.headers().contains_key(LOCATION), "{name} {value:?}");
            assert_eq!(raw(response).await.0, 400, "{name} {value:?}");
        }
    }
}

#[tokio::test]
async fn any_other_mistake_goes_back_to_the_program() {
    let rules: [(Rule, &str); 11] = [
        (("response_type", None), "invalid_request"),
        (("response_type", Some("token")), "unsupported_response_type"),
        (("response_mode", Some("fragment")), "invalid_request"),
        (("scope", None), "invalid_scope"),
        (("scope", Some("XboxLive.signin")), "invalid_scope"),
        (("scope", Some("openid profile")), "invalid_scope"),
        (("code_challenge_method", None), "invalid_request"),
        (("code_challenge_method", Some("plain")), "invalid_request"),
        (("code_challenge", Some("short")), "invalid_request"),
        (("prompt", Some("please")), "invalid_request"),
        (("prompt", Some("none")), "interaction_required"),
    ];
    let program = Program::new(Setup::default()).await;
    for host in [Host::Consumers, Host::Live] {
        for ((name, value), error) in rules {
            let url = program.authorize_url(host, &with(right_query(host), name, value));
            let back = location(&program, &url, None).await;
            assert_eq!(param(&back, "error").as_deref(), Some(error), "{name} {value:?}");
            assert_eq!(param(&back, "state").as_deref(), Some("st+te/="));
        }
    }
}

#[tokio::test]
async fn the_page_is_plain_http_and_takes_the_focus_to_the_first_or_hinted_account() {
    let program = Program::new(Setup::default()).await;
    let url = program.authorize_url(Host::Consumers, &right_query(Host::Consumers));
    assert!(url.starts_with("http://127.0.0.1:"));
    let page = program.http.get(&url).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("value=\"curtis@example.com\" autofocus"));
    let query = with(right_query(Host::Consumers), "login_hint", Some("child@example.com"));
    let url = program.authorize_url(Host::Consumers, &query);
    let page = program.http.get(&url).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("value=\"child@example.com\" autofocus"));
    assert_eq!(program.fakes.count(Endpoint::Authorize), 2);
}

#[tokio::test]
async fn picking_an_account_sends_a_code_and_the_state_as_it_came() {
    let program = Program::new(Setup::default()).await;
    for host in [Host::Consumers, Host::Live] {
        let url = program.authorize_url(host, &right_query(host));
        let back = location(&program, &url, Some(("account", "curtis@example.com"))).await;
        assert!(back.starts_with("http://localhost:49152/?code="), "{back}");
        assert_eq!(param(&back, "state").as_deref(), Some("st+te/="));

        let url = program.authorize_url(host, &with(right_query(host), "state", None));
        let back = location(&program, &url, Some(("account", "curtis@example.com"))).await;
        assert_eq!(param(&back, "state"), None);
    }
    assert_eq!(program.fakes.count(Endpoint::Authorize), 0, "the page's own form is not counted");
}

#[tokio::test]
async fn on_the_newer_host_the_result_can_be_posted() {
    let program = Program::new(Setup::default()).await;
    let query = |host| with(right_query(host), "response_mode", Some("form_post"));
    let url = program.authorize_url(Host::Consumers, &query(Host::Consumers));
    for (choice, field) in [(("account", "curtis@example.com"), "code"), (("cancel", "cancel"), "error")] {
        let response = program.http.post(&url).form(&[choice]).send().await.unwrap();
        assert!(!response.headers().contains_key(LOCATION));
        let (status, page) = raw(response).await;
        assert_eq!(status, 200);
        assert!(page.contains("method=\"post\" action=\"http://localhost:49152\""));
        for name in [field, "state"] {
            assert!(page.contains(&format!("type=\"hidden\" name=\"{name}\"")), "{page}");
        }
    }
    let back = location(&program, &program.authorize_url(Host::Live, &query(Host::Live)), None).await;
    assert_eq!(param(&back, "error").as_deref(), Some("invalid_request"));
}

#[tokio::test]
async fn cancelling_says_access_denied() {
    let program = Program::new(Setup::default()).await;
    let url = program.authorize_url(Host::Consumers, &right_query(Host::Consumers));
    let back = location(&program, &url, Some(("cancel", "cancel"))).await;
    assert_eq!(param(&back, "error").as_deref(), Some("access_denied"));
    assert!(param(&back, "error_description").is_some());
    assert_eq!(param(&back, "state").as_deref(), Some("st+te/="));
}

#[tokio::test]
async fn the_reference_programs_query_at_live_is_taken() {
    let program = Program::new(Setup::default()).await;
    let query: Pairs = vec![
        ("client_id", PUBLIC_CLIENT_ID.into()),
        ("response_type", "code".into()),
        ("approval_prompt", "auto".into()),
        ("scope", "Xboxlive.signin Xboxlive.offline_access".into()),
        ("redirect_uri", "https://localhost".into()),
    ];
    let url = program.authorize_url(Host::Live, &query);
    let back = location(&program, &url, Some(("account", "curtis@example.com"))).await;
    assert!(back.starts_with("https://localhost/?code="), "{back}");
}

#[tokio::test]
async fn a_person_can_be_played_without_a_browser() {
    let program = Program::new(Setup::default()).await;
    let url = program.authorize_url(Host::Live, &right_query(Host::Live));
    let cancelled = program.fakes.sign_in(&url, &Pick::Cancel).unwrap();
    assert_eq!(param(&cancelled, "error").as_deref(), Some("access_denied"));
    let back = program.fakes.sign_in(&url, &Pick::Account("curtis@example.com".into())).unwrap();
    let form = code_form(Host::Live, &param(&back, "code").unwrap());
    assert_eq!(program.token(Host::Live, &form).await.0, 200);
    assert_eq!(program.fakes.sign_in(&program.host(Host::Live).authorize, &Pick::Cancel), None);
    assert_eq!(program.fakes.sign_in(&url, &Pick::Account("nobody@example.com".into())), None);
}

/// Returns where a visit (or, with a form, its answer) is redirected.
async fn location(program: &Program, url: &str, form: Option<(&str, &str)>) -> String {
    let request = match form {
        Some(pair) => program.http.post(url).form(&[pair]),
        None => program.http.get(url),
    };
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 302);
    response.headers()[LOCATION].to_str().unwrap().into()
}

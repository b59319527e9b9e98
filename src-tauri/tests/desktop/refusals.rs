//! Each refusal as a person sees it: in the catalogue's words, where it happened, with details to copy.

use std::{collections::BTreeMap, fs};

use serde_json::json;
use spartan_fakes::{
    Endpoint::{self, Spartan, Token, User, XstsHalo},
    Fakes, Fault, Setup, Times,
};
use spartan_messages::catalogue::{self, Entry};
use url::Url;

use crate::{
    keyring,
    program::{Look, Program},
};

/// The first and the last of Xbox's known codes.
const XBOX: std::ops::RangeInclusive<u32> = 2_148_916_222..=2_148_916_274;

/// An answer, and the entry that it leads to.
struct Case {
    at: Endpoint,
    fault: Fault,
    entry: Entry,
    /// Its name in the details.
    named: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_service_refuses_in_a_renewal_is_told_and_nobody_is_signed_out() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::signed_in(&desktop, &fakes, Look::Light).await;

    for case in xbox().into_iter().chain(microsoft()).chain(answers()) {
        for gone in [User, Token].into_iter().filter(|_| case.at == Token) {
            fakes.expire(gone);
        }
        fakes.fail(case.at, case.fault, Times::Always);
        renew(&program).await;
        told(&program, &case.entry).await;
        // The previous case may have the same message.
        let details = async || {
            let details = program.text_of("return document.querySelector('.problem pre')?.textContent ?? ''").await;
            Some(details).filter(|details| details.contains(&case.named))
        };
        let details = desktop.until(&format!("the details of {}", case.entry.key), details).await;
        assert!(!details.contains("v4=") && !details.contains("aCurtis"), "{details}");
        fakes.heal(case.at);
    }
    renew(&program).await;
    program.until_state("signed_in fresh").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_microsofts_page_ends_with_is_told() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::start(&desktop, &fakes, Look::Dark).await;
    program.choose("Paste the address").await;
    let codes = catalogue::AREAS.into_iter().flatten().filter_map(|entry| entry.key.strip_prefix("page."));
    let elsewhere = [
        "not_loaded",
        "silent",
        "not_accepted",
        "cancelled",
        "foreign",
        "led_away",
        "not_the_address",
        "no_code",
        "unknown",
    ];
    for code in codes.filter(|code| !elsewhere.contains(code)).chain(["never_heard_of"]) {
        program.press("Sign in").await;
        program.press("Copy sign-in link").await;
        let link = async || desktop.clipboard().filter(|text| text.contains("state="));
        let link = Url::parse(&desktop.until("the link", link).await).expect("a link is an address");
        let (_, state) = link.query_pairs().find(|(name, _)| name == "state").expect("it has a state");
        let back = format!("http://localhost/?error={code}&error_description=odd&state={state}");
        program.paste("Paste the address", &back).await;
        program.press("Use this address").await;
        program.until_state("signed_out").await;
        told(&program, &catalogue::find(&format!("page.{code}"))).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_wrong_with_the_vault_is_told_and_it_stays_as_it_is() {
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup::default()).await;
    let program = Program::signed_in(&desktop, &fakes, Look::Light).await;
    program.quit().await;
    let whole = fs::read(desktop.vault()).expect("the vault is there");
    let other_id = [&whole[..5], &[0xab; 16], &whole[21..]].concat();
    let mut changed = whole.clone();
    changed[100] ^= 1;
    for (file, key) in [
        (whole[..whole.len() - 100].to_vec(), "vault.truncated"),
        (b"PK\x03\x04 something else".to_vec(), "vault.foreign"),
        ([b"SPTV\x02", &whole[5..]].concat(), "vault.later_version"),
        (changed, "vault.other_key"),
        (other_id, "keyring.key_missing"),
    ] {
        fs::write(desktop.vault(), &file).expect("the vault can be written");
        let program = Program::start(&desktop, &fakes, Look::Light).await;
        program.until_state("shut").await;
        told(&program, &catalogue::find(key)).await;
        program.quit().await;
        assert_eq!(fs::read(desktop.vault()).expect("the vault is there"), file, "{key}");
    }
    fs::write(desktop.vault(), whole).expect("the vault can be written");
    let program = Program::start(&desktop, &fakes, Look::Light).await;
    program.until_state("signed_in fresh").await;
}

async fn renew(program: &Program<'_>) {
    program.press("More").await;
    program.press("Renew now").await;
}

/// Waits until the page shows the entry's text, with any values in place of its names.
async fn told(program: &Program<'_>, entry: &Entry) {
    let pieces: Vec<_> = [entry.what, entry.todo].into_iter().flat_map(literal).collect();
    let look = async || {
        let read = program.read().await;
        pieces.iter().all(|piece| read.contains(piece)).then_some(())
    };
    program.desktop.until(&format!("the words of {}", entry.key), look).await;
}

/// A sentence without its names in braces.
fn literal(sentence: &'static str) -> Vec<&'static str> {
    let pieces = sentence.split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, rest)| rest));
    pieces.filter(|piece| piece.trim().len() > 3).collect()
}

fn answer(status: u16, body: String) -> Fault {
    Fault::Status { status, headers: BTreeMap::new(), body }
}

/// Returns every known Xbox code, and one unknown code.
fn xbox() -> Vec<Case> {
    let known = XBOX.filter(|code| catalogue::known(&format!("xbox.{code}")).is_some());
    let case = |code: u32| {
        let body = json!({ "Identity": "0", "XErr": code, "Message": "", "Redirect": "https://www.xbox.com/" });
        // For a token inside the request, the message says that a new one was refused, too.
        let inner = (2_148_916_255..=2_148_916_263).contains(&code);
        let (key, named) = if inner {
            ("answer.inner_token".to_owned(), "step: XSTS Halo".to_owned())
        } else {
            (format!("xbox.{code}"), format!("{code} (0x{code:X})"))
        };
        Case { at: XstsHalo, fault: answer(401, body.to_string()), entry: catalogue::find(&key), named }
    };
    known.chain([2_148_916_999]).map(case).collect()
}

/// What Microsoft's token endpoint refuses: each `error`, and each mistake in an app's set-up that an answer names.
fn microsoft() -> Vec<Case> {
    let errors = [
        "invalid_grant",
        "interaction_required",
        "login_required",
        "consent_required",
        "invalid_client",
        "unauthorized_client",
        "invalid_request",
        "invalid_scope",
        "unsupported_grant_type",
        "never_heard_of",
    ];
    let mistakes = [
        (700_016, "app.unknown"),
        (9_002_332, "app.not_personal"),
        (7_000_215, "app.secret_wrong"),
        (7_000_222, "app.secret_expired"),
        (700_025, "app.secret_unasked"),
        (7_000_218, "app.secret_missing"),
        (50_011, "app.redirect_mismatch"),
    ];
    let case = |body: serde_json::Value, key: &str| Case {
        at: Token,
        named: format!("error: {}", body["error"].as_str().unwrap_or_default()),
        fault: answer(400, body.to_string()),
        entry: catalogue::find(key),
    };
    let plain = errors.map(|error| case(json!({ "error": error }), &format!("oauth.{error}")));
    let named = mistakes.map(|(number, key)| case(json!({ "error": "invalid_client", "error_codes": [number] }), key));
    plain.into_iter().chain(named).collect()
}

/// What any service may answer, for any account.
fn answers() -> Vec<Case> {
    let status = |status: u16, area: &str| Case {
        at: Spartan,
        fault: answer(status, "<html>Odd</html>".into()),
        entry: catalogue::find(&format!("{area}.{status}")),
        named: format!("status: {status}"),
    };
    let mut cases: Vec<_> = [408, 429, 500, 502, 503, 504, 599].map(|code| status(code, "http")).into();
    cases.extend([403, 404, 418].map(|code| status(code, "refused")));
    let odd = [
        (answer(201, "{}".into()), "answer.unreadable"),
        (Fault::Reset, "network.broken"),
        (answer(201, String::new()), "answer.unreadable"),
    ];
    cases.extend(odd.map(|(fault, key)| Case {
        at: Spartan,
        fault,
        entry: catalogue::find(key),
        named: "step: Spartan".into(),
    }));
    cases
}

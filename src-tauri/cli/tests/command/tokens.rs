//! Tokens and related values: to pipes, to terminals, and in shells.

use std::collections::BTreeMap;

use spartan_auth::jiff::SignedDuration;
use spartan_fakes::{Endpoint, Fakes, Fault, Kind, Setup, Times};

use crate::{keyring, sealed, spartan::Spartan};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

#[tokio::test(flavor = "multi_thread")]
async fn into_a_pipe_a_token_goes_whole_with_one_newline_and_nothing_is_sent() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    let before = fakes.counts();
    let ran = spartan.run(&["token"]);
    assert_eq!(ran.err, "");
    assert_eq!(ran.done(), format!("{}\n", fakes.last(Kind::Spartan).unwrap()));
    assert_eq!(fakes.counts(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_terminal_a_token_is_masked_unless_it_is_to_be_shown() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    let token = fakes.last(Kind::Spartan).unwrap();
    let on_terminal = |line: &str| spartan.shell(&format!("script -qec \"$SPARTAN {line}\" /dev/null")).done();
    let masked = on_terminal("token");
    assert!(masked.contains(&format!("{}…({} characters)", &token[..6], token.len())), "{masked}");
    assert!(masked.contains("--show"), "{masked}");
    for line in ["token", "env", "token --format python-with-token", "xsts --relying-party http://xboxlive.com"] {
        let masked = on_terminal(line);
        assert!(masked.contains("characters)"), "{masked}");
        for secret in fakes.issued() {
            let is_shown = matches!(secret.kind, Kind::Spartan | Kind::XstsXbox) && masked.contains(&secret.value);
            assert!(!is_shown, "{line}: {masked}");
        }
    }
    assert!(on_terminal("token --show").contains(&token));
    let clearance = spartan.run(&["clearance"]).done();
    assert!(on_terminal("clearance").contains(clearance.trim()), "it is no secret");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_about_to_expire_is_renewed_first() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    sealed::let_spartan_tokens_have(&desktop, MINUTE * 30);
    let before = fakes.count(Endpoint::Spartan);
    spartan.run(&["token"]).done();
    assert_eq!(fakes.count(Endpoint::Spartan), before);
    spartan.run(&["token", "--min-ttl", "1h"]).done();
    assert_eq!(fakes.count(Endpoint::Spartan), before + 1);
    sealed::let_spartan_tokens_have(&desktop, MINUTE * 9);
    let token = spartan.run(&["token"]).done();
    assert_eq!(token.trim(), fakes.last(Kind::Spartan).unwrap());
    assert_eq!(fakes.count(Endpoint::Spartan), before + 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_a_fresh_token_has_is_a_warning_and_no_failure() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    let ran = spartan.run(&["token", "--min-ttl", "5h"]);
    assert!(ran.err.contains("--min-ttl 5 h can't be met"), "{ran:?}");
    assert!(ran.done().starts_with("v4="));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passing_failure_is_a_warning_while_the_token_is_good_and_a_failure_after() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    let busy = || Fault::Status { status: 503, headers: BTreeMap::default(), body: String::new() };
    fakes.fail(Endpoint::Spartan, busy(), Times::Always);
    sealed::let_spartan_tokens_have(&desktop, MINUTE * 5);
    let ran = spartan.run(&["token"]);
    assert!(ran.err.contains("503"), "{ran:?}");
    assert!(ran.done().starts_with("v4="));
    sealed::let_spartan_tokens_have(&desktop, -MINUTE);
    let failed = spartan.run(&["token"]).refused(1);
    assert!(failed.contains("503"), "{failed}");
    fakes.heal(Endpoint::Spartan);
    assert!(spartan.run(&["token"]).done().starts_with("v4="));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_microsoft_ended_asks_for_a_person_with_3() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    fakes.revoke();
    sealed::change(&desktop, |contents| {
        let tokens = &mut contents.accounts[0].tokens;
        (tokens.access, tokens.user, tokens.spartan) = (None, None, None);
    });
    for _ in 0..2 {
        let refused = spartan.run(&["token"]).refused(3);
        assert!(refused.contains("spartan sign-in"), "{refused}");
    }
    let asked = fakes.count(Endpoint::Token);
    spartan.run(&["xsts", "--relying-party", "http://gssv.xboxlive.com/"]).refused(3);
    assert_eq!(fakes.count(Endpoint::Token), asked, "what was refused is not asked again");
    assert_eq!(sealed::contents(&desktop).accounts.len(), 1, "the account stays");
    assert_eq!(spartan.sign_in(crate::spartan::CURTIS).code, 0);
    assert!(spartan.run(&["token"]).done().starts_with("v4="));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lives_longer_than_a_spartan_token_is_had_without_one() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    let had = |spartan: &Spartan| {
        [&["clearance"][..], &["token", "--format", "xuid"], &["token", "--format", "xbl-header"]]
            .map(|words| spartan.run(words).done())
    };
    let before = had(&spartan);
    fakes.revoke();
    sealed::let_spartan_tokens_have(&desktop, -MINUTE);
    sealed::change(&desktop, |contents| {
        let tokens = &mut contents.accounts[0].tokens;
        (tokens.access, tokens.user) = (None, None);
    });
    spartan.run(&["token"]).refused(3);
    assert_eq!(had(&spartan), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_environment_can_be_sourced() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    let clearance = spartan.run(&["clearance"]).done();
    let both = format!("{} {clearance}", fakes.last(Kind::Spartan).unwrap());
    let print = "sh -c 'echo $HALO_SPARTAN_TOKEN $HALO_CLEARANCE_TOKEN'";
    assert_eq!(spartan.shell(&format!("eval \"$($SPARTAN env --shell posix)\"; {print}")).done(), both);
    assert_eq!(spartan.shell(&format!("$SPARTAN env --output .env; set -a; . ./.env; {print}")).done(), both);
    assert!(!spartan.run(&["env"]).done().contains("XBL"));
    assert!(spartan.run(&["env", "--with", "xbl"]).done().contains("XBL_AUTHORIZATION="));
    assert!(spartan.run(&["env", "--shell", "powershell"]).done().starts_with("$env:HALO_SPARTAN_TOKEN = '"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_format_is_printed_and_an_unknown_one_is_a_mistake_of_usage() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    for format in spartan_session::format::Format::ALL {
        let text = spartan.run(&["token", "--format", format.name()]).done();
        assert!(text.len() > 10 && text.ends_with('\n') && !text.ends_with("\n\n"), "{format}: {text}");
    }
    let header = spartan.run(&["token", "--format", "header"]).done();
    assert_eq!(header, format!("x-343-authorization-spartan: {}\n", fakes.last(Kind::Spartan).unwrap()));
    let ran = spartan.run(&["token", "--format", "yaml"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_xsts_token_is_made_once_and_kept() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    let words = ["xsts", "--relying-party", "http://gssv.xboxlive.com/"];
    let first = spartan.run(&words).done();
    assert!(first.starts_with("XBL3.0 x="), "{first}");
    assert_eq!(spartan.run(&words).done(), first);
    assert_eq!(fakes.count(Endpoint::XstsOther), 1);
    let token = spartan.run(&[&words[..], &["--format", "token"]].concat()).done();
    assert!(first.trim().ends_with(token.trim()), "{first} {token}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relying_party_that_nobody_can_be_is_refused_before_anything_is_sent_and_an_unknown_one_is_named() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    let before = fakes.counts();
    for wrong in ["", " ", "http://a b/", "http://a/\u{7}", &format!("http://{}/", "a".repeat(2000))] {
        let ran = spartan.run(&["xsts", "--relying-party", wrong]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{wrong:?}: {ran:?}");
    }
    assert_eq!(fakes.counts(), before);
    let refused = spartan.run(&["xsts", "--relying-party", "rp://nobody"]).refused(6);
    assert!(refused.contains("rp://nobody") && refused.contains("slash"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_clearance_a_token_is_there_all_the_same() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let odd = Fault::Status { status: 500, headers: BTreeMap::default(), body: String::new() };
    fakes.fail(Endpoint::Clearance, odd, Times::Always);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    let refused = spartan.run(&["clearance"]).refused(1);
    assert!(refused.contains("issuing clearances"), "{refused}");
    assert!(spartan.run(&["token"]).done().starts_with("v4="));
    assert_eq!(spartan.run(&["env"]).done().lines().filter(|line| line.starts_with("HALO_")).count(), 1);
}

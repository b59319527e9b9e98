//! Names that other people chose, as printed on a terminal.

use spartan_fakes::{Account, Fakes, Setup};

use crate::{
    keyring, sealed,
    spartan::{CURTIS, POUNDER, Spartan},
};

const HOSTILE: &str =
    "\u{202e}Mal\u{200b}\u{1b}[2Jlory\r\nspartan: \u{2066}ok\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{2029}";

/// Returns whether every letter is visible, and only a newline ends a line.
fn is_plain(text: &str) -> bool {
    let hidden = |letter: char| "\u{202e}\u{200b}\u{2066}\u{2029}\r".contains(letter);
    !text.chars().any(|letter| hidden(letter) || (letter.is_control() && letter != '\n'))
        && !text.contains(&"\u{301}".repeat(5))
}

#[tokio::test(flavor = "multi_thread")]
async fn no_name_turns_moves_or_breaks_what_a_terminal_shows() {
    let accounts = vec![
        Account::adult(CURTIS, HOSTILE, "2533274855333605"),
        Account::adult(POUNDER, &"W".repeat(4000), "2535405290989773"),
    ];
    let desktop = keyring::start_desktop().await;
    let fakes = Fakes::start(Setup { accounts, ..Setup::default() }).await;
    let spartan = Spartan::new(&desktop, &fakes);
    for (email, called) in [(CURTIS, "Mal[2Jlory spartan: ok"), (POUNDER, &"W".repeat(40))] {
        let ran = spartan.sign_in(email);
        assert!(ran.code == 0 && ran.err.contains(called) && is_plain(&ran.err), "{ran:?}");
    }
    // As an earlier version may have stored it.
    sealed::change(&desktop, |contents| contents.accounts[1].name = Some(HOSTILE.into()));
    let json: serde_json::Value = serde_json::from_str(&spartan.run(&["status", "--json"]).done()).unwrap();
    assert!(json.to_string().contains("Mal[2Jlory") && is_plain(&json.to_string()), "{json}");
    for words in [&["accounts"][..], &["status"], &["token", "--format", "json"]] {
        let out = spartan.run(words).done();
        assert!(is_plain(&out), "{words:?}: {out:?}");
    }
    assert_eq!(spartan.run(&["accounts"]).done().lines().count(), 3);
    let refused = spartan.run(&["token", "--account", HOSTILE]);
    assert!(refused.code == 5 && is_plain(&refused.err), "{refused:?}");
}

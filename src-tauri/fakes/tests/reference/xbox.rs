//! The programs that run the chain: SPNKr to the Spartan token, python-xbox to Xbox Live.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use spartan_fakes::{CONFIDENTIAL_CLIENT_ID, CONFIDENTIAL_SECRET, Endpoint, Kind, PUBLIC_CLIENT_ID};

use crate::told::network;

const ACCOUNT: &str = "curtis@example.com";

#[test]
fn spnkr_signs_in_and_makes_its_player_twice() {
    let Some(network) = network(&[]) else { return };
    let got: Value = network.python("spnkr_player.py", &[CONFIDENTIAL_CLIENT_ID, CONFIDENTIAL_SECRET, ACCOUNT]);

    let issued = network.issued();
    for (index, player) in [&got["first"], &got["second"]].into_iter().enumerate() {
        assert_eq!(player["id"], "xuid(2533274855333605)");
        assert_eq!(player["gamertag"], "aCurtis X89");
        assert_eq!(player["spartan"], issued.of(Kind::Spartan)[index]);
        assert_eq!(player["is_valid"], true);
        assert!(is_in(&player["expires_at"], SignedDuration::from_hours(4)), "{player}");
        let xsts = issued.of(Kind::XstsXbox)[index];
        assert!(player["xbl"].as_str().unwrap().ends_with(&format!(";{xsts}")));
    }
    assert_eq!(got["first"]["clearance"], got["second"]["clearance"]);
    assert_eq!(got["profile"], json!({ "xuid": 2_533_274_855_333_605_u64, "gamertag": "aCurtis X89" }));
    assert_eq!(got["refresh"], issued.of(Kind::Refresh)[0], "it loses those that come later");

    let counts = [
        (Endpoint::Authorize, 1),
        (Endpoint::Token, 3),
        (Endpoint::User, 2),
        (Endpoint::XstsXbox, 2),
        (Endpoint::XstsHalo, 2),
        (Endpoint::Spartan, 2),
        (Endpoint::Clearance, 2),
        (Endpoint::Profile, 1),
    ];
    assert_eq!(network.counts(), BTreeMap::from(counts));
}

#[test]
fn python_xbox_signs_in_and_refreshes_what_is_due() {
    let Some(network) = network(&[]) else { return };
    for app in [[PUBLIC_CLIENT_ID, ""], [CONFIDENTIAL_CLIENT_ID, CONFIDENTIAL_SECRET]] {
        let got: Value = network.python("python_xbox_manager.py", &[app[0], app[1], ACCOUNT]);
        let issued = network.issued();
        assert_eq!(got["state"], "st+te/=");
        assert_eq!(got["not_due"], got["signed_in"]);
        for (back, tokens) in [(2, &got["signed_in"]), (1, &got["refreshed"])] {
            let kinds =
                [("access", Kind::Access), ("refresh", Kind::Refresh), ("user", Kind::User), ("xsts", Kind::XstsXbox)];
            for (name, kind) in kinds {
                let all = issued.of(kind);
                assert_eq!(tokens[name], all[all.len() - back], "{name}");
            }
            assert_eq!(tokens["gamertag"], "aCurtis X89");
            assert_eq!(tokens["xuid"], "2533274855333605");
            assert_eq!(tokens["age_group"], "Adult");
            assert_eq!(tokens["are_valid"], json!([true, true, true]));
            assert!(is_in(&tokens["not_after"], SignedDuration::from_hours(16)), "{tokens}");
        }
        assert_eq!(got["halo"]["token"].as_str(), issued.of(Kind::XstsHalo).last().copied());
        assert_eq!(got["halo"]["claims"].as_object().unwrap().keys().collect::<Vec<_>>(), ["uhs"]);
    }
    let counts = [
        (Endpoint::Authorize, 1),
        (Endpoint::Token, 2),
        (Endpoint::User, 2),
        (Endpoint::XstsXbox, 2),
        (Endpoint::XstsHalo, 1),
    ];
    assert_eq!(network.counts(), counts.map(|(endpoint, one)| (endpoint, 2 * one)).into());
}

/// Returns whether a time is that far ahead, within the minute that a test may take.
fn is_in(time: &Value, ahead: SignedDuration) -> bool {
    let time: Timestamp = time.as_str().unwrap().parse().unwrap();
    let left = time.duration_since(Timestamp::now());
    left <= ahead && ahead - left < SignedDuration::from_mins(1)
}

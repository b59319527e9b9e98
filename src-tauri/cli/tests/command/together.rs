//! Many simultaneous commands.

use std::{collections::BTreeSet, process::Stdio};

use spartan_auth::jiff::SignedDuration;
use spartan_fakes::{Endpoint, Fakes, Setup};

use crate::{
    keyring, sealed,
    spartan::{Ran, Spartan},
};

#[tokio::test(flavor = "multi_thread")]
async fn fifty_at_once_with_an_expired_token_renew_once_and_all_get_the_same() {
    let (desktop, fakes) = (keyring::start_desktop().await, Fakes::start(Setup::default()).await);
    let spartan = Spartan::signed_in(&desktop, &fakes);
    sealed::let_spartan_tokens_have(&desktop, -SignedDuration::from_mins(1));
    let before = fakes.counts();
    let commands = (0..50).map(|_| {
        let mut command = spartan.command(&["token"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    });
    let commands: Vec<_> = commands.collect();
    let tokens: BTreeSet<String> =
        commands.into_iter().map(|command| Ran::from(command.wait_with_output().unwrap()).done()).collect();
    assert_eq!(tokens.len(), 1);
    assert!(tokens.iter().all(|token| token.starts_with("v4=")));
    let after = fakes.counts();
    for endpoint in [Endpoint::XstsHalo, Endpoint::Spartan, Endpoint::Clearance] {
        assert_eq!(after[&endpoint] - before[&endpoint], 1, "{endpoint:?}");
    }
    let all = |counts: &std::collections::BTreeMap<Endpoint, u32>| counts.values().sum::<u32>();
    assert_eq!(all(&after) - all(&before), 3);
}

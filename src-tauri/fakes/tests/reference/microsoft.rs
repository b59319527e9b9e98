//! Microsoft's own library, which also requests the endpoints and who signed in.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use spartan_fakes::{Endpoint, Kind, PUBLIC_CLIENT_ID};

use crate::told::network;

const ACCOUNT: &str = "sixpounder@example.com";

#[test]
fn msal_signs_in_with_a_code_and_refreshes() {
    let Some(network) = network(&[]) else { return };
    let got: Value = network.python("msal_code.py", &[PUBLIC_CLIENT_ID, ACCOUNT]);

    let issued = network.issued();
    let access = issued.of(Kind::Access);
    assert_eq!(got["before"], json!([]));
    assert_eq!(got["signed_in"]["access_token"], access[0]);
    assert_eq!(got["signed_in"]["expires_in"], 3600);
    assert_eq!(got["signed_in"]["id_token_claims"]["preferred_username"], ACCOUNT);
    assert_eq!(got["after"][0]["username"], ACCOUNT);
    assert_eq!(got["cached"]["access_token"], access[0]);
    assert_eq!(got["refreshed"]["access_token"], access[1]);
    assert_eq!(issued.of(Kind::Verifier).len(), 1, "it proves its codes");

    let counts = [
        (Endpoint::InstanceDiscovery, 1),
        (Endpoint::OpenidConfiguration, 1),
        (Endpoint::Authorize, 1),
        (Endpoint::Token, 2),
    ];
    assert_eq!(network.counts(), BTreeMap::from(counts));
}

#[test]
fn msal_signs_in_with_a_browser_and_its_own_local_server() {
    let Some(network) = network(&[]) else { return };
    let got: Value = network.python("msal_interactive.py", &[PUBLIC_CLIENT_ID, ACCOUNT]);

    assert_eq!(got["access_token"], network.issued().of(Kind::Access)[0]);
    assert_eq!(got["id_token_claims"]["preferred_username"], ACCOUNT);
    let counts = [(Endpoint::OpenidConfiguration, 1), (Endpoint::Authorize, 1), (Endpoint::Token, 1)];
    assert_eq!(network.counts(), BTreeMap::from(counts));
}

#[test]
fn msal_signs_in_with_a_device_code_or_hears_that_the_person_declined() {
    let Some(network) = network(&["--poll-interval", "1"]) else { return };
    let got: Value = network.python("msal_device.py", &[PUBLIC_CLIENT_ID, ACCOUNT]);

    let issued = network.issued();
    assert_eq!(got["flow"]["verification_uri"], "https://www.microsoft.com/link");
    assert_eq!(got["flow"]["device_code"], issued.of(Kind::DeviceCode)[0]);
    assert_eq!(got["flow"]["interval"], 1, "it was never told to slow down");
    assert_eq!(got["approved"]["access_token"], issued.of(Kind::Access)[0]);
    assert_eq!(got["approved"]["id_token_claims"]["preferred_username"], ACCOUNT);
    assert_eq!(got["declined"]["error"], "authorization_declined");

    let counts = [
        (Endpoint::OpenidConfiguration, 1),
        (Endpoint::DeviceCode, 2),
        (Endpoint::Link, 2),
        // For each of the two: one poll before the person decides, one after.
        (Endpoint::Token, 4),
    ];
    assert_eq!(network.counts(), BTreeMap::from(counts));
}

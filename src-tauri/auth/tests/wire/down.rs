//! Each leg fails in each way: the error names the leg, waiting helps, and nothing is lost.

use std::net::TcpListener;

use spartan_auth::{
    chain::Start,
    endpoints::Endpoints,
    error::{Cause, Error, Remedy, Step, Unreachable},
    http::{Http, Timeouts},
    leg::Leg,
    services::Services,
};
use spartan_fakes::{Endpoint, Fault, Times};
use url::Url;

use crate::{
    run::{Ran, Run, Seen, refresh},
    wire::{Wire, status},
};

/// The legs that a sign-in requires.
const LEGS: [(Leg, Endpoint); 5] = [
    (Leg::Microsoft, Endpoint::Token),
    (Leg::XboxUser, Endpoint::User),
    (Leg::XstsXbox, Endpoint::XstsXbox),
    (Leg::XstsHalo, Endpoint::XstsHalo),
    (Leg::Spartan, Endpoint::Spartan),
];

async fn with_leg_down(leg: Leg, services: impl FnOnce(&Wire) -> Services) -> Error {
    let wire = Wire::new().await;
    let run = wire.run();
    let brought = wire.brought(&run.app);
    let ran = Run { services: services(&wire), tokens: brought.clone(), ..run }.go(Start::Refresh).await;
    assert!(refresh(&ran.tokens).is_some());
    keeps_what_was_before(leg, &ran);
    let error = ran.error();
    assert_eq!(error.step, Step::Leg(leg), "{error}");
    assert_eq!(error.remedy(), Remedy::Retry { after: None }, "{error}");
    assert!(!error.asks_to_sign_in(), "{error}");
    error
}

fn keeps_what_was_before(leg: Leg, ran: &Ran) {
    let tokens = &ran.tokens;
    let has = [
        (Leg::Microsoft, tokens.access.is_some()),
        (Leg::XboxUser, tokens.user.is_some()),
        (Leg::XstsXbox, tokens.xsts_xbox.is_some()),
        (Leg::XstsHalo, tokens.xsts_halo.is_some()),
        (Leg::Spartan, tokens.spartan.is_some()),
    ];
    for (there, has) in has {
        // A Halo XSTS token is useless without the Spartan token that is requested with it.
        let ended = ran.seen.contains(&Seen::Ended(there)) && there != Leg::XstsHalo;
        assert!(has || !ended, "{} was lost when {} was down", there.name(), leg.name());
    }
}

#[tokio::test]
async fn a_service_with_a_problem() {
    for (leg, endpoint) in LEGS {
        for code in [500, 503, 408] {
            let error = with_leg_down(leg, |wire| {
                wire.once(endpoint, status(code, "<html>"));
                wire.services()
            });
            assert_eq!(error.await.cause, Cause::Passing { status: code, retry_after: None });
        }
    }
}

#[tokio::test]
async fn a_connection_that_ends_before_or_in_the_middle_of_the_answer() {
    for (leg, endpoint) in LEGS {
        for fault in [Fault::Drop, Fault::Reset] {
            let error = with_leg_down(leg, |wire| {
                wire.fakes.fail(endpoint, fault.clone(), Times::Always);
                wire.services()
            });
            let Cause::Unreachable { host, why } = error.await.cause else { panic!("{fault:?} at {}", leg.name()) };
            assert_eq!((host.as_str(), why), ("127.0.0.1", Unreachable::Broken), "{fault:?} at {}", leg.name());
        }
    }
}

#[tokio::test]
async fn a_service_that_never_answers() {
    for (leg, endpoint) in LEGS {
        let error = with_leg_down(leg, |wire| {
            wire.fakes.fail(endpoint, Fault::Hang, Times::Always);
            wire.hasty_services()
        });
        let cause = error.await.cause;
        assert!(matches!(cause, Cause::Unreachable { why: Unreachable::TimedOut, .. }), "{cause:?}");
    }
}

#[tokio::test]
async fn a_port_on_which_nobody_listens() {
    // The two XSTS legs share an address, and one of them is named.
    for leg in [Leg::Microsoft, Leg::XboxUser, Leg::XstsHalo, Leg::Spartan] {
        let error = with_leg_down(leg, |wire| wire.services_at(closed(leg, wire.endpoints()))).await;
        assert!(matches!(error.cause, Cause::Unreachable { why: Unreachable::Connect, .. }), "{error:?}");
    }
}

#[tokio::test]
async fn a_certificate_that_the_system_does_not_trust() {
    let untrusting =
        |wire: &Wire| Services::new(wire.endpoints(), Http::new("test/1.0", Timeouts::default(), Vec::new()));
    let error = with_leg_down(Leg::Microsoft, untrusting).await;
    assert!(matches!(error.cause, Cause::Unreachable { why: Unreachable::Tls, .. }), "{error:?}");
}

fn closed(leg: Leg, mut endpoints: Endpoints) -> Endpoints {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let address: &mut Url = match leg {
        Leg::Microsoft => &mut endpoints.consumers.token,
        Leg::XboxUser => &mut endpoints.user,
        Leg::XstsXbox | Leg::XstsHalo | Leg::XstsOther => &mut endpoints.xsts,
        Leg::Spartan => &mut endpoints.spartan,
        Leg::Clearance => &mut endpoints.clearance,
    };
    address.set_port(Some(port)).unwrap();
    endpoints
}

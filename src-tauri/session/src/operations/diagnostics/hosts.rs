//! The chain's hosts: their IP addresses, their response over TLS, and how this computer's clock compares to theirs.

use std::{io, net::SocketAddr, time::Duration};

use jiff::SignedDuration;
use rustls::pki_types::CertificateDer;
use spartan_auth::{
    azure_app::Platform,
    endpoints::Endpoints,
    error::Error,
    http::{Http, Timeouts},
    leg::Leg,
};
use tokio::{net::lookup_host, task::JoinSet, time::timeout};
use url::Url;

use super::Finding;
use crate::{duration, environment::USER_AGENT};

/// The timeout for each of a host's two responses.
const PATIENCE: Duration = Duration::from_secs(5);

/// A smaller difference isn't a clock error: hosts report whole seconds.
const NOISE: SignedDuration = SignedDuration::from_secs(3);

/// Queries each host once, all concurrently.
pub(super) async fn look(endpoints: &Endpoints, authorities: &[CertificateDer<'static>]) -> Vec<Finding> {
    let mut asked = JoinSet::new();
    for (leg, address) in addresses(endpoints) {
        let http = Http::new(USER_AGENT, Timeouts { connect: PATIENCE, total: PATIENCE }, authorities.to_vec());
        asked.spawn(async move {
            let (found, clock) = tokio::join!(find(&address), http.probe(leg, &address));
            finding(&address, &found, clock)
        });
    }
    let mut findings = asked.join_all().await;
    findings.sort_by(|one, other| one.words.cmp(&other.words));
    findings
}

/// Returns one address per host.
fn addresses(endpoints: &Endpoints) -> Vec<(Leg, Url)> {
    let of = |platform, leg| (leg, endpoints.of(platform, leg).clone());
    let mut all = vec![of(Platform::Live, Leg::Microsoft)];
    all.extend(Leg::ALL.map(|leg| of(Platform::Consumers, leg)));
    let mut hosts: Vec<(Leg, Url)> = Vec::new();
    for (leg, address) in all {
        if hosts.iter().all(|(_, known)| known.origin() != address.origin()) {
            hosts.push((leg, address));
        }
    }
    hosts
}

async fn find(address: &Url) -> io::Result<Vec<SocketAddr>> {
    let host = (address.host_str().unwrap_or_default(), address.port_or_known_default().unwrap_or_default());
    Ok(timeout(PATIENCE, lookup_host(host)).await??.collect())
}

fn finding(
    address: &Url,
    found: &io::Result<Vec<SocketAddr>>,
    clock: Result<Option<SignedDuration>, Error>,
) -> Finding {
    let host = address.host_str().unwrap_or_default();
    let dns = match found {
        Ok(found) => {
            let newer = found.iter().filter(|address| address.is_ipv6()).count();
            format!("{} IPv4 and {newer} IPv6 addresses", found.len() - newer)
        }
        Err(error) => format!("no address ({error})"),
    };
    let answer = match &clock {
        Ok(None) => "answers, and tells no time".into(),
        Ok(Some(ahead)) if ahead.abs() < NOISE => "answers, and the clock here is right".into(),
        Ok(Some(ahead)) => {
            let side = if ahead.is_negative() { "behind" } else { "ahead" };
            format!("answers, and the clock here is {} {side}", duration::long(ahead.abs()))
        }
        Err(_) => String::new(),
    };
    Finding { words: format!("{host}: {dns}; {answer}"), error: clock.err().map(Into::into) }
}

#[cfg(test)]
mod tests {
    use rustls::pki_types::pem::PemObject;
    use spartan_auth::error::{Cause, Step, Unreachable};
    use spartan_fakes::{Fakes, Setup};

    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn hosts_that_answer_tell_their_time() {
        let fakes = Fakes::start(Setup::default()).await;
        let endpoints = serde_json::from_value(serde_json::to_value(fakes.addresses()).unwrap()).unwrap();
        let authority = CertificateDer::from_pem_slice(fakes.ca_pem().as_bytes()).unwrap();
        let findings = look(&endpoints, &[authority]).await;
        assert_eq!(findings.len(), addresses(&endpoints).len());
        for Finding { words, error } in findings {
            assert!(words.ends_with("1 IPv4 and 0 IPv6 addresses; answers, and the clock here is right"), "{words}");
            assert_eq!(error, None);
        }
    }

    #[test]
    fn a_host_is_told_in_one_line() {
        let address = Url::parse("https://login.live.com/token").unwrap();
        let found: Vec<SocketAddr> = ["1.2.3.4:443", "[::1]:443", "5.6.7.8:443"].map(|at| at.parse().unwrap()).into();
        let told = |seconds| finding(&address, &Ok(found.clone()), Ok(Some(SignedDuration::from_secs(seconds)))).words;
        let known = "login.live.com: 2 IPv4 and 1 IPv6 addresses; answers, and the clock here is";
        assert_eq!(told(2), format!("{known} right"));
        assert_eq!(told(125), format!("{known} 2 minutes ahead"));
        assert_eq!(told(-45), format!("{known} 45 seconds behind"));
        assert_eq!(told(-20 * 365 * 24 * 3600), format!("{known} 20 years behind"));
    }

    #[test]
    fn no_address_and_no_answer_are_two_things() {
        let address = Url::parse("https://login.live.com/token").unwrap();
        let cause = Cause::Unreachable { host: "login.live.com".into(), why: Unreachable::Tls };
        let error = Error::new(Step::Leg(Leg::Microsoft), cause);
        let told = finding(&address, &Err(io::ErrorKind::TimedOut.into()), Err(error.clone()));
        assert!(told.words.starts_with("login.live.com: no address (timed out); "), "{told:?}");
        assert!(!told.words.contains("answers") && told.error == Some(error.into()), "{told:?}");
    }
}

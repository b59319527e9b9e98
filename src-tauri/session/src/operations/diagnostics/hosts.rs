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

use super::{Finding, Observation};
use crate::{environment::USER_AGENT, error::Error as SessionError};

/// A host that was queried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// Its name.
    pub name: String,
    /// Its addresses, or why it has none, in the system's own words.
    pub addresses: Result<Addresses, String>,
    /// What it said about this computer's clock.
    pub clock: HostClock,
}

/// How many addresses a host has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// IPv4 addresses.
    pub v4: usize,
    /// IPv6 addresses.
    pub v6: usize,
}

/// What a host said about this computer's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostClock {
    /// It didn't answer.
    NoAnswer,
    /// It answered, without a time.
    NoTime,
    /// The clock here is right.
    Right,
    /// The clock here is off.
    Off {
        /// By how much it's ahead; negative if it's behind.
        ahead: SignedDuration,
    },
}

/// The timeout for each of a host's two responses.
const PATIENCE: Duration = Duration::from_secs(5);

/// A smaller difference isn't a clock error: hosts report whole seconds.
const NOISE: SignedDuration = SignedDuration::from_secs(3);
/// The maximum difference between times that agree.
const AGREE: SignedDuration = SignedDuration::from_mins(2);

/// Queries each host once, all concurrently.
pub(super) async fn look(endpoints: &Endpoints, authorities: &[CertificateDer<'static>]) -> Vec<Finding> {
    let mut asked = JoinSet::new();
    for (leg, address) in addresses(endpoints) {
        let http = Http::new(USER_AGENT, Timeouts { connect: PATIENCE, total: PATIENCE }, authorities.to_vec());
        asked.spawn(async move {
            let (found, clock) = tokio::join!(find(&address), http.probe(leg, &address));
            let finding = finding(&address, &found, clock);
            (address, finding)
        });
    }
    let mut hosts = asked.join_all().await;
    hosts.sort_by(|(one, _), (other, _)| one.host_str().cmp(&other.host_str()));
    let mut findings: Vec<Finding> = hosts.into_iter().map(|(_, finding)| finding).collect();
    findings.extend(clock(&findings));
    findings
}

/// Returns that this computer's clock is off if two hosts agree on it; one alone may be wrong itself.
fn clock(findings: &[Finding]) -> Option<Finding> {
    let ahead = |finding: &Finding| match &finding.observation {
        Observation::Host(Host { clock: HostClock::Off { ahead }, .. }) => Some(*ahead),
        Observation::Host(Host { clock: HostClock::Right, .. }) => Some(SignedDuration::ZERO),
        _ => None,
    };
    let mut all: Vec<SignedDuration> = findings.iter().filter_map(ahead).collect();
    all.sort_unstable();
    let middle = *all.get(all.len().checked_sub(1)? / 2)?;
    let agreeing = all.iter().filter(|ahead| (**ahead - middle).abs() <= AGREE).count();
    let error = SessionError::of_clock(middle).filter(|_| agreeing > 1)?;
    Some(Finding::wrong(Observation::Clock, error))
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
    let addresses = |found: &Vec<SocketAddr>| {
        let v6 = found.iter().filter(|address| address.is_ipv6()).count();
        Addresses { v4: found.len() - v6, v6 }
    };
    let host = Host {
        name: address.host_str().unwrap_or_default().to_owned(),
        addresses: found.as_ref().map(addresses).map_err(ToString::to_string),
        clock: match clock {
            Ok(None) => HostClock::NoTime,
            Ok(Some(ahead)) if ahead.abs() < NOISE => HostClock::Right,
            Ok(Some(ahead)) => HostClock::Off { ahead },
            Err(_) => HostClock::NoAnswer,
        },
    };
    Finding { observation: Observation::Host(host), error: clock.err().map(Into::into) }
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
        for finding in findings {
            let Finding { observation: Observation::Host(Host { addresses, clock, .. }), error } = finding else {
                panic!("{finding:?}")
            };
            assert_eq!((addresses, clock, error), (Ok(Addresses { v4: 1, v6: 0 }), HostClock::Right, None));
        }
    }

    #[test]
    fn a_difference_that_is_no_noise_is_the_clocks() {
        let address = Url::parse("https://login.live.com/token").unwrap();
        let found: Vec<SocketAddr> = ["1.2.3.4:443", "[::1]:443", "5.6.7.8:443"].map(|at| at.parse().unwrap()).into();
        let off = |seconds| HostClock::Off { ahead: SignedDuration::from_secs(seconds) };
        for (seconds, clock) in [(2, HostClock::Right), (-2, HostClock::Right), (125, off(125)), (-45, off(-45))] {
            let told = finding(&address, &Ok(found.clone()), Ok(Some(SignedDuration::from_secs(seconds))));
            let host = Host { name: "login.live.com".into(), addresses: Ok(Addresses { v4: 2, v6: 1 }), clock };
            assert_eq!(told, Finding::well(Observation::Host(host)), "{seconds}");
        }
    }

    #[test]
    fn the_clock_is_off_if_two_hosts_say_so() {
        let host = |ahead: i64| {
            let address = Url::parse("https://login.live.com/token").unwrap();
            finding(&address, &Ok(Vec::new()), Ok(Some(SignedDuration::from_secs(ahead))))
        };
        for (told, expected) in [
            (&[][..], None),
            (&[7200], None),
            (&[0, 0, 7200], None),
            (&[60, 60], None),
            (&[7200, 7230, 0], Some(7200)),
            (&[-7200, -7230], Some(-7230)),
            (&[-7200, 0, 7200], None),
        ] {
            let findings: Vec<Finding> = told.iter().map(|ahead| host(*ahead)).collect();
            let error = clock(&findings).and_then(|finding| finding.error);
            let off = expected.and_then(|ahead| SessionError::of_clock(SignedDuration::from_secs(ahead)));
            assert_eq!(error, off, "{told:?}");
        }
    }

    #[test]
    fn no_address_and_no_answer_are_two_things() {
        let address = Url::parse("https://login.live.com/token").unwrap();
        let cause = Cause::Unreachable { host: "login.live.com".into(), why: Unreachable::Tls };
        let error = Error::new(Step::Leg(Leg::Microsoft), cause);
        let told = finding(&address, &Err(io::ErrorKind::TimedOut.into()), Err(error.clone()));
        let addresses = Err("timed out".into());
        let host = Host { name: "login.live.com".into(), addresses, clock: HostClock::NoAnswer };
        assert_eq!(told, Finding::wrong(Observation::Host(host), error.into()));
    }
}

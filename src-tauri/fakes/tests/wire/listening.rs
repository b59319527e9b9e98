//! Where the mock services listen: on separate ports or under the hosts' real names, and not after they stop.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use spartan_fakes::{Endpoint, Fakes, Listen, Setup};
use tokio::{net::TcpStream, time::sleep};
use url::Url;

use crate::program::{Host, Program, client, encoded, raw, right_query};

#[tokio::test]
async fn every_host_is_reached_over_tls_by_its_real_name_and_no_other() {
    let any_port = SocketAddr::from(([127, 0, 0, 1], 0));
    let fakes = Fakes::start(Setup { listen: Listen::RealNames(any_port), ..Setup::default() }).await;
    let authorize = Url::parse(&fakes.addresses().consumers.authorize).unwrap();
    assert_eq!((authorize.scheme(), authorize.host_str()), ("https", Some("login.microsoftonline.com")));
    let address = SocketAddr::from(([127, 0, 0, 1], authorize.port().unwrap()));
    for http1 in [true, false] {
        let mut builder = client(&fakes);
        if http1 {
            builder = builder.http1_only();
        }
        for name in ["login.microsoftonline.com", "login.live.com", "xsts.auth.xboxlive.com", "localhost"] {
            builder = builder.resolve(name, address);
        }
        let http = builder.build().unwrap();
        let status = async |url: &str| raw(http.get(url).send().await.unwrap()).await.0;
        let page = format!("{authorize}?{}", encoded(&right_query(Host::Consumers)));
        assert_eq!(status(&page).await, 200);
        let port = address.port();
        for wrong in ["login.live.com", "xsts.auth.xboxlive.com", "localhost"] {
            assert_eq!(status(&format!("https://{wrong}:{port}{}", authorize.path())).await, 404, "{wrong}");
        }
        assert_eq!(status(&format!("https://login.live.com:{port}/elsewhere")).await, 404);
    }
    assert_eq!(fakes.connections(Endpoint::User), 0);
    assert_eq!((fakes.connections(Endpoint::XstsHalo), fakes.requests(Endpoint::XstsHalo)), (2, 2));
    assert_eq!((fakes.connections(Endpoint::Token), fakes.requests(Endpoint::Token)), (4, 6), "both of its hosts");
}

#[tokio::test]
async fn a_connection_counts_before_any_request_and_a_request_that_is_no_endpoints_counts_too() {
    let program = Program::new(Setup::default()).await;
    let count = || (program.fakes.connections(Endpoint::Spartan), program.fakes.requests(Endpoint::Spartan));
    assert_eq!(count(), (0, 0));
    let spartan = program.fakes.addresses().spartan.clone();
    assert_eq!(raw(program.http.head(&spartan).send().await.unwrap()).await.0, 404);
    assert_eq!(count(), (1, 1));

    let host = Url::parse(&spartan).unwrap();
    let open = TcpStream::connect((host.host_str().unwrap(), host.port().unwrap())).await.unwrap();
    while count() != (2, 1) {
        sleep(Duration::from_millis(1)).await;
    }
    drop(open);
    assert_eq!(program.fakes.counts().into_values().sum::<u32>(), 0);
}

#[tokio::test]
async fn with_ports_of_their_own_pages_are_plain_and_services_are_not() {
    let program = Program::new(Setup::default()).await;
    let addresses = program.fakes.addresses();
    let page_over_tls = addresses.consumers.token.replace("/token", "/authorize");
    let token_in_plain = addresses.consumers.authorize.replace("/authorize", "/token");
    assert_eq!(raw(program.http.get(page_over_tls).send().await.unwrap()).await.0, 404);
    assert_eq!(raw(program.http.post(token_in_plain).send().await.unwrap()).await.0, 404);
}

#[tokio::test]
async fn a_long_line_holds_up_the_connection_its_tls_and_each_request() {
    let round_trip = Duration::from_millis(80);
    let program = Program::new(Setup { round_trip, ..Setup::default() }).await;
    let clearance = &program.fakes.addresses().clearance;
    let began = Instant::now();
    for trips in [3, 4] {
        assert_eq!(raw(program.http.get(clearance).send().await.unwrap()).await.0, 401);
        assert!(began.elapsed() >= round_trip * trips, "{trips}: {:?}", began.elapsed());
    }
}

#[tokio::test]
async fn the_control_address_is_near_however_long_the_line_is() {
    let program = Program::new(Setup { round_trip: Duration::from_secs(3600), ..Setup::default() }).await;
    let counts = format!("{}/counts", program.fakes.addresses().control);
    assert_eq!(raw(program.http.get(counts).send().await.unwrap()).await.0, 200);
}

#[tokio::test]
async fn nothing_listens_once_the_stand_ins_are_dropped() {
    let program = Program::new(Setup::default()).await;
    let addresses = program.fakes.addresses().clone();
    assert_eq!(raw(program.http.get(&addresses.clearance).send().await.unwrap()).await.0, 401);
    let http = program.http.clone();
    drop(program);
    sleep(Duration::from_millis(100)).await;
    for url in [addresses.control, addresses.consumers.authorize, addresses.clearance] {
        assert!(http.get(url).send().await.is_err());
    }
    assert!(!addresses.ca_file.exists());
}

#[tokio::test]
async fn closed_hosts_refuse_and_listen_again_at_the_same_addresses() {
    let program = Program::new(Setup::default()).await;
    let spartan = program.fakes.addresses().spartan.clone();
    assert!(program.http.head(&spartan).send().await.is_ok());
    program.fakes.close();
    while program.http.head(&spartan).send().await.is_ok() {
        sleep(Duration::from_millis(1)).await;
    }
    let refused = program.http.head(&spartan).send().await.unwrap_err();
    assert!(refused.is_connect(), "{refused:?}");
    let control = format!("{}/counts", program.fakes.addresses().control);
    assert_eq!(raw(program.http.get(control).send().await.unwrap()).await.0, 200, "the control address stays");
    program.fakes.reopen();
    while program.http.head(&spartan).send().await.is_err() {
        sleep(Duration::from_millis(1)).await;
    }
}

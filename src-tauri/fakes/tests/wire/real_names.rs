//! All hosts behind one address, told apart by their real names.

use std::net::SocketAddr;

use spartan_fakes::{Fakes, Listen, Pick, Setup};
use url::Url;

use crate::program::{Host, Program, client, code_form, encoded, param, raw, right_query};

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
async fn a_person_can_be_played_without_a_browser() {
    let program = Program::new(Setup::default()).await;
    let url = program.authorize_url(Host::Live, &right_query(Host::Live));
    let cancelled = program.fakes.sign_in(&url, &Pick::Cancel).unwrap();
    assert_eq!(param(&cancelled, "error").as_deref(), Some("access_denied"));
    let back = program.fakes.sign_in(&url, &Pick::Account("curtis@example.com".into())).unwrap();
    let form = code_form(Host::Live, &param(&back, "code").unwrap());
    assert_eq!(program.token(Host::Live, &form).await.0, 200);
    assert_eq!(program.fakes.sign_in(&program.host(Host::Live).authorize, &Pick::Cancel), None);
}

//! The smallest program that runs the chain, correctly or with errors, as a test needs.

use std::time::Duration;

use reqwest::{Certificate, Client, RequestBuilder, Response, redirect::Policy};
use serde_json::{Value, json};
use spartan_fakes::{App, Fakes, Kind, PUBLIC_CLIENT_ID, Pick, Setup, SignInAddresses};
use url::{Url, form_urlencoded};

/// The example of RFC 7636, appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
pub const HALO: &str = "https://prod.xsts.halowaypoint.com/";
pub const XBOX_LIVE: &str = "http://xboxlive.com";

/// A form or a query, in order.
pub type Pairs = Vec<(&'static str, String)>;

pub struct Program {
    pub fakes: Fakes,
    pub http: Client,
}

#[derive(Clone, Copy, Debug)]
pub enum Host {
    Consumers,
    Live,
}

impl Program {
    pub async fn new(setup: Setup) -> Self {
        let fakes = Fakes::start(setup).await;
        let http = client(&fakes).build().unwrap();
        Self { fakes, http }
    }

    pub fn host(&self, host: Host) -> &SignInAddresses {
        match host {
            Host::Consumers => &self.fakes.addresses().consumers,
            Host::Live => &self.fakes.addresses().live,
        }
    }

    pub fn confidential(&self) -> &App {
        &self.fakes.addresses().apps[1]
    }

    pub fn authorize_url(&self, host: Host, query: &Pairs) -> String {
        format!("{}?{}", self.host(host).authorize, encoded(query))
    }

    /// Returns a code for the first account, from the public app, with PKCE.
    pub fn code(&self, host: Host) -> String {
        self.code_for(host, "curtis@example.com", &right_query(host))
    }

    pub fn code_for(&self, host: Host, email: &str, query: &Pairs) -> String {
        let back = self.fakes.sign_in(&self.authorize_url(host, query), &Pick::Account(email.into())).unwrap();
        param(&back, "code").unwrap()
    }

    pub async fn token(&self, host: Host, form: &Pairs) -> (u16, Value) {
        answer(self.http.post(&self.host(host).token).form(form)).await
    }

    /// Returns the answer to a device that requests a code.
    pub async fn device(&self, form: &Pairs) -> (u16, Value) {
        answer(self.http.post(&self.fakes.addresses().device_code).form(form)).await
    }

    /// Polls whether the person has approved the device.
    pub async fn poll(&self, device: &Value) -> (u16, Value) {
        self.token(Host::Consumers, &poll_form(&text(device, "device_code"))).await
    }

    pub async fn access(&self, email: &str) -> String {
        let code = self.code_for(Host::Consumers, email, &right_query(Host::Consumers));
        let (status, body) = self.token(Host::Consumers, &code_form(Host::Consumers, &code)).await;
        assert_eq!(status, 200, "{body}");
        text(&body, "access_token")
    }

    pub async fn user(&self, email: &str) -> String {
        let access = self.access(email).await;
        let (status, body) = answer(self.user_request(&user_body(&access))).await;
        assert_eq!(status, 200);
        text(&body, "Token")
    }

    pub fn user_request(&self, body: &Value) -> RequestBuilder {
        self.http.post(&self.fakes.addresses().user).header("x-xbl-contract-version", "1").json(body)
    }

    pub fn xsts_request(&self, body: &Value) -> RequestBuilder {
        self.http.post(&self.fakes.addresses().xsts).header("x-xbl-contract-version", "1").json(body)
    }

    pub async fn xsts(&self, relying_party: &str) -> String {
        let user = self.user("curtis@example.com").await;
        let (status, body) = answer(self.xsts_request(&xsts_body(relying_party, &user))).await;
        assert_eq!(status, 200, "{body}");
        text(&body, "Token")
    }

    pub fn spartan_request(&self, body: &Value) -> RequestBuilder {
        self.http.post(&self.fakes.addresses().spartan).header("accept", "application/json").json(body)
    }

    pub async fn spartan(&self) -> String {
        let halo = self.xsts(HALO).await;
        let (status, body) = answer(self.spartan_request(&spartan_body(&halo))).await;
        assert_eq!(status, 201, "{body}");
        text(&body, "SpartanToken")
    }

    pub fn clearance_request(&self, spartan: &str) -> RequestBuilder {
        self.http.get(&self.fakes.addresses().clearance).header("x-343-authorization-spartan", spartan)
    }

    pub fn last(&self, kind: Kind) -> String {
        self.fakes.last(kind).unwrap()
    }
}

/// Returns a client that trusts only the mock services and follows no redirects.
pub fn client(fakes: &Fakes) -> reqwest::ClientBuilder {
    // Another test of this process may have been first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let authority = Certificate::from_pem(fakes.ca_pem().as_bytes()).unwrap();
    Client::builder().tls_certs_only([authority]).redirect(Policy::none()).no_proxy().timeout(Duration::from_secs(10))
}

/// Returns the public app's request to the authorize endpoint.
pub fn right_query(host: Host) -> Pairs {
    vec![
        ("client_id", PUBLIC_CLIENT_ID.into()),
        ("response_type", "code".into()),
        ("redirect_uri", "http://localhost:49152".into()),
        ("scope", scope(host).into()),
        ("state", "st+te/=".into()),
        ("code_challenge", CHALLENGE.into()),
        ("code_challenge_method", "S256".into()),
        ("prompt", "select_account".into()),
    ]
}

/// Returns the public app's request to exchange a code from [`right_query`].
pub fn code_form(host: Host, code: &str) -> Pairs {
    vec![
        ("grant_type", "authorization_code".into()),
        ("code", code.into()),
        ("redirect_uri", "http://localhost:49152".into()),
        ("client_id", PUBLIC_CLIENT_ID.into()),
        ("scope", scope(host).into()),
        ("code_verifier", VERIFIER.into()),
    ]
}

pub fn refresh_form(host: Host, refresh_token: &str) -> Pairs {
    vec![
        ("grant_type", "refresh_token".into()),
        ("refresh_token", refresh_token.into()),
        ("client_id", PUBLIC_CLIENT_ID.into()),
        ("scope", scope(host).into()),
    ]
}

/// Returns a device's request for a code.
pub fn device_form() -> Pairs {
    vec![("client_id", PUBLIC_CLIENT_ID.into()), ("scope", scope(Host::Consumers).into())]
}

pub fn poll_form(device_code: &str) -> Pairs {
    vec![
        ("grant_type", "urn:ietf:params:oauth:grant-type:device_code".into()),
        ("client_id", PUBLIC_CLIENT_ID.into()),
        ("device_code", device_code.into()),
    ]
}

pub fn user_body(access: &str) -> Value {
    json!({
        "RelyingParty": "http://auth.xboxlive.com",
        "TokenType": "JWT",
        "Properties": {
            "AuthMethod": "RPS",
            "SiteName": "user.auth.xboxlive.com",
            "RpsTicket": format!("d={access}"),
        },
    })
}

pub fn xsts_body(relying_party: &str, user: &str) -> Value {
    json!({
        "RelyingParty": relying_party,
        "TokenType": "JWT",
        "Properties": { "UserTokens": [user], "SandboxId": "RETAIL" },
    })
}

pub fn spartan_body(halo: &str) -> Value {
    json!({
        "Audience": "urn:343:s3:services",
        "MinVersion": "4",
        "Proof": [{ "Token": halo, "TokenType": "Xbox_XSTSv3" }],
    })
}

/// Sets, adds or (with `None`) removes a value.
pub fn with(mut pairs: Pairs, name: &'static str, value: Option<&str>) -> Pairs {
    let place = pairs.iter().position(|(key, _)| *key == name);
    match (place, value) {
        (Some(at), Some(value)) => pairs[at].1 = value.into(),
        (Some(at), None) => drop(pairs.remove(at)),
        (None, Some(value)) => pairs.push((name, value.into())),
        (None, None) => {}
    }
    pairs
}

/// Sends a request. Returns the status and the body, which is null unless it's JSON.
pub async fn answer(request: RequestBuilder) -> (u16, Value) {
    let (status, body) = raw(request.send().await.unwrap()).await;
    (status, serde_json::from_str(&body).unwrap_or_default())
}

pub async fn raw(response: Response) -> (u16, String) {
    (response.status().as_u16(), response.text().await.unwrap())
}

pub fn text(body: &Value, name: &str) -> String {
    body[name].as_str().unwrap_or_else(|| panic!("{name} in {body}")).into()
}

pub fn param(address: &str, name: &str) -> Option<String> {
    let address = Url::parse(address).unwrap();
    address.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

pub fn encoded(pairs: &Pairs) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

fn scope(host: Host) -> &'static str {
    match host {
        Host::Consumers => "XboxLive.signin offline_access",
        Host::Live => "Xboxlive.signin Xboxlive.offline_access",
    }
}

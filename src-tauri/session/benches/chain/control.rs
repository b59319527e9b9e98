//! The stand-ins' control address.

use std::collections::BTreeMap;

use reqwest::Client;
use serde_json::{Value, json};
use url::Url;

pub struct Control {
    origin: String,
    http: Client,
}

impl Control {
    pub fn new(origin: String) -> Control {
        // reqwest wants one even where it speaks no TLS.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Control { origin, http: Client::builder().no_proxy().build().unwrap() }
    }

    /// How many requests of any kind all hosts have had.
    pub async fn requests(&self) -> u32 {
        let answer = self.http.get(format!("{}/requests", self.origin)).send().await.unwrap();
        answer.json::<BTreeMap<String, u32>>().await.unwrap().into_values().sum()
    }

    pub async fn hang_up(&self) {
        self.order("hang-up", &Value::Null).await;
    }

    /// Where Microsoft's page redirects once the person has picked an account.
    pub async fn sign_in(&self, page: &Url, account: &str) -> Url {
        let back: Value =
            serde_json::from_str(&self.order("sign-in", &json!({ "authorize": page, "account": account })).await)
                .unwrap();
        back["redirect"].as_str().unwrap().parse().unwrap()
    }

    async fn order(&self, name: &str, body: &Value) -> String {
        let sent = self.http.post(format!("{}/{name}", self.origin)).json(body).send().await.unwrap();
        sent.error_for_status().unwrap().text().await.unwrap()
    }
}

//! The stand-ins' control address, asked without a library: a client would be one more thing to build.

use std::{
    collections::BTreeMap,
    io::{Read, Write},
    net::TcpStream,
};

use serde_json::{Value, json};
use spartan_auth::url::Url;

pub struct Control(Url);

impl Control {
    pub fn new(origin: &str) -> Control {
        Control(origin.parse().unwrap())
    }

    /// How many requests of any kind all hosts have had.
    pub fn requests(&self) -> u32 {
        let by_host: BTreeMap<String, u32> = serde_json::from_str(&self.ask("GET", "requests", "")).unwrap();
        by_host.into_values().sum()
    }

    /// A refresh token as from an earlier sign-in.
    pub fn refresh_token(&self, client_id: &str, account: &str) -> String {
        let order = json!({ "client_id": client_id, "account": account }).to_string();
        let told: Value = serde_json::from_str(&self.ask("POST", "seed", &order)).unwrap();
        told["refresh_token"].as_str().unwrap().to_owned()
    }

    fn ask(&self, method: &str, name: &str, body: &str) -> String {
        let (host, port) = (self.0.host_str().unwrap(), self.0.port_or_known_default().unwrap());
        let mut stream = TcpStream::connect((host, port)).unwrap();
        let length = body.len();
        write!(
            stream,
            "{method} /{name} HTTP/1.0\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\nContent-Length: \
             {length}\r\n\r\n{body}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{answer}")).1.to_owned()
    }
}

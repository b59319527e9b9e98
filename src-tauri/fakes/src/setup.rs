//! The configuration of the mock services: apps, accounts, and lifetimes.

use std::{net::SocketAddr, time::Duration};

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The client ID of the default public app.
pub const PUBLIC_CLIENT_ID: &str = "5ba3a4e1-0c1b-4b0e-9a44-5a7c6f0d2e11";
/// The client ID of the default confidential app.
pub const CONFIDENTIAL_CLIENT_ID: &str = "c0f1de47-91d2-4c55-8d3a-2b8e7f64a902";
/// The secret of the default confidential app.
pub const CONFIDENTIAL_SECRET: &str = "stA8Q~standIn.Secret-Value_0123456789abcd";

/// The ID, not the value, of that secret: what people paste by mistake.
pub const CONFIDENTIAL_SECRET_ID: &str = "231da39b-cfc0-465e-8417-69c25f3f829b";
/// An expired secret of the default confidential app.
pub const EXPIRED_SECRET: &str = "old8Q~standIn.Secret-Value_0123456789abcd";
/// The client ID of a public app that doesn't allow public client flows.
pub const CLOSED_CLIENT_ID: &str = "7d1c2f60-3a5e-4f0b-8c19-6e2b9a40d713";
/// The client ID of an app for work and school accounts of any directory.
pub const WORK_CLIENT_ID: &str = "9e8b4a17-52c6-4d3f-a0e1-1b7d5c83f624";
/// The client ID of an app for the accounts of its own directory.
pub const DIRECTORY_CLIENT_ID: &str = "2f6a9d08-c4b1-47e5-93d7-80fa1e5b2c36";

/// The configuration of the mock services.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The registered Azure apps; each works on both hosts.
    pub apps: Vec<App>,
    /// The people who can sign in, in the order in which the page lists them.
    pub accounts: Vec<Account>,
    /// The lifetimes of what is issued.
    pub lives: Lives,
    /// The minimum interval between two device code polls, in whole seconds.
    pub poll_interval: Duration,
    /// How far the mock services' clock is ahead of this machine's; negative if it's behind.
    pub clock_ahead: SignedDuration,
    /// The round trip to every host; the control address has no delay.
    pub round_trip: Duration,
    /// Where the mock services listen.
    pub listen: Listen,
}

/// An app registration.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct App {
    /// The application (client) ID, a GUID.
    pub client_id: String,
    /// The registered redirect URIs; `http://localhost` without a port matches every port.
    pub redirect_uris: Vec<String>,
    /// The client secret of a confidential app; a public app has none.
    pub secret: Option<String>,
    /// A previous secret that has expired.
    #[serde(default)]
    pub expired_secret: Option<String>,
    /// The setting *Allow public client flows*, which device codes require.
    pub public_flows: bool,
    /// The accounts that can sign in.
    #[serde(default)]
    pub audience: Audience,
}

/// The *supported account types* of an app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Personal Microsoft accounts, alone or among others.
    #[default]
    Personal,
    /// Work and school accounts of any directory.
    AnyDirectory,
    /// The accounts of its own directory; the app is unknown elsewhere.
    OneDirectory,
}

/// A person with a Microsoft account.
#[derive(Clone, Debug)]
pub struct Account {
    /// The address that the page shows and that identifies the account in calls.
    pub email: String,
    /// How Xbox treats the account.
    pub standing: Standing,
}

/// Whether Xbox accepts an account.
#[derive(Clone, Debug)]
pub enum Standing {
    /// The account has a profile.
    Player {
        /// The gamertag, claim `gtg`.
        gamertag: String,
        /// The XUID in decimal, claim `xid`.
        xuid: String,
        /// `Adult`, `Teen` or `Child`, claim `agg`.
        age_group: String,
    },
    /// XSTS refuses the account with this `XErr`.
    Refused(u64),
}

/// The lifetimes of what is issued.
#[derive(Clone, Copy, Debug)]
pub struct Lives {
    /// The authorization code.
    pub code: Duration,
    /// The device code and its short code.
    pub device_code: Duration,
    /// The OAuth access token.
    pub access: Duration,
    /// The Xbox user token.
    pub user: Duration,
    /// The XSTS token for Xbox Live, and for any other relying party except Halo.
    pub xsts_xbox: Duration,
    /// The XSTS token for Halo, and the Spartan token.
    pub xsts_halo: Duration,
}

/// Where the mock services listen.
#[derive(Clone, Copy, Debug)]
pub enum Listen {
    /// One free loopback port for each host; the sign-in pages use plain HTTP.
    Loopback,
    /// Everything over TLS at this address, distinguished by the host's real name.
    RealNames(SocketAddr),
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            apps: vec![
                App {
                    redirect_uris: vec![
                        "http://localhost".into(),
                        "https://login.microsoftonline.com/common/oauth2/nativeclient".into(),
                        "https://localhost".into(),
                    ],
                    ..App::public(PUBLIC_CLIENT_ID)
                },
                App {
                    redirect_uris: vec!["https://localhost".into()],
                    secret: Some(CONFIDENTIAL_SECRET.into()),
                    expired_secret: Some(EXPIRED_SECRET.into()),
                    public_flows: false,
                    ..App::public(CONFIDENTIAL_CLIENT_ID)
                },
                App { public_flows: false, ..App::public(CLOSED_CLIENT_ID) },
                App { audience: Audience::AnyDirectory, ..App::public(WORK_CLIENT_ID) },
                App { audience: Audience::OneDirectory, ..App::public(DIRECTORY_CLIENT_ID) },
            ],
            accounts: vec![
                Account::adult("curtis@example.com", "aCurtis X89", "2533274855333605"),
                Account::adult("sixpounder@example.com", "Six Pounder 07", "2535405290989773"),
                Account { email: "child@example.com".into(), standing: Standing::Refused(2_148_916_238) },
                Account { email: "no-profile@example.com".into(), standing: Standing::Refused(2_148_916_233) },
            ],
            lives: Lives::default(),
            poll_interval: Duration::from_secs(5),
            clock_ahead: SignedDuration::ZERO,
            round_trip: Duration::ZERO,
            listen: Listen::Loopback,
        }
    }
}

impl App {
    /// Returns a public app with a correct registration.
    #[must_use]
    pub fn public(client_id: &str) -> Self {
        Self {
            client_id: client_id.into(),
            redirect_uris: vec!["http://localhost".into()],
            secret: None,
            expired_secret: None,
            public_flows: true,
            audience: Audience::Personal,
        }
    }
}

impl Account {
    /// Returns an adult with an Xbox profile.
    #[must_use]
    pub fn adult(email: &str, gamertag: &str, xuid: &str) -> Self {
        let standing = Standing::Player { gamertag: gamertag.into(), xuid: xuid.into(), age_group: "Adult".into() };
        Self { email: email.into(), standing }
    }

    /// Returns the `uhs` claim: the same for every token of the account.
    pub(crate) fn user_hash(&self) -> String {
        self.number("uhs").to_string()
    }

    /// Returns the `user_id` that live.com reports.
    pub(crate) fn microsoft_id(&self) -> String {
        format!("AAAAAAAAAAAAAAAAAAAAA{:016x}", self.number("user_id"))
    }

    /// Returns the person's Microsoft ID, claim `oid`: the same for every app.
    pub(crate) fn object_id(&self) -> String {
        let number = format!("{:016x}", self.number("oid"));
        format!("00000000-0000-0000-{}-{}", &number[..4], &number[4..])
    }

    /// Returns the person's Microsoft ID for one app, claim `sub`.
    pub(crate) fn subject(&self, client_id: &str) -> String {
        format!("AAAAAAAAAAAAAAAAAAAAA{:016x}", self.number(client_id))
    }

    fn number(&self, purpose: &str) -> u64 {
        let hash = Sha256::new().chain_update(purpose).chain_update(&self.email).finalize();
        hash.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

impl Default for Lives {
    fn default() -> Self {
        const HOUR: u64 = 3600;
        Self {
            code: Duration::from_secs(600),
            device_code: Duration::from_secs(900),
            access: Duration::from_secs(HOUR),
            user: Duration::from_secs(14 * 24 * HOUR),
            xsts_xbox: Duration::from_secs(16 * HOUR),
            xsts_halo: Duration::from_secs(4 * HOUR),
        }
    }
}

//! The place where one leg's mishaps happen, one after the other: mock services, a signed-in person, and ways to send
//! requests.

use std::{
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use spartan_auth::{
    azure_app::{AzureApp, Platform},
    chain::Start,
    endpoints::Endpoints,
    http::{Http, Timeouts},
    services::Services,
    token::Tokens,
};
use url::Url;

use crate::{
    column::{Column, Starts},
    lame::Lame,
    mishap::Mishap,
    wire::{CURTIS, Wire, public},
};

/// Each column has its own, so that its faults never affect another.
pub struct Stage {
    pub wire: Wire,
    pub column: &'static Column,
    /// The target of redirects; it must never be reached.
    pub elsewhere: TcpListener,
    app: AzureApp,
    tokens: Tokens,
    patient: Arc<Services>,
    hasty: Arc<Services>,
    astray: Arc<Services>,
}

impl Stage {
    pub async fn new(column: &'static Column) -> Stage {
        let wire = Wire::new().await;
        let tokens = wire.signed_in().await;
        let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
        elsewhere.set_nonblocking(true).unwrap();
        let hasty = Timeouts { connect: Duration::from_secs(2), total: Duration::from_secs(2) };
        let hasty = Services::new(wire.endpoints(), Http::new("test/1.0", hasty, vec![wire.authority()]));
        let astray = wire.services_at(all_closed(wire.endpoints()));
        Stage {
            patient: Arc::new(wire.services()),
            hasty: Arc::new(hasty),
            astray: Arc::new(astray),
            app: public(Platform::Consumers),
            wire,
            column,
            elsewhere,
            tokens,
        }
    }

    pub fn app(&self) -> AzureApp {
        self.app.clone()
    }

    /// Returns the tokens of a signed-in person; those that the column names are due.
    pub fn tokens(&self) -> Tokens {
        // A refresh token is valid until its successor is used, so each mishap gets its own.
        let mut tokens = Tokens { refresh: self.wire.brought(&self.app).refresh, ..self.tokens.clone() };
        self.column.age(&mut tokens);
        tokens
    }

    pub fn start(&self) -> Start {
        match self.column.starts {
            Starts::WithACode => self.wire.code(&self.app, CURTIS),
            Starts::WithDue(_) => Start::Renew,
        }
    }

    /// Returns the services for this column in a mishap.
    pub fn services(&self, mishap: Mishap) -> Lame {
        let limping = match mishap {
            Mishap::NobodyListens => &self.astray,
            Mishap::NeverAnswers | Mishap::DripsForLong => &self.hasty,
            _ => &self.patient,
        };
        Lame { leg: self.column.leg, limping: limping.clone(), others: self.patient.clone() }
    }

    /// Returns the services without a mishap.
    pub fn healed(&self) -> Lame {
        Lame { leg: self.column.leg, limping: self.patient.clone(), others: self.patient.clone() }
    }

    pub fn elsewhere_address(&self) -> SocketAddr {
        self.elsewhere.local_addr().unwrap()
    }
}

fn all_closed(mut endpoints: Endpoints) -> Endpoints {
    let all: [&mut Url; 5] = [
        &mut endpoints.consumers.token,
        &mut endpoints.user,
        &mut endpoints.xsts,
        &mut endpoints.spartan,
        &mut endpoints.clearance,
    ];
    // Reserved: no test ever gets this port.
    for address in all {
        address.set_port(Some(1)).unwrap();
    }
    endpoints
}

//! Where one leg's mishaps happen, one after the other: stand-ins, somebody who is signed in, ways to ask.

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

/// Each column has its own: a fault of one is never met by another.
pub struct Stage {
    pub wire: Wire,
    pub column: &'static Column,
    /// Where a redirect leads to; nothing may ever arrive there.
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
        let hasty = Services::new(wire.endpoints(), Http::new(hasty, vec![wire.authority()]));
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

    /// What somebody holds who is signed in; what the column says is due.
    pub fn tokens(&self) -> Tokens {
        // A refresh token works until its successor is used: each mishap gets its own.
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

    /// The services as this column asks them in a mishap.
    pub fn services(&self, mishap: Mishap) -> Lame {
        let limping = match mishap {
            Mishap::NobodyListens => &self.astray,
            Mishap::NeverAnswers | Mishap::DripsForLong => &self.hasty,
            _ => &self.patient,
        };
        Lame { leg: self.column.leg, limping: limping.clone(), others: self.patient.clone() }
    }

    /// The services as they are asked when all is well.
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
    // Reserved: no test is ever given this port.
    for address in all {
        address.set_port(Some(1)).unwrap();
    }
    endpoints
}

//! What was issued, to whom, and whether it's still valid.

use std::{collections::HashMap, sync::Arc};

use jiff::Timestamp;

use crate::{
    Account, Kind, Secret,
    microsoft::{
        Platform,
        device_code::{Decision, DeviceCode},
        identity::Identity,
    },
    random,
};

/// The state that all mock services share.
#[derive(Default)]
pub(crate) struct Ledger {
    codes: HashMap<String, Code>,
    device_codes: HashMap<String, DeviceCode>,
    refresh: HashMap<String, Refresh>,
    tokens: HashMap<String, Token>,
    known: Vec<Secret>,
}

/// What an authorization code is bound to.
pub(crate) struct Code {
    pub platform: Platform,
    pub client_id: String,
    pub redirect_uri: String,
    pub challenge: Option<String>,
    pub identity: Option<Identity>,
    pub account: Arc<Account>,
    pub expires: Timestamp,
    pub spent: bool,
}

/// A token that becomes invalid only by expiring.
pub(crate) struct Token {
    pub kind: Kind,
    pub account: Arc<Account>,
    pub expires: Timestamp,
}

struct Refresh {
    client_id: String,
    account: Arc<Account>,
    predecessor: Option<String>,
    dead: bool,
}

/// Why a refresh token is refused.
pub(crate) enum NoRefresh {
    /// It was never issued, was revoked, or its successor has been used.
    Dead,
    /// It was issued to another app.
    OtherClient,
}

impl Ledger {
    /// Records a secret that wasn't issued here.
    pub fn learn(&mut self, kind: Kind, value: &str) {
        self.known.push(Secret { kind, value: value.into() });
    }

    /// Returns every secret so far, oldest first.
    pub fn known(&self) -> &[Secret] {
        &self.known
    }

    pub fn issue_code(&mut self, code: Code) -> String {
        let text = self.new_text(Kind::Code);
        self.codes.insert(text.clone(), code);
        text
    }

    pub fn code(&mut self, text: &str) -> Option<&mut Code> {
        self.codes.get_mut(text)
    }

    pub fn issue_device_code(&mut self, code: DeviceCode) -> String {
        let text = self.new_text(Kind::DeviceCode);
        self.device_codes.insert(text.clone(), code);
        text
    }

    pub fn device_code(&mut self, text: &str) -> Option<&mut DeviceCode> {
        self.device_codes.get_mut(text)
    }

    /// Records a person's decision about a short code. Returns false if no valid code is waiting for it.
    pub fn decide(&mut self, user_code: &str, now: Timestamp, decision: Decision) -> bool {
        let waits = |code: &&mut DeviceCode| {
            let is_open = matches!(code.decision, Decision::Pending) && now < code.expires;
            is_open && code.user_code.eq_ignore_ascii_case(user_code)
        };
        let Some(code) = self.device_codes.values_mut().find(waits) else { return false };
        code.decision = decision;
        true
    }

    pub fn issue_token(&mut self, kind: Kind, account: &Arc<Account>, expires: Timestamp) -> String {
        let text = self.new_text(kind);
        self.tokens.insert(text.clone(), Token { kind, account: account.clone(), expires });
        text
    }

    /// Returns the token of this kind and text if it's still valid.
    pub fn live(&self, kind: Kind, text: &str, now: Timestamp) -> Option<&Token> {
        self.tokens.get(text).filter(|token| token.kind == kind && now < token.expires)
    }

    pub fn issue_refresh(&mut self, client_id: &str, account: &Arc<Account>, predecessor: Option<&str>) -> String {
        let text = self.new_text(Kind::Refresh);
        let refresh = Refresh {
            client_id: client_id.into(),
            account: account.clone(),
            predecessor: predecessor.map(Into::into),
            dead: false,
        };
        self.refresh.insert(text.clone(), refresh);
        text
    }

    /// Accepts a refresh token; its first use invalidates its predecessor.
    pub fn take_refresh(&mut self, text: &str, client_id: &str) -> Result<Arc<Account>, NoRefresh> {
        let refresh = self.refresh.get(text).filter(|refresh| !refresh.dead).ok_or(NoRefresh::Dead)?;
        if refresh.client_id != client_id {
            return Err(NoRefresh::OtherClient);
        }
        let account = refresh.account.clone();
        let predecessor = refresh.predecessor.clone();
        if let Some(before) = predecessor.and_then(|before| self.refresh.get_mut(&before)) {
            before.dead = true;
        }
        Ok(account)
    }

    /// Revokes all refresh tokens.
    pub fn revoke(&mut self) {
        self.refresh.values_mut().for_each(|refresh| refresh.dead = true);
    }

    /// Expires everything of the kinds that `wanted` selects.
    pub fn expire(&mut self, now: Timestamp, wanted: impl Fn(Kind) -> bool) {
        let tokens = self.tokens.values_mut().filter(|token| wanted(token.kind));
        tokens.for_each(|token| token.expires = now);
        if wanted(Kind::Code) {
            self.codes.values_mut().for_each(|code| code.expires = now);
        }
        if wanted(Kind::DeviceCode) {
            self.device_codes.values_mut().for_each(|code| code.expires = now);
        }
    }

    fn new_text(&mut self, kind: Kind) -> String {
        let text = random::text(kind);
        self.learn(kind, &text);
        text
    }
}

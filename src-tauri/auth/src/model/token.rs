//! The chain's tokens, their claims, and their lifetimes.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::model::{claims::Claims, leg::Leg, raw::Raw, relying_party::RelyingParty, secret};

/// A token's lifetime, by the services' clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validity {
    /// When it was issued, UTC.
    pub issued_at: Timestamp,
    /// When it expires, UTC.
    pub expires_at: Timestamp,
}

/// Renewal starts at most this long before the expiry.
const AHEAD: SignedDuration = SignedDuration::from_mins(20);
/// A token with less than this left is renewed before it's handed out.
const ENOUGH_TO_COPY: SignedDuration = SignedDuration::from_mins(10);
/// A token younger than this is as good as a new one.
const YOUNG: SignedDuration = SignedDuration::from_mins(1);

impl Validity {
    /// Returns the time left at `now`; never negative.
    #[must_use]
    pub fn left(self, now: Timestamp) -> SignedDuration {
        self.expires_at.duration_since(now).max(SignedDuration::ZERO)
    }

    /// Whether the token is valid at `now`.
    #[must_use]
    pub fn is_valid(self, now: Timestamp) -> bool {
        now < self.expires_at
    }

    /// Returns when to renew: 20 minutes before the expiry, or after two thirds of a short lifetime.
    #[must_use]
    pub fn renews_at(self) -> Timestamp {
        self.before_expiry(AHEAD)
    }

    /// Whether the token should be renewed at `now`.
    #[must_use]
    pub fn is_due(self, now: Timestamp) -> bool {
        now >= self.renews_at()
    }

    /// Whether enough time is left at `now` to hand the token out: 10 minutes, or a third of a short lifetime.
    #[must_use]
    pub fn is_enough_to_copy(self, now: Timestamp) -> bool {
        now < self.before_expiry(ENOUGH_TO_COPY)
    }

    /// Whether a new token would be no better for a caller that needs it to stay valid for `wanted` from `now`: either
    /// that much time is left, or the token was just issued.
    #[must_use]
    pub fn is_enough_for(self, wanted: SignedDuration, now: Timestamp) -> bool {
        if !self.is_valid(now) {
            return false;
        }
        let third = self.expires_at.duration_since(self.issued_at) / 3;
        let age = now.duration_since(self.issued_at);
        self.left(now) >= wanted || (age >= SignedDuration::ZERO && age < third.min(YOUNG))
    }

    fn before_expiry(self, at_most: SignedDuration) -> Timestamp {
        let third = self.expires_at.duration_since(self.issued_at) / 3;
        self.expires_at.saturating_sub(third.clamp(SignedDuration::ZERO, at_most)).unwrap_or(self.expires_at)
    }
}

/// An OAuth access token, and the refresh token if the response had one.
#[derive(Clone, Debug)]
pub struct OauthToken {
    /// The access token, which is exchanged for an Xbox user token.
    pub access: SecretString,
    /// The rotated refresh token. If a response has none, the old one is kept.
    pub refresh: Option<SecretString>,
    /// Usually an hour.
    pub life: Validity,
    /// The raw response.
    pub raw: Raw,
}

/// An OAuth access token as stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AccessToken {
    /// The token.
    #[serde(with = "secret")]
    pub token: SecretString,
    /// Usually an hour.
    pub life: Validity,
    /// The raw response.
    #[serde(skip)]
    pub raw: Raw,
}

/// An Xbox user token, which lasts 14 days and can be exchanged for any XSTS token.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UserToken {
    /// The token.
    #[serde(with = "secret")]
    pub token: SecretString,
    /// The user hash (`uhs`).
    pub user_hash: String,
    /// Usually 14 days.
    pub life: Validity,
    /// The raw response.
    #[serde(skip)]
    pub raw: Raw,
}

/// An XSTS token for one relying party.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct XstsToken {
    /// The token.
    #[serde(with = "secret")]
    pub token: SecretString,
    /// The account's claims; Halo's token has only the user hash.
    pub claims: Claims,
    /// Usually 16 hours for Xbox Live and 4 hours for Halo.
    pub life: Validity,
    /// The raw response.
    #[serde(skip)]
    pub raw: Raw,
}

/// A Halo Infinite Spartan token (`v4=…`).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SpartanToken {
    /// The token.
    #[serde(with = "secret")]
    pub token: SecretString,
    /// Expires with the Halo XSTS token that it was made from, or earlier.
    pub life: Validity,
    /// The raw response.
    #[serde(skip)]
    pub raw: Raw,
}

/// A clearance: the flight configuration that Halo's services expect in the `343-clearance` header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clearance {
    /// The flight configuration's ID.
    pub id: String,
    /// When it was fetched, UTC; it has no expiry.
    pub fetched_at: Timestamp,
    /// The raw response.
    #[serde(skip)]
    pub raw: Raw,
}

/// An account's tokens; any can be missing or expired.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Tokens {
    /// The refresh token, which renews without user interaction. It's only ever sent to Microsoft.
    #[serde(with = "secret::optional", default)]
    pub refresh: Option<SecretString>,
    /// The OAuth access token.
    pub access: Option<AccessToken>,
    /// The Xbox user token.
    pub user: Option<UserToken>,
    /// The XSTS token for `http://xboxlive.com`.
    pub xsts_xbox: Option<XstsToken>,
    /// The XSTS token for Halo Waypoint.
    pub xsts_halo: Option<XstsToken>,
    /// XSTS tokens for other relying parties that were requested.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub xsts_others: BTreeMap<RelyingParty, XstsToken>,
    /// The Spartan token.
    pub spartan: Option<SpartanToken>,
    /// The clearance.
    pub clearance: Option<Clearance>,
}

impl SpartanToken {
    /// Whether a service has refused it before its expiry; it must not be used anymore.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.life.is_refused()
    }
}

impl Validity {
    /// Returns the same lifetime, marked as refused by a service: expired, whatever the original expiry.
    const fn refused(self) -> Validity {
        Validity { expires_at: Timestamp::UNIX_EPOCH, ..self }
    }

    /// Whether a service has refused the token.
    #[must_use]
    pub fn is_refused(self) -> bool {
        self.expires_at == Timestamp::UNIX_EPOCH
    }
}

impl XstsToken {
    /// Returns the `Authorization` header value for services of its relying party that use the `XBL3.0` scheme.
    #[must_use]
    pub fn xbl_authorization(&self) -> SecretString {
        format!("XBL3.0 x={};{}", self.claims.user_hash, self.token.expose_secret()).into()
    }
}

impl Tokens {
    /// Returns tokens with only an imported refresh token, enough for a run with
    /// [`Start::Refresh`](crate::chain::Start::Refresh).
    #[must_use]
    pub fn from_refresh(refresh: SecretString) -> Tokens {
        Tokens { refresh: Some(refresh), ..Tokens::default() }
    }

    /// Returns the XSTS token for a relying party, expired or not.
    #[must_use]
    pub fn xsts(&self, party: &RelyingParty) -> Option<&XstsToken> {
        match party {
            RelyingParty::XboxLive => self.xsts_xbox.as_ref(),
            RelyingParty::Halo => self.xsts_halo.as_ref(),
            RelyingParty::Other(_) => self.xsts_others.get(party),
        }
    }

    /// Returns the lifetime of a leg's token. A clearance has none, and each other relying party has its own.
    #[must_use]
    pub fn life(&self, leg: Leg) -> Option<Validity> {
        match leg {
            Leg::Microsoft => self.access.as_ref().map(|token| token.life),
            Leg::XboxUser => self.user.as_ref().map(|token| token.life),
            Leg::XstsXbox => self.xsts_xbox.as_ref().map(|token| token.life),
            Leg::XstsHalo => self.xsts_halo.as_ref().map(|token| token.life),
            Leg::Spartan => self.spartan.as_ref().map(|token| token.life),
            Leg::XstsOther | Leg::Clearance => None,
        }
    }

    /// Whether both have the same tokens with the same lifetimes.
    #[must_use]
    pub fn are_same(&self, other: &Tokens) -> bool {
        let each = |tokens: &Tokens| {
            let legs = Leg::ALL.map(|leg| tokens.life(leg));
            let texts = [
                tokens.refresh.as_ref(),
                tokens.access.as_ref().map(|access| &access.token),
                tokens.user.as_ref().map(|user| &user.token),
                tokens.xsts_xbox.as_ref().map(|xsts| &xsts.token),
                tokens.xsts_halo.as_ref().map(|xsts| &xsts.token),
                tokens.spartan.as_ref().map(|spartan| &spartan.token),
            ];
            (legs, texts.map(|text| text.map(|text| text.expose_secret().to_owned())))
        };
        each(self) == each(other) && self.clearance == other.clearance
    }

    /// Marks the tokens as refused that are marked as refused in another copy.
    pub fn heed_refusals(&mut self, present: &Tokens) {
        if let Some(refused) = present.spartan.as_ref().filter(|spartan| spartan.is_refused()) {
            self.refuse_spartan(&refused.token);
        }
        let parties =
            [RelyingParty::XboxLive, RelyingParty::Halo].into_iter().chain(present.xsts_others.keys().cloned());
        for party in parties {
            if let Some(refused) = present.xsts(&party).filter(|xsts| xsts.life.is_refused()) {
                self.refuse_xsts(&party, &refused.token);
            }
        }
    }

    /// Records that a service has refused a Spartan token, so that it isn't handed out again. A different token is
    /// kept.
    pub fn refuse_spartan(&mut self, refused: &SecretString) {
        if let Some(spartan) = self.spartan.as_mut().filter(|spartan| is_same(&spartan.token, refused)) {
            spartan.life = spartan.life.refused();
        }
    }

    /// Records that a service has refused an XSTS token, so that it isn't handed out again. A different token is kept.
    pub fn refuse_xsts(&mut self, party: &RelyingParty, refused: &SecretString) {
        let kept = match party {
            RelyingParty::XboxLive => self.xsts_xbox.as_mut(),
            RelyingParty::Halo => self.xsts_halo.as_mut(),
            RelyingParty::Other(_) => self.xsts_others.get_mut(party),
        };
        if let Some(xsts) = kept.filter(|xsts| is_same(&xsts.token, refused)) {
            xsts.life = xsts.life.refused();
        }
    }

    /// Stores the XSTS token of a relying party.
    pub fn put_xsts(&mut self, party: &RelyingParty, token: XstsToken) {
        match party {
            RelyingParty::XboxLive => self.xsts_xbox = Some(token),
            RelyingParty::Halo => self.xsts_halo = Some(token),
            RelyingParty::Other(_) => {
                self.xsts_others.insert(party.clone(), token);
            }
        }
    }

    /// Stores a new access token, and its refresh token if there is one; otherwise the old one is kept.
    pub fn accept(&mut self, oauth: OauthToken) {
        self.access = Some(AccessToken { token: oauth.access, life: oauth.life, raw: oauth.raw });
        if oauth.refresh.is_some() {
            self.refresh = oauth.refresh;
        }
    }
}

fn is_same(one: &SecretString, other: &SecretString) -> bool {
    one.expose_secret() == other.expose_secret()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn life(minutes: i64) -> Validity {
        let issued_at = Timestamp::UNIX_EPOCH;
        Validity { issued_at, expires_at: issued_at + SignedDuration::from_mins(minutes) }
    }

    fn at(minutes: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes)
    }

    #[test]
    fn a_long_life_renews_twenty_minutes_ahead_and_a_short_one_at_two_thirds() {
        assert_eq!(life(240).renews_at(), at(220));
        assert_eq!(life(3).renews_at(), at(2));
    }

    #[test]
    fn less_than_ten_minutes_or_a_third_of_a_short_life_is_not_enough_to_copy() {
        assert!(life(240).is_enough_to_copy(at(229)));
        assert!(!life(240).is_enough_to_copy(at(230)));
        assert!(life(9).is_enough_to_copy(at(5)));
        assert!(!life(9).is_enough_to_copy(at(6)));
    }

    #[test]
    fn what_was_issued_a_moment_ago_is_enough_for_whatever_is_wanted() {
        let hours = SignedDuration::from_hours;
        assert!(life(240).is_enough_for(hours(1), at(180)));
        assert!(!life(240).is_enough_for(hours(1), at(181)));
        assert!(life(240).is_enough_for(hours(5), at(0)));
        assert!(!life(240).is_enough_for(hours(5), at(1)));
        assert!(!life(240).is_enough_for(hours(5), at(-1)));
        assert!(!life(-10).is_enough_for(hours(1), at(-10)));
        assert!(!life(240).is_enough_for(hours(0), at(240)), "what is over is never enough");
    }

    #[test]
    fn a_life_that_ends_before_it_begins_is_due_at_its_end_and_never_panics() {
        assert_eq!(life(-10).renews_at(), at(-10));
        assert_eq!(life(-10).left(at(0)), SignedDuration::ZERO);
        assert!(!life(-10).is_valid(at(0)));
    }

    #[test]
    fn an_answer_without_a_refresh_token_keeps_the_old_one() {
        let mut tokens = Tokens { refresh: Some("old".into()), ..Tokens::default() };
        tokens.accept(OauthToken { access: "a".into(), refresh: None, life: life(60), raw: Raw::default() });
        assert_eq!(tokens.refresh.as_ref().map(ExposeSecret::expose_secret), Some("old"));
        tokens.accept(OauthToken {
            access: "b".into(),
            refresh: Some("new".into()),
            life: life(60),
            raw: Raw::default(),
        });
        assert_eq!(tokens.refresh.as_ref().map(ExposeSecret::expose_secret), Some("new"));
    }

    #[test]
    fn a_refused_token_is_over_at_any_time_and_another_one_is_not() {
        let spartan = SpartanToken { token: "v4=x".into(), life: life(240), raw: Raw::default() };
        let mut tokens = Tokens { spartan: Some(spartan), ..Tokens::default() };
        tokens.refuse_spartan(&"v4=y".into());
        assert!(!tokens.spartan.as_ref().unwrap().is_refused());
        tokens.refuse_spartan(&"v4=x".into());
        let spartan = tokens.spartan.unwrap();
        assert!(spartan.is_refused());
        for minutes in [0, 1, 600] {
            assert!(!spartan.life.is_valid(at(minutes)), "{minutes}");
            assert!(!spartan.life.is_enough_for(SignedDuration::ZERO, at(minutes)), "{minutes}");
        }
    }

    #[test]
    fn no_token_shows_in_debug_output() {
        let mut tokens = Tokens { refresh: Some("secret-refresh".into()), ..Tokens::default() };
        tokens.spartan = Some(SpartanToken { token: "v4=secret".into(), life: life(1), raw: Raw::default() });
        assert!(!format!("{tokens:?}").contains("secret-refresh"));
        assert!(!format!("{tokens:?}").contains("v4=secret"));
    }
}

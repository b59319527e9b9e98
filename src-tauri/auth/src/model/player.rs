//! A player, with everything that a program needs for Halo's and Xbox's web APIs.

use jiff::Timestamp;
use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::{
    model::token::{Clearance, SpartanToken, Tokens, XstsToken},
    services::halo::{CLEARANCE_HEADER, SPARTAN_HEADER},
};

/// The signed-in player, with the tokens that leave a sign-in; the refresh token isn't among them.
#[derive(Clone, Debug)]
pub struct Player {
    /// The XUID, a decimal number as text.
    pub xuid: String,
    /// The gamertag.
    pub gamertag: String,
    /// The Spartan token, for Halo Infinite's services.
    pub spartan: SpartanToken,
    /// The clearance, for the Halo Infinite services that require one; missing if none was ever issued.
    pub clearance: Option<Clearance>,
    /// The XSTS token for Xbox Live's services.
    pub xbox: XstsToken,
}

impl Player {
    /// Returns the player's ID in the format of Halo's services: `xuid(2533274855333605)`.
    #[must_use]
    pub fn id(&self) -> String {
        format!("xuid({})", self.xuid)
    }

    /// When the Spartan token expires, UTC, by the services' clock.
    #[must_use]
    pub const fn expires_at(&self) -> Timestamp {
        self.spartan.life.expires_at
    }

    /// Whether the Spartan token is valid at `now`.
    #[must_use]
    pub fn is_valid(&self, now: Timestamp) -> bool {
        self.spartan.life.is_valid(now)
    }

    /// Returns the `Authorization` header value for Xbox Live's services.
    #[must_use]
    pub fn xbl_authorization(&self) -> SecretString {
        self.xbox.xbl_authorization()
    }

    /// Returns the headers for a request to this address: Halo's for hosts of `svc.halowaypoint.com`, Xbox Live's for
    /// hosts of `xboxlive.com`, and none for any other host or without HTTPS.
    #[must_use]
    pub fn headers(&self, to: &Url) -> HeaderMap {
        let is_of = |domain: &str| {
            let host = to.host_str().and_then(|host| host.strip_suffix(domain));
            to.scheme() == "https" && host.is_some_and(|before| before.is_empty() || before.ends_with('.'))
        };
        let secret = |name, secret: &str| Some((name, sensitive(secret)?));
        let clearance = || secret(HeaderName::from_static(CLEARANCE_HEADER), &self.clearance.as_ref()?.id);
        let headers = if is_of("svc.halowaypoint.com") {
            let spartan = secret(HeaderName::from_static(SPARTAN_HEADER), self.spartan.token.expose_secret());
            vec![Some((ACCEPT, HeaderValue::from_static("application/json"))), spartan, clearance()]
        } else if is_of("xboxlive.com") {
            vec![secret(AUTHORIZATION, self.xbl_authorization().expose_secret())]
        } else {
            Vec::new()
        };
        headers.into_iter().flatten().collect()
    }
}

impl Tokens {
    /// Returns the player, once the chain has made a Spartan token and Xbox has reported the account.
    #[must_use]
    pub fn player(&self) -> Option<Player> {
        let xbox = self.xsts_xbox.clone()?;
        Some(Player {
            xuid: xbox.claims.xuid.clone()?,
            gamertag: xbox.claims.gamertag.clone()?,
            spartan: self.spartan.clone()?,
            clearance: self.clearance.clone(),
            xbox,
        })
    }
}

fn sensitive(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{claims::Claims, raw::Raw, token::Validity};

    fn player() -> Player {
        let life = Validity { issued_at: Timestamp::UNIX_EPOCH, expires_at: Timestamp::from_second(60).unwrap() };
        let claims = Claims {
            user_hash: "7".into(),
            gamertag: Some("aCurtis X89".into()),
            xuid: Some("2533274855333605".into()),
            ..Claims::default()
        };
        let tokens = Tokens {
            xsts_xbox: Some(XstsToken { token: "hush".into(), claims, life, raw: Raw::default() }),
            spartan: Some(SpartanToken { token: "v4=hush".into(), life, raw: Raw::default() }),
            clearance: Some(Clearance { id: "c1".into(), fetched_at: life.issued_at, raw: Raw::default() }),
            ..Tokens::default()
        };
        tokens.player().expect("nothing is missing")
    }

    fn names(address: &str) -> Vec<String> {
        let headers = player().headers(&Url::parse(address).unwrap());
        headers.keys().map(ToString::to_string).collect()
    }

    #[test]
    fn a_player_is_known_by_id_gamertag_and_how_long_the_token_is_good() {
        let player = player();
        assert_eq!((player.id().as_str(), player.gamertag.as_str()), ("xuid(2533274855333605)", "aCurtis X89"));
        assert!(player.is_valid(Timestamp::UNIX_EPOCH));
        assert!(!player.is_valid(player.expires_at()));
        assert_eq!(player.xbl_authorization().expose_secret(), "XBL3.0 x=7;hush");
        assert!(!format!("{player:?}").contains("hush"));
    }

    #[test]
    fn without_a_spartan_token_or_a_name_there_is_no_player() {
        let mut tokens = Tokens { spartan: Some(player().spartan), ..Tokens::default() };
        assert!(tokens.player().is_none());
        tokens.xsts_xbox = Some(XstsToken { claims: Claims::default(), ..player().xbox });
        assert!(tokens.player().is_none());
    }

    #[test]
    fn each_host_gets_its_own_headers_and_anybody_else_none() {
        let halo = ["accept", "x-343-authorization-spartan", "343-clearance"];
        assert_eq!(names("https://halostats.svc.halowaypoint.com/hi/x"), halo);
        assert_eq!(names("https://profile.xboxlive.com/users/me"), ["authorization"]);
        let nobodys = [
            "http://halostats.svc.halowaypoint.com/",
            "https://evilsvc.halowaypoint.com/",
            "https://svc.halowaypoint.com.example/",
            "https://www.halowaypoint.com/",
            "http://profile.xboxlive.com/",
            "https://notxboxlive.com/",
            "https://xboxlive.com.example/",
            "https://example.com/?https://profile.xboxlive.com",
        ];
        for address in nobodys {
            assert!(names(address).is_empty(), "{address}");
        }
    }

    #[test]
    fn no_header_shows_its_secret_in_debug_output() {
        for address in ["https://halostats.svc.halowaypoint.com/", "https://profile.xboxlive.com/"] {
            assert!(!format!("{:?}", player().headers(&Url::parse(address).unwrap())).contains("hush"));
        }
    }
}

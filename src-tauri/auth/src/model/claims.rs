//! An XSTS token's claims about the account.

use serde::{Deserialize, Serialize};

use crate::{model::lenient, plain};

/// The claims of an XSTS token (`DisplayClaims.xui[0]`). All but the user hash can be missing, as in Halo's token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The user hash (`uhs`), part of an `XBL3.0` header.
    pub user_hash: String,
    /// The gamertag (`gtg`).
    #[serde(default, deserialize_with = "plain::optional_name")]
    pub gamertag: Option<String>,
    /// The XUID (`xid`), a decimal number as text.
    pub xuid: Option<String>,
    /// The age group (`agg`).
    pub age_group: Option<AgeGroup>,
    /// The numbers of the account's privileges (`prv`).
    #[serde(default)]
    pub privileges: Vec<u32>,
    /// The numbers of what the user's own settings restrict (`usr`).
    #[serde(default)]
    pub user_settings_restrictions: Vec<u32>,
    /// The numbers of what the account's title settings restrict (`utr`).
    #[serde(default)]
    pub user_title_restrictions: Vec<u32>,
}

/// Xbox's age group of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum AgeGroup {
    /// `Adult`.
    Adult,
    /// `Teen`.
    Teen,
    /// `Child`.
    Child,
    /// An unknown group, as the service wrote it.
    Other(String),
}

impl From<String> for AgeGroup {
    fn from(text: String) -> AgeGroup {
        match text.as_str() {
            "Adult" => AgeGroup::Adult,
            "Teen" => AgeGroup::Teen,
            "Child" => AgeGroup::Child,
            _ => AgeGroup::Other(plain::name(&text).unwrap_or_default()),
        }
    }
}

impl From<AgeGroup> for String {
    fn from(group: AgeGroup) -> String {
        match group {
            AgeGroup::Adult => "Adult".into(),
            AgeGroup::Teen => "Teen".into(),
            AgeGroup::Child => "Child".into(),
            AgeGroup::Other(text) => text,
        }
    }
}

/// The claims as a response has them.
#[derive(Deserialize)]
pub(crate) struct Claimed {
    #[serde(default, deserialize_with = "lenient::text")]
    uhs: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    gtg: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    xid: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    agg: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    prv: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    usr: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    utr: Option<String>,
}

impl Claimed {
    /// Returns the claims if they include a user hash that a header can contain.
    pub(crate) fn into_claims(self) -> Option<Claims> {
        let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
        Some(Claims {
            user_hash: self.uhs.filter(|hash| is_header_part(hash))?,
            gamertag: self.gtg.as_deref().and_then(plain::name),
            xuid: self.xid.filter(|xuid| is_number(xuid)),
            age_group: filled(self.agg).map(AgeGroup::from),
            privileges: numbers(self.prv),
            user_settings_restrictions: numbers(self.usr),
            user_title_restrictions: numbers(self.utr),
        })
    }
}

/// Whether the text is valid as the part before the semicolon in an `XBL3.0` header.
fn is_header_part(hash: &str) -> bool {
    const LONGEST: usize = 128;
    (1..=LONGEST).contains(&hash.len()) && hash.bytes().all(|byte| byte.is_ascii_graphic() && byte != b';')
}

/// Whether the text is a decimal number with at most 20 digits, the most of a 64-bit number.
fn is_number(xuid: &str) -> bool {
    (1..=20).contains(&xuid.len()) && xuid.bytes().all(|digit| digit.is_ascii_digit())
}

fn numbers(text: Option<String>) -> Vec<u32> {
    text.unwrap_or_default().split_whitespace().filter_map(|number| number.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Option<Claims> {
        serde_json::from_str::<Claimed>(json).unwrap().into_claims()
    }

    #[test]
    fn all_that_an_answer_claims_has_its_type() {
        let claims = read(
            r#"{"uhs": "7", "gtg": "aCurtis X89", "xid": "2533", "agg": "Teen", "prv": "184 185 x", "usr": 234, "utr": "190"}"#,
        );
        let expected = Claims {
            user_hash: "7".into(),
            gamertag: Some("aCurtis X89".into()),
            xuid: Some("2533".into()),
            age_group: Some(AgeGroup::Teen),
            privileges: vec![184, 185],
            user_settings_restrictions: vec![234],
            user_title_restrictions: vec![190],
        };
        assert_eq!(claims, Some(expected));
    }

    #[test]
    fn a_user_hash_alone_will_do_and_without_one_nothing_does() {
        assert_eq!(read(r#"{"uhs": "7"}"#), Some(Claims { user_hash: "7".into(), ..Claims::default() }));
        assert_eq!(read(r#"{"gtg": "aCurtis X89"}"#), None);
    }

    #[test]
    fn a_user_hash_that_no_header_can_carry_is_none() {
        for hash in ["", "7;x", "7\r\nHost: x", "7 8", "７", "7\u{202e}"] {
            assert_eq!(read(&serde_json::json!({ "uhs": hash }).to_string()), None, "{hash:?}");
        }
    }

    #[test]
    fn a_gamertag_is_fit_to_be_shown_and_an_xuid_is_a_number() {
        let claims = |gamertag: &str, xuid: &str| {
            read(&serde_json::json!({ "uhs": "7", "gtg": gamertag, "xid": xuid }).to_string()).unwrap()
        };
        let hostile = claims("\u{202e}Mal\u{200b}lory\n\u{1b}[2J", "12\u{202e}");
        assert_eq!((hostile.gamertag.as_deref(), hostile.xuid), (Some("Mallory [2J"), None));
        assert_eq!(claims("\u{200f}\u{2066}", "").gamertag, None);
    }

    #[test]
    fn a_gamertag_that_was_kept_as_it_came_is_fit_to_be_shown_as_well() {
        let kept = r#"{"user_hash": "7", "gamertag": "\u202eMallory", "xuid": "2533"}"#;
        let claims: Claims = serde_json::from_str(kept).unwrap();
        assert_eq!(claims.gamertag.as_deref(), Some("Mallory"));
        assert_eq!(serde_json::from_str::<Claims>(r#"{"user_hash": "7"}"#).unwrap().gamertag, None);
    }

    #[test]
    fn an_age_group_that_nobody_knows_is_kept_as_it_was_written() {
        for text in ["Adult", "Teen", "Child", "Elder"] {
            assert_eq!(String::from(AgeGroup::from(text.to_owned())), text);
        }
    }
}

//! Optional fields of a response: one of an unexpected type counts as missing, so that it doesn't invalidate a token
//! beside it.

use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;

/// For `#[serde(default, deserialize_with = "lenient::text")]`: text, or a number as written.
pub(crate) fn text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// For `#[serde(default, deserialize_with = "lenient::optional")]`: the value, or `None` if it has another type.
pub(crate) fn optional<'de, D: Deserializer<'de>, T: DeserializeOwned>(from: D) -> Result<Option<T>, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(from)?).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Field {
        #[serde(default, deserialize_with = "text")]
        text: Option<String>,
        #[serde(default, deserialize_with = "optional")]
        small: Option<u8>,
    }

    #[test]
    fn a_field_of_another_type_is_missing_and_a_number_is_its_own_text() {
        let read = |json: &str| serde_json::from_str::<Field>(json).unwrap();
        assert_eq!(read(r#"{"text": "a", "small": 7}"#).text.as_deref(), Some("a"));
        assert_eq!(read(r#"{"text": 2533274855333605}"#).text.as_deref(), Some("2533274855333605"));
        for json in ["{}", r#"{"text": null, "small": null}"#, r#"{"text": [], "small": 256}"#, r#"{"text": {}}"#] {
            let field = read(json);
            assert_eq!((field.text, field.small), (None, None), "{json}");
        }
    }
}

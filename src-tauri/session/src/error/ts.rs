//! The name of an error in the page's types: whoever shows a status puts its errors into words first.

use ts_rs::{Config, TS};

use super::Error;

impl TS for Error {
    type WithoutGenerics = Error;
    type OptionInnerType = Error;

    fn name(_: &Config) -> String {
        "Problem".to_owned()
    }

    fn inline(config: &Config) -> String {
        Error::name(config)
    }
}

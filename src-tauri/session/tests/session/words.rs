//! What a person reads of an error.

use spartan_messages::Problem;
use spartan_session::error::Error;

/// What happened.
pub fn message(error: &Error) -> String {
    Problem::from(error).message
}

/// What to do.
pub fn help(error: &Error) -> String {
    Problem::from(error).help
}

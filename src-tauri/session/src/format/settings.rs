//! Output that programs read when they start: a JSON object, or lines of a `.env` file.

use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use spartan_auth::player::Player;

use super::{
    variables::{Names, Shell, named},
    written,
};

/// The names in the object.
pub(crate) const JSON: [&str; 5] = ["spartan_token", "expires_at", "clearance", "xuid", "gamertag"];

/// Returns an object without the `XBL3.0` header, which gives access to more than Halo. Programs rely on the names.
pub(super) fn json(player: &Player) -> SecretString {
    let object = json!({
        "spartan_token": player.spartan.token.expose_secret(),
        "expires_at": written(player.expires_at()),
        "clearance": player.clearance.as_ref().map(|clearance| &clearance.id),
        "xuid": player.xuid,
        "gamertag": player.gamertag,
    });
    format!("{object:#}").into()
}

/// The start of the comment with the expiry.
pub(crate) const UNTIL: &str = "# The Spartan token is good until";

/// Returns the lines, below a comment with the expiry.
pub(super) fn dotenv(player: &Player, names: &Names) -> SecretString {
    let until = format!("{UNTIL} {}.\n", written(player.expires_at()));
    let missing = match &player.clearance {
        Some(_) => String::new(),
        None => format!("# There is no {}: Halo has given no clearance yet.\n", names.clearance),
    };
    let lines = Shell::Dotenv.write(&named(player, names));
    format!("{until}{missing}{}", lines.expose_secret()).into()
}

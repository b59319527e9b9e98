//! Notifications on Linux.
//!
//! Tauri's plugin would put its own script into every page, Microsoft's too, and bring a second library for the bus.

use std::collections::HashMap;

use futures_util::StreamExt;
use zbus::{Connection, Proxy, zvariant::Value};

use super::{Answer, Notice};

const NAME: &str = "org.freedesktop.Notifications";

/// Shows a notification and waits until it's answered or gone, because some desktops remove it when the connection that
/// sent it closes.
pub(super) async fn show(notice: &Notice) -> zbus::Result<Option<Answer>> {
    let connection = Connection::session().await?;
    let server = Proxy::new(&connection, NAME, "/org/freedesktop/Notifications", NAME).await?;
    let mut clicks = server.receive_signal("ActionInvoked").await?;
    let mut ends = server.receive_signal("NotificationClosed").await?;
    let mut actions = vec!["default", "Open"];
    actions.extend(notice.sign_in.iter().flat_map(|label| ["sign-in", label]));
    // It stays until the person has seen it, because the failure doesn't pass by itself.
    let hints = HashMap::from([("urgency", Value::U8(2)), ("category", Value::from("network.error"))]);
    let words = ("Spartan Tray", 0_u32, "", &notice.summary, &notice.body, actions, hints, 0_i32);
    let id: u32 = server.call("Notify", &words).await?;
    loop {
        tokio::select! {
            Some(click) = clicks.next() => {
                let (clicked, action): (u32, String) = click.body().deserialize()?;
                if clicked == id {
                    return Ok(Some(if action == "sign-in" { Answer::SignIn } else { Answer::Open }));
                }
            }
            Some(end) = ends.next() => {
                let (ended, _why): (u32, u32) = end.body().deserialize()?;
                if ended == id {
                    return Ok(None);
                }
            }
            else => return Ok(None),
        }
    }
}

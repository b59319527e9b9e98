//! The desktop's notifications, kept by the test.
#![expect(clippy::used_underscore_binding, reason = "the macro reads fields that the test doesn't")]

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use zbus::{Connection, connection::Builder, interface, object_server::SignalEmitter, zvariant::OwnedValue};

use crate::desktop::Desktop;

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// A notification server on the desktop's bus; it ends with this value.
pub struct Notices {
    connection: Connection,
    shown: Arc<Mutex<Vec<Shown>>>,
}

/// A notification.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its title and text.
    pub words: String,
    /// The names of its buttons; the first is the notification itself.
    pub buttons: Vec<String>,
}

struct Server(Arc<Mutex<Vec<Shown>>>);

#[interface(name = "org.freedesktop.Notifications")]
impl Server {
    #[expect(clippy::too_many_arguments, reason = "the specification has them")]
    fn notify(
        &self,
        _app: &str,
        _replaces: u32,
        _icon: &str,
        summary: &str,
        body: &str,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expires: i32,
    ) -> u32 {
        let mut shown = self.0.lock().expect("no test panics in here");
        let buttons = actions.into_iter().skip(1).step_by(2).collect();
        shown.push(Shown { words: format!("{summary} · {body}"), buttons });
        u32::try_from(shown.len()).expect("a test shows few")
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action: &str) -> zbus::Result<()>;
}

impl Notices {
    /// Appears on the desktop's bus.
    pub async fn start(desktop: &Desktop) -> Self {
        let shown = Arc::new(Mutex::new(Vec::new()));
        let builder = Builder::address(desktop.bus().as_str()).and_then(|builder| builder.name(NAME));
        let builder = builder.and_then(|builder| builder.serve_at(PATH, Server(shown.clone())));
        let connection = builder.expect("names are right").build().await.expect("nobody else shows notifications");
        Self { connection, shown }
    }

    /// Returns everything that was shown.
    pub fn shown(&self) -> Vec<Shown> {
        self.shown.lock().expect("no test panics in here").clone()
    }

    /// Clicks the last one: `default` for its body, else a button.
    pub async fn click(&self, action: &str) {
        let id = u32::try_from(self.shown().len()).expect("a test shows few");
        let emitter = SignalEmitter::new(&self.connection, PATH).expect("the path is right");
        Server::action_invoked(&emitter, id, action).await.expect("the bus takes it");
    }
}

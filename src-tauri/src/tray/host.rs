//! Whether anything shows tray icons. On Linux, that depends on the panel; stock GNOME shows none.

use tokio::sync::watch;

/// Returns true: Windows and macOS always show icons.
#[cfg(any(windows, target_os = "macos"))]
pub(crate) fn look() -> watch::Receiver<bool> {
    watch::channel(true).1
}

/// Returns whether there's a host, now and whenever that changes. Without a session bus there's none.
#[cfg(all(unix, not(target_os = "macos")))]
pub(crate) fn look() -> watch::Receiver<bool> {
    let (tell, told) = watch::channel(false);
    tauri::async_runtime::spawn(async move {
        if let Err(error) = bus::follow(&tell).await {
            tracing::info!(%error, "nothing tells whether there is a tray, so there is none");
            tell.send_replace(false);
        }
    });
    told
}

#[cfg(all(unix, not(target_os = "macos")))]
mod bus {
    use futures_util::StreamExt;
    use tokio::sync::watch;
    use zbus::{
        Connection, Proxy,
        fdo::DBusProxy,
        names::BusName,
        proxy::{Builder, CacheProperties},
    };

    /// The service with the list of icons and of hosts that show them.
    const WATCHER: &str = "org.kde.StatusNotifierWatcher";

    /// Reports whether there's a host, now and whenever a watcher or a host comes or goes. Fails when the bus ends.
    pub(super) async fn follow(tell: &watch::Sender<bool>) -> zbus::Result<()> {
        let connection = Connection::session().await?;
        let bus = DBusProxy::new(&connection).await?;
        let watcher: Proxy<'_> = Builder::new(&connection)
            .destination(WATCHER)?
            .path("/StatusNotifierWatcher")?
            .interface(WATCHER)?
            .cache_properties(CacheProperties::No)
            .build()
            .await?;
        let mut owners = bus.receive_name_owner_changed_with_args(&[(0, WATCHER)]).await?;
        let mut came = watcher.receive_signal("StatusNotifierHostRegistered").await?;
        let mut went = watcher.receive_signal("StatusNotifierHostUnregistered").await?;
        loop {
            tell.send_replace(has_host(&bus, &watcher).await);
            let told = tokio::select! {
                told = owners.next() => told.is_some(),
                told = came.next() => told.is_some(),
                told = went.next() => told.is_some(),
            };
            if !told {
                return Err(zbus::Error::InputOutput(std::sync::Arc::new(std::io::ErrorKind::BrokenPipe.into())));
            }
        }
    }

    /// Looks for the name first, because a call to it could make the bus start a service.
    async fn has_host(bus: &DBusProxy<'_>, watcher: &Proxy<'_>) -> bool {
        let owned = match BusName::try_from(WATCHER) {
            Ok(name) => bus.name_has_owner(name).await.unwrap_or(false),
            Err(_) => false,
        };
        owned && watcher.get_property("IsStatusNotifierHostRegistered").await.unwrap_or(false)
    }
}

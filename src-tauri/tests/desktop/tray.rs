//! A tray whose icons a test reads and clicks as a panel does: over the bus.
#![expect(clippy::needless_pass_by_value, clippy::unused_self, reason = "the macro requires methods in this form")]

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use zbus::{
    Connection, Proxy,
    connection::Builder,
    interface,
    message::Header,
    zvariant::{OwnedValue, Structure, Value},
};

use crate::desktop::Desktop;

/// The bus's list of icons, with a host that shows them; it ends with this value.
pub struct Host<'desktop> {
    desktop: &'desktop Desktop,
    connection: Connection,
    /// The bus names of those who registered, in order.
    registered: Arc<Mutex<Vec<String>>>,
}

/// One line of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    id: i32,
    /// What it says; empty for a separator.
    pub label: String,
    /// Whether it can be clicked.
    pub enabled: bool,
    /// Whether it's ticked, if it can be.
    pub ticked: Option<bool>,
    /// The menu that it opens, if any.
    pub below: Vec<Line>,
}

struct Watcher(Arc<Mutex<Vec<String>>>);

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    /// An icon says where it is: by its bus name, or by its path alone.
    fn register_status_notifier_item(&self, service: &str, #[zbus(header)] header: Header<'_>) {
        let sender = header.sender().map(ToString::to_string).unwrap_or_default();
        let name = if service.starts_with('/') { sender } else { service.to_owned() };
        self.0.lock().expect("no test panics in here").push(name);
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const ITEM: (&str, &str) = ("/StatusNotifierItem", "org.kde.StatusNotifierItem");
const MENU: (&str, &str) = ("/MenuBar", "com.canonical.dbusmenu");

/// Width, height and pixels.
type Picture = (i32, i32, Vec<u8>);

/// A menu item as the bus has it: its ID, its properties and its children.
type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

impl<'desktop> Host<'desktop> {
    /// Appears on the desktop's bus.
    pub async fn start(desktop: &'desktop Desktop) -> Self {
        let registered = Arc::new(Mutex::new(Vec::new()));
        let watcher = Watcher(registered.clone());
        let builder = Builder::address(desktop.bus().as_str()).and_then(|builder| builder.name(WATCHER));
        let builder = builder.and_then(|builder| builder.serve_at("/StatusNotifierWatcher", watcher));
        let connection = builder.expect("names are right").build().await.expect("nobody else shows icons");
        Self { desktop, connection, registered }
    }

    /// Disappears, like a panel that crashes.
    pub async fn stop(self) {
        self.connection.close().await.expect("the bus lets go");
    }

    /// Waits until the program's icon is there.
    pub async fn icon(&self) {
        self.desktop.until("an icon in the tray", async || self.tooltip().await).await;
    }

    /// Returns the icon's tooltip.
    pub async fn tooltip(&self) -> Option<String> {
        let told: (String, Vec<Picture>, String, String) =
            self.item(ITEM).await?.get_property::<OwnedValue>("ToolTip").await.ok()?.try_into().ok()?;
        Some(told.3)
    }

    /// Returns the icon's pixels, to distinguish icons.
    pub async fn pixels(&self) -> Option<Vec<u8>> {
        let icons: Vec<Picture> =
            self.item(ITEM).await?.get_property::<OwnedValue>("IconPixmap").await.ok()?.try_into().ok()?;
        icons.into_iter().next().map(|(_, _, pixels)| pixels)
    }

    /// Returns the menu, from top to bottom.
    pub async fn menu(&self) -> Option<Vec<Line>> {
        let menu = self.item(MENU).await?;
        let (_, (_, _, lines)): (u32, Layout) = menu.call("GetLayout", &(0, -1, Vec::<&str>::new())).await.ok()?;
        lines.into_iter().map(Line::read).collect()
    }

    /// Returns the text of the menu lines that can be clicked.
    pub async fn offers(&self) -> Vec<String> {
        let lines = self.menu().await.unwrap_or_default();
        lines.into_iter().filter(|line| line.enabled && !line.label.is_empty()).map(|line| line.label).collect()
    }

    /// Waits until the tooltip, which is the menu's first line as well, has these words.
    pub async fn until_told(&self, words: &str) {
        let look = async || self.tooltip().await.filter(|tooltip| tooltip.contains(words));
        let tooltip = self.desktop.until(&format!("the tooltip {words}"), look).await;
        let first = async || self.menu().await?.into_iter().next().filter(|line| line.label == tooltip);
        let first = self.desktop.until("the same words in the menu's first line", first).await;
        assert!(!first.enabled, "words are no button");
    }

    /// Clicks the line with this name as soon as it can be clicked.
    pub async fn choose(&self, name: &str) {
        let find = async || self.menu().await?.into_iter().find(|line| line.label == name && line.enabled);
        let line = self.desktop.until(&format!("the line {name} in the tray's menu"), find).await;
        let menu = self.item(MENU).await.expect("it was there just now");
        menu.call_noreply("Event", &(line.id, "clicked", Value::from(0), 0_u32)).await.expect("the bus takes it");
    }

    /// Clicks the line with this name in that line's submenu.
    pub async fn choose_in(&self, above: &str, name: &str) {
        let find = async || {
            let lines = self.menu().await?.into_iter().find(|line| line.label == above)?.below;
            lines.into_iter().find(|line| line.label == name && line.enabled)
        };
        let line = self.desktop.until(&format!("the line {name} below {above} in the tray's menu"), find).await;
        let menu = self.item(MENU).await.expect("it was there just now");
        menu.call_noreply("Event", &(line.id, "clicked", Value::from(0), 0_u32)).await.expect("the bus takes it");
    }

    /// Clicks the icon itself.
    pub async fn click(&self) {
        let icon = self.item(ITEM).await.expect("the icon is there");
        icon.call_noreply("Activate", &(0, 0)).await.expect("the bus takes it");
    }

    /// Of the icon that came last.
    async fn item(&self, (path, interface): (&'static str, &'static str)) -> Option<Proxy<'static>> {
        let name = self.registered.lock().expect("no test panics in here").last().cloned()?;
        let builder = zbus::proxy::Builder::new(&self.connection).destination(name).ok()?.path(path).ok()?;
        builder.interface(interface).ok()?.cache_properties(zbus::proxy::CacheProperties::No).build().await.ok()
    }
}

impl Line {
    fn read(value: OwnedValue) -> Option<Self> {
        let (id, known, below): Layout = Structure::try_from(value).ok()?.try_into().ok()?;
        let text = |name: &str| known.get(name).and_then(|value| String::try_from(value.clone()).ok());
        let enabled = known.get("enabled").and_then(|value| bool::try_from(value).ok()).unwrap_or(true);
        let state = known.get("toggle-state").and_then(|value| i32::try_from(value).ok());
        let ticked = text("toggle-type").map(|_| state == Some(1));
        Some(Self {
            id,
            label: text("label").unwrap_or_default(),
            enabled,
            ticked,
            below: below.into_iter().map(Self::read).collect::<Option<_>>()?,
        })
    }
}

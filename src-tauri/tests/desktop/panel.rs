//! XFCE's panel, with nothing in it except the tray.

use std::{fs, path::Path};

use crate::{desktop::Desktop, process::Process, program::Look};

/// Stores XFCE's settings; the panel doesn't start without it.
const SETTINGS: &str = "org.xfce.Xfconf.service";

impl Desktop {
    /// Starts a panel at the top of the screen.
    pub fn panel(&self, look: Look) -> Process {
        let folder = self.path("home/.config/xfce4/xfconf/xfce-perchannel-xml");
        fs::create_dir_all(&folder).expect("a folder can be made");
        let dark = (look == Look::Dark).to_string();
        fs::write(folder.join("xfce4-panel.xml"), PANEL.replace("DARK", &dark)).expect("a file can be written");
        let service = Path::new("/usr/share/dbus-1/services").join(SETTINGS);
        fs::copy(service, self.path("services").join(SETTINGS)).expect("xfconf is installed");
        self.run("panel", self.command("xfce4-panel").args(["--disable-wm-check"]))
    }

    /// Clicks the only icon, which is the first thing in the panel.
    pub fn click_icon(&self) {
        self.hand(&["mousemove", "12", "16", "click", "1"]);
    }

    /// Opens the icon's menu, takes a picture of it and closes it.
    pub async fn picture_of_menu(&self, name: &str) {
        let before = self.all_windows();
        self.hand(&["mousemove", "12", "16", "click", "3"]);
        let opened = async || (self.all_windows() > before).then_some(());
        self.until("the icon's menu", opened).await;
        self.picture(name);
        self.hand(&["key", "Escape"]);
        let closed = async || (self.all_windows() == before).then_some(());
        self.until("the end of the icon's menu", closed).await;
    }

    /// Includes menus, which have no title.
    fn all_windows(&self) -> usize {
        self.ask(&["xdotool", "search", "--onlyvisible", "--class", "."]).unwrap_or_default().lines().count()
    }

    fn hand(&self, words: &[&str]) {
        self.ask(&[&["xdotool"], words].concat()).unwrap_or_else(|words| panic!("{words}"));
    }
}

const PANEL: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="dark-mode" type="bool" value="DARK"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="length" type="uint" value="100"/>
      <property name="size" type="uint" value="32"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray"/>
  </property>
</channel>
"#;

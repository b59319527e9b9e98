//! Real key presses and clicks, for the windows that `WebDriver` can't see.

use crate::desktop::Desktop;

/// A visible window of the desktop.
pub struct Window {
    /// Its ID in X.
    pub id: String,
    /// Its title.
    pub title: String,
}

impl Desktop {
    /// Every visible window that has a title.
    pub fn windows(&self) -> Vec<Window> {
        // If it finds none, the tool exits with an error.
        let ids = self.ask(&["xdotool", "search", "--onlyvisible", "--name", "."]).unwrap_or_default();
        let titled = |id: &str| {
            let title = self.ask(&["xdotool", "getwindowname", id]).ok()?.trim().to_owned();
            Some(Window { id: id.to_owned(), title })
        };
        ids.lines().filter_map(titled).collect()
    }

    /// Waits for a window with these words in its title.
    pub async fn window(&self, title: &str) -> Window {
        let look = async || self.windows().into_iter().find(|window| window.title.contains(title));
        self.until(&format!("a window titled {title}"), look).await
    }

    /// Waits until no window has these words in its title.
    pub async fn no_window(&self, title: &str) {
        let look = async || self.windows().iter().all(|window| !window.title.contains(title)).then_some(());
        self.until(&format!("the end of the window titled {title}"), look).await;
    }

    /// Waits until this colour, as `#0B62C4`, can be seen in the window.
    pub async fn colour(&self, window: &Window, colour: &str) {
        let list_colours = ["import", "-window", &window.id, "-depth", "8", "-format", "%c", "histogram:info:-"];
        let look = async || self.ask(&list_colours).ok()?.contains(colour).then_some(());
        self.until(&format!("the colour {colour} in the window {}", window.title), look).await;
    }

    /// Waits until the window shows only this colour.
    pub async fn is_filled(&self, window: &Window, colour: &str) {
        let list_colours = ["import", "-window", &window.id, "-depth", "8", "-format", "%c", "histogram:info:-"];
        let look = async || {
            let colours = self.ask(&list_colours).ok()?;
            (colours.trim().lines().count() == 1 && colours.contains(colour)).then_some(())
        };
        self.until(&format!("nothing but {colour} in the window {}", window.title), look).await;
    }

    /// Presses keys, one after the other, in this window.
    pub fn press(&self, window: &Window, keys: &[&str]) {
        self.in_window(window, &[&["key", "--clearmodifiers"], keys].concat());
    }

    /// Types a text in this window.
    pub fn write(&self, window: &Window, text: &str) {
        self.in_window(window, &["type", text]);
    }

    /// Clicks repeatedly at a point in this window, in quick succession.
    pub fn click(&self, window: &Window, right: u32, down: u32, times: u32) {
        let (right, down, times) = (right.to_string(), down.to_string(), times.to_string());
        let place = ["mousemove", "--window", &window.id, &right, &down];
        self.in_window(window, &[&place[..], &["click", "--repeat", &times, "--delay", "150", "1"]].concat());
    }

    /// Minimises the window.
    pub fn minimize(&self, window: &Window) {
        self.ask(&["xdotool", "windowminimize", "--sync", &window.id]).unwrap_or_else(|words| panic!("{words}"));
    }

    /// Closes the window as a click on its title bar does. A key would be lost while the focus changes.
    pub fn close(&self, window: &Window) {
        self.ask(&["wmctrl", "-i", "-c", &window.id]).unwrap_or_else(|words| panic!("{words}"));
    }

    fn in_window(&self, window: &Window, words: &[&str]) {
        let focus = ["xdotool", "windowactivate", "--sync", &window.id];
        self.ask(&[&focus[..], words].concat()).unwrap_or_else(|words| panic!("{words}"));
    }
}

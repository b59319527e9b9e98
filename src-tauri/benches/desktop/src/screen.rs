//! What can be seen on the display, asked often enough to time it.

use std::{collections::HashSet, error::Error, ffi::OsStr};

use x11rb::{
    connection::Connection,
    protocol::xproto::{AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, ImageFormat, MapState, Window},
    rust_connection::RustConnection,
};

use crate::desktop::Desktop;

/// The display of a desktop.
pub struct Screen {
    connection: RustConnection,
    root: Window,
    /// The window manager's list of windows.
    clients: u32,
    name: u32,
    close: u32,
}

/// The colour of the ring and of the main button, and the ground of the bare page; blue, green and red.
const ACCENT: [u8; 3] = [0x57, 0x6b, 0x1a];

/// How wide a strip is looked at, in pixels.
const STRIP: u16 = 8;

/// As many pixels of it are no edge of a letter.
const ENOUGH: usize = 80;

/// Bare ground has fewer colours, and so has one that is half laid; the edges of letters have more.
const COLOURS: usize = 4;

/// How much of a page can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// At most the ground.
    Nothing,
    /// Something else than what the program is there for.
    Other,
    /// What the program is there for: in ours the account and its token.
    Page,
}

impl Screen {
    /// Connects to it.
    pub fn of(desktop: &Desktop) -> Result<Screen, Box<dyn Error>> {
        let command = desktop.command("");
        let display = command.get_envs().find(|(name, _)| *name == "DISPLAY").and_then(|(_, value)| value);
        let (connection, number) = x11rb::connect(display.and_then(OsStr::to_str))?;
        let root = connection.setup().roots[number].root;
        let atom = |name: &str| Ok::<_, Box<dyn Error>>(connection.intern_atom(false, name.as_bytes())?.reply()?.atom);
        let (clients, name, close) = (atom("_NET_CLIENT_LIST")?, atom("_NET_WM_NAME")?, atom("_NET_CLOSE_WINDOW")?);
        Ok(Screen { connection, root, clients, name, close })
    }

    /// The visible window whose title begins so.
    pub fn window(&self, title: &str) -> Result<Option<Window>, Box<dyn Error>> {
        let clients =
            self.connection.get_property(false, self.root, self.clients, AtomEnum::WINDOW, 0, 100)?.reply()?;
        Ok(clients.value32().into_iter().flatten().find(|window| self.shows(*window, title).unwrap_or(false)))
    }

    /// What is drawn, by a strip down the middle: more would take from the programs what is measured.
    pub fn paint(&self, window: Window) -> Result<Paint, Box<dyn Error>> {
        let size = self.connection.get_geometry(window)?.reply()?;
        let middle = i16::try_from(size.width / 2)?;
        let image = self.connection.get_image(ImageFormat::Z_PIXMAP, window, middle, 0, STRIP, size.height, !0)?;
        Ok(Paint::of(&image.reply()?.data))
    }

    /// Asks the window manager to close it, as its button does.
    pub fn close(&self, window: Window) -> Result<(), Box<dyn Error>> {
        let message = ClientMessageEvent::new(32, window, self.close, [0, 2, 0, 0, 0]);
        let mask = EventMask::SUBSTRUCTURE_REDIRECT | EventMask::SUBSTRUCTURE_NOTIFY;
        self.connection.send_event(false, self.root, mask, message)?.check()?;
        Ok(())
    }

    /// An error means that the window has gone meanwhile.
    fn shows(&self, window: Window, title: &str) -> Result<bool, Box<dyn Error>> {
        let name = self.connection.get_property(false, window, self.name, AtomEnum::ANY, 0, 100)?.reply()?;
        let state = self.connection.get_window_attributes(window)?.reply()?.map_state;
        Ok(name.value.starts_with(title.as_bytes()) && state == MapState::VIEWABLE)
    }
}

impl Paint {
    /// Of pixels of four bytes.
    fn of(pixels: &[u8]) -> Paint {
        let pixels = || pixels.chunks_exact(4).map(|pixel| &pixel[..3]);
        if pixels().filter(|pixel| *pixel == ACCENT).count() > ENOUGH {
            Paint::Page
        } else if pixels().collect::<HashSet<_>>().len() >= COLOURS {
            Paint::Other
        } else {
            Paint::Nothing
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_alone_are_not_yet_the_page() {
        let ground = [[0xf3, 0xf5, 0xf4, 0]; 100].concat();
        let letters: Vec<u8> = (0..8).flat_map(|grey| [grey; 4]).collect();
        let button = [[ACCENT[0], ACCENT[1], ACCENT[2], 0]; 100].concat();
        assert_eq!(Paint::of(&ground), Paint::Nothing);
        assert_eq!(Paint::of(&[&ground[..], &letters].concat()), Paint::Other);
        assert_eq!(Paint::of(&[&ground[..], &letters, &button].concat()), Paint::Page);
    }
}

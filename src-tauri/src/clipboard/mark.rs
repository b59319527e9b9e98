//! Whether the clipboard's contents are still ours. It isn't read for that: a read may block, or ask for permission.

/// What the system reports about the clipboard's current contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark(u32);

impl Mark {
    /// Marks what was just copied; `None` if the system doesn't show whose it is.
    pub(super) fn of_what_is_there(wayland: bool) -> Option<Mark> {
        system::number(wayland).map(Mark)
    }

    /// For tests that don't use the clipboard.
    #[cfg(test)]
    pub(super) const fn of_anything() -> Mark {
        Mark(1)
    }

    /// Whether nobody has copied anything since.
    pub(super) fn is_still_there(self) -> bool {
        system::number(false) == Some(self.0)
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
mod system {
    use x11rb::{
        connection::Connection,
        protocol::xproto::ConnectionExt,
        rust_connection::{ReplyError, RustConnection},
    };

    /// The window that owns the X selection. Wayland doesn't report the owner of its own.
    pub(super) fn number(wayland: bool) -> Option<u32> {
        if wayland { None } else { owner().ok().filter(|owner| *owner != x11rb::NONE) }
    }

    fn owner() -> Result<u32, ReplyError> {
        let (connection, _) =
            RustConnection::connect(None).map_err(|_| x11rb::errors::ConnectionError::UnknownError)?;
        let clipboard = connection.intern_atom(true, b"CLIPBOARD")?.reply()?.atom;
        let owner = connection.get_selection_owner(clipboard)?.reply()?.owner;
        connection.flush()?;
        Ok(owner)
    }
}

#[cfg(windows)]
mod system {
    /// The clipboard's sequence number.
    pub(super) fn number(_wayland: bool) -> Option<u32> {
        clipboard_win::seq_num().map(std::num::NonZeroU32::get)
    }
}

#[cfg(target_os = "macos")]
mod system {
    /// The pasteboard's change count.
    pub(super) fn number(_wayland: bool) -> Option<u32> {
        u32::try_from(objc2_app_kit::NSPasteboard::generalPasteboard().changeCount()).ok()
    }
}

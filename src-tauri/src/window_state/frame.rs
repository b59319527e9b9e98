//! The main window's last size and place.

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, LogicalPosition, LogicalSize, PhysicalPosition, PhysicalSize, WebviewWindow};

/// A window's size, and its place if the system reveals it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Frame {
    /// In logical pixels, so that the size fits a screen with another scale.
    width: f64,
    height: f64,
    /// In physical pixels, of the whole desktop.
    place: Option<(i32, i32)>,
}

/// The smallest size that the page supports, in logical pixels.
pub(crate) const SMALLEST: LogicalSize<f64> = LogicalSize::new(360.0, 480.0);

/// How much of the title bar must be on a screen so that a person can drag it, in physical pixels.
const GRIP: (i32, i32) = (100, 30);

impl Frame {
    /// Returns the window's current frame, or `None` if it's maximized, full-screen or minimized.
    pub(crate) fn of(window: &WebviewWindow) -> Option<Frame> {
        if window.is_maximized().ok()? || window.is_fullscreen().ok()? || window.is_minimized().ok()? {
            return None;
        }
        let LogicalSize { width, height } = window.inner_size().ok()?.to_logical(window.scale_factor().ok()?);
        let place = window.outer_position().ok().map(|PhysicalPosition { x, y }| (x, y));
        Some(Frame { width, height, place })
    }

    /// Returns the size, limited to sensible values, because the file may have been edited.
    pub(crate) fn size(&self) -> LogicalSize<f64> {
        let at_least = |length: f64, least: f64| if length.is_finite() { length.clamp(least, 10_000.0) } else { least };
        LogicalSize::new(at_least(self.width, SMALLEST.width), at_least(self.height, SMALLEST.height))
    }

    /// Returns the window's place, or `None` if it's unknown or on none of the current screens.
    pub(crate) fn place(&self, app: &AppHandle) -> Option<LogicalPosition<f64>> {
        let (x, y) = self.place?;
        let screens = app.available_monitors().ok()?;
        let screen = screens.iter().find(|screen| holds(*screen.position(), *screen.size(), (x, y)))?;
        Some(PhysicalPosition::new(x, y).to_logical(screen.scale_factor()))
    }
}

fn holds(at: PhysicalPosition<i32>, size: PhysicalSize<u32>, (x, y): (i32, i32)) -> bool {
    let within = |place: i32, from: i32, length: u32, grip: i32| {
        let (place, from) = (i64::from(place), i64::from(from));
        place >= from && place + i64::from(grip) <= from + i64::from(length)
    };
    within(x, at.x, size.width, GRIP.0) && within(y, at.y, size.height, GRIP.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_put_back_only_where_a_person_can_get_hold_of_it() {
        let second = |place| holds(PhysicalPosition::new(1920, 0), PhysicalSize::new(1280, 1024), place);
        assert!(second((1920, 0)));
        assert!(second((3100, 994)));
        for beyond in [(1919, 0), (1920, -1), (3101, 0), (1920, 995), (i32::MAX, i32::MAX), (i32::MIN, 0)] {
            assert!(!second(beyond), "{beyond:?}");
        }
    }

    #[test]
    fn whatever_the_file_says_the_page_fits_in() {
        for (width, height) in [(0.0, 0.0), (-5.0, f64::NAN), (f64::NEG_INFINITY, 1.0)] {
            assert_eq!(Frame { width, height, place: None }.size(), SMALLEST);
        }
        let size = Frame { width: 500.0, height: 700.0, place: None }.size();
        assert_eq!(size, LogicalSize::new(500.0, 700.0));
    }
}

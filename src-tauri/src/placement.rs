//! Where a window goes so that it does not lie on the one it belongs to.

use tauri::{PhysicalPosition, PhysicalSize, WebviewWindow};

/// A rectangle of the screen, in physical pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Area {
    left: i32,
    top: i32,
    width: i32,
    height: i32,
}

/// The gap between the two windows, in physical pixels.
const GAP: i32 = 16;

/// Where a window of this size goes beside `window`; `None` where the system does not tell.
pub(crate) fn beside(window: &WebviewWindow, size: PhysicalSize<u32>) -> Option<PhysicalPosition<i32>> {
    let screen = window.current_monitor().ok().flatten()?;
    let screen = Area::new(*screen.position(), *screen.size())?;
    let own = Area::new(window.outer_position().ok()?, window.outer_size().ok()?)?;
    Some(place(own, i32::try_from(size.width).ok()?, i32::try_from(size.height).ok()?, screen))
}

/// Beside `own` on the side with more room, at the same height, and never beyond the screen: where that leaves too
/// little room, it covers as little of `own` as it can.
fn place(own: Area, width: i32, height: i32, screen: Area) -> PhysicalPosition<i32> {
    let (right, bottom) = (screen.left + screen.width, screen.top + screen.height);
    let room_on_the_right = right - (own.left + own.width);
    let x =
        if room_on_the_right >= own.left - screen.left { own.left + own.width + GAP } else { own.left - GAP - width };
    let fit = |at: i32, first: i32, last: i32| at.clamp(first, last.max(first));
    PhysicalPosition::new(fit(x, screen.left, right - width), fit(own.top, screen.top, bottom - height))
}

impl Area {
    fn new(at: PhysicalPosition<i32>, size: PhysicalSize<u32>) -> Option<Area> {
        let (width, height) = (i32::try_from(size.width).ok()?, i32::try_from(size.height).ok()?);
        Some(Area { left: at.x, top: at.y, width, height })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: Area = Area { left: 0, top: 0, width: 1920, height: 1080 };

    fn placed(left: i32, top: i32) -> (i32, i32) {
        let at = place(Area { left, top, width: 440, height: 640 }, 500, 680, SCREEN);
        (at.x, at.y)
    }

    #[test]
    fn it_goes_to_the_side_with_more_room() {
        assert_eq!(placed(700, 200), (1156, 200));
        assert_eq!(placed(1400, 200), (884, 200));
    }

    #[test]
    fn it_never_leaves_the_screen() {
        assert_eq!(placed(100, 900), (556, 400));
        assert_eq!(placed(100, -50), (556, 0));
    }

    #[test]
    fn on_a_small_screen_it_covers_as_little_as_it_can() {
        let screen = Area { width: 1300, ..SCREEN };
        let at = place(Area { left: 430, top: 0, width: 440, height: 640 }, 500, 680, screen);
        assert_eq!((at.x, at.y), (800, 0));
        let tiny = Area { width: 400, height: 300, ..SCREEN };
        let at = place(Area { left: 0, top: 0, width: 440, height: 640 }, 500, 680, tiny);
        assert_eq!((at.x, at.y), (0, 0));
    }
}

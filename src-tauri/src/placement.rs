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

/// Where a window of this size goes beside `window`; `None` where the system does not tell, or no side has room.
pub(crate) fn beside(window: &WebviewWindow, size: PhysicalSize<u32>) -> Option<PhysicalPosition<i32>> {
    let screen = window.current_monitor().ok().flatten()?;
    let screen = Area::new(*screen.position(), *screen.size())?;
    let own = Area::new(window.outer_position().ok()?, window.outer_size().ok()?)?;
    place(own, i32::try_from(size.width).ok()?, i32::try_from(size.height).ok()?, screen)
}

/// Right of `own`, else left of it, at the same height as far as the screen goes.
fn place(own: Area, width: i32, height: i32, screen: Area) -> Option<PhysicalPosition<i32>> {
    let right = own.left + own.width + GAP;
    let left = own.left - GAP - width;
    let x = if right + width <= screen.left + screen.width {
        right
    } else if left >= screen.left {
        left
    } else {
        return None;
    };
    let lowest = (screen.top + screen.height - height).max(screen.top);
    Some(PhysicalPosition::new(x, own.top.clamp(screen.top, lowest)))
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

    fn placed(left: i32, top: i32) -> Option<(i32, i32)> {
        let own = Area { left, top, width: 440, height: 640 };
        place(own, 500, 680, SCREEN).map(|at| (at.x, at.y))
    }

    #[test]
    fn it_goes_right_where_there_is_room_and_left_where_there_is_not() {
        assert_eq!(placed(700, 200), Some((1156, 200)));
        assert_eq!(placed(1400, 200), Some((884, 200)));
    }

    #[test]
    fn it_never_leaves_the_screen() {
        assert_eq!(placed(100, 900), Some((556, 400)));
        assert_eq!(placed(100, -50), Some((556, 0)));
    }

    #[test]
    fn a_small_screen_has_no_place_beside() {
        let screen = Area { width: 1000, ..SCREEN };
        assert_eq!(place(Area { left: 280, top: 0, width: 440, height: 640 }, 500, 680, screen), None);
    }
}

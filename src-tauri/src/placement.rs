//! Where to place a window so that it doesn't cover the one it belongs to.

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

/// Where a window goes, and how large it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) at: PhysicalPosition<i32>,
    pub(crate) size: PhysicalSize<u32>,
}

/// Returns the place for a window of this size beside `window`; if there's little room, it's narrower, down to
/// `narrowest`. Returns `None` if the system doesn't report positions.
pub(crate) fn beside(window: &WebviewWindow, size: PhysicalSize<u32>, narrowest: u32) -> Option<Place> {
    let screen = window.current_monitor().ok().flatten()?;
    let screen = Area::new(*screen.position(), *screen.size())?;
    let own = Area::new(window.outer_position().ok()?, window.outer_size().ok()?)?;
    place(own, size, narrowest, screen)
}

/// Returns a place on the side of `own` with more room (the right if both have the same), at the same height, and never
/// beyond the screen. If there's too little room even for a narrow window, it covers as little of `own` as possible.
fn place(own: Area, size: PhysicalSize<u32>, narrowest: u32, screen: Area) -> Option<Place> {
    let (right, bottom) = (screen.left + screen.width, screen.top + screen.height);
    let (on_the_left, on_the_right) = (own.left - screen.left - GAP, right - (own.left + own.width) - GAP);
    let room = u32::try_from(on_the_left.max(on_the_right)).unwrap_or_default();
    let size = PhysicalSize { width: size.width.min(room.max(narrowest)), ..size };
    let (width, height) = (i32::try_from(size.width).ok()?, i32::try_from(size.height).ok()?);
    // If both sides are narrow, the frame's width mustn't decide: lines begin on the left.
    let x = if on_the_right + GAP >= on_the_left { own.left + own.width + GAP } else { own.left - GAP - width };
    let fit = |at: i32, first: i32, last: i32| at.clamp(first, last.max(first));
    let at = PhysicalPosition::new(fit(x, screen.left, right - width), fit(own.top, screen.top, bottom - height));
    Some(Place { at, size })
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

    fn placed(left: i32, top: i32, screen: Area) -> (i32, i32, u32) {
        let size = PhysicalSize::new(500, 680);
        let Place { at, size } = place(Area { left, top, width: 440, height: 640 }, size, 400, screen).unwrap();
        (at.x, at.y, size.width)
    }

    #[test]
    fn it_goes_to_the_side_with_more_room() {
        assert_eq!(placed(700, 200, SCREEN), (1156, 200, 500));
        assert_eq!(placed(1400, 200, SCREEN), (884, 200, 500));
    }

    #[test]
    fn it_never_leaves_the_screen() {
        assert_eq!(placed(100, 900, SCREEN), (556, 400, 500));
        assert_eq!(placed(100, -50, SCREEN), (556, 0, 500));
    }

    #[test]
    fn where_there_is_little_room_it_is_narrower_and_covers_as_little_as_it_can() {
        let wide = |width| Area { width, ..SCREEN };
        assert_eq!(placed(430, 0, wide(1300)), (886, 0, 414));
        for left in [280, 284] {
            assert_eq!(
                placed(left, 0, wide(1000)),
                (600, 0, 400),
                "what stands in the middle of the other can be read"
            );
        }
        assert_eq!(placed(0, 0, wide(300)), (0, 0, 400));
    }
}

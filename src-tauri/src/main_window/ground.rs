//! The window's background before its page is drawn: the page's own colour, so that nothing flashes.

use tauri::{Theme, WebviewWindow, window::Color};

const LIGHT: Color = Color(0xf4, 0xf5, 0xf3, 0xff);
const DARK: Color = Color(0x13, 0x16, 0x15, 0xff);

/// Sets the background, which is dark if the system's theme is.
pub(super) fn lay(window: &WebviewWindow) -> tauri::Result<()> {
    let ground = if window.theme()? == Theme::Dark { DARK } else { LIGHT };
    window.set_background_color(Some(ground))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ground_is_the_pages() {
        let style = include_str!("../../../ui/css/colours.css");
        let grounds: String = style.lines().filter(|line| line.trim().starts_with("--ground: ")).collect();
        let [light, dark] = [LIGHT, DARK].map(|Color(red, green, blue, _)| format!("#{red:02x}{green:02x}{blue:02x}"));
        assert!(grounds.find(&light).is_some_and(|light| grounds[light..].contains(&dark)), "{grounds}");
    }
}

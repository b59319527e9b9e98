//! A real Chromium as the person's own browser.

use std::fs;

use crate::desktop::Desktop;

/// Whether it's installed: not every system packages it.
pub fn is_there(desktop: &Desktop) -> bool {
    desktop.ask(&["chromium", "--version"]).is_ok()
}

/// Makes Chromium the browser of this desktop, as its own installation and a person's choice would.
pub fn install(desktop: &Desktop) {
    let applications = desktop.path("home/.local/share/applications");
    for folder in [&applications, &desktop.path("home/.config")] {
        fs::create_dir_all(folder).expect("a folder can be made");
    }
    let profile = desktop.path("home/.config/browser");
    let entry = format!(
        "[Desktop Entry]\nType=Application\nName=Browser\nExec=chromium {OPTIONS} --user-data-dir={} %U\n\
         MimeType=x-scheme-handler/http;x-scheme-handler/https;\n",
        profile.display()
    );
    fs::write(applications.join("browser.desktop"), entry).expect("a file can be written");
    let chosen =
        "[Default Applications]\nx-scheme-handler/http=browser.desktop\nx-scheme-handler/https=browser.desktop\n";
    fs::write(desktop.path("home/.config/mimeapps.list"), chosen).expect("a file can be written");
}

/// What a browser in a test needs: it runs as any user, without a first-run prompt or a graphics card.
const OPTIONS: &str = "--no-sandbox --no-first-run --no-default-browser-check --password-store=basic --disable-gpu \
                       --disable-background-networking --disable-sync --disable-component-update";

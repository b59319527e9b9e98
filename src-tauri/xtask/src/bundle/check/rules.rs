//! The tools with which distributions check a package.

use std::path::Path;

use super::Ground;
use crate::{bundle::metainfo, process};

/// Fails if a tool reports an error; shows mere remarks.
pub fn check(ground: &Ground, package: &Path, unpacked: &Path) -> Result<(), String> {
    process::run(process::program("lintian").args(["--fail-on", "error"]).arg(package))?;
    let entry = unpacked.join("usr/share/applications/spartan-tray.desktop");
    process::run(process::program("desktop-file-validate").arg(entry))?;
    let page = unpacked.join("usr/share/metainfo/app.spartantray.SpartanTray.metainfo.xml");
    process::run(process::program("appstreamcli").args(["validate", "--no-net", "--explain"]).arg(page))?;
    // As in a release, with links and screenshots.
    let page =
        ground.stage_text("release.metainfo.xml", metainfo::with_links(ground, "https://example.org/spartan-tray")?)?;
    process::run(process::program("appstreamcli").args(["validate", "--no-net", "--explain"]).arg(page))
}

//! Tauri's bundler, and its settings in addition to `tauri.conf.json`.

use std::{env, fs, path::Path};

use serde_json::{Value, json};

use super::{Ground, Programs, deb, linux, needs, notices, tools};
use crate::{
    order::{AppImage, Bundle},
    process,
};

/// Creates the installable packages of the target, in the folder of packages.
pub fn run(ground: &Ground, programs: &Programs, wanted: &Bundle) -> Result<(), String> {
    let (kinds, settings) = if ground.is_for("linux") {
        (kinds_for_linux(wanted), for_linux(ground, programs)?)
    } else {
        (vec![if ground.is_for("windows") { "nsis" } else { "dmg" }], for_others(ground, programs)?)
    };
    let settings = ground.stage_text("tauri.json", settings.to_string())?;
    if ground.is_for("linux") {
        [&ground.stage, &programs.tray, &programs.spartan].into_iter().try_for_each(|file| ground.set_times(file))?;
    }
    let mut tauri = tools::tauri()?;
    // Otherwise the bundler would write the package type into the program: nothing here reads it, and it breaks
    // signatures.
    tauri.args(["bundle", "--ci", "--no-binary-patching", "--bundles", &kinds.join(","), "--config"]).arg(settings);
    if let Some(file) = &wanted.settings {
        tauri.arg("--config").arg(file);
    }
    if ground.target_is_named {
        tauri.args(["--target", &ground.target]);
    }
    tauri.env("CARGO_TARGET_DIR", &ground.builds).env("SOURCE_DATE_EPOCH", &ground.commit.epoch);
    tauri.envs(env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with(process::SIGNING)));
    process::run(&mut tauri)?;
    for kind in &kinds {
        collect(ground, &ground.built().join("bundle").join(kind))?;
    }
    if kinds.contains(&"deb") { deb::lay_out(ground, programs) } else { Ok(()) }
}

fn kinds_for_linux(wanted: &Bundle) -> Vec<&'static str> {
    match wanted.app_image {
        AppImage::Online => vec!["deb", "rpm", "appimage"],
        AppImage::Offline if has_tools_for_app_image() => vec!["deb", "rpm", "appimage"],
        AppImage::Offline => {
            println!(
                "No AppImage: the bundler's programs for it are not on this machine. With --appimage it fetches them from the network."
            );
            vec!["deb", "rpm"]
        }
    }
}

fn has_tools_for_app_image() -> bool {
    let caches = env::var_os("XDG_CACHE_HOME").map(Into::into);
    let caches = caches.or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".cache")));
    let names: Vec<_> =
        caches.iter().flat_map(|caches| fs::read_dir(caches.join("tauri"))).flatten().flatten().collect();
    ["AppRun-", "linuxdeploy-0"]
        .iter()
        .all(|begin| names.iter().any(|entry| entry.file_name().to_string_lossy().starts_with(begin)))
}

fn for_linux(ground: &Ground, programs: &Programs) -> Result<Value, String> {
    let deb = linux::files(ground, programs, linux::Kind::Deb)?;
    let rpm = linux::files(ground, programs, linux::Kind::Rpm)?;
    // It contains what a package contains, with the licences uncompressed.
    let app_image = rpm.clone();
    let pictures = ["16x16", "24x24", "32x32", "48x48", "64x64", "128x128", "256x256", "icon"];
    Ok(json!({
        // The name of packages, files and the desktop file; the name that people see is in the desktop file's template.
        "productName": "spartan-tray",
        "bundle": {
            "homepage": ground.repository,
            "publisher": ground.commit.author,
            "icon": pictures.map(|name| format!("icons/{name}.png")),
            "linux": {
                "deb": { "files": deb },
                "rpm": { "files": rpm, "depends": needs::rpm(ground, programs)? },
                "appimage": { "files": app_image },
            },
        },
    }))
}

/// On Windows and macOS, `spartan` is beside the program and is signed with it.
fn for_others(ground: &Ground, programs: &Programs) -> Result<Value, String> {
    let suffix = if ground.is_for("windows") { ".exe" } else { "" };
    let beside = ground.staged(&format!("spartan-{}{suffix}", ground.target))?;
    fs::copy(&programs.spartan, &beside)
        .map_err(|error| format!("{} could not be copied: {error}.", beside.display()))?;
    let resources = json!({
        ground.stage.join(notices::NAME).display().to_string(): format!("{}.txt", notices::NAME),
        process::checkout().join("LICENSE-MIT").display().to_string(): "LICENSE-MIT.txt",
        process::checkout().join("LICENSE-APACHE").display().to_string(): "LICENSE-APACHE.txt",
    });
    let spartan = ground.stage.join("spartan");
    Ok(json!({ "bundle": { "homepage": ground.repository, "externalBin": [spartan], "resources": resources } }))
}

fn collect(ground: &Ground, folder: &Path) -> Result<(), String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{} could not be read: {error}.", folder.display()))?;
    for file in entries.flatten().map(|entry| entry.path()).filter(|path| is_package(path)) {
        let name = file.file_name().unwrap_or_default().to_string_lossy().replace(' ', "-");
        fs::copy(&file, ground.packages.join(&name))
            .map_err(|error| format!("{name} could not be copied: {error}."))?;
    }
    Ok(())
}

/// The bundler's intermediate files are beside its packages.
fn is_package(path: &Path) -> bool {
    path.extension().is_some_and(|end| ["deb", "rpm", "AppImage", "exe", "dmg"].iter().any(|package| end == *package))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_bundler_needed_itself_is_no_package() {
        assert!(is_package(Path::new("Spartan Tray_0.1.0_x64-setup.exe")));
        assert!(is_package(Path::new("spartan-tray_0.1.0_amd64.AppImage")));
        assert!(!is_package(Path::new("bundle_dmg.sh")));
    }
}

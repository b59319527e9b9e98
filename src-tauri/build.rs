//! Compiles `tauri.conf.json`, the capability and the permissions into the program.

use std::env;

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/permissions");
    println!("cargo:rerun-if-env-changed=SPARTAN_TRAY_CLIENT_ID");
    println!("cargo:rerun-if-env-changed=SPARTAN_TRAY_REPOSITORY");
    // The package's root is the top level: Tauri's own places would lie there too.
    let manifest = tauri_build::AppManifest::new().permissions_path_pattern("src-tauri/permissions/*.toml");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("src-tauri/capabilities/*.json")
        .app_manifest(manifest);
    tauri_build::try_build(attributes).unwrap_or_else(|error| panic!("{error:#}"));
    leave_out_unwinding();
}

/// In a release a panic ends the program, and what it takes to unwind instead would be a tenth of it.
fn leave_out_unwinding() {
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|is| is == value);
    if is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux") {
        println!("cargo:rerun-if-changed=src-tauri/release.ld");
        let folder = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
        println!("cargo:rustc-link-arg-bins=-T{folder}/src-tauri/release.ld");
    }
}

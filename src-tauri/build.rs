//! Compiles `tauri.conf.json`, the capability and the permissions into the program.

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/permissions");
    println!("cargo:rerun-if-env-changed=SPARTAN_TRAY_CLIENT_ID");
    // The package's root is the top level: Tauri's own places would lie there too.
    let manifest = tauri_build::AppManifest::new().permissions_path_pattern("src-tauri/permissions/*.toml");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("src-tauri/capabilities/*.json")
        .app_manifest(manifest);
    tauri_build::try_build(attributes).unwrap_or_else(|error| panic!("{error:#}"));
}

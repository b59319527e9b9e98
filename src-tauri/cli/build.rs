//! Links the command: without a runtime that a Windows computer may lack, and without tables for unwinding on Linux.

use std::env;

fn main() {
    static_vcruntime::metabuild();
    leave_out_unwinding();
}

/// In a release a panic ends the program, and what it takes to unwind instead would be a seventh of it.
fn leave_out_unwinding() {
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|is| is == value);
    if is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux") {
        println!("cargo:rerun-if-changed=../release.ld");
        let folder = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
        println!("cargo:rustc-link-arg-bins=-T{folder}/../release.ld");
    }
}

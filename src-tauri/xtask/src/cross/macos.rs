//! `cargo xtask macos`: checks the workspace for macOS, with zig instead of Apple's C compiler.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::Stdio,
};

use super::{
    crates,
    folder::Folder,
    install, plan,
    visit::{self, CHECKOUT, Visit},
};
use crate::{order::Consent, process, set_up::Purpose};

/// Debian's packages for the checks.
const NEEDS: &[&str] = &["rustc", "cargo", "rust-src", "rust-clippy", "gcc", "libc6-dev"];

/// The compiler's name on `PyPI`, with a fixed version.
const ZIG: &str = "ziglang==0.15.2";

/// Where it's mounted.
const THERE: &str = "/zig";

/// The two scripts that replace Apple's tools.
const ENVIRONMENT: &[(&str, &str)] = &[("CC_aarch64_apple_darwin", "/zig/cc"), ("AR_aarch64_apple_darwin", "/zig/ar")];

/// Checks and lints; linking isn't possible without Apple's libraries.
pub fn run(consent: Consent) -> Result<(), String> {
    let folder = Folder::ready(Purpose::Macos, consent)?;
    install::missing(&folder, NEEDS)?;
    let registry = crates::fetch(&folder)?;
    let zig = zig(&folder)?;
    let visit = Visit::open(&folder, &[(&registry, crates::THERE), (&zig, THERE)])?;
    for step in plan::MACOS_CHECKS {
        println!("\n=== {}", step.headline);
        let mut cargo = visit.command(CHECKOUT, &[plan::ENVIRONMENT, ENVIRONMENT].concat(), "cargo");
        visit::run(cargo.args(step.words())).map_err(|words| format!("{words}\nFailed at: {}.", step.headline))?;
    }
    println!("\n=== Summary");
    for step in plan::MACOS_CHECKS {
        println!("Passed: {}.", step.headline);
    }
    println!("Nothing was linked or run: that takes a Mac.");
    Ok(())
}

/// Returns the folder with the compiler and the scripts, downloaded once.
fn zig(folder: &Folder) -> Result<PathBuf, String> {
    let place = folder.beside("zig");
    if !place.join("ziglang/zig").exists() {
        let python = folder.beside("python");
        process::run(process::program("python3").args(["-m", "venv", "--clear"]).arg(&python))?;
        let mut pip = process::program(python.join("bin/python"));
        process::run(pip.args(["-m", "pip", "install", "--quiet", "--upgrade", "--target"]).arg(&place).arg(ZIG))?;
    }
    script(&place.join("cc"), CC)?;
    script(&place.join("ar"), AR)?;
    Ok(place)
}

fn script(at: &Path, text: &str) -> Result<(), String> {
    let failed = |error| format!("{} could not be written: {error}.", at.display());
    let mut install = process::program("install");
    let mut child = install.args(["-m", "755", "/dev/stdin"]).arg(at).stdin(Stdio::piped()).spawn().map_err(failed)?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(text.as_bytes()).map_err(failed)?;
    }
    process::ended_well("install", child.wait().map_err(failed)?)
}

/// Translates the arguments for Apple's compiler into zig's. Objective-C needs Apple's headers, so it's replaced by an
/// empty file.
const CC: &str = r#"#!/bin/sh
count=$#
while [ "$count" -gt 0 ]; do
    case $1 in
    --target=* | -mmacosx-version-min=*) ;;
    -arch | -isysroot) shift; count=$((count - 1)) ;;
    *.m) set -- "$@" -x c /dev/null ;;
    *) set -- "$@" "$1" ;;
    esac
    shift
    count=$((count - 1))
done
exec /zig/ziglang/zig cc -target aarch64-macos "$@"
"#;

const AR: &str = "#!/bin/sh\nexec /zig/ziglang/zig ar \"$@\"\n";

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what the compiler's script passes on, one argument a line.
    fn passed_on(words: &[&str]) -> String {
        let echo = CC.replace("exec /zig/ziglang/zig", "printf '%s\\n'");
        process::output(process::program("sh").args(["-c", &echo, "cc"]).args(words)).unwrap()
    }

    #[test]
    fn what_only_apples_compiler_takes_is_left_out() {
        let words =
            ["-O3", "-arch", "arm64", "--target=arm64-apple-macosx", "-isysroot", "/a b", "-c", "x y.c", "-o", "x.o"];
        assert_eq!(passed_on(&words), "cc\n-target\naarch64-macos\n-O3\n-c\nx y.c\n-o\nx.o\n");
    }

    #[test]
    fn in_the_place_of_objective_c_nothing_is_compiled() {
        assert_eq!(
            passed_on(&["-c", "a.m", "-o", "a.o"]),
            "cc\n-target\naarch64-macos\n-c\n-x\nc\n/dev/null\n-o\na.o\n"
        );
    }
}

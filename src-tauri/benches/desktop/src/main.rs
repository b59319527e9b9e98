//! How heavy the program is: `cargo xtask bench desktop` builds what this measures and starts it.

#[cfg(target_os = "linux")]
#[tokio::main]
async fn main() -> std::process::ExitCode {
    bench_desktop::run(std::env::args().skip(1)).await
}

#[cfg(not(target_os = "linux"))]
fn main() -> std::process::ExitCode {
    eprintln!("Only Linux has a desktop that can be had without a screen.");
    std::process::ExitCode::FAILURE
}

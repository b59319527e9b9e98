//! Any text as what a person pastes.
#![no_main]

#[path = "../properties/lines.rs"]
mod lines;

libfuzzer_sys::fuzz_target!(|text: &str| lines::holds(text));

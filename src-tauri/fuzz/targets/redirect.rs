//! Any text as the address on which a sign-in might end.
#![no_main]

#[path = "../properties/redirect.rs"]
mod redirect;

libfuzzer_sys::fuzz_target!(|address: &str| redirect::holds(address));

//! Any bytes as the sealed file, and as what was done to one.
#![no_main]

#[path = "../properties/sealed.rs"]
mod sealed;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    sealed::holds(bytes);
    sealed::holds_for_a_changed_file(bytes);
});

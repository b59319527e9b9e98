//! Any text as a time, and any time in each spelling.
#![no_main]

#[path = "../properties/times.rs"]
mod times;

libfuzzer_sys::fuzz_target!(|time: (&str, i64, u32, u8, i16)| {
    let (text, second, nanosecond, digits, offset) = time;
    times::holds(text);
    times::holds_for_a_spelling(second, nanosecond, digits, offset);
});

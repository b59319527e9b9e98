//! Any answer to any leg: status, the header that may carry a code or a wait, body.
#![no_main]

#[path = "../properties/answers.rs"]
mod answers;

libfuzzer_sys::fuzz_target!(|came: (u8, u16, &str, &[u8])| {
    let (leg, status, header, body) = came;
    answers::holds(leg, status, header, body);
});

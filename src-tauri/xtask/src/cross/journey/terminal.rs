//! Ctrl-C in a terminal in which one program has started another.

use std::{
    io::{Read, Write},
    process::{Command, Output, Stdio},
};

/// What a terminal sends for Ctrl-C.
const CTRL_C: &[u8] = &[3];

/// Waits until the terminal shows `sign`, presses Ctrl-C, and returns everything it showed.
pub fn interrupt(terminal: &mut Command, sign: &str) -> Result<Output, String> {
    let failed = |error: std::io::Error| format!("The terminal failed: {error}.");
    terminal.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = terminal.spawn().map_err(failed)?;
    let (Some(mut keys), Some(mut screen)) = (child.stdin.take(), child.stdout.take()) else {
        return Err("The terminal has no keys or no screen.".to_owned());
    };
    let mut shown = Vec::new();
    until(&mut screen, sign, &mut shown).map_err(failed)?;
    keys.write_all(CTRL_C).map_err(failed)?;
    screen.read_to_end(&mut shown).map_err(failed)?;
    let output = child.wait_with_output().map_err(failed)?;
    Ok(Output { stdout: shown, ..output })
}

/// Reads until `sign` or the end of the output.
fn until(screen: &mut impl Read, sign: &str, shown: &mut Vec<u8>) -> std::io::Result<()> {
    let mut part = [0; 1024];
    while !shown.windows(sign.len()).any(|window| window == sign.as_bytes()) {
        let read = screen.read(&mut part)?;
        if read == 0 {
            return Ok(());
        }
        shown.extend_from_slice(&part[..read]);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_is_found_where_it_comes_in_parts() {
        let mut screen = (&b"Open it and en"[..]).chain(&b"ter"[..]).chain(&b": AB"[..]);
        let mut shown = Vec::new();
        until(&mut screen, "and enter", &mut shown).unwrap();
        assert_eq!(shown, b"Open it and enter");
    }

    #[test]
    fn a_screen_that_ends_without_it_ends_the_wait() {
        let mut shown = Vec::new();
        until(&mut &b"nothing"[..], "and enter", &mut shown).unwrap();
        assert_eq!(shown, b"nothing");
    }
}

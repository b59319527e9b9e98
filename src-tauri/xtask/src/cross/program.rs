//! The header of a Windows program: whether the system gives it a console.

/// The subsystem of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subsystem {
    /// It only has windows: no console opens with it.
    Windows,
    /// It's attached to the console from which it was started.
    Console,
}

/// The position of the header's offset in the file.
const LINK: usize = 0x3c;
/// The position of the subsystem in the header: after its signature, 20 bytes of file header and 68 bytes of optional
/// header.
const SUBSYSTEM: usize = 4 + 20 + 68;

/// Reads the subsystem from the bytes of an `.exe`; `None` if they aren't a Windows program.
pub fn subsystem(bytes: &[u8]) -> Option<Subsystem> {
    let link: [u8; 4] = bytes.get(LINK..LINK + 4)?.try_into().ok()?;
    let header = bytes.get(usize::try_from(u32::from_le_bytes(link)).ok()?..)?;
    if !header.starts_with(b"PE\0\0") {
        return None;
    }
    match header.get(SUBSYSTEM..SUBSYSTEM + 2)? {
        [2, 0] => Some(Subsystem::Windows),
        [3, 0] => Some(Subsystem::Console),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(subsystem: u8) -> Vec<u8> {
        let mut bytes = vec![0; 0x200];
        bytes[LINK] = 0x80;
        bytes[0x80..0x84].copy_from_slice(b"PE\0\0");
        bytes[0x80 + SUBSYSTEM] = subsystem;
        bytes
    }

    #[test]
    fn the_header_tells_whether_a_console_belongs_to_the_program() {
        assert_eq!(subsystem(&program(2)), Some(Subsystem::Windows));
        assert_eq!(subsystem(&program(3)), Some(Subsystem::Console));
    }

    #[test]
    fn what_is_no_windows_program_has_none() {
        let mut elsewhere = program(3);
        elsewhere[LINK + 3] = 0xff;
        for bytes in [&b"\x7fELF"[..], &[], &program(1), &elsewhere, &vec![0; 0x200]] {
            assert_eq!(subsystem(bytes), None);
        }
    }
}

//! What the header of a Windows program says: whether the system gives it a console.

/// Where a program's words go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subsystem {
    /// It has windows alone: no console opens with it.
    Windows,
    /// It is attached to the console that it was started from.
    Console,
}

/// Where the offset of the header stands in the file.
const LINK: usize = 0x3c;
/// Where the subsystem stands, from the header on: after its mark, the file's part of 20 bytes and 68 of the program's.
const SUBSYSTEM: usize = 4 + 20 + 68;

/// Reads it from the bytes of an `.exe`; nothing where they are no such program.
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

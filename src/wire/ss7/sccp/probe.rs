//! Whether octets look like a message of SCCP: for those who have to find out where it starts.

use super::{MessageType, Sccp};

/// True where a message type is followed by what it must have, up to the end. Addresses are not looked into: those of
/// ANSI have another order.
pub fn probe(octets: &[u8]) -> bool {
    let Some((&code, rest)) = octets.split_first() else { return false };
    // Octets before the pointers, the parameters that these lead to, and whether a pointer to options follows.
    let (fixed, variable, options) = match MessageType(code) {
        MessageType::CR => (4usize, 1usize, true),
        MessageType::CC => (7, 0, true),
        MessageType::CREF => (4, 0, true),
        MessageType::RLSD => (7, 0, true),
        MessageType::RLC => (6, 0, false),
        MessageType::DT1 => (4, 1, false),
        MessageType::DT2 => (5, 1, false),
        MessageType::AK => (5, 0, false),
        MessageType::ED => (3, 1, false),
        MessageType::EA => (3, 0, false),
        MessageType::RSR => (7, 0, false),
        MessageType::RSC => (6, 0, false),
        MessageType::ERR => (4, 0, false),
        MessageType::IT => (10, 0, false),
        MessageType::UDT | MessageType::UDTS => (1, 3, false),
        MessageType::XUDT | MessageType::XUDTS => (2, 3, true),
        MessageType::LUDT | MessageType::LUDTS => {
            return Sccp::parse(octets).is_ok_and(|message| message.stop.is_none());
        }
        _ => return false,
    };
    let mut end = fixed.saturating_add(variable).saturating_add(usize::from(options));
    for index in 0..variable {
        let at = fixed.saturating_add(index);
        let Some(start) =
            rest.get(at).filter(|pointer| **pointer != 0).map(|pointer| at.saturating_add(usize::from(*pointer)))
        else {
            return false;
        };
        let Some(length) = rest.get(start) else { return false };
        end = end.max(start.saturating_add(1).saturating_add(usize::from(*length)));
    }
    if options {
        let at = fixed.saturating_add(variable);
        let Some(&pointer) = rest.get(at) else { return false };
        if pointer != 0 {
            let mut start = at.saturating_add(usize::from(pointer));
            // Each option moves on by two octets at least, so that this ends.
            while let Some(&[name, length]) = rest.get(start..).and_then(|rest| rest.first_chunk::<2>())
                && name != 0
            {
                start = start.saturating_add(2).saturating_add(usize::from(length));
            }
            if rest.get(start) != Some(&0) {
                return false;
            }
            end = end.max(start.saturating_add(1));
        }
    }
    end == rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn looks_like_sccp() {
        let udt = [0x09, 0x00, 0x03, 0x05, 0x07, 0x02, 0x42, 0x08, 0x02, 0x42, 0x08, 0x02, 0xaa, 0xbb];
        assert!(probe(&udt) && !probe(&udt[1..]) && !probe(&udt[..13]));
        assert!(probe(&[0x06, 1, 2, 3, 0, 1, 2, 0xaa, 0xbb]));
        // CREF with options: one of two octets, the end
        assert!(probe(&[0x03, 1, 2, 3, 0, 1, 0x0f, 0x01, 0xaa, 0x00]));
        assert!(probe(&[0x03, 1, 2, 3, 0, 0]) && !probe(&[0x03, 1, 2, 3, 0, 1]));
    }

    proptest! {
        #[test]
        fn any_octets(octets in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = probe(&octets);
        }
    }
}

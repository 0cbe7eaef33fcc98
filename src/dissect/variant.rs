//! Whose MTP3 it is, where nobody said: by what makes sense.
//!
//! Neither the service information octet nor a link tells it. So the message is read as each of the variants, and the
//! one is taken of which the user part can be read to its last octet. Where several or none can, the ITU's comes first.

use crate::wire::sigtran::mtp3::{self, is_test, management_name};
use crate::wire::sigtran::{Mtp3, Variant, service_indicator};
use crate::wire::ss7::isup::{self, CircuitWidth, Isup, circuit};
use crate::wire::ss7::sccp;

/// The variant of a message signal unit.
pub(super) fn of_message(octets: &[u8]) -> Variant {
    if mtp3::service_indicator(octets) == Some(service_indicator::SNM) {
        return of_management(octets);
    }
    let fits = |variant: Variant| Mtp3::parse(octets, variant).is_ok_and(|msu| is_user(msu.si, msu.data));
    // Between ANSI and China, which have the same label, the user part decides.
    let variants = [Variant::Itu, Variant::Ansi, Variant::Japan];
    match variants.into_iter().find(|variant| fits(*variant)) {
        Some(Variant::Ansi) => match Mtp3::parse(octets, Variant::Ansi) {
            Ok(msu) if is_of_ansi(msu.si, msu.data) => Variant::Ansi,
            _ => Variant::China,
        },
        Some(variant) => variant,
        None => Variant::Itu,
    }
}

/// The variant of a message whose point codes M3UA tells as numbers: by how large they are.
pub(super) fn of_point_codes(opc: u32, dpc: u32, si: u8, data: &[u8]) -> Variant {
    match opc.max(dpc) {
        0..0x4000 => Variant::Itu,
        // Network 0 exists neither in the plan of ANSI nor in that of China.
        0x4000..0x1_0000 => Variant::Japan,
        _ if is_of_ansi(si, data) => Variant::Ansi,
        _ => Variant::China,
    }
}

/// Management messages have a heading and little more, so that the shortest label that leaves a heading is taken.
fn of_management(octets: &[u8]) -> Variant {
    let longest = |variant| match variant {
        Variant::Itu => 4,
        Variant::Japan => 5,
        Variant::Ansi | Variant::China => 6,
    };
    let fits = |variant: &Variant| {
        Mtp3::parse(octets, *variant).is_ok_and(|msu| {
            let heading = msu.data.first().copied().and_then(management_name);
            heading.is_some() && msu.data.len() <= longest(*variant)
        })
    };
    [Variant::Itu, Variant::Japan, Variant::Ansi].into_iter().find(fits).unwrap_or_default()
}

/// Whether data look like a whole message of their user part.
fn is_user(si: u8, data: &[u8]) -> bool {
    match si {
        service_indicator::TESTING | service_indicator::TESTING_SPECIAL => is_test(data),
        service_indicator::SCCP => sccp::probe(data),
        service_indicator::ISUP => circuit(data, CircuitWidth::Ansi).is_ok_and(|(_, message)| isup::probe(message)),
        service_indicator::BICC => circuit(data, CircuitWidth::Bicc).is_ok_and(|(_, message)| isup::probe(message)),
        _ => false,
    }
}

/// Whether a user part is that of ANSI rather than of the ITU: the national bit in the first address of SCCP
/// (T1.112.3); the mandatory part of an IAM.
fn is_of_ansi(si: u8, data: &[u8]) -> bool {
    match (si, data) {
        (service_indicator::SCCP, [0x09 | 0x0a, _, pointer, ..]) => {
            // From the pointer, at 2, to the length; the indicator follows.
            data.get(usize::from(*pointer).saturating_add(3)).is_some_and(|indicator| indicator & 0x80 != 0)
        }
        (service_indicator::SCCP, [0x11 | 0x12, _, _, pointer, ..]) => {
            data.get(usize::from(*pointer).saturating_add(4)).is_some_and(|indicator| indicator & 0x80 != 0)
        }
        (service_indicator::ISUP, [_, _, message @ ..]) => {
            Isup::parse(message).is_ok_and(|message| message.is_of_ansi())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UDT: [u8; 14] = [0x09, 0x00, 0x03, 0x05, 0x07, 0x02, 0x42, 0x08, 0x02, 0x42, 0x08, 0x02, 0xaa, 0xbb];
    const ITU: [u8; 4] = [0x83, 0xaf, 0x40, 0x5b];
    const BITS24: [u8; 7] = [3, 2, 1, 6, 5, 4, 5];
    const JAPAN: [u8; 5] = [0x34, 0x12, 0x01, 0x80, 0x05];

    fn variant(sio: u8, label: &[u8], data: &[u8]) -> Variant {
        of_message(&[&[sio], label, data].concat())
    }

    #[test]
    fn by_sccp() {
        assert_eq!(variant(0x83, &ITU, &UDT), Variant::Itu);
        assert_eq!(variant(0x83, &BITS24, &UDT), Variant::China);
        assert_eq!(variant(0x83, &JAPAN, &UDT), Variant::Japan);
        let mut ansi = UDT;
        (ansi[6], ansi[9]) = (0xc1, 0xc1); // national indicator; routed on SSN, which is bit 1
        assert_eq!(variant(0x83, &BITS24, &ansi), Variant::Ansi);
    }

    #[test]
    fn by_isup_and_management() {
        let rel = [0x07, 0x00, 0x0c, 0x02, 0x00, 0x02, 0x80, 0x90];
        assert_eq!(variant(0x85, &ITU, &rel), Variant::Itu);
        assert_eq!(variant(0x85, &BITS24, &rel), Variant::China);
        assert_eq!(variant(0x85, &JAPAN, &rel), Variant::Japan);
        let test = [0x11, 0x40, 1, 2, 3, 4];
        assert_eq!(variant(0x81, &ITU, &test), Variant::Itu);
        assert_eq!(variant(0x81, &BITS24, &test), Variant::China);
        // TFP about a point code of 14 bits, and one of 24
        assert_eq!(variant(0x80, &ITU, &[0x14, 0x01, 0x00]), Variant::Itu);
        assert_eq!(variant(0x80, &BITS24, &[0x14, 1, 2, 3]), Variant::Ansi);
        // nothing fits
        assert_eq!(variant(0x83, &ITU, &[1, 2, 3]), Variant::Itu);
    }

    #[test]
    fn by_point_codes() {
        assert_eq!(of_point_codes(0x3fff, 1, 3, &UDT), Variant::Itu);
        assert_eq!(of_point_codes(1, 0x4000, 3, &UDT), Variant::Japan);
        assert_eq!(of_point_codes(0x05_0801, 0x01_2805, 3, &UDT), Variant::China);
    }
}

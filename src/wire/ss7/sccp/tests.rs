#![allow(clippy::arithmetic_side_effects)]

use super::*;
use crate::identity::Nature;
use proptest::prelude::*;

fn udt() -> Vec<u8> {
    vec![
        0x09, 0x81, // UDT, class 1, return on error
        0x03, 0x0e, 0x12, // called at 5, calling at 17, data at 22
        0x0b, 0x12, 0x06, // 11 octets: GTI 4 and SSN, routed on GT; HLR
        0x00, 0x11, 0x04, // TT 0, E.164 BCD odd, international
        0x51, 0x55, 0x10, 0x00, 0x01, 0x00, // 15550100100 with filler: 11 digits
        0x04, 0x43, 0x22, 0x01, 0x07, // PC and SSN, routed on SSN; 0x122; VLR
        0x02, 0xaa, 0xbb, // data
    ]
}

#[test]
fn udt_known_answer() {
    let octets = udt();
    let message = Sccp::parse(&octets).unwrap();
    assert_eq!(message.message_type.name(), Some("UDT"));
    assert_eq!(message.protocol_class, Some(1));
    assert_eq!(message.return_cause, None);
    let title = message.called.global_title.unwrap();
    assert_eq!((title.gti, title.translation_type), (4, Some(0)));
    assert_eq!((title.numbering_plan, title.encoding_scheme), (Some(1), Some(1)));
    assert_eq!(message.called.to_string(), "15550100100");
    assert_eq!(message.called.number().unwrap().nature, Nature::International);
    assert!(message.called.routing_on_gt);
    assert_eq!(message.called.ssn, Some(6));
    assert!(!message.calling.routing_on_gt);
    assert_eq!(message.calling.point_code, Some(0x122));
    assert_eq!(message.calling.ssn, Some(7));
    assert_eq!(message.calling.to_string(), "290");
    assert_eq!(message.data, [0xaa, 0xbb]);
    assert_eq!(&octets[message.data_offset..], message.data);
    assert_eq!(message.stop, None);
}

#[test]
fn parameters_in_any_order_and_udts() {
    let octets = [
        0x0a, 0x01, // UDTS, no translation for this specific address
        0x06, 0x08, 0x01, // called at 8, calling at 11, data at 5
        0x02, 0xaa, 0xbb, // data
        0x02, 0x42, 0x06, // called: SSN 6
        0x02, 0x42, 0x08, // calling: SSN 8
    ];
    let message = Sccp::parse(&octets).unwrap();
    assert_eq!(message.return_cause, Some(1));
    assert_eq!(message.protocol_class, None);
    assert_eq!((message.called.ssn, message.calling.ssn), (Some(6), Some(8)));
    assert_eq!(message.data, [0xaa, 0xbb]);
    assert_eq!(return_cause_name(1), Some("no translation for this specific address"));
    assert_eq!(message.stop, None);
}

fn xudt() -> Vec<u8> {
    vec![
        0x11, 0x01, 0x0f, // XUDT, class 1, hop counter 15
        0x04, 0x06, 0x08, 0x0a, // called 7, calling 10, data 13, options 16
        0x02, 0x42, 0x06, 0x02, 0x42, 0x08, // addresses
        0x02, 0xaa, 0xbb, // data
        0x10, 0x04, 0xc2, 0x11, 0x22, 0x33, // first, class 1, two remain, reference
        0x12, 0x01, 0x05, // importance 5
        0x00,
    ]
}

#[test]
fn xudt_segment() {
    let octets = xudt();
    let message = Sccp::parse(&octets).unwrap();
    assert_eq!(message.hop_counter, Some(15));
    let segmentation = Segmentation { first: true, class: 1, remaining: 2, local_reference: 0x33_2211 };
    assert_eq!(message.segmentation, Some(segmentation));
    assert_eq!(message.importance, Some(5));
    assert_eq!(message.data, [0xaa, 0xbb]);
    assert_eq!(message.stop, None);
}

#[test]
fn ludt_pointers_are_wide() {
    let octets = [
        0x13, 0x00, 0x0f, // LUDT, class 0, hop counter 15
        0x07, 0x00, 0x08, 0x00, 0x09, 0x00, 0x00, 0x00, // called 11, calling 14, data 17, none
        0x02, 0x42, 0x06, 0x02, 0x42, 0x08, // addresses
        0x02, 0x00, 0xaa, 0xbb, // data
    ];
    let message = Sccp::parse(&octets).unwrap();
    assert_eq!((message.called.ssn, message.calling.ssn), (Some(6), Some(8)));
    assert_eq!(message.data, [0xaa, 0xbb]);
    assert_eq!(message.stop, None);
}

#[test]
fn global_title_formats() {
    let title = |octets: &[u8]| {
        let (address, defect) = Address::parse(octets, 0, AddressForm::Itu);
        assert_eq!(defect, None);
        address.global_title.unwrap()
    };
    // GTI 1: odd, national
    let one = title(&[0x04, 0x83, 0x55, 0x05]);
    assert_eq!((one.nature, one.to_string().as_str()), (Some(3), "555"));
    // GTI 2: translation type only
    let two = title(&[0x08, 0x0a, 0x55, 0x05]);
    assert_eq!((two.translation_type, two.to_string().as_str()), (Some(10), "5550"));
    // GTI 3: translation type, plan E.212, even
    let three = title(&[0x0c, 0x00, 0x62, 0x00, 0x11, 0xf0]);
    assert_eq!(three.numbering_plan, Some(6));
    assert_eq!(three.to_string(), "00110");
    // reserved
    let (address, defect) = Address::parse(&[0x16, 0x06, 0x00], 0, AddressForm::Itu);
    assert_eq!(address.ssn, Some(6));
    assert!(defect.is_some());
}

fn cr() -> Vec<u8> {
    vec![
        0x01, 0x00, 0x00, 0x07, 0x02, // CR, source reference 7, class 2
        0x02, 0x06, // called at 7, options at 12
        0x04, 0x43, 0x22, 0x01, 0xfe, // called: point code 0x122, BSSAP
        0x04, 0x02, 0x42, 0xfe, // calling: BSSAP
        0x0f, 0x02, 0xaa, 0xbb, // data
        0x00,
    ]
}

fn cc() -> Vec<u8> {
    vec![
        0x02, 0x00, 0x00, 0x07, 0x00, 0x01, 0x09, 0x02, // CC, to reference 7 from 0x109, class 2
        0x01, // options
        0x0f, 0x01, 0xcc, 0x00, // data
    ]
}

fn dt1() -> Vec<u8> {
    vec![0x06, 0x00, 0x01, 0x09, 0x01, 0x01, 0x02, 0xaa, 0xbb] // DT1 to 0x109, more data follow, two octets
}

#[test]
fn a_connection() {
    let octets = cr();
    let message = Sccp::parse(&octets).unwrap();
    assert_eq!((message.source, message.destination, message.protocol_class), (Some(7), None, Some(2)));
    assert_eq!((message.called.point_code, message.called.ssn), (Some(0x122), Some(254)));
    assert_eq!((message.calling.ssn, message.data), (Some(254), &[0xaa, 0xbb][..]));
    assert_eq!(&octets[message.data_offset..message.data_offset + 2], message.data);
    let octets = cc();
    let message = Sccp::parse(&octets).unwrap();
    assert_eq!((message.source, message.destination), (Some(0x109), Some(7)));
    assert_eq!(message.data, [0xcc]);
    let octets = dt1();
    let message = Sccp::parse(&octets).unwrap();
    assert_eq!((message.destination, message.more, message.data), (Some(0x109), true, &[0xaa, 0xbb][..]));
    assert!(message.is_connection());
    // DT2: P(S) 1; P(R) 2, no more data
    let message = Sccp::parse(&[0x07, 0, 0, 7, 0x02, 0x04, 0x01, 0x01, 0xaa]).unwrap();
    assert_eq!((message.more, message.data), (false, &[0xaa][..]));
    // RLSD, SCCP user originated, without options
    let message = Sccp::parse(&[0x04, 0, 0, 7, 0, 1, 9, 0x03, 0x00]).unwrap();
    assert_eq!((message.cause, release_cause_name(3)), (Some(3), Some("SCCP user originated")));
    assert_eq!(message.stop, None);
}

/// What every other message of Table 1/Q.713 has beside its references.
#[test]
fn the_other_messages_of_connections() {
    let parse = |octets: &[u8]| {
        let message = Sccp::parse(octets).unwrap();
        assert_eq!(message.stop, None);
        (message.message_type.name().unwrap(), message.destination, message.source, message.cause)
    };
    assert_eq!(parse(&[0x03, 0, 0, 7, 0x0f, 0x00]), ("CREF", Some(7), None, Some(15)));
    assert_eq!(parse(&[0x05, 0, 0, 7, 0, 1, 9]), ("RLC", Some(7), Some(0x109), None));
    assert_eq!(parse(&[0x08, 0, 0, 7, 2, 1]), ("AK", Some(7), None, None));
    assert_eq!(parse(&[0x0b, 0, 0, 7, 1, 1, 0xaa]), ("ED", Some(7), None, None));
    assert_eq!(parse(&[0x0c, 0, 0, 7]), ("EA", Some(7), None, None));
    assert_eq!(parse(&[0x0d, 0, 0, 7, 0, 1, 9, 2]), ("RSR", Some(7), Some(0x109), Some(2)));
    assert_eq!(parse(&[0x0e, 0, 0, 7, 0, 1, 9]), ("RSC", Some(7), Some(0x109), None));
    assert_eq!(parse(&[0x0f, 0, 0, 7, 0]), ("ERR", Some(7), None, Some(0)));
    assert_eq!(parse(&[0x10, 0, 0, 7, 0, 1, 9, 2, 0, 0, 0]), ("IT", Some(7), Some(0x109), None));
    assert_eq!(Sccp::parse(&[0x77]).unwrap_err().reason(), "SCCP message type");
}

#[test]
fn national_addresses() {
    let parse = |octets, form| {
        let (address, defect) = Address::parse(octets, 0, form);
        (address.ssn, address.point_code, defect.is_none())
    };
    // ANSI: national, routed on SSN; SSN 11, point code 1-2-3
    let ansi = &[0xc3, 0x0b, 0x03, 0x02, 0x01];
    for form in [AddressForm::Ansi, AddressForm::Itu] {
        assert_eq!(parse(ansi, form), (Some(11), Some(0x01_02_03), true), "{form:?}");
    }
    // ANSI: SSN 5 and a global title of format 2
    let titled = &[0x89, 0x05, 0x0a, 0x51, 0x55];
    let (address, defect) = Address::parse(titled, 0, AddressForm::Itu);
    let title = address.global_title.unwrap();
    assert_eq!((address.ssn, title.translation_type, title.to_string().as_str()), (Some(5), Some(10), "1555"));
    assert_eq!(defect, None);
    // ITU with the highest bit set: an SSN alone
    assert_eq!(parse(&[0xc2, 0x06], AddressForm::Itu), (Some(6), None, true));
    assert_eq!(parse(&[0x43, 3, 2, 1, 0x08], AddressForm::China), (Some(8), Some(0x01_02_03), true));
    assert_eq!(parse(&[0x43, 0xff, 0xff, 0x08], AddressForm::Japan), (Some(8), Some(0xffff), true));
}

#[test]
fn bad_pointers_keep_the_rest() {
    let mut octets = udt();
    octets[3] = 0xff;
    let message = Sccp::parse(&octets).unwrap();
    assert_eq!(message.called.ssn, Some(6));
    assert_eq!(message.calling, Address::default());
    assert_eq!(message.data, [0xaa, 0xbb]);
    let stop = message.stop.unwrap();
    assert_eq!((stop.reason(), stop.offset), ("pointer beyond the message", 3), "the pointer, not where it leads");
}

#[test]
fn every_prefix_is_an_error_or_partial() {
    for octets in [udt(), xudt(), cr(), cc(), dt1()] {
        for end in 0..octets.len() {
            if let Ok(message) = Sccp::parse(&octets[..end]) {
                assert!(message.stop.is_some(), "{end}");
            }
        }
    }
}

proptest! {
    #[test]
    fn any_octets(code in 0u8..22, form in 0usize..4, octets in prop::collection::vec(any::<u8>(), 0..80)) {
        let mut message = vec![code];
        message.extend(octets);
        let form = [AddressForm::Itu, AddressForm::Ansi, AddressForm::China, AddressForm::Japan][form];
        let _ = Sccp::parse_as(&message, form);
        let _ = management::Management::parse(&message);
    }

    #[test]
    fn mutated(which in 0usize..4, at in 0usize..25, value: u8) {
        let mut octets = [udt(), cr(), cc(), dt1()][which].clone();
        let at = at % octets.len();
        octets[at] = value;
        let _ = Sccp::parse(&octets);
    }
}

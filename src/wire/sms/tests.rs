#![allow(clippy::arithmetic_side_effects)]

use super::*;
use proptest::prelude::*;

/// SMS-DELIVER from +1 555 0100: "hellohello".
const DELIVER: &[u8] = &[
    0x04, // SMS-DELIVER, no more messages
    0x08, 0x91, 0x51, 0x55, 0x10, 0x00, // TP-OA: 8 digits, international
    0x00, 0x00, // TP-PID, TP-DCS
    0x62, 0x10, 0x10, 0x21, 0x43, 0x65, 0x00, // TP-SCTS
    0x0a, 0xe8, 0x32, 0x9b, 0xfd, 0x46, 0x97, 0xd9, 0xec, 0x37, // "hellohello"
];

fn text(tpdu: &Tpdu<'_>) -> String {
    tpdu.text(&mut [0; 600]).to_owned()
}

#[test]
fn deliver_known_answer() {
    let tpdu = Tpdu::parse(DELIVER, Direction::Terminating).unwrap();
    assert_eq!(tpdu.kind, TpduKind::Deliver);
    assert_eq!(tpdu.stop, None);
    let mut named = Named::default();
    tpdu.name(&mut named);
    let calling = named.calling.unwrap().international().unwrap();
    assert_eq!(calling.to_string(), "15550100");
    assert_eq!(tpdu.alphabet(), Alphabet::Default);
    assert_eq!(text(&tpdu), "hellohello");
    assert_eq!(tpdu.text(&mut [0; 3]), "hel");
}

#[test]
fn submit_with_concatenation_in_seven_bits() {
    let octets = [
        0x51, 0x2a, // SMS-SUBMIT, relative validity, UDHI; TP-MR
        0x05, 0x81, 0x55, 0x05, 0xf1, // TP-DA: 5 digits
        0x00, 0x00, 0xaa, // TP-PID, TP-DCS, TP-VP
        0x09, // 9 septets: 7 of header, 2 of text
        0x05, 0x00, 0x03, 0x77, 0x02, 0x01, // UDH: reference 0x77, part 1 of 2
        0x90, 0x69, // one fill bit, then "Hi": 0x48 << 1, 0x69
    ];
    let tpdu = Tpdu::parse(&octets, Direction::Originating).unwrap();
    assert_eq!((tpdu.kind, tpdu.stop), (TpduKind::Submit, None));
    assert_eq!(tpdu.address.unwrap().to_string(), "55501");
    let concatenation = Concatenation { reference: 0x77, parts: 2, part: 1 };
    assert_eq!(tpdu.concatenation, Some(concatenation));
    assert_eq!(text(&tpdu), "Hi");
}

#[test]
fn alphanumeric_sender_and_ucs2() {
    let octets = [
        0x40, // SMS-DELIVER, UDHI
        0x0b, 0xd0, 0xe8, 0x32, 0x9b, 0xfd, 0x46, 0x03, // "hello" and filler: 11 semi-octets, 6 septets
        0x00, 0x08, // TP-PID, TP-DCS UCS-2
        0x62, 0x10, 0x10, 0x21, 0x43, 0x65, 0x00, // TP-SCTS
        0x0d, // 13 octets
        0x06, 0x08, 0x04, 0x12, 0x34, 0x03, 0x03, // UDH: 16-bit reference, part 3 of 3
        0x4f, 0x60, // 你
        0xd8, 0x3d, 0xde, 0x00, // a surrogate pair
    ];
    let tpdu = Tpdu::parse(&octets, Direction::Terminating).unwrap();
    assert_eq!(tpdu.stop, None);
    let address = tpdu.address.unwrap();
    assert!(address.to_string().starts_with("hello"));
    assert_eq!(address.number(), None);
    assert_eq!(tpdu.concatenation.unwrap().reference, 0x1234);
    assert_eq!(tpdu.alphabet(), Alphabet::Ucs2);
    assert_eq!(text(&tpdu), "你\u{1f600}");
}

#[test]
fn extension_table_and_ports() {
    let octets = [
        0x04, 0x04, 0xa1, 0x55, 0x05, 0x00, 0x00, // national, 4 digits
        0x62, 0x10, 0x10, 0x21, 0x43, 0x65, 0x00, // TP-SCTS
        0x03, 0x9b, 0xf2, 0x01, // escape 0x65, then 0x07
    ];
    let tpdu = Tpdu::parse(&octets, Direction::Terminating).unwrap();
    assert_eq!(text(&tpdu), "€ì");
    let octets = [
        0x44, 0x04, 0xa1, 0x55, 0x05, 0x00, 0x04, // 8-bit data
        0x62, 0x10, 0x10, 0x21, 0x43, 0x65, 0x00, // TP-SCTS
        0x09, 0x06, 0x05, 0x04, 0x0b, 0x84, 0x23, 0xf0, // UDH: ports 2948 and 9200
        0xca, 0xfe,
    ];
    let tpdu = Tpdu::parse(&octets, Direction::Terminating).unwrap();
    assert_eq!(tpdu.ports, Some((2948, 9200)));
    assert_eq!(text(&tpdu), "cafe");
}

#[test]
fn other_types() {
    let kind = |octets: &[u8], direction| Tpdu::parse(octets, direction).unwrap().kind;
    assert_eq!(kind(&[0x00, 0x00], Direction::Originating), TpduKind::DeliverReport);
    assert_eq!(kind(&[0x01], Direction::Terminating), TpduKind::SubmitReport);
    let report = [0x06, 0x2a, 0x08, 0x91, 0x51, 0x55, 0x10, 0x00];
    let tpdu = Tpdu::parse(&report, Direction::Terminating).unwrap();
    assert_eq!(tpdu.kind, TpduKind::StatusReport);
    assert_eq!(tpdu.address.unwrap().to_string(), "15550100");
    assert_eq!(kind(&[0x03], Direction::Terminating), TpduKind::Deliver);
    assert!(Tpdu::parse(&[0x03], Direction::Originating).is_err());
    assert!(Tpdu::parse(&[], Direction::Terminating).is_err());
}

/// SMS-STATUS-REPORT about a message to +1 555 0100, with user data.
const STATUS_REPORT: &[u8] = &[
    0x06, 0x2a, // SMS-STATUS-REPORT, no more messages; TP-MR
    0x08, 0x91, 0x51, 0x55, 0x10, 0x00, // TP-RA
    0x62, 0x10, 0x10, 0x21, 0x43, 0x65, 0x00, // TP-SCTS
    0x62, 0x10, 0x10, 0x21, 0x43, 0x75, 0x00, // TP-DT
    0x46, // TP-ST: validity period expired
    0x07, 0x00, 0x04, 0x02, 0xca, 0xfe, // TP-PI: all; TP-PID, TP-DCS 8-bit, TP-UDL, TP-UD
];

#[test]
fn status_report_known_answer() {
    let tpdu = Tpdu::parse(STATUS_REPORT, Direction::Terminating).unwrap();
    assert_eq!((tpdu.kind, tpdu.stop), (TpduKind::StatusReport, None));
    assert_eq!((tpdu.reference, tpdu.status), (Some(0x2a), Some(0x46)));
    assert_eq!(tpdu.address.unwrap().to_string(), "15550100");
    assert_eq!(text(&tpdu), "cafe");
    for end in 1..STATUS_REPORT.len() {
        let part = Tpdu::parse(&STATUS_REPORT[..end], Direction::Terminating).unwrap();
        // The parameters after TP-ST may be missing altogether.
        assert_eq!(part.stop.is_some(), end != 24 - 1, "{end}");
    }
}

#[test]
fn reports_and_commands() {
    let tpdu = Tpdu::parse(&[0x00, 0xd3, 0x00], Direction::Originating).unwrap();
    assert_eq!((tpdu.kind, tpdu.failure_cause, tpdu.stop), (TpduKind::DeliverReport, Some(0xd3), None));
    let report = [0x01, 0x00, 0x62, 0x10, 0x10, 0x21, 0x43, 0x65, 0x00];
    let tpdu = Tpdu::parse(&report, Direction::Terminating).unwrap();
    assert_eq!((tpdu.kind, tpdu.failure_cause, tpdu.stop), (TpduKind::SubmitReport, None, None));
    // TP-MR, TP-PID, TP-CT delete, TP-MN, TP-DA, no command data
    let command = [0x02, 0x07, 0x00, 0x02, 0x2a, 0x08, 0x91, 0x51, 0x55, 0x10, 0x00, 0x00];
    let tpdu = Tpdu::parse(&command, Direction::Originating).unwrap();
    assert_eq!((tpdu.kind, tpdu.reference, tpdu.stop), (TpduKind::Command, Some(7), None));
    let mut named = Named::default();
    tpdu.name(&mut named);
    assert_eq!(named.called.unwrap().to_string(), "15550100");
}

#[test]
fn a_national_table_is_told_and_the_default_one_used() {
    let octets = [
        0x44,
        0x04,
        0xa1,
        0x55,
        0x05,
        0x00,
        0x00, // from 5550, 7 bits
        0x62,
        0x10,
        0x10,
        0x21,
        0x43,
        0x65,
        0x00, // TP-SCTS
        0x07, // 5 septets of header, 2 of text
        0x03,
        0x24,
        0x01,
        0x01, // UDH: Turkish single shift table
        0x40 << 1 | 0x08,
        0x34,
        0x00, // fill bits; placeholder text
    ];
    let tpdu = Tpdu::parse(&octets, Direction::Terminating).unwrap();
    assert!(tpdu.national);
    assert_eq!(text(&tpdu).chars().count(), 2);
}

#[test]
fn data_coding_schemes() {
    let expected = [
        (0x00, Alphabet::Default),
        (0x04, Alphabet::Data),
        (0x08, Alphabet::Ucs2),
        (0x18, Alphabet::Ucs2),
        (0x48, Alphabet::Ucs2),
        (0x20, Alphabet::Data),
        (0xc8, Alphabet::Default),
        (0xd0, Alphabet::Default),
        (0xe8, Alphabet::Ucs2),
        (0xf0, Alphabet::Default),
        (0xf5, Alphabet::Data),
    ];
    for (dcs, alphabet) in expected {
        assert_eq!(Alphabet::of(dcs), alphabet, "{dcs:#x}");
    }
}

#[test]
fn every_prefix_is_partial() {
    for end in 1..DELIVER.len() {
        let tpdu = Tpdu::parse(&DELIVER[..end], Direction::Terminating).unwrap();
        assert!(tpdu.stop.is_some(), "{end}");
        assert_eq!(tpdu.address.is_some(), end >= 7);
        text(&tpdu);
    }
}

proptest! {
    #[test]
    fn any_octets(octets in prop::collection::vec(any::<u8>(), 0..180), up: bool) {
        let direction = if up { Direction::Originating } else { Direction::Terminating };
        if let Ok(tpdu) = Tpdu::parse(&octets, direction) {
            text(&tpdu);
        }
    }

    #[test]
    fn mutated(at in 0usize..27, value: u8) {
        let mut octets = DELIVER.to_vec();
        octets[at.min(DELIVER.len() - 1)] = value;
        if let Ok(tpdu) = Tpdu::parse(&octets, Direction::Terminating) {
            text(&tpdu);
        }
    }
}

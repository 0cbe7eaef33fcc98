//! Known answers: the octets are from another encoder (pycrate 0.8.1), with synthetic identities.

#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

use super::*;
use crate::wire::Identity;
use crate::wire::testing::octets as hex;
use proptest::prelude::*;

/// eNB-UE 010203, NAS-PDU Attach request, TAI 001-01-7, ECGI 001-01-0123401, mt-Access, S-TMSI 07 c0000001, GUMMEI.
const S1_INITIAL: &str = "000c4055 000007 0008000480010203 001a001615 07417108091010000000007102e06000040201d011
    004300060000f1100007 006440080000f11001234010 0086400120 0060000601c0c0000001 004b00070000f110800107";
/// MME-UE 12345678, eNB-UE 5, three bearers: Attach accept in the first, none, a NAS-PDU of ESM.
const S1_CONTEXT: &str = "00090080850000 0400000005c012345678 000800020005 0042000a183b9aca00603b9aca00
    001800610200340016450009200f80c00002010000000107074300030201c2
    0034001d064009202002540be4004001f40020fa0000000f80c000020100000001
    00340021474009202002540be4004001f40020fa0000000f80c000020100000001030202c2";
/// A bearer with a guaranteed rate and an IPv6 address.
const S1_BEARER: &str = "00050045000003 00000002 0000 00080002 0000
    001000320000 11002d0a8009202002540be4004001f40020fa0000003f8020010db800000000000000000000000100000001035201c2";
/// IMSI 001010000000017 in the tracking areas 7 and 8.
const S1_PAGING: &str = "000a40340000040050400255 40002b40096800010100000010f7 006d400100
    002e401501 002f40060000f1100007 002f40060000f1100008";
const S1_PAGING_STMSI: &str =
    "000a402700000400504002554000 2b40060070c0000001006d400180 002e400b00002f40060000f1100007";
/// Both identities at their largest; cause NAS, detach.
const S1_RELEASE: &str = "00170015000002 006300090cffffffff80ffffff 0002400124";
/// MME-UE 256 alone; a cause of a later version, invalid-CSG-Id.
const S1_RELEASE_LATER: &str = "00170010000002 0063000350 0100 000240020820";
/// MME-UE 1, eNB-UE 2, where the UE was.
const S1_COMPLETE: &str = "2017002000 0003 0000400200010008400200 0200bd400d0000f1100123401000f1100007";

/// RAN-UE fffffffe, Registration request, NCGI 001-01-123456789 with TAI 7, 5G-S-TMSI set 64, pointer 7, c0000001.
const NG_INITIAL: &str = "
    000f405000000600550005c0fffffffe00260014137e004179000d0100f110000000000000000071007900135000f1101234
    56789000f110000007e0000000005a400118001a00070401c0c00000010070400100";
/// AMF-UE at its largest; sessions 1 and 255 with NAS-PDUs, 2 without.
const NG_SETUP: &str = "
    001d0047000003000a000680ffffffffff005500020001004a00300240010c7e00680100042e0101c2120140200000010300
    0004000200200300000440ff037e0054402000000103010004";
const NG_PAGING: &str = "00184020000002 007340070200e0c0000001 0067400e1000f1100000070000f110000008";
/// AMF-UE 300, RAN-UE 70000; cause NAS, normal-release.
const NG_RELEASE: &str = "00290013000002 0072000702012c80011170 000f400140";
/// GUAMI 001-01 2.64 7; NAS-PDUs in the list of sessions and beside it.
const NG_CONTEXT: &str = "
    000e008080000008000a00020001005500020001001c00070000f11002100700470010004001037e00544020000001030000
    0400000005020100000100770009000000000000000000005e00200000000000000000000000000000000000000000000000
    00000000000000000000264014137e0042010177000bf200f110021007c0000001";
const NG_EUTRA: &str = "000b4025000003 000a0004 40010000 0055000480010000 0079400e0000f11001234010 00f110000007";

const RA_COMMON: &str = "000f4010000001 001740095000010100000010f7";
/// Packet domain, LAI 7, RAC 5, SAC 9, NAS-PDU, Iu connection 123456, RNC 11; IMSI among the extensions.
const RA_INITIAL: &str =
    "001340494000 07 0003400180 000f40060000f1100007 0037400105 003a40080000f11000070009 0010400302
    0801 004f4003123456 0056400500f110000b 0000 001740095000010100000010f7";
const RA_PAGING: &str = "000e4028000004 0003400100 001740095000010100000010f7 00404005004000 0001 001540060000f1100007";
const RA_RELEASE: &str = "00010008000001 0004400122";
/// A cause of a later version: 257.
const RA_RELEASE_LATER: &str = "0001000a000001 00044003800100";
const RA_LOCATION: &str = "00124015000002 000040080000f11000070009 000440020000";
/// IMEISV 0010012345678901, an alternative of a later version.
const RA_TRACE: &str = "0010401d000003 0042400101 004340030000010045400a80080001103254769810";

const ALL: &[(Part, &str)] = &[
    (Part::S1ap, S1_INITIAL),
    (Part::S1ap, S1_CONTEXT),
    (Part::S1ap, S1_BEARER),
    (Part::S1ap, S1_PAGING),
    (Part::S1ap, S1_PAGING_STMSI),
    (Part::S1ap, S1_RELEASE),
    (Part::S1ap, S1_RELEASE_LATER),
    (Part::S1ap, S1_COMPLETE),
    (Part::Ngap, NG_INITIAL),
    (Part::Ngap, NG_SETUP),
    (Part::Ngap, NG_PAGING),
    (Part::Ngap, NG_RELEASE),
    (Part::Ngap, NG_CONTEXT),
    (Part::Ngap, NG_EUTRA),
    (Part::Ranap, RA_COMMON),
    (Part::Ranap, RA_INITIAL),
    (Part::Ranap, RA_PAGING),
    (Part::Ranap, RA_RELEASE),
    (Part::Ranap, RA_RELEASE_LATER),
    (Part::Ranap, RA_LOCATION),
    (Part::Ranap, RA_TRACE),
];

/// Reads a message that has no defect, and looks at what it says.
fn read(part: Part, text: &str, look: impl FnOnce(&str, &Facts<'_>)) {
    let octets = hex(text);
    assert!(Pdu::probe(part.layer(), &octets));
    let pdu = Pdu::parse(part.layer(), &octets).unwrap();
    let facts = facts(part, &pdu);
    assert_eq!(facts.stop, None, "{text}");
    look(message_name(part, &pdu).unwrap(), &facts);
}

fn shown(value: Option<impl std::fmt::Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

#[test]
fn s1ap_initial_ue_message() {
    read(Part::S1ap, S1_INITIAL, |name, facts| {
        assert_eq!(name, "InitialUEMessage");
        assert_eq!((facts.core, facts.radio), (None, Some(0x01_0203)));
        assert_eq!(shown(facts.named.cell), "001-01-7-1192961");
        assert_eq!(facts.s_tmsi, Some(STmsi { node: 7, tmsi: 0xc000_0001 }));
        assert!(facts.answers_paging);
        assert_eq!(facts.nas.len(), 1);
        assert_eq!(facts.nas[0][..3], [0x07, 0x41, 0x71]);
        assert_eq!(facts.nas[0].len(), 21);
    });
}

#[test]
fn s1ap_nas_in_lists_of_bearers() {
    read(Part::S1ap, S1_CONTEXT, |name, facts| {
        assert_eq!(name, "InitialContextSetupRequest");
        assert_eq!((facts.core, facts.radio), (Some(0x1234_5678), Some(5)));
        assert_eq!(facts.nas[..], [&[0x07, 0x43, 0, 3, 2, 1, 0xc2][..], &[2, 2, 0xc2]]);
    });
    read(Part::S1ap, S1_BEARER, |name, facts| {
        assert_eq!(name, "E-RABSetupRequest");
        assert_eq!(facts.nas[..], [&[0x52, 1, 0xc2][..]]);
    });
}

#[test]
fn s1ap_paging() {
    read(Part::S1ap, S1_PAGING, |name, facts| {
        assert_eq!(name, "Paging");
        assert_eq!(shown(facts.named.imsi), "001010000000017");
        assert_eq!(shown(facts.named.cell), "001-01-7");
        assert_eq!(facts.named.more.len(), 1);
        assert!(matches!(facts.named.more[0], Identity::Cell(cell) if cell.to_string() == "001-01-8"));
    });
    read(Part::S1ap, S1_PAGING_STMSI, |_, facts| {
        assert_eq!(facts.s_tmsi, Some(STmsi { node: 7, tmsi: 0xc000_0001 }));
        assert_eq!(facts.named.tmsi, Some(0xc000_0001));
    });
}

#[test]
fn s1ap_release() {
    read(Part::S1ap, S1_RELEASE, |name, facts| {
        assert_eq!(name, "UEContextReleaseCommand");
        assert_eq!((facts.core, facts.radio), (Some(0xffff_ffff), Some(0xff_ffff)));
        assert_eq!(facts.cause, Some(202));
    });
    read(Part::S1ap, S1_RELEASE_LATER, |_, facts| {
        assert_eq!((facts.core, facts.radio), (Some(256), None));
        assert_eq!(facts.cause, Some(38), "third addition to 36 of the root");
    });
    read(Part::S1ap, S1_COMPLETE, |name, facts| {
        assert_eq!(name, "UEContextReleaseComplete");
        assert_eq!((facts.core, facts.radio), (Some(1), Some(2)));
        assert_eq!(shown(facts.named.cell), "001-01-7-1192961");
    });
}

#[test]
fn ngap_messages() {
    read(Part::Ngap, NG_INITIAL, |name, facts| {
        assert_eq!(name, "InitialUEMessage");
        assert_eq!(facts.radio, Some(0xffff_fffe));
        assert_eq!(shown(facts.named.cell), "001-01-7-4886718345");
        assert_eq!(facts.s_tmsi, Some(STmsi { node: 64 << 6 | 7, tmsi: 0xc000_0001 }));
        assert!(!facts.answers_paging);
        assert_eq!(facts.nas[0].len(), 19);
    });
    read(Part::Ngap, NG_SETUP, |name, facts| {
        assert_eq!(name, "PDUSessionResourceSetupRequest");
        assert_eq!(facts.core, Some(0xff_ffff_ffff));
        assert_eq!(facts.nas.len(), 2);
        assert_eq!(facts.nas[1], [0x7e, 0, 0x54]);
    });
    read(Part::Ngap, NG_PAGING, |name, facts| {
        assert_eq!(name, "Paging");
        assert_eq!(facts.s_tmsi, Some(STmsi { node: 64 << 6 | 7, tmsi: 0xc000_0001 }));
        assert_eq!((shown(facts.named.cell), facts.named.more.len()), ("001-01-7".to_owned(), 1));
    });
    read(Part::Ngap, NG_RELEASE, |name, facts| {
        assert_eq!(name, "UEContextReleaseCommand");
        assert_eq!((facts.core, facts.radio, facts.cause), (Some(300), Some(70000), Some(200)));
    });
    read(Part::Ngap, NG_CONTEXT, |name, facts| {
        assert_eq!(name, "InitialContextSetupRequest");
        assert_eq!(shown(facts.named.plmn), "001-01");
        assert_eq!(facts.nas.len(), 2);
        assert_eq!(facts.nas[1][..3], [0x7e, 0, 0x42]);
    });
    read(Part::Ngap, NG_EUTRA, |name, facts| {
        assert_eq!(name, "HandoverNotify");
        assert_eq!((facts.core, facts.radio), (Some(65536), Some(65536)));
        assert_eq!(facts.named.cell.unwrap().kind, CellKind::Ecgi);
        assert_eq!(shown(facts.named.cell), "001-01-7-1192961");
    });
}

#[test]
fn ranap_messages() {
    read(Part::Ranap, RA_COMMON, |name, facts| {
        assert_eq!((name, shown(facts.named.imsi)), ("CommonID", "001010000000017".to_owned()));
    });
    read(Part::Ranap, RA_INITIAL, |name, facts| {
        assert_eq!(name, "InitialUE-Message");
        assert_eq!((facts.domain, facts.iu), (Some(Domain::Ps), Some(0x12_3456)));
        assert_eq!(shown(facts.named.cell), "001-01-7-9");
        assert_eq!(shown(facts.named.imsi), "001010000000017");
        assert_eq!(facts.named.more, []);
        assert_eq!(facts.nas[0], [8, 1]);
    });
    read(Part::Ranap, RA_PAGING, |name, facts| {
        assert_eq!((name, facts.domain), ("Paging", Some(Domain::Cs)));
        assert_eq!((shown(facts.named.imsi), facts.named.tmsi), ("001010000000017".to_owned(), Some(0x4000_0001)));
        assert_eq!(shown(facts.named.cell), "001-01-7");
    });
    read(Part::Ranap, RA_RELEASE, |name, facts| assert_eq!((name, facts.cause), ("Iu-ReleaseCommand", Some(83))));
    read(Part::Ranap, RA_RELEASE_LATER, |_, facts| assert_eq!(facts.cause, Some(257)));
    read(Part::Ranap, RA_LOCATION, |name, facts| {
        assert_eq!((name, shown(facts.named.cell)), ("LocationReport", "001-01-7-9".to_owned()));
    });
    read(Part::Ranap, RA_TRACE, |_, facts| assert_eq!(shown(facts.named.imei), "0010012345678901"));
}

#[test]
fn a_broken_element_costs_no_other() {
    // The TAI of the initial message one octet short of its fields; what comes after it is read.
    let octets =
        hex("000c4031000004 0008000480010203 004300050000f11000 006440080000f11001234010 0060000601c0c0000001");
    let octets = [&octets[..3], &[(octets.len() - 4) as u8], &octets[4..]].concat();
    let pdu = Pdu::parse(Layer::S1ap, &octets).unwrap();
    let facts = facts(Part::S1ap, &pdu);
    assert_eq!(facts.stop.unwrap().reason(), "value of an information element");
    assert_eq!(facts.radio, Some(0x01_0203));
    assert_eq!(shown(facts.named.cell), "001-01-?-1192961");
    assert_eq!(facts.s_tmsi.unwrap().tmsi, 0xc000_0001);
}

#[test]
fn fragments_are_stepped_over() {
    // A message of 16K and 30 octets: an element that lies in the first fragment, one that crosses into the second
    // and is stepped over, one that lies in the second.
    let crossing = FRAGMENT_TEST - 3 - 8 - 5 + 2;
    let mut body = hex("000003 0008000480010203");
    body.extend(hex("006a40"));
    body.extend([0x80 | (crossing >> 8) as u8, crossing as u8]);
    body.extend(vec![0; crossing]);
    body.extend(hex("006440080000f11001234010"));
    let (first, second) = body.split_at(FRAGMENT_TEST);
    let octets = [&hex("000c40c1")[..], first, &[second.len() as u8], second].concat();
    assert!(!Pdu::probe(Layer::S1ap, &octets), "only what lies in one piece is guessed");
    let pdu = Pdu::parse(Layer::S1ap, &octets).unwrap();
    let facts = facts(Part::S1ap, &pdu);
    assert_eq!(facts.stop.unwrap().reason(), "information element in fragments");
    assert_eq!(facts.radio, Some(0x01_0203));
    assert_eq!(shown(facts.named.cell), "001-01-?-1192961");
}
const FRAGMENT_TEST: usize = 16 * 1024;

#[test]
fn directions() {
    let way = |part, text: &str| {
        let octets = hex(text);
        direction(part, &Pdu::parse(part.layer(), &octets).unwrap())
    };
    assert_eq!(way(Part::S1ap, S1_INITIAL), Some(Direction::Originating));
    assert_eq!(way(Part::S1ap, S1_RELEASE), Some(Direction::Terminating));
    assert_eq!(way(Part::S1ap, S1_COMPLETE), Some(Direction::Originating));
    assert_eq!(way(Part::Ngap, NG_SETUP), Some(Direction::Terminating));
    assert_eq!(way(Part::Ranap, RA_COMMON), Some(Direction::Terminating));
}

#[test]
fn every_prefix_is_an_error_or_partial() {
    for (part, text) in ALL {
        let octets = hex(text);
        for end in 0..octets.len() {
            match Pdu::parse(part.layer(), &octets[..end]) {
                Ok(pdu) => {
                    let stop = facts(*part, &pdu).stop;
                    assert!(stop.is_some_and(|stop| stop.offset <= end), "{text} {end} {stop:?}");
                }
                Err(error) => assert!(error.offset <= end && end < 6),
            }
        }
    }
}

proptest! {
    #[test]
    fn any_octets(part in 0usize..3, octets in prop::collection::vec(any::<u8>(), 0..200)) {
        let part = [Part::S1ap, Part::Ngap, Part::Ranap][part];
        if let Ok(pdu) = Pdu::parse(part.layer(), &octets) {
            let facts = facts(part, &pdu);
            prop_assert!(facts.stop.is_none_or(|stop| stop.offset <= octets.len()));
        }
    }

    #[test]
    fn any_value(part in 0usize..3, id in 0u16..300, octets in prop::collection::vec(any::<u8>(), 0..60)) {
        let part = [Part::S1ap, Part::Ngap, Part::Ranap][part];
        let [high, low] = id.to_be_bytes();
        let head = [0, 12, 0, (octets.len() + 7) as u8, 0, 0, 1, high, low, 0, octets.len() as u8];
        let octets = [&head[..], &octets[..]].concat();
        let pdu = Pdu::parse(part.layer(), &octets).unwrap();
        let _ = facts(part, &pdu);
    }

    #[test]
    fn mutated(which in 0usize..ALL.len(), at: prop::sample::Index, value: u8) {
        let (part, text) = ALL[which];
        let mut octets = hex(text);
        let at = at.index(octets.len());
        octets[at] = value;
        if let Ok(pdu) = Pdu::parse(part.layer(), &octets) {
            let facts = facts(part, &pdu);
            prop_assert!(facts.stop.is_none_or(|stop| stop.offset <= octets.len()));
        }
    }
}

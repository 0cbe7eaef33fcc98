#![allow(clippy::arithmetic_side_effects)]

use super::*;
use crate::wire::testing::octets;
use crate::wire::{DecodeErrorKind, Identity};
use proptest::prelude::*;

fn v0_create() -> Vec<u8> {
    octets(
        "1e 10 00 16              -- version 0, GTP; Create PDP Context Request, 22 octets
         10 01 00 00 ff ff ff ff  -- sequence 4097, flow label 0
         00 01 11 32 54 76 98 50  -- TID: IMSI 001011234567890, NSAPI 5
         06 0b 92 1f              -- QoS
         0e 04                    -- Recovery
         0f 01                    -- Selection Mode
         11 00 07                 -- Flow Label Signalling
         12 50 00 09              -- Flow Label Data II: NSAPI 5, label 9
         86 00 04 91 51 55 10     -- MSISDN 15550 1
        ",
    )
}

fn v1_create() -> Vec<u8> {
    octets(
        "36 10 00 69              -- version 1, GTP, extensions and sequence; Create PDP Context Request, 105 octets
         00 00 00 00 12 34 00 c0  -- TEID 0, sequence 0x1234, extension header follows
         01 00 00 03              -- PDCP PDU number, one unit of four octets; then a longer one
         02 00 00 00 00 00 00 00  -- two units
         02 00 01 11 32 54 76 98 f0 -- IMSI 001011234567890
         03 00 f1 10 ff fe ff     -- RAI of a deleted area
         0e 01                    -- Recovery
         10 00 00 00 11           -- TEID Data I
         11 00 00 00 22           -- TEID Control Plane
         14 05                    -- NSAPI
         1a 08 00                 -- Charging Characteristics
         83 00 03 02 69 70        -- APN
         85 00 04 c0 00 02 01     -- GSN Address of signalling 192.0.2.1
         85 00 04 c0 00 02 02     -- GSN Address of user traffic
         86 00 07 91 51 55 10 00 21 f3 -- MSISDN 15550100123
         97 00 01 01              -- RAT Type UTRAN
         98 00 08 01 00 f1 10 00 07 00 09 -- ULI: SAI 001-01-7-9
         9a 00 08 10 00 00 21 43 65 87 f9 -- IMEI(SV) 010000123456789
        ",
    )
}

fn v2_create() -> Vec<u8> {
    octets(
        "48 20 00 7e 00 00 00 00  -- version 2 with TEID; Create Session Request, 126 octets
         00 01 02 00              -- sequence 258
         01 00 08 00 00 01 11 32 54 76 98 f0 -- IMSI 001011234567890
         4c 00 06 00 51 55 10 00 21 f3 -- MSISDN 15550100123
         4b 00 08 00 10 00 00 21 43 65 87 19 -- MEI 0100001234567891
         56 00 0d 00 18 00 f1 10 00 07 00 f1 10 00 00 01 01 -- ULI: TAI and ECGI
         53 00 03 00 00 f1 10     -- Serving Network 001-01
         52 00 01 00 06           -- RAT Type EUTRAN
         57 00 09 00 8a 00 00 00 33 c0 00 02 01 -- F-TEID S11 MME, 192.0.2.1
         57 00 09 01 87 00 00 00 44 c0 00 02 03 -- F-TEID S5/S8 PGW
         5d 00 13 00              -- Bearer Context, 19 octets
           49 00 01 00 05         -- EBI 5
           02 00 02 00 40 00      -- a cause of the bearer alone
           57 00 00 03            -- an empty F-TEID: a defect
         03 00 01 00 07           -- Recovery",
    )
}

/// Puts the length of a version 2 message, without its first four octets, right.
fn measured(mut octets: Vec<u8>) -> Vec<u8> {
    let length = (octets.len() - 4) as u16;
    octets[2..4].copy_from_slice(&length.to_be_bytes());
    octets
}

#[test]
fn version_0_names_its_subscriber_in_the_header() {
    let octets = v0_create();
    let message = Gtp::parse(&octets).unwrap();
    assert_eq!(message.message(), Some(("Create PDP Context Request", Kind::Request)));
    assert_eq!(message.named.imsi.unwrap().to_string(), "001011234567890");
    assert_eq!(message.tid, Some(0x0001_1132_5476_9850));
    assert_eq!(message.sequence, Some(4097));
    assert_eq!(message.named.msisdn.unwrap().to_string(), "155501");
    assert_eq!(message.stop, None);
}

#[test]
fn version_1_known_answer() {
    let octets = v1_create();
    let message = Gtp::parse(&octets).unwrap();
    assert_eq!((message.version, message.message_type), (Version::V1, 16));
    assert_eq!((message.teid, message.sequence), (Some(0), Some(0x1234)));
    let named = &message.named;
    assert_eq!(named.imsi.unwrap().to_string(), "001011234567890");
    assert_eq!(named.msisdn.unwrap().to_string(), "15550100123");
    assert_eq!(named.imei.unwrap().to_string(), "010000123456789");
    assert_eq!(format!("{:?}", named.cell.unwrap()), "sai 001-01-7-9");
    assert_eq!(named.plmn.unwrap().to_string(), "001-01");
    assert!(named.more.is_empty(), "the deleted area is no place");
    assert_eq!(message.rat_type, Some(1));
    let address = Some("192.0.2.1".parse().unwrap());
    assert_eq!(message.endpoints[..], [Endpoint { interface: None, address, teid: 0x22 }]);
    assert_eq!(message.stop, None);
}

#[test]
fn version_1_answers_and_refusals() {
    let octets = octets("32 11 00 06 00000022 1234 00 00  01 80");
    let message = Gtp::parse(&octets).unwrap();
    assert_eq!(message.message(), Some(("Create PDP Context Response", Kind::Answer)));
    assert_eq!((message.teid, message.accepted()), (Some(0x22), Some(true)));
    let refused = Gtp { cause: Some(199), ..message };
    assert_eq!(refused.accepted(), Some(false));
}

#[test]
fn an_element_of_unknown_length_ends_version_1() {
    let octets = octets("32 10 00 0e 00000000 1234 00 00  50 01 02 86 00 04 91 51 55 10");
    let message = Gtp::parse(&octets).unwrap();
    let kind = DecodeErrorKind::Unsupported { what: "element of unknown length", value: 0x50 };
    assert_eq!(message.stop.unwrap().kind, kind);
}

#[test]
fn version_2_known_answer() {
    let octets = measured(v2_create());
    let message = Gtp::parse(&octets).unwrap();
    assert_eq!(message.message(), Some(("Create Session Request", Kind::Request)));
    assert_eq!((message.teid, message.sequence), (Some(0), Some(258)));
    let named = &message.named;
    assert_eq!(named.imsi.unwrap().to_string(), "001011234567890");
    assert_eq!(named.msisdn.unwrap().to_string(), "15550100123");
    assert_eq!(named.imei.unwrap().to_string(), "0100001234567891");
    assert_eq!(format!("{:?}", named.cell.unwrap()), "ecgi 001-01-7-257");
    assert_eq!(named.plmn.unwrap().to_string(), "001-01");
    assert_eq!((message.rat_type, message.cause), (Some(6), None));
    let ends: Vec<_> = message.endpoints.iter().map(|end| (end.interface, end.teid)).collect();
    assert_eq!(ends, [(Some(10), 0x33), (Some(7), 0x44)]);
    assert!(!message.linked_bearer, "the EBI of a bearer context is not linked");
    assert_eq!(message.stop.unwrap().reason(), "F-TEID is too short");
}

#[test]
fn version_2_places_by_flags() {
    let uli = |hex: &str| {
        let value = octets(hex);
        let mut message = octets("40 26 0000 000001 00");
        message.extend([86, 0, value.len() as u8, 0]);
        message.extend(value);
        let message = measured(message);
        let named = Gtp::parse(&message).unwrap().named;
        let more = named.more.iter().map(|more| more.to_string());
        named.cell.map(|cell| format!("{cell:?}")).into_iter().chain(more).collect::<Vec<_>>()
    };
    assert_eq!(uli("01 00f110 0007 0009"), ["cgi 001-01-7-9"]);
    assert_eq!(uli("04 00f110 0007 01ff"), ["lai 001-01-7"]);
    assert_eq!(uli("08 00f110 0007"), ["tai 001-01-7"]);
    assert_eq!(uli("28 00f110 0008 00f110 0007"), ["tai 001-01-8", "cell=001-01-7"]);
    assert_eq!(uli("c0 00f110 000001 00f110 000002"), [""; 0], "eNodeBs are no cells");
}

#[test]
fn a_piggybacked_message_is_found() {
    let mut both = measured(octets("58 21 0000 00000033 000102 00  02 00 02 00 10 00"));
    let first = both.len();
    both.extend(measured(octets("48 5f 0000 00000033 000103 00  49 00 01 00 05")));
    let message = Gtp::parse(&both).unwrap();
    assert_eq!(message.accepted(), Some(true));
    let second = Gtp::parse(message.piggybacked.unwrap()).unwrap();
    assert_eq!(message.piggybacked.unwrap(), &both[first..]);
    assert_eq!(second.message().unwrap().0, "Create Bearer Request");
    assert!(second.linked_bearer);
    assert_eq!(second.piggybacked, None);
}

#[test]
fn single_radio_voice_call_continuity() {
    let octets = measured(octets(
        "48 19 0000 00000000 000001 00
         01 00 08 00 00 01 11 32 54 76 98 f0 -- IMSI
         33 00 05 00 91 51 55 10 22          -- STN-SR 15550122
         4c 00 06 00 51 55 10 00 21 f3       -- C-MSISDN
         3b 00 04 00 00 00 00 09             -- TEID-C",
    ));
    let message = Gtp::parse(&octets).unwrap();
    assert_eq!(message.message().unwrap().0, "SRVCC PS to CS Request");
    assert_eq!(message.named.called.unwrap().to_string(), "15550122");
    assert_eq!(message.named.msisdn.unwrap().to_string(), "15550100123");
}

#[test]
fn the_device_of_an_mm_context() {
    let mut context = vec![0x08, 0x24, 0x80]; // EPS, DRX; one quintuplet and one quadruplet; subscribed AMBR
    context.extend([0; 38]);
    context.extend([[0; 16].as_slice(), &[1, 7], &[2, 7, 7], &[0; 32]].concat()); // RAND, XRES, AUTN, KASME
    context.extend([[0; 16].as_slice(), &[1, 7], &[0; 32], &[2, 7, 7]].concat()); // RAND, XRES, CK, IK, AUTN
    context.extend([0; 2]); // DRX
    context.extend([0; 8]); // AMBR
    context.extend([2, 0, 0, 0]); // UE capability, no MS capability
    context.extend([8, 0x10, 0x00, 0x00, 0x21, 0x43, 0x65, 0x87, 0xf9]);
    let mut message = octets("48 83 0000 00000033 000001 00");
    message.extend([107, 0, context.len() as u8, 0]);
    message.extend(context);
    let message = measured(message);
    let message = Gtp::parse(&message).unwrap();
    assert_eq!(message.named.imei.unwrap().to_string(), "010000123456789");
    assert_eq!(message.stop, None);
}

#[test]
fn a_remote_user_is_not_the_subscriber() {
    let octets = measured(octets(
        "48 28 0000 00000033 000001 00
         bf 00 0d 00 c0 00 09 00 00 07 00 01 11 32 54 76 f8 -- Remote UE Context with a Remote User ID",
    ));
    let message = Gtp::parse(&octets);
    let message = message.unwrap();
    assert_eq!(message.named.imsi, None);
    assert!(matches!(message.named.more[..], [Identity::Imsi(_)]));
}

#[test]
fn a_length_that_is_too_small_loses_nothing() {
    let octets = octets("48 20 00 10 00000000 000001 00  01 00 08 00 00 01 11 32 54 76 98 f0");
    let message = Gtp::parse(&octets).unwrap();
    assert_eq!(message.named.imsi.unwrap().to_string(), "001011234567890");
    assert_eq!(message.stop.unwrap().reason(), "octets after the end");
}

#[test]
fn groups_have_a_limit() {
    let mut octets = vec![];
    for _ in 0..40 {
        let length = (octets.len() as u16).to_be_bytes();
        octets = [&[93, length[0], length[1], 0], octets.as_slice()].concat();
    }
    let message = measured([super::tests::octets("40 20 0000 000001 00"), octets].concat());
    assert_eq!(Gtp::parse(&message).unwrap().stop.unwrap().reason(), "grouped elements too deep");
}

#[test]
fn every_prefix_and_names() {
    for octets in [v0_create(), v1_create(), measured(v2_create())] {
        for length in 0..octets.len() {
            match Gtp::parse(&octets[..length]) {
                Ok(message) => {
                    let stop = message.stop.unwrap();
                    assert!(stop.offset <= length, "{stop:?} in {length}");
                }
                Err(error) => assert!(error.offset <= length),
            }
        }
    }
    assert!(Gtp::parse(&[0x70, 1, 0, 0]).is_err(), "a version to come");
    assert!(Gtp::parse(&[0x2e, 1, 0, 0, 0, 0, 0, 0]).is_err(), "GTP'");
    assert_eq!(message(Version::V2, 32).unwrap().0, "Create Session Request");
    assert_eq!(message(Version::V0, 22).unwrap().0, "Create AA PDP Context Request");
    assert_eq!(message(Version::V1, 22).unwrap().0, "Initiate PDP Context Activation Request");
}

proptest! {
    #[test]
    fn any_octets(octets in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(message) = Gtp::parse(&octets) {
            prop_assert!(message.stop.is_none_or(|stop| stop.offset <= octets.len()));
        }
    }

    #[test]
    fn mutated(which in 0usize..3, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut octets = [v0_create(), v1_create(), measured(v2_create())][which].clone();
        for (place, value) in changes {
            let place = place.index(octets.len());
            octets[place] = value;
        }
        if let Ok(message) = Gtp::parse(&octets) {
            prop_assert!(message.stop.is_none_or(|stop| stop.offset <= octets.len()));
        }
    }
}

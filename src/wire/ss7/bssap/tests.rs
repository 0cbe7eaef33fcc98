#![allow(clippy::arithmetic_side_effects)]

use super::*;
use crate::wire::testing::octets;
use proptest::prelude::*;

const COMPLETE_LAYER_3: &str = "
    57                              -- COMPLETE LAYER 3 INFORMATION
    05 08 00 00 f1 10 00 07 00 09   -- cell identifier: 001-01-7-9
    17 03 05 24 71                  -- layer 3 information
    21 98                           -- chosen channel
    96 00 f1 10 00 06               -- old location area 001-01-6";
const PAGING: &str = "
    52
    08 08 09 10 10 00 00 00 00 10   -- IMSI 001010000000001
    09 04 11 22 33 44               -- TMSI
    1a 0b 04 00 f1 10 00 07 00 f1 10 00 08 -- areas 7 and 8
    24 02                           -- channel needed";
const COMMON_ID: &str = "2f 08 08 09 10 10 00 00 00 00 10 7b 05 91 51 55 10 10 -- IMSI; MSISDN 1 555 0101";
const CIPHER_MODE_COMPLETE: &str = "55 20 04 06 32 17 00 2c 01";
const CLEAR_COMMAND: &str = "20 04 01 0b 8f -- handover successful; CSFB indication";
const HANDOVER_REQUEST: &str = "
    10 0b 03 01 08 01               -- channel type
    01 00 21                        -- circuit
    05 08 00 00 f1 10 00 07 00 09   -- cell that serves
    05 05 01 00 08 00 0a            -- target: LAC and CI alone
    83 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f -- Kc128
    49 00 02 aa bb                  -- APDU";

const ALL: &[&str] = &[COMPLETE_LAYER_3, PAGING, COMMON_ID, CIPHER_MODE_COMPLETE, CLEAR_COMMAND, HANDOVER_REQUEST];

fn check(hex: &str, name: &str, uplink: bool, then: impl FnOnce(&Bssmap<'_>)) {
    let octets = octets(hex);
    let message = Bssmap::parse(&octets).unwrap();
    assert_eq!((message.message_type.name(), message.message_type.uplink()), (Some(name), Some(uplink)));
    assert_eq!(message.stop, None);
    then(&message);
}

fn text(value: Option<impl std::fmt::Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

#[test]
fn known_answers() {
    check(COMPLETE_LAYER_3, "COMPLETE LAYER 3 INFORMATION", true, |message| {
        assert_eq!((text(message.cell), message.layer3), ("001-01-7-9".into(), Some(&[0x05, 0x24, 0x71][..])));
        assert_eq!(text(message.named.more.first()), "cell=001-01-6");
    });
    check(PAGING, "PAGING", false, |message| {
        let Named { imsi, tmsi, cell, more, .. } = &message.named;
        assert_eq!((text(*imsi), *tmsi), ("001010000000001".into(), Some(0x1122_3344)));
        assert_eq!((text(*cell), text(more.first())), ("001-01-7".into(), "cell=001-01-8".into()));
        assert_eq!(message.cell, None);
    });
    check(COMMON_ID, "COMMON ID", false, |message| {
        assert_eq!(
            (text(message.named.imsi), text(message.named.msisdn)),
            ("001010000000001".into(), "15550101".into())
        );
    });
    check(CIPHER_MODE_COMPLETE, "CIPHER MODE COMPLETE", true, |message| {
        assert_eq!(message.layer3, Some(&[0x06, 0x32, 0x17, 0x00][..]));
    });
    check(CLEAR_COMMAND, "CLEAR COMMAND", false, |message| assert_eq!(message.cause, Some(11)));
    check(HANDOVER_REQUEST, "HANDOVER REQUEST", false, |message| {
        assert_eq!(text(message.named.cell), "001-01-7-9");
    });
}

#[test]
fn headers() {
    assert_eq!(Bssap::parse(&[0, 2, 0x20, 0xaa]).unwrap(), (Bssap::Management(&[0x20, 0xaa]), None));
    let transfer = Bssap::Transfer { dlci: 3, data: &[0x09, 0x04] };
    assert_eq!(Bssap::parse(&[1, 3, 2, 0x09, 0x04]).unwrap(), (transfer, None));
    let (cut, stop) = Bssap::parse(&[0, 9, 0x20]).unwrap();
    assert_eq!(cut, Bssap::Management(&[0x20]));
    assert!(stop.is_some());
    assert_eq!(Bssap::parse(&[2, 0]).unwrap_err().reason(), "BSSAP discrimination");
    assert!(Bssap::probe(&[0, 1, 0x20]) && !Bssap::probe(&[0, 1, 0x09]) && !Bssap::probe(&[0, 2, 0x20]));
    assert!(Bssap::probe(&[1, 0, 1, 5]) && !Bssap::probe(&[1, 0, 2, 5]));
}

/// The fields of all discriminators, of which some say their network.
#[test]
fn cell_identifiers() {
    let cell = |hex: &str| cell::identifier(&octets(hex));
    assert_eq!(text(cell("00 00f110 0007 0009").unwrap()), "001-01-7-9");
    assert_eq!(text(cell("04 00f110 0007").unwrap()), "001-01-7");
    assert_eq!(text(cell("08 00f110 0007 0001").unwrap()), "001-01-7");
    assert_eq!(text(cell("0b 00f110 0007 0009").unwrap()), "001-01-7-9");
    for other in ["01 0007 0009", "02 0009", "03", "05 0007", "06", "09 0001", "0a 0007 0001", "0c 0007 0001 0009"] {
        assert_eq!(cell(other), Some(None), "{other}");
    }
    for bad in ["", "00 00f110 0007 00", "07", "0f 00"] {
        assert_eq!(cell(bad), None, "{bad}");
    }
    assert!(!cell::list(&octets("00 00f110 0007 0009 00"), &mut Named::default()));
}

#[test]
fn every_prefix_is_an_error_or_partial() {
    for hex in ALL {
        let octets = octets(hex);
        for end in 1..octets.len() {
            let message = Bssmap::parse(&octets[..end]).unwrap();
            assert!(message.stop.is_none_or(|stop| stop.offset <= end));
            let [head, full] = [octets[..end].len(), octets.len()];
            let framed = [&[0, u8::try_from(full).unwrap()], &octets[..head]].concat();
            assert!(Bssap::parse(&framed).unwrap().1.is_some());
        }
    }
}

proptest! {
    #[test]
    fn any_octets(octets in prop::collection::vec(any::<u8>(), 0..80)) {
        let _ = (Bssap::parse(&octets), Bssmap::parse(&octets), Bssap::probe(&octets));
    }

    #[test]
    fn mutated(which in 0..ALL.len(), at in 0usize..80, value: u8) {
        let mut octets = octets(ALL[which]);
        let at = at % octets.len();
        octets[at] = value;
        let message = Bssmap::parse(&octets).unwrap();
        prop_assert!(message.stop.is_none_or(|stop| stop.offset <= octets.len()));
    }
}

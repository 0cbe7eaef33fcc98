//! Known answers by hand from the tables of the specifications, checked with another decoder; synthetic identities.

#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)]

use super::*;
use crate::identity::{CellId, CellKind, Plmn};
use crate::wire::Identity;
use crate::wire::layer3::{Service, Step};
use crate::wire::testing::octets as hex;
use proptest::prelude::*;

const ATTACH: &str = "
    07 41                               -- EMM, Attach request
    71                                  -- no key, EPS attach
    08 09 10 10 00 00 00 00 71          -- IMSI 001010000000017
    02 e0 60                            -- UE network capability
    00 04 02 01 d0 11                   -- ESM: PDN connectivity request, PTI 1
    52 00 f1 10 00 07                   -- last visited TAI 001-01-7
    13 00 f1 10 00 05                   -- old LAI 001-01-5
    5c 0a 00                            -- DRX parameter
    50 0b f6 00 f1 10 80 01 07 c0 00 00 01 -- additional GUTI
    90                                  -- TMSI status";
const ATTACH_ACCEPT: &str = "
    07 42                               -- Attach accept
    02 49                               -- combined; T3412
    06 00 00 f1 10 00 07                -- TAI list
    00 04 52 01 c2 01                   -- ESM
    50 0b f6 00 f1 10 80 01 07 c0 00 00 02 -- GUTI
    23 05 f4 40 00 00 02                -- TMSI of the VLR
    53 12                               -- EMM cause 18";
const DETACH: &str = "07 45 29 0b f6 00 f1 10 80 01 07 c0 00 00 01 -- switch off, GUTI";
const DETACH_BY_NETWORK: &str = "07 45 01 53 0b -- re-attach, cause 11";
const TAU: &str = "07 48 0b 0b f6 00 f1 10 80 01 07 c0 00 00 01 52 00 f1 10 00 07 -- periodic, old GUTI";
const IDENTITY: &str = "07 56 09 3b 12 56 34 12 21 43 65 87 09 -- unread";
const SECURITY_MODE_COMPLETE: &str = "
    07 5e                               -- Security mode complete
    23 09 03 10 00 21 43 65 87 09 f1    -- IMEISV 0010012345678901";
const SERVICE: &str = "c7 05 12 34 -- Service request, key set 0, sequence number 5, short MAC";
const EXTENDED_SERVICE: &str = "07 4c 10 05 f4 c0 00 00 01 -- originating CS fallback, M-TMSI";
const NOTIFICATION: &str = "07 64 00 60 06 91 51 55 05 01 f0 -- CS service notification from +1555 50100";
const TRANSPORT: &str = "07 62 05 09 01 02 03 04 -- Downlink NAS transport with a CP message";
const BEARER: &str = "
    52 01 c1                            -- bearer 5, PTI 1, Activate default EPS bearer context request
    01 09                               -- quality
    05 04 74 65 73 74                   -- access point name
    05 01 c0 00 02 02                   -- address
    58 32                               -- ESM cause 50";

const REGISTRATION: &str = "
    7e 00 41                            -- 5GMM, plain, Registration request
    79                                  -- initial, no key
    00 0d 01 00 f1 10 00 00 00 00 00 00 00 00 71 -- SUCI 001-01, null scheme, MSIN 0000000017
    2e 02 e0 e0                         -- UE security capability
    52 00 f1 10 00 00 07                -- last visited TAI 001-01-7";
const REGISTRATION_GUTI: &str = "
    7e 00 41 03                         -- periodic
    00 0b f2 00 f1 10 02 10 07 c0 00 00 01 -- 5G-GUTI 001-01, region 2, set 64, pointer 7
    71 00 04 7e 00 41 79                -- the whole message";
const CONCEALED: &str = "7e 00 5c 00 0e 01 00 f1 10 00 00 01 01 aa bb cc dd ee ff -- SUCI of profile A";
const REGISTRATION_ACCEPT: &str = "
    7e 00 42 01 01                      -- Registration accept, 3GPP access
    77 00 0b f2 00 f1 10 02 10 07 c0 00 00 02 -- 5G-GUTI
    54 07 00 00 f1 10 00 00 07          -- TAI list
    21 02 01 00                         -- network features: here 21 has a length
    5e 01 92                            -- T3512";
const FIVE_G_SERVICE: &str = "7e 00 4c 10 00 07 f4 10 07 c0 00 00 01 40 02 20 00 -- data, 5G-S-TMSI, uplink data";
const COMPLETE: &str = "
    7e 00 5e 77 00 09 05 10 00 21 43 65 87 09 f1 -- Security mode complete, IMEISV";
const CHALLENGE: &str = "
    7e 00 56 00 02 00 00                -- Authentication request, ABBA
    21 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 -- RAND
    20 10 00 00 00 00 00 00 80 00 00 00 00 00 00 00 00 00 -- AUTN";
const SESSION: &str = "
    7e 00 67 01 00 07 2e 05 01 c1 ff ff 91 -- UL NAS transport, N1 SM: PDU session 5 establishment request
    12 05 81                            -- PDU session 5, initial request
    22 04 01 00 00 01                   -- slice
    25 05 04 74 65 73 74                -- data network name";
const SHORT_MESSAGE: &str = "7e 00 68 02 00 05 09 01 02 03 04 -- DL NAS transport, SMS";

const ALL: &[&str] = &[
    ATTACH,
    ATTACH_ACCEPT,
    DETACH,
    DETACH_BY_NETWORK,
    TAU,
    SECURITY_MODE_COMPLETE,
    SERVICE,
    EXTENDED_SERVICE,
    NOTIFICATION,
    TRANSPORT,
    BEARER,
    REGISTRATION,
    REGISTRATION_GUTI,
    CONCEALED,
    REGISTRATION_ACCEPT,
    FIVE_G_SERVICE,
    COMPLETE,
    CHALLENGE,
    SESSION,
    SHORT_MESSAGE,
];

fn read(text: &str, look: impl FnOnce(&Nas<'_>)) {
    let octets = hex(text);
    let nas = Nas::parse(&octets, None).unwrap();
    assert_eq!(nas.message.stop, None, "{text}");
    look(&nas);
}

fn shown(value: Option<impl std::fmt::Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn area(number: u32, kind: CellKind) -> Identity {
    Identity::Cell(CellId { plmn: Plmn::new(1, 1, 2).unwrap(), area: Some(number), cell: None, kind })
}

#[test]
fn attach() {
    read(ATTACH, |nas| {
        let Layer3 { name, step, named, contained, .. } = &nas.message;
        assert_eq!((*name, *step), ("Attach request", Step::Register { periodic: false }));
        assert_eq!(shown(named.imsi), "001010000000017");
        assert_eq!(shown(named.guti), "001-01-32769-7-c0000001");
        assert_eq!((named.cell, &named.more[..]), (None, &[area(7, CellKind::Tai), area(5, CellKind::Lai)][..]));
        assert_eq!(*contained, Some(&[2, 1, 0xd0, 0x11][..]));
    });
    read(ATTACH_ACCEPT, |nas| {
        assert_eq!(nas.message.step, Step::Registered);
        assert_eq!(shown(nas.message.given), "001-01-32769-7-c0000002");
        assert_eq!(nas.message.named.tmsi, Some(0xc000_0002));
        assert_eq!(nas.message.named.more, [Identity::Tmsi(0x4000_0002)]);
        assert_eq!(nas.message.cause, Some(18));
    });
}

#[test]
fn detach_of_either_side() {
    read(DETACH, |nas| assert_eq!(nas.message.named.tmsi, Some(0xc000_0001)));
    read(DETACH_BY_NETWORK, |nas| {
        assert_eq!((nas.message.step, nas.message.cause), (Step::Deregister, Some(11)));
    });
}

#[test]
fn other_emm_messages() {
    read(TAU, |nas| {
        assert_eq!(nas.message.step, Step::Register { periodic: true });
        assert_eq!(nas.message.named.tmsi, Some(0xc000_0001));
    });
    read(SECURITY_MODE_COMPLETE, |nas| assert_eq!(shown(nas.message.named.imei), "0010012345678901"));
    read(SERVICE, |nas| {
        assert_eq!((nas.message.name, nas.security), ("Service request", 12));
        assert_eq!(nas.message.step, Step::ServiceRequest(Service::Data));
    });
    read(EXTENDED_SERVICE, |nas| {
        assert_eq!(nas.message.step, Step::ServiceRequest(Service::Call));
        assert_eq!(nas.message.named.tmsi, Some(0xc000_0001));
    });
    read(NOTIFICATION, |nas| {
        let calling = nas.message.named.calling.unwrap();
        assert_eq!(calling.international().unwrap().to_string(), "155550100");
    });
    read(TRANSPORT, |nas| assert_eq!(nas.message.contained, Some(&[9, 1, 2, 3, 4][..])));
}

#[test]
fn session_management() {
    let octets = hex(BEARER);
    let way = |direction| Nas::parse(&octets, direction).unwrap().message;
    let message = way(Some(Direction::Terminating));
    assert_eq!((message.name, message.step), ("Activate default EPS bearer context request", Step::SessionAccepted));
    assert_eq!((message.transaction, message.cause), (Some(0x81), Some(50)));
    assert_eq!(way(None).transaction, Some(1));
}

#[test]
fn registration() {
    read(REGISTRATION, |nas| {
        assert_eq!(nas.message.step, Step::Register { periodic: false });
        assert_eq!(shown(nas.message.named.imsi), "001010000000017");
        assert_eq!(nas.message.named.more, [area(7, CellKind::Tai)]);
        assert!(!nas.concealed);
    });
    read(REGISTRATION_GUTI, |nas| {
        assert_eq!(nas.message.step, Step::Register { periodic: true });
        assert_eq!(shown(nas.message.named.guti), "001-01-2.64-7-c0000001");
        assert_eq!(nas.message.contained, Some(&[0x7e, 0, 0x41, 0x79][..]));
    });
    read(REGISTRATION_ACCEPT, |nas| {
        assert_eq!(shown(nas.message.given), "001-01-2.64-7-c0000002");
    });
    read(CONCEALED, |nas| {
        assert!(nas.concealed);
        assert_eq!((nas.message.named.imsi, shown(nas.message.named.plmn)), (None, "001-01".to_owned()));
    });
}

#[test]
fn other_5gmm_messages() {
    read(FIVE_G_SERVICE, |nas| {
        assert_eq!(nas.message.step, Step::ServiceRequest(Service::Data));
        assert_eq!(nas.message.named.tmsi, Some(0xc000_0001));
    });
    read(COMPLETE, |nas| assert_eq!(shown(nas.message.named.imei), "0010012345678901"));
    read(CHALLENGE, |nas| assert_eq!(nas.message.step, Step::AuthenticationRequest));
    read(SHORT_MESSAGE, |nas| assert_eq!(nas.message.contained, Some(&[9, 1, 2, 3, 4][..])));
    read(SESSION, |nas| {
        let inner = Nas::parse(nas.message.contained.unwrap(), Some(Direction::Originating)).unwrap().message;
        assert_eq!((inner.name, inner.step), ("PDU session establishment request", Step::SessionRequest));
        assert_eq!(inner.transaction, Some(5));
    });
}

#[test]
fn a_subscriber_of_a_network_with_three_digits() {
    // SUCI 310-410, MSIN 000000001
    let octets = hex("7e 00 5c 00 0d 01 13 00 14 00 00 00 00 00 00 00 00 f1");
    let nas = Nas::parse(&octets, None).unwrap();
    assert_eq!(shown(nas.message.named.imsi), "310410000000001");
}

#[test]
fn security_headers() {
    let protect = |security: &str, text: &str| hex(&format!("{security} 11223344 05 {}", text.replace("--", "\n--")));
    // Integrity protected: read, and its offsets count from the header.
    let octets = protect("17", "07 5e 23 09 03 10 00 21 43 65 87 09 f1");
    let nas = Nas::parse(&octets, None).unwrap();
    assert_eq!((nas.security, shown(nas.message.named.imei)), (1, "0010012345678901".to_owned()));
    // Said to be ciphered, by the null algorithm: read.
    assert!(Nas::parse(&protect("27", "07 43 00 03 52 01 c2"), None).is_ok());
    assert!(Nas::parse(&protect("47", "52 01 c2"), None).is_ok());
    let five = hex("7e 02 11223344 05 7e 00 43");
    assert_eq!(Nas::parse(&five, None).unwrap().message.name, "Registration complete");
    // The type of the header again, where a plain message has none.
    let again = hex("7e 02 11223344 05 7e 02 43");
    assert_eq!(Nas::parse(&again, None).unwrap().message.name, "Registration complete");
    // Ciphered: its head is not one, or it does not end where it should.
    for octets in [
        protect("27", "9c 41 00 17 88"),
        protect("27", "07 43 00 77 52 01 c2"),
        hex("7e 02 11223344 05 7e 00 41 00 ff ff"),
        hex("7e 04 11223344 05 12 34 56"),
    ] {
        assert_eq!(Nas::parse(&octets, None).unwrap_err().reason(), CIPHERED);
    }
    // A header within a header is none.
    assert!(Nas::parse(&protect("17", "17 11223344 05 07 55 01"), None).is_err());
    assert!(Nas::parse(&hex("7e 01 11223344 05 7e 01 11223344 05 7e 00 43"), None).is_err());
}

#[test]
fn unknown_messages() {
    let reason = |octets: &[u8]| Nas::parse(octets, None).unwrap_err().reason();
    assert_eq!(reason(&[0x07, 0x01]), "type of NAS message");
    assert_eq!(reason(&[0x09, 0x01]), "protocol discriminator");
    // A broken identity costs the identity alone.
    let octets = hex(&IDENTITY.replace("3b 12", "3f 12"));
    assert_eq!(Nas::parse(&octets, None).unwrap().message.name, "Identity response");
}

#[test]
fn every_prefix_is_an_error_or_partial() {
    for text in ALL {
        let octets = hex(text);
        for end in 0..octets.len() {
            match Nas::parse(&octets[..end], None) {
                // Where an optional element starts, a prefix is a message of its own.
                Ok(nas) => assert!(nas.message.stop.is_none_or(|stop| stop.offset <= end)),
                Err(error) => assert!(error.offset <= end, "{text} {end} {error:?}"),
            }
        }
    }
}

proptest! {
    #[test]
    fn any_octets(first in prop::sample::select(vec![0x07u8, 0x17, 0x27, 0xc7, 0x02, 0x7e, 0x2e, 0x09]),
                  octets in prop::collection::vec(any::<u8>(), 0..120)) {
        let octets = [&[first][..], &octets[..]].concat();
        match Nas::parse(&octets, None) {
            Ok(nas) => prop_assert!(nas.message.stop.is_none_or(|stop| stop.offset <= octets.len())),
            Err(error) => prop_assert!(error.offset <= octets.len()),
        }
    }

    #[test]
    fn mutated(which in 0usize..ALL.len(), at: prop::sample::Index, value: u8) {
        let mut octets = hex(ALL[which]);
        let at = at.index(octets.len());
        octets[at] = value;
        if let Ok(nas) = Nas::parse(&octets, None) {
            prop_assert!(nas.message.stop.is_none_or(|stop| stop.offset <= octets.len()));
        }
    }
}

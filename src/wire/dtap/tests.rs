#![allow(clippy::arithmetic_side_effects)]

use super::*;
use crate::wire::layer3::Service;
use crate::wire::ss7::Direction;
use crate::wire::testing::octets;
use proptest::prelude::*;

const LOCATION_UPDATING_REQUEST: &str = "
    05 48                   -- MM; N(SD) 1, LOCATION UPDATING REQUEST
    71                      -- no key, periodic
    00 f1 10 00 07          -- 001-01, LAC 7
    57                      -- classmark 1
    05 f4 11 22 33 44       -- TMSI
    33 03 57 18 a6          -- classmark 2";
const LOCATION_UPDATING_ACCEPT: &str = "
    05 02 00 f1 10 00 08    -- 001-01, LAC 8
    17 05 f4 55 66 77 88    -- TMSI
    a1";
const CM_SERVICE_REQUEST: &str = "
    05 24 74                -- short message
    03 57 18 a6             -- classmark 2
    08 09 10 10 00 00 00 00 10 -- IMSI 001010000000001";
const IDENTITY_RESPONSE: &str = "
    05 59                   -- N(SD) 1
    09 03 10 10 10 32 54 76 10 f2 -- IMEISV 0010101234567012";
const PAGING_RESPONSE: &str = "
    06 27 07 03 57 18 a6 05 f4 11 22 33 44";
const SETUP_TO_NETWORK: &str = "
    03 45 04 06 60 04 02 00 05 81 -- bearer capability
    5e 06 91 51 55 10 30 f0 -- called 1555 0103 0
    a1";
const SETUP_TO_MOBILE: &str = "
    13 05 34 01             -- transaction 1; signal
    5c 07 11 83 51 55 10 20 f0 -- calling, presentation restricted; 1555 0102 0
    74 05 91 51 55 10 40    -- redirecting 1555 0104";
const DISCONNECT: &str = "83 25 02 e0 91 -- user busy, sent to the side that chose transaction 0";
const RELEASE_COMPLETE: &str = "83 2a 08 03 61 90 90 -- normal call clearing, after octet 3a";
const CP_DATA: &str = "
    09 01 1a                -- CP-DATA
    00 01 00                -- RP-DATA to the network, reference 1, no originator
    05 91 51 55 10 20       -- service centre 1 555 0102
    10 01 07 08 91 51 55 10 30 00 00 05 e8 32 9b fd 06 -- SUBMIT to 1 555 0103";
const RP_ERROR: &str = "89 01 04 05 07 01 16 -- CP-DATA; RP-ERROR of the network, memory exceeded";
const USSD: &str = "
    0b 7b 1c 08             -- SS, transaction 0, REGISTER; facility
    a1 06 02 01 01 02 01 3b -- invoke 1, processUnstructuredSS-Request
    7f 01 00";
const ATTACH_REQUEST: &str = "
    08 01 02 e5 e0 01 0a 00 -- network capability, GPRS attach, DRX
    05 f4 c0 00 00 01       -- P-TMSI
    00 f1 10 00 07 01       -- 001-01, LAC 7, RAC 1
    02 10 00                -- radio access capability
    19 01 02 03";
const ATTACH_ACCEPT: &str = "
    08 02 01 2a 44 00 f1 10 00 08 01 -- result, timer, priority; 001-01, LAC 8, RAC 1
    19 01 02 03 18 05 f4 c0 00 00 02 -- signature; P-TMSI
    23 05 f4 55 66 77 88    -- TMSI";
const AUTHENTICATION_AND_CIPHERING_RESPONSE: &str = "
    08 13 01 22 01 02 03 04 -- RES
    23 09 03 10 10 10 32 54 76 10 f2";
const ACTIVATE_PDP_REJECT: &str = "8a 43 1b -- transaction 0; missing or unknown APN";

const ALL: &[&str] = &[
    LOCATION_UPDATING_REQUEST,
    LOCATION_UPDATING_ACCEPT,
    CM_SERVICE_REQUEST,
    IDENTITY_RESPONSE,
    PAGING_RESPONSE,
    SETUP_TO_NETWORK,
    SETUP_TO_MOBILE,
    DISCONNECT,
    RELEASE_COMPLETE,
    CP_DATA,
    RP_ERROR,
    USSD,
    ATTACH_REQUEST,
    ATTACH_ACCEPT,
    AUTHENTICATION_AND_CIPHERING_RESPONSE,
    ACTIVATE_PDP_REJECT,
];

fn check(hex: &str, uplink: bool, name: &str, step: Step, then: impl FnOnce(&Layer3<'_>)) {
    let octets = octets(hex);
    let message = parse(&octets, Some(uplink)).unwrap();
    assert_eq!((message.name, message.step, message.stop), (name, step, None));
    if let Some(tells) = sender(&octets) {
        assert_eq!(tells, uplink, "{name}");
    }
    then(&message);
}

fn text(value: Option<impl std::fmt::Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

#[test]
fn mobility_management() {
    check(LOCATION_UPDATING_REQUEST, true, "LOCATION UPDATING REQUEST", Step::Register { periodic: true }, |message| {
        assert_eq!((message.named.tmsi, text(message.named.cell)), (Some(0x1122_3344), "001-01-7".into()));
    });
    check(LOCATION_UPDATING_ACCEPT, false, "LOCATION UPDATING ACCEPT", Step::Registered, |message| {
        assert_eq!((message.named.tmsi, text(message.named.cell)), (Some(0x5566_7788), "001-01-8".into()));
    });
    let service = Step::ServiceRequest(Service::ShortMessage);
    check(CM_SERVICE_REQUEST, true, "CM SERVICE REQUEST", service, |message| {
        assert_eq!(text(message.named.imsi), "001010000000001");
    });
    check(IDENTITY_RESPONSE, true, "IDENTITY RESPONSE", Step::IdentityResponse, |message| {
        assert_eq!(text(message.named.imei), "0010101234567012");
    });
    check(PAGING_RESPONSE, true, "PAGING RESPONSE", Step::PagingResponse, |message| {
        assert_eq!(message.named.tmsi, Some(0x1122_3344));
    });
}

#[test]
fn call_control() {
    check(SETUP_TO_NETWORK, true, "SETUP", Step::Setup, |message| {
        assert_eq!(text(message.named.called), "155501030");
        assert_eq!(message.transaction, Some(0));
    });
    check(SETUP_TO_MOBILE, false, "SETUP", Step::Setup, |message| {
        assert_eq!(text(message.named.calling), "155501020");
        assert_eq!(text(message.named.more.first()), "called=15550104");
        assert_eq!(message.transaction, Some(1));
    });
    check(DISCONNECT, false, "DISCONNECT", Step::Disconnect, |message| {
        assert_eq!((message.cause, message.transaction), (Some(17), Some(0x80)));
    });
    check(RELEASE_COMPLETE, false, "RELEASE COMPLETE", Step::Release, |message| {
        assert_eq!(message.cause, Some(16));
    });
}

#[test]
fn short_messages_and_services() {
    check(CP_DATA, true, "RP-DATA", Step::ShortMessage, |message| {
        let (tpdu, direction) = message.tpdu.unwrap();
        assert_eq!((tpdu.len(), direction), (16, Direction::Originating));
        assert_eq!(text(message.named.serving_node), "15550102");
    });
    check(RP_ERROR, false, "RP-ERROR", Step::ShortMessageRejected, |message| {
        assert_eq!((message.cause, message.transaction), (Some(0x16), Some(0x80)));
    });
    check(USSD, true, "REGISTER", Step::SupplementaryService, |message| {
        assert_eq!(message.operation, Some(59));
    });
}

#[test]
fn packet_domain() {
    check(ATTACH_REQUEST, true, "ATTACH REQUEST", Step::Register { periodic: false }, |message| {
        assert_eq!((message.named.tmsi, text(message.named.cell)), (Some(0xc000_0001), "001-01-7".into()));
    });
    check(ATTACH_ACCEPT, false, "ATTACH ACCEPT", Step::Registered, |message| {
        assert_eq!(message.named.tmsi, Some(0xc000_0002));
        assert_eq!(text(message.named.more.first()), "tmsi=55667788");
    });
    let name = "AUTHENTICATION AND CIPHERING RESPONSE";
    check(AUTHENTICATION_AND_CIPHERING_RESPONSE, true, name, Step::AuthenticationResponse, |message| {
        assert_eq!(text(message.named.imei), "0010101234567012");
    });
    check(ACTIVATE_PDP_REJECT, false, "ACTIVATE PDP CONTEXT REJECT", Step::SessionRejected, |message| {
        assert_eq!(message.cause, Some(27));
    });
}

/// A transaction of seven goes on in a second octet; protocols of others and unknown messages are told.
#[test]
fn heads() {
    let message = parse(&[0x7a, 0x85, 0x46, 0x24], None).unwrap();
    assert_eq!((message.name, message.transaction), ("DEACTIVATE PDP CONTEXT REQUEST", Some(5)));
    assert_eq!(parse(&[0x07, 0x41], None).unwrap_err().reason(), "protocol discriminator of layer 3");
    assert_eq!(parse(&[0x05, 0x3f], None).unwrap_err().reason(), "layer 3 message type");
    assert!(parse(&[], None).is_err());
}

#[test]
fn every_prefix_is_an_error_or_partial() {
    for hex in ALL {
        let octets = octets(hex);
        let whole = parse(&octets, None).unwrap();
        for end in 0..octets.len() {
            let Ok(message) = parse(&octets[..end], None) else { continue };
            // What ends before an optional element is whole; then it names no more than the whole.
            assert!(message.stop.is_some() || message.named.more.len() <= whole.named.more.len(), "{hex} {end}");
        }
    }
}

proptest! {
    #[test]
    fn any_octets(octets in prop::collection::vec(any::<u8>(), 0..60), uplink: Option<bool>) {
        let _ = (parse(&octets, uplink), sender(&octets));
    }

    #[test]
    fn mutated(which in 0..ALL.len(), at in 0usize..60, value: u8, uplink: Option<bool>) {
        let mut octets = octets(ALL[which]);
        let at = at % octets.len();
        octets[at] = value;
        if let Ok(Layer3 { stop: Some(stop), .. }) = parse(&octets, uplink) {
            prop_assert!(stop.offset <= octets.len());
        }
    }
}

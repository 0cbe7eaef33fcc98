//! From octets of a connection to events.

#![allow(clippy::arithmetic_side_effects)]

use crate::event::{Direction, EventKind, Interface, Result};
use crate::health::{Layer, Outcome};
use crate::reassembly::Carrier;
use crate::session::testing::{octets, run};

/// A GSUP message within IPA.
fn ipa(hex: &str) -> Vec<u8> {
    let message = octets(hex);
    [&((message.len() + 1) as u16).to_be_bytes()[..], &[0xee, 0x05], &message].concat()
}

const IMSI: &str = "0108 0001113254 7698f0";

#[test]
fn an_update_with_its_data() {
    let of = |first: bool, hex: &str| (first, ipa(&hex.replace("IMSI", IMSI)));
    let (seen, health) = run(
        Carrier::Tcp,
        [40000, 4222],
        &[
            (true, octets("0001fe00")),
            of(true, "30 IMSI 5008 07 10000021436587"),
            of(false, "32 IMSI 510100"),
            of(true, "04 IMSI 280102"),
            of(false, "10 IMSI 0807 06 51551000 21f3"),
            of(true, "12 IMSI"),
            of(false, "06 IMSI"),
            of(true, "08 IMSI"),
            of(false, "09 IMSI 020102"),
        ],
    );
    let events: Vec<_> = seen.events.iter().map(|event| (event.kind, event.outcome)).collect();
    assert_eq!(
        events,
        [
            (EventKind::EquipmentCheck, Result::Success),
            (EventKind::Register, Result::Success),
            (EventKind::Authenticate, Result::Failure),
        ]
    );
    assert!(seen.events.iter().all(|event| event.interface == Interface::Gsup && event.imsi.is_some()));
    assert_eq!(seen.events[1].msisdn.unwrap().to_string(), "15550100123");
    assert_eq!(seen.messages[0].exchange, seen.messages[1].exchange);
    assert_ne!(seen.messages[1].exchange, seen.messages[2].exchange);
    assert_eq!(seen.messages[2].exchange, seen.messages[5].exchange);
    assert_eq!(health.count(Layer::Gsup, Outcome::Unsupported, "connection management of IPA"), 1);
}

#[test]
fn sessions_and_short_messages() {
    let submit = "24 IMSI 4001fa 4106 03 9151551009 4208 02 91515510 0021f3 4312 01 00 0b 91 51 55 10 10 32 f4 00 00 05 e8 32 9b fd 06";
    let of = |first: bool, hex: &str| (first, ipa(&hex.replace("IMSI", IMSI)));
    let ussd = |code: &str, state: u8| format!("{code} IMSI 3004 00000001 3101 {state:02x} 3502 a100");
    let (seen, _) = run(
        Carrier::Tcp,
        [40000, 4222],
        &[
            of(true, submit),
            of(false, "26 IMSI 4001fa"),
            of(true, &ussd("20", 1)),
            of(false, &ussd("22", 3)),
            of(false, &ussd("20", 1)),
        ],
    );
    let events: Vec<_> = seen.events.iter().map(|event| (event.kind, event.direction, event.outcome)).collect();
    assert_eq!(
        events,
        [
            (EventKind::SmsSubmit, Direction::Mo, Result::Success),
            (EventKind::Ussd, Direction::Mo, Result::Success),
            (EventKind::Ussd, Direction::Mt, Result::Unknown),
        ]
    );
    assert_eq!(seen.messages[0].named.called.unwrap().to_string(), "15550101234");
    assert!(seen.events[0].sms_digest.is_some());
    let exchanges: Vec<_> = seen.messages[2..].iter().map(|row| row.exchange).collect();
    assert!(exchanges.iter().all(|exchange| *exchange == exchanges[0]));
}

//! Dialogues from octets: which message belongs to which, and what becomes of them.

#![allow(clippy::arithmetic_side_effects)]

use crate::event::{Event, EventKind, Interface, Result};
use crate::session::tests::{M3UA, Seen, octets, run};

/// A TCAP message from one point code to another, to a subsystem.
fn message(opc: u8, dpc: u8, ssn: u8, tcap: &str) -> Vec<u8> {
    let tcap = octets(tcap);
    let mut data = vec![0, 0, 0, opc, 0, 0, 0, dpc, 3, 2, 0, 0, 0x09, 0x00, 3, 5, 7, 2, 0x42, ssn, 2, 0x42, ssn];
    data.push(tcap.len() as u8);
    data.extend(tcap);
    let mut message = octets("01 00 01 01");
    let parameter = data.len() + 4;
    message.extend((parameter.next_multiple_of(4) as u32 + 8).to_be_bytes());
    message.extend(octets("0210"));
    message.extend((parameter as u16).to_be_bytes());
    message.extend(data);
    message.resize(message.len().next_multiple_of(4), 0);
    message
}

fn seen(messages: &[Vec<u8>]) -> Seen {
    run(M3UA, messages).0
}

fn kinds(seen: &Seen) -> Vec<(EventKind, Result)> {
    seen.events.iter().map(|event: &Event| (event.kind, event.outcome)).collect()
}

/// purgeMS of a subscriber whose last digits are given, in a Begin with transaction id 1.
fn purge(digits: &str) -> String {
    format!("62 1d 48 01 01 6c 18 a1 16 02 01 01 02 01 43 30 0e 04 08 00010100000000{digits} 04 02 91 51")
}

/// Its result, in an End to transaction 1.
const PURGED: &str = "64 0a 49 01 01 6c 05 a2 03 02 01 01";

#[test]
fn ids_of_several_nodes_and_ids_used_again() {
    let seen = seen(&[
        message(1, 9, 6, &purge("f1")),
        message(2, 9, 6, &purge("f2")),
        message(9, 2, 6, PURGED),
        message(9, 1, 6, PURGED),
        message(1, 9, 6, &purge("f3")),
        // The same octets so soon would be the End before on another leg.
        message(9, 1, 6, "64 0f 49 01 01 6c 0a a2 08 02 01 01 30 03 02 01 43"),
    ]);
    let subscribers: Vec<_> = seen.events.iter().map(|event| event.imsi.unwrap().to_string()).collect();
    assert_eq!(subscribers, ["001010000000002", "001010000000001", "001010000000003"]);
    assert!(kinds(&seen).iter().all(|kind| *kind == (EventKind::Deregister, Result::Success)));
    let exchanges: Vec<_> = seen.exchanges.iter().map(|(exchange, _)| *exchange).collect();
    assert_eq!((exchanges[0], exchanges[1], exchanges[4]), (exchanges[3], exchanges[2], exchanges[5]));
    assert!(exchanges[0] != exchanges[1] && exchanges[0] != exchanges[4]);
}

/// An id that only one dialogue has leads to it from another address; one that two have does not.
#[test]
fn another_address() {
    let alone = seen(&[message(1, 9, 6, &purge("f1")), message(9, 3, 6, PURGED)]);
    assert_eq!(kinds(&alone), [(EventKind::Deregister, Result::Success)]);
    let two = seen(&[message(1, 9, 6, &purge("f1")), message(2, 9, 6, &purge("f2")), message(9, 3, 6, PURGED)]);
    assert!(kinds(&two).iter().all(|(_, outcome)| *outcome == Result::Unknown));
}

#[test]
fn a_dialogue_whose_begin_was_not_seen() {
    let insert = "65 22 48 01 02 49 01 01 6c 1a a1 18 02 01 01 02 01 07 30 10 \
                  80 08 00010100000000f1 81 04 91 51 55 10";
    let taken = "65 16 48 01 01 49 01 02 6c 0e a2 0c 02 01 01 30 07 02 01 07 30 02 05 00";
    let end = "64 0a 49 01 01 6c 05 a2 03 02 01 05";
    let seen = seen(&[message(9, 1, 6, insert), message(1, 9, 6, taken), message(9, 1, 6, end)]);
    let names: Vec<_> = seen.messages.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names[..2], ["insertSubscriberData invoke", "insertSubscriberData result"]);
    let (exchange, inferred) = seen.exchanges[0];
    assert!(inferred);
    assert!(seen.exchanges.iter().all(|(other, _)| *other == exchange), "{:?}", seen.exchanges);
}

#[test]
fn rejects_say_why() {
    let reject = "64 0d 49 01 01 6c 08 a4 06 02 01 01 81 01 01";
    let seen = seen(&[message(1, 9, 6, &purge("f1")), message(9, 1, 6, reject)]);
    assert_eq!(seen.messages[1].0, "purgeMS reject");
    assert_eq!(seen.causes[1], Some(101));
    assert_eq!(kinds(&seen), [(EventKind::Deregister, Result::Failure)]);
}

#[test]
fn registration_in_ansi() {
    let query = "e2 2a c7 04 00000001 e8 22 e9 20 cf 01 05 d1 02 090d f2 17 \
                 89 04 80010203 9f8172 08 00010100000000f1 95 03 000c06";
    let response = "e4 0f c7 04 00000001 e8 07 ea 05 cf 01 05 f2 00";
    let seen = seen(&[message(1, 9, 6, query), message(9, 1, 6, response)]);
    assert_eq!(seen.messages[0].0, "RegistrationNotification invoke");
    assert_eq!(seen.messages[0].1[4].as_deref(), Some("esn=80010203 mscid=12-6"));
    assert_eq!(seen.messages[1].0, "RegistrationNotification result");
    assert_eq!(kinds(&seen), [(EventKind::Register, Result::Success)]);
    assert_eq!(seen.events[0].imsi.unwrap().to_string(), "001010000000001");
}

/// initialDPGPRS of a subscriber, then its disconnection.
#[test]
fn data_in_cap() {
    let begin = "62 1f 48 01 01 6c 1a a1 18 02 01 01 02 01 4e 30 10 80 01 07 81 01 0b \
                 83 08 00010100000000f1";
    let report = "65 17 48 01 02 49 01 01 6c 0f a1 0d 02 01 02 02 01 50 30 05 80 01 0d a1 00";
    let seen = seen(&[message(1, 9, 146, begin), message(9, 1, 146, "65 08 48 01 02 49 01 01 6c 00"), {
        message(1, 9, 146, &report.replace("48 01 02 49 01 01", "48 01 01 49 01 02"))
    }]);
    let kinds: Vec<_> = seen.events.iter().map(|event| event.kind).collect();
    assert_eq!(kinds, [EventKind::DataStart, EventKind::DataEnd]);
    assert!(seen.events.iter().all(|event| event.imsi.is_some() && event.interface == Interface::Cap));
}

#[test]
fn a_short_message_in_cap_waits_for_its_report() {
    let begin = "62 1d 48 01 01 6c 18 a1 16 02 01 01 02 01 3c 30 0e 80 01 07 83 01 01 \
                 84 06 000101000000";
    let report = "65 15 48 01 01 49 01 02 6c 0d a1 0b 02 01 02 02 01 40 30 03 80 01 02";
    let seen = seen(&[message(1, 9, 146, begin), message(9, 1, 146, "65 08 48 01 02 49 01 01 6c 00"), {
        message(1, 9, 146, report)
    }]);
    assert_eq!(kinds(&seen), [(EventKind::SmsSubmit, Result::Failure)]);
}

/// INAP by its subsystem number, and INAP's code 0 where nothing else tells.
#[test]
fn calls_in_inap() {
    let begin = "62 22 48 01 01 6c 1d a1 1b 02 01 01 02 01 00 30 13 80 01 07 \
                 82 06 03 10 55 05 91 09 83 06 04 13 51 55 10 10";
    let seen = seen(&[message(1, 9, 241, begin)]);
    assert_eq!(seen.messages[0].0, "initialDP invoke");
    let attempts: Vec<_> = seen.events.iter().map(|event| (event.kind, event.interface)).collect();
    assert_eq!(attempts, [(EventKind::CallAttempt, Interface::Inap)]);
    assert_eq!(seen.events[0].msisdn.unwrap().to_string(), "15550101");
}

/// initialDP of CAP with its context, between subsystems 152 and 200.
const CAP_BEGIN: &str = "62 35 48 01 05 6b 1a 28 18 06 07 00118605010101 a0 0d 60 0b a1 09 06 07 04000001003201 \
                         6c 14 a1 12 02 01 01 02 01 00 30 0a 80 01 07 83 05 00 11 51 55 10";
/// applyChargingReport and eventReportBCSM; in MAP the codes are cancelVcsgLocation and sendRoutingInfoForGprs.
const REPORTS: &str = "65 33 48 01 07 49 01 08 6c 2b \
                       a1 15 02 01 02 02 01 24 04 0d a0 0b a0 03 81 01 01 a1 04 80 02 00c8 \
                       a1 12 02 01 03 02 01 18 30 0a 80 01 09 a3 03 81 01 01 a0 00";

/// What other dialogues between the same subsystems are, a dialogue is whose beginning was not seen.
#[test]
fn the_application_of_other_dialogues() {
    let release = "64 10 49 01 07 6c 0b a1 09 02 01 05 02 01 16 04 01 90";
    let seen = seen(&[message(1, 9, 200, CAP_BEGIN), message(1, 9, 200, REPORTS), message(9, 1, 200, release)]);
    let names: Vec<_> = seen.messages.iter().map(|(name, _)| name.as_str()).collect();
    let reports = ["applyChargingReport invoke", "eventReportBCSM invoke", "releaseCall invoke"];
    assert_eq!(names, [&["initialDP invoke"][..], &reports].concat());
    assert!(seen.exchanges[1..].iter().all(|(_, inferred)| *inferred));
    assert!(seen.events.iter().all(|event| event.kind != EventKind::RouteQuery));
}

/// Where nothing tells, the application is one whose argument it is.
#[test]
fn the_application_whose_argument_it_is() {
    let seen = seen(&[message(1, 9, 200, REPORTS)]);
    let names: Vec<_> = seen.messages.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["applyChargingReport invoke", "eventReportBCSM invoke"]);
    assert_eq!(seen.events.len(), 0);
}

/// What both MSC and SGSN ask the HLR is Gr where a subsystem is an SGSN; what the GGSN asks is Gc.
#[test]
fn interfaces_of_packet_nodes() {
    let interfaces = |ssn, tcap: &str| seen(&[message(1, 9, ssn, tcap)]).events.first().map(|event| event.interface);
    assert_eq!(interfaces(6, &purge("f1")), Some(Interface::MapD));
    assert_eq!(interfaces(149, &purge("f1")), Some(Interface::MapGr));
    // sendRoutingInfoForGprs
    let route = "62 17 48 01 01 6c 12 a1 10 02 01 01 02 01 18 30 08 80 06 000101000000";
    assert_eq!(interfaces(150, route), Some(Interface::MapGc));
}

/// A message that comes back, without its subsystem, is of the dialogue of its sender.
#[test]
fn what_comes_back_is_of_its_dialogue() {
    let mut returned = message(9, 1, 0, &purge("f1"));
    // UDTS: no translation for this specific address.
    returned[24..26].copy_from_slice(&[0x0a, 1]);
    let seen = seen(&[message(1, 9, 6, &purge("f1")), returned]);
    assert_eq!(seen.messages[1].0, "purgeMS service");
    assert_eq!(seen.exchanges[0].0, seen.exchanges[1].0);
}

//! From frames to events.

#![allow(clippy::arithmetic_side_effects)]

use crate::event::{EventKind, ResolvedBy, Result};
use crate::health::{Health, Layer, Outcome};
use crate::reassembly::Carrier;
use crate::session::testing::{self, Seen};
use crate::wire::http2::PREFACE;

/// A frame: type, flags, stream, payload.
fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = (payload.len() as u32).to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

fn literal(block: &mut Vec<u8>, index: u8, value: &str) {
    block.extend([0x40 | index, value.len() as u8]);
    block.extend(value.as_bytes());
}

/// Headers of a request; a method of one octet is an index.
fn asks(stream: u32, method: &str, path: &str, is_all: bool) -> Vec<u8> {
    let mut block = Vec::new();
    match method {
        "GET" => block.push(0x82),
        "POST" => block.push(0x83),
        other => literal(&mut block, 2, other),
    }
    literal(&mut block, 4, path);
    frame(1, 0x04 | u8::from(is_all), stream, &block)
}

fn answers(stream: u32, status: &str, location: Option<&str>, is_all: bool) -> Vec<u8> {
    let mut block = Vec::new();
    literal(&mut block, 8, status);
    if let Some(location) = location {
        literal(&mut block, 46, location);
    }
    frame(1, 0x04 | u8::from(is_all), stream, &block)
}

fn data(stream: u32, text: &str) -> Vec<u8> {
    frame(0, 1, stream, text.as_bytes())
}

fn run(pdus: &[(bool, Vec<u8>)]) -> (Seen, Health) {
    testing::run(Carrier::Tcp, [40000, 7777], pdus)
}

const SUPI: &str = "imsi-001011234567890";

#[test]
fn a_session_is_followed_by_its_resource() {
    let context = format!(r#"{{"supi":"{SUPI}","pei":"imei-010000123456789"}}"#);
    let (first, rest) = context.split_at(20);
    let (seen, _) = run(&[
        (true, PREFACE.to_vec()),
        (true, frame(4, 0, 0, &[])),
        (true, asks(1, "POST", "/nsmf-pdusession/v1/sm-contexts", false)),
        (true, frame(0, 0, 1, first.as_bytes())),
        (true, data(1, rest)),
        (false, answers(1, "201", Some("http://192.0.2.2:7777/nsmf-pdusession/v1/sm-contexts/7"), true)),
        (true, asks(3, "POST", "/nsmf-pdusession/v1/sm-contexts/7/modify", false)),
        (true, data(3, "{}")),
        (false, answers(3, "204", None, true)),
        (true, asks(5, "POST", "/nsmf-pdusession/v1/sm-contexts/7/release", true)),
        (false, answers(5, "500", None, true)),
    ]);
    let events: Vec<_> = seen.events.iter().map(|event| (event.kind, event.outcome, event.resolved_by)).collect();
    assert_eq!(
        events,
        [
            (EventKind::DataStart, Result::Success, ResolvedBy::Direct),
            (EventKind::DataUpdate, Result::Success, ResolvedBy::Dialogue),
            (EventKind::DataEnd, Result::Failure, ResolvedBy::Dialogue),
        ]
    );
    assert!(seen.events.iter().all(|event| event.imsi == seen.events[0].imsi && event.imei.is_some()));
    assert_eq!(seen.messages[0].frames, [3, 4, 5]);
    assert_eq!(seen.messages[1].text, "sbi Nsmf_PDUSession_CreateSMContext 201 ");
    assert!(seen.messages.iter().all(|message| message.exchange == seen.messages[0].exchange));
}

#[test]
fn authentication_has_a_latency() {
    let (seen, _) = run(&[
        (true, PREFACE.to_vec()),
        (true, asks(1, "POST", "/nausf-auth/v1/ue-authentications", false)),
        (true, data(1, r#"{"supiOrSuci":"suci-0-001-01-0000-0-0-1234567890"}"#)),
        (false, answers(1, "201", Some("http://a/nausf-auth/v1/ue-authentications/1"), false)),
        (false, data(1, "{}")),
        (true, asks(3, "PUT", "/nausf-auth/v1/ue-authentications/1/5g-aka-confirmation", false)),
        (true, data(3, r#"{"resStar":"00"}"#)),
        (false, answers(3, "200", None, false)),
        (false, data(3, r#"{"authResult":"AUTHENTICATION_SUCCESS","supi":"imsi-001011234567890"}"#)),
    ]);
    let [event] = seen.events[..] else { panic!("{}", seen.events.len()) };
    assert_eq!((event.kind, event.outcome), (EventKind::Authenticate, Result::Success));
    assert_eq!((event.auth_latency_ms, event.imsi.is_some()), (Some(2000), true));
}

#[test]
fn devices_are_checked_and_amfs_register() {
    let check = format!("/n5g-eir-eic/v1/equipment-status?pei=imeisv-0100001234567891&supi={SUPI}");
    let (seen, _) = run(&[
        (true, asks(1, "GET", &check, true)),
        (false, answers(1, "200", None, false)),
        (false, data(1, r#"{"status":"WHITELISTED"}"#)),
        (true, asks(3, "PUT", &format!("/nudm-uecm/v1/{SUPI}/registrations/amf-3gpp-access"), false)),
        (true, data(3, r#"{"pei":"imeisv-0100001234567891","ratType":"NR"}"#)),
    ]);
    let kinds: Vec<_> = seen.events.iter().map(|event| (event.kind, event.outcome)).collect();
    assert_eq!(kinds, [(EventKind::EquipmentCheck, Result::Success), (EventKind::Register, Result::Unknown)]);
    assert!(seen.events.iter().all(|event| event.imei.unwrap().is_imeisv()));
    assert_eq!(seen.messages[0].text, format!("sbi N5g-eir_EquipmentIdentityCheck_Get request {check}"));
}

#[test]
fn a_connection_that_was_open_before_still_names_its_subscribers() {
    // Method and path refer to what is not known.
    let unknown = frame(1, 0x04, 7, &[0xc8, 0xc9]);
    let (seen, health) = run(&[(true, unknown), (true, data(7, r#"{"supi":"imsi-001011234567890"}"#))]);
    assert_eq!(seen.messages.len(), 1);
    assert_eq!(seen.messages[0].text, "sbi unknown request ");
    assert!(seen.messages[0].named.imsi.is_some());
    assert_eq!(health.count(Layer::Http2, Outcome::Malformed, "continuation of headers that were not seen"), 0);
    let (_, health) = run(&[(true, frame(9, 0x04, 1, &[0x82]))]);
    assert_eq!(health.count(Layer::Http2, Outcome::Malformed, "continuation of headers that were not seen"), 1);
}

#[test]
fn data_without_headers_that_name_nobody_are_no_message() {
    // As it comes up in the middle of streams of other protocols.
    let (seen, health) = run(&[(true, data(0x100, "\x02\0\0"))]);
    assert_eq!(seen.messages.len(), 0);
    assert_eq!(health.count(Layer::Sbi, Outcome::Unsupported, "HTTP that is no service of the core"), 1);
    assert_eq!(run(&[(true, data(7, r#"{"supi":"imsi-001011234567890"}"#))]).0.messages.len(), 1);
}

#[test]
fn what_does_not_end_is_told() {
    let (seen, health) = run(&[
        (true, asks(1, "POST", "/nsmf-pdusession/v1/sm-contexts", false)),
        (true, frame(0, 0, 1, br#"{"supi":"imsi-001011234567890","#)),
    ]);
    assert_eq!(seen.messages.len(), 1);
    assert_eq!((seen.events[0].outcome, seen.events[0].imsi.is_some()), (Result::Unknown, true));
    assert_eq!(health.count(Layer::Sbi, Outcome::Evicted, "message without an end"), 1);
}

#[test]
fn an_answer_waits_for_a_request_that_comes_late() {
    let (seen, _) = run(&[
        (false, answers(1, "200", None, true)),
        (
            true,
            asks(1, "GET", "/n5g-eir-eic/v1/equipment-status?pei=imei-010000123456789&supi=imsi-001011234567890", true),
        ),
    ]);
    assert_eq!(seen.events[0].outcome, Result::Success);
    assert_eq!(seen.messages[1].text, "sbi N5g-eir_EquipmentIdentityCheck_Get 200 ");
}

#[test]
fn a_name_that_is_relative_is_found_again() {
    let (seen, _) = run(&[
        (true, asks(1, "POST", "/nsmf-pdusession/v1/sm-contexts", false)),
        (true, data(1, r#"{"supi":"imsi-001011234567890"}"#)),
        (false, answers(1, "201", Some("urn:uuid:7"), true)),
        (true, asks(3, "POST", "/nsmf-pdusession/v1/sm-contexts/urn:uuid:7/release", true)),
        (false, answers(3, "204", None, true)),
    ]);
    assert_eq!((seen.events[1].kind, seen.events[1].resolved_by), (EventKind::DataEnd, ResolvedBy::Dialogue));
}

#[test]
fn the_second_leg_of_a_proxy_is_no_event() {
    let check = "/n5g-eir-eic/v1/equipment-status?pei=imei-010000123456789&supi=imsi-001011234567890";
    let leg = |stream| vec![(true, asks(stream, "GET", check, true)), (false, answers(stream, "200", None, true))];
    let seen = testing::run_on(Carrier::Tcp, &[([40000, 7777], leg(1)), ([40001, 7778], leg(1))]).0;
    assert_eq!((seen.events.len(), seen.messages.len()), (1, 4));
    let repeats: Vec<_> = seen.messages.iter().map(|message| message.is_repeat).collect();
    assert_eq!(repeats, [false, false, true, true]);
    // On one connection it is asked again.
    assert_eq!(run(&[leg(1), leg(3)].concat()).0.events.len(), 2);
}

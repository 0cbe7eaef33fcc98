//! From messages of HTTP/1.1 to events.

#![allow(clippy::arithmetic_side_effects)]

use crate::event::{EventKind, ResolvedBy, Result};
use crate::health::{Health, Layer, Outcome};
use crate::reassembly::Carrier;
use crate::session::testing::{self, Seen};

fn run(pdus: &[(bool, Vec<u8>)]) -> (Seen, Health) {
    testing::run(Carrier::Tcp, [40000, 7777], pdus)
}

fn asks(method: &str, path: &str, body: &str) -> (bool, Vec<u8>) {
    let length = body.len();
    let text = format!("{method} {path} HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n{body}");
    (true, text.into_bytes())
}

fn answers(status: u16, location: &str, body: &str) -> (bool, Vec<u8>) {
    let text = format!(
        "HTTP/1.1 {status} Name\r\nLocation: {location}\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n",
        body.len()
    );
    (false, text.into_bytes())
}

const CONTEXT: &str = r#"{"supi":"imsi-001011234567890","pei":"imei-010000123456789"}"#;
const CHECK: &str = "/n5g-eir-eic/v1/equipment-status?pei=imei-010000123456789&supi=imsi-001011234567890";

fn texts(seen: &Seen) -> Vec<&str> {
    seen.messages.iter().map(|message| message.text.as_str()).collect()
}

#[test]
fn a_session_is_followed_by_its_resource() {
    let parts = format!("--a\r\nContent-Type: application/json\r\n\r\n{CONTEXT}\r\n--a\r\n\r\n\x2e\x01\r\n--a--\r\n");
    let (seen, _) = run(&[
        asks("POST", "/nsmf-pdusession/v1/sm-contexts", &parts),
        (false, b"HTTP/1.1 100 Continue\r\n\r\n".to_vec()),
        answers(201, "http://192.0.2.2:7777/nsmf-pdusession/v1/sm-contexts/7", "{}"),
        asks("POST", "/nsmf-pdusession/v1/sm-contexts/7/release", ""),
        answers(500, "/a", "{}"),
    ]);
    let events: Vec<_> = seen.events.iter().map(|event| (event.kind, event.outcome, event.resolved_by)).collect();
    assert_eq!(
        events,
        [
            (EventKind::DataStart, Result::Success, ResolvedBy::Direct),
            (EventKind::DataEnd, Result::Failure, ResolvedBy::Dialogue),
        ]
    );
    assert!(seen.messages.iter().all(|message| message.exchange == seen.messages[0].exchange));
    assert_eq!(texts(&seen)[1], "sbi Nsmf_PDUSession_CreateSMContext 201 ");
}

#[test]
fn answers_come_in_the_order_of_the_requests() {
    let (seen, _) = run(&[
        asks("GET", CHECK, ""),
        asks("POST", "/nsmf-pdusession/v1/sm-contexts", CONTEXT),
        answers(404, "/a", "{}"),
        answers(201, "/b", "{}"),
    ]);
    let expected = ["sbi N5g-eir_EquipmentIdentityCheck_Get 404 ", "sbi Nsmf_PDUSession_CreateSMContext 201 "];
    assert_eq!(texts(&seen)[2..], expected);
    let outcomes: Vec<_> = seen.events.iter().map(|event| (event.kind, event.outcome)).collect();
    assert_eq!(outcomes, [(EventKind::EquipmentCheck, Result::Failure), (EventKind::DataStart, Result::Success)]);
}

#[test]
fn an_answer_whose_request_was_lost_is_no_answer_to_the_next_one() {
    let (seen, _) = run(&[
        asks("GET", "/nudm-sdm/v2/imsi-001011234567890/am-data", ""),
        answers(200, "/a", "{}"),
        answers(403, "/a", CONTEXT),
        asks("GET", CHECK, ""),
        answers(200, "/a", "{}"),
    ]);
    assert_eq!(texts(&seen)[2], "sbi unknown 403 ");
    assert_eq!(seen.events.len(), 1);
    assert_eq!(seen.events[0].outcome, Result::Success);
}

#[test]
fn a_request_whose_answer_was_lost_takes_no_later_one() {
    let register = "/nudm-uecm/v1/imsi-001011234567890/registrations/amf-3gpp-access";
    let (seen, _) = run(&[
        asks("PUT", register, "{}"),
        asks("GET", CHECK, ""),
        answers(404, "/a", "{}"),
        asks("POST", "/nsmf-pdusession/v1/sm-contexts", CONTEXT),
        answers(201, "/b", "{}"),
    ]);
    let mut outcomes: Vec<_> = seen.events.iter().map(|event| (event.kind, event.outcome)).collect();
    outcomes.sort_by_key(|(kind, _)| kind.name());
    let expected = [
        (EventKind::DataStart, Result::Success),
        (EventKind::EquipmentCheck, Result::Failure),
        (EventKind::Register, Result::Unknown),
    ];
    assert_eq!(outcomes, expected);
}

#[test]
fn what_is_not_of_the_core_is_counted() {
    let (seen, health) = run(&[
        answers(200, "/a", r#"{"name":"value"}"#),
        asks("GET", "/index.html", ""),
        answers(200, "/a", r#"{"name":"value"}"#),
    ]);
    assert_eq!(texts(&seen), [""; 0]);
    assert_eq!(health.count(Layer::Sbi, Outcome::Unsupported, "HTTP that is no service of the core"), 3);
    // Whoever asked: it names a subscriber.
    assert_eq!(texts(&run(&[answers(200, "/a", CONTEXT)]).0), ["sbi unknown 200 "]);
}

#[test]
fn a_request_without_an_answer_is_told() {
    let (seen, health) = run(&[asks("GET", CHECK, "")]);
    assert_eq!((seen.events.len(), seen.events[0].outcome), (1, Result::Unknown));
    assert_eq!(health.count(Layer::Sbi, Outcome::Evicted, "request without an answer"), 1);
}

#[test]
fn what_is_upgraded_goes_on_as_http2() {
    let (seen, _) = run(&[
        asks("GET", CHECK, ""),
        (false, b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n".to_vec()),
        (true, crate::wire::http2::PREFACE.to_vec()),
        // HEADERS that end stream 1: status 404 of the static table
        (false, vec![0, 0, 1, 1, 5, 0, 0, 0, 1, 0x8d]),
    ]);
    assert_eq!(texts(&seen)[1], "sbi N5g-eir_EquipmentIdentityCheck_Get 404 ");
    assert_eq!(seen.events[0].outcome, Result::Failure);
}

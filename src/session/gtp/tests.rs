//! Tunnels from octets to events.

#![allow(clippy::arithmetic_side_effects)]

use crate::event::{EventKind, Interface, ResolvedBy, Result};
use crate::health::{Health, Layer, Outcome};
use crate::message::Exchange;
use crate::reassembly::Carrier;
use crate::session::testing::{self, Seen};

fn run(port: u16, datagrams: &[(bool, &str)]) -> (Seen, Health) {
    let datagrams: Vec<_> = datagrams.iter().map(|(first, hex)| (*first, testing::octets(hex))).collect();
    testing::run(Carrier::Udp, [port; 2], &datagrams)
}

const CREATE: &str = "4820002c 00000000 000001 00  0100080000011132547698f0 5200010006 57000900 8a 00000033 c0000201 \
                      0300010007";
const CREATED: &str = "48210020 00000033 000001 00  020002001000 57000900 8b 00000044 c0000202 0300010007";

#[test]
fn what_names_no_subscriber_lands_on_its_tunnel() {
    let update = "4826001a 00000044 000002 00  56000d00 18 00f1100007 00f11000000101 ";
    let updated = "4827000e 00000033 000002 00  020002001000";
    let delete = "4824000d 00000044 000003 00  4900010005";
    let deleted = "4825000e 00000033 000003 00  020002004000";
    let (seen, _) = run(
        2123,
        &[
            (true, CREATE),
            (true, CREATE),
            (false, CREATED),
            (true, update),
            (false, updated),
            (true, delete),
            (false, deleted),
        ],
    );
    let events: Vec<_> = seen.events.iter().map(|event| (event.kind, event.outcome, event.resolved_by)).collect();
    assert_eq!(
        events,
        [
            (EventKind::DataStart, Result::Success, ResolvedBy::Direct),
            (EventKind::DataUpdate, Result::Success, ResolvedBy::Dialogue),
            (EventKind::DataEnd, Result::Failure, ResolvedBy::Dialogue),
        ]
    );
    for event in &seen.events {
        assert_eq!(event.imsi.unwrap().to_string(), "001011234567890");
        assert_eq!(event.interface, Interface::S11);
    }
    assert_eq!(seen.events[1].cell.unwrap().to_string(), "001-01-7-257");
    assert!(seen.messages.iter().all(|row| row.interface == Some(Interface::S11)));
    let first = seen.messages[0].exchange;
    assert!(first != Exchange::NONE && seen.messages.iter().all(|message| message.exchange == first));
    assert!(seen.messages[1].is_repeat, "the second copy of the request");
    assert_eq!(seen.messages[3].text, "gtpv2 Change Notification Request request teid=00000044");
}

#[test]
fn a_teid_that_is_used_again_is_another_session() {
    let other = CREATE.replace("0000011132547698f0", "0000011132547698f1").replace("000001 00", "000009 00");
    let (seen, _) = run(2123, &[(true, CREATE), (false, CREATED), (true, &other)]);
    assert_ne!(seen.messages[0].exchange, seen.messages[2].exchange);
    assert_ne!(seen.events[0].imsi, seen.events[1].imsi);
}

#[test]
fn version_1_and_version_0() {
    let create = "32100020 00000000 1234 00 00  020001 1132547698f0 1100000022 850004c0000201 850004c0000201";
    let created = "32110014 00000022 1234 00 00  0180 1100000055 850004c0000202 ";
    let delete = "32140008 00000055 1235 00 00  13ff1405";
    let deleted = "32150006 00000022 1235 00 00  0180";
    let (seen, _) = run(2123, &[(true, create), (false, created), (true, delete), (false, deleted)]);
    let kinds: Vec<_> = seen.events.iter().map(|event| (event.kind, event.interface, event.outcome)).collect();
    let gn = Interface::Gn;
    assert_eq!(kinds, [(EventKind::DataStart, gn, Result::Success), (EventKind::DataEnd, gn, Result::Success)]);
    assert_eq!(seen.events[1].imsi, seen.events[0].imsi);
    assert_eq!(seen.events[1].resolved_by, ResolvedBy::Dialogue);

    let create = "1e100002 1001 0000 ffffffff 0001113254769850 0e04";
    let created = "1e110002 1001 0007 ffffffff 0001113254769850 0180";
    let (seen, _) = run(3386, &[(true, create), (false, created)]);
    assert_eq!(seen.events[0].imsi.unwrap().to_string(), "001011234567890");
    assert_eq!((seen.events[0].outcome, seen.messages.len()), (Result::Success, 2));
    assert_eq!(seen.messages[0].exchange, seen.messages[1].exchange);
}

#[test]
fn what_is_not_read_is_counted() {
    let (_, health) = run(3386, &[(true, "0ef00001 0001 00"), (true, "1eff0000 0001 0000 ffffffff 0001113254769850")]);
    let unread = |reason| health.count(Layer::Gtp, Outcome::Unsupported, reason);
    assert_eq!((unread("GTP' (charging records)"), unread("user plane")), (1, 1));
    let (_, health) = run(2152, &[(true, "30ff000400000001 45000000")]);
    assert_eq!(health.count(Layer::Gtp, Outcome::Unsupported, "user plane"), 1);
    let (_, health) = run(2123, &[(true, CREATE)]);
    assert_eq!(health.count(Layer::Gtp, Outcome::Evicted, "request without an answer"), 1);
}

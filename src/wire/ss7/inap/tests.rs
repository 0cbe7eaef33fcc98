#![allow(clippy::arithmetic_side_effects)]

use super::*;
use crate::wire::ss7::Direction;
use crate::wire::ss7::cap::BcsmEvent;
use proptest::prelude::*;

fn text<T: ToString>(value: Option<T>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

fn initial_dp() -> Vec<u8> {
    vec![
        0x30, 0x2e, // InitialDPArg
        0x80, 0x01, 0x07, // serviceKey
        0x82, 0x06, 0x03, 0x10, 0x55, 0x05, 0x91, 0x09, // calledPartyNumber, national
        0x83, 0x06, 0x04, 0x13, 0x51, 0x55, 0x10, 0x10, // callingPartyNumber, international
        0x85, 0x01, 0x0a, // callingPartysCategory
        0x8c, 0x06, 0x04, 0x10, 0x51, 0x55, 0x10, 0x20, // originalCalledPartyID
        0x99, 0x07, 0x06, 0x04, 0x10, 0x51, 0x55, 0x10, 0x30, // additionalCallingPartyNumber
        0xbb, 0x00, // bearerCapability
        0x9c, 0x01, 0x03, // analysedInformation
        0xaf, 0x00, // extensions
    ]
}

#[test]
fn initial_dp_known_answer() {
    let octets = initial_dp();
    let (mut named, mut extra) = Default::default();
    argument(Operation::InitialDp, &octets, &mut named, &mut extra).unwrap();
    assert_eq!(text(named.called), "55501990");
    assert_eq!(text(named.calling), "15550101");
    assert_eq!(text(named.msisdn), "15550101");
    assert_eq!(named.imsi, None);
    let more: Vec<_> = named.more.iter().map(ToString::to_string).collect();
    assert_eq!(more, ["called=15550102", "calling=15550103"]);
    assert_eq!(extra.event, Some(BcsmEvent::ANALYZED_INFORMATION));
    assert_eq!(extra.direction, Some(Direction::Originating));
    assert_eq!(extra.service_key, Some(7));
}

#[test]
fn other_operations() {
    let connect = [
        0x30, 0x12, // ConnectArg
        0xa0, 0x08, 0x04, 0x06, 0x04, 0x10, 0x51, 0x55, 0x10, 0x00, // destinationRoutingAddress
        0x9b, 0x06, 0x04, 0x10, 0x51, 0x55, 0x10, 0x10, // callingPartyNumber
    ];
    let (mut named, mut extra) = Default::default();
    argument(Operation::Connect, &connect, &mut named, &mut extra).unwrap();
    assert_eq!((text(named.called), text(named.calling)), ("15550100".into(), "15550101".into()));
    assert_eq!(named.msisdn, None, "a connect does not tell whose call it is");
    let report = [0x30, 0x0b, 0x80, 0x01, 0x09, 0xa2, 0x06, 0xa7, 0x04, 0x80, 0x02, 0x80, 0x90];
    let (mut named, mut extra) = Default::default();
    argument(Operation::EventReportBcsm, &report, &mut named, &mut extra).unwrap();
    assert_eq!((extra.event, extra.release_cause), (Some(BcsmEvent::O_DISCONNECT), Some(16)));
    let (mut named, mut extra) = Default::default();
    argument(Operation::ReleaseCall, &[0x04, 0x02, 0x80, 0x91], &mut named, &mut extra).unwrap();
    assert_eq!(extra.release_cause, Some(17));
}

#[test]
fn every_prefix_is_an_error() {
    let octets = initial_dp();
    for end in 1..octets.len() {
        let (mut named, mut extra) = Default::default();
        assert!(argument(Operation::InitialDp, &octets[..end], &mut named, &mut extra).is_err(), "{end}");
        assert_eq!(named.called.is_some(), end >= 13, "{end}");
    }
}

proptest! {
    #[test]
    fn any_octets(index in 0..Operation::ALL.len(), octets in prop::collection::vec(any::<u8>(), 0..80)) {
        let (mut named, mut extra) = Default::default();
        let _ = argument(Operation::ALL[index], &octets, &mut named, &mut extra);
    }

    #[test]
    fn mutated(at in 0usize..47, value: u8) {
        let (mut named, mut extra) = Default::default();
        let mut octets = initial_dp();
        octets[at] = value;
        let _ = argument(Operation::InitialDp, &octets, &mut named, &mut extra);
    }
}

#![allow(clippy::arithmetic_side_effects)]

use super::*;
use proptest::prelude::*;

fn read_argument(operation: Operation, octets: &[u8]) -> (Named, CallExtra<'_>) {
    let (mut named, mut extra) = Default::default();
    argument(operation, octets, &mut named, &mut extra).unwrap();
    (named, extra)
}

fn text<T: ToString>(value: Option<T>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

/// InitialDPArg at collectedInfo: +1 555 0100 dials 5550199.
fn initial_dp() -> Vec<u8> {
    vec![
        0x30, 0x49, // InitialDPArg
        0x80, 0x01, 0x05, // serviceKey 5
        0x83, 0x06, 0x04, 0x13, 0x51, 0x55, 0x10, 0x00, // callingPartyNumber, international
        0x9c, 0x01, 0x02, // eventTypeBCSM collectedInfo
        0x9f, 0x32, 0x08, 0x00, 0x01, 0x11, 0x32, 0x54, 0x76, 0x98, 0xf0, // iMSI
        0xbf, 0x34, 0x12, // locationInformation
        0x02, 0x01, 0x00, // age
        0x81, 0x04, 0x91, 0x51, 0x55, 0x01, // vlr-number
        0xa3, 0x07, 0x81, 0x05, 0x99, 0xf9, 0x10, 0x00, 0x07, // LAI 999-01, 7
        0x9f, 0x36, 0x03, 0xaa, 0xbb, 0xcc, // callReferenceNumber
        0x9f, 0x38, 0x05, 0x81, 0x55, 0x05, 0x91, 0xf9, // calledPartyBCDNumber
        0xbf, 0x3b, 0x0a, // initialDPArgExtension
        0x83, 0x08, 0x53, 0x96, 0x83, 0x30, 0x65, 0x34, 0x08, 0xf9, // iMEI
    ]
}

#[test]
fn mobile_originated_call() {
    let octets = initial_dp();
    let (named, extra) = read_argument(Operation::InitialDp, &octets);
    assert_eq!(text(named.imsi), "001011234567890");
    assert_eq!(text(named.msisdn), "15550100");
    assert_eq!(text(named.calling), "15550100");
    assert_eq!(text(named.called), "5550199");
    assert_eq!(text(named.imei), "356938035643809");
    assert_eq!(text(named.cell), "999-01-7");
    assert_eq!(text(named.serving_node), "155510");
    assert_eq!(extra.event, Some(BcsmEvent::COLLECTED_INFO));
    assert_eq!(extra.direction, Some(Direction::Originating));
    assert_eq!(extra.service_key, Some(5));
    assert_eq!(extra.call_reference, Some(&[0xaa, 0xbb, 0xcc][..]));
}

#[test]
fn mobile_terminated_and_forwarded_call() {
    let mut octets = vec![
        0x30, 0x18, // InitialDPArg
        0x82, 0x06, 0x04, 0x10, 0x51, 0x55, 0x10, 0x00, // calledPartyNumber
        0x83, 0x05, 0x84, 0x10, 0x51, 0x55, 0x09, // callingPartyNumber: 5 digits
        0x9c, 0x01, 0x0c, // eventTypeBCSM termAttemptAuthorized
        0x9d, 0x04, 0x04, 0x10, 0x51, 0x75, // redirectingPartyID
    ];
    let (named, extra) = read_argument(Operation::InitialDp, &octets);
    assert_eq!(extra.direction, Some(Direction::Terminating));
    assert_eq!(text(named.msisdn), "15550100");
    assert_eq!(text(named.calling), "15559");
    let event = octets.iter().position(|&octet| octet == 0x0c).unwrap();
    octets[event] = 0x02;
    let (named, _) = read_argument(Operation::InitialDp, &octets);
    assert_eq!(text(named.msisdn), "1557", "the one who forwarded the call");
}

#[test]
fn events_and_causes() {
    let answer = [
        0x30, 0x0a, 0x80, 0x01, 0x07, // oAnswer
        0xa3, 0x03, 0x81, 0x01, 0x02, // legID
        0xa4, 0x00, // miscCallInfo
    ];
    let (_, extra) = read_argument(Operation::EventReportBcsm, &answer);
    assert!(extra.event.unwrap().is_answer());
    assert_eq!(extra.leg, Some(2));
    let disconnect = [
        0x30, 0x10, 0x80, 0x01, 0x09, // oDisconnect
        0xa2, 0x06, 0xa7, 0x04, 0x80, 0x02, 0x80, 0x90, // releaseCause 16
        0xa3, 0x03, 0x81, 0x01, 0x01, // legID
    ];
    let (_, extra) = read_argument(Operation::EventReportBcsm, &disconnect);
    assert!(extra.event.unwrap().is_end());
    assert_eq!((extra.release_cause, extra.leg), (Some(16), Some(1)));
    let (_, extra) = read_argument(Operation::ReleaseCall, &[0x04, 0x02, 0x80, 0x9f]);
    assert_eq!(extra.release_cause, Some(31));
    // octet 3a between them
    let (_, extra) = read_argument(Operation::ReleaseCall, &[0x04, 0x03, 0x00, 0x80, 0x91]);
    assert_eq!(extra.release_cause, Some(17));
}

#[test]
fn durations() {
    let plain = [
        0x04, 0x0d, 0xa0, 0x0b, // timeDurationChargingResult in an OCTET STRING
        0xa0, 0x03, 0x81, 0x01, 0x01, // partyToCharge
        0xa1, 0x04, 0x80, 0x02, 0x01, 0x2c, // timeIfNoTariffSwitch 300
    ];
    let (_, extra) = read_argument(Operation::ApplyChargingReport, &plain);
    assert_eq!((extra.duration_ms, extra.leg), (Some(30_000), Some(1)));
    let switched = [
        0x04, 0x0c, 0xa0, 0x0a, 0xa1, 0x08, 0xa1, 0x06, // timeIfTariffSwitch
        0x80, 0x01, 0x0a, 0x81, 0x01, 0x14, // 10 since, 20 before
    ];
    let (_, extra) = read_argument(Operation::ApplyChargingReport, &switched);
    assert_eq!(extra.duration_ms, Some(3000));
    let report = [
        0x30, 0x19, 0xa0, 0x17, // requestedInformationList
        0x30, 0x08, 0x80, 0x01, 0x02, 0xa1, 0x03, 0x82, 0x01, 0x64, // connected 100
        0x30, 0x0b, 0x80, 0x01, 0x1e, 0xa1, 0x06, 0x9f, 0x1e, 0x03, 0x80, 0x90, 0x00, // cause
    ];
    let (_, extra) = read_argument(Operation::CallInformationReport, &report);
    assert_eq!((extra.duration_ms, extra.release_cause), (Some(10_000), Some(16)));
}

#[test]
fn short_messages_and_data() {
    let sms = [
        0x30, 0x1f, 0x80, 0x01, 0x07, // serviceKey
        0x81, 0x04, 0x91, 0x51, 0x55, 0x21, // destinationSubscriberNumber
        0x82, 0x05, 0x91, 0x51, 0x55, 0x10, 0x00, // callingPartyNumber
        0x83, 0x01, 0x01, // sms-CollectedInfo
        0x84, 0x08, 0x00, 0x01, 0x11, 0x32, 0x54, 0x76, 0x98, 0xf0, // iMSI
        0x88, 0x00, // timeAndTimezone
    ];
    let (named, extra) = read_argument(Operation::InitialDpSms, &sms);
    assert_eq!(extra.direction, Some(Direction::Originating));
    assert_eq!((text(named.msisdn), text(named.called)), ("15550100".into(), "155512".into()));
    let gprs = [
        0x30, 0x1f, 0x80, 0x01, 0x07, 0x81, 0x01, 0x0b, // serviceKey, gPRSEventType
        0x82, 0x05, 0x91, 0x51, 0x55, 0x10, 0x00, // mSISDN
        0x83, 0x05, 0x00, 0x01, 0x11, 0x32, 0xf4, // iMSI
        0xac, 0x09, 0x80, 0x07, 0x81, 0x05, 0x99, 0xf9, 0x10, 0x00, 0x07, // LAI in an OCTET STRING
    ];
    let (named, _) = read_argument(Operation::InitialDpGprs, &gprs);
    assert_eq!((text(named.msisdn), text(named.cell)), ("15550100".into(), "999-01-7".into()));
}

#[test]
fn connect() {
    let octets = [0x30, 0x0a, 0xa0, 0x08, 0x04, 0x06, 0x04, 0x10, 0x51, 0x55, 0x10, 0x00];
    let (named, _) = read_argument(Operation::Connect, &octets);
    assert_eq!((text(named.called), named.msisdn), ("15550100".into(), None));
}

#[test]
fn every_prefix_is_an_error() {
    let octets = initial_dp();
    for end in 1..octets.len() {
        let (mut named, mut extra) = Default::default();
        let cut = &octets[..end];
        assert!(argument(Operation::InitialDp, cut, &mut named, &mut extra).is_err(), "{end}");
        assert_eq!(named.imsi.is_some(), end >= 27, "{end}");
    }
}

proptest! {
    #[test]
    fn any_octets(index in 0..Operation::ALL.len(), octets in prop::collection::vec(any::<u8>(), 0..80)) {
        let (mut named, mut extra) = Default::default();
        let _ = argument(Operation::ALL[index], &octets, &mut named, &mut extra);
    }

    #[test]
    fn mutated(at in 0usize..70, value: u8) {
        let (mut named, mut extra) = Default::default();
        let mut octets = initial_dp();
        let at = at % octets.len();
        octets[at] = value;
        let _ = argument(Operation::InitialDp, &octets, &mut named, &mut extra);
    }
}

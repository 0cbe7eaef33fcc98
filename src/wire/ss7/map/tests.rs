#![allow(clippy::arithmetic_side_effects)]

use super::*;
use proptest::prelude::*;

/// IMSI 001011234567890 and MSISDN +1 555 0100 as they stand in the vectors.
const IMSI: &str = "001011234567890";
const MSISDN: &str = "15550100";

fn read_argument(operation: Operation, octets: &[u8]) -> (Named, MapExtra<'_>) {
    let (mut named, mut extra) = Default::default();
    argument(operation, octets, &mut named, &mut extra).unwrap();
    (named, extra)
}

fn read_result(operation: Operation, octets: &[u8]) -> (Named, MapExtra<'_>) {
    let (mut named, mut extra) = Default::default();
    result(operation, octets, &mut named, &mut extra).unwrap();
    (named, extra)
}

fn text<T: ToString>(value: Option<T>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

const UPDATE_LOCATION: &[u8] = &[
    0x30, 0x26, // UpdateLocationArg
    0x04, 0x08, 0x00, 0x01, 0x11, 0x32, 0x54, 0x76, 0x98, 0xf0, // imsi
    0x81, 0x05, 0x91, 0x51, 0x55, 0x10, 0x02, // msc-Number +1 555 0120
    0x04, 0x05, 0x91, 0x51, 0x55, 0x10, 0x12, // vlr-Number
    0xad, 0x0a, // add-info
    0x80, 0x08, 0x53, 0x96, 0x83, 0x30, 0x65, 0x34, 0x08, 0x10, // imeisv
    0x85, 0x00, // an extension
];

#[test]
fn update_location() {
    let (named, _) = read_argument(Operation::UpdateLocation, UPDATE_LOCATION);
    assert_eq!(text(named.imsi), IMSI);
    assert_eq!(text(named.serving_node), "15550120");
    assert_eq!(text(named.imei), "3569380356438001");
    assert_eq!(named.msisdn, None);
}

#[test]
fn bare_and_sequence_forms() {
    // checkIMEI version 2: the bare IMEI; version 3: in a SEQUENCE
    let bare = [0x04, 0x08, 0x53, 0x96, 0x83, 0x30, 0x65, 0x34, 0x08, 0xf9];
    let (named, _) = read_argument(Operation::CheckImei, &bare);
    assert_eq!(text(named.imei), "356938035643809");
    let sequence = [
        0x30, 0x0e, 0x04, 0x08, 0x53, 0x96, 0x83, 0x30, 0x65, 0x34, 0x08, 0xf9, // imei
        0x03, 0x02, 0x06, 0x80, // requestedEquipmentInfo
    ];
    let (named, _) = read_argument(Operation::CheckImei, &sequence);
    assert_eq!(text(named.imei), "356938035643809");
    // sendAuthenticationInfo version 2 and version 3 with requestingPLMN-Id
    let bare = [0x04, 0x08, 0x00, 0x01, 0x11, 0x32, 0x54, 0x76, 0x98, 0xf0];
    let (named, _) = read_argument(Operation::SendAuthenticationInfo, &bare);
    assert_eq!(text(named.imsi), IMSI);
    let sequence = [
        0x30, 0x12, 0x80, 0x08, 0x00, 0x01, 0x11, 0x32, 0x54, 0x76, 0x98, 0xf0, // imsi
        0x02, 0x01, 0x05, // numberOfRequestedVectors
        0x84, 0x03, 0x99, 0xf9, 0x10, // requestingPLMN-Id 999-01
    ];
    let (named, _) = read_argument(Operation::SendAuthenticationInfo, &sequence);
    assert_eq!((text(named.imsi), text(named.plmn)), (IMSI.into(), "999-01".into()));
    // cancelLocation version 3: [3] with a CHOICE in it
    let tagged = [
        0xa3, 0x12, 0x04, 0x08, 0x00, 0x01, 0x11, 0x32, 0x54, 0x76, 0x98, 0xf0, // identity
        0x0a, 0x01, 0x00, // updateProcedure
        0x83, 0x03, 0x91, 0x51, 0x55, // newMSC-Number
    ];
    let (named, extra) = read_argument(Operation::CancelLocation, &tagged);
    assert_eq!((text(named.imsi), text(named.serving_node)), (IMSI.into(), "1555".into()));
    assert_eq!(extra.cancellation_type, Some(CancellationType::UpdateProcedure));
    // version 2: the identity alone, with an LMSI
    let choice = [
        0x30, 0x10, 0x04, 0x08, 0x00, 0x01, 0x11, 0x32, 0x54, 0x76, 0x98, 0xf0, // imsi
        0x04, 0x04, 0x00, 0x00, 0x00, 0x2a, // lmsi
    ];
    let (named, _) = read_argument(Operation::CancelLocation, &choice);
    assert_eq!((text(named.imsi), text(named.more.first().copied())), (IMSI.into(), "lmsi=0000002a".into()));
}

#[test]
fn check_imei_result() {
    let (_, extra) = read_result(Operation::CheckImei, &[0x0a, 0x01, 0x01]);
    assert_eq!(extra.equipment_status, Some(EquipmentStatus::BlackListed));
    let (_, extra) = read_result(Operation::CheckImei, &[0x30, 0x03, 0x0a, 0x01, 0x02]);
    assert_eq!(extra.equipment_status, Some(EquipmentStatus::GreyListed));
}

#[test]
fn routing_info() {
    let version_3 = [
        0xa3, 0x17, 0x89, 0x08, 0x00, 0x01, 0x11, 0x32, 0x54, 0x76, 0x98, 0xf0, // imsi [9]
        0x04, 0x04, 0x91, 0x51, 0x55, 0x21, // roamingNumber
        0x8c, 0x05, 0x91, 0x51, 0x55, 0x10, 0x00, // msisdn [12]
    ];
    let (named, _) = read_result(Operation::SendRoutingInfo, &version_3);
    assert_eq!(text(named.imsi), IMSI);
    assert_eq!(text(named.called), "155512");
    assert_eq!(text(named.msisdn), MSISDN);
    let version_2 = [
        0x30, 0x12, 0x04, 0x08, 0x00, 0x01, 0x11, 0x32, 0x54, 0x76, 0x98, 0xf0, // imsi
        0x30, 0x06, 0x85, 0x04, 0x91, 0x51, 0x55, 0x31, // forwardedToNumber
    ];
    let (named, _) = read_result(Operation::SendRoutingInfo, &version_2);
    assert_eq!((text(named.imsi), text(named.called)), (IMSI.into(), "155513".into()));
    let (named, _) = read_result(Operation::ProvideRoamingNumber, &[0x30, 0x06, 0x04, 0x04, 0x91, 0x51, 0x55, 0x21]);
    assert_eq!(text(named.called), "155512");
}

const MO_FORWARD_SM: &[u8] = &[
    0x30, 0x1f, // MO-ForwardSM-Arg
    0x84, 0x04, 0x91, 0x51, 0x55, 0x91, // serviceCentreAddressDA
    0x82, 0x05, 0x91, 0x51, 0x55, 0x10, 0x00, // msisdn
    0x04, 0x04, 0x01, 0x2a, 0x00, 0x00, // sm-RP-UI
    0x04, 0x08, 0x00, 0x01, 0x11, 0x32, 0x54, 0x76, 0x98, 0xf0, // imsi
    0x85, 0x00, // unknown
];

#[test]
fn the_originator_is_the_subscriber_of_mo() {
    for operation in [Operation::MoForwardSm, Operation::ForwardSm] {
        let (named, extra) = read_argument(operation, MO_FORWARD_SM);
        assert_eq!((text(named.imsi), text(named.msisdn)), (IMSI.into(), MSISDN.into()));
        assert_eq!(extra.direction, Some(Direction::Originating));
        assert_eq!(extra.tpdu, Some(&[0x01, 0x2a, 0x00, 0x00][..]));
        assert_eq!(text(extra.service_centre), "155519");
        assert_eq!(named.calling, None);
    }
}

#[test]
fn the_recipient_is_the_subscriber_of_mt() {
    let octets = [
        0x30, 0x13, // MT-ForwardSM-Arg
        0x80, 0x08, 0x00, 0x01, 0x11, 0x32, 0x54, 0x76, 0x98, 0xf0, // imsi
        0x84, 0x04, 0x91, 0x51, 0x55, 0x91, // serviceCentreAddressOA
        0x04, 0x01, 0x04, // sm-RP-UI
    ];
    for operation in [Operation::MtForwardSm, Operation::ForwardSm] {
        let (named, extra) = read_argument(operation, &octets);
        assert_eq!(text(named.imsi), IMSI);
        assert_eq!(extra.direction, Some(Direction::Terminating));
        assert_eq!((extra.tpdu, named.msisdn), (Some(&[0x04][..]), None));
        assert_eq!(text(extra.service_centre), "155519");
    }
}

#[test]
fn a_national_originator_is_no_msisdn() {
    let octets = [0x30, 0x05, 0x82, 0x03, 0xa1, 0x55, 0x05];
    let (named, _) = read_argument(Operation::MoForwardSm, &octets);
    assert_eq!((named.msisdn, text(named.calling)), (None, "5550".into()));
}

const ANY_TIME: &[u8] = &[
    0x30, 0x3c, 0x30, 0x3a, // AnyTimeInterrogationRes, subscriberInfo
    0xa0, 0x19, // locationInformation
    0x02, 0x01, 0x11, // age: 17 minutes
    0x81, 0x04, 0x91, 0x51, 0x55, 0x01, // vlr-number
    0xa3, 0x09, 0x80, 0x07, 0x99, 0xf9, 0x10, 0x00, 0x07, 0x00, 0x08, // CGI 999-01, 7, 8
    0x89, 0x00, // sai-Present
    0x84, 0x01, 0x00, // an extension
    0x85, 0x08, 0x53, 0x96, 0x83, 0x30, 0x65, 0x34, 0x08, 0xf9, // imei
    0xad, 0x13, // locationInformationEPS
    0x80, 0x07, 0x99, 0xf9, 0x10, 0x01, 0x23, 0x45, 0x01, // ECGI
    0x81, 0x05, 0x99, 0xf9, 0x10, 0x12, 0x34, // TAI
    0x86, 0x01, 0x05, // age
];

#[test]
fn location_of_an_interrogation() {
    let (named, extra) = read_result(Operation::AnyTimeInterrogation, ANY_TIME);
    assert_eq!(format!("{:?}", named.cell.unwrap()), "sai 999-01-7-8");
    assert_eq!(text(named.plmn), "999-01");
    assert_eq!(text(named.imei), "356938035643809");
    assert_eq!(text(named.serving_node), "155510");
    assert_eq!(extra.location_age, Some(17));
    assert_eq!(format!("{:?}", named.more), "[Cell(ecgi 999-01-4660-19088641)]");
    let arg = [0x30, 0x09, 0xa0, 0x07, 0x81, 0x05, 0x91, 0x51, 0x55, 0x10, 0x00];
    let (named, _) = read_argument(Operation::AnyTimeInterrogation, &arg);
    assert_eq!(text(named.msisdn), MSISDN);
}

#[test]
fn short_message_routing() {
    let arg = [
        0x30, 0x10, 0x80, 0x05, 0x91, 0x51, 0x55, 0x10, 0x00, // msisdn
        0x81, 0x01, 0xff, // sm-RP-PRI
        0x82, 0x04, 0x91, 0x51, 0x55, 0x91, // serviceCentreAddress
    ];
    let (named, extra) = read_argument(Operation::SendRoutingInfoForSm, &arg);
    assert_eq!((text(named.msisdn), text(extra.service_centre)), (MSISDN.into(), "155519".into()));
    let res = [
        0x30, 0x12, 0x04, 0x08, 0x00, 0x01, 0x11, 0x32, 0x54, 0x76, 0x98, 0xf0, // imsi
        0xa0, 0x06, 0x81, 0x04, 0x91, 0x51, 0x55, 0x01, // networkNode-Number
    ];
    let (named, _) = read_result(Operation::SendRoutingInfoForSm, &res);
    assert_eq!((text(named.imsi), text(named.serving_node)), (IMSI.into(), "155510".into()));
}

#[test]
fn open_names_the_subscriber() {
    let octets = [
        0x28, 0x1f, 0x06, 0x07, 0x04, 0x00, 0x00, 0x01, 0x01, 0x01, 0x01, // map-DialogueAS
        0xa0, 0x14, 0xa0, 0x12, // map-open
        0x80, 0x09, 0x96, 0x00, 0x01, 0x11, 0x32, 0x54, 0x76, 0x98, 0xf0, // IMSI, plan E.212
        0x81, 0x05, 0x91, 0x51, 0x55, 0x10, 0x00, // originationReference
    ];
    let mut named = Named::default();
    open(&octets, &mut named).unwrap();
    assert_eq!(text(named.imsi), IMSI);
    // a destination reference of plan E.164 is no IMSI
    let mut other = octets;
    other[17] = 0x91;
    let mut named = Named::default();
    open(&other, &mut named).unwrap();
    assert_eq!(named.imsi, None);
    let more: Vec<_> = named.more.iter().map(ToString::to_string).collect();
    assert_eq!(more, ["number=001011234567890", "node=15550100"]);
}

#[test]
fn defects_do_not_hide_the_rest() {
    // the IMSI is malformed, the MSISDN after it is not
    let octets = [0x30, 0x0a, 0x80, 0x01, 0xff, 0x81, 0x05, 0x91, 0x51, 0x55, 0x10, 0x00];
    let (mut named, mut extra) = Default::default();
    let operation = Operation::InsertSubscriberData;
    let error = argument(operation, &octets, &mut named, &mut extra).unwrap_err();
    assert_eq!((error.reason(), error.offset), ("IMSI", 2));
    assert_eq!(text(named.msisdn), MSISDN);
    // another type altogether
    let error = argument(operation, &[0x04, 0x01, 0x00], &mut named, &mut extra).unwrap_err();
    assert_eq!(error.reason(), "parameter of another type");
}

#[test]
fn every_prefix_is_an_error_and_keeps_what_came_before() {
    let octets = UPDATE_LOCATION;
    for end in 1..octets.len() {
        let (mut named, mut extra) = Default::default();
        let cut = &octets[..end];
        let read = argument(Operation::UpdateLocation, cut, &mut named, &mut extra);
        assert!(read.is_err(), "{end}");
        assert_eq!(named.imsi.is_some(), end >= 12);
    }
}

proptest! {
    #[test]
    fn any_octets(index in 0..Operation::ALL.len(), octets in prop::collection::vec(any::<u8>(), 0..80)) {
        let (mut named, mut extra) = Default::default();
        let _ = argument(Operation::ALL[index], &octets, &mut named, &mut extra);
        let _ = result(Operation::ALL[index], &octets, &mut named, &mut extra);
        let _ = open(&octets, &mut named);
        let _ = error_cause(27, &octets);
    }

    #[test]
    fn mutated(index in 0..Operation::ALL.len(), at in 0usize..60, value: u8) {
        for vector in [UPDATE_LOCATION, MO_FORWARD_SM, ANY_TIME] {
            let mut octets = vector.to_vec();
            let at = at % octets.len();
            octets[at] = value;
            let (mut named, mut extra) = Default::default();
            let _ = argument(Operation::ALL[index], &octets, &mut named, &mut extra);
            let _ = result(Operation::ALL[index], &octets, &mut named, &mut extra);
        }
    }
}

#![allow(clippy::arithmetic_side_effects)]

use super::*;
use proptest::prelude::*;

fn read(octets: &[u8]) -> (Named, Extra) {
    let (mut named, mut extra) = Default::default();
    parameters(octets, &mut named, &mut extra).unwrap();
    (named, extra)
}

fn more(named: &Named) -> Vec<String> {
    named.more.iter().map(ToString::to_string).collect()
}

const REGISTRATION: &[u8] = &[
    0xf2, 0x3e, // parameter set
    0x89, 0x04, 0x80, 0x01, 0x02, 0x03, // electronicSerialNumber
    0x88, 0x05, 0x55, 0x05, 0x01, 0x32, 0x54, // mobileIdentificationNumber 5550102345
    0x9f, 0x81, 0x72, 0x08, 0x00, 0x01, 0x11, 0x32, 0x54, 0x76, 0x98, 0xf0, // imsi [242]
    0x95, 0x03, 0x00, 0x0c, 0x06, // mscid: market 12, switch 6
    0x96, 0x01, 0x05, // systemMyTypeCode
    0x9f, 0x21, 0x02, 0x00, 0x2a, // locationAreaID
    0x9f, 0x67, 0x0a, 0x00, 0x01, 0x21, 0x0b, 0x51, 0x55, 0x10, 0x00, 0x21, 0x03, // sender 15550100123
    0x9f, 0x83, 0x06, 0x07, 0xa0, 0x00, 0x00, 0x12, 0x34, 0x56, 0x78, // meid [390]
];

#[test]
fn registration() {
    let (named, _) = read(REGISTRATION);
    assert_eq!(named.imsi.unwrap().to_string(), "001011234567890");
    assert_eq!(named.serving_node.unwrap().to_string(), "15550100123");
    assert_eq!(named.imei, None);
    let expected = ["esn=80010203", "min=5550102345", "mscid=12-6", "location_area=42", "meid=a0000012345678"];
    assert_eq!(more(&named), expected);
}

#[test]
fn numbers() {
    let origination = [
        0xf2, 0x21, // parameter set
        0x84, 0x09, 0x01, 0x00, 0x21, 0x0a, 0x55, 0x05, 0x01, 0x99, 0x99, // dialled, national
        0x9f, 0x5d, 0x0a, 0x00, 0x01, 0x21, 0x0b, 0x51, 0x55, 0x10, 0x00, 0x21, 0x03, // directory number
        0x82, 0x02, 0x00, 0x07, // servingCellID
        0x9f, 0x5e, 0x02, 0x00, 0x00, // a number that is not there
    ];
    let (named, _) = read(&origination);
    assert_eq!(named.called.unwrap().to_string(), "5550109999");
    assert_eq!(named.msisdn.unwrap().to_string(), "15550100123");
    assert_eq!(more(&named), ["serving_cell=7"]);
    let message = [
        0xf2, 0x23, // parameter set
        0x9f, 0x68, 0x09, 0x00, 0x00, 0xd3, 0x01, 0x02, 0x03, 0x08, 0x00, 0x00, // address: a point code
        0x9f, 0x70, 0x09, 0x02, 0x01, 0x21, 0x09, 0x51, 0x55, 0x10, 0x21, 0x03, // originator
        0x9f, 0x72, 0x08, 0x02, 0x00, 0x22, 0x04, b'5', b'5', b'5', b'7', // originating address in IA5
    ];
    let (named, extra) = read(&message);
    assert_eq!(extra.direction, Some(Direction::Terminating));
    assert_eq!(named.calling.unwrap().to_string(), "155501123");
    assert_eq!(more(&named), ["calling=5557"]);
    let star = [0xf2, 0x07, 0x84, 0x05, 0x01, 0x00, 0x21, 0x02, 0x7d];
    assert_eq!(read(&star).0.called.unwrap().to_string(), "*7");
}

#[test]
fn terminations() {
    let result = [
        0xf2, 0x17, 0xbf, 0x78, 0x14, // terminationList
        0xbf, 0x59, 0x11, // intersystemTermination
        0x9f, 0x57, 0x07, 0x06, 0x01, 0x21, 0x06, 0x51, 0x55, 0x90, // destinationDigits
        0x89, 0x04, 0x80, 0x01, 0x02, 0x03, 0x86, // ESN, and half an element
    ];
    let (mut named, mut extra) = Default::default();
    assert!(parameters(&result, &mut named, &mut extra).is_err());
    assert_eq!(named.called.unwrap().to_string(), "155509");
    assert_eq!(more(&named), ["esn=80010203"]);
}

#[test]
fn every_prefix_is_an_error() {
    for end in 1..REGISTRATION.len() {
        let (mut named, mut extra) = Default::default();
        assert!(parameters(&REGISTRATION[..end], &mut named, &mut extra).is_err(), "{end}");
        assert_eq!(named.imsi.is_some(), end >= 27, "{end}");
    }
}

proptest! {
    #[test]
    fn any_octets(octets in prop::collection::vec(any::<u8>(), 0..80)) {
        let (mut named, mut extra) = Default::default();
        let _ = parameters(&octets, &mut named, &mut extra);
    }

    #[test]
    fn mutated(at in 0..REGISTRATION.len(), value: u8) {
        let (mut named, mut extra) = Default::default();
        let mut octets = REGISTRATION.to_vec();
        octets[at] = value;
        let _ = parameters(&octets, &mut named, &mut extra);
    }
}

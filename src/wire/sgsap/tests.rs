use super::*;
use crate::wire::testing::octets as hex;
use proptest::prelude::*;

/// A location update of IMSI 001010123456789 in an E-UTRAN cell.
fn update() -> Vec<u8> {
    hex("09                                -- SGsAP-LOCATION-UPDATE-REQUEST
         01 08 09 10 10 10 32 54 76 98     --   IMSI 001010123456789
         09 05 04 6d6d6503                 --   MME name (not read)
         0a 01 01                          --   IMSI attach
         04 05 00f110 1002                 --   new location area 001-01-4098
         15 08 00 01 00 21 43 65 17 21     --   IMEISV 0010001234567112
         23 05 00f110 0007                 --   tracking area 001-01-7
         24 07 00f110 00012345             --   cell 0x12345")
}

/// A short message (CP-DATA) on its way down.
fn unitdata() -> Vec<u8> {
    hex("07                                -- SGsAP-DOWNLINK-UNITDATA
         01 08 09 10 10 10 32 54 76 98     --   IMSI 001010123456789
         16 03 09 04 00                    --   NAS message: CP-ACK")
}

fn paging() -> Vec<u8> {
    hex("01                                -- SGsAP-PAGING-REQUEST
         01 08 09 10 10 10 32 54 76 98     --   IMSI 001010123456789
         02 03 02 7678                     --   VLR name (not read)
         20 01 01                          --   service: a call
         03 04 c0000001                    --   TMSI
         1c 07 a1 51 55 10 00 21 f3        --   calling line +15 5501 0012 3
         04 05 00f110 1002                 --   location area 001-01-4098")
}

#[test]
fn known_answers() {
    let octets = update();
    let message = Sgsap::parse(&octets).unwrap();
    assert_eq!(message.message_type, MessageType::LOCATION_UPDATE_REQUEST);
    assert_eq!(message.stop, None);
    assert_eq!(message.named.imsi.unwrap().to_string(), "001010123456789");
    assert_eq!(message.named.imei.unwrap().to_string(), "0010001234567112");
    assert_eq!(message.named.cell.unwrap().to_string(), "001-01-?-74565");
    let octets = unitdata();
    let message = Sgsap::parse(&octets).unwrap();
    assert_eq!((message.message_type.uplink(), message.layer3), (Some(false), Some(&[9, 4, 0][..])));
    let octets = paging();
    let message = Sgsap::parse(&octets).unwrap();
    assert_eq!((message.service, message.named.tmsi), (Some(1), Some(0xc000_0001)));
    assert_eq!(message.named.calling.unwrap().to_string(), "15550100123");
    assert_eq!(message.named.cell.unwrap().to_string(), "001-01-4098");
    assert_eq!(Sgsap::parse(&[0x02, 0x08, 0x01, 0x05]).unwrap().cause, Some(5));
}

#[test]
fn every_prefix_is_a_part_or_an_error() {
    for whole in [update(), unitdata(), paging()] {
        assert!(Sgsap::probe(&whole));
        for length in 0..whole.len() {
            if let Ok(message) = Sgsap::parse(&whole[..length]) {
                assert!(message.stop.is_none_or(|stop| stop.offset <= length));
            }
        }
    }
    assert!(Sgsap::parse(&[]).is_err());
}

#[test]
fn elements_without_end_are_given_up() {
    let octets = [&[0x01][..], &[0x7f, 0].repeat(ELEMENTS + 1)].concat();
    assert_eq!(Sgsap::parse(&octets).unwrap().stop.unwrap().reason(), "too many elements");
}

proptest! {
    #[test]
    fn any_octets(octets in prop::collection::vec(any::<u8>(), 0..80)) {
        if let Ok(message) = Sgsap::parse(&octets) {
            prop_assert!(message.stop.is_none_or(|stop| stop.offset <= octets.len()));
        }
    }

    #[test]
    fn mutated(place in 0usize..64, value: u8, which in 0usize..3) {
        let mut octets = [update(), unitdata(), paging()][which].clone();
        if let Some(octet) = octets.get_mut(place) {
            *octet = value;
        }
        let _ = Sgsap::parse(&octets);
    }
}

#![allow(clippy::arithmetic_side_effects)]

use super::*;
use crate::wire::Framing;
use crate::wire::testing::octets;
use proptest::prelude::*;

fn insert_data() -> Vec<u8> {
    octets(
        "00 25 ee 05                     -- IPA: 37 octets, extended, GSUP
         10                              -- Insert Subscriber Data Request
         01 08 00 01 11 32 54 76 98 f0   -- IMSI 001011234567890
         08 07 06 51 55 10 00 21 f3      -- MSISDN 15550100123, counted
         09 05 91 51 55 10 09            -- HLR number 15550190
         28 01 02                        -- circuit switched
         30 04 de ad be ef               -- session",
    )
}

fn mo_forward() -> Vec<u8> {
    octets(
        "24
         01 08 00 01 11 32 54 76 98 f0   -- IMSI
         40 01 fa                        -- SM-RP-MR
         41 06 03 91 51 55 10 09         -- SM-RP-DA: service centre 15550190
         42 08 02 91 51 55 10 00 21 f3   -- SM-RP-OA: MSISDN 15550100123
         43 02 aa bb                     -- SM-RP-UI
         60 05 4d 53 43 31 00            -- source MSC1
         61 04 48 4c 52 00               -- destination HLR",
    )
}

#[test]
fn subscriber_data() {
    let all = insert_data();
    assert_eq!(usize::from(all[1]) + 3, all.len());
    let Some(Ipa::Gsup(message)) = ipa(&all) else { panic!() };
    let message = Gsup::parse(message).unwrap();
    assert_eq!(message.message(), Some(("Insert Subscriber Data Request", Kind::Request)));
    assert_eq!(message.named.imsi.unwrap().to_string(), "001011234567890");
    assert_eq!(message.named.msisdn.unwrap().to_string(), "15550100123");
    assert_eq!(message.named.serving_node.unwrap().to_string(), "15550190");
    assert_eq!((message.domain, message.session), (Some(2), Some(0xdead_beef)));
    assert_eq!(message.stop, None);
}

#[test]
fn short_messages() {
    let octets = mo_forward();
    let message = Gsup::parse(&octets).unwrap();
    assert_eq!(message.named.msisdn.unwrap().to_string(), "15550100123");
    assert_eq!(message.named.serving_node.unwrap().to_string(), "15550190");
    assert_eq!(message.tpdu, Some(&[0xaa, 0xbb][..]));
    assert_eq!((message.source, message.destination), (Some(&b"MSC1"[..]), Some(&b"HLR"[..])));
    assert_eq!(message.stop, None);
}

#[test]
fn devices_in_both_forms_and_causes() {
    let counted = octets("30 01 08 00 01 11 32 54 76 98 f0 50 08 07 10 00 00 21 43 65 87");
    assert_eq!(Gsup::parse(&counted).unwrap().named.imei.unwrap().to_string(), "01000012345678");
    let plain = octets("30 50 08 10 00 00 21 43 65 87 f9");
    assert_eq!(Gsup::parse(&plain).unwrap().named.imei.unwrap().to_string(), "010000123456789");
    let refused = octets("05 01 08 00 01 11 32 54 76 98 f0 02 01 02");
    let message = Gsup::parse(&refused).unwrap();
    assert_eq!((message.cause, message.message().unwrap().1), (Some(2), Kind::Error));
    assert_eq!(Gsup::parse(&[0xf0]).unwrap().stop.unwrap().reason(), "message type");
}

#[test]
fn streams() {
    let mut stream = octets("00 01 fe 00");
    assert_eq!(ipa(&stream), Some(Ipa::Management));
    assert_eq!(frame(&stream, false, false), Framing::Message(4));
    let ping = stream.len();
    stream.extend(insert_data());
    assert_eq!(frame(&stream[ping..], false, false), Framing::Message(stream.len() - ping));
    assert_eq!(frame(&stream[ping..stream.len() - 1], true, false), Framing::NeedMore);
    assert_eq!(frame(&stream[ping + 5..], true, true), Framing::Skip(stream.len() - ping - 5), "nothing more");
    let lost = [&[1, 2, 3][..], &insert_data()].concat();
    assert_eq!(frame(&lost, true, true), Framing::Skip(3));
    assert_eq!(frame(b"INVITE sip:", false, false), Framing::NotMine);
}

#[test]
fn every_prefix() {
    for octets in [insert_data()[4..].to_vec(), mo_forward()] {
        for length in 0..octets.len() {
            match Gsup::parse(&octets[..length]) {
                Ok(message) => assert!(message.stop.is_none_or(|stop| stop.offset <= length)),
                Err(error) => assert_eq!((length, error.offset), (0, 0)),
            }
        }
    }
}

proptest! {
    #[test]
    fn any_octets(octets in prop::collection::vec(any::<u8>(), 0..120), own: bool, resync: bool) {
        let _ = (Gsup::parse(&octets), ipa(&octets));
        match frame(&octets, own, resync) {
            Framing::Message(length) | Framing::Skip(length) => {
                prop_assert!(length <= octets.len() && (length > 0 || octets.is_empty()));
            }
            Framing::NeedMore | Framing::NotMine => {}
        }
    }

    #[test]
    fn mutated(place in any::<prop::sample::Index>(), value: u8) {
        let mut octets = mo_forward();
        let place = place.index(octets.len());
        octets[place] = value;
        let _ = Gsup::parse(&octets);
    }
}

#![allow(clippy::arithmetic_side_effects)]

use super::*;
use crate::identity::Nature;
use proptest::prelude::*;

fn iam() -> Vec<u8> {
    [
        &[0x01, 0x00, 0x60, 0x01, 0x0a, 0x00][..], // IAM, nature of connection, forward call indicators, ordinary, speech
        &[0x02, 0x08],                             // called number at 8, optional part at 15
        &[0x06, 0x84, 0x90, 0x51, 0x55, 0x10, 0x0f], // odd, international, no internal number: 1 555 01, ST, filler
        &[0x0a, 0x07, 0x03, 0x17, 0x55, 0x05, 0x51, 0x55, 0x02], // calling: national, restricted, network provided
        &[0x28, 0x06, 0x84, 0x10, 0x51, 0x55, 0x10, 0x02], // original called: international 1 555 012
        &[0xc0, 0x06, 0x06, 0x03, 0x13, 0x55, 0x05, 0x21], // generic: additional calling 55 50 12
        &[0x00],
    ]
    .concat()
}

#[test]
fn iam_known_answer() {
    let octets = iam();
    let message = Isup::parse(&octets).unwrap();
    assert_eq!((message.message_type.name(), message.stop), (Some("IAM"), None));
    assert_eq!((message.category, message.trailing()), (Some(10), 0));
    let called = message.called_number().unwrap();
    assert_eq!((called.number.to_string().as_str(), called.number.nature), ("155501", Nature::International));
    assert!(called.complete && called.indicator);
    let calling = message.calling_number().unwrap();
    assert_eq!((calling.number.to_string().as_str(), calling.number.nature), ("5550155520", Nature::National));
    assert_eq!((calling.presentation, calling.screening), (Some(Presentation::Restricted), Some(3)));
    let others: Vec<_> = message.numbers().map(|(name, number)| (name, number.number.to_string())).collect();
    assert_eq!(others[2], (Name::ORIGINAL_CALLED_NUMBER, "1555012".to_owned()));
    assert_eq!(others[3], (Name::GENERIC_NUMBER, "555012".to_owned()));
    assert!(probe(&octets) && !probe(&octets[1..]));
}

/// The mandatory part of an IAM of ANSI: no transmission medium, but user service information.
#[test]
fn iam_of_ansi() {
    let octets = [
        0x01, 0x10, 0x20, 0x00, 0x0a, // IAM, nature of connection, forward call indicators, ordinary
        0x03, 0x06, 0x0d, // user service information at 8, called at 12, options at 20
        0x03, 0x80, 0x90, 0xa2, // speech, 64 kbit/s, mu-law
        0x07, 0x03, 0x10, 0x55, 0x05, 0x21, 0x43, 0x65, // national 55 50 12 34 56
        0xeb, 0x06, 0x03, 0x10, 0x55, 0x05, 0x21, 0x03, 0x00, // charge number 55 50 12 30
    ];
    let message = Isup::parse(&octets).unwrap();
    assert!(message.is_of_ansi());
    assert_eq!((message.stop, message.trailing()), (None, 0));
    assert_eq!(message.called_number().unwrap().number.to_string(), "5550123456");
    assert_eq!(message.numbers().count(), 2);
    assert!(!Isup::parse(&iam()).unwrap().is_of_ansi());
}

#[test]
fn release_and_others() {
    let rel = [0x0c, 0x02, 0x00, 0x02, 0x80, 0x91];
    let message = Isup::parse(&rel).unwrap();
    assert_eq!(message.cause, Some(Cause { coding: 0, location: 0, value: 17 }));
    assert_eq!((message.stop, message.message_type.phase()), (None, Phase::Release));
    let extended = [0x0c, 0x02, 0x00, 0x03, 0x42, 0x80, 0x90];
    assert_eq!(Isup::parse(&extended).unwrap().cause, Some(Cause { coding: 2, location: 2, value: 16 }));
    let cpg = [0x2c, 0x01, 0x00];
    assert_eq!(Isup::parse(&cpg).unwrap().event, Some(1));
    let sam = [0x02, 0x02, 0x00, 0x03, 0x80, 0x21, 0x03];
    let digits = Isup::parse(&sam).unwrap().subsequent_number().unwrap();
    assert_eq!((digits.number.to_string().as_str(), digits.complete), ("123", false));
    let grs = [0x17, 0x01, 0x01, 0x1e];
    assert_eq!(Isup::parse(&grs).unwrap().range_and_status, Some((30, &[][..])));
    let charge = Isup::parse(&[0x31, 1, 2, 3]).unwrap();
    assert_eq!(charge.stop.unwrap().reason(), "message type without a known format");
    assert_eq!(MessageType(0xfe).name(), None);
}

#[test]
fn circuits() {
    assert_eq!(circuit(&[0xd5, 0xf0, 0x01], CircuitWidth::Itu), Ok((0x0d5, &[0x01][..])));
    assert_eq!(circuit(&[0xd5, 0xff, 0x01], CircuitWidth::Ansi), Ok((0x3fd5, &[0x01][..])));
    assert_eq!(circuit(&[0x12, 0, 0, 1, 0x01], CircuitWidth::Bicc), Ok((0x0100_0012, &[0x01][..])));
    assert!(circuit(&[0x12], CircuitWidth::Itu).is_err());
}

#[test]
fn every_prefix_is_an_error_or_partial() {
    let good = [iam(), vec![0x0c, 0x02, 0x00, 0x02, 0x80, 0x91], vec![0x06, 0x14, 0x00, 0x00], vec![0x17, 1, 1, 30]];
    for octets in good {
        assert_eq!(Isup::parse(&octets).unwrap().stop, None);
        for end in 0..octets.len() {
            match Isup::parse(&octets[..end]) {
                Ok(message) => assert!(message.stop.is_some(), "{end} of {octets:02x?}"),
                Err(_) => assert_eq!(end, 0),
            }
        }
    }
}

proptest! {
    #[test]
    fn any_octets(octets in prop::collection::vec(any::<u8>(), 0..80)) {
        if let Ok(message) = Isup::parse(&octets) {
            prop_assert!(message.parameters().count() <= octets.len() + 8);
            let _ = (message.numbers().count(), message.trailing());
        }
        let _ = probe(&octets);
    }

    #[test]
    fn mutated(at in 0usize..38, value: u8) {
        let mut octets = iam();
        octets[at] = value;
        let message = Isup::parse(&octets).unwrap();
        prop_assert!(message.stop.is_none_or(|stop| stop.offset <= octets.len()));
        for (_, number) in message.numbers() {
            prop_assert!(number.number.digits.len() <= 32);
        }
    }
}

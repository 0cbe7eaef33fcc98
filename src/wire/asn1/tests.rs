#![allow(clippy::arithmetic_side_effects)]

use super::*;
use crate::wire::DecodeErrorKind;
use proptest::prelude::*;

fn walk(octets: &[u8]) -> Elements<'_> {
    Elements::new(octets, Layer::Tcap)
}

/// Visits everything below, as deep as it goes.
fn visit(elements: Elements<'_>, depth: usize, count: &mut usize) -> Result<(), DecodeError> {
    for element in elements {
        let element = element?;
        *count += 1;
        if element.constructed && depth < MAX_DEPTH {
            visit(element.children(), depth + 1, count)?;
        }
    }
    Ok(())
}

#[test]
fn short_form() {
    let octets = [
        0x62, 0x05, // Begin [APPLICATION 2] constructed, 5 octets
        0x48, 0x03, 0x01, 0x02, 0x03, // otid [APPLICATION 8] primitive, 3 octets
    ];
    let begin = walk(&octets).next().unwrap().unwrap();
    assert_eq!(begin.tag(), (Class::Application, 2));
    assert!(begin.constructed);
    assert_eq!(begin.raw, octets);
    let otid = begin.children().next().unwrap().unwrap();
    assert_eq!(otid.tag(), (Class::Application, 8));
    assert_eq!((otid.offset, otid.content_offset()), (2, 4));
    assert_eq!(otid.content, [1, 2, 3]);
}

#[test]
fn long_length_and_long_tag() {
    let mut octets = vec![
        0xbf, 0x81, 0x48, // [200] constructed: 0x1f, then 1|0000001, 0|1001000
        0x82, 0x01, 0x00, // 256 octets
    ];
    octets.extend([0x5a; 256]);
    let element = walk(&octets).next().unwrap().unwrap();
    assert_eq!(element.tag(), (Class::Context, 200));
    assert_eq!(element.content.len(), 256);
    assert_eq!(element.content_offset(), 6);
}

#[test]
fn indefinite_within_indefinite() {
    let octets = [
        0x30, 0x80, // SEQUENCE, indefinite
        0xa1, 0x80, // [1], indefinite
        0x04, 0x02, 0x00, 0x00, // OCTET STRING of two zero octets: not an end
        0x00, 0x00, // end of [1]
        0x02, 0x01, 0xff, // INTEGER -1
        0x00, 0x00, // end of SEQUENCE
        0x05, 0x00, // NULL
    ];
    let mut elements = walk(&octets);
    let sequence = elements.next().unwrap().unwrap();
    assert_eq!(sequence.raw.len(), 15);
    assert_eq!(elements.next().unwrap().unwrap().number, universal::NULL);
    assert!(elements.next().is_none());
    let mut within = sequence.children();
    let one = within.next().unwrap().unwrap();
    assert_eq!(one.content, [0x04, 0x02, 0x00, 0x00]);
    assert_eq!(within.next().unwrap().unwrap().integer(), Ok(-1));
    assert!(within.next().is_none());
}

#[test]
fn integers() {
    let value = |octets: &[u8]| walk(octets).next().unwrap().unwrap().integer();
    assert_eq!(value(&[0x02, 0x01, 0x7f]), Ok(127));
    assert_eq!(value(&[0x02, 0x02, 0x00, 0x80]), Ok(128));
    assert_eq!(value(&[0x02, 0x02, 0xff, 0x7f]), Ok(-129));
    assert_eq!(value(&[0x02, 0x08, 0x80, 0, 0, 0, 0, 0, 0, 0]), Ok(i64::MIN));
    assert!(value(&[0x02, 0x00]).is_err());
    assert!(value(&[0x02, 0x09, 0, 0, 0, 0, 0, 0, 0, 0, 0]).is_err());
}

#[test]
fn unsigned_integers() {
    let value = |octets: &[u8]| walk(octets).next().unwrap().unwrap().unsigned();
    assert_eq!(value(&[0x02, 0x01, 0xc8]), Ok(200));
    assert_eq!(value(&[0x02, 0x02, 0x00, 0xc8]), Ok(200));
    assert_eq!(value(&[0x02, 0x04, 0xff, 0xff, 0xff, 0xff]), Ok(u64::from(u32::MAX)));
    assert_eq!(value(&[0x02, 0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), Ok(u64::MAX));
    assert!(value(&[0x02, 0x00]).is_err());
}

#[test]
fn cut_constructed_is_yielded_then_the_defect() {
    let octets = [
        0x30, 0x0a, // SEQUENCE of 10 octets, of which 6 are there
        0x04, 0x01, 0x11, // whole
        0x04, 0x05, 0x22, // cut
    ];
    let mut elements = walk(&octets);
    let sequence = elements.next().unwrap().unwrap();
    assert_eq!(sequence.content.len(), 6);
    assert_eq!(elements.next().unwrap().unwrap_err().kind, DecodeError::short(Layer::Tcap, 0, 12, 8).kind);
    assert!(elements.next().is_none());
    let mut within = sequence.children();
    assert_eq!(within.next().unwrap().unwrap().content, [0x11]);
    let error = within.next().unwrap().unwrap_err();
    assert_eq!(error.offset, 5);
    assert!(within.next().is_none());
}

#[test]
fn malformed_headers() {
    let kind = |octets: &[u8]| walk(octets).next().unwrap().unwrap_err().kind;
    assert!(matches!(kind(&[0x04, 0xff]), DecodeErrorKind::Malformed(_)));
    assert!(matches!(kind(&[0x04, 0x80, 0x00, 0x00]), DecodeErrorKind::Malformed(_)));
    assert!(matches!(kind(&[0x00, 0x00]), DecodeErrorKind::Malformed(_)));
    assert!(matches!(kind(&[0x04, 0x85, 1, 1, 1, 1, 1]), DecodeErrorKind::Limit(_)));
    assert!(matches!(kind(&[0x1f, 0x9f, 0xff, 0xff, 0xff, 0x7f, 0]), DecodeErrorKind::Limit(_)));
    assert!(matches!(kind(&[0x1f, 0x81]), DecodeErrorKind::Truncated { .. }));
}

#[test]
fn depth_is_limited() {
    let octets = [0x30, 0x80].repeat(1000);
    let mut elements = walk(&octets);
    assert!(elements.next().unwrap().is_ok());
    assert!(matches!(elements.next().unwrap().unwrap_err().kind, DecodeErrorKind::Limit(_)));
}

proptest! {
    #[test]
    fn any_octets_are_walked(octets in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut count = 0;
        let _ = visit(walk(&octets), 0, &mut count);
        prop_assert!(count <= octets.len() * MAX_DEPTH);
    }

    #[test]
    fn definite_round_trip(number in 0u32..200, content in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut octets = Vec::new();
        match number {
            0..31 => octets.push(0x80 | number as u8),
            31..128 => octets.extend([0x9f, number as u8]),
            _ => octets.extend([0x9f, 0x80 | (number >> 7) as u8, number as u8 & 0x7f]),
        }
        match content.len() {
            len @ 0..128 => octets.push(len as u8),
            len => octets.extend([0x82, (len >> 8) as u8, len as u8]),
        }
        octets.extend(&content);
        let element = walk(&octets).next().unwrap().unwrap();
        prop_assert_eq!(element.tag(), (Class::Context, number));
        prop_assert_eq!(element.content, &content[..]);
        prop_assert_eq!(element.raw, &octets[..]);
    }
}

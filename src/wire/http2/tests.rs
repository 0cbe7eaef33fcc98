#![allow(clippy::arithmetic_side_effects)]

use super::*;
use crate::wire::Framing;
use crate::wire::testing::octets;
use proptest::prelude::*;

fn fields(hpack: &mut Hpack, block: &[u8]) -> Vec<String> {
    let mut fields = Vec::new();
    let text = |octets: Option<&[u8]>| octets.map_or("?".to_owned(), |octets| String::from_utf8_lossy(octets).into());
    let result = hpack.decode(block, |field| fields.push(format!("{}={}", text(field.name), text(field.value))));
    assert_eq!(result, Ok(()));
    fields
}

const FIRST: [&str; 4] = [":method=GET", ":scheme=http", ":path=/", ":authority=www.example.com"];

/// RFC 7541 appendix C.3 and C.4: three requests, plain and coded.
#[test]
fn requests_of_the_rfc() {
    for requests in [
        [
            "8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d",
            "8286 84be 5808 6e6f 2d63 6163 6865",
            "8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65",
        ],
        [
            "8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff",
            "8286 84be 5886 a8eb 1064 9cbf",
            "8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf",
        ],
    ] {
        let mut hpack = Hpack::default();
        assert_eq!(fields(&mut hpack, &octets(requests[0])), FIRST);
        assert_eq!(hpack.size(), 57);
        let second = fields(&mut hpack, &octets(requests[1]));
        assert_eq!((&second[..4], second[4].as_str()), (&FIRST.map(str::to_owned)[..], "cache-control=no-cache"));
        let third = fields(&mut hpack, &octets(requests[2]));
        assert_eq!(third[1..3], [":scheme=https", ":path=/index.html"]);
        assert_eq!(third[4], "custom-key=custom-value");
        assert_eq!(hpack.size(), 164);
    }
}

/// RFC 7541 appendix C.6: responses with eviction, in a table of 256 octets.
#[test]
fn responses_of_the_rfc() {
    let mut hpack = Hpack::default();
    assert_eq!(fields(&mut hpack, &octets("3f e1 01")), [""; 0]);
    let first = "4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad \
                 1718 63c7 8f0b 97c8 e9ae 82ae 43d3";
    let answer = fields(&mut hpack, &octets(first));
    assert_eq!(answer[0], ":status=302");
    assert_eq!(answer[2], "date=Mon, 21 Oct 2013 20:13:21 GMT");
    assert_eq!(answer[3], "location=https://www.example.com");
    assert_eq!(hpack.size(), 222);
    let second = fields(&mut hpack, &octets("4883 640e ffc1 c0bf"));
    assert_eq!(second[..2], [":status=307", "cache-control=private"]);
    assert_eq!(hpack.size(), 222);
}

#[test]
fn what_came_before_the_capture_is_not_known() {
    let mut hpack = Hpack::default();
    // An index far back, a literal with a name far back, then a field that is known since.
    let block = octets("c8 7f 0a 01 61 04 01 2f be 44 01 62 be");
    assert_eq!(fields(&mut hpack, &block), ["?=?", "?=a", ":path=/", "?=a", ":path=b", ":path=b"]);
}

#[test]
fn defects_are_told_and_bounded() {
    let mut hpack = Hpack::default();
    let reason = |hpack: &mut Hpack, hex: &str| hpack.decode(&octets(hex), |_| {}).unwrap_err().reason();
    assert_eq!(reason(&mut hpack, "80"), "header field of index 0");
    assert_eq!(reason(&mut hpack, "3f ff ff ff 7f"), "header table larger than is read");
    assert_eq!(reason(&mut hpack, "ff ff ff ff ff ff"), "header field with too long an integer");
    assert_eq!(reason(&mut hpack, "04 05 61"), "header block ends within a field");
    assert_eq!(reason(&mut hpack, "04 81 00"), "header field that is no Huffman code");
}

fn a_headers_frame() -> Vec<u8> {
    octets(
        "00 00 0b 01 2d 00 00 00 01   -- HEADERS, 11 octets; ends stream and headers, padded, with priority; stream 1
         02                           -- two octets of padding
         00 00 00 00 10               -- priority
         82 86 84                     -- GET, http, /
         00 00",
    )
}

#[test]
fn frames() {
    let octets = a_headers_frame();
    let Ok(Http2::Frame(frame)) = parse(&octets) else { panic!() };
    assert_eq!((frame.kind.name(), frame.stream, frame.content), (Some("HEADERS"), 1, &[0x82, 0x86, 0x84][..]));
    assert!(frame.ends_stream() && frame.ends_headers() && frame.stop.is_none());
    assert_eq!(parse(PREFACE), Ok(Http2::Preface));
    for length in 0..octets.len() {
        match parse(&octets[..length]) {
            Ok(Http2::Frame(frame)) => assert!(frame.stop.is_some()),
            Ok(Http2::Preface) => panic!(),
            Err(error) => assert!(error.offset <= length),
        }
    }
}

#[test]
fn streams() {
    let mut stream = PREFACE.to_vec();
    let settings = octets("000006 04 00 00000000 0003 00000064");
    stream.extend(&settings);
    assert_eq!(frame(&stream, false), Framing::Message(24));
    assert_eq!(frame(&stream[24..], false), Framing::Message(15));
    assert_eq!(frame(&stream[24..30], false), Framing::NeedMore);
    assert_eq!(frame(&PREFACE[..10], false), Framing::NeedMore);
    // In the middle of a frame: its rest is skipped.
    let middle = [&[0x7b, 0x00, 0x7d][..], &a_headers_frame(), &settings].concat();
    assert_eq!(frame(&middle, true), Framing::Skip(3));
    assert_eq!(frame(&middle[3..], true), Framing::Message(20));
    for other in
        [&b"INVITE sip:a SIP/2.0\r\n"[..], &[1, 0, 0, 20, 0x80, 0, 1, 1, 0, 0], &[0, 1, 0xfe, 6, 1, 1, 1, 1, 1]]
    {
        assert_eq!(frame(other, false), Framing::NotMine, "{other:?}");
    }
}

proptest! {
    #[test]
    fn any_octets(octets in prop::collection::vec(any::<u8>(), 0..200), resync: bool) {
        let mut hpack = Hpack::default();
        let _ = hpack.decode(&octets, |_| {});
        prop_assert!(hpack.size() <= MAX_TABLE);
        let _ = parse(&octets);
        match frame(&octets, resync) {
            Framing::Message(length) | Framing::Skip(length) => prop_assert!(length <= octets.len()),
            Framing::NeedMore | Framing::NotMine => {}
        }
    }

    #[test]
    fn mutated(place in any::<prop::sample::Index>(), value: u8) {
        let mut octets = a_headers_frame();
        let place = place.index(octets.len());
        octets[place] = value;
        if let Ok(Http2::Frame(frame)) = parse(&octets) {
            let _ = Hpack::default().decode(frame.content, |_| {});
        }
    }
}

#![allow(clippy::arithmetic_side_effects)]

use super::*;
use crate::wire::Framing;
use proptest::prelude::*;

const REQUEST: &str = "PUT /nudm-uecm/v1/imsi-001010000000001/registrations/amf-3gpp-access HTTP/1.1\r\n\
                       Host: 192.0.2.1:7777\r\nCONTENT-TYPE:application/json\r\nContent-Length: 16 \r\n\r\n\
                       {\"ratType\":\"NR\"}";
const ANSWER: &str = "HTTP/1.1 201 Created\r\nLocation: http://192.0.2.1/nsmf-pdusession/v1/sm-contexts/7\r\n\
                      Transfer-Encoding: Chunked\r\n\r\n\
                      7;name=value\r\n{\"supi\"\r\n1B\r\n:\"imsi-001010000000001\"    \r\n1\r\n}\r\n0\r\nTrailer: a\r\n\r\n";

fn parse(text: &str) -> Http1<'_> {
    Http1::parse(text.as_bytes()).unwrap()
}

fn body(message: &Http1<'_>) -> String {
    String::from_utf8(message.body.pieces().collect::<Vec<_>>().concat()).unwrap()
}

#[test]
fn a_request_with_its_length() {
    let message = parse(REQUEST);
    let target = &b"/nudm-uecm/v1/imsi-001010000000001/registrations/amf-3gpp-access"[..];
    assert_eq!(message.start, Start::Request { method: b"PUT", target });
    assert_eq!(message.header("content-type"), Some(&b"application/json"[..]));
    assert_eq!((body(&message).as_str(), message.stop), ("{\"ratType\":\"NR\"}", None));
    assert_eq!(frame(REQUEST.as_bytes(), false), Framing::Message(REQUEST.len()));
}

#[test]
fn an_answer_in_chunks() {
    let message = parse(ANSWER);
    assert_eq!(message.start, Start::Answer { status: 201 });
    assert_eq!(message.header("Location"), Some(&b"http://192.0.2.1/nsmf-pdusession/v1/sm-contexts/7"[..]));
    assert_eq!((body(&message).as_str(), message.stop), ("{\"supi\":\"imsi-001010000000001\"    }", None));
    let stream = [ANSWER, REQUEST].concat();
    assert_eq!(frame(stream.as_bytes(), false), Framing::Message(ANSWER.len()));
}

#[test]
fn every_prefix() {
    for text in [REQUEST, ANSWER] {
        for length in 0..text.len() {
            let octets = &text.as_bytes()[..length];
            match Http1::parse(octets) {
                Ok(message) => assert!(message.stop.unwrap().offset <= length),
                Err(error) => assert!(error.offset <= length),
            }
            if length > 0 {
                assert_eq!(frame(octets, false), Framing::NeedMore, "{length}");
            }
        }
    }
}

#[test]
fn what_has_no_body() {
    for text in [
        "HTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\n",
        "HTTP/1.1 100\r\n\r\n",
        "GET / HTTP/1.1\nHost: a\n\n",
        "DELETE http://a/nudm-sdm/v1/a HTTP/1.1\r\n\r\n",
    ] {
        assert_eq!((parse(text).stop, body(&parse(text)).as_str()), (None, ""));
        assert_eq!(frame([text, "HTTP"].concat().as_bytes(), false), Framing::Message(text.len()));
    }
}

#[test]
fn defects_are_told() {
    for (head, reason) in [
        ("Content-Length: x\r\n\r\n", "Content-Length is no number"),
        ("Content-Length: 99999999999999999\r\n\r\n", "Content-Length is no number"),
        ("Content-Length: 9999999\r\n\r\n", "body longer than is read"),
        ("Content-Length: 1\r\nContent-Length: 2\r\n\r\n12", "two values of Content-Length"),
        ("Transfer-Encoding: gzip\r\n\r\n", "transfer coding"),
        ("Transfer-Encoding: chunked\r\n\r\n\r\n", "chunk without a size"),
        ("Transfer-Encoding: chunked\r\n\r\n1\r\nabc", "chunk longer than its size"),
        ("Transfer-Encoding: chunked\r\n\r\nfffffff\r\nabc", "body longer than is read"),
    ] {
        let text = format!("POST /a HTTP/1.1\r\n{head}");
        assert_eq!(parse(&text).stop.unwrap().reason(), reason, "{head}");
        assert_eq!(frame(text.as_bytes(), false), Framing::NotMine);
    }
    let chunks = "1\r\na\r\n".repeat(MAX_CHUNKS + 1);
    let text = format!("POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}");
    assert_eq!(parse(&text).stop.unwrap().reason(), "body longer than is read");
    assert!(parse(&text).body.pieces().count() <= MAX_CHUNKS + 1);
}

#[test]
fn lines_that_are_no_start() {
    for text in [
        "INVITE sip:a SIP/2.0\r\n\r\n",
        "GET /a HTTP/1.0\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\n",
        "GET /a b HTTP/1.1\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 20\r\n\r\n",
        "NET /a HTTP/1.1\r\n\r\n",
        "\0\0\0",
    ] {
        assert!(Http1::parse(text.as_bytes()).is_err(), "{text}");
        assert_eq!(frame(text.as_bytes(), false), Framing::NotMine, "{text}");
    }
}

#[test]
fn from_the_middle_of_a_stream() {
    // A body has no end of line; a path within it is no request.
    for rest in ["\"a\": 1}", "Content-Length: 0\r\n\r\n{}", "a /b", ""] {
        for text in [REQUEST, ANSWER] {
            let stream = [rest, text].concat();
            let expected = if rest.is_empty() { Framing::Message(text.len()) } else { Framing::Skip(rest.len()) };
            assert_eq!(frame(stream.as_bytes(), true), expected, "{stream}");
        }
        if !rest.is_empty() {
            let stream = [rest, "PUT /nudm"].concat();
            assert_eq!(frame(stream.as_bytes(), true), Framing::Skip(rest.len()));
        }
    }
    assert_eq!(frame(b"nothing of it", true), Framing::Skip(13));
    assert_eq!(frame(b"\r\n\r\nGET", false), Framing::Skip(4));
}

proptest! {
    #[test]
    fn any_octets(octets in prop::collection::vec(any::<u8>(), 0..200), resync: bool) {
        let _ = Http1::parse(&octets);
        match frame(&octets, resync) {
            Framing::Message(length) | Framing::Skip(length) => prop_assert!(length <= octets.len()),
            Framing::NeedMore | Framing::NotMine => {}
        }
    }

    #[test]
    fn mutated(of_request: bool, places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4), resync: bool) {
        let mut octets = if of_request { REQUEST } else { ANSWER }.as_bytes().to_vec();
        for (place, value) in places {
            let place = place.index(octets.len());
            octets[place] = value;
        }
        if let Ok(message) = Http1::parse(&octets) {
            let _ = (message.headers().count(), message.body.pieces().count());
            prop_assert!(message.stop.is_none_or(|stop| stop.offset <= octets.len()));
        }
        match frame(&octets, resync) {
            Framing::Message(length) | Framing::Skip(length) => prop_assert!(length > 0 && length <= octets.len()),
            Framing::NeedMore | Framing::NotMine => {}
        }
    }
}

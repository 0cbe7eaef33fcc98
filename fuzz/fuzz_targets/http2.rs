//! Any octets as a stream of HTTP/2 frames, their header blocks with one table.
#![no_main]

use simhound::wire::http2::{Hpack, Http2, MAX_TABLE, frame, parse};
use simhound_fuzz::{cut, within};

simhound_fuzz::target!(|data: &[u8]| {
    let mut hpack = Hpack::default();
    cut(data, frame, |message| match parse(message) {
        Ok(Http2::Frame(frame)) => {
            within(frame.stop, message);
            within(hpack.decode(frame.content, |_| {}).err(), frame.content);
            assert!(hpack.size() <= MAX_TABLE);
        }
        Ok(Http2::Preface) => {}
        Err(error) => within(Some(error), message),
    });
    let _ = Hpack::default().decode(data, |_| {});
});

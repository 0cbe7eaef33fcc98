//! Any octets as a stream of HTTP/1.1 messages, their headers and bodies walked over.
#![no_main]

use simhound::wire::http1::{Http1, MAX_BODY, frame};
use simhound_fuzz::{cut, within};

simhound_fuzz::target!(|data: &[u8]| {
    cut(data, frame, |message| match Http1::parse(message) {
        Ok(http) => {
            within(http.stop, message);
            let body: usize = http.body.pieces().map(<[u8]>::len).sum();
            assert!(body <= message.len().max(MAX_BODY));
            let _ = http.headers().count();
        }
        Err(error) => within(Some(error), message),
    });
    if let Ok(http) = Http1::parse(data) {
        within(http.stop, data);
        let _ = http.body.pieces().count();
    }
});

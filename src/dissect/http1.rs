//! HTTP/1.1, under the service based interfaces of the 5G core; what else it carries is not taken.

use super::{Count, Dissected};
use crate::health::Layer;
use crate::wire::Framing;
use crate::wire::http1::{Body, Http1, Start, frame as any};
use crate::wire::sbi::Path;

/// The name under which other streams of it are counted.
pub(super) const FOREIGN: &str = "HTTP/1.1 that is no service of the core";

/// Texts that only bodies of the core have.
const WORDS: [&[u8]; 6] = [b"\"imsi-", b"\"imei", b"\"msisdn-", b"\"5g-guti-", b"\"supi\"", b"\"gpsi\""];

/// The message at the head of a stream, where it may be one of the core.
pub(super) fn frame(stream: &[u8], resync: bool) -> Framing {
    let framing = any(stream, resync);
    let is_whole = match framing {
        Framing::Message(_) => true,
        Framing::NeedMore => false,
        Framing::Skip(_) | Framing::NotMine => return framing,
    };
    let Ok(message) = Http1::parse(stream) else { return framing };
    let has_head = is_whole || message.body_at < stream.len();
    if !has_head || is_of_core(&message, is_whole) {
        return framing;
    }
    // What follows its headers is searched for the next message.
    if resync { Framing::Skip(message.body_at.max(1)) } else { Framing::NotMine }
}

/// By path or headers; by the body, once that is there. An answer does not say what was asked: any of JSON may be one.
fn is_of_core(message: &Http1<'_>, is_whole: bool) -> bool {
    let is_3gpp = |name: &[u8]| name.get(..9).is_some_and(|start| start.eq_ignore_ascii_case(b"3gpp-sbi-"));
    let content = message.header("content-type").unwrap_or_default();
    let has = |word: &[u8]| memchr::memmem::find(content, word).is_some();
    let is_json = has(b"json") || has(b"multipart/related");
    match message.start {
        Start::Request { target, .. } if Path::parse(target).is_some() => true,
        Start::Answer { status } if status >= 400 || is_json || message.body == Body::Plain(&[]) => true,
        _ if message.headers().any(|(name, _)| is_3gpp(name)) => true,
        Start::Request { .. } if is_json => !is_whole || message.body.pieces().any(has_words),
        _ => false,
    }
}

fn has_words(text: &[u8]) -> bool {
    WORDS.iter().any(|word| memchr::memmem::find(text, word).is_some())
}

pub(super) fn message<'a>(octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    match Http1::parse(octets) {
        Ok(message) => {
            count.layer(Layer::Http1, octets.len(), message.stop);
            Dissected::Http1(message)
        }
        Err(error) => {
            count.layer(Layer::Http1, octets.len(), Some(error));
            Dissected::Nothing
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Framing {
        frame(text.as_bytes(), false)
    }

    #[test]
    fn what_is_of_the_core() {
        let whole = |text: &str| Framing::Message(text.len());
        for text in [
            "GET /nnrf-nfm/v1/nf-instances HTTP/1.1\r\n\r\n",
            "GET /prefix/nudm-sdm/v2/a HTTP/1.1\r\n\r\n",
            "POST /callback HTTP/1.1\r\n3GPP-Sbi-Correlation-Info: a\r\n\r\n",
            "POST /callback HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{\"supi\":0}",
            "HTTP/1.1 200 OK\r\nContent-Type: application/3gppHal+json\r\nContent-Length: 2\r\n\r\n{}",
            "HTTP/1.1 204 No Content\r\n\r\n",
            "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 1\r\n\r\na",
        ] {
            assert_eq!(of(text), whole(text), "{text}");
        }
        for text in [
            "GET /index.html HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST /upload HTTP/1.1\r\nContent-Length: 1000\r\n\r\nabc",
            "POST /api HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<html>",
        ] {
            assert_eq!(of(text), Framing::NotMine, "{text}");
        }
    }

    #[test]
    fn a_stream_of_the_web_is_searched_after_a_gap() {
        let web = "GET /index.html HTTP/1.1\r\nHost: a\r\n\r\n";
        let core = "GET /nnrf-nfm/v1/nf-instances HTTP/1.1\r\n\r\n";
        assert_eq!(frame([web, core].concat().as_bytes(), true), Framing::Skip(web.len()));
        assert_eq!(frame(core.as_bytes(), true), Framing::Message(core.len()));
    }
}

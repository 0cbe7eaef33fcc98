//! Where messages of a TCP stream end.

use super::{foreign, http1};
use crate::reassembly::{Flow, Framer};
use crate::wire::http1::Http1;
use crate::wire::{Framing, diameter, gsup, http2, sip};

/// Cuts TCP streams into messages: by what their first octets look like, and by port where they do not tell.
#[derive(Debug, Clone, Copy, Default)]
pub struct StreamFramer;

impl Framer for StreamFramer {
    fn frame(&self, flow: &Flow, stream: &[u8], resync: bool) -> Framing {
        if foreign::stream(stream).is_some() {
            return Framing::NotMine;
        }
        let is_gsup = [flow.src_port, flow.dst_port].contains(&gsup::PORT);
        match gsup::frame(stream, is_gsup, resync) {
            Framing::NotMine => {}
            framing => return framing,
        }
        match http2::frame(stream, resync) {
            message @ Framing::Message(_) => message,
            framing => {
                let http1 = http1::frame(stream, resync);
                // Octets of a gap may look like a long frame of something else; a line of text does not come by chance.
                if let Framing::Skip(at) = http1
                    && resync
                    && stream.get(at..).is_some_and(Http1::probe)
                {
                    return http1;
                }
                let text = either(http1, sip::frame(stream, resync));
                either(framing, either(diameter::frame(stream, resync), text))
            }
        }
    }

    fn foreign(&self, _flow: &Flow, stream: &[u8]) -> &'static str {
        let is_web = Http1::probe(stream).then_some(http1::FOREIGN);
        foreign::stream(stream).or(is_web).unwrap_or("a protocol that is not read")
    }
}

/// The better of two protocols' answers.
fn either(one: Framing, other: Framing) -> Framing {
    match (one, other) {
        (message @ Framing::Message(_), _) | (_, message @ Framing::Message(_)) => message,
        (Framing::NotMine, other) | (other, Framing::NotMine) => other,
        (Framing::Skip(a), Framing::Skip(b)) => Framing::Skip(a.min(b)),
        (Framing::NeedMore, _) | (_, Framing::NeedMore) => Framing::NeedMore,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_line_ends_what_looks_like_a_long_frame() {
        let address = std::net::IpAddr::from([192, 0, 2, 1]);
        let flow = Flow { src: address, dst: address, src_port: 7777, dst_port: 40000 };
        // DATA of HTTP/2, 65 280 octets; it is the rest of a body.
        let rest = b"\x00\xff\x00\x00\x00\x00\x00\x00\x01ab";
        assert!(matches!(StreamFramer.frame(&flow, rest, true), Framing::Skip(_) | Framing::NeedMore));
        let stream = [&rest[..], b"HTTP/1.1 204 No Content\r\n\r\n"].concat();
        assert_eq!(StreamFramer.frame(&flow, &stream, true), Framing::Skip(rest.len()));
        assert_eq!(StreamFramer.frame(&flow, &stream[rest.len()..], true), Framing::Message(stream.len() - rest.len()));
    }

    #[test]
    fn after_a_gap_a_vendor_is_no_frame() {
        let address = std::net::IpAddr::from([192, 0, 2, 1]);
        let flow = Flow { src: address, dst: address, src_port: 3868, dst_port: 40000 };
        // The end of a Visited-PLMN-Id of the vendor 10415, and a watchdog request: read from its second octet on, the
        // vendor is a DATA frame of 10 415 octets.
        let rest = b"\xc0\x00\x00\x0f\x00\x00\x28\xaf\x00\x00\x00\x00\x22\x00\x00\x00";
        let request = b"\x01\x00\x00\x14\x80\x00\x01\x18\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x02";
        let stream = [&rest[..], request].concat();
        assert_eq!(StreamFramer.frame(&flow, &stream, true), Framing::Skip(rest.len()));
        assert_eq!(StreamFramer.frame(&flow, request, true), Framing::Message(request.len()));
    }
}

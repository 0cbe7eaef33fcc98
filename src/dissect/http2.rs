//! HTTP/2, under the service based interfaces of the 5G core.

use super::{Count, Dissected};
use crate::health::Layer;
use crate::wire::Framing;
use crate::wire::http2::{Http2, frame, parse};

/// Whether the octets of a message are one frame, or the preface.
pub(super) fn is_frame(octets: &[u8]) -> bool {
    frame(octets, false) == Framing::Message(octets.len())
}

pub(super) fn message<'a>(octets: &'a [u8], count: &mut Count<'_>) -> Dissected<'a> {
    match parse(octets) {
        Ok(message) => {
            let stop = match message {
                Http2::Frame(frame) => frame.stop,
                Http2::Preface => None,
            };
            count.layer(Layer::Http2, octets.len(), stop);
            Dissected::Http2(message)
        }
        Err(error) => {
            count.layer(Layer::Http2, octets.len(), Some(error));
            Dissected::Nothing
        }
    }
}

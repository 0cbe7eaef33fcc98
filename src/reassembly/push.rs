//! The reassembler: packets in, PDUs out.

use super::sctp::Associations;
use super::tcp::Streams;
use super::{Carrier, Counter, Flow, Framer, Origin, PduBatch, Sink};
use crate::capture::{Batch, Packet};
use crate::frame::{self, Framed, Transport, Unframed};
use crate::health::{Health, Layer, LayerCounts, Outcome};

/// Puts messages together from packets.
pub struct Reassembler<F> {
    associations: Associations,
    streams: Streams<F>,
    packets: u64,
    link: Counter,
    ip: Counter,
    udp: Counter,
}

const CUT: &str = "cut by the capture (snaplen)";

impl<F: Framer> Reassembler<F> {
    /// With a framer that cuts TCP streams into messages.
    pub fn new(framer: F) -> Self {
        Self {
            associations: Associations::new(),
            streams: Streams::new(framer),
            packets: 0,
            link: Counter::default(),
            ip: Counter::default(),
            udp: Counter::default(),
        }
    }

    /// Takes the packets of a batch and gives the PDUs that are complete with them.
    ///
    /// The octets move from `batch.data` to `out.data`, and the batch is left empty, to be filled again. What was in
    /// `out` before is gone.
    pub fn push(&mut self, batch: &mut Batch, out: &mut PduBatch, health: &mut Health) {
        out.clear();
        let mut sink = Sink { data: &batch.data, out, health };
        for packet in &batch.packets {
            self.packet(packet, batch.bytes(packet), &mut sink);
        }
        if let Some(last) = batch.packets.last() {
            self.associations.sweep(last.time, health);
            self.streams.sweep(last.time, health);
        }
        std::mem::swap(&mut batch.data, &mut out.data);
        batch.clear();
        self.report(health);
    }

    /// The capture is over: delivers what lies behind gaps of TCP streams, and counts what stays incomplete.
    pub fn finish(&mut self, out: &mut PduBatch, health: &mut Health) {
        out.clear();
        self.associations.finish(health);
        self.streams.finish(&mut Sink { data: &[], out, health });
        self.report(health);
    }

    #[inline]
    fn packet(&mut self, packet: &Packet, octets: &[u8], sink: &mut Sink<'_>) {
        self.associations.expire(packet.time, sink.health);
        self.streams.expire(packet.time, sink);
        self.packets = self.packets.saturating_add(1);
        let origin = Origin { file: packet.file, frame: packet.frame, time: packet.time, arrival: self.packets };
        self.link.seen(octets.len());
        match frame::parse(packet.link, octets) {
            Ok(framed) => {
                self.link.decoded();
                self.ip.seen(octets.len());
                if framed.missing > 0 {
                    sink.note(&origin, Layer::Ip, Outcome::Truncated, CUT);
                } else if framed.transport == Transport::Fragment {
                    sink.note(&origin, Layer::Ip, Outcome::Unsupported, "IP fragment");
                } else {
                    self.ip.decoded();
                }
                self.transport(&framed, &origin, sink);
            }
            Err(unframed) => self.unframed(packet, unframed, &origin, sink.health),
        }
    }

    fn unframed(&mut self, packet: &Packet, unframed: Unframed, origin: &Origin, health: &mut Health) {
        match unframed.layer {
            Layer::Link => {}
            Layer::Ip => {
                self.link.decoded();
                self.ip.seen(packet.len);
            }
            transport => {
                self.link.decoded();
                self.ip.seen(packet.len);
                self.ip.decoded();
                health.seen(transport, packet.len.saturating_sub(unframed.offset));
            }
        }
        let outcome = match unframed.outcome {
            Outcome::Truncated if !packet.is_cut() => Outcome::Malformed,
            outcome => outcome,
        };
        origin.note(health, unframed.layer, outcome, unframed.reason);
    }

    #[inline]
    fn transport(&mut self, framed: &Framed<'_>, origin: &Origin, sink: &mut Sink<'_>) {
        let flow = |src_port, dst_port| Flow { src: framed.src, dst: framed.dst, src_port, dst_port };
        let is_cut = framed.missing > 0;
        match &framed.transport {
            Transport::Sctp(packet) => {
                let flow = flow(packet.src_port, packet.dst_port);
                self.associations.packet(flow, packet, is_cut, origin, sink);
            }
            Transport::Udp { src_port, dst_port, payload } => {
                self.udp.seen(payload.len());
                if is_cut {
                    sink.note(origin, Layer::Udp, Outcome::Truncated, CUT);
                } else {
                    self.udp.decoded();
                }
                if !payload.is_empty() {
                    let flow = flow(*src_port, *dst_port);
                    let start = sink.offset_of(payload);
                    let octets = start..start.saturating_add(payload.len());
                    sink.out.whole(origin, flow, Carrier::Udp, octets, is_cut);
                }
            }
            Transport::Tcp(segment) => {
                let flow = flow(segment.src_port, segment.dst_port);
                self.streams.segment(flow, segment, framed.missing, origin, sink);
            }
            Transport::Fragment => {}
        }
    }

    fn report(&mut self, health: &mut Health) {
        for (layer, counter) in [
            (Layer::Link, &mut self.link),
            (Layer::Ip, &mut self.ip),
            (Layer::Udp, &mut self.udp),
            (Layer::Tcp, &mut self.streams.counter),
            (Layer::Sctp, &mut self.associations.counter),
        ] {
            let Counter { seen, bytes, decoded } = std::mem::take(counter);
            if seen > 0 || decoded > 0 {
                let counts = LayerCounts { seen, bytes, decoded, ..LayerCounts::default() };
                health.add(layer, &counts);
            }
        }
    }
}

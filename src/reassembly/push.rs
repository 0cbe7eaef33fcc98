//! The reassembler: packets in, PDUs out.

use super::fragments::{Fragments, Joined};
use super::lists::FrameLists;
use super::sctp::Associations;
use super::tcp::Streams;
use super::{Carrier, Counter, Flow, Framer, Origin, PduBatch, Sink};
use crate::capture::{Batch, LinkType, Packet};
use crate::frame::{self, Fragment, Framed, Transport, Unframed};
use crate::health::{Health, Layer, LayerCounts, Outcome};

/// Puts messages together from packets.
pub struct Reassembler<F> {
    fragments: Fragments,
    lists: FrameLists,
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
            fragments: Fragments::new(),
            lists: FrameLists::default(),
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
        let mut lists = std::mem::take(&mut self.lists);
        let mut sink = Sink { data: &batch.data, copy: None, out, health, lists: &mut lists };
        for packet in &batch.packets {
            self.packet(packet, batch.bytes(packet), &mut sink);
        }
        self.lists = lists;
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
        self.fragments.finish(health);
        self.associations.finish(health);
        self.streams.finish(&mut Sink { data: &[], copy: None, out, health, lists: &mut self.lists });
        self.report(health);
    }

    #[inline]
    fn packet(&mut self, packet: &Packet, octets: &[u8], sink: &mut Sink<'_>) {
        self.fragments.expire(packet.time, sink.health);
        self.associations.expire(packet.time, sink.health);
        self.streams.expire(packet.time, sink);
        self.packets = self.packets.saturating_add(1);
        let origin = Origin { file: packet.file, frame: packet.frame, time: packet.time, arrival: self.packets };
        self.link.seen(octets.len());
        match frame::parse(packet.link, octets) {
            Ok(mut framed) => {
                self.link.decoded();
                if framed.bare {
                    let original = usize::try_from(packet.original_len).unwrap_or(usize::MAX);
                    framed.missing = original.saturating_sub(packet.len);
                } else {
                    self.ip.seen(octets.len());
                    if framed.missing > 0 {
                        sink.note(&origin, Layer::Ip, Outcome::Truncated, CUT);
                    } else if !matches!(framed.transport, Transport::Fragment(_)) {
                        self.ip.decoded();
                    }
                }
                self.transport(&framed, &origin, sink);
            }
            Err(unframed) => self.unframed(packet, unframed, &origin, sink.health),
        }
    }

    fn unframed(&mut self, packet: &Packet, unframed: Unframed, origin: &Origin, health: &mut Health) {
        let is_bare = matches!(packet.link, LinkType::SCTP | LinkType::MTP2_WITH_PHDR);
        if unframed.layer != Layer::Link {
            self.link.decoded();
            if !is_bare {
                self.ip.seen(packet.len);
                if unframed.layer != Layer::Ip {
                    self.ip.decoded();
                }
            }
            if unframed.layer != Layer::Ip {
                health.seen(unframed.layer, packet.len.saturating_sub(unframed.offset));
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
        match framed.transport {
            Transport::Sctp(ref packet) => {
                let flow = flow(packet.src_port, packet.dst_port);
                self.associations.packet(flow, packet, is_cut, origin, sink);
            }
            Transport::Udp { src_port, dst_port, payload } => {
                self.datagram(payload, is_cut, origin, sink);
                if !payload.is_empty() {
                    sink.whole(origin, flow(src_port, dst_port), Carrier::Udp, payload, is_cut);
                }
            }
            Transport::Tcp(ref segment) => {
                let flow = flow(segment.src_port, segment.dst_port);
                self.streams.segment(flow, segment, framed.missing, origin, sink);
            }
            Transport::Told { layer, src_port, dst_port, payload } => {
                if !framed.bare {
                    self.datagram(payload, is_cut, origin, sink);
                }
                if payload.is_empty() {
                    sink.note(origin, Layer::Link, Outcome::Malformed, "nothing behind the link's header");
                } else {
                    sink.whole(origin, flow(src_port, dst_port), Carrier::Told(layer), payload, is_cut);
                }
            }
            Transport::Fragment(ref fragment) => self.fragment(framed, fragment, origin, sink),
        }
    }

    #[inline]
    fn datagram(&mut self, payload: &[u8], is_cut: bool, origin: &Origin, sink: &mut Sink<'_>) {
        self.udp.seen(payload.len());
        if is_cut {
            sink.note(origin, Layer::Udp, Outcome::Truncated, CUT);
        } else {
            self.udp.decoded();
        }
    }

    /// Follows the packet that a fragment completes.
    fn fragment(&mut self, framed: &Framed<'_>, fragment: &Fragment<'_>, origin: &Origin, sink: &mut Sink<'_>) {
        let addresses = (framed.src, framed.dst);
        let Some(joined) = self.fragments.add(addresses, fragment, framed.missing, origin, sink.health) else {
            return;
        };
        self.ip.decoded = self.ip.decoded.saturating_add(joined.uncut);
        sink.lists.insert(origin, &joined.origins);
        let copy = sink.out.assembled.len();
        sink.out.assembled.extend_from_slice(&joined.octets);
        let Joined { octets, missing, protocol, .. } = &joined;
        let mut sink = Sink { data: octets, copy: Some(copy), out: sink.out, health: sink.health, lists: sink.lists };
        match frame::resume(addresses, *protocol, octets, *missing, fragment.depth) {
            Ok(framed) => self.transport(&framed, origin, &mut sink),
            Err(unframed) => {
                if !matches!(unframed.layer, Layer::Link | Layer::Ip) {
                    sink.health.seen(unframed.layer, octets.len().saturating_sub(unframed.offset));
                }
                let outcome = match unframed.outcome {
                    Outcome::Truncated if *missing == 0 => Outcome::Malformed,
                    outcome => outcome,
                };
                sink.note(origin, unframed.layer, outcome, unframed.reason);
            }
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

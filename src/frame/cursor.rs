//! Where in a packet its framing stands.

use super::{Framed, MAX_TUNNELS, NOBODY, Transport, Unframed};
use crate::health::Layer;
use std::net::IpAddr;

/// What is left of a packet, and what the headers before it said.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    whole: &'a [u8],
    at: usize,
    /// Packets around this one.
    pub(super) depth: u8,
    pub(super) src: IpAddr,
    pub(super) dst: IpAddr,
    /// Octets that the IP packet had and the capture has not.
    pub(super) missing: usize,
    /// No IP header was met.
    pub(super) bare: bool,
}

pub(super) type Followed<'a> = Result<Framed<'a>, Unframed>;

impl<'a> Cursor<'a> {
    pub(super) fn new(whole: &'a [u8]) -> Self {
        Self { whole, at: 0, depth: 0, src: NOBODY, dst: NOBODY, missing: 0, bare: true }
    }

    #[inline]
    pub(super) fn rest(&self) -> &'a [u8] {
        self.whole.get(self.at..).unwrap_or_default()
    }

    /// The next octets, and goes behind them.
    #[inline]
    pub(super) fn take<const N: usize>(&mut self, layer: Layer) -> Result<&'a [u8; N], Unframed> {
        match self.rest().first_chunk::<N>() {
            Some(octets) => {
                self.at = self.at.saturating_add(N);
                Ok(octets)
            }
            None => Err(Unframed::short(layer, self.at)),
        }
    }

    /// Goes over octets.
    #[inline]
    pub(super) fn skip(&mut self, octets: usize, layer: Layer) -> Result<(), Unframed> {
        if octets > self.rest().len() {
            return Err(Unframed::short(layer, self.at));
        }
        self.at = self.at.saturating_add(octets);
        Ok(())
    }

    /// Only the next `octets` belong to the packet; how many of them are not there.
    #[inline]
    pub(super) fn limit(&mut self, octets: usize) -> usize {
        let end = self.at.saturating_add(octets);
        let missing = end.saturating_sub(self.whole.len());
        self.whole = self.whole.get(..end).unwrap_or(self.whole);
        missing
    }

    /// What follows is a packet of its own.
    pub(super) fn inside(mut self) -> Result<Self, Unframed> {
        if self.depth >= MAX_TUNNELS {
            return Err(self.unsupported(Layer::Link, "too many packets in packets"));
        }
        self.depth = self.depth.saturating_add(1);
        Ok(self)
    }

    pub(super) fn unsupported(&self, layer: Layer, reason: &'static str) -> Unframed {
        Unframed::unsupported(layer, self.at, reason)
    }

    pub(super) fn malformed(&self, layer: Layer, reason: &'static str) -> Unframed {
        Unframed::malformed(layer, self.at, reason)
    }

    pub(super) fn short(&self, layer: Layer) -> Unframed {
        Unframed::short(layer, self.at)
    }

    #[inline]
    pub(super) fn framed(&self, transport: Transport<'a>) -> Framed<'a> {
        let Self { src, dst, missing, bare, .. } = *self;
        Framed { src, dst, transport, missing, bare }
    }

    /// The rest is of a protocol that the capture tells.
    pub(super) fn told(&self, layer: Layer, ports: (u16, u16)) -> Framed<'a> {
        let (src_port, dst_port) = ports;
        self.framed(Transport::Told { layer, src_port, dst_port, payload: self.rest() })
    }
}

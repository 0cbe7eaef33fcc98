//! One direction of a connection: its header table, and the block of headers that is coming.

use crate::reassembly::Flow;
use crate::wire::http2::{Field, Frame, FrameType, Hpack};
use std::net::IpAddr;

/// The longest header block that is put together.
const MAX_BLOCK: usize = 64 << 10;
/// The longest path that is kept.
pub(super) const MAX_PATH: usize = 8 << 10;

/// Who sends to whom.
pub(super) type Ends = (IpAddr, u16, IpAddr, u16);

/// The direction of a flow, the connection that it belongs to, and which of its two directions it is.
pub(super) fn ends(flow: &Flow) -> (Ends, Ends, bool) {
    let own = (flow.src, flow.src_port, flow.dst, flow.dst_port);
    let other = (flow.dst, flow.dst_port, flow.src, flow.src_port);
    (own, own.min(other), own <= other)
}

/// What the headers of one half of a stream say.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) method: Option<Box<[u8]>>,
    pub(super) path: Option<Box<[u8]>>,
    pub(super) status: Option<u16>,
    pub(super) location: Option<Box<[u8]>>,
    /// Its sender asks (or answers), as far as that is known.
    pub(super) asks: Option<bool>,
}

/// A whole header block.
pub(super) struct Block {
    pub(super) octets: Vec<u8>,
    pub(super) ends_stream: bool,
}

/// One direction of a connection.
#[derive(Debug, Default)]
pub(super) struct Side {
    hpack: Hpack,
    block: Vec<u8>,
    /// The stream whose block is coming, and whether the stream ends with it.
    coming: Option<(u32, bool)>,
    asks: Option<bool>,
}

impl Side {
    /// The sender sent the preface: it is the one that asks.
    pub(super) fn client() -> Self {
        Self { asks: Some(true), ..Self::default() }
    }

    pub(super) fn is_within_block(&self) -> bool {
        self.coming.is_some()
    }

    /// Takes a frame of headers; gives the block that it completes.
    pub(super) fn block(&mut self, frame: &Frame<'_>) -> Result<Option<Block>, &'static str> {
        if frame.kind == FrameType::HEADERS {
            self.block.clear();
            self.coming = Some((frame.stream, frame.ends_stream()));
        }
        let Some((stream, ends_stream)) = self.coming else { return Err("continuation of headers that were not seen") };
        if stream != frame.stream {
            self.coming = None;
            return Err("continuation of another stream's headers");
        }
        if self.block.len().saturating_add(frame.content.len()) > MAX_BLOCK {
            self.coming = None;
            return Err("header block too long to be held");
        }
        self.block.extend_from_slice(frame.content);
        if !frame.ends_headers() {
            return Ok(None);
        }
        self.coming = None;
        Ok(Some(Block { octets: std::mem::take(&mut self.block), ends_stream }))
    }

    /// Reads a block into the headers of its half.
    pub(super) fn read(&mut self, block: Block, head: &mut Head) -> Result<(), &'static str> {
        let Self { hpack, asks, .. } = self;
        let result = hpack.decode(&block.octets, |Field { name, value }| match name {
            Some(b":method") => (head.method, *asks) = (value.map(Box::from), Some(true)),
            Some(b":path") => {
                head.path = value.filter(|path| path.len() <= MAX_PATH).map(Box::from);
                *asks = Some(true);
            }
            Some(b":scheme" | b":authority") => *asks = Some(true),
            Some(b":status") => {
                head.status = value.and_then(|code| std::str::from_utf8(code).ok()?.parse().ok());
                *asks = Some(false);
            }
            Some(b"location") => head.location = value.filter(|uri| uri.len() <= MAX_PATH).map(Box::from),
            // The name is not known, but nothing else looks like it.
            None if head.path.is_none() && value.is_some_and(is_path) => head.path = value.map(Box::from),
            _ => {}
        });
        head.asks = head.asks.or(*asks);
        // The buffer serves the next block.
        self.block = block.octets;
        self.block.clear();
        result.map_err(|error| error.reason())
    }
}

fn is_path(value: &[u8]) -> bool {
    value.first() == Some(&b'/') && value.len() <= MAX_PATH && crate::wire::sbi::Path::parse(value).is_some()
}

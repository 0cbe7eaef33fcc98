//! One savefile: its packets in the order of the file, up to where it ends or breaks.

use super::buffer::Buffer;
use super::classic::Classic;
use super::magic::{self, MAGIC_LEN, Magic};
use super::netmon::Netmon;
use super::pcapng::{Block, Pcapng};
use super::{CaptureError, CaptureFault, Input, LinkType, stream};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Nanoseconds in a second.
pub(super) const NANOS: i64 = 1_000_000_000;

/// The longest packet: what libpcap and Wireshark accept from networks like ours. A longer one is garbage.
pub(super) const MAX_PACKET: usize = 262_144;

/// A packet as it lies in the window of the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record {
    pub(super) time: i64,
    pub(super) link: LinkType,
    pub(super) original_len: u32,
    pub(super) position: usize,
    pub(super) len: usize,
}

/// What is wrong with the file from here on.
pub(super) struct Wrong(pub(super) String);

impl Wrong {
    pub(super) fn text(what: &str) -> Self {
        Self(what.to_owned())
    }
    pub(super) fn long(len: usize) -> Self {
        Self(format!("a record of {len} octets is longer than any packet (at most {MAX_PACKET})"))
    }
    pub(super) fn cut(needed: usize, there: usize) -> Self {
        Self(format!("cut within a record: {there} of {needed} octets"))
    }
}

enum Format {
    Classic(Classic),
    Pcapng(Pcapng),
    Netmon(Netmon),
}

/// An open savefile with its next packet.
pub(super) struct Savefile {
    buffer: Buffer,
    format: Format,
    path: PathBuf,
    index: u32,
    frame: u64,
    head: Option<Record>,
}

/// Why a file can't be opened: a fault when it is a capture whose start is broken.
pub(super) enum Unopened {
    Error(CaptureError),
    Fault(CaptureFault),
}

impl Savefile {
    /// Opens an input; `capacity` is the size of its window.
    pub(super) fn open(input: &Input, index: u32, capacity: usize, read: &Arc<AtomicU64>) -> Result<Self, Unopened> {
        let source = stream::open(input, read).map_err(Unopened::Error)?;
        let mut buffer = Buffer::new(source, capacity);
        let fault = |offset, Wrong(what): Wrong| {
            Unopened::Fault(CaptureFault { file: input.path.clone(), index, offset, packet: 1, what })
        };
        // a shorter stream is told by the parsers
        if let Err(super::buffer::Short::Broken(what)) = buffer.want(MAGIC_LEN) {
            return Err(fault(0, Wrong(what)));
        }
        let start = buffer.available();
        let format = match magic::detect(start) {
            Some(Magic::Pcap) => Format::Classic(Classic::open(&mut buffer).map_err(|wrong| fault(0, wrong))?),
            Some(Magic::Pcapng) => Format::Pcapng(Pcapng::new()),
            Some(Magic::Netmon) => Format::Netmon(Netmon::open(&mut buffer).map_err(|wrong| fault(0, wrong))?),
            _ => {
                let start = start.get(..start.len().min(MAGIC_LEN)).unwrap_or_default();
                return Err(Unopened::Error(CaptureError::NotACapture {
                    path: input.path.clone(),
                    found: format!("unpacked, {}", magic::describe(start)),
                }));
            }
        };
        Ok(Self { buffer, format, path: input.path.clone(), index, frame: 0, head: None })
    }

    /// Moves to the next packet. `false` at the end of the file.
    pub(super) fn advance(&mut self) -> Result<bool, CaptureFault> {
        self.head = None;
        loop {
            let next = match &mut self.format {
                Format::Classic(classic) => classic.next(&mut self.buffer).map(|record| record.map(Block::Packet)),
                Format::Pcapng(pcapng) => pcapng.next(&mut self.buffer),
                Format::Netmon(netmon) => netmon.next(&mut self.buffer).map(|record| record.map(Block::Packet)),
            };
            match next {
                Ok(Some(Block::Packet(record))) => {
                    self.frame = self.frame.saturating_add(1);
                    self.head = Some(record);
                    return Ok(true);
                }
                Ok(Some(Block::Frame)) => self.frame = self.frame.saturating_add(1),
                Ok(Some(Block::Other)) => {}
                Ok(None) => return Ok(false),
                Err(Wrong(what)) => return Err(self.fault(what)),
            }
        }
    }

    /// A fault at the record that comes next.
    fn fault(&self, what: String) -> CaptureFault {
        CaptureFault {
            file: self.path.clone(),
            index: self.index,
            offset: self.buffer.offset(),
            packet: self.frame.saturating_add(1),
            what,
        }
    }

    /// The packet to which [`Self::advance`] moved.
    pub(super) fn head(&self) -> Option<(&Record, u64, &[u8])> {
        let record = self.head.as_ref()?;
        Some((record, self.frame, self.buffer.octets(record.position, record.len)))
    }

    /// A fault that lies in the packet at the head.
    pub(super) fn fault_here(&self, what: String) -> CaptureFault {
        CaptureFault { packet: self.frame, ..self.fault(what) }
    }
}

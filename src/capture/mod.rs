//! Packets in: savefiles (pcap and pcapng; plain, gzip or zstd), standard input, live interfaces.
//!
//! A [`PacketSource`] fills a [`Batch`]: the octets of some thousand packets in one buffer, and for each packet where
//! it lies, when and in which frame it was captured. What comes after borrows from that buffer.
//!
//! **Handled:** pcap with micro- and nanoseconds in both byte orders, the "modified" pcap of old Linux patches
//! (little-endian); pcapng with several sections and interfaces, each interface with its own link type, time
//! resolution (powers of ten and of two) and time offset; gzip of several members, zstd of several frames; a BPF
//! filter; many files merged by time while few are open; Network Monitor 2.
//! **Not handled:** other formats (snoop, ERF, BLF: convert with `editcap`); captures inside archives;
//! a compression inside a compression.
//!
//! Specifications: draft-ietf-opsawg-pcap-04, draft-ietf-opsawg-pcapng-02, RFC 1952 (gzip), RFC 8878 (zstd).

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

mod batch;
mod buffer;
mod classic;
mod error;
mod filter;
mod inputs;
mod link;
mod live;
mod magic;
mod netmon;
mod pcapng;
mod pcapng_writer;
mod savefile;
mod savefiles;
mod stream;
mod writer;

#[cfg(test)]
mod tests;

pub use batch::{Batch, Filled, Packet, PacketSource};
pub use error::{CaptureError, CaptureFault};
pub use filter::Filter;
pub use inputs::{Expansion, Input, Skipped, expand};
pub use link::LinkType;
pub use live::{Live, LiveOptions};
pub use pcapng_writer::PcapngWriter;
pub use savefiles::{Progress, Savefiles};
pub use writer::PcapWriter;

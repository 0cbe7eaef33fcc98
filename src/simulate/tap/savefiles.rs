//! Rotated savefiles of one tap, compressed and written on a thread of their own.
//!
//! pcap with microseconds or nanoseconds (draft-ietf-opsawg-pcap), pcapng with one interface of nanosecond
//! resolution (draft-ietf-opsawg-pcapng); plain, gzip or zstd. Nothing of the time of writing is stored.

use super::super::SimulateError;
use super::super::clock::{MINUTE, SECOND, Time};
use super::super::scenario::{Compression, Format, OutputFile};
use crossbeam_channel::{Sender, bounded};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

const ETHERNET: u32 = 1;
/// Octets that are handed over together.
const BATCH: usize = 1 << 18;
/// Batches on their way.
const IN_FLIGHT: usize = 4;
/// What costs little and gains most.
const ZSTD_LEVEL: i32 = 3;
const GZIP_LEVEL: u32 = 6;

/// What the writing thread is told.
enum Order {
    /// The next capture begins; the one before is finished.
    Open(PathBuf, Compression),
    /// More of it.
    Write(Vec<u8>),
}

/// The captures of one tap.
pub struct Savefiles {
    prefix: PathBuf,
    plan: Vec<OutputFile>,
    snaplen: u32,
    end: Time,
    until: Time,
    format: Option<Format>,
    buffer: Vec<u8>,
    orders: Option<Sender<Order>>,
    thread: Option<JoinHandle<Result<(), SimulateError>>>,
    /// Captures in order.
    pub files: Vec<PathBuf>,
}

impl Savefiles {
    /// Captures from `begin` to `end` whose paths begin with `prefix`.
    pub fn new(prefix: PathBuf, plan: Vec<OutputFile>, snaplen: u32, [begin, end]: [Time; 2]) -> Self {
        let (orders, ordered) = bounded(IN_FLIGHT);
        let thread = std::thread::spawn(move || {
            let mut open = None;
            for order in ordered {
                match order {
                    Order::Open(path, compression) => {
                        finish(open.replace(Capture::create(path, compression)?))?;
                    }
                    Order::Write(octets) => open.as_mut().map_or(Ok(()), |capture| capture.write(&octets))?,
                }
            }
            finish(open)
        });
        Self {
            prefix,
            plan,
            snaplen,
            end,
            until: begin,
            format: None,
            buffer: Vec::with_capacity(BATCH),
            orders: Some(orders),
            thread: Some(thread),
            files: Vec::new(),
        }
    }

    /// One packet; times never go back. What a clock that is wrong puts before the first capture or behind the last
    /// goes into them.
    pub fn packet(&mut self, time: Time, packet: &[u8]) -> Result<(), SimulateError> {
        self.reach(time)?;
        if let Some(format) = self.format {
            write_record(&mut self.buffer, format, time, packet, self.snaplen);
        }
        if self.buffer.len() >= BATCH { self.hand_over() } else { Ok(()) }
    }

    /// Opens the captures that are still due, and waits until all is written.
    pub fn finish(&mut self) -> Result<(), SimulateError> {
        self.reach(self.end.saturating_sub(1))?;
        self.hand_over()?;
        self.join()
    }

    /// Opens the captures up to the one that covers `time`.
    fn reach(&mut self, time: Time) -> Result<(), SimulateError> {
        while (time >= self.until || self.format.is_none()) && self.until < self.end {
            self.hand_over()?;
            let number = self.files.len();
            let Some(&OutputFile { minutes, format, compression }) = self.plan.get(number).or(self.plan.last()) else {
                return Ok(());
            };
            self.until += minutes * MINUTE;
            let kind = if format == Format::Pcapng { "pcapng" } else { "pcap" };
            let packed = match compression {
                Compression::None => "",
                Compression::Gzip => ".gz",
                Compression::Zstd => ".zst",
            };
            let path = PathBuf::from(format!("{}-{:02}.{kind}{packed}", self.prefix.display(), number + 1));
            self.order(Order::Open(path.clone(), compression))?;
            self.files.push(path);
            self.format = Some(format);
            head(&mut self.buffer, format, self.snaplen);
        }
        Ok(())
    }

    fn hand_over(&mut self) -> Result<(), SimulateError> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let full = std::mem::replace(&mut self.buffer, Vec::with_capacity(BATCH));
        self.order(Order::Write(full))
    }

    /// An order is refused only by a thread that has failed: it says why.
    fn order(&mut self, order: Order) -> Result<(), SimulateError> {
        match &self.orders {
            Some(orders) if orders.send(order).is_ok() => Ok(()),
            _ => self.join(),
        }
    }

    fn join(&mut self) -> Result<(), SimulateError> {
        self.orders = None;
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(result)) => result,
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            None => Ok(()),
        }
    }
}

enum Sink {
    Plain(BufWriter<File>),
    Gzip(flate2::write::GzEncoder<BufWriter<File>>),
    Zstd(zstd::stream::write::Encoder<'static, BufWriter<File>>),
}

/// A capture that is open.
struct Capture {
    path: PathBuf,
    sink: Sink,
}

fn finish(capture: Option<Capture>) -> Result<(), SimulateError> {
    let Some(Capture { path, sink }) = capture else { return Ok(()) };
    let done = match sink {
        Sink::Plain(mut sink) => sink.flush(),
        Sink::Gzip(sink) => sink.finish().and_then(|mut sink| sink.flush()),
        Sink::Zstd(sink) => sink.finish().and_then(|mut sink| sink.flush()),
    };
    done.map_err(|error| SimulateError::Write { path, error })
}

impl Capture {
    fn create(path: PathBuf, compression: Compression) -> Result<Self, SimulateError> {
        match Self::sink(&path, compression) {
            Ok(sink) => Ok(Self { path, sink }),
            Err(error) => Err(SimulateError::Write { path, error }),
        }
    }

    fn sink(path: &Path, compression: Compression) -> io::Result<Sink> {
        let file = BufWriter::with_capacity(BATCH, File::create(path)?);
        Ok(match compression {
            Compression::None => Sink::Plain(file),
            Compression::Gzip => Sink::Gzip(flate2::write::GzEncoder::new(file, flate2::Compression::new(GZIP_LEVEL))),
            Compression::Zstd => Sink::Zstd(zstd::stream::write::Encoder::new(file, ZSTD_LEVEL)?),
        })
    }

    fn write(&mut self, octets: &[u8]) -> Result<(), SimulateError> {
        let written = match &mut self.sink {
            Sink::Plain(sink) => sink.write_all(octets),
            Sink::Gzip(sink) => sink.write_all(octets),
            Sink::Zstd(sink) => sink.write_all(octets),
        };
        written.map_err(|error| SimulateError::Write { path: self.path.clone(), error })
    }
}

fn words(record: &mut Vec<u8>, words: &[u32]) {
    record.extend(words.iter().flat_map(|word| word.to_le_bytes()));
}

/// The header of a savefile, or the first blocks.
fn head(record: &mut Vec<u8>, format: Format, snaplen: u32) {
    match format {
        Format::Pcap => words(record, &[0xa1b2_c3d4, 0x0004_0002, 0, 0, snaplen, ETHERNET]),
        Format::PcapNanosecond => words(record, &[0xa1b2_3c4d, 0x0004_0002, 0, 0, snaplen, ETHERNET]),
        Format::Pcapng => {
            // Section header block, length not given; interface description with if_tsresol (9) = 9.
            words(record, &[0x0a0d_0d0a, 28, 0x1a2b_3c4d, 1, u32::MAX, u32::MAX, 28]);
            words(record, &[1, 32, ETHERNET, snaplen, 0x0001_0009, 9, 0, 32]);
        }
    }
}

fn write_record(record: &mut Vec<u8>, format: Format, time: Time, packet: &[u8], snaplen: u32) {
    let length = packet.len() as u32;
    let captured = packet.get(..snaplen as usize).unwrap_or(packet);
    let kept = captured.len() as u32;
    let (second, nanos) = ((time / SECOND) as u32, (time % SECOND) as u32);
    match format {
        Format::Pcap => words(record, &[second, nanos / 1000, kept, length]),
        Format::PcapNanosecond => words(record, &[second, nanos, kept, length]),
        Format::Pcapng => {
            let padding = kept.next_multiple_of(4) - kept;
            let block = 32 + kept + padding;
            words(record, &[6, block, 0, (time >> 32) as u32, time as u32, kept, length]);
            record.extend_from_slice(captured);
            record.resize(record.len() + padding as usize, 0);
            words(record, &[block]);
            return;
        }
    }
    record.extend_from_slice(captured);
}

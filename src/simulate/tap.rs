//! The tap: packets in order of time into rotated savefiles.
//!
//! pcap with microseconds or nanoseconds (draft-ietf-opsawg-pcap), pcapng with one interface of nanosecond
//! resolution (draft-ietf-opsawg-pcapng); plain, gzip or zstd. Nothing of the time of writing is stored.

use super::SimulateError;
use super::clock::{MINUTE, SECOND, Time};
use super::scenario::{Compression, Format, OutputFile, Scenario};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

const ETHERNET: u16 = 1;
const SNAPLEN: u32 = 262_144;

enum Sink {
    Plain(BufWriter<File>),
    Gzip(flate2::write::GzEncoder<BufWriter<File>>),
    Zstd(zstd::stream::write::Encoder<'static, BufWriter<File>>),
}

impl Sink {
    fn create(path: &Path, compression: Compression) -> io::Result<Self> {
        let file = BufWriter::with_capacity(1 << 18, File::create(path)?);
        Ok(match compression {
            Compression::None => Self::Plain(file),
            Compression::Gzip => Self::Gzip(flate2::write::GzEncoder::new(file, flate2::Compression::new(9))),
            Compression::Zstd => Self::Zstd(zstd::stream::write::Encoder::new(file, 9)?),
        })
    }

    fn write(&mut self, octets: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(sink) => sink.write_all(octets),
            Self::Gzip(sink) => sink.write_all(octets),
            Self::Zstd(sink) => sink.write_all(octets),
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Plain(mut sink) => sink.flush(),
            Self::Gzip(sink) => sink.finish()?.flush(),
            Self::Zstd(sink) => sink.finish()?.flush(),
        }
    }
}

/// Writes the captures.
pub struct Tap {
    folder: PathBuf,
    name: String,
    plan: Vec<OutputFile>,
    end: Time,
    sink: Option<(Sink, Format)>,
    until: Time,
    record: Vec<u8>,
    /// Captures written.
    pub files: Vec<PathBuf>,
    /// Packets written.
    pub packets: u64,
    /// Octets of packets written.
    pub octets: u64,
}

impl Tap {
    /// A tap that writes into a folder.
    pub fn new(scenario: &Scenario, folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            name: scenario.name.clone(),
            plan: scenario.output.files.clone(),
            end: scenario.end(),
            sink: None,
            until: scenario.begin(),
            record: Vec::new(),
            files: Vec::new(),
            packets: 0,
            octets: 0,
        }
    }

    /// Opens the captures up to the one that covers `time`.
    fn reach(&mut self, time: Time) -> Result<(), SimulateError> {
        while time >= self.until && self.until < self.end {
            self.close()?;
            let number = self.files.len();
            let Some(file) = self.plan.get(number).or(self.plan.last()) else {
                return Ok(());
            };
            let (format, compression) = (file.format, file.compression);
            self.until += file.minutes * MINUTE;
            let kind = if format == Format::Pcapng { "pcapng" } else { "pcap" };
            let packed = match compression {
                Compression::None => "",
                Compression::Gzip => ".gz",
                Compression::Zstd => ".zst",
            };
            let path = self.folder.join(format!("{}-{:02}.{kind}{packed}", self.name, number + 1));
            let error = |error| SimulateError::Write { path: path.clone(), error };
            let mut sink = Sink::create(&path, compression).map_err(error)?;
            sink.write(&head(format)).map_err(error)?;
            self.sink = Some((sink, format));
            self.files.push(path);
        }
        Ok(())
    }

    /// One packet; times never go back.
    pub fn packet(&mut self, time: Time, packet: &[u8]) -> Result<(), SimulateError> {
        self.reach(time)?;
        let Some((sink, format)) = &mut self.sink else {
            return Ok(());
        };
        self.record.clear();
        write_record(&mut self.record, *format, time, packet);
        if let Err(error) = sink.write(&self.record) {
            return Err(SimulateError::Write { path: self.files.last().cloned().unwrap_or_default(), error });
        }
        self.packets += 1;
        self.octets += packet.len() as u64;
        Ok(())
    }

    fn close(&mut self) -> Result<(), SimulateError> {
        let Some((sink, _)) = self.sink.take() else {
            return Ok(());
        };
        let path = self.files.last().cloned().unwrap_or_default();
        sink.finish().map_err(|error| SimulateError::Write { path, error })
    }

    /// Opens the captures that are still due and closes the last.
    pub fn finish(&mut self) -> Result<(), SimulateError> {
        self.reach(self.end.saturating_sub(1))?;
        self.close()
    }
}

/// The header of a savefile, or the first blocks.
fn head(format: Format) -> Vec<u8> {
    let mut head = Vec::with_capacity(64);
    let mut words = |words: &[u32]| head.extend(words.iter().flat_map(|word| word.to_le_bytes()));
    let link = u32::from(ETHERNET);
    match format {
        Format::Pcap => words(&[0xa1b2_c3d4, 0x0004_0002, 0, 0, SNAPLEN, link]),
        Format::PcapNanosecond => words(&[0xa1b2_3c4d, 0x0004_0002, 0, 0, SNAPLEN, link]),
        Format::Pcapng => {
            // Section header block, length not given; interface description with if_tsresol (9) = 9.
            words(&[0x0a0d_0d0a, 28, 0x1a2b_3c4d, 1, u32::MAX, u32::MAX, 28]);
            words(&[1, 32, link, SNAPLEN, 0x0001_0009, 9, 0, 32]);
        }
    }
    head
}

fn write_record(record: &mut Vec<u8>, format: Format, time: Time, packet: &[u8]) {
    let length = packet.len() as u32;
    let mut words = |words: &[u32]| record.extend(words.iter().flat_map(|word| word.to_le_bytes()));
    let (second, nanos) = ((time / SECOND) as u32, (time % SECOND) as u32);
    match format {
        Format::Pcap => words(&[second, nanos / 1000, length, length]),
        Format::PcapNanosecond => words(&[second, nanos, length, length]),
        Format::Pcapng => {
            let block = 32 + length.next_multiple_of(4);
            words(&[6, block, 0, (time >> 32) as u32, time as u32, length, length]);
            record.extend_from_slice(packet);
            record.resize(record.len().next_multiple_of(4), 0);
            record.extend(block.to_le_bytes());
            return;
        }
    }
    record.extend_from_slice(packet);
}

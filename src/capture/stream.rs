//! Opens an input, counts what is read from the disk, and unpacks it.

use super::magic::{self, MAGIC_LEN, Magic};
use super::{CaptureError, Input};
use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How much is read from the disk at once where a decompressor lies between.
const PACKED_BUFFER: usize = 128 << 10;

/// A reader whose octets are counted where another thread can see the count.
struct Counted<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let octets = self.inner.read(buffer)?;
        self.read.fetch_add(octets as u64, Ordering::Relaxed);
        Ok(octets)
    }
}

/// The unpacked octets of an input.
pub(super) fn open(input: &Input, read: &Arc<AtomicU64>) -> Result<Box<dyn Read + Send>, CaptureError> {
    let path = input.path.as_path();
    let io_error = |source| CaptureError::Io { path: path.to_owned(), source };
    let raw: Box<dyn Read + Send> =
        if input.is_stdin() { Box::new(io::stdin()) } else { Box::new(File::open(path).map_err(io_error)?) };
    let mut counted = Counted { inner: raw, read: Arc::clone(read) };
    let start = start_of(&mut counted).map_err(io_error)?;
    let magic = require(path, &start)?;
    let whole = Cursor::new(start).chain(counted);
    Ok(match magic {
        Magic::Pcap | Magic::Pcapng | Magic::Netmon => Box::new(whole),
        Magic::Gzip => Box::new(MultiGzDecoder::new(BufReader::with_capacity(PACKED_BUFFER, whole))),
        Magic::Zstd => Box::new(zstd::Decoder::new(whole).map_err(io_error)?),
    })
}

/// The first octets of a file, unpacked where it is packed.
pub(super) fn probe(path: &Path) -> Result<(), CaptureError> {
    let input = Input::file(path.to_owned(), 0);
    let mut unpacked = open(&input, &Arc::default())?;
    let start = start_of(&mut unpacked).map_err(|source| CaptureError::Io { path: path.to_owned(), source })?;
    match require(path, &start)? {
        Magic::Pcap | Magic::Pcapng | Magic::Netmon => Ok(()),
        Magic::Gzip | Magic::Zstd => Err(CaptureError::NotACapture {
            path: path.to_owned(),
            found: "compressed twice; unpack it first".to_owned(),
        }),
    }
}

fn require(path: &Path, start: &[u8]) -> Result<Magic, CaptureError> {
    let path = path.to_owned();
    if start.is_empty() {
        return Err(CaptureError::Empty { path });
    }
    magic::detect(start).ok_or_else(|| CaptureError::NotACapture { path, found: magic::describe(start) })
}

/// Reads up to [`MAGIC_LEN`] octets.
fn start_of(reader: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut start = Vec::with_capacity(MAGIC_LEN);
    reader.take(MAGIC_LEN as u64).read_to_end(&mut start)?;
    Ok(start)
}

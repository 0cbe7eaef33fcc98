//! What can be wrong with an input.

use std::io;
use std::path::PathBuf;

/// An input or a request that can't be used at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CaptureError {
    /// The file can't be opened or read.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file has no octets.
    #[error("{}: empty file", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("{}: not a capture: {found}", path.display())]
    NotACapture {
        /// The file.
        path: PathBuf,
        /// What it is, or how it starts.
        found: String,
    },
    /// A pattern or folder yields no capture.
    #[error("{name}: {what}")]
    Nothing {
        /// The pattern or folder as given.
        name: String,
        /// Why it yields nothing.
        what: String,
    },
    /// The filter expression is not one that libpcap understands.
    #[error("filter `{expression}` on {link}: {what}")]
    Filter {
        /// The expression as given.
        expression: String,
        /// The link type for which it was compiled.
        link: super::LinkType,
        /// What libpcap says.
        what: String,
    },
    /// The interface can't be used.
    #[error("interface {interface}: {what}")]
    Interface {
        /// The name as given.
        interface: String,
        /// What libpcap says.
        what: String,
    },
}

/// Where a file broke off. What came before it was delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaptureFault {
    /// The file.
    pub file: PathBuf,
    /// Its number in the order of the inputs.
    pub index: u32,
    /// Where the broken record starts, in the uncompressed stream.
    pub offset: u64,
    /// The frame number that the broken record would have had.
    pub packet: u64,
    /// What is wrong.
    pub what: String,
}

impl std::fmt::Display for CaptureFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: packet {} at octet {}: {}", self.file.display(), self.packet, self.offset, self.what)
    }
}

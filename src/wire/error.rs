//! What can be wrong with octets: three different facts that are never merged.
//!
//! The capture cut the packet ([`DecodeErrorKind::Truncated`] with [`LenSource::Capture`]); the message is not as its
//! specification says (the other truncations, [`DecodeErrorKind::Malformed`]); the message is fine but not one that
//! simhound reads ([`DecodeErrorKind::Unsupported`]). "A stream needs more" is no error and lives in `reassembly`.

use crate::health::{Layer, Outcome};

/// Which length said where the octets end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LenSource {
    /// The capture (snaplen): the network sent more than the file holds.
    Capture,
    /// A length field of the message or of a layer around it.
    Field,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// Fewer octets than needed.
    Truncated {
        /// Octets that the element needs.
        needed: usize,
        /// Octets that are there.
        available: usize,
        /// What ended them.
        source: LenSource,
    },
    /// Octets after the end.
    TrailingData {
        /// How many.
        octets: usize,
    },
    /// Not as the specification says; a fixed text names what.
    Malformed(&'static str),
    /// Well formed, but not handled.
    Unsupported {
        /// What is not handled.
        what: &'static str,
        /// Its code.
        value: u32,
    },
    /// A named limit of simhound (depth, count) was met.
    Limit(&'static str),
}

/// A defect, with its layer and its offset from the start of that layer's octets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecodeError {
    /// The layer that found it.
    pub layer: Layer,
    /// Offset within the octets that were given to the layer's `parse`.
    pub offset: usize,
    /// What is wrong.
    pub kind: DecodeErrorKind,
}

impl DecodeError {
    /// A malformed element.
    #[inline]
    pub fn malformed(layer: Layer, offset: usize, what: &'static str) -> Self {
        Self { layer, offset, kind: DecodeErrorKind::Malformed(what) }
    }
    /// An element that ends too early by its own length fields.
    #[inline]
    pub fn short(layer: Layer, offset: usize, needed: usize, available: usize) -> Self {
        Self { layer, offset, kind: DecodeErrorKind::Truncated { needed, available, source: LenSource::Field } }
    }
    /// An element that is not handled.
    #[inline]
    pub fn unsupported(layer: Layer, offset: usize, what: &'static str, value: u32) -> Self {
        Self { layer, offset, kind: DecodeErrorKind::Unsupported { what, value } }
    }
    /// A limit that was met.
    #[inline]
    pub fn limit(layer: Layer, offset: usize, what: &'static str) -> Self {
        Self { layer, offset, kind: DecodeErrorKind::Limit(what) }
    }
    /// The same defect seen from a layer whose octets start `octets` earlier.
    #[must_use]
    #[inline]
    pub fn at(self, octets: usize) -> Self {
        Self { offset: self.offset.saturating_add(octets), ..self }
    }
    /// A shortness becomes the capture's fault where the packet was cut by the snaplen.
    #[must_use]
    pub fn cut_by_capture(self) -> Self {
        let kind = match self.kind {
            DecodeErrorKind::Truncated { needed, available, .. } => {
                DecodeErrorKind::Truncated { needed, available, source: LenSource::Capture }
            }
            other => other,
        };
        Self { kind, ..self }
    }
    /// How the health table counts it.
    pub fn outcome(self) -> Outcome {
        match self.kind {
            DecodeErrorKind::Truncated { source: LenSource::Capture, .. } => Outcome::Truncated,
            DecodeErrorKind::Unsupported { .. } => Outcome::Unsupported,
            _ => Outcome::Malformed,
        }
    }
    /// The fixed text under which it is counted.
    pub fn reason(self) -> &'static str {
        match self.kind {
            DecodeErrorKind::Truncated { source: LenSource::Capture, .. } => "cut by the capture (snaplen)",
            DecodeErrorKind::Truncated { .. } => "shorter than its length fields say",
            DecodeErrorKind::TrailingData { .. } => "octets after the end",
            DecodeErrorKind::Malformed(what) | DecodeErrorKind::Limit(what) => what,
            DecodeErrorKind::Unsupported { what, .. } => what,
        }
    }
}

impl std::fmt::Display for DecodeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} at octet {}: {}", self.layer.name(), self.offset, self.reason())?;
        match self.kind {
            DecodeErrorKind::Truncated { needed, available, .. } => write!(f, " ({available} of {needed} octets)"),
            DecodeErrorKind::TrailingData { octets } => write!(f, " ({octets})"),
            DecodeErrorKind::Unsupported { value, .. } => write!(f, " ({value})"),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for DecodeError {}

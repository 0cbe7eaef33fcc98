//! What senders do beside the specification: named, counted, never fatal.

use crate::health::Layer;
use crate::wire::DecodeError;

macro_rules! oddities {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        /// One kind of deviation.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Oddity {
            $($(#[$doc])* $name,)*
        }

        impl Oddity {
            const ALL: &[Self] = &[$(Self::$name),*];

            /// The fixed text under which it is counted.
            pub fn text(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

oddities! {
    /// Octets before the start line that are no line breaks.
    Junk = "octets before the start line";
    /// RFC 3261 §7.1: the version is `SIP/2.0`.
    Version = "SIP version is not SIP/2.0";
    /// The method is empty or not a token.
    Method = "method is not a token";
    /// RFC 3261 §7.1: a Request-URI has no white space and is not empty.
    RequestUri = "Request-URI is empty or has white space";
    /// RFC 3261 §7.2: 100 to 699.
    StatusCode = "status code is not 100 to 699";
    /// A line that ends in LF without CR.
    LineFeed = "line ends in LF without CR";
    /// A continuation that begins with `;`, `,`, `<` or `"` instead of white space.
    Continuation = "continuation line without white space";
    /// A header line without a colon.
    NoColon = "header line without a colon";
    /// A header name that is no token.
    HeaderName = "header name is not a token";
    /// More header lines than [`super::MAX_HEADERS`].
    TooManyHeaders = "too many header lines";
    /// From, To, Call-ID or CSeq more than once.
    Repeated = "single header comes twice";
    /// From, To, Call-ID, CSeq or Via is missing (RFC 3261 §8.1.1).
    Missing = "mandatory header is missing";
    /// A CSeq that is no number and method.
    CSeq = "CSeq is not a number and a method";
    /// The method of CSeq is not that of the request line (RFC 3261 §8.1.1.5).
    CSeqMethod = "method of CSeq is not that of the request";
    /// A Content-Length that is no number.
    ContentLength = "Content-Length is not a number";
    /// Octets after the end that Content-Length gives.
    AfterBody = "octets after the body";
    /// A multipart body without its boundary, or with more parts than [`super::MAX_PARTS`].
    Multipart = "multipart body without its boundary, or with too many parts";
    /// An address with a quote or angle bracket that does not end, or without a URI.
    Address = "address is broken";
    /// An IMSI in a home domain with whose network it does not begin.
    ForeignImsi = "IMSI is not of its domain's network";
    /// A P-Access-Network-Info whose cell cannot be read.
    Cell = "P-Access-Network-Info with a cell of a wrong form";
}

impl Oddity {
    /// As a defect at an offset, where all defects are listed together.
    pub fn error(self, offset: usize) -> DecodeError {
        DecodeError::malformed(Layer::Sip, offset, self.text())
    }
}

/// A set of oddities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Oddities(u32);

impl Oddities {
    /// Adds one.
    pub fn add(&mut self, oddity: Oddity) {
        self.0 |= 1u32.wrapping_shl(oddity as u32);
    }

    /// True where it was met.
    pub fn contains(self, oddity: Oddity) -> bool {
        self.0 & 1u32.wrapping_shl(oddity as u32) != 0
    }

    /// True without any.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those of both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// One after the other, in the order of the list.
    pub fn iter(self) -> impl Iterator<Item = Oddity> {
        Oddity::ALL.iter().copied().filter(move |&oddity| self.contains(oddity))
    }
}

//! SIP: RFC 3261, with the IMS headers of RFC 7315 and TS 24.229.
//!
//! ```text
//! INVITE tel:+15550100 SIP/2.0          start line: request, or SIP/2.0 200 OK
//! Via: SIP/2.0/UDP 192.0.2.1;branch=..  headers, a name in any case or a letter
//! Contact: <sip:192.0.2.1>;
//!  +sip.instance="<urn:gsma:imei:..>"   continuation: a line that begins with white space
//!                                       a blank line
//! v=0 ...                               body
//! ```
//!
//! **Handled**: requests and responses, compact and folded headers, comma-separated lists, quoted strings; framing and
//! resynchronisation on TCP; what a message says about the subscriber and the parties ([`Facts`]), those of the headers
//! of RFC 7315, Diversion, History-Info and Remote-Party-ID among them; multipart bodies, locations and registration
//! information in bodies; session descriptions ([`Sdp`]). Deviations of senders are named as [`Oddity`] and never fatal.
//! **Not handled**: other bodies (SMS over IP, ISUP), which are handed on raw; multipart within multipart; compressed
//! bodies and SigComp; signed identities.
//! **Limits**: [`MAX_HEAD`] and [`MAX_BODY`] on a stream, [`MAX_HEADERS`] lines that facts are read from,
//! [`MAX_PARTS`] of a body.

mod body;
mod facts;
mod frame;
mod header;
mod oddity;
mod sdp;
mod start;
#[cfg(test)]
mod tests;
mod value;
mod walk;
mod who;

pub use body::{Part, Parts};
pub use facts::{Bodies, Facts, Party, Reason, facts};
pub use frame::{MAX_BODY, MAX_HEAD, frame};
pub use header::{Header, HeaderName, Headers, unfold};
pub use oddity::{Oddities, Oddity};
pub use sdp::{Media, Sdp};
pub use start::{Method, StartLine};
pub use value::{NameAddr, NameAddrs, Param, Params};

use super::DecodeError;
use crate::health::Layer;

/// How many header lines facts are read from.
pub const MAX_HEADERS: usize = 512;

/// How many parts of one body are looked at.
pub const MAX_PARTS: usize = 16;

/// One message, borrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sip<'a> {
    /// Request or response.
    pub start: StartLine<'a>,
    /// The header lines, without the blank line.
    pub head: &'a [u8],
    /// Offset of `head` from the start of the octets that were given.
    pub head_offset: usize,
    /// Everything after the blank line; [`Facts::body`] ends it at Content-Length.
    pub body: &'a [u8],
    /// What is odd about the start line.
    pub oddities: Oddities,
    /// The blank line is missing: the last line is left out, for it may be cut.
    pub stop: Option<DecodeError>,
}

impl<'a> Sip<'a> {
    /// Finds the start line and the end of the headers. An error only where no start line is at the head.
    pub fn parse(octets: &'a [u8]) -> Result<Self, DecodeError> {
        let found = start::find(octets)
            .ok_or_else(|| DecodeError::malformed(Layer::Sip, 0, "no start line of a request or response"))?;
        let head_offset = found.end;
        let after = octets.get(head_offset..).unwrap_or_default();
        let end = end_of_head(after);
        let (head, body) = match end {
            Some((head, body)) => (head, body),
            None => (memchr::memrchr(b'\n', after).map_or(0, |at| at.saturating_add(1)), after.len()),
        };
        let stop = end.is_none().then(|| {
            let missing = octets.len().saturating_add(2);
            DecodeError::short(Layer::Sip, head_offset, missing, octets.len())
        });
        Ok(Self {
            start: found.line,
            head: after.get(..head).unwrap_or_default(),
            head_offset,
            body: after.get(body..).unwrap_or_default(),
            oddities: found.oddities,
            stop,
        })
    }

    /// True where a start line stands at the head: for octets of which it is not known whether they are SIP. Some
    /// senders end lines in LF alone; nothing else may be odd.
    pub fn probe(octets: &[u8]) -> bool {
        start::find(octets).is_some_and(|found| found.oddities.iter().all(|oddity| oddity == Oddity::LineFeed))
    }

    /// The header lines, in order.
    pub fn headers(&self) -> Headers<'a> {
        Headers::new(self.head)
    }

    /// The values of one header, in order.
    pub fn header(&self, name: HeaderName) -> impl Iterator<Item = &'a [u8]> {
        self.headers().filter_map(Result::ok).filter(move |header| header.name == name).map(|header| header.value)
    }
}

/// Where the headers end and where the body begins: after the first empty line.
fn end_of_head(octets: &[u8]) -> Option<(usize, usize)> {
    match octets {
        [b'\r', b'\n', ..] => return Some((0, 2)),
        [b'\n', ..] => return Some((0, 1)),
        _ => {}
    }
    memchr::memchr_iter(b'\n', octets).find_map(|at| {
        let next = at.checked_add(1)?;
        match octets.get(next..)? {
            [b'\r', b'\n', ..] => Some((next, next.checked_add(2)?)),
            [b'\n', ..] => Some((next, next.checked_add(1)?)),
            _ => None,
        }
    })
}

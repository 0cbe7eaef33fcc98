//! Diameter: RFC 6733, with the 3GPP applications of TS 29.272 (S6a, S6d, S13), TS 29.212 (Gx), TS 32.299 (Gy, Ro, Rf),
//! TS 29.229 (Cx), TS 29.329 (Sh), TS 29.273 (SWx, S6b, STa, SWm), TS 29.338 (S6c, SGd), TS 29.172 (SLg) and
//! TS 29.173 (SLh).
//!
//! ```text
//!  0                   1                   2                   3
//!  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//! +---------------+-----------------------------------------------+
//! |  version = 1  |                message length                 |
//! +-+-+-+-+-------+-----------------------------------------------+
//! |R|P|E|T|   0   |                 command code                  |
//! +-+-+-+-+-------+-----------------------------------------------+
//! |                        application id                         |
//! +---------------------------------------------------------------+
//! |                     hop-by-hop identifier                     |
//! +---------------------------------------------------------------+
//! |                     end-to-end identifier                     |
//! +---------------------------------------------------------------+
//! |  AVPs ...
//! ```
//!
//! **Handled**: header, AVPs, grouped AVPs; framing and resynchronisation on TCP; a message that the capture cut;
//! names of commands, interfaces, AVPs and result codes; the identities, places and causes of [`Facts`].
//! **Not handled**: what an AVP carries as a document or another protocol's message (Sh and Cx User-Data in XML, EAP,
//! the SMS in SM-RP-UI, which is handed on raw); encrypted AVPs; vendors other than 3GPP.
//! **Limits**: [`MAX_LENGTH`] for a message on a stream, [`MAX_DEPTH`] for groups within groups.

mod avp;
mod commands;
mod dictionary;
mod facts;
mod frame;
mod header;
mod identities;
mod location;
mod party;
mod place;
mod results;
mod subscriber;
#[cfg(test)]
mod tests;
mod walk;

pub use avp::{Avp, Avps};
pub use commands::{Application, Command, application, command, interface};
pub use dictionary::{Key, Kind, keys, kind as avp_kind, name as avp_name};
pub use facts::{Facts, facts};
pub use frame::{MAX_LENGTH, frame, length_of};
pub use header::Header;
pub use location::user_location;
pub use results::{experimental_result_name, result_name};

use super::DecodeError;
use crate::health::Layer;

/// How deep grouped AVPs are followed. Real messages nest five or six levels.
pub const MAX_DEPTH: usize = 16;

/// One message, borrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Diameter<'a> {
    /// The header.
    pub header: Header,
    /// The AVPs, as far as they are there.
    pub body: &'a [u8],
    /// What follows the message in the octets that were given (another message, or padding).
    pub rest: &'a [u8],
    /// Why `body` is not as the header says.
    pub stop: Option<DecodeError>,
}

impl<'a> Diameter<'a> {
    /// Reads the header and borrows the AVPs. An error only where there is no usable header; a message that ends too
    /// early keeps the octets that are there and says so in [`Diameter::stop`].
    pub fn parse(octets: &'a [u8]) -> Result<Self, DecodeError> {
        let header = Header::parse(octets)?;
        let length = header.length as usize;
        let after = octets.get(Header::LEN..).unwrap_or_default();
        let (body, rest) = after.split_at_checked(length.saturating_sub(Header::LEN)).unwrap_or((after, &[]));
        let stop = if octets.len() < length {
            Some(DecodeError::short(Layer::Diameter, 0, length, octets.len()))
        } else if !length.is_multiple_of(4) {
            // RFC 6733 §3: the message length is always a multiple of 4.
            Some(malformed(1, "message length is not a multiple of 4"))
        } else if header.has_reserved_flags() {
            Some(malformed(4, "reserved command flags are set"))
        } else {
            None
        };
        Ok(Self { header, body, rest, stop })
    }

    /// The AVPs of the message.
    pub fn avps(&self) -> Avps<'a> {
        Avps::new(self.body, Header::LEN)
    }

    /// The command, where the dictionary knows it.
    pub fn command(&self) -> Option<&'static Command> {
        command(self.header.command, self.header.application)
    }
}

fn malformed(offset: usize, what: &'static str) -> DecodeError {
    DecodeError::malformed(Layer::Diameter, offset, what)
}

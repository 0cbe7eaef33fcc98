//! Attribute-value pairs, RFC 6733 §4.1.
//!
//! ```text
//! +---------------------------------------------------------------+
//! |                           AVP code                            |
//! +-+-+-+---------+-----------------------------------------------+
//! |V|M|P|    0    |       AVP length (padding not counted)        |
//! +-+-+-+---------+-----------------------------------------------+
//! |                      vendor id, if V is set                   |
//! +---------------------------------------------------------------+
//! |  data, padded to a multiple of 4 ...
//! ```

use super::dictionary::Key;
use super::malformed;
use crate::health::Layer;
use crate::wire::DecodeError;

/// One AVP, borrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Avp<'a> {
    /// AVP code.
    pub code: u32,
    /// Vendor id, where the V flag is set.
    pub vendor: Option<u32>,
    /// The flags as sent.
    pub flags: u8,
    /// The data without padding.
    pub data: &'a [u8],
    /// Offset of the AVP from the start of the message.
    pub offset: usize,
}

impl<'a> Avp<'a> {
    /// V: a vendor id stands in the header.
    pub const VENDOR: u8 = 0x80;
    /// M: the receiver must understand the AVP.
    pub const MANDATORY: u8 = 0x40;

    /// Vendor and code in one.
    pub fn key(&self) -> Key {
        Key::new(self.vendor.unwrap_or(0), self.code)
    }

    /// Offset of the data from the start of the message.
    pub fn data_offset(&self) -> usize {
        self.offset.saturating_add(header_len(self.flags))
    }

    /// The data as Unsigned32, Integer32 or Enumerated.
    pub fn u32(&self) -> Result<u32, DecodeError> {
        let octets = <[u8; 4]>::try_from(self.data)
            .map_err(|_| malformed(self.data_offset(), "AVP of 32 bits has another length"))?;
        Ok(u32::from_be_bytes(octets))
    }

    /// The AVPs within a grouped AVP.
    pub fn group(&self) -> Avps<'a> {
        Avps::new(self.data, self.data_offset())
    }
}

fn header_len(flags: u8) -> usize {
    if flags & Avp::VENDOR == 0 { 8 } else { 12 }
}

/// Walks the AVPs of a message or a group. Ends after the first error.
#[derive(Debug, Clone)]
pub struct Avps<'a> {
    rest: &'a [u8],
    offset: usize,
    cut: Option<Avp<'a>>,
}

impl<'a> Avps<'a> {
    /// Over octets that start at `offset` of the message.
    pub fn new(octets: &'a [u8], offset: usize) -> Self {
        Self { rest: octets, offset, cut: None }
    }

    /// After an error: the AVP whose data ends too early, with the data that is there.
    pub fn cut(&self) -> Option<Avp<'a>> {
        self.cut
    }

    fn step(&mut self) -> Result<Avp<'a>, DecodeError> {
        let (offset, available) = (self.offset, self.rest.len());
        let short = |needed| DecodeError::short(Layer::Diameter, offset, needed, available);
        let (head, after) = self.rest.split_first_chunk::<8>().ok_or_else(|| short(8))?;
        let [c1, c2, c3, c4, flags, l1, l2, l3] = *head;
        let length = u32::from_be_bytes([0, l1, l2, l3]) as usize;
        let data_len = length
            .checked_sub(header_len(flags))
            .ok_or_else(|| malformed(offset.saturating_add(5), "AVP length is less than its header"))?;
        let (vendor, after) = if flags & Avp::VENDOR == 0 {
            (None, after)
        } else {
            let (vendor, after) = after.split_first_chunk::<4>().ok_or_else(|| short(12))?;
            (Some(u32::from_be_bytes(*vendor)), after)
        };
        let avp = |data| Avp { code: u32::from_be_bytes([c1, c2, c3, c4]), vendor, flags, data, offset };
        let Some((data, after)) = after.split_at_checked(data_len) else {
            self.cut = Some(avp(after));
            return Err(short(length));
        };
        // The padding of the last AVP may be missing: nothing is lost by it.
        let padding = (4usize.wrapping_sub(data_len % 4) % 4).min(after.len());
        self.rest = after.get(padding..).unwrap_or_default();
        self.offset = offset.saturating_add(length).saturating_add(padding);
        Ok(avp(data))
    }
}

impl<'a> Iterator for Avps<'a> {
    type Item = Result<Avp<'a>, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let step = self.step();
        if step.is_err() {
            self.rest = &[];
        }
        Some(step)
    }
}

//! Aligned PER (X.691) as the application protocols of the radio networks use it, and the frame that they share: PDU,
//! procedure, information elements.

/// Criticality of a procedure or element.
pub const REJECT: u8 = 0x00;
/// The receiver goes on without it.
pub const IGNORE: u8 = 0x40;

/// Kind of PDU: it begins a procedure.
pub const INITIATING: u8 = 0x00;
/// It ends one.
pub const SUCCESSFUL: u8 = 0x20;
/// It is one of several answers (RANAP).
pub const OUTCOME: u8 = 0x60;

/// Fields being written.
#[derive(Debug, Default)]
pub struct Fields {
    octets: Vec<u8>,
    /// Bits of the last octet that are used; 0: all.
    used: u32,
}

impl Fields {
    /// A field of some bits.
    pub fn bits(&mut self, value: u64, width: u32) -> &mut Self {
        for bit in (0..width).rev() {
            if self.used == 0 {
                self.octets.push(0);
            }
            if let Some(last) = self.octets.last_mut() {
                *last |= ((value >> bit & 1) as u8) << (7 - self.used);
            }
            self.used = (self.used + 1) & 7;
        }
        self
    }

    /// Whole octets, on the next octet.
    pub fn aligned(&mut self, octets: &[u8]) -> &mut Self {
        self.octets.extend_from_slice(octets);
        self.used = 0;
        self
    }

    /// A whole number of a range that takes more than two octets (X.691 §11.5.7.4): their count less one in `width`
    /// bits, then the fewest octets.
    pub fn number(&mut self, value: u64, width: u32) -> &mut Self {
        let octets = value.to_be_bytes();
        let used = (8 - value.leading_zeros() as usize / 8).max(1);
        self.bits(used as u64 - 1, width).aligned(octets.get(8 - used..).unwrap_or_default())
    }

    /// What was written; the rest of the last octet is zero.
    pub fn done(&mut self) -> Vec<u8> {
        std::mem::take(self).octets
    }
}

/// Fields of some bits each.
pub fn bits(fields: &[(u64, u32)]) -> Vec<u8> {
    let mut written = Fields::default();
    for &(value, width) in fields {
        written.bits(value, width);
    }
    written.done()
}

/// A number alone, behind `before` bits of zero.
pub fn number(value: u64, before: u32, width: u32) -> Vec<u8> {
    Fields::default().bits(0, before).number(value, width).done()
}

/// X.691 §11.9: a length of less than 16K.
pub fn sized(value: &[u8]) -> Vec<u8> {
    let length = match value.len() {
        short @ 0..=127 => vec![short as u8],
        long => vec![0x80 | (long >> 8) as u8, long as u8],
    };
    [length.as_slice(), value].concat()
}

/// An element: identifier, criticality, value.
pub fn element(id: u16, criticality: u8, value: &[u8]) -> Vec<u8> {
    [id.to_be_bytes().as_slice(), &[criticality], &sized(value)].concat()
}

/// A PDU of a procedure with its elements.
pub fn pdu(kind: u8, procedure: u8, criticality: u8, elements: &[Vec<u8>]) -> Vec<u8> {
    let count = (elements.len() as u16).to_be_bytes();
    let value = [&[0x00], count.as_slice(), &elements.concat()].concat();
    [&[kind, procedure, criticality], sized(&value).as_slice()].concat()
}

//! MTP2: signal units of a signalling link (ITU-T Q.703 (07/96)).
//!
//! ```text
//! +-----+-----+-----+-----+-------+----------------------+
//! | BIB | BSN | FIB | FSN |sp| LI | SIO and SIF, or status|  FCS of two octets, in some captures
//! |  1  |  7  |  1  |  7  | 2| 6  | LI octets             |
//! +-----+-----+-----+-----+-------+----------------------+
//! ```
//! The length indicator tells the kind: 0 is a fill-in signal unit (FISU), 1 and 2 a link status signal unit (LSSU),
//! more a message signal unit (MSU); 63 stands for all that is longer. With the extended sequence numbers of annex A the
//! three fields have 16, 16 and 16 bits, low octet first: 12, 12 and 9 bits of them.
//!
//! Called by `dissect` where the capture says that it is a signalling link. It gives the message signal unit to MTP3.
//!
//! **Handled:** FISU, LSSU, MSU; with and without check sequence; the extended format, which is told by its length
//! indicator. **Not handled:** the check sequence itself; retransmissions of the link.

use super::common::Msu;
use crate::health::Layer;
use crate::wire::DecodeError;

const LAYER: Layer = Layer::Mtp2;
/// Octets of a check sequence.
const FCS_LEN: usize = 2;
/// The largest length indicator, and what it stands for all above.
const LONGEST: usize = 0x3f;

/// What a signal unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content<'a> {
    /// Fill-in.
    Fisu,
    /// Link status: the status field.
    Lssu(u8),
    /// Message.
    Msu(Msu<'a>),
}

/// One signal unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mtp2<'a> {
    /// Backward sequence number.
    pub bsn: u16,
    /// Forward sequence number.
    pub fsn: u16,
    /// Length indicator.
    pub length: u16,
    /// What it carries.
    pub content: Content<'a>,
    /// What ended the decoding early.
    pub stop: Option<DecodeError>,
}

impl<'a> Mtp2<'a> {
    /// Reads one signal unit. An error only where not even the header can be read.
    pub fn parse(octets: &'a [u8]) -> Result<Self, DecodeError> {
        let Some((&[back, forward, length], rest)) = octets.split_first_chunk::<3>() else {
            return Err(DecodeError::short(LAYER, 0, 3, octets.len()));
        };
        let basic = usize::from(length & 0x3f);
        if !fits(basic, rest.len(), LONGEST)
            && let Some((&[b1, b2, f1, f2, l1, l2], rest)) = octets.split_first_chunk::<6>()
        {
            let length = u16::from_le_bytes([l1, l2]);
            if length <= 0x01ff
                && length > 2
                && b2 & 0x70 == 0
                && f2 & 0x70 == 0
                && fits(usize::from(length), rest.len(), usize::MAX)
            {
                let bsn = u16::from_le_bytes([b1, b2]) & 0x0fff;
                let fsn = u16::from_le_bytes([f1, f2]) & 0x0fff;
                return Ok(Self::unit(bsn, fsn, length, None, rest, 6));
            }
        }
        let priority = Some(length >> 6).filter(|priority| *priority != 0);
        let (bsn, fsn) = (u16::from(back & 0x7f), u16::from(forward & 0x7f));
        Ok(Self::unit(bsn, fsn, u16::from(length & 0x3f), priority, rest, 3))
    }

    fn unit(bsn: u16, fsn: u16, length: u16, priority: Option<u8>, rest: &'a [u8], offset: usize) -> Self {
        let len = usize::from(length);
        let (octets, stop) = match rest.get(..len) {
            _ if offset == 3 && len == LONGEST && rest.len() >= LONGEST => (rest, None),
            Some(octets) => (octets, None),
            None => (rest, Some(DecodeError::short(LAYER, offset, len, rest.len()))),
        };
        let content = match (length, octets) {
            (0, _) => Content::Fisu,
            (1 | 2, [status, ..]) => Content::Lssu(*status),
            (1 | 2, []) => Content::Fisu,
            _ => Content::Msu(Msu { octets, offset, priority }),
        };
        Self { bsn, fsn, length, content, stop }
    }

    /// What it is, by name.
    pub fn name(&self) -> &'static str {
        match self.content {
            Content::Fisu => "FISU",
            Content::Lssu(status) => status_name(status),
            Content::Msu(_) => "MSU",
        }
    }
}

/// Whether a length indicator and the octets that are there agree, with or without a check sequence.
fn fits(length: usize, available: usize, longest: usize) -> bool {
    let without = available.saturating_sub(FCS_LEN);
    length == available || (available >= FCS_LEN && length == without) || (length == longest && available >= longest)
}

/// The name of a link status (Q.703 §11.1.3).
fn status_name(status: u8) -> &'static str {
    match status & 0x07 {
        0 => "LSSU out of alignment",
        1 => "LSSU normal alignment",
        2 => "LSSU emergency alignment",
        3 => "LSSU out of service",
        4 => "LSSU processor outage",
        5 => "LSSU busy",
        _ => "LSSU unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const UNIT: [u8; 12] = [
        0x9d, 0x1f, 0x07, // BIB 1, BSN 29, FIB 0, FSN 31, 7 octets
        0x85, 0x02, 0x40, 0x00, 0x90, 0x0c, 0x00, // SIO national ISUP, routing label, data
        0xaa, 0xbb, // check sequence
    ];

    #[test]
    fn known_answers() {
        for octets in [&UNIT[..], &UNIT[..10]] {
            let unit = Mtp2::parse(octets).unwrap();
            assert_eq!((unit.bsn, unit.fsn, unit.length, unit.stop), (29, 31, 7, None));
            assert_eq!(unit.content, Content::Msu(Msu { octets: &UNIT[3..10], offset: 3, priority: None }));
        }
        assert_eq!(Mtp2::parse(&[0x80, 0x80, 0x00]).unwrap().name(), "FISU");
        assert_eq!(Mtp2::parse(&[0x80, 0x80, 0x01, 0x03, 1, 2]).unwrap().name(), "LSSU out of service");
    }

    #[test]
    fn extended_format() {
        let octets = [0x9d, 0x81, 0x1f, 0x82, 0x07, 0x00, 0x85, 0x02, 0x40, 0x00, 0x90, 0x0c, 0x00];
        let unit = Mtp2::parse(&octets).unwrap();
        assert_eq!((unit.bsn, unit.fsn, unit.length, unit.stop), (0x19d, 0x21f, 7, None));
        assert_eq!(unit.content, Content::Msu(Msu { octets: &octets[6..], offset: 6, priority: None }));
    }

    #[test]
    fn longer_than_the_length_indicator_tells() {
        let mut octets = vec![0x80, 0x80, 0x3f];
        octets.extend([0x83; 100]);
        let Content::Msu(msu) = Mtp2::parse(&octets).unwrap().content else { panic!("no MSU") };
        assert_eq!(msu.octets.len(), 100);
    }

    #[test]
    fn every_prefix_is_an_error_or_partial() {
        for end in 0..10 {
            match Mtp2::parse(&UNIT[..end]) {
                Ok(unit) => assert!(unit.stop.is_some(), "{end}"),
                Err(_) => assert!(end < 3),
            }
        }
    }

    proptest! {
        #[test]
        fn any_octets(octets in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = Mtp2::parse(&octets).map(|unit| unit.name());
        }

        #[test]
        fn mutated(at in 0..UNIT.len(), value: u8) {
            let mut octets = UNIT;
            octets[at] = value;
            let _ = Mtp2::parse(&octets);
        }
    }
}

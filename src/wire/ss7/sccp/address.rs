//! Called and calling party addresses (Q.713 §3.4, §3.5).
//!
//! ```text
//! +----+----+-------------+----+----+
//! | 8  | 7  | 6  5  4  3  | 2  | 1  |   address indicator
//! |    | RI |     GTI     |SSNI|PCI |
//! +----+----+-------------+----+----+
//! | point code, low octet | SSN | global title ...      each where the indicator says so
//! +-----------------------+-----+-----------------
//! ```
//!
//! In ANSI T1.112.3 §3.4 the highest bit says national, point code and subsystem change places, both in the indicator
//! and after it, the point code has three octets, and the formats of global titles differ:
//!
//! ```text
//! | NI | RI |     GTI     |PCI |SSNI|   SSN | point code: member, cluster, network | global title ...
//! ```

use crate::health::Layer;
use crate::identity::{LongDigits, Nature, Number};
use crate::wire::DecodeError;
use std::fmt;

const LAYER: Layer = Layer::Sccp;

/// How addresses are coded, which no message tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum AddressForm {
    /// ITU-T Q.713: point codes of 14 bits. An address that the ANSI form fits better (its highest bit set, which Q.713
    /// reserves) is read so.
    #[default]
    Itu,
    /// ANSI T1.112.3.
    Ansi,
    /// As ITU with point codes of 24 bits (GF 001-9001).
    China,
    /// As ITU with point codes of 16 bits (JT-Q713).
    Japan,
}

/// The bit of the indicator that says national in ANSI.
const NATIONAL: u8 = 0x80;

/// A global title (Q.713 §3.4.2.3). Fields that its format does not have are `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GlobalTitle {
    /// Global title indicator: the format, 1 to 4.
    pub gti: u8,
    /// Translation type (formats 2 to 4).
    pub translation_type: Option<u8>,
    /// Numbering plan (formats 3 and 4): 1 is E.164, 6 is E.212, 7 is E.214.
    pub numbering_plan: Option<u8>,
    /// Encoding scheme (formats 3 and 4): 1 is BCD with an odd count of digits, 2 with an even one.
    pub encoding_scheme: Option<u8>,
    /// Nature of address indicator (formats 1 and 4): 4 is international.
    pub nature: Option<u8>,
    /// The digits; `c` is an end-of-number mark of some networks.
    pub digits: LongDigits,
}

impl GlobalTitle {
    /// As a number with its nature.
    pub fn number(&self) -> Number {
        let nature = match self.nature {
            Some(1) => Nature::Subscriber,
            Some(3) => Nature::National,
            Some(4) => Nature::International,
            _ => Nature::Unknown,
        };
        Number::new(self.digits, nature)
    }

    /// The formats of ANSI (T1.112.3 §3.4.2.3) are 3 and 2 of the ITU.
    fn parse_ansi(gti: u8, octets: &[u8], offset: usize) -> Result<Self, DecodeError> {
        let title = match gti {
            1 => Self::parse(3, octets, offset)?,
            2 => Self::parse(2, octets, offset)?,
            _ => {
                let what = "global title indicator";
                return Err(DecodeError::unsupported(LAYER, offset, what, u32::from(gti)));
            }
        };
        Ok(Self { gti, ..title })
    }

    fn parse(gti: u8, octets: &[u8], offset: usize) -> Result<Self, DecodeError> {
        let short = |needed| DecodeError::short(LAYER, offset, needed, octets.len());
        let mut title = Self {
            gti,
            translation_type: None,
            numbering_plan: None,
            encoding_scheme: None,
            nature: None,
            digits: LongDigits::EMPTY,
        };
        let (odd, address) = match gti {
            1 => {
                let (first, rest) = octets.split_first().ok_or(short(1))?;
                title.nature = Some(first & 0x7f);
                (first & 0x80 != 0, rest)
            }
            2 => {
                let (translation_type, rest) = octets.split_first().ok_or(short(1))?;
                title.translation_type = Some(*translation_type);
                (false, rest)
            }
            3 => {
                let ([tt, npes], rest) = octets.split_first_chunk().ok_or(short(2))?;
                title.set_plan(*tt, *npes);
                (npes & 0x0f == 1, rest)
            }
            4 => {
                let ([tt, npes, nature], rest) = octets.split_first_chunk().ok_or(short(3))?;
                title.set_plan(*tt, *npes);
                title.nature = Some(nature & 0x7f);
                (npes & 0x0f == 1, rest)
            }
            _ => {
                let gti = u32::from(gti);
                let what = "global title indicator";
                return Err(DecodeError::unsupported(LAYER, offset, what, gti));
            }
        };
        title.digits = LongDigits::from_tbcd(address).ok_or(DecodeError::limit(
            LAYER,
            offset,
            "global title of more than 32 digits",
        ))?;
        let sent = address.len().saturating_mul(2);
        if odd && title.digits.len() == sent {
            title.digits = title.digits.prefix(sent.saturating_sub(1));
        }
        Ok(title)
    }

    fn set_plan(&mut self, translation_type: u8, npes: u8) {
        self.translation_type = Some(translation_type);
        self.numbering_plan = Some(npes >> 4);
        self.encoding_scheme = Some(npes & 0x0f);
    }
}

impl fmt::Display for GlobalTitle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.digits, f)
    }
}

/// A called or calling party address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Address<'a> {
    /// Routed on the global title; otherwise on point code and subsystem number.
    pub routing_on_gt: bool,
    /// Signalling point code, of as many bits as its form has.
    pub point_code: Option<u32>,
    /// Subsystem number.
    pub ssn: Option<u8>,
    /// The global title.
    pub global_title: Option<GlobalTitle>,
    /// The whole parameter; empty where the message has none.
    pub raw: &'a [u8],
}

impl<'a> Address<'a> {
    /// Reads the parameter at `offset` of the message. What stands before a defect is returned with it.
    pub(super) fn parse(octets: &'a [u8], offset: usize, form: AddressForm) -> (Self, Option<DecodeError>) {
        let mut address = Self { raw: octets, ..Self::default() };
        if form == AddressForm::Ansi {
            let defect = address.read_ansi(octets, offset).err();
            return (address, defect);
        }
        let defect = address.read(octets, offset, form).err();
        if octets.first().is_some_and(|indicator| indicator & NATIONAL != 0) && form == AddressForm::Itu {
            let mut ansi = Self { raw: octets, ..Self::default() };
            if ansi.read_ansi(octets, offset).is_ok() {
                return (ansi, None);
            }
        }
        (address, defect)
    }

    fn read_ansi(&mut self, octets: &[u8], offset: usize) -> Result<(), DecodeError> {
        let short = |needed| DecodeError::short(LAYER, offset, needed, octets.len());
        let (&indicator, mut rest) = octets.split_first().ok_or(short(1))?;
        self.routing_on_gt = indicator & 0x40 == 0;
        if indicator & 0x01 != 0 {
            let (ssn, after) = rest.split_first().ok_or(short(2))?;
            self.ssn = Some(*ssn);
            rest = after;
        }
        if indicator & 0x02 != 0 {
            let ([member, cluster, network], after) = rest.split_first_chunk().ok_or(short(4))?;
            self.point_code = Some(u32::from_le_bytes([*member, *cluster, *network, 0]));
            rest = after;
        }
        match (indicator >> 2) & 0x0f {
            0 if rest.is_empty() => Ok(()),
            0 => Err(DecodeError::malformed(LAYER, offset, "address longer than its parts")),
            gti => {
                let before = octets.len().saturating_sub(rest.len());
                self.global_title = Some(GlobalTitle::parse_ansi(gti, rest, offset.saturating_add(before))?);
                Ok(())
            }
        }
    }

    fn read(&mut self, octets: &[u8], offset: usize, form: AddressForm) -> Result<(), DecodeError> {
        let short = |needed| DecodeError::short(LAYER, offset, needed, octets.len());
        let (&indicator, mut rest) = octets.split_first().ok_or(short(1))?;
        self.routing_on_gt = indicator & 0x40 == 0;
        if indicator & 0x01 != 0 {
            let (width, bits) = match form {
                AddressForm::China => (3, 0x00ff_ffff),
                AddressForm::Japan => (2, 0xffff),
                AddressForm::Itu | AddressForm::Ansi => (2, 0x3fff),
            };
            let (code, after) = rest.split_at_checked(width).ok_or(short(width.saturating_add(1)))?;
            let code = code.iter().rev().fold(0u32, |code, octet| (code << 8) | u32::from(*octet));
            self.point_code = Some(code & bits);
            rest = after;
        }
        if indicator & 0x02 != 0 {
            let (ssn, after) = rest.split_first().ok_or(short(2))?;
            self.ssn = Some(*ssn);
            rest = after;
        }
        let gti = (indicator >> 2) & 0x0f;
        if gti != 0 {
            let before = octets.len().saturating_sub(rest.len());
            let title = GlobalTitle::parse(gti, rest, offset.saturating_add(before))?;
            self.global_title = Some(title);
        }
        Ok(())
    }

    /// The global title as a number.
    pub fn number(&self) -> Option<Number> {
        self.global_title.map(|title| title.number())
    }
}

/// The digits of the global title; without one, the point code.
impl fmt::Display for Address<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.global_title, self.point_code) {
            (Some(title), _) => fmt::Display::fmt(title, f),
            (None, Some(point_code)) => fmt::Display::fmt(&point_code, f),
            (None, None) => f.pad(""),
        }
    }
}

//! Short messages: the TPDU of SM-TL (3GPP TS 23.040 V17).
//!
//! ```text
//! SMS-DELIVER  flags | TP-OA | TP-PID | TP-DCS | TP-SCTS (7)        | TP-UDL | TP-UD
//! SMS-SUBMIT   flags | TP-MR | TP-DA | TP-PID | TP-DCS | TP-VP (0, 1, 7) | TP-UDL | TP-UD
//! STATUS-REPORT flags | TP-MR | TP-RA | TP-SCTS (7) | TP-DT (7) | TP-ST | parameters
//! COMMAND      flags | TP-MR | TP-PID | TP-CT | TP-MN | TP-DA | TP-CDL | TP-CD
//! reports      flags | TP-FCS, after an error only | parameters, in SUBMIT-REPORT with TP-SCTS (7) after TP-PI
//! parameters: TP-PI | TP-PID (PI bit 0) | TP-DCS (bit 1) | TP-UDL, TP-UD (bit 2)
//! flags: MTI (bits 2, 1), MMS (3), in SUBMIT VPF (5, 4), UDHI (7)
//! TP-UD with UDHI: UDHL | IEI IEDL IED | ... | text, which in the 7-bit alphabet starts at a septet boundary
//! ```
//!
//! Called by `dissect` with the SM-RP-UI of forwardSM and its like; the direction comes from there, since the message
//! type indicator means different things to and from the service centre. Calls nothing.
//!
//! **Handled:** all six types; the peer's address, numeric or alphanumeric; the data coding scheme as an alphabet;
//! concatenation (8 and 16 bit references) and application ports; the text in the default alphabet with its extension
//! table, in 8 bits and in UCS-2 (surrogate pairs included); status and failure cause of reports. **Not handled:** the
//! tables of national languages (the default ones are used, and [`Tpdu::national`] says so), compressed text, validity
//! period and times, EMS.

mod address;
mod text;

pub use address::TpAddress;
pub use text::Alphabet;

use super::ss7::Direction;
use super::{DecodeError, Named};
use crate::health::Layer;

const LAYER: Layer = Layer::Sms;

/// Octets of TP-SCTS and TP-DT (§9.2.3.11).
const TIMESTAMP: usize = 7;

/// Which TPDU (TS 23.040 §9.2.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum TpduKind {
    Deliver,
    DeliverReport,
    Submit,
    SubmitReport,
    StatusReport,
    Command,
}

impl TpduKind {
    /// The name in TS 23.040.
    pub fn name(self) -> &'static str {
        match self {
            Self::Deliver => "SMS-DELIVER",
            Self::DeliverReport => "SMS-DELIVER-REPORT",
            Self::Submit => "SMS-SUBMIT",
            Self::SubmitReport => "SMS-SUBMIT-REPORT",
            Self::StatusReport => "SMS-STATUS-REPORT",
            Self::Command => "SMS-COMMAND",
        }
    }
}

/// One part of a long message (TS 23.040 §9.2.3.24.1, §9.2.3.24.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Concatenation {
    /// The same in all parts.
    pub reference: u16,
    /// How many parts.
    pub parts: u8,
    /// Which part, from 1.
    pub part: u8,
}

/// One TPDU.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tpdu<'a> {
    /// Which TPDU.
    pub kind: TpduKind,
    /// The peer: TP-OA, TP-DA or TP-RA.
    pub address: Option<TpAddress>,
    /// TP-PID.
    pub protocol_identifier: Option<u8>,
    /// TP-DCS.
    pub data_coding_scheme: Option<u8>,
    /// Concatenation, where the message is one part of several.
    pub concatenation: Option<Concatenation>,
    /// Destination and source port of an application, where named.
    pub ports: Option<(u16, u16)>,
    /// A national language table is named (§9.2.3.24.15, .16), so that some characters are others than they seem.
    pub national: bool,
    /// TP-MR: which message of its sender it is, or is about.
    pub reference: Option<u8>,
    /// TP-ST of a STATUS-REPORT (§9.2.3.15): below 0x20 it arrived, from 0x40 on it never will.
    pub status: Option<u8>,
    /// TP-FCS of a report (§9.2.3.22): why the message was refused.
    pub failure_cause: Option<u8>,
    /// TP-UD: user data with their header.
    pub user_data: &'a [u8],
    /// TP-UDL: septets in the 7-bit alphabet, octets in the others.
    pub user_data_len: u8,
    /// Octets of the user data header with its length octet; 0 without one.
    pub header_len: usize,
    /// What ended the decoding early.
    pub stop: Option<DecodeError>,
}

/// Takes octets off the front, knowing where they stood.
struct Reader<'a> {
    octets: &'a [u8],
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, len: usize) -> Result<&'a [u8], DecodeError> {
        let error = DecodeError::short(LAYER, self.offset(), len, self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(len).ok_or(error)?;
        self.rest = rest;
        Ok(taken)
    }

    fn octet(&mut self) -> Result<u8, DecodeError> {
        let error = DecodeError::short(LAYER, self.offset(), 1, 0);
        let (octet, rest) = self.rest.split_first().ok_or(error)?;
        self.rest = rest;
        Ok(*octet)
    }

    fn offset(&self) -> usize {
        self.octets.len().saturating_sub(self.rest.len())
    }
}

impl<'a> Tpdu<'a> {
    /// Reads a TPDU that goes to the subscriber (from the service centre) or from it. An error only for an empty one
    /// and a reserved type; what stands before a later defect is kept.
    pub fn parse(octets: &'a [u8], direction: Direction) -> Result<Self, DecodeError> {
        let mut reader = Reader { octets, rest: octets };
        let flags = reader.octet()?;
        let kind = match (direction, flags & 0x03) {
            // §9.2.3.1: a reserved type is processed as SMS-DELIVER.
            (Direction::Terminating, 0 | 3) => TpduKind::Deliver,
            (Direction::Terminating, 1) => TpduKind::SubmitReport,
            (Direction::Terminating, 2) => TpduKind::StatusReport,
            (Direction::Originating, 0) => TpduKind::DeliverReport,
            (Direction::Originating, 1) => TpduKind::Submit,
            (Direction::Originating, 2) => TpduKind::Command,
            (_, reserved) => {
                let what = "reserved TP-MTI";
                return Err(DecodeError::unsupported(LAYER, 0, what, u32::from(reserved)));
            }
        };
        let mut tpdu = Self {
            kind,
            address: None,
            protocol_identifier: None,
            data_coding_scheme: None,
            concatenation: None,
            ports: None,
            national: false,
            reference: None,
            status: None,
            failure_cause: None,
            user_data: &[],
            user_data_len: 0,
            header_len: 0,
            stop: None,
        };
        tpdu.stop = tpdu.read(flags, &mut reader).err();
        Ok(tpdu)
    }

    fn read(&mut self, flags: u8, reader: &mut Reader<'a>) -> Result<(), DecodeError> {
        match self.kind {
            TpduKind::Deliver => {
                self.address = Some(address(reader)?);
                self.coding(reader)?;
                reader.take(TIMESTAMP)?;
                self.user_data(flags, reader)
            }
            TpduKind::Submit => {
                self.reference = Some(reader.octet()?);
                self.address = Some(address(reader)?);
                self.coding(reader)?;
                // TP-VPF (§9.2.3.3): none, enhanced, relative, absolute.
                reader.take([0, 7, 1, 7].get(usize::from(flags >> 3 & 0x03)).copied().unwrap_or(0))?;
                self.user_data(flags, reader)
            }
            TpduKind::StatusReport => {
                self.reference = Some(reader.octet()?);
                self.address = Some(address(reader)?);
                reader.take(TIMESTAMP)?;
                reader.take(TIMESTAMP)?;
                self.status = Some(reader.octet()?);
                self.parameters(flags, reader, 0)
            }
            TpduKind::Command => {
                self.reference = Some(reader.octet()?);
                self.protocol_identifier = Some(reader.octet()?);
                // TP-CT, TP-MN
                reader.take(2)?;
                self.address = Some(address(reader)?);
                let len = usize::from(reader.octet()?);
                reader.take(len).map(drop)
            }
            TpduKind::DeliverReport | TpduKind::SubmitReport => {
                // TP-FCS is there after an error only, which the layer below knows. Its values are from 0x80 on, those
                // of TP-PI below (its bit 7 announces an octet that no release has defined).
                if reader.rest.first().is_some_and(|octet| *octet >= 0x80) {
                    self.failure_cause = Some(reader.octet()?);
                }
                let timestamp = if self.kind == TpduKind::SubmitReport { TIMESTAMP } else { 0 };
                self.parameters(flags, reader, timestamp)
            }
        }
    }

    fn coding(&mut self, reader: &mut Reader<'a>) -> Result<(), DecodeError> {
        self.protocol_identifier = Some(reader.octet()?);
        self.data_coding_scheme = Some(reader.octet()?);
        Ok(())
    }

    /// What TP-PI announces (§9.2.3.27); all of it may be missing.
    fn parameters(&mut self, flags: u8, reader: &mut Reader<'a>, timestamp: usize) -> Result<(), DecodeError> {
        let indicator = if reader.rest.is_empty() { 0 } else { reader.octet()? };
        // Some networks end an acknowledgement after its type or TP-PI.
        reader.take(if reader.rest.is_empty() { 0 } else { timestamp })?;
        if indicator & 1 != 0 {
            self.protocol_identifier = Some(reader.octet()?);
        }
        if indicator & 2 != 0 {
            self.data_coding_scheme = Some(reader.octet()?);
        }
        if indicator & 4 != 0 { self.user_data(flags, reader) } else { Ok(()) }
    }

    fn user_data(&mut self, flags: u8, reader: &mut Reader<'a>) -> Result<(), DecodeError> {
        self.user_data_len = reader.octet()?;
        let len = usize::from(self.user_data_len);
        let octets = match Alphabet::of(self.data_coding_scheme.unwrap_or(0)) {
            Alphabet::Default => len.saturating_mul(7).div_ceil(8),
            _ => len,
        };
        let offset = reader.offset();
        let available = reader.rest.len();
        self.user_data = reader.take(octets.min(available))?;
        if flags & 0x40 != 0 {
            self.header(offset)?;
        }
        if available < octets {
            return Err(DecodeError::short(LAYER, offset, octets, available));
        }
        Ok(())
    }

    /// The user data header (§9.2.3.24).
    fn header(&mut self, offset: usize) -> Result<(), DecodeError> {
        let short = |needed| DecodeError::short(LAYER, offset, needed, self.user_data.len());
        let (&len, rest) = self.user_data.split_first().ok_or(short(1))?;
        let len = usize::from(len);
        let mut elements = rest.get(..len).ok_or(short(len.saturating_add(1)))?;
        self.header_len = len.saturating_add(1);
        while let [iei, len, rest @ ..] = elements {
            let what = "information element beyond the user data header";
            let error = DecodeError::malformed(LAYER, offset, what);
            let (value, after) = rest.split_at_checked(usize::from(*len)).ok_or(error)?;
            match (*iei, value) {
                (0x00, &[reference, parts, part]) => {
                    self.concatenation = concatenation([0, reference], parts, part);
                }
                (0x08, &[r1, r2, parts, part]) => {
                    self.concatenation = concatenation([r1, r2], parts, part);
                }
                (0x24 | 0x25, _) => self.national = true,
                (0x04, &[to, from]) => self.ports = Some((u16::from(to), u16::from(from))),
                (0x05, &[t1, t2, f1, f2]) => {
                    self.ports = Some((u16::from_be_bytes([t1, t2]), u16::from_be_bytes([f1, f2])));
                }
                _ => {}
            }
            elements = after;
        }
        Ok(())
    }

    /// The alphabet of the text.
    pub fn alphabet(&self) -> Alphabet {
        self.data_coding_scheme.map_or(Alphabet::Default, Alphabet::of)
    }

    /// The text, in UTF-8 within `buffer`, as much of it as fits. Octets of binary data become hexadecimal digits.
    pub fn text<'b>(&self, buffer: &'b mut [u8]) -> &'b str {
        text::decode(self, buffer)
    }

    /// Files the peer's number under its meaning: TP-OA is calling, TP-DA is called. An alphanumeric sender is no
    /// number and stays in [`Self::address`].
    pub fn name(&self, named: &mut Named) {
        let Some(TpAddress::Number(number)) = self.address else {
            return;
        };
        match self.kind {
            TpduKind::Deliver => named.calling = Some(number),
            TpduKind::Submit | TpduKind::StatusReport | TpduKind::Command => {
                named.called = Some(number);
            }
            TpduKind::DeliverReport | TpduKind::SubmitReport => {}
        }
    }
}

/// Part 0, or one beyond the last, is to be ignored (§9.2.3.24.1).
fn concatenation(reference: [u8; 2], parts: u8, part: u8) -> Option<Concatenation> {
    (1..=parts).contains(&part).then(|| Concatenation { reference: u16::from_be_bytes(reference), parts, part })
}

fn address(reader: &mut Reader<'_>) -> Result<TpAddress, DecodeError> {
    let offset = reader.offset();
    let digits = reader.octet()?;
    let kind = reader.octet()?;
    let value = reader.take(usize::from(digits).div_ceil(2))?;
    TpAddress::parse(digits, kind, value).ok_or(DecodeError::malformed(LAYER, offset, "address of a short message"))
}

#[cfg(test)]
mod tests;

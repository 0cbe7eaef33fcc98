//! M3UA: MTP3 user adaptation (RFC 4666).
//!
//! ```text
//!  0                   1                   2                   3
//! +---------------+---------------+---------------+---------------+
//! |  Version (1)  |   Reserved    | Message Class | Message Type  |
//! +---------------+---------------+---------------+---------------+
//! |             Message Length (header and padding counted)       |
//! +-------------------------------+-------------------------------+
//! |         Parameter Tag         | Parameter Length (with header)|   repeated, each padded to 4 octets
//! +-------------------------------+-------------------------------+
//! ```
//!
//! Called by `dissect` with one SCTP user message (payload protocol 3). It gives the user data of DATA to SCCP or ISUP.
//!
//! **Handled:** all message classes and types by name; the parameters of any message; of DATA the routing label and
//! the user data. A length that counts the final padding or leaves it out, missing padding, and octets that the
//! capture cut are tolerated.
//! **Not handled:** the state of ASPs and routing contexts; versions other than 1.

use crate::health::Layer;
use crate::wire::DecodeError;

const LAYER: Layer = Layer::M3ua;
const HEADER_LEN: usize = 8;

/// Parameter tags (RFC 4666 §3.2).
#[allow(missing_docs)]
pub mod tag {
    pub const INFO_STRING: u16 = 0x0004;
    pub const ROUTING_CONTEXT: u16 = 0x0006;
    pub const DIAGNOSTIC_INFORMATION: u16 = 0x0007;
    pub const HEARTBEAT_DATA: u16 = 0x0009;
    pub const TRAFFIC_MODE_TYPE: u16 = 0x000b;
    pub const ERROR_CODE: u16 = 0x000c;
    pub const STATUS: u16 = 0x000d;
    pub const ASP_IDENTIFIER: u16 = 0x0011;
    pub const AFFECTED_POINT_CODE: u16 = 0x0012;
    pub const CORRELATION_ID: u16 = 0x0013;
    pub const NETWORK_APPEARANCE: u16 = 0x0200;
    pub const PROTOCOL_DATA: u16 = 0x0210;
}

/// Message class and type (RFC 4666 §3.1.3, §3.1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MessageType {
    /// Message class.
    pub class: u8,
    /// Type within the class.
    pub kind: u8,
}

macro_rules! message_types {
    ($($constant:ident = $class:literal, $kind:literal => $name:literal;)*) => {
        #[allow(missing_docs)]
        impl MessageType {
            $(pub const $constant: Self = Self { class: $class, kind: $kind };)*

            /// The name in RFC 4666; `None` for one that it does not define.
            pub fn name(self) -> Option<&'static str> {
                match (self.class, self.kind) {
                    $(($class, $kind) => Some($name),)*
                    _ => None,
                }
            }
        }
    };
}

message_types! {
    ERR = 0, 0 => "ERR";
    NTFY = 0, 1 => "NTFY";
    DATA = 1, 1 => "DATA";
    DUNA = 2, 1 => "DUNA";
    DAVA = 2, 2 => "DAVA";
    DAUD = 2, 3 => "DAUD";
    SCON = 2, 4 => "SCON";
    DUPU = 2, 5 => "DUPU";
    DRST = 2, 6 => "DRST";
    ASPUP = 3, 1 => "ASPUP";
    ASPDN = 3, 2 => "ASPDN";
    BEAT = 3, 3 => "BEAT";
    ASPUP_ACK = 3, 4 => "ASPUP_ACK";
    ASPDN_ACK = 3, 5 => "ASPDN_ACK";
    BEAT_ACK = 3, 6 => "BEAT_ACK";
    ASPAC = 4, 1 => "ASPAC";
    ASPIA = 4, 2 => "ASPIA";
    ASPAC_ACK = 4, 3 => "ASPAC_ACK";
    ASPIA_ACK = 4, 4 => "ASPIA_ACK";
    REG_REQ = 9, 1 => "REG_REQ";
    REG_RSP = 9, 2 => "REG_RSP";
    DEREG_REQ = 9, 3 => "DEREG_REQ";
    DEREG_RSP = 9, 4 => "DEREG_RSP";
}

/// The Protocol Data parameter (RFC 4666 §3.3.1): the routing label and what it carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProtocolData<'a> {
    /// Originating point code.
    pub opc: u32,
    /// Destination point code.
    pub dpc: u32,
    /// Service indicator ([`super::service_indicator`]).
    pub si: u8,
    /// Network indicator.
    pub ni: u8,
    /// Message priority.
    pub mp: u8,
    /// Signalling link selection.
    pub sls: u8,
    /// The user part's message.
    pub user_data: &'a [u8],
    /// Offset of the user data in the M3UA message.
    pub user_data_offset: usize,
}

/// One M3UA message.
#[derive(Debug, Clone, Copy)]
pub struct M3ua<'a> {
    /// Class and type.
    pub message_type: MessageType,
    /// Network Appearance, where sent.
    pub network_appearance: Option<u32>,
    /// The first Routing Context, where sent.
    pub routing_context: Option<u32>,
    /// Protocol Data, in DATA.
    pub data: Option<ProtocolData<'a>>,
    /// All parameters, in order.
    pub parameters: Parameters<'a>,
    /// What ended the decoding early.
    pub stop: Option<DecodeError>,
}

impl<'a> M3ua<'a> {
    /// Reads one message. An error only where not even the header can be read.
    pub fn parse(octets: &'a [u8]) -> Result<Self, DecodeError> {
        let Some((&[version, _, class, kind, l1, l2, l3, l4], _)) = octets.split_first_chunk::<HEADER_LEN>() else {
            return Err(DecodeError::short(LAYER, 0, HEADER_LEN, octets.len()));
        };
        if version != 1 {
            let version = u32::from(version);
            return Err(DecodeError::unsupported(LAYER, 0, "M3UA version", version));
        }
        let (body, mut stop) = body(octets, u32::from_be_bytes([l1, l2, l3, l4]));
        let message_type = MessageType { class, kind };
        let parameters = Parameters { rest: body, offset: HEADER_LEN, defect: None };
        let mut message =
            Self { message_type, network_appearance: None, routing_context: None, data: None, parameters, stop: None };
        for parameter in parameters {
            match parameter {
                Ok(parameter) => {
                    if let Err(error) = message.read(&parameter) {
                        stop = stop.or(Some(error));
                    }
                }
                Err(error) => stop = stop.or(Some(error)),
            }
        }
        if message_type == MessageType::DATA && message.data.is_none() {
            stop = stop.or(Some(DecodeError::malformed(LAYER, HEADER_LEN, "DATA without Protocol Data")));
        }
        message.stop = stop;
        Ok(message)
    }

    fn read(&mut self, parameter: &Parameter<'a>) -> Result<(), DecodeError> {
        let word = || {
            let word = parameter.value.first_chunk().copied();
            word.map(u32::from_be_bytes)
        };
        match parameter.tag {
            tag::NETWORK_APPEARANCE => self.network_appearance = self.network_appearance.or(word()),
            tag::ROUTING_CONTEXT => self.routing_context = self.routing_context.or(word()),
            tag::PROTOCOL_DATA if self.data.is_none() => {
                self.data = Some(ProtocolData::parse(parameter)?);
            }
            _ => {}
        }
        Ok(())
    }

    /// The name of the message type.
    pub fn name(&self) -> &'static str {
        self.message_type.name().unwrap_or("unknown")
    }
}

/// What the Message Length leaves as parameters. Padding may be counted or not (§3.1.5 lets receivers accept both).
fn body(octets: &[u8], length: u32) -> (&[u8], Option<DecodeError>) {
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    let available = octets.len();
    let all = octets.get(HEADER_LEN..).unwrap_or_default();
    if length < HEADER_LEN {
        let error = DecodeError::malformed(LAYER, 4, "message length shorter than the header");
        return (all, Some(error));
    }
    if length > available {
        // The padding of the last parameter may be counted without being there.
        let missing = length.saturating_sub(available);
        let error = (missing > 3).then(|| DecodeError::short(LAYER, 4, length, available));
        return (all, error);
    }
    let trailing = available.saturating_sub(length);
    let rest = octets.get(length..).unwrap_or_default();
    if trailing > 3 || rest.iter().any(|&octet| octet != 0) {
        let body = octets.get(HEADER_LEN..length).unwrap_or_default();
        let error = DecodeError {
            layer: LAYER,
            offset: length,
            kind: crate::wire::DecodeErrorKind::TrailingData { octets: trailing },
        };
        return (body, Some(error));
    }
    (all, None)
}

impl<'a> ProtocolData<'a> {
    fn parse(parameter: &Parameter<'a>) -> Result<Self, DecodeError> {
        const LABEL_LEN: usize = 12;
        let Some((&[o1, o2, o3, o4, d1, d2, d3, d4, si, ni, mp, sls], user_data)) =
            parameter.value.split_first_chunk::<LABEL_LEN>()
        else {
            let available = parameter.value.len();
            return Err(DecodeError::short(LAYER, parameter.offset, LABEL_LEN, available));
        };
        Ok(Self {
            opc: u32::from_be_bytes([o1, o2, o3, o4]),
            dpc: u32::from_be_bytes([d1, d2, d3, d4]),
            si,
            ni,
            mp,
            sls,
            user_data,
            user_data_offset: parameter.offset.saturating_add(4).saturating_add(LABEL_LEN),
        })
    }
}

/// One parameter (RFC 4666 §3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter<'a> {
    /// Parameter Tag.
    pub tag: u16,
    /// Parameter Value, without padding.
    pub value: &'a [u8],
    /// Offset of the parameter in the message.
    pub offset: usize,
}

/// The parameters of a message, in order. One that is cut is yielded with what is there, then the defect.
#[derive(Debug, Clone, Copy)]
pub struct Parameters<'a> {
    rest: &'a [u8],
    offset: usize,
    defect: Option<DecodeError>,
}

impl<'a> Iterator for Parameters<'a> {
    type Item = Result<Parameter<'a>, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(error) = self.defect.take() {
            return Some(Err(error));
        }
        let available = self.rest.len();
        let Some((&[t1, t2, l1, l2], value)) = self.rest.split_first_chunk::<4>() else {
            // Up to three octets are the padding of the last parameter.
            let padding = self.rest.iter().all(|&octet| octet == 0);
            self.rest = &[];
            return (!padding).then(|| Err(DecodeError::short(LAYER, self.offset, 4, available)));
        };
        let offset = self.offset;
        let length = usize::from(u16::from_be_bytes([l1, l2]));
        let Some(len) = length.checked_sub(4) else {
            self.rest = &[];
            let what = "parameter length shorter than its header";
            return Some(Err(DecodeError::malformed(LAYER, offset, what)));
        };
        let tag = u16::from_be_bytes([t1, t2]);
        let Some(whole) = value.get(..len) else {
            self.rest = &[];
            self.defect = Some(DecodeError::short(LAYER, offset, length, available));
            return Some(Ok(Parameter { tag, value, offset }));
        };
        let padded = len.next_multiple_of(4);
        self.rest = value.get(padded..).unwrap_or_default();
        self.offset = offset.saturating_add(4).saturating_add(padded);
        Some(Ok(Parameter { tag, value: whole, offset }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::arithmetic_side_effects)]

    use super::*;
    use proptest::prelude::*;

    const DATA: &[u8] = &[
        0x01, 0x00, 0x01, 0x01, // version 1, class Transfer, type DATA
        0x00, 0x00, 0x00, 0x2c, // 44 octets
        0x02, 0x00, 0x00, 0x08, 0x00, 0x00, 0x00, 0x07, // Network Appearance 7
        0x00, 0x06, 0x00, 0x08, 0x00, 0x00, 0x00, 0x64, // Routing Context 100
        0x02, 0x10, 0x00, 0x13, // Protocol Data, 19 octets
        0x00, 0x00, 0x00, 0x0b, // OPC 11
        0x00, 0x00, 0x00, 0x16, // DPC 22
        0x03, 0x02, 0x00, 0x05, // SI SCCP, NI 2, MP 0, SLS 5
        0x09, 0x00, 0x03, 0x00, // three octets of user data, padding
    ];

    #[test]
    fn data_known_answer() {
        let message = M3ua::parse(DATA).unwrap();
        assert_eq!(message.name(), "DATA");
        assert_eq!(message.network_appearance, Some(7));
        assert_eq!(message.routing_context, Some(100));
        let data = message.data.unwrap();
        assert_eq!((data.opc, data.dpc), (11, 22));
        assert_eq!((data.si, data.ni, data.mp, data.sls), (3, 2, 0, 5));
        assert_eq!(data.user_data, [0x09, 0x00, 0x03]);
        assert_eq!(&DATA[data.user_data_offset..][..3], data.user_data);
        assert_eq!(message.stop, None);
    }

    #[test]
    fn length_without_padding_and_missing_padding() {
        let mut octets = DATA.to_vec();
        octets[7] = 0x2b; // the padding octet is not counted
        assert_eq!(M3ua::parse(&octets).unwrap().stop, None);
        octets.pop(); // and not there
        let message = M3ua::parse(&octets).unwrap();
        assert_eq!(message.stop, None);
        assert_eq!(message.data.unwrap().user_data.len(), 3);
        octets[7] = 0x2c; // counted but not there
        assert_eq!(M3ua::parse(&octets).unwrap().stop, None);
    }

    #[test]
    fn trailing_octets_are_told() {
        let mut octets = DATA.to_vec();
        octets.extend([1, 2, 3, 4]);
        let message = M3ua::parse(&octets).unwrap();
        assert_eq!(message.stop.unwrap().reason(), "octets after the end");
        assert!(message.data.is_some());
    }

    #[test]
    fn every_prefix_is_an_error_or_partial() {
        for end in 0..DATA.len() - 1 {
            match M3ua::parse(&DATA[..end]) {
                Ok(message) => assert!(message.stop.is_some(), "{end}"),
                Err(_) => assert!(end < HEADER_LEN),
            }
        }
        let cut = M3ua::parse(&DATA[..42]).unwrap();
        assert_eq!(cut.data.unwrap().user_data, [0x09, 0x00]);
    }

    #[test]
    fn other_versions_and_types() {
        assert!(M3ua::parse(&[2, 0, 1, 1, 0, 0, 0, 8]).is_err());
        let beat = M3ua::parse(&[1, 0, 3, 3, 0, 0, 0, 8]).unwrap();
        assert_eq!((beat.name(), beat.stop), ("BEAT", None));
        let unknown = M3ua::parse(&[1, 0, 8, 1, 0, 0, 0, 8]).unwrap();
        assert_eq!(unknown.name(), "unknown");
    }

    proptest! {
        #[test]
        fn any_octets(octets in prop::collection::vec(any::<u8>(), 0..100)) {
            let _ = M3ua::parse(&octets);
        }

        #[test]
        fn mutated(at in 0usize..44, value: u8) {
            let mut octets = DATA.to_vec();
            octets[at] = value;
            if let Ok(message) = M3ua::parse(&octets) {
                prop_assert!(message.parameters.count() <= octets.len());
            }
        }
    }
}

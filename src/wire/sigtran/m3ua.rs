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
//! capture cut are tolerated. DATA of draft-ietf-sigtran-m3ua-05 to -07, whose Protocol Data is a message signal unit,
//! with or without the length indicator of JT-Q703; what it has tells it from that of the RFC.
//! **Not handled:** the state of ASPs and routing contexts; versions other than 1; the drafts' tags in other messages.

use super::common::{Head, Msu, message_types};
pub use super::common::{Parameter, Parameters};
use crate::health::Layer;
use crate::wire::DecodeError;

const LAYER: Layer = Layer::M3ua;

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
    pub const USER_CAUSE: u16 = 0x0204;
    pub const CONGESTION_INDICATIONS: u16 = 0x0205;
    pub const CONCERNED_DESTINATION: u16 = 0x0206;
    pub const ROUTING_KEY: u16 = 0x0207;
    pub const REGISTRATION_RESULT: u16 = 0x0208;
    pub const DEREGISTRATION_RESULT: u16 = 0x0209;
    pub const LOCAL_ROUTING_KEY_IDENTIFIER: u16 = 0x020a;
    pub const DESTINATION_POINT_CODE: u16 = 0x020b;
    pub const SERVICE_INDICATORS: u16 = 0x020c;
    pub const ORIGINATING_POINT_CODE_LIST: u16 = 0x020e;
    pub const PROTOCOL_DATA: u16 = 0x0210;
    pub const REGISTRATION_STATUS: u16 = 0x0212;
    pub const DEREGISTRATION_STATUS: u16 = 0x0213;
}

/// Parameter tags of the drafts, as far as DATA has them (draft-ietf-sigtran-m3ua-05 to -07).
mod draft {
    pub(super) const NETWORK_APPEARANCE: [u16; 2] = [0x0001, 0x0080];
    pub(super) const PROTOCOL_DATA_1: [u16; 2] = [0x0002, 0x0081];
    /// In draft 5 the protocol data, from draft 6 on those with the length indicator of JT-Q703.
    pub(super) const PROTOCOL_DATA_2: [u16; 2] = [0x0003, 0x0082];
}

message_types! {
    "RFC 4666 §3.1.3, §3.1.4";
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
    /// What DATA of the drafts has in its place: a message signal unit with its routing label still unread.
    pub msu: Option<Msu<'a>>,
    /// All parameters, in order.
    pub parameters: Parameters<'a>,
    /// What ended the decoding early.
    pub stop: Option<DecodeError>,
}

impl<'a> M3ua<'a> {
    /// Reads one message. An error only where not even the header can be read.
    pub fn parse(octets: &'a [u8]) -> Result<Self, DecodeError> {
        let head = Head::parse(octets, LAYER, "M3UA version")?;
        let mut stop = head.stop;
        let message_type = MessageType { class: head.class, kind: head.kind };
        let parameters = head.parameters(LAYER);
        let mut message = Self {
            message_type,
            network_appearance: None,
            routing_context: None,
            data: None,
            msu: None,
            parameters,
            stop: None,
        };
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
        if message_type == MessageType::DATA && message.data.is_none() && message.msu.is_none() {
            stop = stop.or(Some(DecodeError::malformed(LAYER, octets.len().min(8), "DATA without Protocol Data")));
        }
        message.stop = stop;
        Ok(message)
    }

    fn read(&mut self, parameter: &Parameter<'a>) -> Result<(), DecodeError> {
        match parameter.tag {
            tag::NETWORK_APPEARANCE => self.network_appearance = self.network_appearance.or(parameter.word()),
            tag::ROUTING_CONTEXT => self.routing_context = self.routing_context.or(parameter.word()),
            tag::PROTOCOL_DATA if self.data.is_none() => {
                self.data = Some(ProtocolData::parse(parameter)?);
            }
            tag if self.message_type == MessageType::DATA => self.read_draft(tag, parameter),
            _ => {}
        }
        Ok(())
    }

    /// The tags of the drafts mean nothing in DATA of the RFC, so that they tell themselves.
    fn read_draft(&mut self, tag: u16, parameter: &Parameter<'a>) {
        if draft::NETWORK_APPEARANCE.contains(&tag) {
            self.network_appearance = self.network_appearance.or(parameter.word());
        } else if self.msu.is_none() && draft::PROTOCOL_DATA_1.contains(&tag) {
            self.msu = Some(Msu::plain(parameter));
        } else if self.msu.is_none() && draft::PROTOCOL_DATA_2.contains(&tag) {
            let with_length = Msu::starts_with_length(parameter.value);
            self.msu = Some(if with_length { Msu::with_length(parameter) } else { Msu::plain(parameter) });
        }
    }

    /// The name of the message type.
    pub fn name(&self) -> &'static str {
        self.message_type.name().unwrap_or("unknown")
    }
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

#[cfg(test)]
mod tests {
    #![allow(clippy::arithmetic_side_effects)]

    use super::*;
    use crate::wire::sigtran::common::HEADER_LEN;
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

    /// 83 05 00 c0 00: SIO national SCCP, routing label of ITU; two octets of user data.
    #[test]
    fn protocol_data_of_the_drafts() {
        let head = [1, 0, 1, 1, 0, 0, 0, 20];
        let [six, five, seven] = [
            // Protocol Data 1 of draft 6: 7 octets, one of padding
            [0x00, 0x02, 0x00, 0x0b, 0x83, 0x05, 0x00, 0xc0, 0x00, 0x09, 0x00, 0x00],
            // Protocol Data of draft 5
            [0x00, 0x03, 0x00, 0x0b, 0x83, 0x05, 0x00, 0xc0, 0x00, 0x09, 0x00, 0x00],
            // Protocol Data 2 of draft 7: priority 1 and length 7 first
            [0x00, 0x82, 0x00, 0x0c, 0x47, 0x83, 0x05, 0x00, 0xc0, 0x00, 0x09, 0x00],
        ]
        .map(|parameter| [&head[..], &parameter].concat());
        for (octets, priority) in [(six, None), (five, None), (seven, Some(1))] {
            let message = M3ua::parse(&octets).unwrap();
            assert_eq!((message.stop, message.data), (None, None));
            let msu = message.msu.unwrap();
            assert_eq!(msu.octets, [0x83, 0x05, 0x00, 0xc0, 0x00, 0x09, 0x00]);
            assert_eq!((&octets[msu.offset..][..7], msu.priority), (msu.octets, priority));
        }
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

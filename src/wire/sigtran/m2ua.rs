//! M2UA: MTP2 user adaptation (RFC 3331): a signalling gateway hands the message signal units of its links to a
//! remote MTP3.
//!
//! The header and the parameters are those of M3UA:
//!
//! ```text
//! | Version (1) | Reserved | Class | Type | Message Length (32) | Tag (16) | Length (16) | value, padded | ...
//! ```
//!
//! Called by `dissect` with one SCTP user message (payload protocol 2). It gives the message signal unit to MTP3.
//!
//! **Handled:** all message classes and types by name, interface identifiers (integer), Protocol Data 1, Protocol
//! Data 2 (with the length indicator of JT-Q703), and the tag 0x000e that the drafts to -07 have for Protocol Data.
//! **Not handled:** the state of links and ASPs; the contents of other messages.

use super::common::{Head, Msu, Parameter, Parameters, message_types};
use crate::health::Layer;
use crate::wire::DecodeError;

const LAYER: Layer = Layer::M2ua;

/// Parameter tags (RFC 3331 §3.1.4).
#[allow(missing_docs)]
pub mod tag {
    pub const INTERFACE_IDENTIFIER_INTEGER: u16 = 0x0001;
    pub const INTERFACE_IDENTIFIER_TEXT: u16 = 0x0003;
    pub const DRAFT_PROTOCOL_DATA: u16 = 0x000e;
    pub const PROTOCOL_DATA_1: u16 = 0x0300;
    pub const PROTOCOL_DATA_2: u16 = 0x0301;
}

message_types! {
    "RFC 3331 §3.1.3";
    ERR = 0, 0 => "ERR";
    NTFY = 0, 1 => "NTFY";
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
    DATA = 6, 1 => "Data";
    ESTABLISH_REQUEST = 6, 2 => "Establish Request";
    ESTABLISH_CONFIRM = 6, 3 => "Establish Confirm";
    RELEASE_REQUEST = 6, 4 => "Release Request";
    RELEASE_CONFIRM = 6, 5 => "Release Confirm";
    RELEASE_INDICATION = 6, 6 => "Release Indication";
    STATE_REQUEST = 6, 7 => "State Request";
    STATE_CONFIRM = 6, 8 => "State Confirm";
    STATE_INDICATION = 6, 9 => "State Indication";
    DATA_RETRIEVAL_REQUEST = 6, 10 => "Data Retrieval Request";
    DATA_RETRIEVAL_CONFIRM = 6, 11 => "Data Retrieval Confirm";
    DATA_RETRIEVAL_INDICATION = 6, 12 => "Data Retrieval Indication";
    DATA_RETRIEVAL_COMPLETE_INDICATION = 6, 13 => "Data Retrieval Complete Indication";
    CONGESTION_INDICATION = 6, 14 => "Congestion Indication";
    DATA_ACKNOWLEDGE = 6, 15 => "Data Acknowledge";
    REG_REQ = 10, 1 => "REG REQ";
    REG_RSP = 10, 2 => "REG RSP";
    DEREG_REQ = 10, 3 => "DEREG REQ";
    DEREG_RSP = 10, 4 => "DEREG RSP";
}

/// One M2UA message.
#[derive(Debug, Clone, Copy)]
pub struct M2ua<'a> {
    /// Class and type.
    pub message_type: MessageType,
    /// Interface identifier: the link, where it is told as a number.
    pub interface: Option<u32>,
    /// The message signal unit, in Data.
    pub msu: Option<Msu<'a>>,
    /// All parameters, in order.
    pub parameters: Parameters<'a>,
    /// What ended the decoding early.
    pub stop: Option<DecodeError>,
}

impl<'a> M2ua<'a> {
    /// Reads one message. An error only where not even the header can be read.
    pub fn parse(octets: &'a [u8]) -> Result<Self, DecodeError> {
        let head = Head::parse(octets, LAYER, "M2UA version")?;
        let mut stop = head.stop;
        let message_type = MessageType { class: head.class, kind: head.kind };
        let parameters = head.parameters(LAYER);
        let mut message = Self { message_type, interface: None, msu: None, parameters, stop: None };
        for parameter in parameters {
            match parameter {
                Ok(parameter) => message.read(&parameter),
                Err(error) => stop = stop.or(Some(error)),
            }
        }
        if message_type == MessageType::DATA && message.msu.is_none() {
            stop = stop.or(Some(DecodeError::malformed(LAYER, octets.len().min(8), "Data without Protocol Data")));
        }
        message.stop = stop;
        Ok(message)
    }

    fn read(&mut self, parameter: &Parameter<'a>) {
        let is_data = self.message_type == MessageType::DATA && self.msu.is_none();
        match parameter.tag {
            tag::INTERFACE_IDENTIFIER_INTEGER => self.interface = self.interface.or(parameter.word()),
            tag::PROTOCOL_DATA_1 | tag::DRAFT_PROTOCOL_DATA if is_data => self.msu = Some(Msu::plain(parameter)),
            tag::PROTOCOL_DATA_2 if is_data => self.msu = Some(Msu::with_length(parameter)),
            _ => {}
        }
    }

    /// The name of the message type.
    pub fn name(&self) -> &'static str {
        self.message_type.name().unwrap_or("unknown")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DATA: [u8; 28] = [
        0x01, 0x00, 0x06, 0x01, 0x00, 0x00, 0x00, 0x1c, // version 1, MAUP, Data, 28 octets
        0x00, 0x01, 0x00, 0x08, 0x00, 0x00, 0x00, 0x3e, // interface 62
        0x03, 0x00, 0x00, 0x0b, // Protocol Data 1, 11 octets
        0x83, 0x05, 0x00, 0xc0, 0x00, 0x09, 0x00, 0x00, // SIO, routing label, data; padding
    ];

    #[test]
    fn known_answers() {
        let message = M2ua::parse(&DATA).unwrap();
        assert_eq!((message.name(), message.interface, message.stop), ("Data", Some(62), None));
        let msu = message.msu.unwrap();
        assert_eq!((msu.octets, msu.offset), (&DATA[20..27], 20));
        let mut draft = DATA;
        (draft[16], draft[17]) = (0x00, 0x0e);
        assert_eq!(M2ua::parse(&draft).unwrap().msu, Some(msu));
        let mut second = DATA;
        (second[17], second[20]) = (0x01, 0xc6);
        let msu = M2ua::parse(&second).unwrap().msu.unwrap();
        assert_eq!((msu.octets, msu.priority), (&DATA[21..27], Some(3)));
        let state = M2ua::parse(&[1, 0, 6, 7, 0, 0, 0, 8]).unwrap();
        assert_eq!((state.name(), state.stop), ("State Request", None));
    }

    #[test]
    fn every_prefix_is_an_error_or_partial() {
        for end in 0..DATA.len() - 1 {
            match M2ua::parse(&DATA[..end]) {
                Ok(message) => assert!(message.stop.is_some(), "{end}"),
                Err(_) => assert!(end < 8),
            }
        }
    }

    proptest! {
        #[test]
        fn any_octets(octets in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = M2ua::parse(&octets).map(|message| message.name());
        }

        #[test]
        fn mutated(at in 0..DATA.len(), value: u8) {
            let mut octets = DATA;
            octets[at] = value;
            let _ = M2ua::parse(&octets);
        }
    }
}

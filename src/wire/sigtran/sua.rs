//! SUA: SCCP user adaptation (RFC 3868): what SCCP would carry, without it.
//!
//! The header and the parameters are those of M3UA. The address parameters hold parameters of their own:
//!
//! ```text
//! | tag 0x0102 or 0x0103 | length | routing indicator (16) | address indicator (16) | parameters ...
//! global title 0x8001:  reserved (24) | GTI | count of digits | translation type | plan | nature | digits ...
//! point code 0x8002:    32 bits              subsystem number 0x8003:  reserved (24) | SSN
//! ```
//!
//! Called by `dissect` with one SCTP user message (payload protocol 4). It gives the data to whom SCCP would give them.
//!
//! **Handled:** all message classes and types by name; of CLDT, CLDR and the messages of connections the addresses,
//! references, cause, segmentation and data. The tag 0x0003 that drafts to -08 have for data.
//! **Not handled:** the state of ASPs; addresses by IP and host name, which lead to no subscriber; the labels.

use super::common::{Head, Parameter, Parameters, message_types};
use crate::health::Layer;
use crate::identity::LongDigits;
use crate::wire::DecodeError;

const LAYER: Layer = Layer::Sua;

/// Parameter tags (RFC 3868 §3.9.1, §3.10).
#[allow(missing_docs)]
pub mod tag {
    pub const DRAFT_DATA: u16 = 0x0003;
    pub const ROUTING_CONTEXT: u16 = 0x0006;
    pub const SS7_HOP_COUNTER: u16 = 0x0101;
    pub const SOURCE_ADDRESS: u16 = 0x0102;
    pub const DESTINATION_ADDRESS: u16 = 0x0103;
    pub const SOURCE_REFERENCE_NUMBER: u16 = 0x0104;
    pub const DESTINATION_REFERENCE_NUMBER: u16 = 0x0105;
    pub const SCCP_CAUSE: u16 = 0x0106;
    pub const SEQUENCE_NUMBER: u16 = 0x0107;
    pub const DATA: u16 = 0x010b;
    pub const NETWORK_APPEARANCE: u16 = 0x010d;
    pub const IMPORTANCE: u16 = 0x0113;
    pub const PROTOCOL_CLASS: u16 = 0x0115;
    pub const SEGMENTATION: u16 = 0x0117;
    pub const GLOBAL_TITLE: u16 = 0x8001;
    pub const POINT_CODE: u16 = 0x8002;
    pub const SUBSYSTEM_NUMBER: u16 = 0x8003;
}

message_types! {
    "RFC 3868 §3.1.2, §3.1.3";
    ERR = 0, 0 => "ERR";
    NTFY = 0, 1 => "NTFY";
    DUNA = 2, 1 => "DUNA";
    DAVA = 2, 2 => "DAVA";
    DAUD = 2, 3 => "DAUD";
    SCON = 2, 4 => "SCON";
    DUPU = 2, 5 => "DUPU";
    DRST = 2, 6 => "DRST";
    ASPUP = 3, 1 => "UP";
    ASPDN = 3, 2 => "DOWN";
    BEAT = 3, 3 => "BEAT";
    ASPUP_ACK = 3, 4 => "UP ACK";
    ASPDN_ACK = 3, 5 => "DOWN ACK";
    BEAT_ACK = 3, 6 => "BEAT ACK";
    ASPAC = 4, 1 => "ACTIVE";
    ASPIA = 4, 2 => "INACTIVE";
    ASPAC_ACK = 4, 3 => "ACTIVE ACK";
    ASPIA_ACK = 4, 4 => "INACTIVE ACK";
    CLDT = 7, 1 => "CLDT";
    CLDR = 7, 2 => "CLDR";
    CORE = 8, 1 => "CORE";
    COAK = 8, 2 => "COAK";
    COREF = 8, 3 => "COREF";
    RELRE = 8, 4 => "RELRE";
    RELCO = 8, 5 => "RELCO";
    RESCO = 8, 6 => "RESCO";
    RESRE = 8, 7 => "RESRE";
    CODT = 8, 8 => "CODT";
    CODA = 8, 9 => "CODA";
    COERR = 8, 10 => "COERR";
    COIT = 8, 11 => "COIT";
    REG_REQ = 9, 1 => "REG REQ";
    REG_RSP = 9, 2 => "REG RSP";
    DEREG_REQ = 9, 3 => "DEREG REQ";
    DEREG_RSP = 9, 4 => "DEREG RSP";
}

/// A global title (RFC 3868 §3.10.2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GlobalTitle {
    /// Global title indicator of SCCP.
    pub gti: u8,
    /// Translation type.
    pub translation_type: u8,
    /// Numbering plan.
    pub numbering_plan: u8,
    /// Nature of address.
    pub nature: u8,
    /// The digits.
    pub digits: LongDigits,
}

/// A source or destination address (RFC 3868 §3.10.2).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Address<'a> {
    /// Routing indicator: 1 is on global title, 2 on subsystem number and point code, 3 and 4 on host name and address.
    pub routing_indicator: u16,
    /// Global title.
    pub global_title: Option<GlobalTitle>,
    /// Point code.
    pub point_code: Option<u32>,
    /// Subsystem number.
    pub ssn: Option<u8>,
    /// The whole parameter value.
    pub raw: &'a [u8],
}

/// Cause of a message (RFC 3868 §3.10.6): which cause of SCCP, and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cause {
    /// 1 return, 2 refusal, 3 release, 4 reset, 5 error.
    pub kind: u8,
    /// The value as in Q.713.
    pub value: u8,
}

/// Segmentation (RFC 3868 §3.10.23).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segmentation {
    /// This is the first segment.
    pub first: bool,
    /// How many segments follow.
    pub remaining: u8,
    /// The same in all segments of one message.
    pub reference: u32,
}

/// One SUA message.
#[derive(Debug, Clone, Copy)]
pub struct Sua<'a> {
    /// Class and type.
    pub message_type: MessageType,
    /// Protocol class.
    pub protocol_class: Option<u8>,
    /// SS7 hop counter.
    pub hop_counter: Option<u8>,
    /// Importance.
    pub importance: Option<u8>,
    /// Source address.
    pub source: Address<'a>,
    /// Destination address.
    pub destination: Address<'a>,
    /// Source reference number: how the sender names its connection.
    pub source_reference: Option<u32>,
    /// Destination reference number: how the receiver does.
    pub destination_reference: Option<u32>,
    /// More segments of the same data follow (CODT).
    pub more_data: bool,
    /// Cause.
    pub cause: Option<Cause>,
    /// Segmentation (CLDT, CLDR).
    pub segmentation: Option<Segmentation>,
    /// The data; empty where there are none.
    pub data: &'a [u8],
    /// Their offset.
    pub data_offset: usize,
    /// All parameters, in order.
    pub parameters: Parameters<'a>,
    /// What ended the decoding early.
    pub stop: Option<DecodeError>,
}

impl<'a> Sua<'a> {
    /// Reads one message. An error only where not even the header can be read.
    pub fn parse(octets: &'a [u8]) -> Result<Self, DecodeError> {
        let head = Head::parse(octets, LAYER, "SUA version")?;
        let mut stop = head.stop;
        let message_type = MessageType { class: head.class, kind: head.kind };
        let parameters = head.parameters(LAYER);
        let mut message = Self {
            message_type,
            protocol_class: None,
            hop_counter: None,
            importance: None,
            source: Address::default(),
            destination: Address::default(),
            source_reference: None,
            destination_reference: None,
            more_data: false,
            cause: None,
            segmentation: None,
            data: &[],
            data_offset: 0,
            parameters,
            stop: None,
        };
        for parameter in parameters {
            let defect = match parameter {
                Ok(parameter) => message.read(&parameter),
                Err(error) => Some(error),
            };
            stop = stop.or(defect);
        }
        if message_type == MessageType::CLDT && message.data_offset == 0 {
            stop = stop.or(Some(DecodeError::malformed(LAYER, octets.len().min(8), "CLDT without Data")));
        }
        message.stop = stop;
        Ok(message)
    }

    fn read(&mut self, parameter: &Parameter<'a>) -> Option<DecodeError> {
        let short = || DecodeError::short(LAYER, parameter.value_offset(), 4, parameter.value.len());
        let in_transfer = matches!(self.message_type.class, 7 | 8);
        match parameter.tag {
            tag::DATA | tag::DRAFT_DATA if in_transfer && self.data_offset == 0 => {
                (self.data, self.data_offset) = (parameter.value, parameter.value_offset());
                return None;
            }
            tag::SOURCE_ADDRESS | tag::DESTINATION_ADDRESS => {
                let (address, defect) = Address::parse(parameter);
                match parameter.tag {
                    tag::SOURCE_ADDRESS => self.source = address,
                    _ => self.destination = address,
                }
                return defect;
            }
            tag::SS7_HOP_COUNTER
            | tag::SOURCE_REFERENCE_NUMBER
            | tag::DESTINATION_REFERENCE_NUMBER
            | tag::SCCP_CAUSE
            | tag::SEQUENCE_NUMBER
            | tag::IMPORTANCE
            | tag::PROTOCOL_CLASS
            | tag::SEGMENTATION => {}
            _ => return None,
        }
        // All others have four octets.
        let Some(&[first, second, third, fourth]) = parameter.value.first_chunk() else { return Some(short()) };
        let word = u32::from_be_bytes([first, second, third, fourth]);
        match parameter.tag {
            tag::SS7_HOP_COUNTER => self.hop_counter = Some(fourth),
            tag::SOURCE_REFERENCE_NUMBER => self.source_reference = Some(word),
            tag::DESTINATION_REFERENCE_NUMBER => self.destination_reference = Some(word),
            tag::SCCP_CAUSE => self.cause = Some(Cause { kind: third, value: fourth }),
            // Reserved (16) | receive number (7), spare | sent number (7), more data: the bit of DT1 and DT2.
            tag::SEQUENCE_NUMBER => self.more_data = fourth & 0x01 != 0,
            tag::IMPORTANCE => self.importance = Some(fourth & 0x07),
            tag::PROTOCOL_CLASS => self.protocol_class = Some(fourth),
            tag::SEGMENTATION => {
                let reference = u32::from_be_bytes([0, second, third, fourth]);
                let (first, remaining) = (first & 0x80 != 0, first & 0x7f);
                self.segmentation = Some(Segmentation { first, remaining, reference });
            }
            _ => {}
        }
        None
    }

    /// The name of the message type.
    pub fn name(&self) -> &'static str {
        self.message_type.name().unwrap_or("unknown")
    }
}

impl<'a> Address<'a> {
    fn parse(parameter: &Parameter<'a>) -> (Self, Option<DecodeError>) {
        let mut address = Self { raw: parameter.value, ..Self::default() };
        let offset = parameter.value_offset();
        let Some((&[r1, r2, _, _], rest)) = parameter.value.split_first_chunk::<4>() else {
            return (address, Some(DecodeError::short(LAYER, offset, 4, parameter.value.len())));
        };
        address.routing_indicator = u16::from_be_bytes([r1, r2]);
        let mut defect = None;
        for part in Parameters::new(rest, offset.saturating_add(4), LAYER) {
            let read = part.and_then(|part| {
                let short = DecodeError::short(LAYER, part.value_offset(), 4, part.value.len());
                match part.tag {
                    tag::GLOBAL_TITLE => address.global_title = Some(GlobalTitle::parse(&part)?),
                    tag::POINT_CODE => address.point_code = Some(part.word().ok_or(short)?),
                    tag::SUBSYSTEM_NUMBER => address.ssn = Some((part.word().ok_or(short)? & 0xff) as u8),
                    _ => {}
                }
                Ok(())
            });
            defect = defect.or(read.err());
        }
        (address, defect)
    }
}

impl GlobalTitle {
    fn parse(part: &Parameter<'_>) -> Result<Self, DecodeError> {
        let offset = part.value_offset();
        let Some((&[_, _, _, gti, count, translation_type, numbering_plan, nature], octets)) =
            part.value.split_first_chunk::<8>()
        else {
            return Err(DecodeError::short(LAYER, offset, 8, part.value.len()));
        };
        let limit = DecodeError::limit(LAYER, offset, "global title of more than 32 digits");
        let digits = LongDigits::from_tbcd(octets).ok_or(limit)?.prefix(usize::from(count));
        Ok(Self { gti, translation_type, numbering_plan, nature, digits })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cldt() -> Vec<u8> {
        [
            &[0x01, 0x00, 0x07, 0x01, 0x00, 0x00, 0x00, 0x64][..], // version 1, CL, CLDT, 100 octets
            &[0x00, 0x06, 0x00, 0x08, 0x00, 0x00, 0x00, 0x64],     // Routing Context 100
            &[0x01, 0x15, 0x00, 0x08, 0x00, 0x00, 0x00, 0x80],     // class 0, return on error
            &[0x01, 0x02, 0x00, 0x24, 0x00, 0x01, 0x00, 0x05],     // Source Address, 36 octets: on GT; GT and SSN
            &[0x80, 0x01, 0x00, 0x11, 0x00, 0x00, 0x00, 0x04],     //   global title, 17 octets, format 4
            &[0x09, 0x00, 0x01, 0x04, 0x51, 0x55, 0x10, 0x00],     //   9 digits, TT 0, E.164, international: 1555010 0
            &[0x01, 0x00, 0x00, 0x00],                             //   1, filler and padding
            &[0x80, 0x03, 0x00, 0x08, 0x00, 0x00, 0x00, 0x07],     //   SSN 7
            &[0x01, 0x03, 0x00, 0x18, 0x00, 0x02, 0x00, 0x03],     // Destination Address: on SSN; PC and SSN
            &[0x80, 0x02, 0x00, 0x08, 0x00, 0x00, 0x01, 0x22],     //   PC 0x122
            &[0x80, 0x03, 0x00, 0x08, 0x00, 0x00, 0x00, 0x06],     //   SSN 6
            &[0x01, 0x17, 0x00, 0x08, 0x82, 0x01, 0x02, 0x03],     // first segment, two follow
            &[0x01, 0x0b, 0x00, 0x07, 0xaa, 0xbb, 0xcc, 0x00],     // Data of three octets
        ]
        .concat()
    }

    #[test]
    fn cldt_known_answer() {
        let octets = cldt();
        let message = Sua::parse(&octets).unwrap();
        assert_eq!((message.name(), message.protocol_class, message.stop), ("CLDT", Some(0x80), None));
        let title = message.source.global_title.unwrap();
        assert_eq!((title.gti, title.numbering_plan, title.nature), (4, 1, 4));
        assert_eq!(title.digits.to_string(), "155501001");
        assert_eq!((message.source.routing_indicator, message.source.ssn), (1, Some(7)));
        assert_eq!(message.destination.point_code, Some(0x122));
        assert_eq!((message.destination.routing_indicator, message.destination.ssn), (2, Some(6)));
        let segmentation = Segmentation { first: true, remaining: 2, reference: 0x01_0203 };
        assert_eq!(message.segmentation, Some(segmentation));
        assert_eq!(message.data, [0xaa, 0xbb, 0xcc]);
        assert_eq!(&octets[message.data_offset..][..3], message.data);
    }

    #[test]
    fn connections() {
        let codt = [
            1, 0, 8, 8, 0, 0, 0, 32, // CODT
            0x01, 0x05, 0, 8, 0, 0, 0, 9, // destination reference 9
            0x01, 0x07, 0, 8, 0, 0, 0, 1, // more data
            0x00, 0x03, 0, 6, 0xaa, 0xbb, 0, 0, // data, as the drafts have them
        ];
        let message = Sua::parse(&codt).unwrap();
        assert_eq!((message.name(), message.destination_reference, message.more_data), ("CODT", Some(9), true));
        assert_eq!((message.data, message.stop), (&[0xaa, 0xbb][..], None));
        let release = [1, 0, 8, 4, 0, 0, 0, 16, 0x01, 0x06, 0, 8, 0, 0, 3, 1];
        assert_eq!(Sua::parse(&release).unwrap().cause, Some(Cause { kind: 3, value: 1 }));
    }

    #[test]
    fn every_prefix_is_an_error_or_partial() {
        let octets = cldt();
        for end in 0..octets.len() - 1 {
            match Sua::parse(&octets[..end]) {
                Ok(message) => assert!(message.stop.is_some(), "{end}"),
                Err(_) => assert!(end < 8),
            }
        }
    }

    proptest! {
        #[test]
        fn any_octets(octets in prop::collection::vec(any::<u8>(), 0..120)) {
            let _ = Sua::parse(&octets).map(|message| message.name());
        }

        #[test]
        fn mutated(at in 0usize..100, value: u8) {
            let mut octets = cldt();
            octets[at] = value;
            let _ = Sua::parse(&octets);
        }
    }
}

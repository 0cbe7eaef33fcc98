//! MTP3: service information octet, routing label, and the messages of the signalling network itself (ITU-T Q.704
//! (07/96), ANSI T1.111.4, GF 001-9001 of China, JT-Q704 of Japan).
//!
//! ```text
//! SIO:   network indicator (2) | spare or priority (2) | service indicator (4)
//! ITU:   DPC 14 | OPC 14 | SLS 4                       four octets
//! ANSI:  DPC 24 | OPC 24 | SLS 8                       seven octets
//! China: DPC 24 | OPC 24 | SLS 4, spare 4              seven octets
//! Japan: DPC 16 | OPC 16 | SLS 4, spare 4              five octets, low octets and bits first in all of them
//! ```
//!
//! Called by `dissect` with a message signal unit of MTP2, M2PA or M2UA, or of a capture of MTP3. It gives the user
//! data to SCCP, ISUP or BICC.
//!
//! **Handled:** the routing labels of the four; the names of management (SNM) and test (SNT) messages.
//! **Not handled:** the contents of management messages; which variant it is, which the octet and the label do not say.

use crate::health::Layer;
use crate::identity::{PointCode, PointCodeForm};
use crate::wire::DecodeError;

const LAYER: Layer = Layer::Mtp3;

/// Whose MTP3 it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Variant {
    /// ITU-T: point codes of 14 bits.
    #[default]
    Itu,
    /// ANSI: 24 bits.
    Ansi,
    /// China: 24 bits below the messages of the ITU.
    China,
    /// Japan: 16 bits.
    Japan,
}

impl Variant {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Itu, Self::Ansi, Self::China, Self::Japan];

    /// A point code of this variant.
    pub fn point_code(self, value: u32) -> PointCode {
        PointCode::new(
            value,
            match self {
                Self::Itu => PointCodeForm::Itu,
                Self::Ansi | Self::China => PointCodeForm::Bits24,
                Self::Japan => PointCodeForm::Japan,
            },
        )
    }

    /// Octets of the service information octet and the routing label.
    fn head(self) -> usize {
        match self {
            Self::Itu => 5,
            Self::Ansi | Self::China => 8,
            Self::Japan => 6,
        }
    }
}

/// One message signal unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mtp3<'a> {
    /// Service indicator ([`super::service_indicator`]).
    pub si: u8,
    /// Network indicator: 0 and 1 international, 2 and 3 national.
    pub ni: u8,
    /// Message priority, which ANSI and Japan have in the service information octet; spare bits elsewhere.
    pub priority: u8,
    /// Destination point code.
    pub dpc: PointCode,
    /// Originating point code.
    pub opc: PointCode,
    /// Signalling link selection.
    pub sls: u8,
    /// The user part's message.
    pub data: &'a [u8],
    /// Its offset.
    pub data_offset: usize,
}

impl<'a> Mtp3<'a> {
    /// Reads one message signal unit, from the service information octet on, as one of the given variant.
    pub fn parse(octets: &'a [u8], variant: Variant) -> Result<Self, DecodeError> {
        let head = variant.head();
        let short = DecodeError::short(LAYER, 0, head, octets.len());
        let (label, data) = octets.split_at_checked(head).ok_or(short)?;
        let (sio, dpc, opc, sls) = match *label {
            [sio, l1, l2, l3, l4] => {
                let label = u32::from_le_bytes([l1, l2, l3, l4]);
                (sio, label & 0x3fff, (label >> 14) & 0x3fff, (label >> 28) as u8)
            }
            [sio, d1, d2, o1, o2, sls] => {
                (sio, u32::from_le_bytes([d1, d2, 0, 0]), u32::from_le_bytes([o1, o2, 0, 0]), sls & 0x0f)
            }
            [sio, d1, d2, d3, o1, o2, o3, sls] => {
                let sls = if variant == Variant::China { sls & 0x0f } else { sls };
                (sio, u32::from_le_bytes([d1, d2, d3, 0]), u32::from_le_bytes([o1, o2, o3, 0]), sls)
            }
            _ => return Err(short),
        };
        Ok(Self {
            si: sio & 0x0f,
            ni: sio >> 6,
            priority: (sio >> 4) & 0x03,
            dpc: variant.point_code(dpc),
            opc: variant.point_code(opc),
            sls,
            data,
            data_offset: head,
        })
    }
}

/// The service indicator of a message signal unit.
pub fn service_indicator(octets: &[u8]) -> Option<u8> {
    octets.first().map(|sio| sio & 0x0f)
}

/// The name of a management message by its heading code, H1 and H0 (Table 1/Q.704; C for clusters is ANSI's).
pub fn management_name(heading: u8) -> Option<&'static str> {
    Some(match heading {
        0x11 => "COO",
        0x21 => "COA",
        0x31 => "XCO",
        0x41 => "XCA",
        0x51 => "CBD",
        0x61 => "CBA",
        0x12 => "ECO",
        0x22 => "ECA",
        0x13 => "RCT",
        0x23 => "TFC",
        0x14 => "TFP",
        0x24 => "TCP",
        0x34 => "TFR",
        0x44 => "TCR",
        0x54 => "TFA",
        0x64 => "TCA",
        0x15 => "RST",
        0x25 => "RSR",
        0x35 => "RCP",
        0x45 => "RCR",
        0x16 => "LIN",
        0x26 => "LUN",
        0x36 => "LIA",
        0x46 => "LUA",
        0x56 => "LID",
        0x66 => "LFU",
        0x76 => "LLT",
        0x86 => "LRT",
        0x17 => "TRA",
        0x27 => "TRW",
        0x18 => "DLC",
        0x28 => "CSS",
        0x38 => "CNS",
        0x48 => "CNP",
        0x1a => "UPU",
        _ => return None,
    })
}

/// The name of a test message by its heading code (Q.707 §5; the routing tests are Japan's).
pub fn test_name(heading: u8) -> Option<&'static str> {
    Some(match heading {
        0x11 => "SLTM",
        0x21 => "SLTA",
        0x23 => "SRT",
        0x84 => "SRA",
        _ => return None,
    })
}

/// Whether a test message is whole: the pattern has the length that the octet before it says (Q.707 §5.4).
pub fn is_test(data: &[u8]) -> bool {
    matches!(data, [0x11 | 0x21, length, pattern @ ..] if usize::from(length >> 4) == pattern.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn four_routing_labels() {
        let read = |octets: &[u8], variant| {
            let msu = Mtp3::parse(octets, variant).unwrap();
            (msu.ni, msu.si, msu.priority, msu.dpc.to_string(), msu.opc.to_string(), msu.sls, msu.data.to_vec())
        };
        // c5: NI 3, ISUP; DPC 12163, OPC 11522, SLS 5
        let itu = [0xc5, 0x83, 0xaf, 0x40, 0x5b, 0xd5];
        assert_eq!(read(&itu, Variant::Itu), (3, 5, 0, "5-240-3".into(), "5-160-2".into(), 5, vec![0xd5]));
        // b3: NI 2, priority 3, SCCP; member, cluster, network
        let ansi = [0xb3, 3, 2, 1, 6, 5, 4, 0x85, 0xd5];
        assert_eq!(read(&ansi, Variant::Ansi), (2, 3, 3, "1-2-3".into(), "4-5-6".into(), 0x85, vec![0xd5]));
        assert_eq!(read(&ansi, Variant::China), (2, 3, 3, "1-2-3".into(), "4-5-6".into(), 0x05, vec![0xd5]));
        let japan = [0x83, 0x34, 0x12, 0x01, 0x80, 0x05, 0xd5];
        assert_eq!(read(&japan, Variant::Japan), (2, 3, 0, "9-1-20".into(), "64-0-1".into(), 5, vec![0xd5]));
    }

    #[test]
    fn every_prefix_is_an_error() {
        for variant in Variant::ALL {
            for end in 0..variant.head() {
                assert!(Mtp3::parse(&[0x83, 3, 2, 1, 6, 5, 4, 0x85][..end], variant).is_err());
            }
        }
    }

    #[test]
    fn names() {
        assert_eq!((management_name(0x54), test_name(0x21)), (Some("TFA"), Some("SLTA")));
        assert!(is_test(&[0x11, 0x20, 0x11, 0x12]) && !is_test(&[0x11, 0x30, 0x11, 0x12]));
    }

    proptest! {
        #[test]
        fn any_octets(octets in prop::collection::vec(any::<u8>(), 0..20)) {
            for variant in Variant::ALL {
                let _ = Mtp3::parse(&octets, variant).map(|msu| msu.opc.to_string());
            }
        }
    }
}

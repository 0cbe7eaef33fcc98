//! SCCP management: messages of the subsystem 1 (Q.713 §5).
//!
//! ```text
//! type | affected SSN | affected point code (2, low octet first; 3 in ANSI and China) | multiplicity | congestion level (SSC)
//! ```
//!
//! Called by `dissect` with the data of a UDT between subsystems 1. Calls nothing.
//!
//! **Handled:** SSA, SSP, SST, SOR, SOG, SSC of the ITU, SBR, SNR and SRT of ANSI by name, with the subsystem.
//! **Not handled:** the affected point code, whose width the message does not tell.

use crate::health::Layer;
use crate::wire::DecodeError;
use crate::wire::ss7::names;

names! {
    /// The name of a management message (Table 21/Q.713, T1.112.3).
    message_name(u8);
    1 => "SSA",
    2 => "SSP",
    3 => "SST",
    4 => "SOR",
    5 => "SOG",
    6 => "SSC",
    0xfd => "SBR",
    0xfe => "SNR",
    0xff => "SRT",
}

/// One management message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Management {
    /// Its name.
    pub name: &'static str,
    /// The subsystem that it is about.
    pub affected: u8,
}

impl Management {
    /// Reads one message.
    pub fn parse(octets: &[u8]) -> Result<Self, DecodeError> {
        let Some(([kind, affected, _, _, _], _)) = octets.split_first_chunk() else {
            return Err(DecodeError::short(Layer::Sccp, 0, 5, octets.len()));
        };
        let what = "SCCP management message";
        let name = message_name(*kind).ok_or(DecodeError::unsupported(Layer::Sccp, 0, what, u32::from(*kind)))?;
        Ok(Self { name, affected: *affected })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_answer_and_prefixes() {
        let octets = [0x03, 0x08, 0x22, 0x01, 0x00]; // SST, MSC, 0x122, solitary
        assert_eq!(Management::parse(&octets), Ok(Management { name: "SST", affected: 8 }));
        for length in 0..octets.len() {
            assert!(Management::parse(&octets[..length]).is_err());
        }
        assert!(Management::parse(&[9; 5]).is_err());
    }
}

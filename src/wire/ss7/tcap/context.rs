//! Application contexts: what a dialogue is about, and in which version.
//!
//! ```text
//! MAP       0.4.0.0.1.0.ac.version        TS 29.002 §17.3.3   {ccitt etsi mobileDomain gsm-Network ac(0) ...}
//! CAP 1, 2  0.4.0.0.1.0.ac.phase-1        ac 50 to 52         TS 09.78
//! CAP 3     0.4.0.0.1.20|21.3.ac          TS 29.078 Release 4 {... umts-network cap3(20) or cap3OE(21) ac(3) ...}
//! CAP 4     0.4.0.0.1.22|23.3.ac          TS 29.078 §5.6      {... umts-network cap4(22) or cap4OE(23) ac(3) ...}
//! INAP      0.4.0.1....                   EN 301 140-1 §11    {ccitt etsi inDomain ...}
//!           0.0.17.1218|1228|1238|1248... Q.1218, Q.1228      {itu-t recommendation q ...}
//! ```

use super::names;
use std::fmt;

/// Whose operations a dialogue uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// TS 29.002.
    Map,
    /// TS 29.078.
    Cap,
    /// Q.1218, EN 301 140.
    Inap,
    /// Another protocol over TCAP.
    Other,
}

/// An application context, from its object identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ApplicationContext {
    /// Whose operations.
    pub family: Family,
    /// Which context: the `ac` of the object identifier (1 is networkLocUp).
    pub number: u8,
    /// The version of a MAP context, the phase of CAP; 0 for others.
    pub version: u8,
}

impl ApplicationContext {
    /// From the contents octets of the OBJECT IDENTIFIER; `None` where it is empty.
    pub fn from_oid(oid: &[u8]) -> Option<Self> {
        let last = *oid.last()?;
        let (family, number, version) = match *oid {
            [0x04, 0x00, 0x00, 0x01, 0x00, ac @ 50..=52, phase] => (Family::Cap, ac, phase.saturating_add(1)),
            [0x04, 0x00, 0x00, 0x01, 0x00, ac, version] => (Family::Map, ac, version),
            [0x04, 0x00, 0x00, 0x01, 20 | 21, 0x03, ac] => (Family::Cap, ac, 3),
            [0x04, 0x00, 0x00, 0x01, 22 | 23, 0x03, ac] => (Family::Cap, ac, 4),
            [0x04, 0x00, 0x01, ..] => (Family::Inap, last & 0x7f, 0),
            // 1218, 1228, 1238, 1248 in base 128
            [0x00, 0x11, 0x89, 0x42 | 0x4c | 0x56 | 0x60, ..] => (Family::Inap, last & 0x7f, 0),
            _ => (Family::Other, last & 0x7f, 0),
        };
        Some(Self { family, number, version })
    }

    /// The name without the version; `None` for one that the specifications do not have.
    pub fn name(self) -> Option<&'static str> {
        match self.family {
            Family::Map => map_context_name(self.number),
            Family::Cap if self.version <= 2 => early_cap_context_name(self.number),
            Family::Cap => cap_context_name(self.number),
            Family::Inap | Family::Other => None,
        }
    }
}

/// `networkLocUpContext-v3`, `CAP-v2 gsmSSF-scfGenericAC`; a context without a name by its number.
impl fmt::Display for ApplicationContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name();
        match (self.family, name) {
            (Family::Map, Some(name)) => write!(f, "{name}-v{}", self.version),
            (Family::Map, None) => write!(f, "map-ac {}-v{}", self.number, self.version),
            (Family::Cap, Some(name)) => write!(f, "CAP-v{} {name}", self.version),
            (Family::Cap, None) => write!(f, "CAP-v{} ac {}", self.version, self.number),
            (Family::Inap, _) => write!(f, "INAP ac {}", self.number),
            (Family::Other, _) => f.write_str("other"),
        }
    }
}

names! {
    /// The contexts of MAP (TS 29.002 §17.3.3; those that later releases dropped included).
    map_context_name(u8);
    1 => "networkLocUpContext",
    2 => "locationCancellationContext",
    3 => "roamingNumberEnquiryContext",
    4 => "istAlertingContext",
    5 => "locationInfoRetrievalContext",
    6 => "callControlTransferContext",
    7 => "reportingContext",
    8 => "callCompletionContext",
    9 => "serviceTerminationContext",
    10 => "resetContext",
    11 => "handoverControlContext",
    12 => "sIWFSAllocationContext",
    13 => "equipmentMngtContext",
    14 => "infoRetrievalContext",
    15 => "interVlrInfoRetrievalContext",
    16 => "subscriberDataMngtContext",
    17 => "tracingContext",
    18 => "networkFunctionalSsContext",
    19 => "networkUnstructuredSsContext",
    20 => "shortMsgGatewayContext",
    21 => "shortMsgMO-RelayContext",
    22 => "subscriberDataModificationNotificationContext",
    23 => "shortMsgAlertContext",
    24 => "mwdMngtContext",
    25 => "shortMsgMT-RelayContext",
    26 => "imsiRetrievalContext",
    27 => "msPurgingContext",
    28 => "subscriberInfoEnquiryContext",
    29 => "anyTimeInfoEnquiryContext",
    31 => "groupCallControlContext",
    32 => "gprsLocationUpdateContext",
    33 => "gprsLocationInfoRetrievalContext",
    34 => "failureReportContext",
    35 => "gprsNotifyContext",
    36 => "ss-InvocationNotificationContext",
    37 => "locationSvcGatewayContext",
    38 => "locationSvcEnquiryContext",
    39 => "authenticationFailureReportContext",
    40 => "secureTransportHandlingContext",
    41 => "shortMsgMT-Relay-VGCS-Context",
    42 => "mm-EventReportingContext",
    43 => "anyTimeInfoHandlingContext",
    44 => "resourceManagementContext",
    45 => "groupCallInfoRetrievalContext",
    46 => "vcsgLocationUpdateContext",
    47 => "vcsgLocationCancellationContext",
}

names! {
    /// The contexts of CAP phases 1 and 2.
    early_cap_context_name(u8);
    50 => "gsmSSF-scfGenericAC",
    51 => "gsmSSF-scfAssistHandoffAC",
    52 => "gsmSRF-gsmSCF-ac",
}

names! {
    /// The contexts of CAP phases 3 and 4 (TS 29.078 §5.6).
    cap_context_name(u8);
    4 => "gsmSSF-scfGenericAC",
    6 => "gsmSSF-scfAssistHandoffAC",
    8 => "scf-gsmSSFGenericAC",
    14 => "gsmSRF-gsmSCF-ac",
    50 => "gprsSSF-gsmSCF-AC",
    51 => "gsmSCF-gprsSSF-AC",
    61 => "sms-AC",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn object_identifiers() {
        let text = |oid: &[u8]| ApplicationContext::from_oid(oid).map(|ac| ac.to_string());
        let known = |oid: &[u8]| text(oid).unwrap();
        assert_eq!(known(&[4, 0, 0, 1, 0, 1, 3]), "networkLocUpContext-v3");
        assert_eq!(known(&[4, 0, 0, 1, 0, 21, 2]), "shortMsgMO-RelayContext-v2");
        assert_eq!(known(&[4, 0, 0, 1, 0, 50, 0]), "CAP-v1 gsmSSF-scfGenericAC");
        assert_eq!(known(&[4, 0, 0, 1, 0, 50, 1]), "CAP-v2 gsmSSF-scfGenericAC");
        assert_eq!(known(&[4, 0, 0, 1, 21, 3, 4]), "CAP-v3 gsmSSF-scfGenericAC");
        assert_eq!(known(&[4, 0, 0, 1, 21, 3, 50]), "CAP-v3 gprsSSF-gsmSCF-AC");
        assert_eq!(known(&[4, 0, 0, 1, 23, 3, 61]), "CAP-v4 sms-AC");
        assert_eq!(known(&[4, 0, 0, 1, 0, 99, 3]), "map-ac 99-v3");
        // INAP CS1: {ccitt etsi inDomain ...}
        assert_eq!(known(&[4, 0, 1, 1, 1, 0, 0]), "INAP ac 0");
        assert_eq!(known(&[0, 0x11, 0x89, 0x42, 3, 0, 4]), "INAP ac 4");
        assert_eq!(known(&[0x2a, 3, 4]), "other");
        assert_eq!(text(&[]), None);
    }
}

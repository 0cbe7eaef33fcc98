//! The AVPs that [`super::facts`] reads: one list gives constant, name and registry.

/// Vendor and code of an AVP. Vendor 0 is the IETF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(u64);

impl Key {
    /// From vendor (0 without V flag) and code.
    pub const fn new(vendor: u32, code: u32) -> Self {
        Self((vendor as u64) << 32 | code as u64)
    }
    /// AVP code.
    pub fn code(self) -> u32 {
        self.0 as u32
    }
    /// Vendor id, 0 without.
    pub fn vendor(self) -> u32 {
        (self.0 >> 32) as u32
    }
}

const IETF: u32 = 0;
const TGPP: u32 = 10415;

macro_rules! avps {
    ($($constant:ident = $vendor:ident $code:literal, $name:literal $(, $grouped:ident)?;)*) => {
        /// Constants of the AVPs, named as in their specification.
        #[allow(missing_docs)]
        pub mod keys {
            use super::{IETF, Key, TGPP};
            $(pub const $constant: Key = Key::new($vendor, $code);)*
        }

        /// The specification's name of an AVP that facts are read from.
        pub fn name(key: Key) -> Option<&'static str> {
            Some(match key {
                $(keys::$constant => $name,)*
                _ => return None,
            })
        }

        /// True for a grouped AVP that may hold facts, directly or further in.
        pub(super) fn is_grouped(key: Key) -> bool {
            match key {
                $($(keys::$constant => { const _: &str = stringify!($grouped); true })?)*
                _ => false,
            }
        }
    };
}

avps! {
    // RFC 6733 §4.5
    USER_NAME = IETF 1, "User-Name";
    SESSION_ID = IETF 263, "Session-Id";
    ORIGIN_HOST = IETF 264, "Origin-Host";
    RESULT_CODE = IETF 268, "Result-Code";
    DESTINATION_REALM = IETF 283, "Destination-Realm";
    DESTINATION_HOST = IETF 293, "Destination-Host";
    TERMINATION_CAUSE = IETF 295, "Termination-Cause";
    ORIGIN_REALM = IETF 296, "Origin-Realm";
    EXPERIMENTAL_RESULT = IETF 297, "Experimental-Result", grouped;
    EXPERIMENTAL_RESULT_CODE = IETF 298, "Experimental-Result-Code";
    ACCOUNTING_RECORD_TYPE = IETF 480, "Accounting-Record-Type";
    // RFC 7155 §4
    CALLED_STATION_ID = IETF 30, "Called-Station-Id";
    // RFC 5778 §6.2
    SERVICE_SELECTION = IETF 493, "Service-Selection";
    // RFC 8506 §8
    CC_REQUEST_NUMBER = IETF 415, "CC-Request-Number";
    CC_REQUEST_TYPE = IETF 416, "CC-Request-Type";
    SUBSCRIPTION_ID = IETF 443, "Subscription-Id", grouped;
    SUBSCRIPTION_ID_DATA = IETF 444, "Subscription-Id-Data";
    SUBSCRIPTION_ID_TYPE = IETF 450, "Subscription-Id-Type";
    USER_EQUIPMENT_INFO = IETF 458, "User-Equipment-Info", grouped;
    USER_EQUIPMENT_INFO_TYPE = IETF 459, "User-Equipment-Info-Type";
    USER_EQUIPMENT_INFO_VALUE = IETF 460, "User-Equipment-Info-Value";
    SERVICE_CONTEXT_ID = IETF 461, "Service-Context-Id";
    USER_EQUIPMENT_INFO_EXTENSION = IETF 653, "User-Equipment-Info-Extension", grouped;
    USER_EQUIPMENT_INFO_IMEISV = IETF 654, "User-Equipment-Info-IMEISV";
    USER_EQUIPMENT_INFO_IMEI = IETF 658, "User-Equipment-Info-IMEI";
    SUBSCRIPTION_ID_EXTENSION = IETF 659, "Subscription-Id-Extension", grouped;
    SUBSCRIPTION_ID_E164 = IETF 660, "Subscription-Id-E164";
    SUBSCRIPTION_ID_IMSI = IETF 661, "Subscription-Id-IMSI";
    SUBSCRIPTION_ID_SIP_URI = IETF 662, "Subscription-Id-SIP-URI";
    SUBSCRIPTION_ID_NAI = IETF 663, "Subscription-Id-NAI";
    // TS 29.061 §16.4.7
    TGPP_IMSI = TGPP 1, "3GPP-IMSI";
    TGPP_SGSN_MCC_MNC = TGPP 18, "3GPP-SGSN-MCC-MNC";
    TGPP_IMEISV = TGPP 20, "3GPP-IMEISV";
    TGPP_RAT_TYPE = TGPP 21, "3GPP-RAT-Type";
    TGPP_USER_LOCATION_INFO = TGPP 22, "3GPP-User-Location-Info";
    // TS 29.229 §6.3
    VISITED_NETWORK_IDENTIFIER = TGPP 600, "Visited-Network-Identifier";
    PUBLIC_IDENTITY = TGPP 601, "Public-Identity";
    SERVER_ASSIGNMENT_TYPE = TGPP 614, "Server-Assignment-Type";
    // TS 29.329 §6.3
    USER_IDENTITY = TGPP 700, "User-Identity", grouped;
    MSISDN = TGPP 701, "MSISDN";
    // TS 32.299 §7.2
    CALLING_PARTY_ADDRESS = TGPP 831, "Calling-Party-Address";
    CALLED_PARTY_ADDRESS = TGPP 832, "Called-Party-Address";
    SERVICE_INFORMATION = TGPP 873, "Service-Information", grouped;
    PS_INFORMATION = TGPP 874, "PS-Information", grouped;
    IMS_INFORMATION = TGPP 876, "IMS-Information", grouped;
    ACCESS_NETWORK_INFORMATION = TGPP 1263, "Access-Network-Information";
    // TS 29.212 §5.3.31
    RAT_TYPE = TGPP 1032, "RAT-Type";
    // TS 29.272 §7.3
    SUBSCRIPTION_DATA = TGPP 1400, "Subscription-Data", grouped;
    TERMINAL_INFORMATION = TGPP 1401, "Terminal-Information", grouped;
    IMEI = TGPP 1402, "IMEI";
    SOFTWARE_VERSION = TGPP 1403, "Software-Version";
    ULR_FLAGS = TGPP 1405, "ULR-Flags";
    VISITED_PLMN_ID = TGPP 1407, "Visited-PLMN-Id";
    REQUESTED_EUTRAN_AUTHENTICATION_INFO = TGPP 1408, "Requested-EUTRAN-Authentication-Info";
    REQUESTED_UTRAN_GERAN_AUTHENTICATION_INFO = TGPP 1409, "Requested-UTRAN-GERAN-Authentication-Info";
    CANCELLATION_TYPE = TGPP 1420, "Cancellation-Type";
    ALERT_REASON = TGPP 1434, "Alert-Reason";
    NOR_FLAGS = TGPP 1443, "NOR-Flags";
    EQUIPMENT_STATUS = TGPP 1445, "Equipment-Status";
    SGSN_NUMBER = TGPP 1489, "SGSN-Number";
    EPS_LOCATION_INFORMATION = TGPP 1496, "EPS-Location-Information", grouped;
    MME_LOCATION_INFORMATION = TGPP 1600, "MME-Location-Information", grouped;
    SGSN_LOCATION_INFORMATION = TGPP 1601, "SGSN-Location-Information", grouped;
    EUTRAN_CELL_GLOBAL_IDENTITY = TGPP 1602, "E-UTRAN-Cell-Global-Identity";
    TRACKING_AREA_IDENTITY = TGPP 1603, "Tracking-Area-Identity";
    CELL_GLOBAL_IDENTITY = TGPP 1604, "Cell-Global-Identity";
    ROUTING_AREA_IDENTITY = TGPP 1605, "Routing-Area-Identity";
    LOCATION_AREA_IDENTITY = TGPP 1606, "Location-Area-Identity";
    SERVICE_AREA_IDENTITY = TGPP 1607, "Service-Area-Identity";
    CLR_FLAGS = TGPP 1638, "CLR-Flags";
    A_MSISDN = TGPP 1643, "A-MSISDN";
    MME_NUMBER_FOR_MT_SMS = TGPP 1645, "MME-Number-for-MT-SMS";
    // TS 29.173 §6.4
    SERVING_NODE = TGPP 2401, "Serving-Node", grouped;
    MSC_NUMBER = TGPP 2403, "MSC-Number";
    ADDITIONAL_SERVING_NODE = TGPP 2406, "Additional-Serving-Node", grouped;
    // TS 29.172 §7.4
    ECGI = TGPP 2517, "ECGI";
    // TS 29.336 §6.4
    USER_IDENTIFIER = TGPP 3102, "User-Identifier", grouped;
    // TS 29.338 §5.3.3, §6.3.3
    SC_ADDRESS = TGPP 3300, "SC-Address";
    SM_RP_UI = TGPP 3301, "SM-RP-UI";
}

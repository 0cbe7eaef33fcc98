//! The messages of SGsAP (TS 29.118 §9.2) and who sends them.

/// Message type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MessageType(pub u8);

/// Sent by the MME, on behalf of the UE or for itself.
const UP: Option<bool> = Some(true);
/// Sent by the VLR.
const DOWN: Option<bool> = Some(false);
/// Sent by either.
const BOTH: Option<bool> = None;

macro_rules! messages {
    ($($constant:ident = $code:literal => $name:literal, $way:expr;)*) => {
        #[allow(missing_docs)]
        impl MessageType {
            $(pub const $constant: Self = Self($code);)*

            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$constant,)*];

            /// The name in TS 29.118; `None` for a type that it does not have.
            pub fn name(self) -> Option<&'static str> {
                match self.0 {
                    $($code => Some($name),)*
                    _ => None,
                }
            }

            /// Whether the MME sends it; `None` where both sides may.
            pub fn uplink(self) -> Option<bool> {
                match self.0 {
                    $($code => $way,)*
                    _ => BOTH,
                }
            }
        }
    };
}

messages! {
    PAGING_REQUEST = 0x01 => "SGsAP-PAGING-REQUEST", DOWN;
    PAGING_REJECT = 0x02 => "SGsAP-PAGING-REJECT", UP;
    SERVICE_REQUEST = 0x06 => "SGsAP-SERVICE-REQUEST", UP;
    DOWNLINK_UNITDATA = 0x07 => "SGsAP-DOWNLINK-UNITDATA", DOWN;
    UPLINK_UNITDATA = 0x08 => "SGsAP-UPLINK-UNITDATA", UP;
    LOCATION_UPDATE_REQUEST = 0x09 => "SGsAP-LOCATION-UPDATE-REQUEST", UP;
    LOCATION_UPDATE_ACCEPT = 0x0a => "SGsAP-LOCATION-UPDATE-ACCEPT", DOWN;
    LOCATION_UPDATE_REJECT = 0x0b => "SGsAP-LOCATION-UPDATE-REJECT", DOWN;
    TMSI_REALLOCATION_COMPLETE = 0x0c => "SGsAP-TMSI-REALLOCATION-COMPLETE", UP;
    ALERT_REQUEST = 0x0d => "SGsAP-ALERT-REQUEST", DOWN;
    ALERT_ACK = 0x0e => "SGsAP-ALERT-ACK", UP;
    ALERT_REJECT = 0x0f => "SGsAP-ALERT-REJECT", UP;
    UE_ACTIVITY_INDICATION = 0x10 => "SGsAP-UE-ACTIVITY-INDICATION", UP;
    EPS_DETACH_INDICATION = 0x11 => "SGsAP-EPS-DETACH-INDICATION", UP;
    EPS_DETACH_ACK = 0x12 => "SGsAP-EPS-DETACH-ACK", DOWN;
    IMSI_DETACH_INDICATION = 0x13 => "SGsAP-IMSI-DETACH-INDICATION", UP;
    IMSI_DETACH_ACK = 0x14 => "SGsAP-IMSI-DETACH-ACK", DOWN;
    RESET_INDICATION = 0x15 => "SGsAP-RESET-INDICATION", BOTH;
    RESET_ACK = 0x16 => "SGsAP-RESET-ACK", BOTH;
    SERVICE_ABORT_REQUEST = 0x17 => "SGsAP-SERVICE-ABORT-REQUEST", DOWN;
    MO_CSFB_INDICATION = 0x18 => "SGsAP-MO-CSFB-INDICATION", UP;
    MM_INFORMATION_REQUEST = 0x1a => "SGsAP-MM-INFORMATION-REQUEST", DOWN;
    RELEASE_REQUEST = 0x1b => "SGsAP-RELEASE-REQUEST", DOWN;
    STATUS = 0x1d => "SGsAP-STATUS", BOTH;
    UE_UNREACHABLE = 0x1f => "SGsAP-UE-UNREACHABLE", UP;
}

//! The messages of BSSMAP (TS 48.008 §3.2.2.1) and who sends them.

/// Message type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MessageType(pub u8);

/// Sent by the base station system.
const UP: Option<bool> = Some(true);
/// Sent by the MSC.
const DOWN: Option<bool> = Some(false);
/// Sent by either.
const BOTH: Option<bool> = None;

macro_rules! messages {
    ($($code:literal => $name:literal, $way:expr;)*) => {
        impl MessageType {
            /// The name in TS 48.008; `None` for a type that it does not have.
            pub fn name(self) -> Option<&'static str> {
                match self.0 {
                    $($code => Some($name),)*
                    _ => None,
                }
            }

            /// Whether the base station system sends it; `None` where both sides may.
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
    0x01 => "ASSIGNMENT REQUEST", DOWN;
    0x02 => "ASSIGNMENT COMPLETE", UP;
    0x03 => "ASSIGNMENT FAILURE", UP;
    0x04 => "VGCS/VBS SETUP", DOWN;
    0x05 => "VGCS/VBS SETUP ACK", UP;
    0x06 => "VGCS/VBS SETUP REFUSE", UP;
    0x07 => "VGCS/VBS ASSIGNMENT REQUEST", DOWN;
    0x08 => "CHANNEL MODIFY REQUEST", BOTH;
    0x10 => "HANDOVER REQUEST", DOWN;
    0x11 => "HANDOVER REQUIRED", UP;
    0x12 => "HANDOVER REQUEST ACKNOWLEDGE", UP;
    0x13 => "HANDOVER COMMAND", DOWN;
    0x14 => "HANDOVER COMPLETE", UP;
    0x15 => "HANDOVER SUCCEEDED", DOWN;
    0x16 => "HANDOVER FAILURE", UP;
    0x17 => "HANDOVER PERFORMED", UP;
    0x18 => "HANDOVER CANDIDATE ENQUIRE", DOWN;
    0x19 => "HANDOVER CANDIDATE RESPONSE", UP;
    0x1a => "HANDOVER REQUIRED REJECT", DOWN;
    0x1b => "HANDOVER DETECT", UP;
    0x1c => "VGCS/VBS ASSIGNMENT RESULT", UP;
    0x1d => "VGCS/VBS ASSIGNMENT FAILURE", UP;
    0x1e => "VGCS/VBS QUEUING INDICATION", UP;
    0x1f => "UPLINK REQUEST", UP;
    0x20 => "CLEAR COMMAND", DOWN;
    0x21 => "CLEAR COMPLETE", UP;
    0x22 => "CLEAR REQUEST", UP;
    0x25 => "SAPI \"n\" REJECT", UP;
    0x26 => "CONFUSION", BOTH;
    0x27 => "UPLINK REQUEST ACKNOWLEDGE", DOWN;
    0x28 => "SUSPEND", UP;
    0x29 => "RESUME", UP;
    0x2a => "CONNECTION ORIENTED INFORMATION", BOTH;
    0x2b => "PERFORM LOCATION REQUEST", DOWN;
    0x2c => "LSA INFORMATION", DOWN;
    0x2d => "PERFORM LOCATION RESPONSE", UP;
    0x2e => "PERFORM LOCATION ABORT", DOWN;
    0x2f => "COMMON ID", DOWN;
    0x30 => "RESET", BOTH;
    0x31 => "RESET ACKNOWLEDGE", BOTH;
    0x32 => "OVERLOAD", BOTH;
    0x34 => "RESET CIRCUIT", BOTH;
    0x35 => "RESET CIRCUIT ACKNOWLEDGE", BOTH;
    0x36 => "MSC INVOKE TRACE", DOWN;
    0x37 => "BSS INVOKE TRACE", BOTH;
    0x3a => "CONNECTIONLESS INFORMATION", BOTH;
    0x3b => "VGCS/VBS ASSIGNMENT STATUS", BOTH;
    0x3c => "VGCS/VBS AREA CELL INFO", BOTH;
    0x3d => "RESET IP RESOURCE", BOTH;
    0x3e => "RESET IP RESOURCE ACKNOWLEDGE", BOTH;
    0x40 => "BLOCK", BOTH;
    0x41 => "BLOCKING ACKNOWLEDGE", BOTH;
    0x42 => "UNBLOCK", BOTH;
    0x43 => "UNBLOCKING ACKNOWLEDGE", BOTH;
    0x44 => "CIRCUIT GROUP BLOCK", BOTH;
    0x45 => "CIRCUIT GROUP BLOCKING ACKNOWLEDGE", BOTH;
    0x46 => "CIRCUIT GROUP UNBLOCK", BOTH;
    0x47 => "CIRCUIT GROUP UNBLOCKING ACKNOWLEDGE", BOTH;
    0x48 => "UNEQUIPPED CIRCUIT", BOTH;
    0x49 => "UPLINK REQUEST CONFIRMATION", UP;
    0x4a => "UPLINK RELEASE INDICATION", UP;
    0x4b => "UPLINK REJECT COMMAND", DOWN;
    0x4c => "UPLINK RELEASE COMMAND", DOWN;
    0x4d => "UPLINK SEIZED COMMAND", DOWN;
    0x4e => "CHANGE CIRCUIT", BOTH;
    0x4f => "CHANGE CIRCUIT ACKNOWLEDGE", BOTH;
    0x50 => "RESOURCE REQUEST", BOTH;
    0x51 => "RESOURCE INDICATION", BOTH;
    0x52 => "PAGING", DOWN;
    0x53 => "CIPHER MODE COMMAND", DOWN;
    0x54 => "CLASSMARK UPDATE", BOTH;
    0x55 => "CIPHER MODE COMPLETE", UP;
    0x56 => "QUEUING INDICATION", UP;
    0x57 => "COMPLETE LAYER 3 INFORMATION", UP;
    0x58 => "CLASSMARK REQUEST", DOWN;
    0x59 => "CIPHER MODE REJECT", UP;
    0x5a => "LOAD INDICATION", BOTH;
    0x60 => "VGCS ADDITIONAL INFORMATION", BOTH;
    0x61 => "VGCS SMS", BOTH;
    0x62 => "NOTIFICATION DATA", BOTH;
    0x63 => "UPLINK APPLICATION DATA", BOTH;
    0x70 => "INTERNAL HANDOVER REQUIRED", UP;
    0x71 => "INTERNAL HANDOVER REQUIRED REJECT", DOWN;
    0x72 => "INTERNAL HANDOVER COMMAND", DOWN;
    0x73 => "INTERNAL HANDOVER ENQUIRY", DOWN;
    0x74 => "LCLS-CONNECT-CONTROL", DOWN;
    0x75 => "LCLS-CONNECT-CONTROL-ACK", UP;
    0x76 => "LCLS-NOTIFICATION", UP;
    0x78 => "REROUTE COMMAND", DOWN;
    0x79 => "REROUTE COMPLETE", UP;
}

#[allow(missing_docs)]
impl MessageType {
    pub const HANDOVER_REQUIRED: Self = Self(0x11);
    pub const HANDOVER_COMMAND: Self = Self(0x13);
    pub const HANDOVER_COMPLETE: Self = Self(0x14);
    pub const HANDOVER_SUCCEEDED: Self = Self(0x15);
    pub const HANDOVER_FAILURE: Self = Self(0x16);
    pub const HANDOVER_PERFORMED: Self = Self(0x17);
    pub const HANDOVER_REQUIRED_REJECT: Self = Self(0x1a);
    pub const HANDOVER_REQUEST: Self = Self(0x10);
    pub const CLEAR_COMMAND: Self = Self(0x20);
    pub const CLEAR_COMPLETE: Self = Self(0x21);
    pub const COMMON_ID: Self = Self(0x2f);
    pub const PAGING: Self = Self(0x52);
    pub const COMPLETE_LAYER_3_INFORMATION: Self = Self(0x57);
    pub const CIPHER_MODE_COMPLETE: Self = Self(0x55);
    pub const PERFORM_LOCATION_REQUEST: Self = Self(0x2b);
    pub const PERFORM_LOCATION_RESPONSE: Self = Self(0x2d);
}

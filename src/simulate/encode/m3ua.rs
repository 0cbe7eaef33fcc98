//! M3UA (RFC 4666): traffic, state and heartbeat messages.

/// Message classes and types.
#[allow(missing_docs)]
pub mod kind {
    pub const NOTIFY: [u8; 2] = [0, 1];
    pub const DATA: [u8; 2] = [1, 1];
    pub const ASP_UP: [u8; 2] = [3, 1];
    pub const BEAT: [u8; 2] = [3, 3];
    pub const ASP_UP_ACK: [u8; 2] = [3, 4];
    pub const BEAT_ACK: [u8; 2] = [3, 6];
    pub const ASP_ACTIVE: [u8; 2] = [4, 1];
    pub const ASP_ACTIVE_ACK: [u8; 2] = [4, 3];
}

/// Parameter tags.
#[allow(missing_docs)]
pub mod parameter {
    pub const ROUTING_CONTEXT: u16 = 0x0006;
    pub const HEARTBEAT_DATA: u16 = 0x0009;
    pub const TRAFFIC_MODE: u16 = 0x000b;
    pub const STATUS: u16 = 0x000d;
    pub const ASP_IDENTIFIER: u16 = 0x0011;
    pub const PROTOCOL_DATA: u16 = 0x0210;
}

/// The common header (RFC 4666 §3.1) and parameters, each padded to four octets (§3.2).
pub fn message(kind: [u8; 2], parameters: &[(u16, &[u8])]) -> Vec<u8> {
    let mut message = vec![1, 0, kind[0], kind[1], 0, 0, 0, 0];
    for (tag, value) in parameters {
        message.extend(tag.to_be_bytes());
        message.extend((value.len() as u16 + 4).to_be_bytes());
        message.extend_from_slice(value);
        message.resize(message.len().next_multiple_of(4), 0);
    }
    let length = (message.len() as u32).to_be_bytes();
    for (place, octet) in message.iter_mut().skip(4).zip(length) {
        *place = octet;
    }
    message
}

/// Service indicators (Q.704 §14.2.1).
#[allow(missing_docs)]
pub mod service {
    pub const SCCP: u8 = 3;
    pub const ISUP: u8 = 5;
}

/// The routing label of a message with its user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// Originating point code.
    pub opc: u32,
    /// Destination point code.
    pub dpc: u32,
    /// Service indicator.
    pub service: u8,
    /// Signalling link selection.
    pub sls: u8,
}

/// DATA (RFC 4666 §3.3.1) of a user between two point codes of the national network.
pub fn data(context: u32, label: Label, payload: &[u8]) -> Vec<u8> {
    let mut protocol = Vec::with_capacity(12 + payload.len());
    protocol.extend(label.opc.to_be_bytes());
    protocol.extend(label.dpc.to_be_bytes());
    protocol.extend([label.service, 2, 0, label.sls & 0x0f]); // national, priority 0
    protocol.extend_from_slice(payload);
    message(kind::DATA, &[(parameter::ROUTING_CONTEXT, &context.to_be_bytes()), (parameter::PROTOCOL_DATA, &protocol)])
}

//! Ethernet II, IPv4 (RFC 791) and UDP (RFC 768), with their checksums.

use super::Endpoint;

/// IP protocol numbers.
#[allow(missing_docs)]
pub mod protocol {
    pub const TCP: u8 = 6;
    pub const UDP: u8 = 17;
    pub const SCTP: u8 = 132;
}

/// Octets before the IP payload: Ethernet and IPv4 without options.
pub const HEADERS: usize = 34;

/// A frame with room for `payload` octets behind the IP header, the headers written.
pub fn frame(from: [u8; 4], to: [u8; 4], protocol: u8, payload: usize, identification: u16) -> Vec<u8> {
    let mut frame = Vec::with_capacity(HEADERS + payload);
    for [a, b, c, d] in [to, from] {
        frame.extend([0x02, 0x00, a, b, c, d]); // locally administered, one for each address
    }
    frame.extend([0x08, 0x00]);
    let [length_high, length_low] = (20 + payload as u16).to_be_bytes();
    let [id_high, id_low] = identification.to_be_bytes();
    let mut header = [
        0x45,
        0,
        length_high,
        length_low,
        id_high,
        id_low,
        0x40,
        0,
        62,
        protocol,
        0,
        0, //
        from[0],
        from[1],
        from[2],
        from[3],
        to[0],
        to[1],
        to[2],
        to[3],
    ];
    let [high, low] = finish(sum(0, &header)).to_be_bytes();
    header[10] = high;
    header[11] = low;
    frame.extend(header);
    frame
}

/// The ones' complement sum of RFC 1071, not yet folded.
pub fn sum(start: u32, octets: &[u8]) -> u32 {
    let pairs = octets.chunks_exact(2);
    let last = pairs.remainder().first().map_or(0, |&odd| u32::from(odd) << 8);
    pairs.fold(start + last, |sum, pair| match pair {
        [high, low] => sum + u32::from(u16::from_be_bytes([*high, *low])),
        _ => sum,
    })
}

/// Folded and complemented.
pub fn finish(mut sum: u32) -> u16 {
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !(sum as u16)
}

/// The sum over the pseudo header of TCP and UDP.
pub fn pseudo(from: [u8; 4], to: [u8; 4], protocol: u8, length: usize) -> u32 {
    let start = u32::from(protocol) + length as u32;
    sum(sum(start, &from), &to)
}

/// A UDP datagram in its frame.
pub fn udp(from: Endpoint, to: Endpoint, payload: &[u8], identification: u16) -> Vec<u8> {
    let length = payload.len() + 8;
    let mut frame = frame(from.ip, to.ip, protocol::UDP, length, identification);
    let mut header = [0; 8];
    for (place, octet) in
        header.iter_mut().zip([from.port, to.port, length as u16].iter().flat_map(|field| field.to_be_bytes()))
    {
        *place = octet;
    }
    let total = sum(pseudo(from.ip, to.ip, protocol::UDP, length), &header);
    let checksum = match finish(sum(total, payload)) {
        0 => 0xffff, // zero would say that there is none
        checksum => checksum,
    };
    let [high, low] = checksum.to_be_bytes();
    header[6] = high;
    header[7] = low;
    frame.extend(header);
    frame.extend_from_slice(payload);
    frame
}

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

/// A frame as fragments (RFC 791 §3.2) whose packets have at most `most` octets, or as it is where that suffices.
pub fn fragments(frame: Vec<u8>, most: usize) -> Vec<Vec<u8>> {
    const LINK: usize = 14;
    let header = HEADERS - LINK;
    if frame.len() <= LINK + most {
        return vec![frame];
    }
    let (head, payload) = frame.split_at_checked(HEADERS).unwrap_or((&frame, &[]));
    let room = most.saturating_sub(header).max(8) / 8 * 8;
    let count = payload.len().div_ceil(room);
    let pieces = payload.chunks(room).enumerate();
    pieces
        .map(|(index, piece)| {
            let mut head = head.to_vec();
            let offset = (index * room / 8) as u16 | if index + 1 < count { 0x2000 } else { 0 };
            let length = (header + piece.len()) as u16;
            for (at, value) in [(2, length), (6, offset), (10, 0)] {
                put(&mut head, LINK + at, value);
            }
            let checksum = finish(sum(0, head.get(LINK..).unwrap_or_default()));
            put(&mut head, LINK + 10, checksum);
            [head.as_slice(), piece].concat()
        })
        .collect()
}

fn put(octets: &mut [u8], at: usize, value: u16) {
    for (place, octet) in octets.iter_mut().skip(at).zip(value.to_be_bytes()) {
        *place = octet;
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_hold_what_the_packet_held() {
        let end = |ip| Endpoint { ip, port: 5060 };
        let whole = udp(end([10, 0, 0, 1]), end([10, 0, 0, 2]), &[0x55; 3000], 7);
        let pieces = fragments(whole.clone(), 1500);
        assert_eq!(pieces.len(), 3);
        assert!(pieces.iter().all(|piece| piece.len() <= 1514 && finish(sum(0, &piece[14..34])) == 0));
        let offsets: Vec<u16> = pieces.iter().map(|piece| u16::from_be_bytes([piece[20], piece[21]])).collect();
        assert_eq!(offsets, [0x2000, 0x2000 | 185, 370]);
        let joined: Vec<u8> = pieces.iter().flat_map(|piece| piece[34..].to_vec()).collect();
        assert_eq!(joined, whole[34..]);
        assert_eq!(fragments(whole.clone(), 4000), [whole]);
    }
}

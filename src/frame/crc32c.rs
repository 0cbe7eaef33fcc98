//! The checksum of SCTP (RFC 9260 appendix A): CRC-32C over the packet, with zeros in the checksum's place.

/// The reflected polynomial of Castagnoli.
const POLYNOMIAL: u32 = 0x82f6_3b78;

const TABLE: [u32; 256] = table();

#[allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "evaluated by the compiler")]
const fn table() -> [u32; 256] {
    let mut table = [0u32; 256];
    let mut octet = 0usize;
    while octet < 256 {
        let mut crc = octet as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ POLYNOMIAL } else { crc >> 1 };
            bit += 1;
        }
        table[octet] = crc;
        octet += 1;
    }
    table
}

fn update(crc: u32, octets: &[u8]) -> u32 {
    octets.iter().fold(crc, |crc, octet| {
        let [low, ..] = crc.to_le_bytes();
        let row = TABLE.get(usize::from(low ^ octet)).copied().unwrap_or_default();
        (crc >> 8) ^ row
    })
}

/// Whether the checksum in an SCTP packet is that of its octets.
pub(super) fn confirms(packet: &[u8]) -> bool {
    let Some((head, rest)) = packet.split_first_chunk::<8>() else { return false };
    let Some((checksum, rest)) = rest.split_first_chunk::<4>() else { return false };
    let crc = update(update(update(u32::MAX, head), &[0; 4]), rest);
    !crc == u32::from_le_bytes(*checksum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_of_the_algorithm() {
        assert_eq!(!update(u32::MAX, b"123456789"), 0xe306_9283);
    }
}

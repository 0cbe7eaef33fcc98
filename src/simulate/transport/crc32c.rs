//! The checksum of SCTP (RFC 9260 annex A).

const CRC_TABLE: [[u32; 256]; 8] = crc_table();

#[allow(clippy::indexing_slicing)] // evaluated when compiled
const fn crc_table() -> [[u32; 256]; 8] {
    let mut table = [[0; 256]; 8];
    let mut octet = 0;
    while octet < 256 {
        let mut crc = octet as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0x82f6_3b78 } else { crc >> 1 };
            bit += 1;
        }
        table[0][octet] = crc;
        octet += 1;
    }
    let mut slice = 1;
    while slice < 8 {
        let mut octet = 0;
        while octet < 256 {
            let before = table[slice - 1][octet];
            table[slice][octet] = before >> 8 ^ table[0][(before & 0xff) as usize];
            octet += 1;
        }
        slice += 1;
    }
    table
}

/// CRC32c, eight octets at a time; neither the start nor the end is inverted.
#[allow(clippy::indexing_slicing)] // tables of 256 entries indexed by octets
pub fn crc32c(start: u32, octets: &[u8]) -> u32 {
    let (eights, rest) = octets.as_chunks::<8>();
    let crc = eights.iter().fold(start, |crc, &[a, b, c, d, e, f, g, h]| {
        let low = crc ^ u32::from_le_bytes([a, b, c, d]);
        let [a, b, c, d] = low.to_le_bytes().map(usize::from);
        CRC_TABLE[7][a]
            ^ CRC_TABLE[6][b]
            ^ CRC_TABLE[5][c]
            ^ CRC_TABLE[4][d]
            ^ CRC_TABLE[3][usize::from(e)]
            ^ CRC_TABLE[2][usize::from(f)]
            ^ CRC_TABLE[1][usize::from(g)]
            ^ CRC_TABLE[0][usize::from(h)]
    });
    rest.iter().fold(crc, |crc, &octet| crc >> 8 ^ CRC_TABLE[0][usize::from(crc as u8 ^ octet)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crc32c_check_value() {
        assert_eq!(!crc32c(u32::MAX, b"123456789"), 0xe306_9283);
        assert_eq!(!crc32c(u32::MAX, &[0; 32]), 0x8a91_36aa); // RFC 3720 §B.4
    }
}

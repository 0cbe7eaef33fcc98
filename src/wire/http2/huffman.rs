//! The Huffman code of RFC 7541 appendix B.
//!
//! The code is canonical: codes of one length follow each other in the order of their symbols. So the lengths tell all.

use std::sync::LazyLock;

/// End of string: the padding is its beginning.
const EOS: u16 = 256;
/// Longest code.
const LONGEST: usize = 30;

/// Bits of the code of each octet, then of EOS.
#[rustfmt::skip]
const LENGTHS: [u8; 257] = [
    13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
    13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
    15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
    20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
    22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
    26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
    20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
    30,
];

/// The codes of one length: the first of them, and their symbols.
#[derive(Default)]
struct Codes {
    first: u32,
    symbols: Vec<u16>,
}

static CODES: LazyLock<Vec<Codes>> = LazyLock::new(|| {
    let mut all = Vec::new();
    let mut next = 0u32;
    for length in 0..=LONGEST {
        next = next.wrapping_shl(1);
        let of_length = LENGTHS.iter().zip(0u16..).filter(|(bits, _)| usize::from(**bits) == length);
        let symbols: Vec<u16> = of_length.map(|(_, symbol)| symbol).collect();
        let first = next;
        next = next.wrapping_add(symbols.len() as u32);
        all.push(Codes { first, symbols });
    }
    all
});

/// Appends the text of a coded string; `None` where it is not one, or longer than `most` octets.
pub(super) fn decode(coded: &[u8], most: usize, text: &mut Vec<u8>) -> Option<()> {
    let (mut code, mut length) = (0u32, 0usize);
    let mut room = most;
    for octet in coded {
        for bit in (0..8u32).rev() {
            code = code.wrapping_shl(1) | (u32::from(*octet).wrapping_shr(bit) & 1);
            length = length.saturating_add(1);
            let codes = CODES.get(length)?;
            let Some(symbol) = code.checked_sub(codes.first).and_then(|place| codes.symbols.get(place as usize)) else {
                continue;
            };
            if *symbol == EOS {
                return None;
            }
            room = room.checked_sub(1)?;
            text.push(u8::try_from(*symbol).ok()?);
            (code, length) = (0, 0);
        }
    }
    // Padding: fewer than eight bits, all of them ones (§5.2).
    let ones = 1u32.wrapping_shl(length as u32).wrapping_sub(1);
    (length < 8 && code == ones).then_some(())
}

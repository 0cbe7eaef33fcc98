//! Alphabets (3GPP TS 23.038 V17): the 7-bit default alphabet with its extension table, 8-bit data, UCS-2.
//!
//! Septets are packed from the lowest bit on: septet n takes the bits 7n to 7n+6 of the octets (§6.1.2.1).

use super::Tpdu;

/// How the text of a short message is coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Alphabet {
    /// The GSM 7-bit default alphabet.
    Default,
    /// 8-bit data, or compressed text.
    Data,
    /// UCS-2; UTF-16 in practice.
    Ucs2,
}

impl Alphabet {
    /// By the data coding scheme (§4).
    pub fn of(dcs: u8) -> Self {
        match dcs >> 4 {
            // General data coding, with or without marking for deletion; bit 6 is compression.
            0x0..=0x7 if dcs & 0x20 != 0 => Self::Data,
            0x0..=0x7 => match (dcs >> 2) & 0x03 {
                0 | 3 => Self::Default,
                1 => Self::Data,
                _ => Self::Ucs2,
            },
            // Message waiting indication: store in UCS-2; the others in the default alphabet.
            0xe => Self::Ucs2,
            // Data coding and message class: bit 2 tells the alphabet.
            0xf if dcs & 0x04 != 0 => Self::Data,
            _ => Self::Default,
        }
    }
}

/// §6.2.1, the extension escape apart.
const DEFAULT: [char; 128] = [
    '@', '£', '$', '¥', 'è', 'é', 'ù', 'ì', 'ò', 'Ç', '\n', 'Ø', 'ø', '\r', 'Å', 'å', 'Δ', '_', 'Φ', 'Γ', 'Λ', 'Ω',
    'Π', 'Ψ', 'Σ', 'Θ', 'Ξ', ' ', 'Æ', 'æ', 'ß', 'É', ' ', '!', '"', '#', '¤', '%', '&', '\'', '(', ')', '*', '+', ',',
    '-', '.', '/', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ':', ';', '<', '=', '>', '?', '¡', 'A', 'B', 'C',
    'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z',
    'Ä', 'Ö', 'Ñ', 'Ü', '§', '¿', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q',
    'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', 'ä', 'ö', 'ñ', 'ü', 'à',
];
const ESCAPE: u8 = 0x1b;

/// §6.2.1.1. A code that is not in the table is shown as in the default one.
fn extension(septet: u8) -> Option<char> {
    Some(match septet {
        0x0a => '\u{c}',
        0x14 => '^',
        0x28 => '{',
        0x29 => '}',
        0x2f => '\\',
        0x3c => '[',
        0x3d => '~',
        0x3e => ']',
        0x40 => '|',
        0x65 => '€',
        _ => return None,
    })
}

/// The septets of packed octets.
pub(super) struct Septets<'a> {
    octets: &'a [u8],
    bit: usize,
    left: usize,
}

impl<'a> Septets<'a> {
    /// `count` septets from the given one on.
    pub(super) fn new(octets: &'a [u8], first: usize, count: usize) -> Self {
        Self { octets, bit: first.saturating_mul(7), left: count }
    }
}

impl Iterator for Septets<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        self.left = self.left.checked_sub(1)?;
        let octet = |index: usize| self.octets.get(index).copied();
        let at = self.bit >> 3;
        let low = octet(at)?;
        let shift = (self.bit & 7) as u32;
        // A septet that reaches into an octet that is missing is missing too.
        let high = match shift {
            0 | 1 => 0,
            _ => octet(at.saturating_add(1))?,
        };
        self.bit = self.bit.saturating_add(7);
        Some(((u16::from_le_bytes([low, high]) >> shift) & 0x7f) as u8)
    }
}

/// The characters of septets in the default alphabet.
pub(super) fn gsm_characters(mut septets: Septets<'_>) -> impl Iterator<Item = char> {
    let default = |septet: u8| DEFAULT.get(usize::from(septet)).copied();
    std::iter::from_fn(move || match septets.next()? {
        ESCAPE => {
            let septet = septets.next()?;
            extension(septet).or(default(septet))
        }
        septet => default(septet),
    })
}

/// Writes characters while they fit.
pub(super) fn write(characters: impl Iterator<Item = char>, buffer: &mut [u8]) -> &str {
    let mut len = 0usize;
    for character in characters {
        let end = len.saturating_add(character.len_utf8());
        let Some(place) = buffer.get_mut(len..end) else {
            break;
        };
        character.encode_utf8(place);
        len = end;
    }
    let written = buffer.get(..len).unwrap_or_default();
    std::str::from_utf8(written).unwrap_or_default()
}

/// The text of a TPDU.
pub(super) fn decode<'b>(tpdu: &Tpdu<'_>, buffer: &'b mut [u8]) -> &'b str {
    let body = tpdu.user_data.get(tpdu.header_len..).unwrap_or_default();
    match tpdu.alphabet() {
        Alphabet::Default => {
            // The header takes whole septets (§9.2.3.24).
            let first = tpdu.header_len.saturating_mul(8).div_ceil(7);
            let count = usize::from(tpdu.user_data_len).saturating_sub(first);
            write(gsm_characters(Septets::new(tpdu.user_data, first, count)), buffer)
        }
        Alphabet::Ucs2 => {
            let (units, _) = body.as_chunks::<2>();
            let units = units.iter().map(|unit| u16::from_be_bytes(*unit));
            let characters = char::decode_utf16(units);
            let replace = char::REPLACEMENT_CHARACTER;
            write(characters.map(|character| character.unwrap_or(replace)), buffer)
        }
        Alphabet::Data => {
            let digits = body.iter().flat_map(|octet| {
                let digit = |value: u8| char::from_digit(u32::from(value), 16);
                [digit(octet >> 4), digit(octet & 0x0f)]
            });
            write(digits.flatten(), buffer)
        }
    }
}

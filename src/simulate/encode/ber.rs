//! BER (X.690) tag, length, value: definite lengths in the shortest form.

/// The tag of a universal or constructed type, as it stands in the identifier octets.
pub mod tag {
    /// INTEGER.
    pub const INTEGER: u16 = 0x02;
    /// OCTET STRING.
    pub const OCTETS: u16 = 0x04;
    /// NULL.
    pub const NULL: u16 = 0x05;
    /// OBJECT IDENTIFIER.
    pub const OID: u16 = 0x06;
    /// ENUMERATED.
    pub const ENUMERATED: u16 = 0x0a;
    /// SEQUENCE, constructed.
    pub const SEQUENCE: u16 = 0x30;

    /// `[n]` of the context class, primitive. X.690 §8.1.2.4: from 31 on the number stands in a second octet.
    pub const fn context(number: u8) -> u16 {
        if number < 31 { 0x80 | number as u16 } else { 0x9f00 | number as u16 }
    }

    /// `[n]` of the context class, constructed.
    pub const fn constructed(number: u8) -> u16 {
        if number < 31 { 0xa0 | number as u16 } else { 0xbf00 | number as u16 }
    }
}

/// An encoder that appends to a buffer.
#[derive(Debug, Default)]
pub struct Ber {
    octets: Vec<u8>,
}

impl Ber {
    /// What a closure writes.
    pub fn build(write: impl FnOnce(&mut Self)) -> Vec<u8> {
        let mut ber = Self { octets: Vec::with_capacity(256) };
        write(&mut ber);
        ber.octets
    }

    /// A constructed element whose contents the closure writes.
    pub fn node(&mut self, tag: u16, write: impl FnOnce(&mut Self)) {
        self.identifier(tag);
        let start = self.octets.len();
        write(self);
        let length = self.octets.len() - start;
        let (field, used) = length_octets(length);
        self.octets.splice(start..start, field.into_iter().take(used));
    }

    /// A primitive element.
    pub fn octets(&mut self, tag: u16, value: &[u8]) {
        self.identifier(tag);
        let (field, used) = length_octets(value.len());
        self.octets.extend(field.into_iter().take(used));
        self.octets.extend_from_slice(value);
    }

    /// An INTEGER or ENUMERATED without sign, in the fewest octets that keep it positive (X.690 §8.3).
    pub fn integer(&mut self, tag: u16, value: u32) {
        let wide = [&[0], value.to_be_bytes().as_slice()].concat();
        let skip = wide.windows(2).take_while(|pair| matches!(pair, [0, next] if next & 0x80 == 0)).count();
        self.octets(tag, wide.get(skip..).unwrap_or(&wide));
    }

    /// Elements that are already encoded.
    pub fn raw(&mut self, encoded: &[u8]) {
        self.octets.extend_from_slice(encoded);
    }

    fn identifier(&mut self, tag: u16) {
        let [high, low] = tag.to_be_bytes();
        if high != 0 {
            self.octets.push(high);
        }
        self.octets.push(low);
    }
}

/// X.690 §8.1.3: the length field and how many of its octets are used.
fn length_octets(length: usize) -> ([u8; 4], usize) {
    match length {
        0..=0x7f => ([length as u8, 0, 0, 0], 1),
        0x80..=0xff => ([0x81, length as u8, 0, 0], 2),
        0x100..=0xffff => ([0x82, (length >> 8) as u8, length as u8, 0], 3),
        _ => ([0x83, (length >> 16) as u8, (length >> 8) as u8, length as u8], 4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read_length(octets: &[u8]) -> (usize, usize) {
        match octets[0] {
            short @ 0..=0x7f => (short as usize, 1),
            long => {
                let count = (long & 0x7f) as usize;
                let value = octets[1..=count].iter().fold(0, |value, &octet| value << 8 | octet as usize);
                (value, 1 + count)
            }
        }
    }

    proptest! {
        #[test]
        fn lengths_read_back_and_are_shortest(length in 0usize..0x0100_0000) {
            let (field, used) = length_octets(length);
            prop_assert_eq!(read_length(&field[..used]), (length, used));
            let shortest = match length { 0..=0x7f => 1, 0x80..=0xff => 2, 0x100..=0xffff => 3, _ => 4 };
            prop_assert_eq!(used, shortest);
        }

        #[test]
        fn nested_lengths_cover_their_contents(sizes in proptest::collection::vec(0usize..400, 1..6)) {
            let whole = Ber::build(|b| b.node(tag::SEQUENCE, |b| {
                for &size in &sizes {
                    b.octets(tag::OCTETS, &vec![0xaa; size]);
                }
            }));
            let (length, used) = read_length(&whole[1..]);
            prop_assert_eq!(length + used + 1, whole.len());
            let mut at = 1 + used;
            for &size in &sizes {
                let (length, used) = read_length(&whole[at + 1..]);
                prop_assert_eq!(length, size);
                at += 1 + used + size;
            }
            prop_assert_eq!(at, whole.len());
        }
    }

    #[test]
    fn integers_keep_their_sign() {
        let encode = |value| Ber::build(|b| b.integer(tag::INTEGER, value));
        assert_eq!(encode(0), [2, 1, 0]);
        assert_eq!(encode(127), [2, 1, 127]);
        assert_eq!(encode(128), [2, 2, 0, 128]);
        assert_eq!(encode(0x1234), [2, 2, 0x12, 0x34]);
        assert_eq!(encode(u32::MAX), [2, 5, 0, 255, 255, 255, 255]);
    }

    #[test]
    fn high_tags_take_two_octets() {
        assert_eq!(Ber::build(|b| b.octets(tag::context(50), &[1])), [0x9f, 0x32, 1, 1]);
        assert_eq!(Ber::build(|b| b.node(tag::constructed(59), |_| ())), [0xbf, 0x3b, 0]);
    }
}

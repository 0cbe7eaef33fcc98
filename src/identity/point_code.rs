//! Signalling point codes, as people write them.

use crate::text::{Text, displayed, octet};
use std::fmt;

/// How the bits of a point code are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PointCodeForm {
    /// 14 bits of ITU-T Q.704, 3-8-3: zone, area or network, signalling point (Q.708).
    Itu,
    /// 24 bits, 8-8-8: network, cluster, member (ANSI T1.111); main area, sub-area, point (China, GF001).
    Bits24,
    /// 16 bits of Japan (JT-Q704), 7-4-5: unit, sub-area, main area.
    Japan,
}

/// A signalling point code with its form.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PointCode(u32);

impl PointCode {
    const VALUE: u32 = 0x00ff_ffff;

    /// From its number. One that is too large for its form is written as 24 bits, of which more are dropped.
    pub fn new(value: u32, form: PointCodeForm) -> Self {
        let form = match form {
            PointCodeForm::Itu if value < 1 << 14 => 0,
            PointCodeForm::Japan if value < 1 << 16 => 2,
            _ => 1,
        };
        Self((value & Self::VALUE) | (form << 24))
    }

    /// Its number.
    pub fn value(self) -> u32 {
        self.0 & Self::VALUE
    }

    /// How it is written.
    pub fn form(self) -> PointCodeForm {
        match self.0 >> 24 {
            0 => PointCodeForm::Itu,
            2 => PointCodeForm::Japan,
            _ => PointCodeForm::Bits24,
        }
    }
}

impl Text for PointCode {
    fn append(&self, to: &mut Vec<u8>) {
        let value = self.value();
        let [a, b, c] = match self.form() {
            PointCodeForm::Itu => [value >> 11, value >> 3, value & 0x07],
            PointCodeForm::Bits24 => [value >> 16, value >> 8, value],
            PointCodeForm::Japan => [value >> 9, (value >> 5) & 0x0f, value & 0x1f],
        };
        octet(to, a as u8);
        to.push(b'-');
        octet(to, b as u8);
        to.push(b'-');
        octet(to, c as u8);
    }

    fn is_plain(&self) -> bool {
        true
    }
}

displayed!(PointCode);

impl fmt::Debug for PointCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_forms() {
        let shown = |value, form| PointCode::new(value, form).to_string();
        assert_eq!(shown((2 << 11) | (57 << 3) | 6, PointCodeForm::Itu), "2-57-6");
        assert_eq!(shown(0x01_02_03, PointCodeForm::Bits24), "1-2-3");
        assert_eq!(shown(0x05_08_01, PointCodeForm::Itu), "5-8-1");
        assert_eq!(shown(0x1234, PointCodeForm::Japan), "9-1-20");
        assert_eq!(PointCode::new(0xff05_0801, PointCodeForm::Bits24).value(), 0x0005_0801);
    }
}

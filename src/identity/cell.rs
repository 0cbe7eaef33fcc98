//! Networks and places: PLMN, cell and area identities (TS 23.003 §4, §19.6).

use super::ParseIdentityError;
use crate::text::{Text, decimal, displayed, padded};
use std::fmt;
use std::str::FromStr;

/// A network: mobile country code and mobile network code of two or three digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Plmn {
    mcc: u16,
    mnc: u16,
    mnc_digits: u8,
}

impl Plmn {
    /// From numbers, `None` where they do not fit.
    pub fn new(mcc: u16, mnc: u16, mnc_digits: u8) -> Option<Self> {
        let fits = mcc <= 999 && matches!((mnc_digits, mnc), (2, 0..=99) | (3, 0..=999));
        fits.then_some(Self { mcc, mnc, mnc_digits })
    }

    /// From the three octets of TS 24.008 §10.5.1.3 (also TS 29.272 Visited-PLMN-Id).
    pub fn from_octets(octets: [u8; 3]) -> Option<Self> {
        let [a, b, c] = octets;
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0u16, |number, digit| {
                (*digit <= 9).then_some(())?;
                number.checked_mul(10)?.checked_add(u16::from(*digit))
            })
        };
        let mcc = number(&[a & 0x0f, a >> 4, b & 0x0f])?;
        match b >> 4 {
            0x0f => Self::new(mcc, number(&[c & 0x0f, c >> 4])?, 2),
            third => Self::new(mcc, number(&[c & 0x0f, c >> 4, third])?, 3),
        }
    }

    /// The three octets of TS 24.008 §10.5.1.3.
    pub fn to_octets(self) -> [u8; 3] {
        let digits = |value: u16| [(value / 100 % 10) as u8, (value / 10 % 10) as u8, (value % 10) as u8];
        let [m1, m2, m3] = digits(self.mcc);
        let [n1, n2, n3] = match (self.mnc_digits, digits(self.mnc)) {
            (2, [_, n1, n2]) => [n1, n2, 0x0f],
            (_, three) => three,
        };
        [m1 | m2 << 4, m3 | n3 << 4, n1 | n2 << 4]
    }

    /// Mobile country code.
    pub fn mcc(self) -> u16 {
        self.mcc
    }
    /// Mobile network code.
    pub fn mnc(self) -> u16 {
        self.mnc
    }
    /// Two or three: how the network code is written.
    pub fn mnc_digits(self) -> u8 {
        self.mnc_digits
    }
}

impl Text for Plmn {
    fn is_plain(&self) -> bool {
        true
    }

    fn append(&self, to: &mut Vec<u8>) {
        padded(to, u64::from(self.mcc), 3);
        to.push(b'-');
        padded(to, u64::from(self.mnc), usize::from(self.mnc_digits));
    }
}

displayed!(Plmn, CellId);

impl fmt::Debug for Plmn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Plmn {
    type Err = ParseIdentityError;
    /// `001-01`, as `Display` writes it.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = ParseIdentityError { what: "a PLMN (MCC-MNC)" };
        let (mcc, mnc) = text.split_once('-').ok_or(error)?;
        if mcc.len() != 3 {
            return Err(error);
        }
        let number = |text: &str| text.parse::<u16>().map_err(|_| error);
        Self::new(number(mcc)?, number(mnc)?, mnc.len() as u8).ok_or(error)
    }
}

/// What the numbers of a [`CellId`] are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CellKind {
    /// Cell global identity (2G, 3G): LAC and CI.
    Cgi,
    /// Service area identity (3G): LAC and SAC.
    Sai,
    /// Location area only: LAC.
    Lai,
    /// E-UTRAN cell (4G): ECI of 28 bits, TAC where it came with it.
    Ecgi,
    /// Tracking area only.
    Tai,
    /// New Radio cell (5G): NCI of 36 bits, TAC where it came with it.
    Ncgi,
}

impl CellKind {
    /// The name in the `cell_kind` field of messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cgi => "cgi",
            Self::Sai => "sai",
            Self::Lai => "lai",
            Self::Ecgi => "ecgi",
            Self::Tai => "tai",
            Self::Ncgi => "ncgi",
        }
    }

    /// True where the cell number is unique in its network, so that the area adds nothing.
    pub fn is_wide(self) -> bool {
        matches!(self, Self::Ecgi | Self::Ncgi)
    }

    /// The kind with that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Cgi, Self::Sai, Self::Lai, Self::Ecgi, Self::Tai, Self::Ncgi]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

/// A place as a key: network, cell, and the area where the cell alone does not tell.
pub type PlaceKey = (Plmn, Option<u64>, Option<u32>);

/// A place in a network: one cell, or an area where the cell is not known.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellId {
    /// The network.
    pub plmn: Plmn,
    /// LAC or TAC.
    pub area: Option<u32>,
    /// CI, SAC, ECI or NCI; `None` for an area.
    pub cell: Option<u64>,
    /// Which of them.
    pub kind: CellKind,
}

impl CellId {
    /// From the seven octets of TS 29.002 CellGlobalIdOrServiceAreaIdFixedLength (PLMN, LAC, CI).
    pub fn from_cgi_octets(octets: [u8; 7]) -> Option<Self> {
        let [a, b, c, lac1, lac2, ci1, ci2] = octets;
        Some(Self {
            plmn: Plmn::from_octets([a, b, c])?,
            area: Some(u32::from(u16::from_be_bytes([lac1, lac2]))),
            cell: Some(u64::from(u16::from_be_bytes([ci1, ci2]))),
            kind: CellKind::Cgi,
        })
    }

    /// From the five octets of TS 29.002 LAIFixedLength (PLMN, LAC).
    pub fn from_lai_octets(octets: [u8; 5]) -> Option<Self> {
        let [a, b, c, lac1, lac2] = octets;
        Some(Self {
            plmn: Plmn::from_octets([a, b, c])?,
            area: Some(u32::from(u16::from_be_bytes([lac1, lac2]))),
            cell: None,
            kind: CellKind::Lai,
        })
    }

    /// From the seven octets of an ECGI (PLMN, 28-bit ECI; TS 29.118 §9.4.3a, TS 29.272 E-UTRAN-Cell-Global-Identity).
    pub fn from_ecgi_octets(octets: [u8; 7]) -> Option<Self> {
        let [a, b, c, e1, e2, e3, e4] = octets;
        Some(Self {
            plmn: Plmn::from_octets([a, b, c])?,
            area: None,
            cell: Some(u64::from(u32::from_be_bytes([e1 & 0x0f, e2, e3, e4]))),
            kind: CellKind::Ecgi,
        })
    }

    /// From the five octets of a TAI (PLMN, TAC).
    pub fn from_tai_octets(octets: [u8; 5]) -> Option<Self> {
        let lai = Self::from_lai_octets(octets)?;
        Some(Self { kind: CellKind::Tai, ..lai })
    }

    /// The same cell with its tracking or location area filled in.
    pub fn with_area(self, area: u32) -> Self {
        Self { area: Some(area), ..self }
    }

    /// Its area, where it is needed to tell the cell from others: one cell may come with its area and without.
    pub fn telling_area(self) -> Option<u32> {
        self.area.filter(|_| !self.kind.is_wide())
    }

    /// What is equal for all names of one place.
    pub fn place(self) -> PlaceKey {
        (self.plmn, self.cell, self.telling_area())
    }

    /// True when a single cell is named, not an area.
    pub fn is_cell(self) -> bool {
        self.cell.is_some()
    }
}

/// `MCC-MNC-LAC-CI` and its like in decimal; a part that is not known is `?`.
impl Text for CellId {
    fn is_plain(&self) -> bool {
        true
    }

    fn append(&self, to: &mut Vec<u8>) {
        self.plmn.append(to);
        to.push(b'-');
        match self.area {
            Some(area) => decimal(to, area),
            None => to.push(b'?'),
        }
        if let Some(cell) = self.cell {
            to.push(b'-');
            decimal(to, cell);
        }
    }
}

impl fmt::Debug for CellId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {self}", self.kind.name())
    }
}

impl CellId {
    /// From the text that `Display` writes and its kind.
    pub fn parse(text: &str, kind: CellKind) -> Option<Self> {
        let mut parts = text.split('-');
        let (mcc, mnc) = (parts.next()?, parts.next()?);
        let plmn = format!("{mcc}-{mnc}").parse().ok()?;
        let area = match parts.next()? {
            "?" => None,
            text => Some(text.parse().ok()?),
        };
        let cell = match parts.next() {
            Some(text) => Some(text.parse().ok()?),
            None => None,
        };
        Some(Self { plmn, area, cell, kind })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plmn_of_two_and_three_digits() {
        assert_eq!(Plmn::from_octets([0x62, 0xf2, 0x10]).unwrap().to_string(), "262-01");
        assert_eq!(Plmn::from_octets([0x13, 0x00, 0x14]).unwrap().to_string(), "310-410");
        assert_eq!(Plmn::from_octets([0xff, 0xff, 0xff]), None);
    }

    #[test]
    fn cgi_known_answer() {
        // 262-01, LAC 0x2aad, CI 0x1001
        let cell = CellId::from_cgi_octets([0x62, 0xf2, 0x10, 0x2a, 0xad, 0x10, 0x01]).unwrap();
        assert_eq!(cell.to_string(), "262-01-10925-4097");
        let ecgi = CellId::from_ecgi_octets([0x62, 0xf2, 0x10, 0x01, 0x23, 0x45, 0x01]).unwrap();
        assert_eq!(ecgi.to_string(), "262-01-?-19088641");
    }

    proptest! {
        #[test]
        fn plmn_round_trips(mcc in 0u16..1000, mnc in 0u16..1000, three: bool) {
            let plmn = if three { Plmn::new(mcc, mnc, 3) } else { Plmn::new(mcc, mnc % 100, 2) }.unwrap();
            prop_assert_eq!(Plmn::from_octets(plmn.to_octets()), Some(plmn));
            prop_assert_eq!(plmn.to_string().parse::<Plmn>(), Ok(plmn));
            let cell = CellId { plmn, area: Some(7), cell: Some(9), kind: CellKind::Cgi };
            prop_assert_eq!(CellId::parse(&cell.to_string(), CellKind::Cgi), Some(cell));
        }
    }
}

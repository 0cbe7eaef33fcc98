//! JSON as it streams by: no tree is built, what was read before a defect is kept.
//!
//! Texts tell by their beginning what they are (`imsi-`, `imei-`); places and networks are objects whose members tell:
//!
//! ```text
//! "nrLocation": {"tai": {"plmnId": {"mcc": "001", "mnc": "01"}, "tac": "000001"},
//!                "ncgi": {"plmnId": {"mcc": "001", "mnc": "01"}, "nrCellId": "000000010"}}
//! ```

use super::{Facts, identities};
use crate::identity::{CellId, CellKind, Plmn};
use arrayvec::ArrayVec;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// What the name of a member says of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Supi,
    Pei,
    Serving,
    Guami,
    Plmn,
    Mcc,
    Mnc,
    Tai,
    Ncgi,
    Ecgi,
    Cgi,
    Sai,
    Lai,
    Tac,
    Cell,
    Lac,
    NetworkName,
    Rat,
    AuthResult,
    Purge,
    Other,
}

fn key(name: &str) -> Key {
    match name {
        "supi" | "supiOrSuci" => Key::Supi,
        "pei" => Key::Pei,
        "servingNetwork" | "servingPlmn" => Key::Serving,
        "guami" => Key::Guami,
        "plmnId" => Key::Plmn,
        "mcc" => Key::Mcc,
        "mnc" => Key::Mnc,
        "tai" => Key::Tai,
        "ncgi" => Key::Ncgi,
        "ecgi" => Key::Ecgi,
        "cgi" => Key::Cgi,
        "sai" => Key::Sai,
        "lai" | "rai" => Key::Lai,
        "tac" => Key::Tac,
        "nrCellId" | "eutraCellId" | "cellId" | "sac" => Key::Cell,
        "lac" => Key::Lac,
        "servingNetworkName" => Key::NetworkName,
        "ratType" | "rATType" => Key::Rat,
        "authResult" => Key::AuthResult,
        "purgeFlag" => Key::Purge,
        _ => Key::Other,
    }
}

/// Radio access in the words of TS 29.571 table 5.4.3.2-1.
const RAT_TYPES: [&str; 14] = [
    "NR",
    "EUTRA",
    "WLAN",
    "VIRTUAL",
    "NBIOT",
    "WIRELINE",
    "WIRELINE_CABLE",
    "WIRELINE_BBF",
    "LTE-M",
    "NR_U",
    "EUTRA_U",
    "UTRA",
    "GERA",
    "TRUSTED_WLAN",
];

/// Digits that a part of a place has.
type Short = ArrayVec<u8, 12>;

/// What a value gives to the object around it.
enum Piece {
    None,
    Mcc(Short),
    Mnc(Short),
    Number(Key, u64),
    Plmn(Plmn),
    Area(CellId),
    Cell(CellId),
}

/// Names what a JSON text says. `key` is the name of the member that it is the value of, where it has one.
pub(super) fn name(facts: &mut Facts, member: &str, text: &[u8]) -> Result<(), serde_json::Error> {
    let mut json = serde_json::Deserializer::from_slice(text);
    let piece = Walk { key: key(member), facts }.deserialize(&mut json)?;
    match piece {
        Piece::Area(place) | Piece::Cell(place) => facts.named.cell(place),
        _ => {}
    }
    json.end()
}

struct Walk<'f> {
    key: Key,
    facts: &'f mut Facts,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = Piece;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Piece, D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// The parts of a place, as they come.
#[derive(Default)]
struct Parts {
    mcc: Short,
    mnc: Short,
    plmn: Option<Plmn>,
    tac: Option<u64>,
    cell: Option<u64>,
    lac: Option<u64>,
    area_there: Option<CellId>,
    cell_there: Option<CellId>,
}

impl Parts {
    fn take(&mut self, piece: Piece) {
        match piece {
            Piece::Mcc(mcc) => self.mcc = mcc,
            Piece::Mnc(mnc) => self.mnc = mnc,
            Piece::Number(Key::Tac, number) => self.tac = Some(number),
            Piece::Number(Key::Lac, number) => self.lac = Some(number),
            Piece::Number(_, number) => self.cell = Some(number),
            Piece::Plmn(plmn) => self.plmn = Some(plmn),
            Piece::Area(area) => self.area_there = Some(area),
            Piece::Cell(cell) => self.cell_there = Some(cell),
            Piece::None => {}
        }
    }

    /// What the object is, that had these parts.
    fn piece(self, key: Key, facts: &mut Facts) -> Piece {
        let own = identities::plmn(&self.mcc, &self.mnc);
        let place = |area: Option<u64>, cell: Option<u64>, kind| {
            let area = area.and_then(|area| u32::try_from(area).ok());
            self.plmn.map(|plmn| CellId { plmn, area, cell, kind })
        };
        let piece = match key {
            Key::Plmn => own.map(Piece::Plmn),
            Key::Serving | Key::Guami => {
                facts.named.plmn = own.or(self.plmn).or(facts.named.plmn);
                None
            }
            Key::Tai => place(self.tac, None, CellKind::Tai).filter(|_| self.tac.is_some()).map(Piece::Area),
            Key::Lai => place(self.lac, None, CellKind::Lai).filter(|_| self.lac.is_some()).map(Piece::Area),
            Key::Ncgi => place(None, self.cell, CellKind::Ncgi).map(Piece::Cell),
            Key::Ecgi => place(None, self.cell, CellKind::Ecgi).map(Piece::Cell),
            Key::Cgi => place(self.lac, self.cell, CellKind::Cgi).map(Piece::Cell),
            Key::Sai => place(self.lac, self.cell, CellKind::Sai).map(Piece::Cell),
            _ => None,
        };
        match (self.cell_there, self.area_there) {
            (Some(cell), Some(area)) if cell.kind.is_wide() && area.plmn == cell.plmn => {
                facts.named.cell(area.area.map_or(cell, |code| cell.with_area(code)));
            }
            (Some(cell), _) => facts.named.cell(cell),
            (None, Some(area)) => facts.named.cell(area),
            (None, None) => {}
        }
        piece.unwrap_or(Piece::None)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = Piece;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Piece, E> {
        if self.key == Key::Purge {
            self.facts.purged = value;
        }
        Ok(Piece::None)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Piece, E> {
        Ok(Piece::None)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Piece, E> {
        Ok(Piece::None)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Piece, E> {
        Ok(Piece::None)
    }

    fn visit_unit<E: Error>(self) -> Result<Piece, E> {
        Ok(Piece::None)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Piece, E> {
        let Self { key, facts } = self;
        let octets = text.as_bytes();
        let short = || Short::try_from(octets).unwrap_or_default();
        Ok(match key {
            Key::Mcc => Piece::Mcc(short()),
            Key::Mnc => Piece::Mnc(short()),
            Key::Tac | Key::Cell | Key::Lac => {
                u64::from_str_radix(text, 16).map_or(Piece::None, |number| Piece::Number(key, number))
            }
            Key::Supi => {
                identities::supi(facts, octets);
                Piece::None
            }
            Key::Pei => {
                identities::pei(facts, octets);
                Piece::None
            }
            Key::NetworkName => {
                facts.named.plmn = identities::network_name(octets).or(facts.named.plmn);
                Piece::None
            }
            Key::Rat => {
                facts.rat_type = RAT_TYPES.into_iter().find(|rat| *rat == text).or(facts.rat_type);
                Piece::None
            }
            Key::AuthResult => {
                facts.authenticated = Some(text == "AUTHENTICATION_SUCCESS");
                Piece::None
            }
            _ => {
                identities::name(facts, octets);
                Piece::None
            }
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Piece, A::Error> {
        // A list of areas or cells is of a network, not of a subscriber; names of members count within it again.
        while items.next_element_seed(Walk { key: Key::Other, facts: &mut *self.facts })?.is_some() {}
        Ok(Piece::None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Piece, A::Error> {
        let Self { key: own, facts } = self;
        let mut parts = Parts::default();
        let result = loop {
            let member = match members.next_key_seed(Name { facts: &mut *facts }) {
                Ok(Some(member)) => member,
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            };
            match members.next_value_seed(Walk { key: member, facts: &mut *facts }) {
                Ok(piece) => parts.take(piece),
                Err(error) => break Err(error),
            }
        };
        let piece = parts.piece(own, facts);
        result.map(|()| piece)
    }
}

/// The name of a member; maps of subscribers have identities there.
struct Name<'f> {
    facts: &'f mut Facts,
}

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Key;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Key, E> {
        let key = key(name);
        if key == Key::Other {
            identities::name(self.facts, name.as_bytes());
        }
        Ok(key)
    }
}

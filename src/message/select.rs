//! Which messages are wanted: by protocol, operation, identity, place and time.

use super::Message;
use crate::identity::{CellId, Imei, Imsi, Msisdn, Number, ParseIdentityError, Plmn};
use crate::wire::{Identity, Named};
use std::collections::BTreeSet;
use std::str::FromStr;

/// Subscribers, numbers and devices that are looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Subscribers.
    pub imsis: BTreeSet<Imsi>,
    /// Numbers, as the subscriber's own or as a party's.
    pub msisdns: BTreeSet<Msisdn>,
    /// Devices: type and serial number count.
    pub imeis: BTreeSet<Imei>,
}

impl Wanted {
    /// Nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.imsis.is_empty() && self.msisdns.is_empty() && self.imeis.is_empty()
    }

    /// A subscriber that is looked for.
    pub fn imsi(&self, imsi: Imsi) -> bool {
        self.imsis.contains(&imsi)
    }

    /// A number that is looked for, in whatever form it comes.
    pub fn number(&self, number: Number) -> bool {
        // The digits alone as well: not all that is international says so.
        let digits = number.digits.short().and_then(Msisdn::new);
        [number.international(), digits].into_iter().flatten().any(|msisdn| self.msisdns.contains(&msisdn))
    }

    /// A device that is looked for.
    pub fn imei(&self, imei: Imei) -> bool {
        self.imeis.iter().any(|wanted| wanted.device() == imei.device())
    }

    /// Whether a message names any of them.
    pub fn named(&self, named: &Named) -> bool {
        let numbers = [named.calling, named.called];
        named.imsi.is_some_and(|imsi| self.imsi(imsi))
            || named.msisdn.is_some_and(|msisdn| self.msisdns.contains(&msisdn))
            || named.imei.is_some_and(|imei| self.imei(imei))
            || numbers.into_iter().flatten().any(|number| self.number(number))
            || named.more.iter().any(|identity| self.identity(*identity))
    }

    fn identity(&self, identity: Identity) -> bool {
        match identity {
            Identity::Imsi(imsi) => self.imsi(imsi),
            Identity::Msisdn(msisdn) => self.msisdns.contains(&msisdn),
            Identity::Imei(imei) => self.imei(imei),
            Identity::Calling(number) | Identity::Called(number) | Identity::Number(number) => self.number(number),
            _ => false,
        }
    }
}

/// A cell, or an area with all of its cells: `MCC-MNC-area-cell` or `MCC-MNC-area`; `?` is any area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    plmn: Plmn,
    area: Option<u32>,
    cell: Option<u64>,
}

impl FromStr for Place {
    type Err = ParseIdentityError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = ParseIdentityError { what: "a cell: MCC-MNC-area-cell, MCC-MNC-?-cell or MCC-MNC-area" };
        let read = || {
            let mut parts = text.split('-');
            let plmn = format!("{}-{}", parts.next()?, parts.next()?).parse().ok()?;
            let area = match parts.next()? {
                "?" => None,
                area => Some(area.parse().ok()?),
            };
            let cell = match parts.next() {
                Some(cell) => Some(cell.parse().ok()?),
                None => None,
            };
            let whole = parts.next().is_none() && (area.is_some() || cell.is_some());
            whole.then_some(Self { plmn, area, cell })
        };
        read().ok_or(wrong)
    }
}

impl Place {
    /// Whether a cell is this one or lies in this area. A message may leave out the area of a cell.
    pub fn has(self, cell: CellId) -> bool {
        let same_area = match (self.area, cell.area) {
            (Some(own), Some(other)) => own == other,
            (Some(_), None) => self.cell.is_some(),
            (None, _) => true,
        };
        self.plmn == cell.plmn && same_area && self.cell.is_none_or(|own| cell.cell == Some(own))
    }
}

/// From one time until another; what is absent is no bound.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Times {
    /// Not before, nanoseconds since 1970.
    pub since: Option<i64>,
    /// Before.
    pub until: Option<i64>,
}

impl Times {
    /// Whether a time lies between them.
    pub fn has(self, time: i64) -> bool {
        self.since.is_none_or(|since| time >= since) && self.until.is_none_or(|until| time < until)
    }
}

/// What is asked of messages; what is left empty asks nothing.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Protocols, by name.
    pub protocols: Vec<String>,
    /// Operations, by name; case does not count.
    pub operations: Vec<String>,
    /// Subscribers, numbers, devices, each kind by itself: of those that are not empty, each has to be named.
    pub wanted: [Wanted; 3],
    /// Cells and areas.
    pub places: Vec<Place>,
    /// When.
    pub times: Times,
}

impl Selection {
    /// Whether a message has all that is asked.
    pub fn takes(&self, message: &Message<'_>) -> bool {
        let named = &message.named;
        self.times.has(message.time)
            && (self.protocols.is_empty() || self.protocols.iter().any(|name| name == message.protocol.name()))
            && (self.operations.is_empty() || self.operation(message))
            && self.wanted.iter().all(|wanted| wanted.is_empty() || wanted.named(named))
            && (self.places.is_empty() || self.place(named))
    }

    fn operation(&self, message: &Message<'_>) -> bool {
        let name = message.operation.to_string();
        self.operations.iter().any(|wanted| wanted.eq_ignore_ascii_case(&name))
    }

    fn place(&self, named: &Named) -> bool {
        let further = named.more.iter().filter_map(|identity| match identity {
            Identity::Cell(cell) => Some(*cell),
            _ => None,
        });
        named.cell.into_iter().chain(further).any(|cell| self.places.iter().any(|place| place.has(cell)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::{CellKind, LongDigits, Nature};

    #[test]
    fn a_number_is_found_in_each_of_its_forms() {
        let wanted = Wanted { msisdns: ["15550100123".parse().unwrap()].into(), ..Wanted::default() };
        let number = |text: &str, nature| Number::new(LongDigits::from_ascii(text.as_bytes()).unwrap(), nature);
        assert!(wanted.number(number("15550100123", Nature::International)));
        assert!(wanted.number(number("15550100123", Nature::Unknown)));
        assert!(wanted.number(number("0015550100123", Nature::Unknown)));
        assert!(!wanted.number(number("15550100124", Nature::International)));
        let party = Named { called: Some(number("15550100123", Nature::International)), ..Named::default() };
        assert!(wanted.named(&party));
    }

    #[test]
    fn a_device_is_its_type_and_serial_number() {
        let wanted = Wanted { imeis: ["001000010000019".parse().unwrap()].into(), ..Wanted::default() };
        assert!(wanted.imei("0010000100000142".parse().unwrap()));
        assert!(!wanted.imei("0010000100000242".parse().unwrap()));
    }

    #[test]
    fn a_place_is_a_cell_or_an_area() {
        let plmn = Plmn::new(1, 1, 2).unwrap();
        let cell = |area, cell| CellId { plmn, area, cell, kind: CellKind::Cgi };
        let place = |text: &str| text.parse::<Place>().unwrap();
        assert!(place("001-01-7-9").has(cell(Some(7), Some(9))));
        assert!(place("001-01-7-9").has(cell(None, Some(9))));
        assert!(!place("001-01-7-9").has(cell(Some(8), Some(9))));
        assert!(place("001-01-?-9").has(cell(Some(8), Some(9))));
        assert!(place("001-01-7").has(cell(Some(7), None)) && !place("001-01-7").has(cell(None, Some(9))));
        for text in ["001-01", "001-01-?", "001-01-x-9", "001-01-7-9-1", ""] {
            assert!(text.parse::<Place>().is_err(), "{text}");
        }
    }
}

//! What a protocol message names: the identities, numbers and places that any decoder may find.
//!
//! All application decoders (MAP, CAP, Diameter, SIP) fill one [`Named`], so that what comes after them need not know
//! the protocols apart. The first value of each kind is in its field; further, different ones are in `more`, which
//! allocates only when it is used.

use crate::identity::{CellId, Digits, Guti, Imei, Imsi, Msisdn, Number, Plmn};
use crate::text::{Hex32, Text, decimal, displayed, hexadecimal};

/// A further value beside the first of its kind, or one of a kind that has no field of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    /// Of a subscriber.
    Imsi(Imsi),
    /// A subscriber's number.
    Msisdn(Msisdn),
    /// Of a device.
    Imei(Imei),
    /// A place.
    Cell(CellId),
    /// A temporary identity.
    Tmsi(u32),
    /// Local mobile station identity, which a VLR gives (TS 23.003 §2.5).
    Lmsi(u32),
    /// A further party that calls or sends.
    Calling(Number),
    /// A further party that is called or sent to: also where a call is forwarded, a roaming or handover number.
    Called(Number),
    /// A further node by number.
    Node(Number),
    /// A subscriber's number in a form that is no MSISDN (national, say).
    Number(Number),
    /// Mobile identification number of ten digits (ANSI-41): a subscriber, but not its IMSI.
    Min(Digits),
    /// Electronic serial number (ANSI-41): a device, but not its IMEI.
    Esn(u32),
    /// Mobile equipment identity of 56 bits (ANSI-41).
    Meid(u64),
    /// An exchange: market and switch (ANSI-41 MSCID).
    MscId(u16, u8),
    /// A cell of an exchange (ANSI-41 ServingCellID, TargetCellID).
    AnsiCell(u16),
    /// A location area of an exchange (ANSI-41 LocationAreaID).
    AnsiArea(u16),
}

impl Text for Identity {
    fn is_plain(&self) -> bool {
        true
    }

    fn append(&self, to: &mut Vec<u8>) {
        let (name, value): (&str, &dyn Text) = match self {
            Self::Imsi(imsi) => ("imsi=", imsi),
            Self::Msisdn(msisdn) => ("msisdn=", msisdn),
            Self::Imei(imei) => ("imei=", imei),
            Self::Cell(cell) => ("cell=", cell),
            Self::Tmsi(tmsi) => ("tmsi=", &Hex32(*tmsi)),
            Self::Lmsi(lmsi) => ("lmsi=", &Hex32(*lmsi)),
            Self::Calling(number) => ("calling=", number),
            Self::Called(number) => ("called=", number),
            Self::Node(number) => ("node=", number),
            Self::Number(number) => ("number=", number),
            Self::Min(min) => ("min=", min),
            Self::Esn(esn) => ("esn=", &Hex32(*esn)),
            Self::Meid(meid) => {
                to.extend_from_slice(b"meid=");
                return hexadecimal::<14>(to, *meid);
            }
            Self::MscId(market, switch) => {
                to.extend_from_slice(b"mscid=");
                decimal(to, *market);
                to.push(b'-');
                return decimal(to, *switch);
            }
            Self::AnsiCell(cell) => {
                to.extend_from_slice(b"serving_cell=");
                return decimal(to, *cell);
            }
            Self::AnsiArea(area) => {
                to.extend_from_slice(b"location_area=");
                return decimal(to, *area);
            }
        };
        name.append(to);
        value.append(to);
    }
}

displayed!(Identity);

/// The identities of one message (or one component of it).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// The subscriber.
    pub imsi: Option<Imsi>,
    /// The subscriber's own number (not the other party's).
    pub msisdn: Option<Msisdn>,
    /// The subscriber's device, IMEI or IMEISV as sent.
    pub imei: Option<Imei>,
    /// Temporary identity (TMSI, P-TMSI, M-TMSI, 5G-TMSI).
    pub tmsi: Option<u32>,
    /// Temporary identity with the node that gave it.
    pub guti: Option<Guti>,
    /// Where the subscriber is.
    pub cell: Option<CellId>,
    /// The network that serves the subscriber (visited PLMN).
    pub plmn: Option<Plmn>,
    /// Who calls or sends.
    pub calling: Option<Number>,
    /// Who is called or sent to.
    pub called: Option<Number>,
    /// Serving node by number (MSC, VLR, SGSN, SMSC address).
    pub serving_node: Option<Number>,
    /// Further, different values.
    pub more: Vec<Identity>,
}

impl Named {
    /// How many further values one message may hold; beyond it they are dropped.
    pub const MORE: usize = 32;

    /// A value beside those that have fields.
    pub fn further(&mut self, identity: Identity) {
        if self.more.len() < Self::MORE && !self.more.contains(&identity) {
            self.more.push(identity);
        }
    }

    /// A subscriber was named.
    pub fn imsi(&mut self, imsi: Imsi) {
        match self.imsi {
            None => self.imsi = Some(imsi),
            Some(first) if first != imsi => self.further(Identity::Imsi(imsi)),
            Some(_) => {}
        }
    }

    /// A subscriber's number was named.
    pub fn msisdn(&mut self, msisdn: Msisdn) {
        match self.msisdn {
            None => self.msisdn = Some(msisdn),
            Some(first) if first != msisdn => self.further(Identity::Msisdn(msisdn)),
            Some(_) => {}
        }
    }

    /// A device was named.
    pub fn imei(&mut self, imei: Imei) {
        match self.imei {
            None => self.imei = Some(imei),
            Some(first) if first != imei => self.further(Identity::Imei(imei)),
            Some(_) => {}
        }
    }

    /// A place was named. A cell takes precedence over an area that came before it.
    pub fn cell(&mut self, cell: CellId) {
        match self.cell {
            None => self.cell = Some(cell),
            Some(first) if first == cell => {}
            Some(first) if !first.is_cell() && cell.is_cell() => {
                self.cell = Some(cell);
                self.further(Identity::Cell(first));
            }
            Some(_) => self.further(Identity::Cell(cell)),
        }
    }

    /// The other party of a call or message was named by its IMSI. It is not that of the subscriber, so it never
    /// becomes the first value.
    pub fn other_imsi(&mut self, imsi: Imsi) {
        if self.imsi != Some(imsi) {
            self.further(Identity::Imsi(imsi));
        }
    }

    /// A temporary identity was named.
    pub fn tmsi(&mut self, tmsi: u32) {
        match self.tmsi {
            None => self.tmsi = Some(tmsi),
            Some(first) if first != tmsi => self.further(Identity::Tmsi(tmsi)),
            Some(_) => {}
        }
    }

    /// A party that calls or sends was named.
    pub fn calling(&mut self, number: Number) {
        match self.calling {
            None => self.calling = Some(number),
            Some(first) if first.digits != number.digits => self.further(Identity::Calling(number)),
            Some(_) => {}
        }
    }

    /// A party that is called or sent to was named.
    pub fn called(&mut self, number: Number) {
        match self.called {
            None => self.called = Some(number),
            Some(first) if first.digits != number.digits => self.further(Identity::Called(number)),
            Some(_) => {}
        }
    }

    /// A serving node was named by its number.
    pub fn node(&mut self, number: Number) {
        match self.serving_node {
            None => self.serving_node = Some(number),
            Some(first) if first.digits != number.digits => self.further(Identity::Node(number)),
            Some(_) => {}
        }
    }

    /// A subscriber's number was named, in whatever form.
    pub fn own_number(&mut self, number: Number) {
        match number.international() {
            Some(msisdn) => self.msisdn(msisdn),
            None => self.further(Identity::Number(number)),
        }
    }

    /// What another message names that lies in this one.
    pub fn merge(&mut self, other: Self) {
        other.imsi.into_iter().for_each(|imsi| self.imsi(imsi));
        other.msisdn.into_iter().for_each(|msisdn| self.msisdn(msisdn));
        other.imei.into_iter().for_each(|imei| self.imei(imei));
        other.tmsi.into_iter().for_each(|tmsi| self.tmsi(tmsi));
        other.cell.into_iter().for_each(|cell| self.cell(cell));
        other.calling.into_iter().for_each(|number| self.calling(number));
        other.called.into_iter().for_each(|number| self.called(number));
        other.serving_node.into_iter().for_each(|number| self.node(number));
        self.guti = self.guti.or(other.guti);
        self.plmn = self.plmn.or(other.plmn);
        other.more.into_iter().for_each(|further| self.further(further));
    }

    /// True when nothing at all was named.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

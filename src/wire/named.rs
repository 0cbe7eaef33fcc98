//! What a protocol message names: the identities, numbers and places that any decoder may find.
//!
//! All application decoders (MAP, CAP, Diameter, SIP) fill one [`Named`], so that what comes after them need not know
//! the protocols apart. The first value of each kind is in its field; further, different ones are in `more`, which
//! allocates only when it is used.

use crate::identity::{CellId, Guti, Imei, Imsi, Msisdn, Number, Plmn};

/// A further value beside the first of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Identity {
    Imsi(Imsi),
    Msisdn(Msisdn),
    Imei(Imei),
    Cell(CellId),
}

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

    fn further(&mut self, identity: Identity) {
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

    /// True when nothing at all was named.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

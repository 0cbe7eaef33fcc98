//! A subscriber: card, habits, contacts, and where things stand.

use super::super::clock::Time;
use super::super::random::Dice;
pub use super::archetype::Archetype;
use super::contacts::Contacts;
pub use super::diary::{Diary, Errand};
pub use super::habits::{Habits, Mobility};
use super::itinerary::Itinerary;
use crate::identity::{Imei, Imsi, Msisdn};
use serde::Deserialize;

/// What the device uses the network for and over what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Circuit switched alone (2G, 3G).
    Circuit,
    /// LTE for data, calls fall back to circuit switching.
    Fallback,
    /// LTE with calls over IMS.
    Volte,
    /// LTE data alone.
    Data,
}

impl Access {
    /// Registered in a VLR.
    pub fn circuit(self) -> bool {
        matches!(self, Self::Circuit | Self::Fallback)
    }
    /// Registered in an MME.
    pub fn packet(self) -> bool {
        self != Self::Circuit
    }
}

/// The other side of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    /// A simulated subscriber.
    Subscriber(usize),
    /// Somebody else.
    Outside(Msisdn),
}

/// Who has the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Custody {
    /// Its owner.
    Owner,
    /// A thief's pocket, or the drawer of a fraud.
    Pocket,
    /// A slot (fraud and number) whose box does all that it does.
    Slot(usize, usize),
    /// A slot in which it lives as in its owner's hands.
    Guise(usize, usize),
}

/// One subscriber.
#[derive(Debug, Clone)]
pub struct Person {
    /// The card.
    pub imsi: Imsi,
    /// Its number.
    pub msisdn: Msisdn,
    /// What it is.
    pub archetype: Archetype,
    /// Over what it calls.
    pub access: Access,
    /// What it does.
    pub habits: Habits,
    /// Its own stream.
    pub dice: Dice,
    /// Whom it knows.
    pub contacts: Contacts,
    /// Incoming calls are charged too.
    pub terminating_csi: bool,
    /// Home site.
    pub home: usize,
    /// Site of work, school or depot.
    pub work: usize,
    /// Index of the device that holds the card.
    pub device: usize,
    /// Index of the device that it will move to.
    pub spare: Option<usize>,
    /// Another device of its owner.
    pub other: Option<usize>,
    /// What is due when.
    pub diary: Diary,
    /// The rest of the day's places.
    pub itinerary: Itinerary,
    /// With whom it goes on working days, and on days of rest: all with one number go together.
    pub company: [u32; 2],
    /// When the card is first used; 0: before the beginning.
    pub born: Time,
    /// When it is used no more.
    pub leaves: Time,
    /// The operator's plan, where it is one with a range of its own.
    pub plan: Option<u8>,
    /// Whom to call back.
    pub call_back: Option<Peer>,
    /// Tries left for that.
    pub tries: u8,
    /// The present site.
    pub site: usize,
    /// Switched on.
    pub on: bool,
    /// The VLR that it is registered in.
    pub vlr: Option<usize>,
    /// The MME that it is registered in.
    pub mme: Option<usize>,
    /// Registered in IMS.
    pub ims: bool,
    /// In a call until then.
    pub busy_until: Time,
    /// Who has the card.
    pub custody: Custody,
    /// First and last time on the air.
    pub seen: Option<(Time, Time)>,
    /// The device at the first time.
    pub first_imei: Option<Imei>,
    /// For a card that was taken: the IMEI of its owner's device and when the card was first in a slot.
    pub stolen: Option<(Imei, Option<Time>)>,
    /// The fraud that it is or was in.
    pub farm: Option<usize>,
}

impl Person {
    /// The fraud in which it lives as in its owner's hands.
    pub fn guise(&self) -> Option<usize> {
        match self.custody {
            Custody::Guise(of, _) => Some(of),
            _ => None,
        }
    }

    /// In its owner's hands.
    pub fn owned(&self) -> bool {
        self.custody == Custody::Owner
    }

    /// In its owner's hands, or as if.
    pub fn free(&self) -> bool {
        matches!(self.custody, Custody::Owner | Custody::Guise(..))
    }
}

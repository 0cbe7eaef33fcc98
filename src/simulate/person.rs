//! A subscriber: card, habits, contacts, and where things stand.

use super::clock::{NEVER, Time};
use super::random::Dice;
use super::rhythm::Rhythm;
use crate::identity::{Imei, Imsi, Msisdn};
use std::collections::VecDeque;

/// What a subscriber is; the `archetype` of `truth.csv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Archetype {
    /// A person with a phone.
    Ordinary,
    /// A child's watch.
    Watch,
    /// An agent of a call centre.
    CallCentre,
    /// A courier.
    Courier,
    /// A meter, an alarm panel, a lift.
    Meter,
    /// A visitor from another network.
    Visitor,
    /// A card that a gateway started with.
    Gateway,
}

impl Archetype {
    /// As in `truth.csv`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Watch => "watch",
            Self::CallCentre => "call_centre",
            Self::Courier => "courier",
            Self::Meter => "meter",
            Self::Visitor => "visitor",
            Self::Gateway => "gateway",
        }
    }
}

/// What the device uses the network for and over what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// How a subscriber moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mobility {
    /// Not at all.
    Static,
    /// Sometimes, for an errand.
    Errands,
    /// To work and back on working days.
    Commuter,
    /// To school and back on working days.
    Pupil,
    /// All day, from one address to the next.
    Rover,
    /// To the night shift.
    NightShift,
}

/// What a subscriber does, in averages.
#[derive(Debug, Clone)]
pub struct Habits {
    /// Calls made a day.
    pub calls: f64,
    /// Messages sent a day.
    pub texts: f64,
    /// Messages of applications received a day.
    pub notices: f64,
    /// Calls received a day from people outside of the simulation.
    pub inbound: f64,
    /// When.
    pub rhythm: Rhythm,
    /// Weibull shape of the gaps between calls: below 1 they come in bursts.
    pub gap_shape: f64,
    /// Share of calls to numbers never called before.
    pub strangers: f64,
    /// Share of those that are in other regions.
    pub nationwide: f64,
    /// Share of calls to this subscriber that it answers.
    pub answers: f64,
    /// Mean and deviation of the logarithm of a call's seconds.
    pub duration: (f64, f64),
    /// How it moves.
    pub mobility: Mobility,
    /// Chance of being switched off at night.
    pub off_at_night: f64,
    /// Chance of calling back after a missed call.
    pub calls_back: f64,
}

/// The other side of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    /// A simulated subscriber.
    Subscriber(usize),
    /// Somebody else.
    Outside(Msisdn),
}

/// Somebody who is called again and again.
#[derive(Debug, Clone, Copy)]
pub struct Contact {
    /// Who.
    pub peer: Peer,
    /// How often, relative to the others.
    pub weight: f64,
}

/// Who has the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Custody {
    /// Its owner.
    Owner,
    /// A thief's pocket, or a gateway's drawer.
    Pocket,
    /// A slot: farm and slot.
    Slot(usize, usize),
}

/// The recurring things of a subscriber's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errand {
    /// Make a call.
    Call,
    /// Send a message.
    Text,
    /// Receive a message of an application.
    Notice,
    /// Be called from outside.
    Inbound,
    /// Go to the next place of the day's plan.
    Travel,
    /// Authenticate or register again.
    Refresh,
    /// Switch on or off.
    Power,
    /// Put the card into another device.
    NewDevice,
    /// Call back, or try again.
    CallBack,
}

const ERRANDS: [Errand; 9] = [
    Errand::Call,
    Errand::Text,
    Errand::Notice,
    Errand::Inbound,
    Errand::Travel,
    Errand::Refresh,
    Errand::Power,
    Errand::NewDevice,
    Errand::CallBack,
];

/// When each errand is due.
#[derive(Debug, Clone)]
pub struct Diary([Time; ERRANDS.len()]);

impl Default for Diary {
    fn default() -> Self {
        Self([NEVER; ERRANDS.len()])
    }
}

impl Diary {
    /// Sets when.
    pub fn set(&mut self, errand: Errand, time: Time) {
        if let Some(slot) = self.0.get_mut(errand as usize) {
            *slot = time;
        }
    }

    /// When that errand is due.
    pub fn at(&self, errand: Errand) -> Time {
        self.0.get(errand as usize).copied().unwrap_or(NEVER)
    }

    /// The next errand.
    pub fn next(&self) -> (Time, Errand) {
        let mut best = (NEVER, Errand::Call);
        for (&time, &errand) in self.0.iter().zip(&ERRANDS) {
            if time < best.0 {
                best = (time, errand);
            }
        }
        best
    }
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
    pub contacts: Vec<Contact>,
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
    /// What is due when.
    pub diary: Diary,
    /// The rest of the day's places.
    pub itinerary: VecDeque<(Time, usize)>,
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
    /// For a stolen card: the watch's IMEI and when the card was first in the gateway.
    pub stolen: Option<(Imei, Option<Time>)>,
    /// The gateway that it is or was in.
    pub farm: Option<usize>,
}

impl Person {
    /// In its owner's hands.
    pub fn free(&self) -> bool {
        self.custody == Custody::Owner
    }
}

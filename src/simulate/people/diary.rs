//! What a subscriber has to do, and when.

use super::super::clock::{NEVER, Time};

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
    /// Try the card in another phone.
    Swap,
    /// Something happens to it.
    Mishap,
    /// What was lent comes back.
    Return,
}

const ERRANDS: [Errand; 12] = [
    Errand::Call,
    Errand::Text,
    Errand::Notice,
    Errand::Inbound,
    Errand::Travel,
    Errand::Refresh,
    Errand::Power,
    Errand::NewDevice,
    Errand::CallBack,
    Errand::Swap,
    Errand::Mishap,
    Errand::Return,
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

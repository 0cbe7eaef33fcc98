//! What each kind of subscriber does on an average day.

use super::super::random::Dice;
use super::rhythm::Rhythm;

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

/// People of all intensities: most call a few times a day, some hardly ever, some all the time, some at night; some
/// are never called.
pub fn ordinary(activity: f64, mobility: Mobility, dice: &mut Dice) -> Habits {
    let calls = dice.lognormal(0.9, 0.85).min(60.0) * activity;
    let quiet = dice.chance(0.12);
    let rhythm = match mobility {
        Mobility::NightShift => Rhythm::Night,
        _ if dice.chance(0.04) => Rhythm::Even,
        _ => Rhythm::Day,
    };
    Habits {
        calls,
        texts: dice.lognormal(-1.6, 1.0) * activity,
        notices: dice.lognormal(0.8, 0.7).min(30.0) * activity,
        inbound: if quiet { 0.0 } else { calls * dice.between(0.2, 0.9) },
        rhythm,
        gap_shape: dice.between(0.45, 0.9),
        strangers: dice.lognormal(-2.3, 0.6).min(0.7),
        nationwide: dice.between(0.05, 0.4),
        answers: if quiet { 0.25 } else { dice.between(0.6, 0.9) },
        duration: (dice.normal(3.6, 0.3), 1.2),
        mobility,
        off_at_night: if dice.chance(0.2) { 0.8 } else { 0.04 },
        calls_back: dice.between(0.1, 0.5),
    }
}

/// A child's watch: few contacts, called more than it calls.
pub fn watch(dice: &mut Dice) -> Habits {
    Habits {
        calls: dice.lognormal(0.3, 0.6).min(8.0),
        texts: 0.05,
        notices: dice.lognormal(-1.0, 0.6),
        inbound: dice.lognormal(-0.7, 0.6),
        rhythm: Rhythm::Pupil,
        gap_shape: 0.6,
        strangers: 0.01,
        nationwide: 0.1,
        answers: dice.between(0.65, 0.95),
        duration: (dice.normal(3.3, 0.3), 1.1),
        mobility: if dice.chance(0.93) { Mobility::Pupil } else { Mobility::Errands },
        off_at_night: 0.75,
        calls_back: 0.5,
    }
}

/// An agent who calls many people all over the country.
pub fn call_centre(dice: &mut Dice) -> Habits {
    Habits {
        calls: dice.between(30.0, 90.0),
        texts: 0.2,
        notices: 0.3,
        inbound: dice.between(1.0, 7.0),
        rhythm: Rhythm::Office,
        gap_shape: dice.between(0.9, 1.6),
        strangers: dice.between(0.75, 0.97),
        nationwide: dice.between(0.3, 0.95),
        answers: 0.85,
        duration: (dice.normal(3.8, 0.2), 1.1),
        mobility: Mobility::Static,
        off_at_night: 0.3,
        calls_back: 0.6,
    }
}

/// A courier who calls the people at whose doors he stands.
pub fn courier(dice: &mut Dice) -> Habits {
    Habits {
        calls: dice.between(20.0, 80.0),
        texts: dice.between(0.5, 6.0),
        notices: 2.0,
        inbound: dice.between(2.0, 15.0),
        rhythm: Rhythm::Delivery,
        gap_shape: dice.between(0.6, 1.1),
        strangers: dice.between(0.7, 0.95),
        nationwide: 0.03,
        answers: 0.8,
        duration: (dice.normal(3.0, 0.2), 0.9),
        mobility: Mobility::Rover,
        off_at_night: 0.1,
        calls_back: 0.7,
    }
}

/// A meter; an alarm panel calls now and then.
pub fn meter(panel: bool) -> Habits {
    Habits {
        calls: if panel { 0.4 } else { 0.0 },
        texts: if panel { 1.0 } else { 0.15 },
        notices: 0.1,
        inbound: 0.0,
        rhythm: Rhythm::Even,
        gap_shape: 1.0,
        strangers: 0.0,
        nationwide: 0.0,
        answers: 0.9,
        duration: (2.6, 0.5),
        mobility: Mobility::Static,
        off_at_night: 0.0,
        calls_back: 0.0,
    }
}

/// A visitor from another network, whose own calls are charged at home.
pub fn visitor() -> Habits {
    Habits {
        calls: 0.0,
        texts: 0.6,
        notices: 0.8,
        inbound: 1.2,
        rhythm: Rhythm::Day,
        gap_shape: 0.7,
        strangers: 0.5,
        nationwide: 0.5,
        answers: 0.6,
        duration: (3.6, 1.2),
        mobility: Mobility::Commuter,
        off_at_night: 0.3,
        calls_back: 0.0,
    }
}

/// A gateway's card does nothing of its own: the gateway does it. What it receives is an operator's notices and the
/// few who call back.
pub fn gateway() -> Habits {
    Habits {
        calls: 0.0,
        texts: 0.0,
        notices: 0.3,
        inbound: 0.15,
        rhythm: Rhythm::Day,
        gap_shape: 0.8,
        strangers: 1.0,
        nationwide: 1.0,
        answers: 0.02,
        duration: (3.6, 1.2),
        mobility: Mobility::Static,
        off_at_night: 0.0,
        calls_back: 0.0,
    }
}

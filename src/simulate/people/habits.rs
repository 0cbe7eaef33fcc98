//! What one subscriber does on an average day: drawn once from the profile of its archetype.

use super::super::calendar::Calendar;
use super::super::clock::{NEVER, SECOND, Time};
use super::super::random::Dice;
use super::profile::Profile;
use super::rhythm::Rhythm;
use serde::Deserialize;

/// How a subscriber moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mobility {
    /// Not at all.
    Static,
    /// Sometimes, for an errand.
    Errands,
    /// To work and back on working days.
    Commuter,
    /// To school and back on school days.
    Pupil,
    /// Between the dormitory and lecture rooms.
    Student,
    /// All day, from one address to the next.
    Rover,
    /// To the night shift.
    NightShift,
}

/// What a subscriber does, in averages.
#[derive(Debug, Clone)]
pub struct Habits {
    /// Calls made a day, answered or not.
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
    /// Exponent of Zipf's law over its contacts.
    pub closeness: f64,
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
    /// Minutes between two reports by the clock; 0: it refreshes as phones do.
    pub report_minutes: f64,
    /// Phones a day that its card is tried in.
    pub swaps: f64,
    /// What happens to it, a year.
    pub mishaps: Mishaps,
}

/// Events of a subscriber's life, a year.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Mishaps {
    /// New phones.
    pub new_phone: f32,
    /// Moves between two phones of its owner.
    pub other_phone: f32,
    /// Lost phones.
    pub lost_phone: f32,
    /// Empty batteries.
    pub dead_battery: f32,
    /// How often the card is lent.
    pub lent: f32,
    /// Journeys.
    pub away: f32,
}

impl Habits {
    /// When it makes a call again after `now`.
    pub fn next_call(&self, days: &Calendar, now: Time, dice: &mut Dice) -> Time {
        self.next(self.calls, self.gap_shape, days, now, dice)
    }

    /// When it does again what it does so often a day, in gaps of that Weibull shape.
    pub fn next(&self, a_day: f64, shape: f64, days: &Calendar, now: Time, dice: &mut Dice) -> Time {
        if a_day <= 0.0 {
            return NEVER;
        }
        let gap = dice.weibull_gap(shape) / a_day;
        self.rhythm.after(days, now, gap).max(now + SECOND)
    }
}

impl Default for Habits {
    /// Somebody who does nothing.
    fn default() -> Self {
        Self {
            calls: 0.0,
            texts: 0.0,
            notices: 0.0,
            inbound: 0.0,
            rhythm: Rhythm::Day,
            gap_shape: 0.8,
            strangers: 1.0,
            nationwide: 1.0,
            closeness: 1.0,
            answers: 0.0,
            duration: (3.6, 1.2),
            mobility: Mobility::Static,
            off_at_night: 0.0,
            calls_back: 0.0,
            report_minutes: 0.0,
            swaps: 0.0,
            mishaps: Mishaps::default(),
        }
    }
}

/// Share of calls that are answered: to contacts, and to strangers.
const ANSWERED: (f64, f64) = (0.76, 0.48);

/// Draws the habits of one subscriber. `inbound` is for the time being all that is to reach it; what others in the
/// simulation will call is taken off once they are known.
pub fn draw(profile: &Profile, activity: f64, dice: &mut Dice) -> Habits {
    let voice = profile.voice.draw(dice) * activity;
    let inbound = profile.inbound.draw(dice);
    let strangers = profile.strangers.draw(dice);
    let answers = profile.answers.draw(dice);
    let answered = ANSWERED.0 * (1.0 - strangers) + ANSWERED.1 * strangers;
    let mut yearly = |law: &super::law::Law| law.draw(dice) as f32;
    let mishaps = Mishaps {
        new_phone: yearly(&profile.new_phone),
        other_phone: yearly(&profile.other_phone),
        lost_phone: yearly(&profile.lost_phone),
        dead_battery: yearly(&profile.dead_battery),
        lent: yearly(&profile.lent),
        away: yearly(&profile.away),
    };
    Habits {
        calls: voice * (1.0 - inbound) / answered,
        texts: profile.texts.draw(dice) * activity,
        notices: profile.notices.draw(dice) * activity,
        inbound: if answers > 0.0 { voice * inbound / answers } else { 0.0 },
        rhythm: one_of(&profile.rhythm, dice).unwrap_or(Rhythm::Day),
        gap_shape: profile.gap_shape.draw(dice).max(0.2),
        strangers,
        nationwide: profile.nationwide.draw(dice),
        closeness: profile.closeness.draw(dice),
        // Who is never called does not answer either.
        answers: if inbound > 0.0 { answers } else { 0.0 },
        duration: (profile.talk.draw(dice).max(1.0).ln(), profile.talk_sigma.draw(dice)),
        mobility: one_of(&profile.mobility, dice).unwrap_or(Mobility::Static),
        off_at_night: profile.off_at_night.draw(dice),
        calls_back: profile.calls_back.draw(dice),
        report_minutes: profile.report_minutes.draw(dice),
        swaps: profile.swaps.draw(dice),
        mishaps,
    }
}

/// One of the choices, by weight.
pub fn one_of<T: Copy>(choices: &std::collections::BTreeMap<T, f64>, dice: &mut Dice) -> Option<T> {
    let chosen = dice.weighted(choices.values().copied());
    choices.keys().nth(chosen).copied()
}

/// A gateway's card does nothing of its own: the gateway does it. What it receives is an operator's notices and the
/// few who call back.
pub fn gateway() -> Habits {
    Habits { notices: 0.3, inbound: 0.15, answers: 0.02, ..Habits::default() }
}

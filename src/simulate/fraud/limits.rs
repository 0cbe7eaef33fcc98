//! What a card may do: caps for a day, a week and a month, and the gap after each call.

use super::plan::{GapLaw, Plan};
use crate::simulate::calendar::Calendar;
use crate::simulate::clock::{Clock, DAY, HOUR, MINUTE, Time};
use crate::simulate::people::habits::Habits;
use crate::simulate::random::Dice;

/// Why a call was not placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Out of the hours of work, or not started.
    Closed,
    /// No card is on the air and free.
    NoSlot,
    /// All that are have reached a cap.
    Capped,
    /// All that have not must wait.
    Gap,
}

/// Calls in the present stretch of some days.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    stretch: u64,
    calls: u32,
}

impl Count {
    fn now(self, stretch: u64) -> u32 {
        if self.stretch == stretch { self.calls } else { 0 }
    }

    fn add(&mut self, stretch: u64) {
        *self = Self { stretch, calls: self.now(stretch) + 1 };
    }
}

/// The calls of one card.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// Who would make them, where the card keeps human times.
    person: Option<Habits>,
    stretches: [Count; 3],
    free_at: Time,
    /// All calls so far.
    pub calls: u32,
}

/// The lengths of the stretches, in days.
const STRETCHES: [u64; 3] = [1, 7, 30];

impl Ledger {
    /// That of a card which calls when somebody would who has these habits.
    pub fn of(person: Option<Habits>) -> Self {
        Self { person, ..Self::default() }
    }

    /// The box starts.
    pub fn start(&mut self, days: &Calendar, at: Time, dice: &mut Dice) {
        self.free_at = self.person.as_ref().map_or(0, |person| person.next_call(days, at, dice));
    }

    /// How readily the card is given calls: people are unequal, and cards that keep human times are so too.
    pub fn weight(&self) -> f64 {
        self.person.as_ref().map_or(1.0, |person| person.calls)
    }

    /// Whether the card may call now.
    pub fn allows(&self, plan: &Plan, clock: Clock, now: Time) -> Result<(), Refusal> {
        let day = clock.midnight(now) / DAY;
        let caps = [plan.calls_a_day, plan.calls_a_week, plan.calls_a_month];
        for ((count, days), cap) in self.stretches.iter().zip(STRETCHES).zip(caps) {
            if cap > 0 && count.now(day / days) >= cap {
                return Err(Refusal::Capped);
            }
        }
        if self.free_at > now { Err(Refusal::Gap) } else { Ok(()) }
    }

    /// A call was placed at `now` and is over at `over`.
    pub fn note(&mut self, plan: &Plan, days: &Calendar, [now, over]: [Time; 2], dice: &mut Dice) {
        let day = days.clock.midnight(now) / DAY;
        for (count, length) in self.stretches.iter_mut().zip(STRETCHES) {
            count.add(day / length);
        }
        self.calls += 1;
        self.free_at = match &self.person {
            Some(person) => person.next_call(days, over, dice),
            None => over + (gap(plan, days.clock, over, dice) * MINUTE as f64) as Time,
        };
    }
}

/// Minutes to wait.
fn gap(plan: &Plan, clock: Clock, at: Time, dice: &mut Dice) -> f64 {
    let [low, high] = plan.gap_minutes;
    match plan.gaps {
        _ if high <= 0.0 => 0.0,
        GapLaw::Fixed => low,
        // Under human gaps a person says when.
        GapLaw::Random | GapLaw::Human => dice.between(low, high),
        GapLaw::ByPeriod => {
            let busy = (9 * HOUR..21 * HOUR).contains(&clock.time_of_day(at));
            dice.between(low, high) * if busy { 1.0 } else { 3.0 }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::kind::Kind;
    use super::*;
    use crate::simulate::calendar;
    use crate::simulate::random::Stream;

    const START: Time = 20_000 * DAY;
    const CLOCK: Clock = Clock { offset_minutes: 0 };

    fn placed(plan: &Plan, times: impl Iterator<Item = Time>) -> (Vec<Time>, Vec<Refusal>) {
        placed_by(Ledger::default(), plan, times)
    }

    fn placed_by(mut ledger: Ledger, plan: &Plan, times: impl Iterator<Item = Time>) -> (Vec<Time>, Vec<Refusal>) {
        let days = calendar::Plan::default().calendar(CLOCK, START, START + 60 * DAY);
        let mut dice = Dice::new(1, Stream::Population);
        ledger.start(&days, START, &mut dice);
        let (mut done, mut refused) = (Vec::new(), Vec::new());
        for now in times {
            match ledger.allows(plan, CLOCK, now) {
                Ok(()) => {
                    ledger.note(plan, &days, [now, now + MINUTE], &mut dice);
                    done.push(now);
                }
                Err(refusal) => refused.push(refusal),
            }
        }
        (done, refused)
    }

    #[test]
    fn caps_hold_for_days_and_weeks() {
        let plan = Plan { calls_a_day: 3, calls_a_week: 5, ..Plan::new("x", Kind::Goip) };
        // Every hour for a week that begins on a Thursday: 20000 days are 2857 weeks and a day.
        let (done, refused) = placed(&plan, (0..24 * 6).map(|hour| START + hour * HOUR));
        let days: Vec<u64> = done.iter().map(|time| (time - START) / DAY).collect();
        assert_eq!(days, [0, 0, 0, 1, 1]);
        assert!(refused.iter().all(|refusal| *refusal == Refusal::Capped));
    }

    #[test]
    fn gaps_hold() {
        let plan = Plan { gap_minutes: [30.0, 30.0], gaps: GapLaw::Fixed, ..Plan::new("x", Kind::Goip) };
        let (done, refused) = placed(&plan, (0..24 * 6).map(|tenth| START + tenth * 10 * MINUTE));
        assert!(done.windows(2).all(|pair| pair[1] - pair[0] == 40 * MINUTE));
        assert!(refused.contains(&Refusal::Gap) && !refused.contains(&Refusal::Capped));
        let night = Plan { gaps: GapLaw::ByPeriod, ..plan };
        assert!(placed(&night, (0..24 * 6).map(|tenth| START + tenth * 10 * MINUTE)).0.len() < done.len());
    }

    #[test]
    fn a_card_calls_no_more_than_its_person_would() {
        let plan = Plan { gaps: GapLaw::Human, ..Plan::new("x", Kind::Goip) };
        let minutes = || (0..30 * 24 * 60).map(|minute| START + minute * MINUTE);
        for calls in [0.5, 4.0] {
            let person = Habits { calls, ..Habits::default() };
            let (done, refused) = placed_by(Ledger::of(Some(person)), &plan, minutes());
            let a_day = done.len() as f64 / 30.0;
            assert!((0.6 * calls..1.4 * calls).contains(&a_day), "{a_day} of {calls}");
            assert!(refused.iter().all(|refusal| *refusal == Refusal::Gap));
            let night = done.iter().filter(|&&time| CLOCK.time_of_day(time) < 6 * HOUR).count();
            assert!(night * 10 < done.len(), "{night} of {}", done.len());
        }
    }
}

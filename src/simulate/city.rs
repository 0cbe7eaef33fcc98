//! The running town: takes what is due in order of time, lets subscribers act, and hands their acts on.

use super::SimulateError;
use super::act::{Act, Deed};
use super::clock::{Clock, SECOND, Time, seconds};
use super::device::Stay;
use super::fraud::Fraud;
use super::network::Card;
use super::network::call::{Outcome, Party, Timeline};
use super::numbering::Numbering;
use super::person::{Archetype, Custody, Mobility, Peer, Person};
use super::population::Population;
use super::queue::Queue;
use super::random::{Dice, Stream};
use super::scenario::Scenario;
use super::town::Town;
use std::ops::ControlFlow;

/// What is left of the answers to calls in lessons: watches have a mode for it.
const IN_LESSONS: f64 = 0.1;

/// Who is due.
#[derive(Debug)]
pub enum Due {
    /// A subscriber's next errand.
    Subscriber(usize),
    /// A fraud's next step.
    Fraud(usize),
    /// An occasion of the scenario.
    Occasion(usize),
    /// The first day of holidays.
    Holidays,
}

/// The people and what they are about to do.
pub struct City<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) clock: Clock,
    pub(super) begin: Time,
    pub(super) end: Time,
    pub(super) town: Town,
    pub(super) population: Population,
    pub(super) numbering: Numbering,
    pub(super) frauds: Vec<Fraud>,
    pub(super) queue: Queue<Due>,
    acts: Vec<Act>,
}

impl<'a> City<'a> {
    /// Builds everything; nothing has happened yet.
    pub fn new(scenario: &'a Scenario, seed: u64) -> Result<Self, SimulateError> {
        let plmn = scenario.plmn().ok_or(SimulateError::Identities)?;
        let mut dice = Dice::new(seed, Stream::Population);
        let town = Town::new(scenario, plmn, &mut dice);
        let (mut population, numbering) =
            Population::new(scenario, seed, &town, dice).ok_or(SimulateError::Identities)?;
        let frauds = Fraud::all(scenario, seed, &town, &numbering, &mut population);
        Ok(Self {
            scenario,
            clock: scenario.clock(),
            begin: scenario.begin(),
            end: scenario.end(),
            town,
            population,
            numbering,
            frauds,
            queue: Queue::default(),
            acts: Vec::new(),
        })
    }

    /// Runs to the end, or until `stage` wants no more: it is told each act, in the order of their decision.
    pub fn run(
        &mut self,
        stage: &mut dyn FnMut(Act) -> ControlFlow<()>,
        progress: &mut dyn FnMut(f64),
    ) -> ControlFlow<()> {
        self.open_calendar();
        for index in 0..self.population.people.len() {
            self.wake_up(index);
        }
        for index in 0..self.frauds.len() {
            self.schedule_fraud(index);
        }
        let (begin, span) = (self.begin, (self.end - self.begin).max(1));
        let mut count = 0u32;
        while let Some((time, due)) = self.queue.pop_before(self.end) {
            match due {
                Due::Subscriber(index) => self.errand(index, time),
                Due::Fraud(index) => self.fraud(index, time),
                Due::Occasion(index) => self.outage(index, time),
                Due::Holidays => self.holidays(time),
            }
            self.acts.drain(..).try_for_each(&mut *stage)?;
            count = count.wrapping_add(1);
            if count.is_multiple_of(16_384) {
                progress(time.saturating_sub(begin) as f64 / span as f64);
            }
        }
        ControlFlow::Continue(())
    }

    /// Something is done at a time that is now or later; gives when the next thing may begin.
    pub(super) fn act(&mut self, now: Time, at: Time, deed: Deed) -> Time {
        let act = Act::new(now, at, deed);
        let over = act.over();
        for card in act.deed.present().into_iter().flatten() {
            self.touch(card.index, act.at, over);
        }
        self.acts.push(act);
        over
    }

    /// A person by number.
    pub(super) fn person(&mut self, index: usize) -> Option<&mut Person> {
        self.population.people.get_mut(index)
    }

    /// A subscriber as the network sees it now.
    pub(super) fn card(&self, index: usize) -> Option<Card> {
        let person = self.population.people.get(index)?;
        let device = self.population.devices.get(person.device)?;
        let site = self.town.site(person.site);
        Some(Card {
            index,
            imsi: person.imsi,
            msisdn: person.msisdn,
            imei: device.imei,
            version: device.version,
            model: device.describe(),
            access: person.access,
            visitor: person.archetype == Archetype::Visitor,
            terminating_csi: person.terminating_csi,
            msc: site.msc,
            mme: site.mme,
            vlr: person.vlr,
            cgi: self.town.cgi(person.site),
            utran: site.utran,
            ecgi: (site.tac, site.eci),
            latency: device.latency,
        })
    }

    /// Notes that a subscriber was on the air with its device from one time to another.
    fn touch(&mut self, index: usize, from: Time, to: Time) {
        let end = self.end;
        if from >= end {
            return;
        }
        let Some(person) = self.population.people.get_mut(index) else {
            return;
        };
        let Some(device) = self.population.devices.get_mut(person.device) else {
            return;
        };
        let to = to.min(end);
        let (first, last) = person.seen.unwrap_or((from, to));
        person.seen = Some((first.min(from), last.max(to)));
        if person.first_imei.is_none() {
            person.first_imei = Some(device.imei);
        }
        match device.stays.last_mut().filter(|stay| stay.person == index) {
            Some(stay) => stay.to = stay.to.max(to),
            None => device.stays.push(Stay { person: index, from, to }),
        }
    }

    /// True when a call can reach the subscriber.
    fn reachable(&self, index: usize) -> bool {
        self.population
            .people
            .get(index)
            .is_some_and(|person| person.on && if person.access.circuit() { person.vlr.is_some() } else { person.ims })
    }

    /// A call; `caller` is a subscriber (with its habits) or a number. Gives when it is over.
    pub(super) fn call(&mut self, caller: Peer, called: Peer, known: bool, at: Time) -> Option<(Time, Outcome)> {
        let (from, to) = (self.party(caller)?, self.party(called)?);
        let outcome = self.outcome(caller, called, known, at)?;
        let wait = [&from, &to].into_iter().filter_map(Party::card).map(|card| card.latency).sum();
        let dice = self.dice(caller, called)?;
        let ring = match outcome {
            Outcome::NoAnswer => dice.between(24.0, 45.0),
            _ => dice.lognormal(2.0, 0.6).min(22.0),
        };
        let line = Timeline::new(outcome, seconds(ring), at, wait, dice);
        for (peer, rang) in [(caller, true), (called, outcome != Outcome::Absent)] {
            if let Peer::Subscriber(index) = peer
                && let Some(person) = self.person(index)
                && rang
            {
                person.busy_until = person.busy_until.max(line.over + SECOND);
            }
        }
        self.note_own_call(caller, called);
        self.act(at, at, Deed::Call { caller: from, called: to, line });
        Some((line.over, outcome))
    }

    /// The stream that a call draws from: that of its first subscriber.
    fn dice(&mut self, caller: Peer, called: Peer) -> Option<&mut Dice> {
        let index = [caller, called].into_iter().find_map(|peer| match peer {
            Peer::Subscriber(index) => Some(index),
            Peer::Outside(_) => None,
        })?;
        self.person(index).map(|person| &mut person.dice)
    }

    fn party(&self, peer: Peer) -> Option<Party> {
        match peer {
            Peer::Subscriber(index) => self.card(index).map(Party::Card),
            Peer::Outside(number) => Some(Party::Outside(number)),
        }
    }

    fn outcome(&mut self, caller: Peer, called: Peer, known: bool, at: Time) -> Option<Outcome> {
        let clock = self.clock;
        let (mut answers, mut law) = (if known { 0.78 } else { 0.5 }, (3.6, 1.2));
        if let Peer::Subscriber(index) = called {
            let reachable = self.reachable(index);
            let person = self.population.people.get(index)?;
            if !reachable {
                return Some(Outcome::Absent);
            }
            if person.busy_until > at {
                return Some(Outcome::Engaged);
            }
            answers = person.habits.answers;
            law = person.habits.duration;
            if !known && !matches!(person.custody, Custody::Slot(..)) {
                answers *= 0.65;
            }
            if person.habits.rhythm.asleep(clock, at) {
                answers *= 0.4;
            }
            if person.habits.mobility == Mobility::Pupil && self.scenario.days.lessons(at) {
                answers *= IN_LESSONS;
            }
        }
        if let Peer::Subscriber(index) = caller {
            let person = self.person(index)?;
            law = person.habits.duration;
            if matches!(person.custody, Custody::Slot(..)) && matches!(called, Peer::Outside(_)) {
                answers = 0.38;
            }
        }
        let dice = self.dice(caller, called)?;
        Some(match dice.unit() {
            share if share < answers => {
                let duration = dice.lognormal(law.0, law.1).clamp(1.0, 9000.0);
                Outcome::Answered(seconds(duration), dice.chance(0.6))
            }
            _ => match dice.unit() {
                share if share < 0.25 => Outcome::Busy,
                share if share < 0.65 => Outcome::NoAnswer,
                _ => Outcome::Abandoned,
            },
        })
    }
}

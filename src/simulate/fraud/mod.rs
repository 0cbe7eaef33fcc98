//! Frauds: boxes with slots, cards that come from somewhere, calls that somebody wants to have placed, and what is done
//! so that nobody notices.
//!
//! ```text
//! scenario ─▶ kind ─▶ plan ─▶ setup ─▶ steps in order of time
//!  (table)    values   all     slots,    supply: cards are taken, wake up, arrive
//!             of it    values  cards,    slots:  on the air, exchanged, another IMEI
//!                              places    dial, divert, text: calls and messages
//!                                        travel: cars, hops, another house
//! ```
//!
//! All kinds share this engine: a kind is a set of values for its parameters (`kind/`), and a scenario may say any of
//! them otherwise. A card in a slot either does what the box does alone, or lives as people do beside that: then it has
//! habits, contacts among the other cards, and nights.

mod dial;
mod disguise;
mod divert;
pub mod economy;
mod kind;
pub mod label;
mod limits;
mod place;
mod plan;
mod setup;
mod slots;
mod supply;
mod text;
mod travel;

#[cfg(test)]
mod tests;

pub use kind::Kind;
pub use plan::{Hardware, Plan, Settings};

use super::city::{City, Due};
use super::clock::{NEVER, Time};
use super::people::person::{Access, Peer};
use super::random::Dice;
use economy::Economy;
use limits::Ledger;
use std::collections::{BTreeMap, VecDeque};

/// One slot.
#[derive(Debug)]
struct Slot {
    /// The device that it shows when it shows its own.
    own: usize,
    /// The device that it shows.
    shown: usize,
    /// Calls since that changed.
    calls: u32,
    /// Where it is.
    site: usize,
    /// The card in it.
    card: Option<usize>,
    /// When it calls next of its own accord.
    next: Time,
}

/// One card that is or will be in it.
#[derive(Debug)]
struct Stock {
    /// The subscriber.
    person: usize,
    /// Over what it calls here.
    access: Access,
    /// The device that it shows where each card has its own.
    device: Option<usize>,
    /// When the operator closes it.
    closes: Time,
    /// Takes calls of the operator alone.
    sacrificial: bool,
    ledger: Ledger,
}

/// Slots that are in one place.
#[derive(Debug)]
struct Group {
    slots: std::ops::Range<usize>,
    home: usize,
    work: usize,
}

/// A number that customers ask for.
#[derive(Debug)]
struct Callee {
    peer: Peer,
    /// The card that called it first.
    card: Option<usize>,
}

/// What happens next in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// A slot is switched on for the first time, or after a change of house.
    Boot(usize),
    /// A slot with another card or IMEI comes on the air.
    Register(usize),
    /// The card is taken from its owner.
    Pull(usize),
    /// The card goes into a slot.
    Insert(usize),
    /// The operator closes the card.
    Close(usize),
    /// Two cards are exchanged.
    Exchange,
    /// A slot gets another IMEI.
    Renew(usize),
    /// A slot calls of its own accord.
    Dial(usize),
    /// A customer wants a call to be placed.
    Ask,
    /// A slot sends a message.
    Text(usize),
    /// A slot receives a code.
    Code(usize),
    /// The ways of a day are planned.
    Day,
    /// A slot comes to another site.
    Arrive(usize, usize),
    /// Everything is switched off and carried to another house.
    House,
}

/// One fraud under way.
#[derive(Debug)]
pub struct Fraud {
    /// Its values.
    pub plan: Plan,
    /// Its books.
    pub economy: Economy,
    number: usize,
    slots: Vec<Slot>,
    cards: Vec<Stock>,
    shelf: VecDeque<usize>,
    groups: Vec<Group>,
    callees: Vec<Callee>,
    start: Time,
    last_routed: usize,
    dice: Dice,
    steps: BTreeMap<(Time, u32), Step>,
    count: u32,
}

impl Fraud {
    fn step(&mut self, at: Time, step: Step) {
        if at != NEVER {
            self.count += 1;
            self.steps.insert((at, self.count), step);
        }
    }

    /// When something happens next.
    fn next(&self) -> Time {
        self.steps.keys().next().map_or(NEVER, |&(time, _)| time)
    }

    fn due(&mut self, city: &mut City<'_>, now: Time) {
        while self.next() <= now
            && let Some((_, step)) = self.steps.pop_first()
        {
            match step {
                Step::Boot(slot) => self.boot(city, slot, now),
                Step::Register(slot) => self.put_on(city, slot, now),
                Step::Pull(card) => self.pull(city, card, now),
                Step::Insert(card) => self.insert(city, card, now),
                Step::Close(card) => self.close(city, card, now),
                Step::Exchange => self.exchange(city, now),
                Step::Renew(slot) => self.renew(city, slot, now),
                Step::Dial(slot) => self.dial(city, slot, now),
                Step::Ask => self.ask(city, now),
                Step::Text(slot) => self.text(city, slot, now),
                Step::Code(slot) => self.code(city, slot, now),
                Step::Day => self.plan_day(city, now),
                Step::Arrive(slot, site) => self.arrive(city, slot, site, now),
                Step::House => self.move_house(city, now),
            }
        }
    }

    /// The subscriber in a slot.
    fn person_in(&self, slot: usize) -> Option<usize> {
        let card = self.slots.get(slot)?.card?;
        self.cards.get(card).map(|stock| stock.person)
    }

    /// A slot whose card is on the air and does nothing.
    fn idle(&self, city: &City<'_>, slot: usize, now: Time) -> bool {
        let person = self.person_in(slot).and_then(|person| city.population.people.get(person));
        person.is_some_and(|person| person.on && person.busy_until <= now && (person.vlr.is_some() || person.ims))
    }

    /// The half of a pair of phones that carries the other half of calls over data, and never calls.
    fn carries(&self, slot: usize) -> bool {
        self.plan.relay && slot.is_multiple_of(2)
    }
}

impl City<'_> {
    /// Notes a call that one card of a box makes to another of it to look like a person.
    pub(super) fn note_own_call(&mut self, caller: Peer, called: Peer) {
        let box_of = |peer: Peer| match peer {
            Peer::Subscriber(index) => self.population.people.get(index)?.guise(),
            Peer::Outside(_) => None,
        };
        let (from, to) = (box_of(caller), box_of(called));
        if let Some(fraud) = from.filter(|_| from == to).and_then(|of| self.frauds.get_mut(of)) {
            fraud.economy.own_calls += 1;
        }
    }

    /// Puts a fraud's next step into the queue.
    pub(super) fn schedule_fraud(&mut self, index: usize) {
        if let Some(next) = self.frauds.get(index).map(Fraud::next)
            && next != NEVER
        {
            self.queue.push(next, Due::Fraud(index));
        }
    }

    /// A fraud's step is due.
    pub(super) fn fraud(&mut self, index: usize, now: Time) {
        // A fraud acts in the city: it is out of it meanwhile.
        let mut frauds = std::mem::take(&mut self.frauds);
        if let Some(fraud) = frauds.get_mut(index) {
            fraud.due(self, now);
        }
        self.frauds = frauds;
        self.schedule_fraud(index);
    }
}

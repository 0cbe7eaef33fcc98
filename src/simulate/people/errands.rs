//! What subscribers do of their own accord, and when they do it next.

use super::super::act::Deed;
use super::super::city::{City, Due};
use super::super::clock::{DAY, HOUR, MINUTE, NEVER, SECOND, Time};
use super::super::encode::sms::Sender;
use super::super::network::call::Outcome;
use super::super::random::{Dice, Stream};
use super::super::scenario::OccasionKind;
use super::itinerary::{self, Crowd, Whose};
use super::person::{Access, Archetype, Errand, Mobility, Peer};
use super::presence;
use super::rhythm::next_daily;

/// Applications that send messages, and what they say.
const NOTICES: [(&str, &str); 6] = [
    ("TownBank", "Your verification code is 402918. Do not share it."),
    ("Parcel24", "Your parcel has arrived. Pick it up at locker 7."),
    ("CityPower", "Your bill for this month is ready."),
    ("ShopOne", "Sale until Sunday: two for one."),
    ("School", "Tomorrow lessons begin at 8:30."),
    ("10010", "Your balance is 12.40. Thank you."),
];

/// What people write.
const TEXTS: [&str; 6] = [
    "On my way",
    "See you at 7",
    "Can you call me back when you are home?",
    "ok",
    "Happy birthday! Shall we meet on Saturday?",
    "Parcel for you at the door, where shall I leave it?",
];

impl City<'_> {
    /// The state of a subscriber at the start, and its first errands.
    pub(in crate::simulate) fn wake_up(&mut self, index: usize) {
        let (begin, clock) = (self.begin, self.clock);
        let Some(person) = self.population.people.get(index) else {
            return;
        };
        let from = (begin + 4 * SECOND).max(person.born);
        if person.archetype != Archetype::Gateway {
            let midnight = clock.midnight(from);
            self.plan_day(index, midnight);
            self.at_the_start(index, from);
            self.next_mishap(index, from);
        }
        for errand in [Errand::Call, Errand::Text, Errand::Notice, Errand::Inbound, Errand::Swap] {
            self.again(index, errand, from);
        }
        self.schedule(index);
    }

    /// Where a subscriber is at the start, and whether it is on the air.
    fn at_the_start(&mut self, index: usize, from: Time) {
        let (begin, clock) = (self.begin, self.clock);
        let refresh = self.scenario.network.refresh_minutes as f64 * MINUTE as f64;
        let Some(person) = self.population.people.get_mut(index) else {
            return;
        };
        let unborn = person.born > begin;
        let habits = &person.habits;
        let sleeps = !unborn && habits.rhythm.asleep(clock, begin) && person.dice.chance(habits.off_at_night);
        person.on = !sleeps && !unborn;
        let power = if unborn {
            person.born
        } else if sleeps {
            let hour = person.dice.normal(6.6, 0.5).clamp(4.0, 9.0);
            next_daily(clock, from, (hour * HOUR as f64) as Time)
        } else {
            presence::bedtime(person, clock, from)
        };
        person.diary.set(Errand::Power, power);
        // Who should be somewhere by now is there.
        while let Some((time, site)) = person.itinerary.first()
            && time < from
        {
            if !unborn {
                person.site = site;
            }
            person.itinerary.reached();
        }
        if !unborn {
            let site = self.town.site(person.site);
            person.vlr = person.access.circuit().then_some(site.msc);
            person.mme = person.access.packet().then_some(site.mme);
            person.ims = person.access == Access::Volte;
        }
        let travel = person.itinerary.first().map_or(clock.midnight(from) + DAY + HOUR, |(time, _)| time);
        person.diary.set(Errand::Travel, travel);
        let first = person.dice.between(0.0, 1.0) * refresh;
        person.diary.set(Errand::Refresh, from + first as Time);
    }

    /// The places of the day that begins at `midnight`: those who go together have the same.
    fn plan_day(&mut self, index: usize, midnight: Time) {
        let noon = midnight + 12 * HOUR;
        let (day, seed) = (self.scenario.days.day(noon), self.population.seed);
        let Some(person) = self.population.people.get_mut(index) else {
            return;
        };
        let [working, rest] = person.company;
        let key = if day.rest { rest } else { working };
        let mut route = Dice::new(seed, Stream::Route(key, self.clock.day(noon) as u32));
        let crowd = self.scenario.occasions.iter().find_map(|occasion| {
            let (from, to) = occasion.span(self.clock);
            let today = occasion.kind == OccasionKind::Crowd && (midnight..midnight + DAY).contains(&from);
            let comes = today && person.archetype.personal() && route.chance(occasion.share);
            comes.then(|| Crowd { from, to, site: self.town.nearest(occasion.km[0], occasion.km[1]) })
        });
        let whose = Whose { mobility: person.habits.mobility, home: person.home, work: person.work };
        person.itinerary = itinerary::plan(whose, &self.town, midnight, day, crowd, &mut route, &mut person.dice);
    }

    /// Puts the subscriber's next errand into the queue.
    pub(in crate::simulate) fn schedule(&mut self, index: usize) {
        if let Some(person) = self.population.people.get(index) {
            let (time, _) = person.diary.next();
            if time != NEVER {
                self.queue.push(time, Due::Subscriber(index));
            }
        }
    }

    /// When a recurring errand is due again.
    pub(in crate::simulate) fn again(&mut self, index: usize, errand: Errand, now: Time) {
        let days = &self.scenario.days;
        let Some(person) = self.population.people.get_mut(index) else {
            return;
        };
        let habits = &person.habits;
        let (a_day, shape) = match errand {
            Errand::Call => (habits.calls, habits.gap_shape),
            Errand::Text => (habits.texts, 0.8),
            Errand::Notice => (habits.notices, 0.9),
            Errand::Swap => (habits.swaps, 1.2),
            _ => (habits.inbound, 0.8),
        };
        let next = habits.next(a_day, shape, days, now, &mut person.dice);
        person.diary.set(errand, next);
    }

    /// A subscriber's errand is due; an entry that the diary no longer has is passed over.
    pub(in crate::simulate) fn errand(&mut self, index: usize, now: Time) {
        let Some(person) = self.population.people.get(index) else {
            return;
        };
        let (time, errand) = person.diary.next();
        if time != now {
            return;
        }
        let able = person.on && person.free() && person.busy_until <= now;
        match errand {
            Errand::Call | Errand::Text | Errand::Notice | Errand::Inbound | Errand::Swap => {
                self.again(index, errand, now);
                match errand {
                    Errand::Call if able => self.make_call(index, now),
                    Errand::Text if able => self.write(index, now),
                    Errand::Notice => self.notice(index, now),
                    Errand::Inbound => self.called_from_outside(index, now),
                    Errand::Swap => self.swap(index, now),
                    _ => (),
                }
            }
            Errand::CallBack => self.call_back(index, able, now),
            Errand::Travel => self.travel(index, now),
            Errand::Refresh => self.refresh(index, now),
            Errand::Power => self.power(index, now),
            Errand::NewDevice => self.new_device(index, now),
            Errand::Mishap => self.mishap(index, now),
            Errand::Return => self.give_back(index, now),
        }
        self.schedule(index);
    }

    /// Whom a subscriber calls: somebody it knows, or a stranger.
    fn make_call(&mut self, index: usize, now: Time) {
        let people = self.population.people.len();
        let Some(person) = self.population.people.get_mut(index) else {
            return;
        };
        let dice = &mut person.dice;
        let stranger = dice.chance(person.habits.strangers);
        let friend = if stranger { None } else { person.contacts.pick(person.habits.closeness, dice) };
        let known = friend.is_some();
        let peer = if known {
            friend
        } else if stranger && dice.chance(0.12) {
            Some(Peer::Subscriber(dice.below(people)))
        } else {
            let local = !dice.chance(person.habits.nationwide);
            self.numbering.outside(local, dice).map(Peer::Outside)
        };
        let Some(peer) = peer.filter(|&peer| peer != Peer::Subscriber(index)) else {
            return;
        };
        if let Some((over, outcome)) = self.call(Peer::Subscriber(index), peer, known, now) {
            self.missed(index, peer, outcome, known, over);
        }
    }

    /// After a call that failed: the called may call back, the caller may try again.
    fn missed(&mut self, caller: usize, called: Peer, outcome: Outcome, known: bool, over: Time) {
        if matches!(outcome, Outcome::Answered(..)) {
            return;
        }
        let mut urgent = false;
        if let Peer::Subscriber(other) = called {
            let Some(person) = self.person(other) else {
                return;
            };
            urgent = person.archetype == Archetype::Watch;
            let chance = person.habits.calls_back * if known { 1.0 } else { 0.3 };
            if outcome != Outcome::Absent && person.free() && person.dice.chance(chance) {
                let wait = person.dice.lognormal(6.2, 1.1).clamp(20.0, 20_000.0);
                person.call_back = Some(Peer::Subscriber(caller));
                person.tries = 1;
                person.diary.set(Errand::CallBack, over + (wait * SECOND as f64) as Time);
                self.schedule(other);
            }
        }
        let Some(person) = self.person(caller) else {
            return;
        };
        if person.free() && known && person.call_back.is_none() && person.dice.chance(if urgent { 0.8 } else { 0.3 }) {
            person.call_back = Some(called);
            person.tries = if urgent { 3 } else { 1 };
            let wait = person.dice.lognormal(5.0, 0.9).clamp(15.0, 7200.0);
            person.diary.set(Errand::CallBack, over + (wait * SECOND as f64) as Time);
        }
    }

    fn call_back(&mut self, index: usize, able: bool, now: Time) {
        let Some(person) = self.person(index) else {
            return;
        };
        person.diary.set(Errand::CallBack, NEVER);
        let Some(peer) = person.call_back else { return };
        person.tries = person.tries.saturating_sub(1);
        let last = person.tries == 0;
        if last {
            person.call_back = None;
        }
        let mut over = now;
        if able {
            match self.call(Peer::Subscriber(index), peer, true, now) {
                Some((_, Outcome::Answered(..))) | None => {
                    if let Some(person) = self.person(index) {
                        person.call_back = None;
                    }
                    return;
                }
                Some((end, _)) => over = end,
            }
        }
        if let Some(person) = self.person(index)
            && !last
        {
            let wait = person.dice.lognormal(5.6, 0.9).clamp(15.0, 7200.0);
            person.diary.set(Errand::CallBack, over + (wait * SECOND as f64) as Time);
        }
    }

    /// Somebody outside calls: one of the contacts there, or anybody.
    fn called_from_outside(&mut self, index: usize, now: Time) {
        let Some(person) = self.population.people.get_mut(index) else {
            return;
        };
        let dice = &mut person.dice;
        let known = dice.chance(1.0 - person.habits.strangers);
        let friend = if known { person.contacts.outside(person.habits.closeness, dice) } else { None };
        let peer = friend.or_else(|| self.numbering.outside(dice.chance(0.7), dice).map(Peer::Outside));
        let Some(peer) = peer else { return };
        let Some((over, outcome)) = self.call(peer, Peer::Subscriber(index), known, now) else {
            return;
        };
        let Some(person) = self.person(index) else {
            return;
        };
        let rang = !matches!(outcome, Outcome::Answered(..) | Outcome::Absent);
        if rang && person.free() && person.dice.chance(person.habits.calls_back * 0.6) {
            let wait = person.dice.lognormal(6.2, 1.1).clamp(20.0, 20_000.0);
            person.call_back = Some(peer);
            person.tries = 1;
            person.diary.set(Errand::CallBack, over + (wait * SECOND as f64) as Time);
        }
    }

    /// A message to a contact (a courier's to anybody).
    fn write(&mut self, index: usize, now: Time) {
        let Some(card) = self.card(index).filter(|card| card.access != Access::Data) else {
            return;
        };
        let Some(person) = self.population.people.get_mut(index) else {
            return;
        };
        let dice = &mut person.dice;
        let text = match person.archetype {
            // A firm says the same to all.
            Archetype::Application => NOTICES.get(index % NOTICES.len()).map_or("ok", |(_, text)| text),
            _ => dice.pick(&TEXTS).unwrap_or("ok"),
        };
        let peer = match person.contacts.pick(person.habits.closeness, dice) {
            Some(contact) if !dice.chance(person.habits.strangers) => Some(contact),
            _ => self.numbering.outside(true, dice).map(Peer::Outside),
        };
        let number = match peer {
            Some(Peer::Outside(number)) => number,
            Some(Peer::Subscriber(other)) => match self.card(other) {
                Some(other) => other.msisdn,
                None => return,
            },
            None => return,
        };
        let stored = self.act(now, now, Deed::Submit { card, to: number, text: text.into() });
        if let Some(Peer::Subscriber(other)) = peer {
            self.deliver_to(other, Sender::Number(card.msisdn), text, (now, stored + SECOND));
        }
    }

    fn notice(&mut self, index: usize, now: Time) {
        let Some(person) = self.person(index) else {
            return;
        };
        let Some((name, text)) = person.dice.pick(&NOTICES) else {
            return;
        };
        self.deliver_to(index, Sender::Name(name), text, (now, now));
    }

    fn deliver_to(&mut self, index: usize, from: Sender, text: &'static str, (now, at): (Time, Time)) {
        let Some(person) = self.population.people.get(index) else {
            return;
        };
        let reachable = match person.access {
            Access::Data => false,
            Access::Volte => person.ims,
            Access::Circuit | Access::Fallback => person.vlr.is_some(),
        };
        // Switched off: the service centre holds it; what is held is not simulated.
        if !(reachable && person.on) {
            return;
        }
        if let Some(card) = self.card(index) {
            self.act(now, at, Deed::Deliver { card, from, text: text.into() });
        }
    }

    /// Arrives at the next place; a new area may belong to another node.
    fn travel(&mut self, index: usize, now: Time) {
        let clock = self.clock;
        let Some(person) = self.population.people.get_mut(index) else {
            return;
        };
        if let Some((time, site)) = person.itinerary.first()
            && time <= now
        {
            person.site = site;
            person.itinerary.reached();
        }
        let tomorrow = clock.midnight(now) + DAY;
        if person.itinerary.first().is_none() {
            self.plan_day(index, tomorrow);
        }
        let Some(person) = self.population.people.get_mut(index) else {
            return;
        };
        let next = person.itinerary.first().map_or(tomorrow + HOUR, |(time, _)| time.max(now + SECOND));
        let next = if person.habits.mobility == Mobility::Static { NEVER } else { next };
        person.diary.set(Errand::Travel, next);
        if !person.on || !person.free() {
            return;
        }
        let site = self.town.site(person.site);
        let new_vlr = person.access.circuit() && person.vlr != Some(site.msc);
        let new_mme = person.access.packet() && person.mme != Some(site.mme);
        self.register(index, new_vlr, new_mme, now);
    }
}

//! On the air and off it: registration, refresh, power, and new devices for old cards.

use super::super::act::{Deed, Domain};
use super::super::city::City;
use super::super::clock::{Clock, HOUR, MINUTE, NEVER, SECOND, Time};
use super::super::network::ims::Registration;
use super::person::{Access, Custody, Errand, Person};
use super::rhythm::{Rhythm, next_daily};

impl City<'_> {
    /// Registers in the VLR and the MME of the present place.
    pub(in crate::simulate) fn register(&mut self, index: usize, vlr: bool, mme: bool, now: Time) {
        let Some(card) = self.card(index) else { return };
        let share = self.scenario.network.equipment_check;
        let Some(person) = self.population.people.get_mut(index) else {
            return;
        };
        let mut steps = [None, None];
        if vlr {
            let old = person.vlr.replace(card.msc);
            steps[0] = Some((Domain::Circuit, old, person.dice.chance(share)));
        }
        if mme {
            let old = person.mme.replace(card.mme);
            steps[1] = Some((Domain::Packet, old, person.dice.chance(share)));
        }
        for (domain, old, checked) in steps.into_iter().flatten() {
            self.act(now, now, Deed::Register { card, domain, old, checked });
        }
    }

    /// Fresh vectors, sometimes an equipment check, a new REGISTER or a keep-alive.
    pub(in crate::simulate) fn refresh(&mut self, index: usize, now: Time) {
        let refresh = self.scenario.network.refresh_minutes as f64;
        let clock = self.clock;
        let Some(person) = self.population.people.get_mut(index) else {
            return;
        };
        let dice = &mut person.dice;
        let next = if person.habits.report_minutes > 0.0 {
            // Machines report by the clock, all in the same minutes.
            let period = (person.habits.report_minutes.max(1.0) * MINUTE as f64) as Time;
            let of_day = clock.time_of_day(now);
            now - of_day + (of_day / period + 1) * period + dice.whole(0, period / 12)
        } else {
            let minutes = dice.weibull_gap(1.6) * refresh;
            now + (minutes.max(1.0) * MINUTE as f64) as Time
        };
        let (check, keep_alive) = (dice.chance(0.4), dice.chance(0.3));
        person.diary.set(Errand::Refresh, next);
        if !person.on || person.custody == Custody::Pocket {
            return;
        }
        let (ims, vlr, packet) = (person.ims, person.vlr, person.mme.is_some());
        let Some(card) = self.card(index) else { return };
        let mut end = now;
        if vlr.is_some() {
            end = self.act(now, now, Deed::Authenticate { card, domain: Domain::Circuit, checked: check });
        }
        if packet && person_data(card.access, check) {
            let update = Deed::Authenticate { card, domain: Domain::Packet, checked: check };
            end = end.max(self.act(now, now + SECOND / 5, update));
        }
        if ims {
            let refresh = Deed::Ims { card, why: Registration::Refresh };
            self.act(now, end + SECOND / 2, if keep_alive { Deed::KeepAlive { card } } else { refresh });
        }
    }

    /// Switches on or off.
    pub(in crate::simulate) fn power(&mut self, index: usize, now: Time) {
        let clock = self.clock;
        let Some(person) = self.person(index) else {
            return;
        };
        if person.on && person.busy_until > now {
            let later = person.busy_until + 20 * SECOND;
            person.diary.set(Errand::Power, later);
            return;
        }
        if person.on {
            let hour = person.dice.normal(6.6, 0.6).clamp(4.0, 10.0);
            let wake = next_daily(clock, now + 2 * HOUR, (hour * HOUR as f64) as Time);
            person.diary.set(Errand::Power, wake + person.dice.whole(0, MINUTE));
            let polite = person.dice.chance(0.7);
            self.switch_off(index, polite, now);
        } else {
            person.on = true;
            let bed = bedtime(person, clock, now);
            person.diary.set(Errand::Power, bed);
            let access = person.access;
            self.register(index, access.circuit(), access.packet(), now);
            if access == Access::Volte {
                self.register_ims(index, now);
            }
        }
    }

    fn register_ims(&mut self, index: usize, now: Time) {
        let Some(card) = self.card(index) else { return };
        self.act(now, now + 4 * SECOND, Deed::Ims { card, why: Registration::Initial });
        if let Some(person) = self.person(index) {
            person.ims = true;
        }
    }

    /// Off the air; a polite device says so, and some nodes forget it at once.
    pub(in crate::simulate) fn switch_off(&mut self, index: usize, polite: bool, now: Time) {
        let Some(card) = self.card(index) else { return };
        let Some(person) = self.population.people.get_mut(index) else {
            return;
        };
        let (ims, vlr, mme) = (person.ims, person.vlr, person.mme);
        person.on = false;
        person.ims = false;
        let (purge_packet, purge_circuit) = (person.dice.chance(0.35), person.dice.chance(0.1));
        let mut end = now;
        if ims && polite {
            end = self.act(now, now, Deed::Ims { card, why: Registration::Off });
        } else if ims {
            self.act(now, now, Deed::Vanish { card });
        }
        if !polite {
            return;
        }
        for (domain, node) in [(Domain::Circuit, vlr), (Domain::Packet, mme)] {
            if let Some(node) = node {
                self.act(now, end, Deed::Detach { card, domain, node });
            }
        }
        if let Some(node) = mme.filter(|_| purge_packet) {
            self.act(now, end + SECOND, Deed::Purge { card, domain: Domain::Packet, node });
            if let Some(person) = self.person(index) {
                person.mme = None;
            }
        }
        if let Some(node) = vlr.filter(|_| purge_circuit) {
            self.act(now, end + SECOND, Deed::Purge { card, domain: Domain::Circuit, node });
            if let Some(person) = self.person(index) {
                person.vlr = None;
            }
        }
    }

    /// The card goes into another device of its owner.
    pub(in crate::simulate) fn new_device(&mut self, index: usize, now: Time) {
        let Some(person) = self.person(index) else {
            return;
        };
        person.diary.set(Errand::NewDevice, NEVER);
        if !person.free() {
            return;
        }
        if person.busy_until > now {
            let later = person.busy_until + 30 * SECOND;
            person.diary.set(Errand::NewDevice, later);
            return;
        }
        if person.on {
            let polite = person.dice.chance(0.6);
            self.switch_off(index, polite, now);
        }
        let Some(person) = self.person(index) else {
            return;
        };
        if let Some(spare) = person.spare.take() {
            person.device = spare;
        }
        let wait = person.dice.whole(3 * MINUTE, 18 * MINUTE);
        person.diary.set(Errand::Power, now + wait);
    }
}

/// When a device is switched off next: tonight, or never.
pub(in crate::simulate) fn bedtime(person: &mut Person, clock: Clock, now: Time) -> Time {
    let awake_at_night = person.habits.rhythm == Rhythm::Even || person.habits.off_at_night <= 0.0;
    if awake_at_night || !person.dice.chance(person.habits.off_at_night) {
        return NEVER;
    }
    let hour = person.dice.normal(22.3, 0.7).clamp(20.5, 23.9);
    next_daily(clock, now + MINUTE, (hour * HOUR as f64) as Time) + person.dice.whole(0, MINUTE)
}

/// Data devices authenticate each time; phones now and then, and whenever the device is checked.
fn person_data(access: Access, check: bool) -> bool {
    access != Access::Fallback || check
}

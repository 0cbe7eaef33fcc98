//! The running simulation: takes what is due in order of time, lets subscribers act, and sends what follows over the
//! tap.

use super::SimulateError;
use super::clock::{Clock, MILLISECOND, SECOND, Time, seconds};
use super::gateway::Gateway;
use super::network::call::{Outcome, Party};
use super::network::{Card, Link, Net, heartbeat};
use super::numbering::Numbering;
use super::person::{Archetype, Custody, Peer, Person};
use super::population::Population;
use super::queue::{Due, Queue};
use super::random::{Dice, Stream};
use super::scenario::Scenario;
use super::tap::Tap;
use super::town::Town;
use super::transport::Agenda;
use super::wires::Wires;
use std::path::Path;

/// All that is simulated.
pub struct City<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) clock: Clock,
    pub(super) begin: Time,
    pub(super) end: Time,
    pub(super) town: Town,
    pub(super) population: Population,
    pub(super) numbering: Numbering,
    pub(super) gateways: Vec<Gateway>,
    pub(super) net: Net,
    wires: Wires,
    pub(super) queue: Queue,
    tap: Tap,
    agenda: Agenda,
    messages: u64,
}

impl<'a> City<'a> {
    /// Builds everything; nothing has happened yet.
    pub fn new(scenario: &'a Scenario, seed: u64, out: &Path) -> Result<Self, SimulateError> {
        let identities = SimulateError::Identities;
        let plmn = scenario.identities.plmn.parse().map_err(|_| identities)?;
        let mut dice = Dice::new(seed, Stream::Population);
        let town = Town::new(scenario, plmn, &mut dice);
        let (mut population, numbering) =
            Population::new(scenario, seed, &town, dice).ok_or(SimulateError::Identities)?;
        let gateways = Gateway::all(scenario, seed, &mut population);
        Ok(Self {
            scenario,
            clock: scenario.clock(),
            begin: scenario.begin(),
            end: scenario.end(),
            net: Net::new(scenario, plmn, Dice::new(seed, Stream::Network)).ok_or(SimulateError::Identities)?,
            wires: Wires::new(scenario, Dice::new(seed, Stream::Transport)),
            town,
            population,
            numbering,
            gateways,
            queue: Queue::default(),
            tap: Tap::new(scenario, out),
            agenda: Agenda::new(),
            messages: 0,
        })
    }

    /// Runs to the end.
    pub fn run(&mut self, progress: &mut dyn FnMut(f64)) -> Result<(), SimulateError> {
        self.open_links();
        for index in 0..self.population.people.len() {
            self.wake_up(index);
        }
        for index in 0..self.gateways.len() {
            self.schedule_gateway(index);
        }
        let (begin, span) = (self.begin, (self.end - self.begin).max(1));
        let mut count = 0u32;
        while let Some((time, due)) = self.queue.pop() {
            if time >= self.end {
                break;
            }
            self.happen(time, due)?;
            count = count.wrapping_add(1);
            if count.is_multiple_of(16_384) {
                progress(time.saturating_sub(begin) as f64 / span as f64);
            }
        }
        self.tap.finish()?;
        progress(1.0);
        Ok(())
    }

    /// What came over the tap: messages, and the tap itself.
    pub fn result(self) -> (Population, u64, Tap) {
        (self.population, self.messages, self.tap)
    }

    fn happen(&mut self, time: Time, due: Due) -> Result<(), SimulateError> {
        match due {
            Due::Subscriber(index) => self.errand(index, time),
            Due::Gateway(index) => self.gateway(index, time),
            Due::Send(send) => {
                self.messages += send.messages.len() as u64;
                self.wires.send(&send, &mut self.agenda);
                self.put_off(send.link);
            }
            Due::Transport(link, later) => {
                let packet = self.wires.due(link, time, later, &mut self.agenda);
                self.put_off(link);
                if let Some(packet) = packet {
                    self.tap.packet(time, &packet)?;
                }
            }
            Due::Beat(link) => {
                self.net.beat(link, time);
                let every = heartbeat(&self.scenario.network);
                let next = time + every + self.net.dice.whole(0, every / 50);
                self.queue.push(next, Due::Beat(link));
            }
            Due::Close(link) => {
                self.wires.close(link, time, &mut self.agenda);
                self.put_off(link);
            }
        }
        for send in self.net.out.drain(..) {
            self.queue.push(send.at, Due::Send(send));
        }
        Ok(())
    }

    fn put_off(&mut self, link: Link) {
        for (time, later) in self.agenda.drain(..) {
            self.queue.push(time, Due::Transport(link, later));
        }
    }

    /// All links of the core come up in the first seconds.
    fn open_links(&mut self) {
        let every = heartbeat(&self.scenario.network);
        for link in self.net.links() {
            let at = self.begin + self.net.dice.whole(0, 2 * SECOND);
            let ready = self.wires.open(link, at, &mut self.agenda);
            self.put_off(link);
            self.net.bring_up(link, ready + MILLISECOND);
            if every > 0 {
                let first = ready + self.net.dice.whole(every / 2, every);
                self.queue.push(first, Due::Beat(link));
            }
        }
        for send in self.net.out.drain(..) {
            self.queue.push(send.at, Due::Send(send));
        }
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
            ecgi: (site.tac, site.eci),
        })
    }

    /// Notes that a subscriber was on the air with its device from one time to another.
    pub(super) fn touch(&mut self, index: usize, from: Time, to: Time) {
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
        for seen in [&mut person.seen, &mut device.seen] {
            let (first, last) = seen.unwrap_or((from, to));
            *seen = Some((first.min(from), last.max(to).min(end)));
        }
        if person.first_imei.is_none() {
            person.first_imei = Some(device.imei);
        }
        if device.users.last() != Some(&index) {
            device.users.push(index);
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
        let ring = match outcome {
            Outcome::NoAnswer => self.net.dice.between(24.0, 45.0),
            _ => self.net.dice.lognormal(2.0, 0.6).min(22.0),
        };
        let line = self.net.call(&from, &to, outcome, seconds(ring), at);
        for (peer, rang) in [(caller, true), (called, outcome != Outcome::Absent)] {
            if let Peer::Subscriber(index) = peer {
                if let Some(person) = self.person(index)
                    && rang
                {
                    person.busy_until = person.busy_until.max(line.over + SECOND);
                }
                self.touch(index, at, line.over);
            }
        }
        Some((line.over, outcome))
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
                return Some(Outcome::Busy);
            }
            answers = person.habits.answers;
            law = person.habits.duration;
            if matches!(person.custody, Custody::Slot(..)) {
                answers = 0.02;
            } else if !known {
                answers *= 0.65;
            }
            if person.habits.rhythm.asleep(clock, at) {
                answers *= 0.4;
            }
        }
        if let Peer::Subscriber(index) = caller {
            let person = self.person(index)?;
            law = person.habits.duration;
            if matches!(person.custody, Custody::Slot(..)) && matches!(called, Peer::Outside(_)) {
                answers = 0.38;
            }
        }
        let dice = &mut self.net.dice;
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

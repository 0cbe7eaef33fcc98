//! The account of an act: the events that somebody would tell who sees what goes over the links.
//!
//! It is the truth that the analyzer's events are held against, and where no packets are made it takes their place. It
//! is told from the act alone, with usual delays, and says on which interfaces each event shows.

use super::SimulateError;
use super::act::{Act, Deed, Domain};
use super::clock::{MILLISECOND, Time};
use super::encode::sms::Sender;
use super::network::Card;
use super::network::call::{Outcome, Party, Timeline};
use super::network::ims::Registration;
use super::network::nodes::{Node, Nodes};
use super::people::person::Access;
use super::random::{Dice, Stream};
use super::scenario::Scenario;
use super::tap::sight;
use crate::event::Interface::{A, Cap, IuCs, MapD, MapF, MapSms, S1, S6a, S13, SGd, Sip};
use crate::event::{Direction, Event, EventKind, Interface, Peer, Rat, ResolvedBy, Result, Source};
use crate::identity::{CellId, CellKind, Msisdn, Name, Names, Number, Plmn};
use std::hash::{BuildHasher, Hasher};

/// Between the radio network and the exchange.
const RADIO: &[Interface] = &[A, IuCs];

/// An event with the interfaces that show it, the one that tells it first before the others.
pub struct Told<'a> {
    /// The event.
    pub event: Event,
    /// The interfaces.
    pub shown_on: &'a [Interface],
    /// When it is all over.
    pub over: Time,
    /// Who it is.
    pub card: &'a Card,
    /// The 2G/3G cell and the 4G cell of where it is.
    pub cells: [Option<CellId>; 2],
}

/// Tells the accounts.
pub struct Teller {
    /// The texts of hosts, numbers of nodes, senders and clients.
    pub names: Names,
    /// What some probe sees.
    seen: Vec<Interface>,
    /// Short messages on LTE go over the MME.
    over_packet: bool,
    plmn: Plmn,
    mscs: Vec<Name>,
    mmes: Vec<Name>,
    centre: Name,
    dice: Dice,
}

impl Teller {
    /// For the network of a scenario.
    pub fn new(scenario: &Scenario, seed: u64) -> std::result::Result<Self, SimulateError> {
        let plmn = scenario.plmn().ok_or(SimulateError::Identities)?;
        let nodes = Nodes::new(scenario, plmn).ok_or(SimulateError::Identities)?;
        let mut names = Names::default();
        let probes = scenario.probes();
        let seen = |interface| probes.iter().any(|probe| sight::shows(scenario, probe, interface, true));
        Ok(Self {
            seen: Interface::ALL.iter().copied().filter(|&interface| seen(interface)).collect(),
            over_packet: scenario.network.interfaces.contains(&super::network::Interface::Sgd),
            plmn,
            mscs: (0..nodes.mscs).map(|msc| names.written(nodes.title(Node::Msc(msc)))).collect(),
            mmes: (0..nodes.mmes).map(|mme| names.name(&nodes.mme_host(mme))).collect(),
            centre: names.written(nodes.title(Node::Smsc)),
            names,
            dice: Dice::new(seed, Stream::Account),
        })
    }

    /// All events of an act.
    pub fn tell(&mut self, act: &Act, put: &mut dyn FnMut(&Told<'_>)) {
        let at = act.at;
        match &act.deed {
            Deed::Register { card, domain, old, checked } => self.register(card, *domain, *old, *checked, at, put),
            Deed::Authenticate { card, domain } => self.authenticate(card, *domain, at, put),
            Deed::Check { card, domain } => self.check(card, *domain, at, put),
            Deed::Detach { card, domain, node } => {
                let shown_on: &[_] = match domain {
                    Domain::Circuit => RADIO,
                    Domain::Packet => &[S1],
                };
                let event = self.event(EventKind::Deregister, Direction::Mo, card, at, shown_on);
                self.put(put, card, Event { serving_node: self.node(*domain, *node), ..event }, shown_on, at);
            }
            Deed::Purge { card, domain, node } => {
                let shown_on = home(*domain);
                let event = self.event(EventKind::Deregister, Direction::None, card, at, shown_on);
                self.put(put, card, Event { serving_node: self.node(*domain, *node), ..event }, shown_on, at);
            }
            Deed::Ims { card, why } => self.ims(card, *why, at, put),
            Deed::KeepAlive { .. } | Deed::Vanish { .. } => (),
            Deed::Submit { card, to, text } => {
                let shown_on = message_interfaces(card, self.over_packet);
                let event = self.event(EventKind::SmsSubmit, Direction::Mo, card, at, shown_on);
                let event = Event { peer: Some(number(*to)), ..event };
                self.put(put, card, self.text(event, text), shown_on, at);
            }
            Deed::Deliver { card, from, text } => self.deliver(card, from, text, at, put),
            Deed::Call { caller, called, line } => self.call(caller, called, line, put),
        }
    }

    fn register(
        &mut self,
        card: &Card,
        domain: Domain,
        old: Option<usize>,
        checked: bool,
        at: Time,
        put: &mut dyn FnMut(&Told<'_>),
    ) {
        self.authenticate(card, domain, at, put);
        let registered = at + 600 * MILLISECOND + card.latency;
        if checked {
            self.check(card, domain, registered - 50 * MILLISECOND, put);
        }
        let (shown_on, here): (&[_], _) = match domain {
            Domain::Circuit => (&[A, IuCs, MapD], card.msc),
            Domain::Packet => (&[S1, S6a], card.mme),
        };
        let event = self.event(EventKind::Register, Direction::Mo, card, registered, shown_on);
        self.put(put, card, Event { serving_node: self.node(domain, here), ..event }, shown_on, registered);
        if let Some(old) = old.filter(|&old| old != here) {
            let shown_on = home(domain);
            let event = self.event(EventKind::Moved, Direction::None, card, registered, shown_on);
            self.put(put, card, Event { serving_node: self.node(domain, old), ..event }, shown_on, registered);
        }
    }

    fn authenticate(&mut self, card: &Card, domain: Domain, at: Time, put: &mut dyn FnMut(&Told<'_>)) {
        let shown_on = home(domain);
        let event = self.event(EventKind::Authenticate, Direction::None, card, at, shown_on);
        self.put(put, card, Event { imei: None, ..event }, shown_on, at);
    }

    fn check(&mut self, card: &Card, domain: Domain, at: Time, put: &mut dyn FnMut(&Told<'_>)) {
        let shown_on: &[_] = match domain {
            Domain::Circuit => &[MapF],
            Domain::Packet => &[S13],
        };
        let event = self.event(EventKind::EquipmentCheck, Direction::None, card, at, shown_on);
        self.put(put, card, event, shown_on, at);
    }

    fn ims(&mut self, card: &Card, why: Registration, at: Time, put: &mut dyn FnMut(&Told<'_>)) {
        let shown_on = &[Sip];
        let (kind, direction) = match why {
            Registration::Off => (EventKind::Deregister, Direction::Mo),
            _ => (EventKind::Register, Direction::Mo),
        };
        if why == Registration::Initial {
            let latency = (self.dice.between(0.15, 0.5) * 1000.0) as u32 + (card.latency / MILLISECOND) as u32;
            let event = self.event(EventKind::Authenticate, Direction::None, card, at, shown_on);
            self.put(put, card, Event { auth_latency_ms: Some(latency), ..event }, shown_on, at);
        }
        let event = self.event(kind, direction, card, at, shown_on);
        self.put(put, card, event, shown_on, at);
    }

    fn deliver(&mut self, card: &Card, from: &Sender, text: &str, at: Time, put: &mut dyn FnMut(&Told<'_>)) {
        let shown_on = message_interfaces(card, self.over_packet);
        if card.access != Access::Volte && !card.visitor {
            self.route_query(card, self.centre, &[MapSms], at, put);
        }
        let event = self.event(EventKind::SmsDeliver, Direction::Mt, card, at, shown_on);
        let peer = match from {
            Sender::Number(from) => number(*from),
            Sender::Name(name) => Peer::Name(self.names.name(name)),
        };
        self.put(put, card, self.text(Event { peer: Some(peer), ..event }, text), shown_on, at);
    }

    fn route_query(
        &mut self,
        card: &Card,
        asks: Name,
        shown_on: &[Interface],
        at: Time,
        put: &mut dyn FnMut(&Told<'_>),
    ) {
        let event = self.event(EventKind::RouteQuery, Direction::Mt, card, at, shown_on);
        self.put(put, card, Event { imei: None, serving_node: Some(asks), ..event }, shown_on, at);
    }

    fn call(&mut self, caller: &Party, called: &Party, line: &Timeline, put: &mut dyn FnMut(&Told<'_>)) {
        if let Party::Card(card) = caller {
            let shown_on: &[_] = match card.access {
                Access::Volte => &[Sip],
                // A visitor's calls are charged at home.
                _ if card.visitor => RADIO,
                _ => &[Cap, A, IuCs],
            };
            self.half(card, Direction::Mo, called.number(), line, [shown_on, shown_on], line.dialled, put);
        }
        let Party::Card(card) = called else { return };
        let at = line.dialled + 700 * MILLISECOND;
        let from_ims = matches!(caller, Party::Card(caller) if caller.access == Access::Volte);
        let asks = match caller {
            Party::Card(caller) => self.mscs.get(caller.msc),
            Party::Outside(_) => self.mscs.first(),
        };
        if let Some(&asks) = asks
            && !card.visitor
            && !(card.access == Access::Volte && from_ims)
        {
            // Who charges incoming calls is asked first, and then for the way.
            for _ in 0..=u8::from(card.terminating_csi && card.access != Access::Volte) {
                self.route_query(card, asks, &[MapD], at, put);
            }
        }
        let absent = line.outcome == Outcome::Absent;
        let (attempt, rest): (&[_], &[_]) = match card.access {
            Access::Volte if absent => (&[], &[]),
            Access::Volte => (&[Sip], &[Sip]),
            _ if card.terminating_csi => (&[Cap, MapD], &[Cap, A, IuCs]),
            _ if card.vlr.is_none() => (&[], &[]),
            // The caller's dialog tells what becomes of it.
            _ if from_ims => (&[MapD, A, IuCs], &[Sip, A, IuCs]),
            _ => (&[MapD, A, IuCs], RADIO),
        };
        self.half(card, Direction::Mt, caller.number(), line, [attempt, rest], at, put);
    }

    /// What one side of a call does.
    #[allow(clippy::too_many_arguments)] // the parts of a call
    fn half(
        &mut self,
        card: &Card,
        direction: Direction,
        other: Msisdn,
        line: &Timeline,
        [attempt, rest]: [&[Interface]; 2],
        at: Time,
        put: &mut dyn FnMut(&Told<'_>),
    ) {
        let (over, cells) = (line.over, self.cells(card));
        let mut step = |kind, at, outcome, shown_on, duration| {
            let event = self.event(kind, direction, card, at, shown_on);
            let event = Event { peer: Some(number(other)), outcome, duration_ms: duration, ..event };
            put(&Told { event, shown_on, over, card, cells });
        };
        step(EventKind::CallAttempt, at, Result::Unknown, attempt, None);
        let (outcome, duration) = match line.outcome {
            Outcome::Answered(duration, _) => {
                step(EventKind::CallAnswer, line.decided, Result::Success, rest, None);
                (Result::Success, u32::try_from(duration / MILLISECOND).ok())
            }
            Outcome::Busy => (Result::Busy, None),
            Outcome::NoAnswer | Outcome::Abandoned => (Result::NoAnswer, None),
            Outcome::Absent => (Result::Failure, None),
        };
        step(EventKind::CallEnd, over.max(at), outcome, rest, duration);
    }

    /// An event of a subscriber where it is, told by the first interface that some probe sees.
    fn event(&mut self, kind: EventKind, direction: Direction, card: &Card, at: Time, shown_on: &[Interface]) -> Event {
        let seen = shown_on.iter().find(|interface| self.seen.contains(interface));
        let interface = seen.or(shown_on.first()).copied().unwrap_or(Interface::Map);
        let source = Source { file: 0, frame: 0 };
        let at = i64::try_from(at).unwrap_or(i64::MAX);
        Event {
            direction,
            imsi: Some(card.imsi),
            imei: Some(card.imei),
            msisdn: Some(card.msisdn),
            plmn: Some(self.plmn),
            cell: self.cell(card, interface),
            serving_node: match interface {
                Cap => self.mscs.get(card.msc).copied(),
                S13 => self.mmes.get(card.mme).copied(),
                MapSms => Some(self.centre),
                _ => None,
            },
            rat: matches!(interface, S6a | S1).then_some(Rat::Eutran),
            client: (interface == Sip && direction == Direction::Mo).then(|| self.names.name(card.model.agent)),
            outcome: Result::Success,
            resolved_by: ResolvedBy::Direct,
            ..Event::new(kind, at, interface, source)
        }
    }

    /// The place, on the interfaces that tell it.
    fn cell(&self, card: &Card, interface: Interface) -> Option<CellId> {
        let [cell, cell_4g] = self.cells(card);
        match interface {
            Cap | A | IuCs => cell,
            Sip | S1 => cell_4g,
            _ => None,
        }
    }

    /// The 2G/3G cell and the 4G cell of a subscriber's site.
    pub fn cells(&self, card: &Card) -> [Option<CellId>; 2] {
        let (area, cell) = card.ecgi;
        let (area, cell) = (Some(u32::from(area)), Some(u64::from(cell)));
        [CellId::from_cgi_octets(card.cgi), Some(CellId { plmn: self.plmn, area, cell, kind: CellKind::Ecgi })]
    }

    fn put(&self, put: &mut dyn FnMut(&Told<'_>), card: &Card, event: Event, shown_on: &[Interface], over: Time) {
        put(&Told { event, shown_on, over, card, cells: self.cells(card) });
    }

    fn node(&self, domain: Domain, index: usize) -> Option<Name> {
        match domain {
            Domain::Circuit => self.mscs.get(index).copied(),
            Domain::Packet => self.mmes.get(index).copied(),
        }
    }

    fn text(&self, event: Event, text: &str) -> Event {
        Event { sms_digest: Some(fingerprint(text)), ..event }
    }
}

/// A fingerprint under which texts are equal that differ only in numbers.
fn fingerprint(text: &str) -> u64 {
    let mut hasher = foldhash::quality::FixedState::with_seed(5).build_hasher();
    let mut pieces = text.split(|letter: char| letter.is_ascii_digit());
    pieces.by_ref().filter(|piece| !piece.is_empty()).for_each(|piece| hasher.write(piece.as_bytes()));
    hasher.finish()
}

fn number(msisdn: Msisdn) -> Peer {
    Peer::Number(Number::from(msisdn))
}

/// Where the home register is asked and told.
fn home(domain: Domain) -> &'static [Interface] {
    match domain {
        Domain::Circuit => &[MapD],
        Domain::Packet => &[S6a],
    }
}

fn message_interfaces(card: &Card, over_packet: bool) -> &'static [Interface] {
    match card.access {
        Access::Volte => &[Sip],
        Access::Fallback | Access::Data if over_packet && !card.visitor => &[SGd, S1],
        _ => &[MapSms, A, IuCs],
    }
}

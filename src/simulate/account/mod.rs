//! The account of an act: the events that somebody would tell who sees what goes over the links.
//!
//! It is the truth that the analyzer's events are held against, and where no packets are made it takes their place. It
//! is told from the act alone, with usual delays, and says on which interfaces each event shows. What the network does
//! for an act (proof, check of the device, paging, data sessions) is told as far as the scenario has an interface that
//! says it.
//!
//! | file | of what |
//! |---|---|
//! | [`presence`] | registration, proof, device, detach |
//! | [`data`] | data sessions of LTE |
//! | [`gprs`] | packet data of 2G and 3G |
//! | [`call`] | calls |
//! | [`message`] | short messages |
//! | [`acquaintance`] | whose card is known yet |

mod acquaintance;
mod call;
mod data;
mod gprs;
mod message;
mod presence;

use super::SimulateError;
use super::act::{Act, Deed, Domain};
use super::clock::Time;
use super::network::nodes::{Node, Nodes};
use super::network::{self, Card};
use super::people::person::Access;
use super::scenario::Scenario;
use super::tap::sight;
use crate::event::Interface::{A, Cap, Cx, Gn, Gx, Gy, IuCs, IuPs, MapSms, S1, S6a, S11, S13, Sgs, Sip};
use crate::event::{Direction, Event, EventKind, Interface, Peer, Rat, ResolvedBy, Result, Source};
use crate::identity::{CellId, CellKind, Msisdn, Name, Names, Number, Plmn};
use acquaintance::{Acquaintance, By};
use data::Sessions;
use hashbrown::HashMap;

/// Between the radio network and the exchange.
fn radio(card: &Card) -> &'static [Interface] {
    if card.utran { &[IuCs] } else { &[A] }
}

/// An event with the interfaces that show it, the one that tells it first before the others.
pub struct Told<'a> {
    /// The event.
    pub event: Event,
    /// The interfaces.
    pub shown_on: &'a [Interface],
    /// When it is known: who asks waits for the answer.
    pub known: Time,
    /// When it is all over.
    pub over: Time,
    /// False where nothing has told yet whose it is.
    pub named: bool,
    /// Who it is.
    pub card: &'a Card,
    /// The 2G/3G cell and the 4G cell of where it is.
    pub cells: [Option<CellId>; 2],
}

/// Tells the accounts.
pub struct Teller {
    /// The texts of hosts, numbers of nodes, senders and clients.
    pub names: Names,
    /// What the network says, to anybody.
    said: Vec<Interface>,
    /// What some probe sees.
    seen: Vec<Interface>,
    /// Short messages on LTE go over the MME.
    over_packet: bool,
    /// Phones that fall back are in the circuit network by way of their MME.
    sgs: bool,
    sessions: Sessions,
    /// Of 2G and 3G.
    packets: Sessions,
    /// The SGSNs that have them.
    sgsns: HashMap<usize, usize, foldhash::fast::FixedState>,
    acquaintance: Acquaintance,
    plmn: Plmn,
    mscs: Vec<Name>,
    mmes: Vec<Name>,
    centre: Name,
}

impl Teller {
    /// For the network of a scenario.
    pub fn new(scenario: &Scenario) -> std::result::Result<Self, SimulateError> {
        let plmn = scenario.plmn().ok_or(SimulateError::Identities)?;
        let nodes = Nodes::new(scenario, plmn).ok_or(SimulateError::Identities)?;
        let mut names = Names::default();
        let probes = scenario.probes();
        let seen = |interface| probes.iter().any(|probe| sight::shows(scenario, probe, interface, true));
        let all = || Interface::ALL.iter().copied();
        Ok(Self {
            said: all().filter(|&interface| sight::is_said(scenario, interface)).collect(),
            seen: all().filter(|&interface| seen(interface)).collect(),
            over_packet: scenario.network.interfaces.contains(&network::Interface::Sgd),
            sgs: scenario.network.interfaces.contains(&network::Interface::Sgs),
            sessions: Sessions::default(),
            packets: Sessions::default(),
            sgsns: HashMap::default(),
            acquaintance: Acquaintance::default(),
            plmn,
            mscs: (0..nodes.mscs).map(|msc| names.written(nodes.title(Node::Msc(msc)))).collect(),
            mmes: (0..nodes.mmes).map(|mme| names.name(&nodes.mme_host(mme))).collect(),
            centre: names.written(nodes.title(Node::Smsc)),
            names,
        })
    }

    /// All events of an act.
    pub fn tell(&mut self, act: &Act, put: &mut dyn FnMut(&Told<'_>)) {
        Account { teller: self, put, at: act.at }.tell(&act.deed);
    }

    /// The 2G/3G cell and the 4G cell of a subscriber's site.
    fn cells(&self, card: &Card) -> [Option<CellId>; 2] {
        let (area, cell) = card.ecgi;
        let (area, cell) = (Some(u32::from(area)), Some(u64::from(cell)));
        [CellId::from_cgi_octets(card.cgi), Some(CellId { plmn: self.plmn, area, cell, kind: CellKind::Ecgi })]
    }

    /// The place, where an interface that some probe sees tells it.
    fn cell(&self, card: &Card, shown_on: &[Interface]) -> Option<CellId> {
        let [cell, cell_4g] = self.cells(card);
        let shows = |telling: &[Interface]| shown_on.iter().any(|one| telling.contains(one) && self.seen.contains(one));
        let on_lte = [Sip, S1, S11, Gx, Gy, Sgs];
        if shows(&[Cap, A, IuCs, IuPs, Gn]) { cell } else { cell_4g.filter(|_| shows(&on_lte)) }
    }

    fn node(&self, domain: Domain, index: usize) -> Option<Name> {
        match domain {
            Domain::Circuit => self.mscs.get(index).copied(),
            Domain::Packet => self.mmes.get(index).copied(),
        }
    }
}

/// One act being told.
struct Account<'t, 'p> {
    teller: &'t mut Teller,
    put: &'p mut dyn FnMut(&Told<'_>),
    /// When it begins.
    at: Time,
}

impl Account<'_, '_> {
    fn tell(&mut self, deed: &Deed) {
        match deed {
            Deed::Register { card, domain, old, checked } => self.register(card, *domain, *old, *checked),
            Deed::Authenticate { card, domain, checked } => self.renew(card, *domain, *checked),
            Deed::Detach { card, domain, node } => self.detach(card, *domain, *node),
            Deed::Purge { card, domain, node } => self.purge(card, *domain, *node),
            Deed::Ims { card, why } => self.ims(card, *why),
            Deed::KeepAlive { .. } | Deed::Vanish { .. } => (),
            Deed::Submit { card, to, text } => self.submit(card, *to, text),
            Deed::Deliver { card, from, text } => self.deliver(card, from, text),
            Deed::Call { caller, called, line } => self.call(caller, called, line),
        }
    }

    /// An event of a subscriber where it is, as the first interface tells it that some probe sees.
    fn event(&mut self, kind: EventKind, direction: Direction, card: &Card, at: Time, shown_on: &[Interface]) -> Event {
        let teller = &mut *self.teller;
        let seen = shown_on.iter().find(|interface| teller.seen.contains(interface));
        let interface = seen.or(shown_on.first()).copied().unwrap_or(Interface::Map);
        // Vectors are fetched before the radio network tells more.
        let fetched = kind == EventKind::Authenticate;
        let places = if fetched { seen.map_or(&[][..], std::slice::from_ref) } else { shown_on };
        let source = Source { file: 0, frame: 0 };
        let at = i64::try_from(at).unwrap_or(i64::MAX);
        Event {
            direction,
            imsi: Some(card.imsi),
            imei: names_device(kind, direction, interface).then_some(card.imei),
            msisdn: Some(card.msisdn),
            plmn: Some(teller.plmn),
            cell: teller.cell(card, places),
            serving_node: match interface {
                Cap => teller.mscs.get(card.msc).copied(),
                S13 => teller.mmes.get(card.mme).copied(),
                MapSms => Some(teller.centre),
                _ => None,
            },
            rat: match interface {
                S6a | S1 | S11 | Gx | Gy | Sgs => Some(Rat::Eutran),
                IuCs | IuPs => Some(Rat::Utran),
                Gn if card.utran => Some(Rat::Utran),
                A | Gn => Some(Rat::Geran),
                _ => None,
            },
            client: (interface == Sip && direction == Direction::Mo).then(|| teller.names.name(card.model.agent)),
            outcome: Result::Success,
            resolved_by: ResolvedBy::Direct,
            ..Event::new(kind, at, interface, source)
        }
    }

    /// An event that is over at once.
    fn put(&mut self, card: &Card, event: Event, shown_on: &[Interface]) {
        let at = event.time.unsigned_abs();
        self.put_until(card, event, shown_on, [at, at]);
    }

    /// An event that is known, or of something that is over, later.
    fn put_until(&mut self, card: &Card, event: Event, shown_on: &[Interface], [known, over]: [Time; 2]) {
        let cells = self.teller.cells(card);
        let named = self.teller.acquaintance.names(card, &event);
        (self.put)(&Told { event, shown_on, known, over, named, card, cells });
    }

    /// It is in the circuit network by way of its MME.
    fn over_sgs(&self, card: &Card) -> bool {
        self.teller.sgs && card.access == Access::Fallback && !card.visitor
    }

    /// Whether something has tied it to the card.
    fn knows(&self, card: &Card, by: By) -> bool {
        self.teller.acquaintance.knows(card, by)
    }

    /// The card is seen with what others know it by.
    fn ties(&mut self, card: &Card, by: By) {
        self.teller.acquaintance.tie(card, by);
    }

    /// A step of the network, which is one only where somebody says it.
    fn put_step(&mut self, card: &Card, event: Event, shown_on: &[Interface]) {
        if shown_on.iter().any(|interface| self.teller.said.contains(interface)) {
            self.put(card, event, shown_on);
        }
    }

    fn step(&mut self, kind: EventKind, direction: Direction, card: &Card, at: Time, shown_on: &[Interface]) {
        let event = self.event(kind, direction, card, at, shown_on);
        self.put_step(card, event, shown_on);
    }
}

/// True where an event names the device: by itself, or since the card can only do that in its device.
fn names_device(kind: EventKind, direction: Direction, interface: Interface) -> bool {
    use EventKind::{Authenticate, CallAttempt, DataEnd, Deregister, Moved, Paging, RouteQuery};
    match kind {
        Authenticate | Deregister => interface == Sip,
        Moved | Paging | RouteQuery | DataEnd => false,
        EventKind::Register => interface != Cx,
        CallAttempt => direction == Direction::Mo || matches!(interface, A | IuCs),
        _ => true,
    }
}

fn number(msisdn: Msisdn) -> Peer {
    Peer::Number(Number::from(msisdn))
}

#[cfg(test)]
mod tests;

//! The transports of all links: messages in, packets out.

use super::clock::{MILLISECOND, Time};
use super::network::nodes::Nodes;
use super::network::{Link, Send, heartbeat};
use super::random::Dice;
use super::scenario::{Faults, Scenario};
use super::transport::sctp::{Association, ppid};
use super::transport::tcp::Connection;
use super::transport::{Agenda, Later, Way, ip};
use std::collections::BTreeMap;

/// All transports.
pub struct Wires {
    faults: Faults,
    dice: Dice,
    sigtran: Vec<Association>,
    smsc_hlr: Association,
    s6a: Vec<Association>,
    s13: Vec<Connection>,
    sip: BTreeMap<usize, Connection>,
    datagrams: u16,
}

impl Wires {
    /// Those of a scenario, not yet set up.
    pub fn new(scenario: &Scenario, mut dice: Dice) -> Self {
        let beat = heartbeat(&scenario.network);
        let mut association = |link, ppid| {
            let (opener, listener) = Nodes::ends(link);
            Association::new(opener, listener, ppid, beat, &mut dice)
        };
        let (mscs, mmes) = (scenario.network.mscs, scenario.network.mmes);
        let sigtran = (0..mscs).map(|msc| association(Link::Sigtran(msc), ppid::M3UA)).collect();
        let smsc_hlr = association(Link::SmscHlr, ppid::M3UA);
        let s6a = (0..mmes).map(|mme| association(Link::S6a(mme), ppid::DIAMETER)).collect();
        let s13 = (0..mmes)
            .map(|mme| {
                let (opener, listener) = Nodes::ends(Link::S13(mme));
                Connection::new(opener, listener, &mut dice)
            })
            .collect();
        Self { faults: scenario.faults.clone(), dice, sigtran, smsc_hlr, s6a, s13, sip: BTreeMap::new(), datagrams: 0 }
    }

    fn association(&mut self, link: Link) -> Option<(&mut Association, &mut Dice, &Faults)> {
        let association = match link {
            Link::Sigtran(msc) => self.sigtran.get_mut(msc)?,
            Link::SmscHlr => &mut self.smsc_hlr,
            Link::S6a(mme) => self.s6a.get_mut(mme)?,
            _ => return None,
        };
        Some((association, &mut self.dice, &self.faults))
    }

    fn connection(&mut self, link: Link) -> Option<(&mut Connection, &mut Dice, &Faults)> {
        let connection = match link {
            Link::S13(mme) => self.s13.get_mut(mme)?,
            Link::SipTcp(subscriber, _) => self.sip.get_mut(&subscriber)?,
            _ => return None,
        };
        Some((connection, &mut self.dice, &self.faults))
    }

    /// Sets a link up; gives the time when it stands.
    pub fn open(&mut self, link: Link, at: Time, agenda: &mut Agenda) -> Time {
        if let Some((association, dice, _)) = self.association(link) {
            association.open(at, dice, agenda)
        } else if let Some((connection, dice, _)) = self.connection(link) {
            connection.open(at, dice, agenda)
        } else {
            at
        }
    }

    /// Messages leave a node. A UE's connection is opened when it is needed.
    pub fn send(&mut self, send: &Send, agenda: &mut Agenda) {
        if let Link::SipUdp(_) = send.link {
            let (ue, network) = Nodes::ends(send.link);
            let (from, to) = match send.way {
                Way::Forward => (ue, network),
                Way::Back => (network, ue),
            };
            for message in &send.messages {
                self.datagrams = self.datagrams.wrapping_add(1);
                let packet = ip::udp(from, to, message, self.datagrams);
                agenda.push((send.at, Later::Packet(packet)));
            }
            return;
        }
        if let Link::SipTcp(subscriber, ue) = send.link
            && !self.sip.contains_key(&subscriber)
        {
            let mut connection = Connection::new(ue, Nodes::PCSCF, &mut self.dice);
            connection.open(send.at, &mut self.dice, agenda);
            self.sip.insert(subscriber, connection);
        }
        if let Some((association, dice, faults)) = self.association(send.link) {
            association.send(send.at, (send.way, send.stream), &send.messages, faults, dice, agenda);
        } else if let Some((connection, dice, faults)) = self.connection(send.link) {
            for message in &send.messages {
                connection.send(send.at, send.way, message, faults, dice, agenda);
            }
        }
    }

    /// Something that a transport wanted is due; gives the packet that passes the tap.
    pub fn due(&mut self, link: Link, at: Time, later: Later, agenda: &mut Agenda) -> Option<Vec<u8>> {
        match later {
            Later::Packet(packet) => Some(packet),
            Later::Chunks(way, packet, tsns) => {
                if let Some((association, _, _)) = self.association(link) {
                    association.received(at, way, &tsns, agenda);
                }
                Some(packet)
            }
            Later::Timer(way, timer) => {
                if let Some((association, dice, _)) = self.association(link) {
                    association.wake(at, way, timer, dice, agenda);
                } else if let Some((connection, _, _)) = self.connection(link) {
                    connection.wake(at, way, agenda);
                }
                None
            }
        }
    }

    /// A UE closes its connection.
    pub fn close(&mut self, link: Link, at: Time, agenda: &mut Agenda) {
        if let Link::SipTcp(subscriber, _) = link
            && let Some(mut connection) = self.sip.remove(&subscriber)
        {
            connection.close(at + 50 * MILLISECOND, &mut self.dice, agenda);
        }
    }
}

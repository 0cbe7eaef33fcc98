//! The transports of all links: messages in, packets out.

use super::clock::{MILLISECOND, Time};
use super::network::nodes::Nodes;
use super::network::{Carrier, Link, Send, heartbeat};
use super::random::Dice;
use super::scenario::{Faults, Scenario};
use super::transport::sctp::Association;
use super::transport::tcp::Connection;
use super::transport::{Agenda, Later, Way, ip};
use std::collections::BTreeMap;

/// Octets of the longest packet.
const MTU: usize = 1500;
/// Of that in the narrowest tunnel.
const NARROW: usize = 576;

/// All transports.
pub struct Wires {
    faults: Faults,
    dice: Dice,
    heartbeat: Time,
    associations: BTreeMap<Link, Association>,
    connections: BTreeMap<Link, Connection>,
    datagrams: u16,
}

impl Wires {
    /// None is set up yet.
    pub fn new(scenario: &Scenario, dice: Dice) -> Self {
        Self {
            faults: scenario.faults.clone(),
            dice,
            heartbeat: heartbeat(&scenario.network),
            associations: BTreeMap::new(),
            connections: BTreeMap::new(),
            datagrams: 0,
        }
    }

    /// Sets a link up, or up again; gives the time when it stands.
    pub fn open(&mut self, link: Link, at: Time, agenda: &mut Agenda) -> Time {
        let (opener, listener) = Nodes::ends(link);
        let dice = &mut self.dice;
        match link.carrier() {
            Carrier::Sctp(ppid) => {
                let mut association = Association::new(
                    [opener, listener],
                    ppid,
                    self.heartbeat,
                    self.faults.sctp_second_path > 0.0,
                    dice,
                );
                let ready = association.open(at, dice, agenda);
                self.associations.insert(link, association);
                ready
            }
            Carrier::Tcp => {
                let mut connection = Connection::new(opener, listener, dice);
                let ready = connection.open(at, dice, agenda);
                self.connections.insert(link, connection);
                ready
            }
            Carrier::Udp => at,
        }
    }

    /// An association may be lost now, with a word or without, and set up anew; gives the time when it stands.
    pub fn restart(&mut self, link: Link, at: Time, agenda: &mut Agenda) -> Option<Time> {
        let association = self.associations.get_mut(&link)?;
        if !self.dice.chance(self.faults.sctp_restart) {
            return None;
        }
        if self.dice.chance(0.5) {
            association.abort(at, Way::Back, agenda);
        }
        let again = at + (self.dice.between(0.5, 3.0) * 1000.0) as Time * MILLISECOND;
        Some(self.open(link, again, agenda))
    }

    /// Messages leave a node.
    pub fn send(&mut self, send: &Send, agenda: &mut Agenda) {
        if link_is_new(send.link, &self.connections) {
            self.open(send.link, send.at, agenda);
        }
        let (faults, dice) = (&self.faults, &mut self.dice);
        if let Some(association) = self.associations.get_mut(&send.link) {
            association.send(send.at, (send.way, send.stream), &send.messages, faults, dice, agenda);
        } else if let Some(connection) = self.connections.get_mut(&send.link) {
            for message in &send.messages {
                connection.send(send.at, send.way, message, faults, dice, agenda);
            }
        } else {
            let (opener, listener) = Nodes::ends(send.link);
            let (from, to) = match send.way {
                Way::Forward => (opener, listener),
                Way::Back => (listener, opener),
            };
            for message in &send.messages {
                self.datagrams = self.datagrams.wrapping_add(1);
                let packet = ip::udp(from, to, message, self.datagrams);
                agenda.push((send.at, Later::Packet(packet)));
            }
        }
    }

    /// Something that a transport wanted is due; gives the packets that pass the tap: one, fragments of one, or none.
    pub fn due(&mut self, link: Link, at: Time, later: Later, agenda: &mut Agenda) -> Vec<Vec<u8>> {
        match later {
            Later::Packet(packet) => self.fragments(packet),
            Later::Chunks(way, packet, tsns) => {
                if let Some(association) = self.associations.get_mut(&link) {
                    association.received(at, way, &tsns, agenda);
                }
                self.fragments(packet)
            }
            Later::Timer(way, timer) => {
                if let Some(association) = self.associations.get_mut(&link) {
                    association.wake(at, way, timer, &mut self.dice, agenda);
                } else if let Some(connection) = self.connections.get_mut(&link) {
                    connection.wake(at, way, agenda);
                }
                Vec::new()
            }
        }
    }

    /// What is too long for the link, or for a tunnel on its way, goes in fragments.
    fn fragments(&mut self, packet: Vec<u8>) -> Vec<Vec<u8>> {
        let tunnel = packet.len() > NARROW && self.dice.chance(self.faults.ip_fragment);
        ip::fragments(packet, if tunnel { NARROW } else { MTU })
    }

    /// A UE closes its connection.
    pub fn close(&mut self, link: Link, at: Time, agenda: &mut Agenda) {
        if let Some(mut connection) = self.connections.remove(&link) {
            connection.close(at + 50 * MILLISECOND, &mut self.dice, agenda);
        }
    }
}

/// A UE's connection is opened when it is needed.
fn link_is_new(link: Link, connections: &BTreeMap<Link, Connection>) -> bool {
    matches!(link, Link::SipTcp(..)) && !connections.contains_key(&link)
}

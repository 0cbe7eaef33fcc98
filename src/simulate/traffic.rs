//! From acts to packets: the network makes dialogues of them, the transports make packets, the taps write them.

use super::SimulateError;
use super::act::{Act, Deed, Domain};
use super::clock::{MILLISECOND, SECOND, Time};
use super::network::ims::{self, Registration};
use super::network::{Link, Net, Send, heartbeat};
use super::queue::Queue;
use super::random::{Dice, Stream};
use super::relay::Stage;
use super::scenario::Scenario;
use super::tap::Taps;
use super::transport::{Agenda, Later};
use super::wires::Wires;
use std::path::Path;

/// Something that is due between the nodes.
enum Due {
    /// Messages leave a node.
    Send(Send),
    /// A packet passes the tap, or a transport's timer runs out.
    Transport(Link, Later),
    /// A heartbeat between the applications at the ends of a link.
    Beat(Link),
    /// A UE's connection is closed.
    Close(Link),
}

/// Network, transports and tap with all that is under way between them.
pub struct Traffic {
    end: Time,
    heartbeat: Time,
    net: Net,
    wires: Wires,
    queue: Queue<Due>,
    agenda: Agenda,
    /// What is written.
    pub taps: Taps,
    /// Messages handed to the transports.
    pub messages: u64,
}

impl Traffic {
    /// The network of a scenario, whose links come up in the first seconds.
    pub fn new(scenario: &Scenario, seed: u64, out: &Path) -> Result<Self, SimulateError> {
        let plmn = scenario.plmn().ok_or(SimulateError::Identities)?;
        let net = Net::new(scenario, plmn, Dice::new(seed, Stream::Network)).ok_or(SimulateError::Identities)?;
        let mut traffic = Self {
            end: scenario.end(),
            heartbeat: heartbeat(&scenario.network),
            net,
            wires: Wires::new(scenario, Dice::new(seed, Stream::Transport)),
            queue: Queue::default(),
            agenda: Agenda::new(),
            taps: Taps::new(scenario, seed, out)?,
            messages: 0,
        };
        traffic.open_links(scenario.begin());
        Ok(traffic)
    }

    fn open_links(&mut self, begin: Time) {
        for link in self.net.links() {
            let at = begin + self.net.dice.whole(0, 2 * SECOND);
            let ready = self.wires.open(link, at, &mut self.agenda);
            self.put_off(link);
            self.net.bring_up(link, ready + MILLISECOND);
            if self.heartbeat > 0 {
                let first = ready + self.net.dice.whole(self.heartbeat / 2, self.heartbeat);
                self.queue.push(first, Due::Beat(link));
            }
        }
        self.send_all();
    }

    /// The dialogues of an act.
    fn play(&mut self, act: &Act) {
        let (net, at) = (&mut self.net, act.at);
        match &act.deed {
            Deed::Register { card, domain: Domain::Circuit, old, checked } => {
                let done = net.register_circuit(card, *old, *checked, at);
                net.gprs_register(card, at, done);
            }
            Deed::Register { card, domain: Domain::Packet, old, checked } => {
                net.register_packet(card, *old, *checked, at);
            }
            Deed::Authenticate { card, domain: Domain::Circuit, checked } => {
                net.renew_circuit(card, card.vlr.unwrap_or(card.msc), *checked, at);
                net.gprs_use(card, at + SECOND);
            }
            Deed::Authenticate { card, domain: Domain::Packet, checked } => {
                net.renew_packet(card, *checked, at);
            }
            Deed::Detach { card, domain: Domain::Circuit, node } => {
                net.detach_circuit(card, *node, at);
                net.gprs_detach(card, at);
            }
            Deed::Detach { card, domain: Domain::Packet, .. } => net.detach_packet(card, at),
            Deed::Purge { card, domain: Domain::Circuit, node } => {
                net.purge_circuit(card, *node, at);
            }
            Deed::Purge { card, domain: Domain::Packet, node } => {
                net.purge_packet(card, *node, at);
            }
            Deed::Ims { card, why } => {
                let done = net.register_ims(card, *why, at);
                if *why == Registration::Off {
                    self.queue.push(done + SECOND, Due::Close(ims::link(card)));
                }
            }
            Deed::KeepAlive { card } => {
                net.options(card, at);
            }
            Deed::Vanish { card } => self.queue.push(at + SECOND, Due::Close(ims::link(card))),
            Deed::Submit { card, to, text } => {
                net.submit(card, *to, text, at);
            }
            Deed::Deliver { card, from, text } => {
                net.deliver(card, from, text, at);
            }
            Deed::Call { caller, called, line } => net.call(caller, called, line),
        }
    }

    /// All that is due before a time.
    fn pass(&mut self, time: Time) -> Result<(), SimulateError> {
        while let Some((at, due)) = self.queue.pop_before(time.min(self.end)) {
            self.happen(at, due)?;
        }
        Ok(())
    }

    fn happen(&mut self, time: Time, due: Due) -> Result<(), SimulateError> {
        match due {
            Due::Send(send) => {
                self.messages += send.messages.len() as u64;
                self.wires.send(&send, &mut self.agenda);
                self.put_off(send.link);
            }
            Due::Transport(link, later) => {
                let packets = self.wires.due(link, time, later, &mut self.agenda);
                self.put_off(link);
                for packet in packets {
                    self.taps.packet(link, time, &packet)?;
                }
            }
            Due::Beat(link) => {
                if let Some(ready) = self.wires.restart(link, time, &mut self.agenda) {
                    self.put_off(link);
                    self.net.bring_up(link, ready + MILLISECOND);
                } else {
                    self.net.beat(link, time);
                }
                let next = time + self.heartbeat + self.net.dice.whole(0, self.heartbeat / 50);
                self.queue.push(next, Due::Beat(link));
            }
            Due::Close(link) => {
                self.wires.close(link, time, &mut self.agenda);
                self.put_off(link);
            }
        }
        self.send_all();
        Ok(())
    }

    fn send_all(&mut self) {
        for send in self.net.out.drain(..) {
            self.queue.push(send.at, Due::Send(send));
        }
    }

    fn put_off(&mut self, link: Link) {
        for (time, later) in self.agenda.drain(..) {
            self.queue.push(time, Due::Transport(link, later));
        }
    }
}

impl Stage for Traffic {
    /// Everything that comes before an act goes over the taps first.
    fn act(&mut self, act: &Act) -> Result<(), SimulateError> {
        self.pass(act.told)?;
        self.play(act);
        self.send_all();
        Ok(())
    }

    fn finish(&mut self) -> Result<(), SimulateError> {
        self.pass(self.end)?;
        self.taps.finish()
    }
}

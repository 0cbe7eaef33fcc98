//! ISUP: the leg of a call on a circuit between an MSC (or the gateway of IMS) and another exchange.

use super::super::clock::{MILLISECOND, SECOND, Time};
use super::super::encode::{isup, m3ua};
use super::super::transport::Way;
use super::call::{Outcome, Timeline};
use super::dialogue::routing_context;
use super::nodes::{Node, Nodes};
use super::{Link, Net};
use crate::identity::Msisdn;

/// Circuits of a trunk group; the field has 12 bits.
const CIRCUITS: usize = 4000;

/// Which circuits of a trunk are in use until when.
#[derive(Debug, Default)]
pub(super) struct Circuits {
    busy: Vec<Time>,
    next: usize,
}

impl Circuits {
    /// The next one that is free, taken until a time.
    fn take(&mut self, at: Time, until: Time) -> u16 {
        self.busy.resize(CIRCUITS, 0);
        let free = (self.next..CIRCUITS)
            .chain(0..self.next)
            .find(|&index| self.busy.get(index).is_some_and(|&busy| busy < at));
        let index = free.unwrap_or(self.next);
        if let Some(busy) = self.busy.get_mut(index) {
            *busy = until;
        }
        self.next = (index + 1) % CIRCUITS;
        index as u16 + 1
    }
}

/// From the mobile, or another trunk, to this one.
const NEAR: Time = 18 * MILLISECOND;

/// Who is at the far end of a leg, and who began it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leg {
    /// The exchange whose trunk is watched: an MSC or the gateway of IMS.
    pub here: Node,
    /// The other one.
    pub there: Node,
    /// The call goes out from here.
    pub outgoing: bool,
    /// Called and calling number.
    pub numbers: [Msisdn; 2],
}

impl Net {
    /// All of a leg that begins at a time; gives when the other exchange has it.
    pub(super) fn trunk(&mut self, leg: Leg, at: Time, line: &Timeline) -> Time {
        let trunk = match leg.here {
            Node::Msc(msc) => msc,
            _ => self.nodes.mscs,
        };
        let link = Link::Isup(trunk);
        let guard = 30 * SECOND;
        let until = line.over.max(at) + guard;
        let circuit = self.circuits.entry(trunk).or_default().take(at, until);
        let sls = circuit as u8 & 0x0f;
        let (here, there) = (Nodes::point_code(leg.here), Nodes::point_code(leg.there));
        let ahead = if leg.outgoing { Way::Forward } else { Way::Back };
        let mut last = at;
        let mut say = |net: &mut Self, after: Time, forward: bool, message: &[u8]| {
            let way = if forward { ahead } else { ahead.reverse() };
            let (opc, dpc) = if way == Way::Forward { (here, there) } else { (there, here) };
            let label = m3ua::Label { opc, dpc, service: m3ua::service::ISUP, sls };
            // What is said from here has come from somewhere.
            let near = if forward == leg.outgoing { NEAR } else { 0 };
            last = (after + near).max(last + net.hop());
            net.push(last, link, way, u16::from(sls) % 7 + 1, vec![m3ua::data(routing_context(link), label, message)]);
            last
        };
        let [called, calling] = leg.numbers;
        let arrived = say(self, at, true, &isup::initial_address(circuit, called, calling));
        let rang = line.rings();
        if rang {
            let early = self.dice.chance(0.25);
            if early {
                let routed = arrived + self.span(0.2, 0.5);
                say(self, routed, false, &isup::address_complete(circuit, false));
                say(self, line.ringing, false, &isup::progress(circuit));
            } else {
                say(self, line.ringing, false, &isup::address_complete(circuit, true));
            }
        }
        let (forward, cause, over) = match line.outcome {
            Outcome::Answered(_, by_caller) => {
                say(self, line.decided, false, &isup::answer(circuit));
                (by_caller, 16, line.over)
            }
            Outcome::Busy | Outcome::Engaged => (false, 17, line.decided),
            Outcome::NoAnswer => (false, 19, line.decided),
            Outcome::Abandoned => (true, 16, line.decided),
            Outcome::Absent => (false, 20, line.decided),
        };
        say(self, over, forward, &isup::release(circuit, cause));
        say(self, 0, !forward, &isup::release_complete(circuit));
        arrived + self.hop()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circuit_is_not_taken_twice() {
        let mut circuits = Circuits::default();
        let first = circuits.take(10, 50);
        circuits.next = 0;
        assert_ne!(circuits.take(20, 60), first);
        circuits.next = 0;
        assert_eq!(circuits.take(51, 60), first);
    }
}

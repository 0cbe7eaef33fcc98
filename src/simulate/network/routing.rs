//! Where a call goes: from the caller's exchange over the gateway that asks the HLR to the node that serves the called.

use super::super::clock::Time;
use super::super::encode::cap::Half;
use super::super::encode::map::{self, ac, error, operation};
use super::super::encode::tcap::Component::{Error, Invoke, Result};
use super::super::numbering::parse;
use super::super::person::Access;
use super::call::{Outcome, Party, Timeline};
use super::dialogue::Speaker;
use super::nodes::{Node, Nodes, subsystem};
use super::trunk::Leg;
use super::{Card, Net};
use crate::identity::Msisdn;

/// Where a call to a subscriber of a VLR goes.
struct Routed {
    vlr: usize,
    number: Msisdn,
    at: Time,
}

impl Net {
    /// A call leaves the caller's exchange for the called.
    pub(super) fn route(&mut self, from: Node, calling: Msisdn, called: &Party, begin: Time, line: &Timeline) {
        let number = called.number();
        let leg = |here, there, outgoing, number| Leg { here, there, outgoing, numbers: [number, calling] };
        let card = match called {
            Party::Card(card) => card,
            Party::Outside(_) => {
                self.trunk(leg(from, Node::Exchange, true, number), begin, line);
                return;
            }
        };
        // Calls to a visitor come from its home.
        let (from, begin) = if card.visitor && from != Node::Exchange {
            (Node::Exchange, self.trunk(leg(from, Node::Exchange, true, number), begin, line))
        } else {
            (from, begin)
        };
        let gateway = match from {
            Node::Msc(msc) => msc,
            _ => self.dice.below(self.nodes.mscs),
        };
        if card.access == Access::Volte {
            self.through_ims(card, from, gateway, calling, begin, line);
            return;
        }
        let gmsc = Node::Msc(gateway);
        let begin = match from {
            Node::Exchange if card.visitor => begin,
            Node::Exchange => self.trunk(leg(gmsc, Node::Exchange, false, number), begin, line),
            Node::Mgcf => self.trunk(leg(Node::Mgcf, gmsc, true, number), begin, line),
            _ => begin,
        };
        let Some(routed) = self.terminating(card, gateway, calling, begin, line) else { return };
        let here = Node::Msc(routed.vlr);
        let there = if card.visitor { Node::Exchange } else { gmsc };
        let arrived =
            if here == there { routed.at } else { self.trunk(leg(here, there, false, routed.number), routed.at, line) };
        self.called_leg(card, routed.vlr, calling, arrived, line);
    }

    /// To a subscriber of IMS, over the gateway where the call comes from circuits.
    fn through_ims(&mut self, card: &Card, from: Node, gateway: usize, calling: Msisdn, begin: Time, line: &Timeline) {
        if from != Node::Mgcf {
            let gmsc = Node::Msc(gateway);
            let leg = |here, there, number| Leg { here, there, outgoing: false, numbers: [number, calling] };
            let begin = match from {
                Node::Exchange => self.trunk(leg(gmsc, from, card.msisdn), begin, line),
                _ => begin,
            };
            if let Some((number, at)) = self.route_to_ims(card, gateway, begin, line) {
                self.trunk(leg(Node::Mgcf, gmsc, number), at, line);
            }
        }
        if line.outcome != Outcome::Absent {
            self.ims_leg(card, calling, false, line);
        }
    }

    /// sendRoutingInfo and provideRoamingNumber for a called subscriber in a VLR, and its CAP dialogue; gives
    /// where the call goes.
    fn terminating(
        &mut self,
        card: &Card,
        gateway: usize,
        calling: Msisdn,
        at: Time,
        line: &Timeline,
    ) -> Option<Routed> {
        let mut time = at + self.hop();
        let gmsc = self.nodes.title(Node::Msc(gateway));
        let phase = Nodes::cap_phase(gateway);
        let reference: [u8; 8] = self.dice.octets();
        let side = (Node::Msc(gateway), subsystem::MSC);
        let home = Self::home(card);
        let question = |suppress| {
            let argument = map::send_routing_info(card.msisdn, gmsc, &reference, phase, suppress);
            Invoke(1, operation::SEND_ROUTING_INFO, argument)
        };
        if card.terminating_csi {
            let routed = map::routed_to_scf(card.imsi, self.nodes.scf, phase);
            let answer = Result(1, operation::SEND_ROUTING_INFO, routed);
            time = self.ask(side, home, ac::LOCATION_INFO_RETRIEVAL, time, question(false), answer);
            time += self.hop();
            self.charged(Half::Terminating, card, gateway, calling, card.msisdn, time, line);
            time += self.span(0.06, 0.2);
        }
        // A visitor's home asks for the roaming number without this network's gateway.
        let mut dialogue = self.dialogue(side, home, ac::LOCATION_INFO_RETRIEVAL);
        if !card.visitor {
            self.say(&mut dialogue, Speaker::First, time, false, &[question(card.terminating_csi)]);
            time += self.hop();
        }
        let number = match card.vlr {
            Some(vlr) => self.roaming_number(card, vlr, gmsc, &reference, line, &mut time),
            None => None,
        };
        let answer = match number {
            Some(number) => Result(1, operation::SEND_ROUTING_INFO, map::routed(card.imsi, number)),
            None => Error(1, error::ABSENT_SUBSCRIBER, map::absent_subscriber()),
        };
        time += self.hop();
        if !card.visitor {
            self.say(&mut dialogue, Speaker::Second, time, true, &[answer]);
        }
        let (vlr, number) = (card.vlr?, number?);
        Some(Routed { vlr, number, at: time + self.hop() })
    }

    /// provideRoamingNumber in the VLR; gives the number, none for a subscriber that is not there.
    fn roaming_number(
        &mut self,
        card: &Card,
        vlr: usize,
        gmsc: Msisdn,
        reference: &[u8],
        line: &Timeline,
        time: &mut Time,
    ) -> Option<Msisdn> {
        let msc = self.nodes.title(Node::Msc(vlr));
        let argument = map::provide_roaming_number(card.imsi, msc, card.msisdn, gmsc, reference);
        let number = parse(&format!("9997009{:02}{:03}", vlr, self.dice.below(1000)));
        let number = number.filter(|_| line.outcome != Outcome::Absent);
        let answer = match number {
            Some(number) => Result(1, operation::PROVIDE_ROAMING_NUMBER, map::provide_roaming_number_result(number)),
            None => Error(1, error::ABSENT_SUBSCRIBER, map::absent_subscriber()),
        };
        *time = self.ask(
            Self::home(card),
            (Node::Msc(vlr), subsystem::VLR),
            ac::ROAMING_NUMBER_ENQUIRY,
            *time,
            Invoke(1, operation::PROVIDE_ROAMING_NUMBER, argument),
            answer,
        );
        number
    }

    /// A caller outside of IMS is routed to it: the HLR answers with a number of the IMS; gives it.
    fn route_to_ims(&mut self, card: &Card, gateway: usize, at: Time, line: &Timeline) -> Option<(Msisdn, Time)> {
        let gmsc = self.nodes.title(Node::Msc(gateway));
        let reference: [u8; 8] = self.dice.octets();
        let argument = map::send_routing_info(card.msisdn, gmsc, &reference, Nodes::cap_phase(gateway), true);
        let number = parse(&format!("9997008{:05}", self.dice.below(100_000)));
        let number = number.filter(|_| line.outcome != Outcome::Absent);
        let answer = match number {
            Some(number) => Result(1, operation::SEND_ROUTING_INFO, map::routed(card.imsi, number)),
            None => Error(1, error::ABSENT_SUBSCRIBER, map::absent_subscriber()),
        };
        let done = self.ask(
            (Node::Msc(gateway), subsystem::MSC),
            (Node::Hlr, subsystem::HLR),
            ac::LOCATION_INFO_RETRIEVAL,
            at,
            Invoke(1, operation::SEND_ROUTING_INFO, argument),
            answer,
        );
        Some((number?, done + self.hop()))
    }
}

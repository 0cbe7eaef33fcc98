//! Short messages: over MAP to and from a VLR, over SIP to and from an IMS user.

use super::super::clock::Time;
use super::super::encode::map::{self, ac, operation};
use super::super::encode::sms::{self, Sender, swapped};
use super::super::encode::tcap::Component::{Invoke, Result};
use super::super::person::Access;
use super::nodes::{Node, subsystem};
use super::{Card, Net};
use crate::identity::Msisdn;

impl Net {
    /// A subscriber sends a message; gives the time when the service centre has it.
    pub fn submit(&mut self, card: &Card, to: Msisdn, text: &str, at: Time) -> Time {
        let reference = self.dice.word() as u8;
        let tpdu = sms::submit(reference, to, text);
        let smsc = self.nodes.smsc;
        if card.access == Access::Volte {
            return self.ims_message(card, &sms::rp_data(true, reference, smsc, &tpdu), true, at);
        }
        let argument = map::mo_forward_sm(card.imsi, card.msisdn, smsc, &tpdu);
        self.ask(
            (Node::Msc(card.msc), subsystem::MSC),
            (Node::Smsc, subsystem::MSC),
            ac::SHORT_MSG_MO_RELAY,
            at,
            Invoke(1, operation::MO_FORWARD_SM, argument),
            Result(1, operation::MO_FORWARD_SM, Vec::new()),
        )
    }

    /// The service centre delivers a message to a subscriber; gives the end.
    pub fn deliver(&mut self, card: &Card, from: &Sender, text: &str, at: Time) -> Time {
        let [a, b, c, d, e, f] = swapped(self.clock.civil(at));
        let tpdu = sms::deliver(from, [a, b, c, d, e, f, self.zone()], text);
        let smsc = self.nodes.smsc;
        if card.access == Access::Volte {
            let reference = self.dice.word() as u8;
            return self.ims_message(card, &sms::rp_data(false, reference, smsc, &tpdu), false, at);
        }
        let Some(vlr) = card.vlr else { return at };
        let mut time = at;
        if !card.visitor {
            let msc = self.nodes.title(Node::Msc(vlr));
            let answer = map::send_routing_info_for_sm_result(card.imsi, msc);
            time = self.ask(
                (Node::Smsc, subsystem::MSC),
                (Node::Hlr, subsystem::HLR),
                ac::SHORT_MSG_GATEWAY,
                at,
                Invoke(1, operation::SEND_ROUTING_INFO_FOR_SM, map::send_routing_info_for_sm(card.msisdn, smsc)),
                Result(1, operation::SEND_ROUTING_INFO_FOR_SM, answer),
            ) + self.hop();
        }
        let mut dialogue =
            self.dialogue((Node::Smsc, subsystem::MSC), (Node::Msc(vlr), subsystem::MSC), ac::SHORT_MSG_MT_RELAY);
        use super::dialogue::Speaker;
        let argument = map::mt_forward_sm(card.imsi, smsc, &tpdu);
        self.say(&mut dialogue, Speaker::First, time, false, &[Invoke(1, operation::MT_FORWARD_SM, argument)]);
        time += self.span(1.2, 5.0); // paging and the radio
        let done = Result(1, operation::MT_FORWARD_SM, Vec::new());
        self.say(&mut dialogue, Speaker::Second, time, true, &[done]);
        time
    }
}

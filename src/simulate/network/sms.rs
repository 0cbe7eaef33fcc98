//! Short messages: over MAP to and from a VLR, over SIP to and from an IMS user.

use super::super::clock::Time;
use super::super::encode::diameter;
use super::super::encode::dtap::{self, Service, Transaction};
use super::super::encode::map::{self, ac, operation};
use super::super::encode::s1ap::Cause;
use super::super::encode::sgd;
use super::super::encode::sms::{self, Sender, swapped};
use super::super::encode::tcap::Component::{Invoke, Result};
use super::super::person::Access;
use super::luck::Luck;
use super::nodes::{Node, subsystem};
use super::peers::Question;
use super::{Card, Interface, Link, Net};
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
        if self.over_packet(card) {
            return self.submit_packet(card, reference, &tpdu, at);
        }
        if self.over_sgs(card) {
            let rp = sms::rp_data(true, reference, smsc, &tpdu);
            return self.sgs_submit(card, reference, &rp, at, |net, at| net.store(card, &tpdu, at));
        }
        let mut radio = self.serve(card, Service::ShortMessage, at);
        let transfer = Transaction { number: 0, from_mobile: true };
        let wait = self.span(0.1, 0.3);
        self.mobile(&mut radio, wait, transfer.cp_data(true, &sms::rp_data(true, reference, smsc, &tpdu)));
        self.downlink(&mut radio, &transfer.cp_ack(false));
        let stored = self.store(card, &tpdu, radio.last);
        radio.wait(stored);
        self.downlink(&mut radio, &transfer.cp_data(false, &dtap::rp_ack(false, reference)));
        let wait = self.span(0.05, 0.2);
        self.mobile(&mut radio, wait, transfer.cp_ack(true));
        self.radio_close(&mut radio);
        stored
    }

    /// The MSC hands a message on to the service centre; gives when that has it.
    fn store(&mut self, card: &Card, tpdu: &[u8], at: Time) -> Time {
        let argument = map::mo_forward_sm(card.imsi, card.msisdn, self.nodes.smsc, tpdu);
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
        let over_packet = self.over_packet(card);
        let Some(vlr) = card.vlr.or(over_packet.then_some(card.msc)) else { return at };
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
        if over_packet {
            return self.deliver_packet(card, &tpdu, time);
        }
        let mut dialogue =
            self.dialogue((Node::Smsc, subsystem::MSC), (Node::Msc(vlr), subsystem::MSC), ac::SHORT_MSG_MT_RELAY);
        use super::dialogue::Speaker;
        let argument = map::mt_forward_sm(card.imsi, smsc, &tpdu);
        self.say(&mut dialogue, Speaker::First, time, false, &[Invoke(1, operation::MT_FORWARD_SM, argument)]);
        let asked = time + self.hop();
        time = if self.over_sgs(card) {
            self.sgs_deliver(card, vlr, &tpdu, asked)
        } else {
            self.transfer_to(card, vlr, &tpdu, asked, Luck::of(card, at))
        };
        let done = Result(1, operation::MT_FORWARD_SM, Vec::new());
        self.say(&mut dialogue, Speaker::Second, time, true, &[done]);
        time
    }

    /// A message on the A interface to a mobile that is paged; gives when the MSC has its answer.
    fn transfer_to(&mut self, card: &Card, msc: usize, tpdu: &[u8], at: Time, luck: Luck) -> Time {
        let mut radio = self.page(card, msc, at);
        self.secure(&mut radio, card, luck);
        let transfer = Transaction { number: 0, from_mobile: false };
        let reference = self.dice.word() as u8;
        self.downlink(&mut radio, &transfer.cp_data(false, &sms::rp_data(false, reference, self.nodes.smsc, tpdu)));
        let wait = self.span(0.2, 0.7);
        self.mobile(&mut radio, wait, transfer.cp_ack(true));
        let wait = self.span(0.1, 0.6);
        self.mobile(&mut radio, wait, transfer.cp_data(true, &dtap::rp_ack(true, reference)));
        let stored = radio.last;
        self.downlink(&mut radio, &transfer.cp_ack(false));
        self.radio_close(&mut radio);
        stored
    }

    /// Short messages of a mobile on LTE without IMS go over its MME, where that is simulated.
    fn over_packet(&self, card: &Card) -> bool {
        let by_mme = matches!(card.access, Access::Fallback | Access::Data) && !card.visitor;
        self.on(Interface::Sgd) && by_mme && !self.over_sgs(card)
    }

    fn submit_packet(&mut self, card: &Card, reference: u8, tpdu: &[u8], at: Time) -> Time {
        let (smsc, imsi, msisdn) = (self.nodes.smsc, card.imsi, card.msisdn);
        let transfer = Transaction { number: 0, from_mobile: true };
        let mut station = self.station_serve(card, false, at);
        let wait = self.span(0.1, 0.3);
        let sent = transfer.cp_data(true, &sms::rp_data(true, reference, smsc, tpdu));
        self.carry(&mut station, true, wait, &sent);
        self.carry(&mut station, false, 0, &transfer.cp_ack(false));
        let stored = self.ask_peer(
            Question { link: Link::Sgd(card.mme), command: sgd::command::MO_FORWARD, from_client: true, session: None },
            station.last,
            |avps| sgd::submit(avps, smsc, imsi, msisdn, tpdu),
            diameter::success,
        );
        station.wait(stored);
        self.carry(&mut station, false, 0, &transfer.cp_data(false, &dtap::rp_ack(false, reference)));
        let wait = self.span(0.05, 0.2);
        self.carry(&mut station, true, wait, &transfer.cp_ack(true));
        self.station_close(&mut station, Cause::Inactivity);
        stored
    }

    fn deliver_packet(&mut self, card: &Card, tpdu: &[u8], at: Time) -> Time {
        let (smsc, imsi) = (self.nodes.smsc, card.imsi);
        let question = Question {
            link: Link::Sgd(card.mme),
            command: sgd::command::MT_FORWARD,
            from_client: false,
            session: None,
        };
        let paged = at + self.hop();
        let transfer = Transaction { number: 0, from_mobile: false };
        let reference = self.dice.word() as u8;
        let mut station = self.station_serve(card, true, paged);
        let sent = transfer.cp_data(false, &sms::rp_data(false, reference, smsc, tpdu));
        self.carry(&mut station, false, 0, &sent);
        let wait = self.span(0.2, 0.6);
        self.carry(&mut station, true, wait, &transfer.cp_ack(true));
        let wait = self.span(0.1, 0.4);
        self.carry(&mut station, true, wait, &transfer.cp_data(true, &dtap::rp_ack(true, reference)));
        let stored = station.last + self.hop();
        self.ask_peer_until(question, [at, stored], |avps| sgd::deliver(avps, imsi, smsc, tpdu), diameter::success);
        self.carry(&mut station, false, 0, &transfer.cp_ack(false));
        self.station_close(&mut station, Cause::Inactivity);
        stored
    }
}

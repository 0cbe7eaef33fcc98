//! TCAP dialogues between nodes, over SCCP and M3UA.

use super::super::clock::{MILLISECOND, Time};
use super::super::encode::tcap::{self, Component, Dialogue as Portion, Oid, Transaction};
use super::super::encode::{m3ua, sccp};
use super::super::transport::Way;
use super::nodes::{Node, Nodes, subsystem};
use super::{Interface, Link, Net};

/// How long the STP takes to hand a message on.
const STP: Time = MILLISECOND / 2;

/// One side: the node and the subsystem that it speaks with.
pub type Side = (Node, u8);

/// One dialogue.
#[derive(Debug, Clone, Copy)]
pub struct Dialogue {
    sides: [Side; 2],
    transactions: [u32; 2],
    context: Oid,
    begun: bool,
    answered: bool,
    link_selection: u8,
}

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    /// The side that began.
    First,
    /// The other.
    Second,
}

impl Net {
    /// A dialogue that is about to begin.
    pub fn dialogue(&mut self, first: Side, second: Side, context: Oid) -> Dialogue {
        let mut transaction = || {
            self.transactions = self.transactions.wrapping_add(1 + self.dice.word() % 7);
            self.transactions
        };
        let transactions = [transaction(), transaction()];
        Dialogue {
            sides: [first, second],
            transactions,
            context,
            begun: false,
            answered: false,
            link_selection: self.dice.word() as u8 & 0x0f,
        }
    }

    /// Sends components; the first message of the first side is a Begin, `end` makes an End, others are Continues.
    pub fn say(&mut self, dialogue: &mut Dialogue, speaker: Speaker, at: Time, end: bool, components: &[Component]) {
        let ([first, second], [ours, theirs]) = (dialogue.sides, dialogue.transactions);
        let (from, to, otid, dtid) = match speaker {
            Speaker::First => (first, second, ours, theirs),
            Speaker::Second => (second, first, theirs, ours),
        };
        let portion = match speaker {
            Speaker::First if !dialogue.begun => Portion::Request(dialogue.context),
            Speaker::Second if !dialogue.answered => Portion::Response(dialogue.context),
            _ => Portion::None,
        };
        let transaction = match (dialogue.begun, end) {
            (false, _) => Transaction::Begin { otid },
            (true, false) => Transaction::Continue { otid, dtid },
            (true, true) => Transaction::End { dtid },
        };
        dialogue.begun = true;
        dialogue.answered |= speaker == Speaker::Second;
        let interface = if first.1 == subsystem::CAP { Interface::Cap } else { Interface::Map };
        if !self.on(interface) {
            return;
        }
        let message = tcap::message(transaction, portion, components);
        self.unitdata(from, to, dialogue.link_selection, at, &message);
    }

    /// A dialogue of one question and one answer; gives the time of the answer.
    pub fn ask(
        &mut self,
        first: Side,
        second: Side,
        context: Oid,
        at: Time,
        question: Component,
        answer: Component,
    ) -> Time {
        let mut dialogue = self.dialogue(first, second, context);
        self.say(&mut dialogue, Speaker::First, at, false, &[question]);
        let back = at + self.hop() + self.hop();
        self.say(&mut dialogue, Speaker::Second, back, true, &[answer]);
        back
    }

    fn unitdata(&mut self, from: Side, to: Side, link_selection: u8, at: Time, data: &[u8]) {
        let address = |(node, subsystem): Side| sccp::Address { title: self.nodes.title(node), subsystem };
        let (called, calling) = (address(to), address(from));
        let (link, way) = match (from.0, to.0) {
            (Node::Msc(msc), _) => (Link::Sigtran(msc), Way::Forward),
            (_, Node::Msc(msc)) => (Link::Sigtran(msc), Way::Back),
            (Node::Smsc, _) => (Link::SmscHlr, Way::Forward),
            _ => (Link::SmscHlr, Way::Back),
        };
        self.references = self.references.wrapping_add(1);
        let split = self.dice.chance(self.xudt_split);
        let (opc, dpc) = (Nodes::point_code(from.0), Nodes::point_code(to.0));
        let pieces = sccp::connectionless(called, calling, data, self.references & 0x00ff_ffff, split);
        let label = m3ua::Label { opc, dpc, service: m3ua::service::SCCP, sls: link_selection };
        let stream = u16::from(link_selection) % 7 + 1;
        let packed = |link| pieces.iter().map(|sccp| m3ua::data(routing_context(link), label, sccp)).collect();
        let messages: Vec<Vec<u8>> = packed(link);
        // The STP hands on what the home registers of both networks say, and what is said to them.
        let handed = matches!(link, Link::Sigtran(_));
        let leg = match (from.0, to.0) {
            (Node::ForeignHlr, _) => Some((Link::Roaming, Way::Back)),
            (_, Node::ForeignHlr) => Some((Link::Roaming, Way::Forward)),
            (Node::Hlr, _) if handed => Some((Link::Hlr, Way::Back)),
            (_, Node::Hlr) if handed => Some((Link::Hlr, Way::Forward)),
            _ => None,
        };
        if let Some((other, way)) = leg {
            let messages = packed(other);
            let at = if way == Way::Back { at.saturating_sub(STP) } else { at + STP };
            self.push(at, other, way, stream, messages);
        }
        self.push(at, link, way, stream, messages);
    }
}

/// The routing context that the ends of a link have agreed on.
pub fn routing_context(link: Link) -> u32 {
    match link {
        Link::Sigtran(msc) => 101 + msc as u32,
        Link::A(msc) => 301 + msc as u32,
        Link::Isup(msc) => 401 + msc as u32,
        Link::IuCs(index) => 501 + index as u32,
        Link::IuPs(index) => 601 + index as u32,
        Link::Roaming => 201,
        Link::Hlr => 202,
        _ => 200,
    }
}

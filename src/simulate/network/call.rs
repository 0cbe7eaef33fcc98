//! Voice calls: the legs of both sides on a common time line.

use super::super::clock::{MINUTE, SECOND, Time, seconds};
use super::super::encode::cap::{self, Event, Half, InitialDp, operation as cap_operation};
use super::super::encode::map::{self, ac, error, operation};
use super::super::encode::sms::swapped;
use super::super::encode::tcap::Component::{self, Error, Invoke, Result};
use super::super::numbering::parse;
use super::super::person::Access;
use super::super::random::Dice;
use super::dialogue::{Dialogue, Speaker};
use super::nodes::{Node, Nodes, subsystem};
use super::{Card, Net};
use crate::identity::Msisdn;

/// How a call ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Answered, and ended after that time by the caller (true) or the called.
    Answered(Time, bool),
    /// The called is in another call, or refuses.
    Busy,
    /// It rings in vain.
    NoAnswer,
    /// The caller gives up while it rings.
    Abandoned,
    /// The called is switched off or nowhere.
    Absent,
}

/// When things happen in a call.
#[derive(Debug, Clone, Copy)]
pub struct Timeline {
    /// The caller dials.
    pub dialled: Time,
    /// It rings (or would).
    pub ringing: Time,
    /// Answered, refused, given up.
    pub decided: Time,
    /// All over.
    pub over: Time,
    /// How.
    pub outcome: Outcome,
}

impl Timeline {
    /// That of a call which is dialled at a time, with the time that it rings (or would).
    pub fn new(outcome: Outcome, ring: Time, dialled: Time, dice: &mut Dice) -> Self {
        let ringing = dialled + seconds(dice.between(1.4, 4.5));
        let decided = match outcome {
            Outcome::Absent => dialled + seconds(dice.between(0.9, 3.5)),
            Outcome::Busy => ringing + ring.min(6 * SECOND),
            _ => ringing + ring,
        };
        let over = match outcome {
            Outcome::Answered(duration, _) => decided + duration,
            _ => decided,
        };
        Self { dialled, ringing, decided, over, outcome }
    }
}

/// One side of a call.
#[derive(Debug, Clone, Copy)]
pub enum Party {
    /// A subscriber.
    Card(Card),
    /// Somebody of another network.
    Outside(Msisdn),
}

impl Party {
    /// The number.
    pub fn number(&self) -> Msisdn {
        match self {
            Self::Card(card) => card.msisdn,
            Self::Outside(number) => *number,
        }
    }

    /// The subscriber.
    pub fn card(&self) -> Option<&Card> {
        match self {
            Self::Card(card) => Some(card),
            Self::Outside(_) => None,
        }
    }
}

impl Net {
    /// A call from one party to another.
    pub fn call(&mut self, caller: &Party, called: &Party, line: &Timeline) {
        let gateway = match caller {
            Party::Card(card) if card.access.circuit() => card.msc,
            _ => self.dice.below(self.nodes.mscs),
        };
        match caller {
            Party::Card(card) if card.access == Access::Volte => self.ims_leg(card, called.number(), true, line),
            Party::Card(card) if !card.visitor => self.originating(card, called.number(), line),
            _ => (),
        }
        if let Party::Card(card) = called {
            if card.access == Access::Volte {
                self.route_to_ims(card, gateway, caller, line);
                if line.outcome != Outcome::Absent {
                    self.ims_leg(card, caller.number(), false, line);
                }
            } else {
                self.terminating(card, gateway, caller.number(), line);
            }
        }
    }

    /// The caller's CAP dialogue.
    fn originating(&mut self, card: &Card, called: Msisdn, line: &Timeline) {
        let start = line.dialled + self.span(0.1, 0.4);
        self.charged(Half::Originating, card, card.msc, card.msisdn, called, start, line);
    }

    /// sendRoutingInfo and provideRoamingNumber for a called subscriber in a VLR, and its CAP dialogue.
    fn terminating(&mut self, card: &Card, gateway: usize, calling: Msisdn, line: &Timeline) {
        let mut time = line.dialled + self.span(0.5, 0.9);
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
        let answer = match card.vlr {
            Some(vlr) => self.roaming_number(card, vlr, gmsc, &reference, line, &mut time),
            None => Error(1, error::ABSENT_SUBSCRIBER, map::absent_subscriber()),
        };
        time += self.hop();
        if !card.visitor {
            self.say(&mut dialogue, Speaker::Second, time, true, &[answer]);
        }
    }

    /// provideRoamingNumber in the VLR; gives the HLR's answer to the gateway.
    fn roaming_number(
        &mut self,
        card: &Card,
        vlr: usize,
        gmsc: Msisdn,
        reference: &[u8],
        line: &Timeline,
        time: &mut Time,
    ) -> Component {
        let msc = self.nodes.title(Node::Msc(vlr));
        let argument = map::provide_roaming_number(card.imsi, msc, card.msisdn, gmsc, reference);
        let absent = line.outcome == Outcome::Absent;
        let number = parse(&format!("9997009{:02}{:03}", vlr, self.dice.below(1000)));
        let (there, here) = match number {
            Some(number) if !absent => (
                Result(1, operation::PROVIDE_ROAMING_NUMBER, map::provide_roaming_number_result(number)),
                Result(1, operation::SEND_ROUTING_INFO, map::routed(card.imsi, number)),
            ),
            _ => (
                Error(1, error::ABSENT_SUBSCRIBER, map::absent_subscriber()),
                Error(1, error::ABSENT_SUBSCRIBER, map::absent_subscriber()),
            ),
        };
        *time = self.ask(
            Self::home(card),
            (Node::Msc(vlr), subsystem::VLR),
            ac::ROAMING_NUMBER_ENQUIRY,
            *time,
            Invoke(1, operation::PROVIDE_ROAMING_NUMBER, argument),
            there,
        );
        here
    }

    /// A caller outside of IMS is routed to it: the HLR answers with a number of the IMS.
    fn route_to_ims(&mut self, card: &Card, gateway: usize, caller: &Party, line: &Timeline) {
        if matches!(caller, Party::Card(caller) if caller.access == Access::Volte) {
            return;
        }
        let at = line.dialled + self.span(0.4, 0.8);
        let gmsc = self.nodes.title(Node::Msc(gateway));
        let reference: [u8; 8] = self.dice.octets();
        let argument = map::send_routing_info(card.msisdn, gmsc, &reference, Nodes::cap_phase(gateway), true);
        let answer = match parse(&format!("9997008{:05}", self.dice.below(100_000))) {
            Some(number) if line.outcome != Outcome::Absent => {
                Result(1, operation::SEND_ROUTING_INFO, map::routed(card.imsi, number))
            }
            _ => Error(1, error::ABSENT_SUBSCRIBER, map::absent_subscriber()),
        };
        self.ask(
            (Node::Msc(gateway), subsystem::MSC),
            (Node::Hlr, subsystem::HLR),
            ac::LOCATION_INFO_RETRIEVAL,
            at,
            Invoke(1, operation::SEND_ROUTING_INFO, argument),
            answer,
        );
    }

    /// The CAP dialogue of one half of a call: initialDP, requestReportBCSMEvent with applyCharging and continue, the
    /// events, applyChargingReport, and the end by the gsmSCF.
    #[allow(clippy::too_many_arguments)] // the parts of an initialDP
    fn charged(
        &mut self,
        half: Half,
        card: &Card,
        msc: usize,
        calling: Msisdn,
        called: Msisdn,
        at: Time,
        line: &Timeline,
    ) {
        let phase = Nodes::cap_phase(msc);
        let age = if half == Half::Originating { 0 } else { self.dice.whole(0, 40) as u32 };
        let dp = InitialDp {
            half,
            phase,
            imsi: card.imsi,
            imei: (half == Half::Originating).then_some(card.imei),
            calling: Some(calling),
            called,
            msc: self.nodes.title(Node::Msc(msc)),
            cell: card.vlr.is_some().then_some((card.cgi, age)),
            reference: self.dice.octets(),
            local_time: self.local_time(at),
        };
        let side = (Node::Msc(msc), subsystem::CAP);
        let mut dialogue = self.dialogue(side, (Node::Scf, subsystem::CAP), cap::context(phase));
        let begin = Invoke(1, cap_operation::INITIAL_DP, cap::initial_dp(&dp));
        self.say(&mut dialogue, Speaker::First, at, false, &[begin]);
        let time = at + self.hop() + self.hop();
        let orders = [
            Invoke(1, cap_operation::REQUEST_REPORT_BCSM_EVENT, cap::request_report_bcsm_event(half)),
            Invoke(2, cap_operation::APPLY_CHARGING, cap::apply_charging(36_000)),
            Invoke(3, cap_operation::CONTINUE, Vec::new()),
        ];
        self.say(&mut dialogue, Speaker::Second, time, false, &orders);
        self.charged_end(&mut dialogue, half, line, time);
    }

    fn charged_end(&mut self, dialogue: &mut Dialogue, half: Half, line: &Timeline, orders: Time) {
        let event = |invoke, event, leg, cause| {
            let argument = cap::event_report_bcsm(half, event, leg, cause);
            Invoke(invoke, cap_operation::EVENT_REPORT_BCSM, argument)
        };
        // What is decided is known here a moment later, and never before the orders.
        let decided = line.decided.max(orders + self.hop()) + self.hop();
        let (reported, reports, cause) = match line.outcome {
            Outcome::Answered(duration, by_caller) => {
                self.say(dialogue, Speaker::First, decided, false, &[event(2, Event::Answer, 2, 0)]);
                let over = line.over.max(decided + self.hop()) + self.hop();
                let tenths = (duration / (SECOND / 10)).min(36_000) as u32;
                let report = cap::apply_charging_report(tenths);
                let leg = if by_caller { 1 } else { 2 };
                let reports =
                    vec![Invoke(3, cap_operation::APPLY_CHARGING_REPORT, report), event(4, Event::Disconnect, leg, 16)];
                (over, reports, Some(16))
            }
            Outcome::Busy => (decided, vec![event(2, Event::Busy, 2, 17)], Some(17)),
            Outcome::NoAnswer => (decided, vec![event(2, Event::NoAnswer, 2, 19)], Some(19)),
            Outcome::Abandoned => (decided, vec![event(2, Event::Abandon, 1, 0)], None),
            Outcome::Absent => (decided, vec![event(2, Event::Busy, 2, 20)], Some(20)),
        };
        self.say(dialogue, Speaker::First, reported, false, &reports);
        let end = reported + self.hop() + self.hop();
        let release = self.dice.chance(0.6);
        let last = match cause {
            Some(cause) if release => Invoke(4, cap_operation::RELEASE_CALL, cap::release_call(cause)),
            Some(_) => Invoke(4, cap_operation::CONTINUE, Vec::new()),
            None => {
                self.say(dialogue, Speaker::Second, end, true, &[]);
                return;
            }
        };
        self.say(dialogue, Speaker::Second, end, true, &[last]);
    }

    /// TimeAndTimezone: century, the six fields of [`swapped`], quarters of an hour east of Greenwich.
    fn local_time(&self, at: Time) -> [u8; 8] {
        let civil = self.clock.civil(at);
        let century = civil.first().map_or(20, |year| year / 100);
        let [_, _, _, _, _, first] = swapped([0, 0, 0, 0, 0, century]);
        let [a, b, c, d, e, f] = swapped(civil);
        [first, a, b, c, d, e, f, self.zone()]
    }

    /// TS 23.040 time zone: quarters of an hour, swapped, bit 3 for west.
    pub(super) fn zone(&self) -> u8 {
        let quarters = self.clock.offset_minutes.unsigned_abs() * SECOND * 60 / (15 * MINUTE);
        let swapped = (quarters % 10) as u8 * 16 + (quarters / 10 % 8) as u8;
        if self.clock.offset_minutes < 0 { swapped | 0x08 } else { swapped }
    }
}

//! Voice calls: the legs of both sides on a common time line.

use super::super::clock::{MINUTE, SECOND, Time, seconds};
use super::super::encode::cap::{self, Event, Half, InitialDp, operation as cap_operation};
use super::super::encode::sms::swapped;
use super::super::encode::tcap::Component::Invoke;
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
    /// The called refuses.
    Busy,
    /// The called is in another call, and does not hear of this one.
    Engaged,
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
    /// That of a call which is dialled at a time, with the time that it rings (or would); `wait`: what the ways to the
    /// cards add.
    pub fn new(outcome: Outcome, ring: Time, dialled: Time, wait: Time, dice: &mut Dice) -> Self {
        let ringing = dialled + wait + seconds(dice.between(2.6, 6.0));
        let decided = match outcome {
            Outcome::Absent => dialled + seconds(dice.between(0.9, 3.5)),
            Outcome::Busy => ringing + ring.min(6 * SECOND),
            Outcome::Engaged => ringing,
            _ => ringing + ring,
        };
        let over = match outcome {
            Outcome::Answered(duration, _) => decided + duration,
            _ => decided,
        };
        Self { dialled, ringing, decided, over, outcome }
    }

    /// True where it rings at the called.
    pub fn rings(&self) -> bool {
        !matches!(self.outcome, Outcome::Absent | Outcome::Engaged)
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
        let number = called.number();
        let (from, begin) = match caller {
            Party::Card(card) if card.access == Access::Volte => {
                self.ims_leg(card, number, true, line);
                (Node::Mgcf, line.dialled + self.span(0.3, 0.5))
            }
            Party::Card(card) => {
                let known = self.caller_leg(card, number, line) + self.hop();
                let begin = if card.visitor { known } else { self.originating(card, number, known, line) };
                (Node::Msc(card.msc), begin)
            }
            Party::Outside(_) => (Node::Exchange, line.dialled + self.span(0.2, 0.4)),
        };
        self.route(from, caller.number(), called, begin, line);
    }

    /// The caller's CAP dialogue; gives when the call goes on.
    fn originating(&mut self, card: &Card, called: Msisdn, at: Time, line: &Timeline) -> Time {
        self.charged(Half::Originating, card, card.msc, card.msisdn, called, at, line) + self.hop()
    }

    /// The CAP dialogue of one half of a call: initialDP, requestReportBCSMEvent with applyCharging and continue, the
    /// events, applyChargingReport, and the end by the gsmSCF.
    #[allow(clippy::too_many_arguments)] // the parts of an initialDP
    pub(super) fn charged(
        &mut self,
        half: Half,
        card: &Card,
        msc: usize,
        calling: Msisdn,
        called: Msisdn,
        at: Time,
        line: &Timeline,
    ) -> Time {
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
        time
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
            Outcome::Busy | Outcome::Engaged => (decided, vec![event(2, Event::Busy, 2, 17)], Some(17)),
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

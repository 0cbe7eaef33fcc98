//! Calls: how many, which way, to whom (zero inbound ratio, callee diversity), how long.

use super::contact::{self, Ties, different, is_abroad};
use super::definition::{NEVER, definitions};
use super::histogram::Histogram;
use super::sample::{Count, Sample};
use super::visits::Visits;
use super::{Definition, Family, Moment, Occasional, Span, Spot, Visit, share};
use crate::event::{Direction, Event, EventKind, Result};

/// Outgoing calls that are kept as examples for evidence.
const EXAMPLES: usize = 3;
/// Outgoing calls whose time and place are kept, to compare them with what others did.
const MAX_VISITS: usize = 24;
/// Parties that are counted each by itself.
pub(super) const MAX_CONTACTS: usize = 256;
/// A call that is over sooner is short.
const SHORT_MS: u32 = 10_000;

const ABSENT_OUT: &str = "no outgoing call";
const ABSENT_LENGTH: &str = "no call whose length was seen";
const KOUAM: &str = "Kouam et al. 2024";
const MURYNETS: &str = "Murynets et al. 2014";

/// See the module.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Calls {
    outgoing: u32,
    incoming: u32,
    incoming_answered: u32,
    answered: u32,
    /// Calls to numbers whose country is known, and those abroad.
    placed: u32,
    abroad: u32,
    refused: u32,
    short: u32,
    duration_sum: f64,
    duration_log_sum: f64,
    durations: Histogram,
    contacts: Sample<u64, Ties, MAX_CONTACTS>,
    places: Sample<u64, u32, 32>,
    visits: Visits<MAX_VISITS>,
    examples: Box<[Moment]>,
}

impl Calls {
    /// Outgoing calls.
    pub fn outgoing(&self) -> u32 {
        self.outgoing
    }
    /// Incoming calls.
    pub fn incoming(&self) -> u32 {
        self.incoming
    }
    /// The first outgoing calls.
    pub fn examples(&self) -> &[Moment] {
        &self.examples
    }
    /// Different numbers called.
    pub fn callees(&self) -> f64 {
        let share = self.contacts.share(|ties| ties.to > 0);
        if share > 0.0 { (share * self.contacts.distinct()).round() } else { 0.0 }
    }
    /// Parties, either way, by their keys.
    pub(super) fn contacts(&self) -> &Sample<u64, Ties, MAX_CONTACTS> {
        &self.contacts
    }
    /// Parties that were called.
    pub(super) fn called(&self) -> impl Iterator<Item = (u64, Ties)> + '_ {
        self.contacts.iter().filter(|(_, ties)| ties.to > 0)
    }
    /// Places of outgoing calls.
    pub(super) fn places(&self) -> impl Iterator<Item = (u64, u32)> + '_ {
        self.places.iter()
    }
    /// When and where the first outgoing calls were made.
    pub(super) fn visits(&self) -> impl Iterator<Item = Visit> + '_ {
        self.visits.iter()
    }

    fn example(&mut self, call: Moment) {
        if self.examples.len() < EXAMPLES {
            let mut examples = std::mem::take(&mut self.examples).into_vec();
            examples.reserve_exact(1);
            examples.push(call);
            self.examples = examples.into_boxed_slice();
        }
    }

    fn attempt(&mut self, event: &Event) {
        self.outgoing = self.outgoing.saturating_add(1);
        if let Some(peer) = event.peer {
            self.contacts.add(contact::key(peer), Ties::TO);
            if let Some(abroad) = is_abroad(peer, event.msisdn) {
                self.placed = self.placed.saturating_add(1);
                self.abroad = self.abroad.saturating_add(u32::from(abroad));
            }
        }
        if let Some(cell) = event.cell.filter(|cell| cell.is_cell()) {
            let spot = Spot::from(cell);
            self.places.add(spot.place(), 1);
            self.visits.push(Visit::new(event.time, spot));
        }
        self.example(Moment::of(event));
    }

    fn end(&mut self, event: &Event) {
        if matches!(event.outcome, Result::Failure | Result::Busy | Result::NoAnswer)
            && event.direction == Direction::Mo
        {
            self.refused = self.refused.saturating_add(1);
        }
        let Some(duration) = event.duration_ms else { return };
        self.short = self.short.saturating_add(u32::from(duration < SHORT_MS));
        let seconds = f64::from(duration) / 1000.0;
        self.durations.add(duration / 1000);
        self.duration_sum += seconds;
        self.duration_log_sum += seconds.ln_1p();
    }
}

impl Occasional for Calls {
    fn concerns(event: &Event) -> bool {
        matches!(event.kind, EventKind::CallAttempt | EventKind::CallAnswer | EventKind::CallEnd)
    }
}

impl Family for Calls {
    const DEFINITIONS: &'static [Definition] = definitions! {
        "calls_out_per_hour" PerHour: "outgoing call attempts by the hour",
            says "made {} calls an hour", from MURYNETS, needs [CallsOut], absent NEVER;
        "calls_in_per_hour" PerHour: "incoming call attempts by the hour",
            says "was called {} times an hour", from MURYNETS, needs [CallsIn], absent NEVER;
        "inbound_share" Share: "incoming attempts / all attempts (zero inbound ratio: 0)",
            says "{} of its calls came in",
            from "Murynets et al. 2014; GSMA on interconnect bypass", needs [CallsOut, CallsIn], absent "no call at all";
        "zero_inbound" Share: "1 where calls go out and none comes in, else 0",
            says "{called and was called, too|called and was never called}",
            from MURYNETS, needs [CallsOut, CallsIn], absent ABSENT_OUT;
        "callee_ratio" Ratio: "different numbers called / outgoing calls",
            says "called {} different numbers for each call", from MURYNETS, needs [CallsOut], absent ABSENT_OUT;
        "callee_once_share" Share: "numbers called exactly once / numbers called",
            says "called {} of its numbers only once",
            from KOUAM, needs [CallsOut], absent ABSENT_OUT;
        "callees" Count: "different numbers called (above 256 parties an estimate, standard error 6 %)",
            says "called {} number{s}[, {of callee_once_share} of them once]",
            from KOUAM, needs [CallsOut], absent NEVER;
        "callee_regions_share" Share: "different regions (number without its last seven digits) / numbers called",
            says "{} of the numbers that it called brought another region",
            from MURYNETS, needs [CallsOut], absent ABSENT_OUT;
        "callee_neighbours_share" Share: "numbers called that differ from another one in the last digit only / numbers called",
            says "{} of the numbers that it called differ from another in the last digit only",
            from "Sahin et al. 2017 (SoK: fraud in telephony networks): scanning of numbers", needs [CallsOut], absent ABSENT_OUT;
        "abroad_share" Share: "outgoing calls to another country / outgoing calls whose country is known",
            says "{} of its calls went to another country",
            from "ITU-T E.164 country codes; Sahin et al. 2017", needs [CallsOut], absent "no country was known";
        "contacts" Count: "different parties of calls, either way (above 256 an estimate, standard error 6 %)",
            says "had calls with {} number{s}",
            from KOUAM, needs [CallsOut], absent NEVER;
        "contact_main_share" Share: "calls with the most frequent party / calls, either way",
            says "{} of its calls were with one party",
            from KOUAM, needs [CallsOut], absent "no call with a known party";
        "reciprocal_share" Share: "parties with calls both ways / parties",
            says "had calls both ways with {} of its parties",
            from KOUAM, needs [CallsOut, CallsIn], absent "no call with a known party";
        "callback_share" Share: "incoming calls from numbers called before / incoming calls with a known party",
            says "{} of the calls to it came from numbers that it had called",
            from MURYNETS, needs [CallsOut, CallsIn], absent "no incoming call";
        "answered_share" Share: "outgoing calls answered / outgoing calls",
            says "{} of its calls were answered", from MURYNETS, needs [CallsOut], absent ABSENT_OUT;
        "refused_share" Share: "outgoing calls that failed, were busy or not answered / outgoing calls",
            says "{} of its calls failed, were busy or not answered",
            from "Sahin et al. 2017", needs [CallsOut, CallEnds], absent ABSENT_OUT;
        "incoming_answered_share" Share: "incoming calls answered / incoming calls",
            says "answered {} of the calls to it",
            from "reports of 2025 on cards from children's watches: the parents' calls go unanswered",
            needs [CallsIn], absent "no incoming call";
        "duration_mean" Seconds: "mean length of answered calls",
            says "its calls lasted {} in the mean", from "Reaves et al. 2015", needs [CallEnds], absent ABSENT_LENGTH;
        "duration_typical" Seconds: "geometric mean of the lengths of answered calls",
            says "its calls lasted {} as a rule",
            from "Vaz de Melo et al. 2010", needs [CallEnds], absent ABSENT_LENGTH;
        "duration_median" Seconds: "median length of answered calls",
            says "half of its calls lasted {} at most", from "Reaves et al. 2015", needs [CallEnds], absent ABSENT_LENGTH;
        "short_share" Share: "answered calls under 10 s / answered calls",
            says "{} of its calls were under 10 s",
            from MURYNETS, needs [CallEnds], absent ABSENT_LENGTH;
        "cells_per_call" Ratio: "different cells of outgoing calls / outgoing calls with a cell",
            says "called from {} different cells for each call",
            from MURYNETS, needs [CallsOut, Cell], absent "no outgoing call with a cell";
    };

    fn push(&mut self, event: &Event) {
        match (event.kind, event.direction) {
            (EventKind::CallAttempt, Direction::Mo) => self.attempt(event),
            (EventKind::CallAttempt, Direction::Mt) => {
                self.incoming = self.incoming.saturating_add(1);
                if let Some(peer) = event.peer {
                    self.contacts.add(contact::key(peer), Ties::FROM);
                }
            }
            (EventKind::CallAnswer, Direction::Mo) => self.answered = self.answered.saturating_add(1),
            (EventKind::CallAnswer, Direction::Mt) => {
                self.incoming_answered = self.incoming_answered.saturating_add(1);
            }
            (EventKind::CallEnd, _) => self.end(event),
            _ => {}
        }
    }

    fn merge(&mut self, later: &Self) {
        self.contacts.merge(&later.contacts);
        self.places.merge(&later.places);
        self.visits.merge(&later.visits);
        self.durations.merge(&later.durations);
        for (count, more) in [
            (&mut self.outgoing, later.outgoing),
            (&mut self.incoming, later.incoming),
            (&mut self.incoming_answered, later.incoming_answered),
            (&mut self.answered, later.answered),
            (&mut self.placed, later.placed),
            (&mut self.abroad, later.abroad),
            (&mut self.refused, later.refused),
            (&mut self.short, later.short),
        ] {
            *count = count.saturating_add(more);
        }
        self.duration_sum += later.duration_sum;
        self.duration_log_sum += later.duration_log_sum;
        later.examples.iter().for_each(|call| self.example(*call));
    }

    fn finish(&self, span: Span, out: &mut Vec<f64>) {
        let (outgoing, incoming, ended) = (f64::from(self.outgoing), f64::from(self.incoming), self.durations.total());
        let called: Vec<(u64, Ties)> = self.called().collect();
        let kept = called.len() as f64;
        let to: f64 = called.iter().map(|(_, ties)| f64::from(ties.to)).sum();
        let once = called.iter().filter(|(_, ties)| ties.to == 1).count() as f64;
        let regions = different(called.iter().filter_map(|(key, _)| contact::region(*key)));
        let mut decades: Vec<u64> = called.iter().filter_map(|(key, _)| contact::decade(*key)).collect();
        decades.sort_unstable();
        let neighbours: usize =
            decades.chunk_by(|a, b| a == b).map(<[u64]>::len).filter(|together| *together > 1).sum();
        let (back, cold) = self.contacts.iter().fold((0.0, 0.0), |(back, cold), (_, ties)| {
            (back + f64::from(ties.from_after), cold + f64::from(ties.from_before))
        });
        let both = |ties: Ties| ties.to > 0 && ties.times() > u32::from(ties.to);
        out.push(outgoing / span.hours());
        out.push(incoming / span.hours());
        out.push(share(incoming, outgoing + incoming));
        out.push(if outgoing > 0.0 { f64::from(u8::from(incoming == 0.0)) } else { f64::NAN });
        out.push(share(kept, to));
        out.push(share(once, kept));
        out.push(self.callees());
        out.push(share(regions as f64, kept));
        out.push(share(neighbours as f64, kept));
        out.push(share(self.abroad, self.placed));
        out.push(self.contacts.distinct());
        out.push(self.contacts.main_share());
        out.push(self.contacts.share(both));
        out.push(share(back, back + cold));
        out.push(share(self.answered.min(self.outgoing), outgoing));
        out.push(share(self.refused.min(self.outgoing), outgoing));
        out.push(share(self.incoming_answered.min(self.incoming), incoming));
        out.push(share(self.duration_sum, ended));
        out.push(share(self.duration_log_sum, ended).exp_m1());
        out.push(self.durations.quantile(0.5));
        out.push(share(self.short, ended));
        out.push(share(f64::from(self.places.distinct() as u32), self.places.total()));
    }
}

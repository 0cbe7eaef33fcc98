//! Calls: how many, which way, to whom (zero inbound ratio, callee diversity), how long.

use super::{Definition, Family, Sighting, Span, Tally, Unit, share};
use crate::event::{Direction, Event, EventKind, Peer};
use crate::identity::Number;
use arrayvec::ArrayVec;

/// Outgoing calls that are kept as examples for evidence.
const SAMPLES: usize = 3;
/// A call that is over sooner is short.
const SHORT_MS: u32 = 10_000;

const FED_BY: &str = "CAP initialDP and reports, MAP routing, SIP INVITE to BYE, call records";
const ABSENT_OUT: &str = "no outgoing call";

/// An outgoing call as an example.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CallSample {
    /// When, where, in which frame.
    pub sighting: Sighting,
    /// Who was called.
    pub peer: Option<Peer>,
}

/// See the module.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Calls {
    outgoing: u32,
    incoming: u32,
    incoming_answered: u32,
    answered: u32,
    callees: Tally<u64, 1024>,
    /// Incoming calls from numbers that had not been called before; the others are `callbacks`.
    callers: Tally<u64, 256>,
    /// Calls both ways by the other party.
    contacts: Tally<u64, 1024>,
    regions: Tally<u64, 128>,
    callbacks: u32,
    ended: u32,
    short: u32,
    duration_sum: f64,
    duration_log_sum: f64,
    samples: ArrayVec<CallSample, SAMPLES>,
}

/// A number as a key: its last ten digits, so that national and international forms of one number agree.
pub(super) fn peer_key(peer: Peer) -> u64 {
    match peer {
        Peer::Number(Number { digits, .. }) => {
            let skip = digits.len().saturating_sub(10);
            digits.skip(skip).short().map_or(0, |digits| digits.to_bits())
        }
        Peer::Name(name) => {
            use std::hash::BuildHasher;

            foldhash::fast::FixedState::with_seed(1).hash_one(name)
        }
    }
}

/// The region of a number: its last ten digits without the last seven.
fn region_key(peer: Peer) -> Option<u64> {
    let Peer::Number(Number { digits, .. }) = peer else {
        return None;
    };
    let len = digits.len();
    (len > 7).then(|| digits.prefix(len.saturating_sub(7)))?.short().map(|digits| {
        let skip = digits.len().saturating_sub(3);
        digits.skip(skip).to_bits()
    })
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
    pub fn samples(&self) -> &[CallSample] {
        &self.samples
    }
    /// Different numbers called.
    pub fn callees(&self) -> u32 {
        self.callees.distinct()
    }
}

impl Family for Calls {
    const DEFINITIONS: &'static [Definition] = &[
        Definition {
            name: "calls_out_per_hour",
            unit: Unit::PerHour,
            meaning: "outgoing call attempts by the hour",
            source: "FEATURES: calls",
            fed_by: FED_BY,
            absent: "never: no call is zero calls",
        },
        Definition {
            name: "calls_in_per_hour",
            unit: Unit::PerHour,
            meaning: "incoming call attempts by the hour",
            source: "FEATURES: calls",
            fed_by: FED_BY,
            absent: "never: no call is zero calls",
        },
        Definition {
            name: "inbound_share",
            unit: Unit::Share,
            meaning: "incoming attempts / all attempts (zero inbound ratio: 0)",
            source: "FEATURES: zero inbound; Sichuan 2020: median .48 normal, .03 fraud",
            fed_by: FED_BY,
            absent: "no call at all",
        },
        Definition {
            name: "callee_ratio",
            unit: Unit::Ratio,
            meaning: "different numbers called / outgoing calls",
            source: "FEATURES: callee diversity; Sichuan 2020: median .15 normal, .81 fraud",
            fed_by: FED_BY,
            absent: ABSENT_OUT,
        },
        Definition {
            name: "callee_once_share",
            unit: Unit::Share,
            meaning: "numbers called exactly once / numbers called",
            source: "FEATURES: callee diversity",
            fed_by: FED_BY,
            absent: ABSENT_OUT,
        },
        Definition {
            name: "callees",
            unit: Unit::Count,
            meaning: "different numbers called",
            source: "FEATURES: callee diversity",
            fed_by: FED_BY,
            absent: "never: no call is zero numbers",
        },
        Definition {
            name: "callee_regions_share",
            unit: Unit::Share,
            meaning: "different regions (number without its last seven digits) / numbers called",
            source: "FEATURES: spread of callee regions",
            fed_by: FED_BY,
            absent: ABSENT_OUT,
        },
        Definition {
            name: "contacts",
            unit: Unit::Count,
            meaning: "different parties of calls, either way",
            source: "FEATURES: a watch has few contacts",
            fed_by: FED_BY,
            absent: "never: no call is no party",
        },
        Definition {
            name: "contact_main_share",
            unit: Unit::Share,
            meaning: "calls with the most frequent party / calls, either way",
            source: "FEATURES: few contacts, regular ones",
            fed_by: FED_BY,
            absent: "no call with a known party",
        },
        Definition {
            name: "callback_share",
            unit: Unit::Share,
            meaning: "incoming calls from numbers called before / incoming calls",
            source: "FEATURES: callbacks received",
            fed_by: FED_BY,
            absent: "no incoming call",
        },
        Definition {
            name: "answered_share",
            unit: Unit::Share,
            meaning: "outgoing calls answered / outgoing calls",
            source: "FEATURES: durations",
            fed_by: FED_BY,
            absent: ABSENT_OUT,
        },
        Definition {
            name: "incoming_answered_share",
            unit: Unit::Share,
            meaning: "incoming calls answered / incoming calls",
            source: "FEATURES: the parents' calls go unanswered",
            fed_by: FED_BY,
            absent: "no incoming call",
        },
        Definition {
            name: "duration_mean",
            unit: Unit::Seconds,
            meaning: "mean length of answered calls",
            source: "FEATURES: durations",
            fed_by: FED_BY,
            absent: "no call whose length was seen",
        },
        Definition {
            name: "duration_typical",
            unit: Unit::Seconds,
            meaning: "geometric mean of the lengths of answered calls",
            source: "FEATURES: durations (lognormal)",
            fed_by: FED_BY,
            absent: "no call whose length was seen",
        },
        Definition {
            name: "short_share",
            unit: Unit::Share,
            meaning: "answered calls under 10 s / answered calls",
            source: "FEATURES: durations",
            fed_by: FED_BY,
            absent: "no call whose length was seen",
        },
    ];

    fn push(&mut self, event: &Event) {
        match (event.kind, event.direction) {
            (EventKind::CallAttempt, Direction::Mo) => {
                self.outgoing = self.outgoing.saturating_add(1);
                if let Some(peer) = event.peer {
                    self.callees.add(peer_key(peer));
                    self.contacts.add(peer_key(peer));
                    if let Some(region) = region_key(peer) {
                        self.regions.add(region);
                    }
                }
                let _ = self.samples.try_push(CallSample { sighting: Sighting::of(event), peer: event.peer });
            }
            (EventKind::CallAttempt, Direction::Mt) => {
                self.incoming = self.incoming.saturating_add(1);
                if let Some(peer) = event.peer {
                    let key = peer_key(peer);
                    self.contacts.add(key);
                    if self.callees.contains(key) {
                        self.callbacks = self.callbacks.saturating_add(1);
                    } else {
                        self.callers.add(key);
                    }
                }
            }
            (EventKind::CallAnswer, Direction::Mo) => self.answered = self.answered.saturating_add(1),
            (EventKind::CallAnswer, Direction::Mt) => {
                self.incoming_answered = self.incoming_answered.saturating_add(1);
            }
            (EventKind::CallEnd, _) => {
                let Some(duration) = event.duration_ms else {
                    return;
                };
                self.ended = self.ended.saturating_add(1);
                self.short = self.short.saturating_add(u32::from(duration < SHORT_MS));
                let seconds = f64::from(duration) / 1000.0;
                self.duration_sum += seconds;
                self.duration_log_sum += seconds.ln_1p();
            }
            _ => {}
        }
    }

    fn merge(&mut self, later: &Self) {
        for (key, count) in later.callers.iter() {
            if self.callees.contains(key) {
                self.callbacks = self.callbacks.saturating_add(count);
            } else {
                self.callers.add_many(key, count);
            }
        }
        self.callbacks = self.callbacks.saturating_add(later.callbacks);
        self.callees.merge(&later.callees);
        self.regions.merge(&later.regions);
        self.contacts.merge(&later.contacts);
        for (count, more) in [
            (&mut self.outgoing, later.outgoing),
            (&mut self.incoming, later.incoming),
            (&mut self.incoming_answered, later.incoming_answered),
            (&mut self.answered, later.answered),
            (&mut self.ended, later.ended),
            (&mut self.short, later.short),
        ] {
            *count = count.saturating_add(more);
        }
        self.duration_sum += later.duration_sum;
        self.duration_log_sum += later.duration_log_sum;
        let room = SAMPLES.saturating_sub(self.samples.len());
        self.samples.extend(later.samples.iter().take(room).copied());
    }

    fn finish(&self, span: Span, out: &mut Vec<f64>) {
        let (outgoing, incoming) = (f64::from(self.outgoing), f64::from(self.incoming));
        let callees = self.callees.distinct();
        out.push(outgoing / span.hours());
        out.push(incoming / span.hours());
        out.push(share(incoming, outgoing + incoming));
        out.push(share(callees, self.callees.total()));
        out.push(share(self.callees.singles(), callees));
        out.push(f64::from(callees));
        out.push(share(self.regions.distinct(), callees));
        out.push(f64::from(self.contacts.distinct()));
        out.push(share(self.contacts.main().map_or(0, |(_, count)| count), self.contacts.total()));
        out.push(share(self.callbacks, incoming));
        out.push(share(self.answered.min(self.outgoing), outgoing));
        out.push(share(self.incoming_answered.min(self.incoming), incoming));
        out.push(share(self.duration_sum, self.ended));
        out.push(share(self.duration_log_sum, self.ended).exp_m1());
        out.push(share(self.short, self.ended));
    }
}

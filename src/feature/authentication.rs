//! Authentication: how often, with what success, and how fast the card answers.
//!
//! A card that is not in the device that uses it (a SIM bank elsewhere) answers a challenge after a way through the
//! Internet and back. Where the challenge is not seen, the home register still sees vectors being fetched, and then the
//! registration for which they were fetched.

use super::definition::{NEVER, definitions};
use super::histogram::Histogram;
use super::spot::FineClock;
use super::{Definition, Family, Occasional, Span, share};
use crate::event::{Event, EventKind, Result};
use crate::time::SECOND;

/// Vectors are not fetched for a registration that comes so much later.
const LONGEST_WAIT: i64 = 60 * SECOND;

const SIGN: &str = "Kouam et al. 2025 (SigN): a remote SIM bank adds a round trip";

/// See the module.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Authentication {
    authentications: u32,
    failures: u32,
    latencies: Option<Box<Times>>,
    /// From fetching vectors to the registration.
    waits: Option<Box<Times>>,
    /// When vectors were fetched that no registration followed yet.
    fetched: FineClock,
    /// The first registration before any vectors, for merging.
    first_register: FineClock,
}

/// How long something took, in milliseconds.
#[derive(Debug, Clone, PartialEq)]
struct Times {
    shortest: u32,
    all: Histogram,
}

fn add(times: &mut Option<Box<Times>>, milliseconds: u32) {
    let times = times.get_or_insert_with(|| Box::new(Times { shortest: milliseconds, all: Histogram::default() }));
    times.shortest = times.shortest.min(milliseconds);
    times.all.add(milliseconds);
}

fn merge(times: &mut Option<Box<Times>>, later: Option<&Times>) {
    match (times, later) {
        (Some(times), Some(later)) => {
            times.shortest = times.shortest.min(later.shortest);
            times.all.merge(&later.all);
        }
        (times @ None, Some(later)) => *times = Some(Box::new(later.clone())),
        (_, None) => {}
    }
}

fn shortest(times: Option<&Times>) -> Option<u32> {
    times.map(|times| times.shortest)
}

impl Authentication {
    /// The shortest time to an answer, in milliseconds.
    pub(super) fn shortest(&self) -> Option<u32> {
        shortest(self.latencies.as_deref())
    }

    /// The shortest time from fetching vectors to registering, in milliseconds.
    pub(super) fn shortest_wait(&self) -> Option<u32> {
        shortest(self.waits.as_deref())
    }

    fn registered(&mut self, fetched: i64, time: i64) {
        let wait = time.saturating_sub(fetched);
        if (0..=LONGEST_WAIT).contains(&wait) {
            add(&mut self.waits, wait.div_euclid(SECOND / 1000) as u32);
        }
    }
}

impl Occasional for Authentication {
    fn concerns(event: &Event) -> bool {
        matches!(event.kind, EventKind::Authenticate | EventKind::Register) || event.auth_latency_ms.is_some()
    }
}

impl Family for Authentication {
    const DEFINITIONS: &'static [Definition] = definitions! {
        "authentications_per_hour" PerHour: "authentications by the hour",
            says "was authenticated {} times an hour", from SIGN, needs [Authentications], absent NEVER;
        "auth_failures_share" Share: "authentications that failed, resynchronisations among them / authentications",
            says "{} of its authentications failed",
            from "3GPP TS 33.102 §6.3.5", needs [Authentications], absent "no authentication";
        "auth_latency_min" Milliseconds: "shortest time from a challenge to its answer",
            says "took {} at least to answer a challenge",
            from SIGN, needs [Latency], absent "no challenge and answer were seen";
        "auth_latency_typical" Milliseconds: "median time from a challenge to its answer",
            says "took {} to answer a challenge as a rule",
            from SIGN, needs [Latency], absent "no challenge and answer were seen";
        "auth_to_register_min" Milliseconds: "shortest time from fetching vectors to the registration (60 s at most)",
            says "registered {} after its vectors were fetched at the soonest",
            from SIGN, needs [Authentications, Registers], absent "no registration after vectors were fetched";
        "auth_to_register_typical" Milliseconds: "median time from fetching vectors to the registration (60 s at most)",
            says "registered {} after its vectors were fetched as a rule",
            from SIGN, needs [Authentications, Registers], absent "no registration after vectors were fetched";
    };

    fn push(&mut self, event: &Event) {
        match event.kind {
            EventKind::Authenticate => {
                self.authentications = self.authentications.saturating_add(1);
                self.failures = self.failures.saturating_add(u32::from(event.outcome == Result::Failure));
                self.fetched = FineClock::at(event.time);
            }
            EventKind::Register => match self.fetched.take().get() {
                Some(fetched) => self.registered(fetched, event.time),
                None if self.authentications == 0 => {
                    self.first_register = self.first_register.or(FineClock::at(event.time))
                }
                None => {}
            },
            _ => {}
        }
        if let Some(latency) = event.auth_latency_ms {
            add(&mut self.latencies, latency);
        }
    }

    fn merge(&mut self, later: &Self) {
        if let (Some(fetched), Some(time)) = (self.fetched.get(), later.first_register.get()) {
            self.registered(fetched, time);
            self.fetched = FineClock::default();
        }
        if self.authentications == 0 {
            self.first_register = self.first_register.or(later.first_register);
        }
        if later.authentications > 0 {
            self.fetched = later.fetched;
        }
        self.authentications = self.authentications.saturating_add(later.authentications);
        self.failures = self.failures.saturating_add(later.failures);
        merge(&mut self.latencies, later.latencies.as_deref());
        merge(&mut self.waits, later.waits.as_deref());
    }

    fn finish(&self, span: Span, out: &mut Vec<f64>) {
        out.push(f64::from(self.authentications) / span.hours());
        out.push(share(self.failures, self.authentications));
        for times in [self.latencies.as_deref(), self.waits.as_deref()] {
            out.push(shortest(times).map_or(f64::NAN, f64::from));
            out.push(times.map_or(f64::NAN, |times| times.all.quantile(0.5)));
        }
    }
}

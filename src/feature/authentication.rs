//! Authentication: how often, with what success, and how fast the card answers.
//!
//! A card that is not in the device that uses it (a SIM bank elsewhere) answers a challenge after a way through the
//! Internet and back. Where the challenge is not seen, the home register still sees vectors being fetched, and then the
//! registration for which they were fetched.

use super::definition::{NEVER, definitions};
use super::histogram::Histogram;
use super::{Definition, Family, Occasional, Span, share};
use crate::event::{Event, EventKind, Result};
use crate::time::SECOND;
use std::num::NonZeroI64;

/// Vectors are not fetched for a registration that comes so much later.
const LONGEST_WAIT: i64 = 60 * SECOND;

const SIGN: &str = "Kouam et al. 2025 (SigN): a remote SIM bank adds a round trip";

/// See the module.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Authentication {
    authentications: u32,
    failures: u32,
    latencies: Histogram,
    /// Milliseconds from fetching vectors to the registration.
    waits: Histogram,
    shortest: Option<u32>,
    shortest_wait: Option<u32>,
    /// When vectors were fetched that no registration followed yet.
    fetched: Option<NonZeroI64>,
    /// The first registration before any vectors, for merging.
    first_register: Option<NonZeroI64>,
}

fn least(known: Option<u32>, new: Option<u32>) -> Option<u32> {
    match (known, new) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

impl Authentication {
    /// The shortest time to an answer, in milliseconds.
    pub(super) fn shortest(&self) -> Option<u32> {
        self.shortest
    }

    /// The shortest time from fetching vectors to registering, in milliseconds.
    pub(super) fn shortest_wait(&self) -> Option<u32> {
        self.shortest_wait
    }

    fn registered(&mut self, fetched: i64, time: i64) {
        let wait = time.saturating_sub(fetched);
        if (0..=LONGEST_WAIT).contains(&wait) {
            let wait = wait.div_euclid(SECOND / 1000) as u32;
            self.waits.add(wait);
            self.shortest_wait = least(self.shortest_wait, Some(wait));
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
        "authentications_per_hour" PerHour: "authentications by the hour", from SIGN, needs [Authentications], absent NEVER;
        "auth_failures_share" Share: "authentications that failed, resynchronisations among them / authentications",
            from "3GPP TS 33.102 §6.3.5", needs [Authentications], absent "no authentication";
        "auth_latency_min" Milliseconds: "shortest time from a challenge to its answer",
            from SIGN, needs [Latency], absent "no challenge and answer were seen";
        "auth_latency_typical" Milliseconds: "median time from a challenge to its answer",
            from SIGN, needs [Latency], absent "no challenge and answer were seen";
        "auth_to_register_min" Milliseconds: "shortest time from fetching vectors to the registration (60 s at most)",
            from SIGN, needs [Authentications, Registers], absent "no registration after vectors were fetched";
        "auth_to_register_typical" Milliseconds: "median time from fetching vectors to the registration (60 s at most)",
            from SIGN, needs [Authentications, Registers], absent "no registration after vectors were fetched";
    };

    fn push(&mut self, event: &Event) {
        match event.kind {
            EventKind::Authenticate => {
                self.authentications = self.authentications.saturating_add(1);
                self.failures = self.failures.saturating_add(u32::from(event.outcome == Result::Failure));
                self.fetched = NonZeroI64::new(event.time);
            }
            EventKind::Register => match self.fetched.take() {
                Some(fetched) => self.registered(fetched.get(), event.time),
                None if self.authentications == 0 => {
                    self.first_register = self.first_register.or(NonZeroI64::new(event.time))
                }
                None => {}
            },
            _ => {}
        }
        if let Some(latency) = event.auth_latency_ms {
            self.latencies.add(latency);
            self.shortest = least(self.shortest, Some(latency));
        }
    }

    fn merge(&mut self, later: &Self) {
        if let (Some(fetched), Some(time)) = (self.fetched, later.first_register) {
            self.registered(fetched.get(), time.get());
            self.fetched = None;
        }
        if self.authentications == 0 {
            self.first_register = self.first_register.or(later.first_register);
        }
        if later.authentications > 0 {
            self.fetched = later.fetched;
        }
        self.authentications = self.authentications.saturating_add(later.authentications);
        self.failures = self.failures.saturating_add(later.failures);
        self.latencies.merge(&later.latencies);
        self.waits.merge(&later.waits);
        self.shortest = least(self.shortest, later.shortest);
        self.shortest_wait = least(self.shortest_wait, later.shortest_wait);
    }

    fn finish(&self, span: Span, out: &mut Vec<f64>) {
        out.push(f64::from(self.authentications) / span.hours());
        out.push(share(self.failures, self.authentications));
        out.push(self.shortest.map_or(f64::NAN, f64::from));
        out.push(self.latencies.quantile(0.5));
        out.push(self.shortest_wait.map_or(f64::NAN, f64::from));
        out.push(self.waits.quantile(0.5));
    }
}

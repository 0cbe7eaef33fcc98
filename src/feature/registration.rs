//! Registration and authentication: how often the card comes and goes, and how fast it answers.

use super::{Definition, Family, Sighting, Span, Unit};
use crate::event::{Direction, Event, EventKind, Result};
use crate::time::SECOND;

/// Registrations that are kept for the synchrony of groups.
const MAX_ATTACHES: usize = 48;

const FED_BY: &str = "MAP updateLocation, S6a ULR/CLR/PUR, SIP REGISTER";

/// See the module.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Registration {
    registers: u32,
    leaves: u32,
    authentications: u32,
    latency_min: Option<u32>,
    attaches: Vec<Sighting>,
    /// The last registration after which no call of its own was seen.
    waiting_since: Option<i64>,
    first_call_wait: Option<i64>,
    /// First outgoing call, for merging: it may answer an earlier part's registration.
    first_call: Option<i64>,
    first_register: Option<i64>,
}

impl Registration {
    /// When and where it registered, the first ones.
    pub fn attaches(&self) -> &[Sighting] {
        &self.attaches
    }

    fn shorter_wait(&mut self, wait: i64) {
        self.first_call_wait = Some(self.first_call_wait.map_or(wait, |known| known.min(wait)));
    }
}

impl Family for Registration {
    const DEFINITIONS: &'static [Definition] = &[
        Definition {
            name: "registers_per_hour",
            unit: Unit::PerHour,
            meaning: "registrations that were not refused, by the hour",
            source: "FEATURES: attach, periodic updates",
            fed_by: FED_BY,
            absent: "never: none is zero",
        },
        Definition {
            name: "leaves_per_hour",
            unit: Unit::PerHour,
            meaning: "deregistrations and cancellations by the hour",
            source: "FEATURES: on/off cycles",
            fed_by: FED_BY,
            absent: "never: none is zero",
        },
        Definition {
            name: "authentications_per_hour",
            unit: Unit::PerHour,
            meaning: "authentications by the hour",
            source: "FEATURES: authentication",
            fed_by: "MAP sendAuthenticationInfo, S6a AIR, SIP 401",
            absent: "never: none is zero",
        },
        Definition {
            name: "auth_latency_min",
            unit: Unit::Milliseconds,
            meaning: "shortest time from a challenge to its answer",
            source: "Kouam et al. 2025: a remote SIM bank adds a round trip",
            fed_by: "SIP REGISTER after 401; NAS authentication",
            absent: "no challenge and answer were seen",
        },
        Definition {
            name: "register_to_call",
            unit: Unit::Seconds,
            meaning: "shortest time from a registration to the next outgoing call",
            source: "FEATURES: attach to first call",
            fed_by: FED_BY,
            absent: "no registration followed by a call",
        },
    ];

    fn push(&mut self, event: &Event) {
        match event.kind {
            EventKind::Register if event.outcome != Result::Failure => {
                self.registers = self.registers.saturating_add(1);
                self.first_register.get_or_insert(event.time);
                self.waiting_since = Some(event.time);
                if self.attaches.len() < MAX_ATTACHES {
                    self.attaches.push(Sighting::of(event));
                }
            }
            EventKind::Deregister | EventKind::Moved => self.leaves = self.leaves.saturating_add(1),
            EventKind::Authenticate => self.authentications = self.authentications.saturating_add(1),
            EventKind::CallAttempt if event.direction == Direction::Mo => {
                if self.first_register.is_none() {
                    self.first_call.get_or_insert(event.time);
                }
                if let Some(since) = self.waiting_since.take() {
                    self.shorter_wait(event.time.saturating_sub(since));
                }
            }
            _ => {}
        }
        if let Some(latency) = event.auth_latency_ms {
            self.latency_min = Some(self.latency_min.map_or(latency, |known| known.min(latency)));
        }
    }

    fn merge(&mut self, later: &Self) {
        if let (Some(since), Some(call)) = (self.waiting_since, later.first_call) {
            self.shorter_wait(call.saturating_sub(since));
            self.waiting_since = None;
        }
        if let Some(wait) = later.first_call_wait {
            self.shorter_wait(wait);
        }
        if later.first_register.is_some() {
            self.waiting_since = later.waiting_since;
        }
        if self.first_register.is_none() {
            self.first_call = self.first_call.or(later.first_call);
        }
        self.first_register = self.first_register.or(later.first_register);
        self.registers = self.registers.saturating_add(later.registers);
        self.leaves = self.leaves.saturating_add(later.leaves);
        self.authentications = self.authentications.saturating_add(later.authentications);
        self.latency_min = match (self.latency_min, later.latency_min) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        let room = MAX_ATTACHES.saturating_sub(self.attaches.len());
        self.attaches.extend(later.attaches.iter().take(room));
    }

    fn finish(&self, span: Span, out: &mut Vec<f64>) {
        out.push(f64::from(self.registers) / span.hours());
        out.push(f64::from(self.leaves) / span.hours());
        out.push(f64::from(self.authentications) / span.hours());
        out.push(self.latency_min.map_or(f64::NAN, f64::from));
        out.push(self.first_call_wait.map_or(f64::NAN, |wait| wait as f64 / SECOND as f64));
    }
}

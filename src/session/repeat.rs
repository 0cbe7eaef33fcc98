//! Messages that a tap shows more than once: on both legs of an STP, DRA or proxy, from two probes, retransmitted.
//! They are printed each time and counted once.
//!
//! A TCAP message is the same when its octets are; a Diameter message when origin, end-to-end identifier and command
//! are (RFC 6733 §3: the end-to-end identifier detects duplicates); a SIP message when Call-ID, CSeq, tags and status
//! are, whatever the proxies did to Via and Route; a GTP message when its octets and ends are.

use super::Origin;
use super::aging::Aging;
use super::legs::Legs;
use crate::dissect::{DiameterMessage, GtpMessage, SipMessage, Transaction};
use crate::event::Source;
use crate::health::{Example, Health, Layer, Outcome};
use crate::time::SECOND;
use crate::wire::sip::StartLine;
use std::hash::{BuildHasher, Hash, Hasher};

/// Messages that are remembered.
const CAPACITY: usize = 1 << 19;
/// How long: retransmission timers of TCAP invokes, Diameter failover and SIP transactions (64 T1) are below.
const REMEMBER: i64 = 32 * SECOND;

/// The text under which they are counted.
pub(super) const SEEN_BEFORE: &str = "seen before (another leg, probe or retransmission)";

/// The messages of the last half minute.
#[derive(Debug)]
pub(super) struct Repeats {
    seen: Aging<u64, Source>,
    /// Messages that are said again with equal octets: see [`Legs`].
    legs: Aging<u64, Legs>,
}

impl Default for Repeats {
    fn default() -> Self {
        Self { seen: Aging::new(CAPACITY, REMEMBER), legs: Aging::new(CAPACITY, REMEMBER) }
    }
}

fn digest(salt: u64, feed: impl FnOnce(&mut dyn Hasher)) -> u64 {
    let mut hasher = foldhash::quality::FixedState::with_seed(salt).build_hasher();
    feed(&mut hasher);
    hasher.finish()
}

impl Repeats {
    pub(super) fn pass(&mut self, now: i64) {
        self.seen.forget(now);
        self.legs.forget(now);
    }

    /// A message of a network where equal octets may be said again: a repeat only on another association.
    pub(super) fn leg(&mut self, layer: Layer, key: u64, origin: &Origin<'_>, health: &mut Health) -> Option<Source> {
        if self.legs.peek(&key).is_none() {
            self.legs.insert(key, Legs::default());
        }
        let legs = self.legs.get_mut(&key)?;
        let first = legs.look(key, &origin.flow, origin.time, origin.source)?;
        let Source { file, frame } = origin.source;
        let example = Example { file, frame, offset: 0 };
        health.note(layer, Outcome::Repeated, SEEN_BEFORE, Some(example));
        Some(first)
    }

    fn look(&mut self, key: u64, origin: &Origin<'_>, layer: Layer, health: &mut Health) -> Option<Source> {
        let first = *self.seen.peek_or_insert(key, origin.source)?;
        let Source { file, frame } = origin.source;
        let example = Example { file, frame, offset: 0 };
        health.note(layer, Outcome::Repeated, SEEN_BEFORE, Some(example));
        Some(first)
    }

    pub(super) fn tcap(
        &mut self,
        origin: &Origin<'_>,
        message: &Transaction<'_>,
        health: &mut Health,
    ) -> Option<Source> {
        let key = digest(1, |hasher| {
            hasher.write(message.octets);
            // Two nodes may by chance use the same transaction ids for the same short message. Titles stay on all legs;
            // what is routed by point codes keeps those of its label.
            match message.calling.global_title {
                Some(title) => title.digits.to_bits().hash(&mut &mut *hasher),
                None => (message.route.from(), message.route.to()).hash(&mut &mut *hasher),
            }
        });
        self.look(key, origin, Layer::Tcap, health)
    }

    pub(super) fn diameter(
        &mut self,
        origin: &Origin<'_>,
        message: &DiameterMessage<'_>,
        health: &mut Health,
    ) -> Option<Source> {
        let DiameterMessage { message, facts, .. } = message;
        let key = digest(2, |hasher| {
            hasher.write_u32(message.header.end_to_end);
            hasher.write_u32(message.header.command);
            hasher.write_u8(u8::from(message.header.is_request()));
            hasher.write(facts.origin_host.unwrap_or_default());
            hasher.write(facts.session_id.unwrap_or_default());
        });
        self.look(key, origin, Layer::Diameter, health)
    }

    pub(super) fn gtp(&mut self, origin: &Origin<'_>, message: &GtpMessage<'_>, health: &mut Health) -> Option<Source> {
        let key = digest(4, |hasher| {
            hasher.write(message.octets);
            (origin.flow.src, origin.flow.dst).hash(&mut &mut *hasher);
        });
        self.look(key, origin, Layer::Gtp, health)
    }

    pub(super) fn sip(&mut self, origin: &Origin<'_>, message: &SipMessage<'_>, health: &mut Health) -> Option<Source> {
        let SipMessage { message, facts, .. } = message;
        let call_id = facts.call_id?;
        let key = digest(3, |hasher| {
            hasher.write(call_id);
            hasher.write_u32(facts.cseq.unwrap_or_default());
            hasher.write(facts.method.map_or(&b""[..], |method| method.name()));
            hasher.write(facts.from_tag.unwrap_or_default());
            hasher.write_u8(0xff);
            hasher.write(facts.to_tag.unwrap_or_default());
            match message.start {
                StartLine::Request { method, .. } => hasher.write(method.name()),
                StartLine::Response { code, .. } => hasher.write_u16(code),
            }
        });
        self.look(key, origin, Layer::Sip, health)
    }
}

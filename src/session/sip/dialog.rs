//! Calls: an INVITE and what becomes of it, on all of its legs.
//!
//! A call may show on several legs (before and after a proxy) and be forked to several contacts, each with an early
//! dialog of its own (RFC 3261 §12, §16.7). The first answer of any makes it a call. It fails when the leg that was
//! seen first fails, or all of them do; a leg is told from others by the branch of the topmost Via.

use super::digest;
use super::party::two_sides;
use crate::event::{EventKind, Result};
use crate::health::{Layer, Outcome};
use crate::session::aging::Aging;
use crate::session::call::Call;
use crate::session::{Context, Origin};
use crate::time::HOUR;
use crate::wire::sip::{Facts, Method, Sip, StartLine};

/// Calls that are followed at the same time.
const CAPACITY: usize = 1 << 18;
/// A call of which nothing is heard for so long is forgotten.
const HOLDS: i64 = 4 * HOUR;

#[derive(Debug)]
struct Dialog {
    calling: Option<Call>,
    called: Option<Call>,
    /// Branch of the leg that was seen first; 0 without one.
    branch: u64,
    /// CSeq of the INVITE that began it (the last one, where it was challenged or sent elsewhere).
    cseq: u32,
    /// Legs that were seen, and those that failed.
    legs: u32,
    failed: u32,
    /// The tag of the contact that answered.
    answered: Option<u64>,
}

impl Dialog {
    fn sides(&mut self) -> impl Iterator<Item = &mut Call> {
        [&mut self.calling, &mut self.called].into_iter().flatten()
    }

    fn end(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, outcome: Result) {
        for call in self.sides() {
            call.end(context, origin.time, origin.source, outcome, None);
        }
    }

    /// A leg was refused, or its request taken back.
    fn refused(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, branch: u64, outcome: Result) {
        if self.answered.is_some() {
            return;
        }
        self.failed = self.failed.saturating_add(1);
        if branch == self.branch || branch == 0 || self.failed >= self.legs {
            self.end(context, origin, outcome);
        }
    }
}

/// Calls by Call-ID.
#[derive(Debug)]
pub(super) struct Calls {
    open: Aging<u64, Dialog>,
}

impl Default for Calls {
    fn default() -> Self {
        Self { open: Aging::new(CAPACITY, HOLDS) }
    }
}

fn branch(facts: &Facts<'_>) -> u64 {
    facts.branch.map_or(0, digest)
}

impl Calls {
    pub(super) fn pass(&mut self, context: &mut Context<'_>, now: i64) {
        give_up(context, self.open.pass(now));
    }

    pub(super) fn finish(&mut self, context: &mut Context<'_>) {
        give_up(context, self.open.drain());
    }

    pub(super) fn invite(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, facts: &Facts<'_>, key: u64) {
        if facts.to_tag.is_some() {
            // Changes a session that is there.
            return;
        }
        let (branch, cseq) = (branch(facts), facts.cseq.unwrap_or(0));
        if let Some(dialog) = self.open.get_mut(&key) {
            // Sent again with credentials, or elsewhere after a redirection.
            if dialog.answered.is_none() && cseq > dialog.cseq {
                (dialog.branch, dialog.cseq, dialog.legs, dialog.failed) = (branch, cseq, 1, 0);
            }
            return;
        }
        let (calling, called) = two_sides(context, origin, facts, EventKind::CallAttempt, EventKind::CallAttempt);
        let dialog = Dialog {
            calling: calling.map(|event| Call::attempt(context, event, true)),
            called: called.map(|event| Call::attempt(context, event, true)),
            branch,
            cseq,
            legs: 1,
            failed: 0,
            answered: None,
        };
        self.open.insert(key, dialog);
    }

    /// A response to INVITE. Provisional ones, early media among them (183 with SDP), are no answer.
    pub(super) fn invited(
        &mut self,
        context: &mut Context<'_>,
        origin: &Origin<'_>,
        facts: &Facts<'_>,
        key: u64,
        code: u16,
    ) {
        let Some(dialog) = self.open.get_mut(&key) else { return };
        // The INVITE that was sent again may not have been seen.
        let of_it = facts.cseq == Some(dialog.cseq) || dialog.answered.is_none() && facts.cseq > Some(dialog.cseq);
        if !of_it {
            // RFC 3261 §12.2.1.2: of what changes a session, only these end it.
            if matches!(code, 408 | 481) && dialog.answered.is_some() {
                dialog.end(context, origin, Result::Success);
            }
            return;
        }
        if let Some(call) = &mut dialog.called {
            call.learn(context, &facts.named, origin.time);
        }
        match code {
            // A challenge, a redirection, a better interval, a better security agreement: it is sent again.
            0..=199 | 300..=399 | 401 | 407 | 422 | 494 => {}
            200..=299 => {
                dialog.answered.get_or_insert(facts.to_tag.map_or(0, digest));
                for call in dialog.sides() {
                    call.answer(context, origin.time, origin.source);
                }
            }
            _ => dialog.refused(context, origin, branch(facts), outcome(code, facts)),
        }
    }

    pub(super) fn bye(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, facts: &Facts<'_>, key: u64) {
        let Some(dialog) = self.open.get_mut(&key) else { return };
        // Where several contacts answered, the caller ends what it does not want.
        let tags = [facts.from_tag, facts.to_tag].map(|tag| tag.map_or(0, digest));
        if dialog.answered.is_none_or(|answered| tags.contains(&answered)) {
            dialog.end(context, origin, Result::Unknown);
        }
    }

    pub(super) fn cancel(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, facts: &Facts<'_>, key: u64) {
        let Some(dialog) = self.open.get_mut(&key) else { return };
        // A proxy cancels the other contacts when one has answered; the caller's own has the branch of its INVITE.
        if dialog.answered.is_none() && (branch(facts) == dialog.branch || dialog.legs == 1) {
            dialog.end(context, origin, Result::NoAnswer);
        }
    }

    /// A message that was seen on another leg.
    pub(super) fn repeated(
        &mut self,
        context: &mut Context<'_>,
        origin: &Origin<'_>,
        message: &Sip<'_>,
        facts: &Facts<'_>,
        key: u64,
    ) {
        if facts.method != Some(Method::Invite) {
            return;
        }
        let Some(dialog) = self.open.get_mut(&key).filter(|dialog| facts.cseq == Some(dialog.cseq)) else { return };
        let branch = branch(facts);
        match message.start {
            StartLine::Request { .. } if branch != dialog.branch => dialog.legs = dialog.legs.saturating_add(1),
            StartLine::Response { code, .. } if code >= 400 && !matches!(code, 401 | 407 | 422 | 494) => {
                dialog.refused(context, origin, branch, outcome(code, facts));
            }
            _ => {}
        }
    }
}

/// How a call failed: by the cause of the telephone network where one is told (RFC 3326, RFC 6432), else by the status.
fn outcome(code: u16, facts: &Facts<'_>) -> Result {
    let cause =
        facts.reason.filter(|reason| reason.protocol.eq_ignore_ascii_case(b"Q.850")).and_then(|reason| reason.cause);
    match (cause, code) {
        (Some(17), _) | (_, 486 | 600) => Result::Busy,
        (Some(18..=20), _) | (_, 408 | 480 | 487) => Result::NoAnswer,
        _ => Result::Failure,
    }
}

/// Calls without an end are counted.
fn give_up(context: &mut Context<'_>, left: Vec<(u64, Dialog)>) {
    for (_, mut dialog) in left {
        if dialog.sides().any(|call| !call.is_ended()) {
            context.health.note(Layer::Sip, Outcome::Evicted, "call without an end", None);
        }
    }
}

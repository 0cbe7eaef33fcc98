//! One UE on its connection: who it is, where it is, and the events that wait to know it.

use super::call::Leg;
use super::{Handover, Link};
use crate::event::{Direction, Event, EventKind, ResolvedBy, Result, Source};
use crate::identity::{CellId, Imei, Imsi};
use crate::session::temporary::Temporary;
use crate::session::{Context, Origin};
use crate::wire::Named;
use crate::wire::layer3::Service;
use arrayvec::ArrayVec;

/// Events that wait for the IMSI.
const WAITING: usize = 32;
/// Temporary identities of one UE on one connection: the one it came with and those that it is given.
const TEMPORARIES: usize = 4;
/// Calls, short messages, supplementary services and data sessions at the same time: one for each transaction
/// identifier of three bits (TS 24.007 §11.2.3.1.3).
const TRANSACTIONS: usize = 8;

/// A transaction identifier, and whether the UE chose it (`None` where the direction is not known).
pub(super) type Id = (u8, Option<bool>);

/// Location has no transaction identifier: there is one at a time.
const LOCATION: Id = (0xff, None);

/// See the module.
#[derive(Debug)]
pub(super) struct Ue {
    pub(super) link: Link,
    pub(super) imsi: Option<Imsi>,
    known_by: ResolvedBy,
    /// The frame that named it.
    named_at: Source,
    imei: Option<Imei>,
    temporaries: ArrayVec<Temporary, TEMPORARIES>,
    /// Where it is, as the radio network says.
    pub(super) cell: Option<CellId>,
    /// The area where it registered.
    pub(super) area: Option<CellId>,
    waiting: Vec<Event>,
    pub(super) registration: Option<Event>,
    /// When it was challenged.
    pub(super) challenge: Option<Event>,
    /// It answered the challenge; the network said nothing yet.
    pub(super) authentication: Option<Event>,
    pub(super) service: Option<(Service, Event)>,
    /// Short messages, supplementary services and data sessions that wait for their outcome.
    pub(super) pending: ArrayVec<(Id, Event), TRANSACTIONS>,
    pub(super) legs: Vec<Leg>,
    handover: Option<Event>,
}

impl Ue {
    pub(super) fn new(link: Link) -> Self {
        Self {
            link,
            imsi: None,
            known_by: ResolvedBy::Unresolved,
            named_at: Source::default(),
            imei: None,
            temporaries: ArrayVec::new(),
            cell: None,
            area: None,
            waiting: Vec::new(),
            registration: None,
            challenge: None,
            authentication: None,
            service: None,
            pending: ArrayVec::new(),
            legs: Vec::new(),
            handover: None,
        }
    }

    /// An event of this UE, as it begins.
    pub(super) fn event(&self, kind: EventKind, direction: Direction, origin: &Origin<'_>) -> Event {
        let mut event = Event::new(kind, origin.time, self.link.interface, origin.source);
        event.direction = direction;
        event.rat = Some(self.link.rat);
        event.cell = self.cell.or(self.area);
        event
    }

    /// Fills in who and where.
    pub(super) fn fill(&self, event: &mut Event) {
        if event.imsi.is_none()
            && let Some(imsi) = self.imsi
        {
            event.imsi = Some(imsi);
            event.resolved_by = match self.known_by {
                ResolvedBy::Direct if self.named_at != event.source => ResolvedBy::Dialogue,
                other => other,
            };
        }
        event.imei = event.imei.or(self.imei);
        event.cell = event.cell.or(self.cell).or(self.area);
        event.plmn = event.plmn.or(event.cell.map(|cell| cell.plmn));
    }

    /// Hands an event on, or keeps it until its subscriber is known.
    pub(super) fn tell(&mut self, context: &mut Context<'_>, mut event: Event) {
        if self.imsi.is_none() && event.imsi.is_none() && self.waiting.len() < WAITING {
            self.waiting.push(event);
            return;
        }
        self.fill(&mut event);
        context.emit(event);
    }

    pub(super) fn names(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, named: &Named) {
        if let Some(cell) = named.cell {
            match self.cell {
                Some(known) if known.is_cell() && !cell.is_cell() => {}
                _ => self.cell = Some(cell),
            }
        }
        self.device(context, origin, named.imei);
        if let Some(imsi) = named.imsi {
            self.identify(context, imsi, ResolvedBy::Direct, origin.source);
        }
    }

    /// It says which device it is.
    pub(super) fn device(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, imei: Option<Imei>) {
        let Some(imei) = imei else { return };
        let known = self.imei.replace(imei);
        if known.is_none_or(|known| known.device() != imei.device()) {
            let mut event = self.event(EventKind::EquipmentCheck, Direction::None, origin);
            (event.imei, event.outcome) = (Some(imei), Result::Success);
            self.tell(context, event);
        }
    }

    /// The subscriber is known. What was read from the temporary identity gives way to what a message says.
    pub(super) fn identify(&mut self, context: &mut Context<'_>, imsi: Imsi, by: ResolvedBy, at: Source) {
        let settled = self.known_by == ResolvedBy::Direct && self.imsi == Some(imsi);
        if settled || (self.imsi.is_some() && by != ResolvedBy::Direct) {
            return;
        }
        (self.imsi, self.known_by, self.named_at) = (Some(imsi), by, at);
        if by == ResolvedBy::Direct {
            for temporary in &self.temporaries {
                context.resolver.tie_temporary(imsi, *temporary);
            }
        }
        for event in std::mem::take(&mut self.waiting) {
            self.tell(context, event);
        }
        self.progress(context, false);
    }

    /// It has a temporary identity, which may tell who it is.
    pub(super) fn has(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, temporary: Temporary) {
        self.remember(temporary);
        if self.known_by == ResolvedBy::Direct
            && let Some(imsi) = self.imsi
        {
            context.resolver.tie_temporary(imsi, temporary);
        } else if let Some(imsi) = context.resolver.of_temporary(temporary) {
            self.identify(context, imsi, ResolvedBy::Tmsi, origin.source);
        }
    }

    /// It is given a temporary identity.
    pub(super) fn given(&mut self, context: &mut Context<'_>, temporary: Temporary) {
        self.remember(temporary);
        if let Some(imsi) = self.imsi {
            context.resolver.tie_temporary(imsi, temporary);
        }
    }

    fn remember(&mut self, temporary: Temporary) {
        if self.temporaries.contains(&temporary) {
            return;
        }
        if self.temporaries.is_full() {
            self.temporaries.remove(0);
        }
        self.temporaries.push(temporary);
    }

    /// The newest temporary identity.
    pub(super) fn temporary(&self) -> Option<Temporary> {
        self.temporaries.last().copied()
    }

    pub(super) fn handover(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, step: Handover) {
        match step {
            Handover::Asked => {
                self.handover = Some(self.event(EventKind::Handover, Direction::None, origin));
            }
            // A target that has no room fails too, but nobody moved.
            Handover::Failed if self.handover.is_none() => {}
            Handover::Done | Handover::Failed => {
                let asked = self.handover.take();
                let event = asked.unwrap_or_else(|| self.event(EventKind::Handover, Direction::None, origin));
                let outcome = if step == Handover::Done { Result::Success } else { Result::Failure };
                self.tell(context, Event { outcome, ..event });
            }
        }
    }

    pub(super) fn locate(&mut self, context: &mut Context<'_>, origin: &Origin<'_>, outcome: Option<Result>) {
        match outcome {
            None => {
                let event = self.event(EventKind::Locate, Direction::Mt, origin);
                self.begin(context, LOCATION, event);
            }
            Some(outcome) => {
                self.conclude(context, LOCATION, &[EventKind::Locate], outcome);
            }
        }
    }

    /// A transaction waits for its outcome. One too many, or the same again, ends without one.
    pub(super) fn begin(&mut self, context: &mut Context<'_>, id: Id, event: Event) {
        let before = self.pending.iter().position(|(known, other)| *known == id && other.kind == event.kind);
        let over = before.or(self.pending.is_full().then_some(0));
        if let Some((_, old)) = over.and_then(|place| self.pending.pop_at(place)) {
            self.tell(context, old);
        }
        self.pending.push((id, event));
    }

    /// The outcome of a transaction; false where its beginning was not seen.
    pub(super) fn conclude(&mut self, context: &mut Context<'_>, id: Id, kinds: &[EventKind], outcome: Result) -> bool {
        let found = self.pending.iter().position(|(known, event)| *known == id && kinds.contains(&event.kind));
        let Some((_, event)) = found.and_then(|place| self.pending.pop_at(place)) else { return false };
        self.tell(context, Event { outcome, ..event });
        true
    }

    /// The connection ends; `None` where its end was not seen.
    pub(super) fn end(mut self, context: &mut Context<'_>, origin: Option<&Origin<'_>>) {
        if let Some(event) = self.challenge.take() {
            self.tell(context, Event { outcome: Result::NoAnswer, ..event });
        }
        let open = [self.authentication.take(), self.registration.take(), self.handover.take()];
        for event in open.into_iter().flatten() {
            self.tell(context, event);
        }
        for (_, event) in std::mem::take(&mut self.pending) {
            self.tell(context, event);
        }
        for mut event in std::mem::take(&mut self.waiting) {
            self.fill(&mut event);
            context.emit(event);
        }
        self.hang_up(context, origin);
    }
}

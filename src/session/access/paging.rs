//! Paging: asked by the network in many cells, answered on a connection, or not at all.

use super::ue::Ue;
use crate::event::{Direction, Event, EventKind, Interface, Rat, ResolvedBy, Result};
use crate::identity::Imsi;
use crate::session::aging::Aging;
use crate::session::temporary::Temporary;
use crate::session::{Context, Origin};
use crate::time::SECOND;
use crate::wire::Named;

/// Pages that wait for their answer.
const CAPACITY: usize = 1 << 18;
/// For so long at least: networks page again for some ten seconds, and that is one page.
const WAIT: i64 = 20 * SECOND;

/// Who is paged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Paged {
    Subscriber(Imsi),
    Temporary(Temporary),
}

/// See the module.
#[derive(Debug)]
pub(super) struct Pages {
    open: Aging<Paged, Event>,
}

impl Default for Pages {
    fn default() -> Self {
        Self { open: Aging::new(CAPACITY, WAIT) }
    }
}

impl Pages {
    pub(super) fn pass(&mut self, context: &mut Context<'_>, now: i64) {
        for (_, event) in self.open.pass(now) {
            context.emit(Event { outcome: Result::NoAnswer, ..event });
        }
    }

    pub(super) fn finish(&mut self, context: &mut Context<'_>) {
        for (_, event) in self.open.drain() {
            context.emit(Event { outcome: Result::NoAnswer, ..event });
        }
    }

    pub(super) fn page(
        &mut self,
        context: &mut Context<'_>,
        origin: &Origin<'_>,
        (interface, rat): (Interface, Rat),
        named: &Named,
        temporary: Option<Temporary>,
    ) {
        if let (Some(imsi), Some(temporary)) = (named.imsi, temporary) {
            context.resolver.tie_temporary(imsi, temporary);
        }
        let mut event = Event::new(EventKind::Paging, origin.time, interface, origin.source);
        (event.direction, event.rat, event.plmn) = (Direction::Mt, Some(rat), named.plmn);
        let mut by_temporary = || temporary.and_then(|temporary| context.resolver.of_temporary(temporary));
        (event.imsi, event.resolved_by) = match named.imsi {
            Some(imsi) => (Some(imsi), ResolvedBy::Direct),
            None => by_temporary().map_or((None, ResolvedBy::Unresolved), |imsi| (Some(imsi), ResolvedBy::Tmsi)),
        };
        let paged = match (event.imsi, temporary) {
            (Some(imsi), _) => Paged::Subscriber(imsi),
            (None, Some(temporary)) => Paged::Temporary(temporary),
            (None, None) => return,
        };
        if self.open.get_mut(&paged).is_none() {
            self.open.insert(paged, event);
        }
    }

    /// A UE answers.
    pub(super) fn answered(&mut self, context: &mut Context<'_>, ue: &mut Ue) {
        let temporary = ue.temporary();
        let anywhere = temporary.map(|temporary| Temporary { plmn: None, node: None, ..temporary });
        let paged = [ue.imsi.map(Paged::Subscriber), temporary.map(Paged::Temporary), anywhere.map(Paged::Temporary)];
        let found = paged.iter().flatten().find_map(|paged| self.open.remove(paged));
        if let Some(event) = found {
            ue.tell(context, Event { outcome: Result::Success, cell: ue.cell, ..event });
        }
    }
}

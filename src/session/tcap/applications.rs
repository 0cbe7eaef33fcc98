//! Which application the dialogues between two subsystems use, as those with an application context tell.
//!
//! Networks number subsystems as they like. The first messages of a capture belong to dialogues whose Begin was not
//! seen; what dialogues of the same two subsystems are tells what those are.

use crate::dissect::Transaction;
use crate::session::aging::Aging;
use crate::time::MINUTE;
use crate::wire::ss7::sccp::Address;
use crate::wire::ss7::tcap::{ApplicationContext, Family};

/// Pairs of subsystems that are remembered.
const CAPACITY: usize = 1 << 14;
/// How long after the last dialogue with a context: as long as a dialogue may be silent.
const HOLDS: i64 = 120 * MINUTE;

/// Point code and subsystem number of either end, the lower one first: both directions are one pair.
type Pair = [(u32, u8); 2];

/// See the module.
#[derive(Debug)]
pub(super) struct Applications {
    /// `None` where two applications were seen: then the pair tells nothing.
    pairs: Aging<Pair, Option<Family>>,
}

impl Default for Applications {
    fn default() -> Self {
        Self { pairs: Aging::new(CAPACITY, HOLDS) }
    }
}

fn pair(message: &Transaction<'_>) -> Option<Pair> {
    let end = |address: &Address<'_>, label: u32| Some((address.point_code.unwrap_or(label), address.ssn?));
    let mut pair = [end(&message.calling, message.route.from())?, end(&message.called, message.route.to())?];
    pair.sort_unstable();
    Some(pair)
}

impl Applications {
    pub(super) fn forget(&mut self, now: i64) {
        self.pairs.forget(now);
    }

    /// Learns from a message with a context.
    pub(super) fn learn(&mut self, message: &Transaction<'_>, context: ApplicationContext) {
        let family = context.family;
        let Some(pair) = pair(message).filter(|_| family != Family::Other) else { return };
        match self.pairs.get_mut(&pair) {
            Some(known) => *known = known.filter(|known| *known == family),
            None => drop(self.pairs.insert(pair, Some(family))),
        }
    }

    /// What is known for a message of a dialogue without one.
    pub(super) fn of(&mut self, message: &Transaction<'_>, context: Option<ApplicationContext>) -> Option<Family> {
        if context.is_some() {
            return None;
        }
        self.pairs.get_mut(&pair(message)?).and_then(|family| *family)
    }
}

//! Sessions of data and their charging (Gx, Gy, Rf) by Session-Id: the first request names the subscriber, later ones
//! need not (RFC 8506 §8.46, TS 29.212 §5.6.2).

use super::kind::{Life, of_session};
use crate::event::{Event, ResolvedBy};
use crate::identity::{Imei, Imsi, Msisdn};
use crate::message::{Exchange, Protocol};
use crate::session::aging::Aging;
use crate::time::DAY;
use crate::wire::diameter::Facts;

/// Sessions that are remembered.
const CAPACITY: usize = 1 << 20;
/// One of which nothing is heard for so long is forgotten.
const HOLDS: i64 = 2 * DAY;

/// Whose a session is.
#[derive(Debug, Clone, Copy, Default)]
struct Owner {
    imsi: Option<Imsi>,
    msisdn: Option<Msisdn>,
    imei: Option<Imei>,
}

/// The sessions that are open.
#[derive(Debug)]
pub(super) struct Sessions {
    owners: Aging<Exchange, Owner>,
}

impl Default for Sessions {
    fn default() -> Self {
        Self { owners: Aging::new(CAPACITY, HOLDS) }
    }
}

impl Sessions {
    pub(super) fn pass(&mut self, now: i64) {
        self.owners.forget(now);
    }

    /// Takes the event of a request: learns whose its session is, or says so.
    pub(super) fn request(&mut self, facts: &Facts<'_>, event: &mut Event) {
        let (Some(life), Some(id)) = (of_session(facts), facts.session_id) else { return };
        let key = Exchange::of(Protocol::Diameter, id);
        let before = match life {
            Life::End => self.owners.remove(&key),
            Life::Start | Life::Update | Life::Event => self.owners.get_mut(&key).copied(),
        };
        let before = before.unwrap_or_default();
        if event.imsi.is_none() && before.imsi.is_some() {
            (event.imsi, event.resolved_by) = (before.imsi, ResolvedBy::Dialogue);
        }
        event.msisdn = event.msisdn.or(before.msisdn);
        event.imei = event.imei.or(before.imei);
        let Event { imsi, msisdn, imei, .. } = *event;
        if matches!(life, Life::Start | Life::Update) && (imsi.is_some() || msisdn.is_some()) {
            self.owners.insert(key, Owner { imsi, msisdn, imei });
        }
    }
}

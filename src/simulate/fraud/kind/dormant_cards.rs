//! Cards of which nothing was heard for long and that wake up in a gateway: old ones from anywhere, or the unsold stock
//! of a reseller.

use super::super::plan::Plan;

/// 32 cards from anywhere, of which each wakes up within a day and a half.
pub fn plan(base: Plan) -> Plan {
    Plan { neighbours: 0.0, wake_hours: [8.0, 36.0], hours: [8.5, 20.0], pause_seconds: [60.0, 200.0], ..base }
}

/// A stock of one range.
pub fn of_reseller(base: Plan) -> Plan {
    Plan { neighbours: 0.9, wake_hours: [2.0, 12.0], ..plan(base) }
}

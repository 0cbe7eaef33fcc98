//! A GoIP gateway with its cards in its slots, in a flat: each slot calls strangers all over the country, one after the
//! other, in hours of work.

use super::super::plan::Plan;

/// 32 slots.
pub fn plan(base: Plan) -> Plan {
    Plan { hours: [8.5, 19.5], pause_seconds: [60.0, 150.0], ..base }
}

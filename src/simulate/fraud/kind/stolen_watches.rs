//! A gateway that lives on cards which are tricked out of children's watches at school gates, twenty in a day from one
//! gate after the other, and put into it within two hours.

use super::super::plan::Plan;

/// 32 slots, a dozen cards to start with.
pub fn plan(base: Plan) -> Plan {
    Plan {
        sims: 12,
        stolen_watches: 20,
        module: 1,
        rotate_minutes: 45.0,
        hours: [8.5, 19.5],
        pause_seconds: [275.0, 455.0],
        own_network: 0.06,
        ..base
    }
}

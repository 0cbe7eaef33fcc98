//! Cards of one lot that a dealer activates one after the other in a few devices, and that then call.

use super::super::plan::Plan;

/// 60 neighbouring cards, activated within six hours in eight slots.
pub fn plan(base: Plan) -> Plan {
    Plan {
        sims: 60,
        ports: 8,
        neighbours: 1.0,
        wake_hours: [0.0, 6.0],
        rotate_minutes: 5.0,
        hours: [9.0, 19.0],
        pause_seconds: [120.0, 300.0],
        ..base
    }
}

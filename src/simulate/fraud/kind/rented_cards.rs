//! Cards that people rent out by post: a silence of a day or two, then the card is far from home, in another device, and
//! calls strangers all day.

use super::super::plan::{ImeiTrigger, Plan};

/// 24 cards come by post.
pub fn plan(base: Plan) -> Plan {
    Plan {
        sims: 0,
        rented_cards: 24,
        ports: 24,
        taken_hours: [8.0, 20.0],
        transit_minutes: [1200.0, 2900.0],
        far: true,
        imei: ImeiTrigger::PerSim,
        hours: [9.0, 20.0],
        pause_seconds: [60.0, 240.0],
        ..base
    }
}

//! Modems that send one text to number after number until their cards are blocked.

use super::super::plan::{ImeiTrigger, ImeiValues, Plan};

/// 16 modems with 48 cards.
pub fn plan(base: Plan) -> Plan {
    Plan {
        sims: 48,
        ports: 16,
        rotate_minutes: 20.0,
        texts_an_hour: 90.0,
        imei: ImeiTrigger::Periodic,
        imei_values: ImeiValues::Prefix,
        imei_hours: 6.0,
        hours: [9.0, 21.0],
        ..base
    }
}

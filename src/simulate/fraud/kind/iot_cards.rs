//! Cards that were sold for machines, in phones: they call and write, which no machine does.

use super::super::plan::{Hardware, Plan};

/// 12 cards of meters in 12 phones.
pub fn plan(base: Plan) -> Plan {
    Plan {
        sims: 0,
        iot_cards: 12,
        ports: 12,
        hardware: Hardware::Phones,
        taken_hours: [0.0, 12.0],
        transit_minutes: [60.0, 600.0],
        hours: [8.0, 21.0],
        pause_seconds: [90.0, 400.0],
        texts_an_hour: 6.0,
        ..base
    }
}

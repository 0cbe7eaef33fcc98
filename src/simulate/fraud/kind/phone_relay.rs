//! Phone relays: two ordinary phones and an audio cable. One talks to the fraudster abroad over data, the other calls the
//! victim. There is no gateway and no module; the pair lives for a few days, and the calling phone changes its card as
//! soon as one is blocked.

use super::super::plan::{Hardware, Plan, Radio, Travel};

/// Two pairs in a flat.
pub fn at_home(base: Plan) -> Plan {
    Plan {
        sims: 10,
        ports: 4,
        hardware: Hardware::Phones,
        radio: Radio::Mixed,
        neighbours: 0.2,
        relay: true,
        rotate_minutes: 75.0,
        hours: [9.0, 18.0],
        pause_seconds: [20.0, 90.0],
        ..base
    }
}

/// One pair on the back seat.
pub fn in_car(base: Plan) -> Plan {
    Plan { sims: 5, ports: 2, travel: Travel::Drive, ..at_home(base) }
}

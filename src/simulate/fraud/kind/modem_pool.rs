//! A pool of modems that receives the verification codes of applications, which are sold: a lot of neighbouring cards,
//! each in a modem for as long as codes are wanted for its number. They never call.

use super::super::plan::Plan;

/// 64 modems, 256 cards of one lot.
pub fn plan(base: Plan) -> Plan {
    Plan { sims: 256, ports: 64, neighbours: 0.97, rotate_minutes: 2.0, codes_an_hour: 4.0, hours: [7.0, 24.0], ..base }
}

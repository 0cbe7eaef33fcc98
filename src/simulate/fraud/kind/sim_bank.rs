//! A gateway whose cards are in a bank elsewhere, reached over the Internet: more cards than slots, exchanged every few
//! minutes, and each authentication waits for the round trip to the bank (Kouam et al., "SigN", ASIA CCS 2025, measure
//! up to 23 times the shortest latency of a phone).

use super::super::plan::{ImeiTrigger, Plan, Radio};

/// 128 cards for 32 slots over LTE.
pub fn plan(base: Plan) -> Plan {
    Plan {
        sims: 128,
        radio: Radio::Volte,
        remote_ms: [250.0, 1400.0],
        rotate_minutes: 4.0,
        imei: ImeiTrigger::PerSim,
        hours: [8.0, 21.0],
        pause_seconds: [120.0, 400.0],
        ..base
    }
}

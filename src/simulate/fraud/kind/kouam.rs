//! The five models of Kouam, Viana and Tchana, "Battle of Wits: To What Extent Can Fraudsters Disguise Their Tracks in
//! International bypass Fraud?", ASIA CCS 2024 (doi 10.1145/3634737.3657023): boxes of 50 to 200 cards, and for each way
//! of hiding a model that uses the functions which appliances on the market have for it.
//!
//! Customers' calls come at one in seven minutes for the whole box (3 % of the incoming international calls of their
//! operator; `diverted_minutes = 2` is 12 %), by day more than by night, and mostly to the same numbers.

use super::super::plan::{GapLaw, ImeiTrigger, ImeiValues, Plan, Radio, Routing, Travel};

/// Cards in crowded cells take calls in turn whenever they come.
pub fn naive(base: Plan) -> Plan {
    Plan {
        sims: 50,
        ports: 50,
        places: 2,
        crowded: true,
        running: true,
        diverted_minutes: 7.0,
        callees: 600,
        own_network: 0.9,
        ..base
    }
}

/// Human times between what a card does, all kinds of events, a cap for the day. A card calls when somebody would who
/// has its habits, and no sooner: what customers want beyond that is refused.
pub fn traffic(base: Plan) -> Plan {
    hide_traffic(naive(base))
}

/// Gateways of two cards in cars that commute, with short changes of the cell in the evening.
pub fn mobility(base: Plan) -> Plan {
    hide_mobility(naive(base))
}

/// Each number is called by the card that called it before, and the cards call each other.
pub fn social(base: Plan) -> Plan {
    hide_society(naive(base))
}

/// All of it, and an IMEI of a common phone for each card.
pub fn all(base: Plan) -> Plan {
    let plan = hide_society(hide_mobility(hide_traffic(naive(base))));
    Plan { radio: Radio::Mixed, imei: ImeiTrigger::PerSim, imei_values: ImeiValues::Tac, ..plan }
}

fn hide_traffic(plan: Plan) -> Plan {
    Plan {
        routing: Routing::Random,
        hours: [6.5, 23.5],
        gaps: GapLaw::Human,
        calls_a_day: 14,
        own_calls: 1.5,
        own_texts: 0.3,
        own_notices: 2.5,
        ..plan
    }
}

fn hide_mobility(plan: Plan) -> Plan {
    Plan { places: 0, crowded: false, travel: Travel::Commute, hops: 0.5, ..plan }
}

fn hide_society(plan: Plan) -> Plan {
    Plan { routing: Routing::History, own_calls: 1.5, own_texts: 0.3, circle: 6, ..plan }
}

//! What the truth says of a subscriber in a fraud.

use super::plan::Plan;
use crate::simulate::people::person::{Archetype, Person};

/// The words for one card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label<'a> {
    /// What kind of card it is and how it came there: `fraud_kind`.
    pub card: &'static str,
    /// What it becomes there: `becomes`.
    pub becomes: &'static str,
    /// The kind of the fraud: `fraud_model`.
    pub model: &'static str,
    /// Its name: `farm`.
    pub name: &'a str,
}

/// People who may rent out their card.
pub fn lends(archetype: Archetype) -> bool {
    archetype <= Archetype::SecondPhone
}

/// Machines out of which a card can be taken.
pub fn machine(archetype: Archetype) -> bool {
    (Archetype::Meter..=Archetype::Router).contains(&archetype)
}

/// The words for a subscriber, if its card is or was in a fraud.
pub fn label<'a>(person: &Person, plans: &'a [Plan]) -> Option<Label<'a>> {
    let plan = plans.get(person.farm?)?;
    let card = match (person.archetype, &person.stolen) {
        (Archetype::Gateway, _) => plan.kind.card(),
        (Archetype::Watch, Some((_, Some(_)))) => "stolen_watch",
        (owner, Some((_, Some(_)))) if machine(owner) => "iot_card",
        (_, Some((_, Some(_)))) => "rented_card",
        _ => return None,
    };
    Some(Label { card, becomes: plan.kind.becomes(), model: plan.kind.name(), name: &plan.name })
}

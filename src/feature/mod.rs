//! What is measured: one file per family of features, each an accumulator of events that merges.
//!
//! A family takes events in time order (`push`), takes in the accumulator of the time after its own
//! (`merge`) and gives its values (`finish`). Absent is not zero: a value that the events cannot
//! tell is NaN, and each definition says what that means. The order of [`registry`] is the order of the columns, and
//! is stored in every model.

mod authentication;
mod calls;
mod contact;
mod data;
mod definition;
mod device;
mod document;
mod extract;
mod group;
mod histogram;
mod life;
mod messages;
mod mixed;
mod past;
mod place;
mod profile;
mod radio;
mod registration;
mod rhythm;
mod roster;
mod rows;
mod sample;
mod seldom;
mod services;
mod sight;
mod slots;
mod spot;
mod tap;
mod visits;

pub use calls::Calls;
pub use definition::{Definition, Unit};
pub use device::Stay;
pub use document::{document, listing};
pub use extract::{Extractor, Window};
pub use group::{NEIGHBOUR_SERIALS, meet};
pub use profile::{Part, Profile};
pub use rows::{FEATURES, FeatureRow, feature_columns};
pub use sight::{Interfaces, Sight, View, seen_by};
pub use spot::{Moment, Sighting, Spot, Visit};
pub use tap::{TAP_PROFILES, TapProfile};

use seldom::{Occasional, Seldom};

use crate::event::Event;
use std::sync::LazyLock;

/// The length of time that a row covers, for rates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// Start, nanoseconds since 1970.
    pub start: i64,
    /// End.
    pub end: i64,
    /// What the local clock is ahead of UTC, in nanoseconds.
    pub clock: i64,
}

impl Span {
    /// In hours; at least one minute, so that a rate never explodes on a single event.
    pub fn hours(self) -> f64 {
        let nanoseconds = self.end.saturating_sub(self.start).max(crate::time::MINUTE);
        nanoseconds as f64 / crate::time::HOUR as f64
    }
}

/// One family of features.
trait Family: Default + Clone {
    /// Its features, in the order in which [`Family::finish`] gives them.
    const DEFINITIONS: &'static [Definition];
    /// Takes an event; events come in time order.
    fn push(&mut self, event: &Event);
    /// Takes in what the same family gathered in the time right after.
    fn merge(&mut self, later: &Self);
    /// Gives one value for each definition.
    fn finish(&self, span: Span, out: &mut Vec<f64>);
}

macro_rules! families {
    ($($field:ident $title:literal: $family:ty,)*) => {
        /// Everything that is gathered of one subscriber in one window with one model of device.
        #[derive(Debug, Clone, Default)]
        pub struct Accumulator { $(pub(crate) $field: $family,)* }

        impl Accumulator {
            /// Takes an event; events come in time order.
            pub fn push(&mut self, event: &Event) {
                $(self.$field.push(event);)*
            }
            /// Takes in what was gathered in the time right after.
            pub fn merge(&mut self, later: &Self) {
                $(self.$field.merge(&later.$field);)*
            }
            /// The values of all families that need neither the past nor the others.
            pub fn finish(&self, span: Span) -> Vec<f64> {
                let mut values = Vec::with_capacity(registry().len());
                $(self.$field.finish(span, &mut values);)*
                mixed::finish(self, &mut values);
                values
            }
        }

        /// The families of an accumulator with their titles.
        const OWN: &[(&str, &[Definition])] = &[$(($title, <$family as Family>::DEFINITIONS),)*];
    };
}

families! {
    device "Device": Seldom<device::Device>,
    place "Place": Seldom<place::Place>,
    radio "Radio and software": radio::Radio,
    calls "Calls": Seldom<Calls>,
    rhythm "Rhythm": Seldom<rhythm::Rhythm>,
    messages "Messages": Seldom<messages::Messages>,
    registration "Registration": registration::Registration,
    authentication "Authentication": Seldom<authentication::Authentication>,
    data "Data": Seldom<data::Data>,
    services "Services": Seldom<services::Services>,
    life "Life": life::Life,
}

/// All families with their titles, in the order of the columns.
fn families() -> impl Iterator<Item = (&'static str, &'static [Definition])> {
    let beside = [("Mixed", mixed::DEFINITIONS), ("Change", past::DEFINITIONS)];
    OWN.iter().copied().chain(beside).chain(group::families())
}

/// The names of the features that say how a subscriber behaves: not its device, not its past, not who is around it.
pub fn behaviour() -> impl Iterator<Item = &'static str> {
    const OTHERS: [&str; 2] = ["Device", "Radio and software"];
    let own = OWN.iter().copied().filter(|(title, _)| !OTHERS.contains(title));
    own.chain([("Mixed", mixed::DEFINITIONS)])
        .flat_map(|(_, definitions)| definitions)
        .map(|definition| definition.name)
}

/// All features in the order of the columns.
pub fn registry() -> &'static [&'static Definition] {
    static REGISTRY: LazyLock<Vec<&'static Definition>> =
        LazyLock::new(|| families().flat_map(|(_, definitions)| definitions).collect());
    &REGISTRY
}

/// A share: `part / whole`, absent without a whole.
fn share(part: impl Into<f64>, whole: impl Into<f64>) -> f64 {
    let whole = whole.into();
    if whole > 0.0 { part.into() / whole } else { f64::NAN }
}

/// Shannon entropy of shares that together make a whole, in bits.
fn entropy(shares: impl Iterator<Item = f64>) -> f64 {
    shares.filter(|share| *share > 0.0).fold(0.0, |sum, share| sum - share * share.log2())
}

#[cfg(test)]
mod tests;

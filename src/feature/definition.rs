//! What a feature is: its name, unit, meaning and source.

use super::View;

/// What the numbers of a feature are; it also tells how a model scales them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// How many.
    Count,
    /// How many in an hour.
    PerHour,
    /// 0 to 1.
    Share,
    /// Hours.
    Hours,
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Milliseconds,
    /// Bits of entropy.
    Bits,
    /// -1 to 1, or a quotient without a unit.
    Ratio,
}

impl Unit {
    /// As written in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::PerHour => "1/h",
            Self::Share => "share",
            Self::Hours => "h",
            Self::Seconds => "s",
            Self::Milliseconds => "ms",
            Self::Bits => "bit",
            Self::Ratio => "ratio",
        }
    }

    /// True where values spread over powers of ten, so that their logarithm is what compares.
    pub fn is_scale(self) -> bool {
        matches!(self, Self::Count | Self::PerHour | Self::Hours | Self::Seconds | Self::Milliseconds)
    }
}

/// One feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition {
    /// The name of the column.
    pub name: &'static str,
    /// What its numbers are.
    pub unit: Unit,
    /// How it is computed.
    pub meaning: &'static str,
    /// A sentence about a subscriber, with places for the value: see `model/sentence.rs`.
    pub says: &'static str,
    /// Where the idea comes from.
    pub source: &'static str,
    /// What must be seen for it; see [`View::interfaces`] for which interfaces show that.
    pub needs: &'static [View],
    /// What an absent value means where all that it needs was seen.
    pub absent: &'static str,
}

impl Definition {
    /// True for what depends on the hour of the local clock, which a capture does not tell: models do without it.
    pub fn needs_local_time(&self) -> bool {
        self.name == "night_share"
    }
}

/// A list of definitions: name, unit; meaning; sentence; source; what it needs; what absence means.
macro_rules! definitions {
    ($($name:literal $unit:ident: $meaning:literal, says $says:literal, from $source:expr, needs [$($view:ident),*], absent $absent:expr;)*) => {
        &[$($crate::feature::Definition {
            name: $name,
            unit: $crate::feature::Unit::$unit,
            meaning: $meaning,
            says: $says,
            source: $source,
            needs: &[$($crate::feature::View::$view),*],
            absent: $absent,
        },)*]
    };
}
pub(super) use definitions;

/// What absence means for a count.
pub(super) const NEVER: &str = "never: none is zero";

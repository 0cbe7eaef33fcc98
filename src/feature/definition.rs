//! What a feature is: its name, unit, meaning and source.

/// What the numbers of a feature are; it also tells how a model scales them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// How many.
    Count,
    /// How many in an hour.
    PerHour,
    /// 0 to 1.
    Share,
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
            Self::Seconds => "s",
            Self::Milliseconds => "ms",
            Self::Bits => "bit",
            Self::Ratio => "ratio",
        }
    }

    /// True where values spread over powers of ten, so that their logarithm is what compares.
    pub fn is_scale(self) -> bool {
        matches!(self, Self::Count | Self::PerHour | Self::Seconds | Self::Milliseconds)
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
    /// Where the idea comes from.
    pub source: &'static str,
    /// Which interfaces can feed it.
    pub fed_by: &'static str,
    /// What an absent value means.
    pub absent: &'static str,
}

impl Definition {
    /// True for what depends on the hour of the local clock, which a capture does not tell: models do without it.
    pub fn needs_local_time(&self) -> bool {
        self.name == "night_share"
    }
}

//! The learners that there are to choose from.

use serde::{Deserialize, Serialize};

/// What learns to tell fraud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Learner {
    /// Rules as operators write them: one threshold a feature.
    Rules,
    /// Isolation trees, which never see a label.
    Anomaly,
    /// A logistic layer on the features and the mixture's odds.
    Logistic,
    /// A forest of trees whose thresholds are random.
    Forest,
    /// Gradient-boosted trees.
    Boosted,
    /// Gradient-boosted trees whose thresholds are random.
    Random,
    /// A few shallow gradient-boosted trees of the features alone: a small file that scores quickly.
    Shallow,
    /// Logistic layer, forest and boosted trees with random thresholds, weighed by what each is worth on unseen rows.
    Blend,
}

impl Learner {
    /// All of them, the simplest first.
    pub const ALL: [Self; 8] = [
        Self::Rules,
        Self::Anomaly,
        Self::Logistic,
        Self::Shallow,
        Self::Forest,
        Self::Boosted,
        Self::Random,
        Self::Blend,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Anomaly => "anomaly",
            Self::Logistic => "logistic",
            Self::Forest => "forest",
            Self::Boosted => "boosted",
            Self::Random => "random",
            Self::Shallow => "shallow",
            Self::Blend => "blend",
        }
    }

    /// The trees that it has.
    pub(super) fn parts(self) -> &'static [Self] {
        match self {
            Self::Logistic => &[],
            Self::Blend => &[Self::Random, Self::Forest],
            Self::Rules => &[Self::Rules],
            Self::Anomaly => &[Self::Anomaly],
            Self::Forest => &[Self::Forest],
            Self::Boosted => &[Self::Boosted],
            Self::Random => &[Self::Random],
            Self::Shallow => &[Self::Shallow],
        }
    }

    /// True for trees that also see what is derived of features.
    pub(super) fn sees_derived(self) -> bool {
        matches!(self, Self::Forest | Self::Boosted | Self::Random | Self::Blend)
    }

    /// True when the logistic layer has a say.
    pub(super) fn has_logistic(self) -> bool {
        matches!(self, Self::Logistic | Self::Blend)
    }
}

impl std::str::FromStr for Learner {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = || Self::ALL.map(Self::name).join(", ");
        Self::ALL.into_iter().find(|learner| learner.name() == text).ok_or_else(|| format!("one of {}", names()))
    }
}

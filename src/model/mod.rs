//! From features to a verdict on a subscriber: its archetype and a calibrated probability of being in a SIM farm.
//!
//! A Gaussian mixture finds the kinds of behaviour there are; each cluster is named by the labels of the training rows in
//! it. Learners give the probability: a logistic layer over the features and the mixture's own odds, trees, or both. What
//! each counts, and how the sum becomes a probability, is learnt on rows that the learners had not seen. A trained model
//! is one human-readable JSON file that lists its features and carries a checksum; it is never fitted again at run time.

mod curves;
mod dataset;
mod derived;
mod drift;
mod evaluate;
mod exchange;
mod explain;
mod fit;
mod folds;
mod grow;
mod importance;
mod isolate;
mod kinds;
mod learner;
mod logistic;
mod look;
mod mixture;
mod origin;
mod random;
mod ratio;
mod rules;
mod saved;
mod scale;
mod score;
mod sentence;
mod stack;
mod tap;
mod tidy;
mod train;
mod trees;
mod validate;

pub use curves::{Curves, Delay, KindRecall};
pub use dataset::{Dataset, DatasetError, LabelSource, TableColumns};
pub use drift::{Drift, drift};
pub use evaluate::{Metrics, evaluate};
pub use explain::Explainer;
pub use folds::{Split, Splitting, splits};
pub use importance::{Importance, importance};
pub use kinds::Kind;
pub use learner::Learner;
pub use look::FirstLook;
pub use origin::{Origin, Origins};
pub use ratio::Ratio;
pub use saved::{Ensemble, MODEL_VERSION, Model, ModelError, Part, Recipe, Training};
pub use scale::FeatureScale;
pub use score::{Reason, Score, Scorer};
pub use tap::TapCalibration;
pub use train::{TrainError, TrainOptions, train};
pub use trees::{Link, Tree, Trees};
pub use validate::{Measured, cross_validate};

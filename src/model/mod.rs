//! From features to a verdict on a subscriber: its archetype and a calibrated probability of being in a SIM farm.
//!
//! A Gaussian mixture ([`mixture`](self)) finds the kinds of behaviour there are; each cluster is named by the labels
//! of the training rows in it. A logistic layer over the features and the mixture's own odds gives the probability;
//! its slope and offset are set on subscribers that neither of the two was fitted on. A trained model is one
//! human-readable JSON file that lists its features and carries a checksum; it is never fitted again at run time.

mod dataset;
mod evaluate;
mod logistic;
mod mixture;
mod saved;
mod scale;
mod score;
mod tidy;
mod train;

pub use dataset::{Dataset, DatasetError, LabelSource};
pub use evaluate::{Metrics, evaluate};
pub use saved::{MODEL_VERSION, Model, ModelError, Training};
pub use scale::FeatureScale;
pub use score::{Reason, Score, Scorer};
pub use train::{TrainError, TrainOptions, train};

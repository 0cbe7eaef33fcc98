//! The saved form of a model: one versioned, checksummed JSON file.

use super::logistic::{Calibration, Logistic};
use super::mixture::Mixture;
use super::trees::Trees;
use super::{FeatureScale, Kind, Learner, Metrics, Origin, Ratio, TapCalibration, exchange};
use crate::feature::registry;
use serde::{Deserialize, Serialize};
use serde_json::ser::{Formatter, PrettyFormatter};
use sha2::{Digest, Sha256};
use std::io::{self, Write};
use std::path::Path;

/// The version that this program writes, and the newest that it reads.
pub const MODEL_VERSION: u32 = 4;
const FORMAT: &str = "simhound-model";

/// A model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The file cannot be read or written.
    #[error("{path}: {error}")]
    File {
        /// Its path.
        path: String,
        /// What the system says.
        error: std::io::Error,
    },
    /// It is no model.
    #[error("{path}: not a simhound model: {error}")]
    Format {
        /// Its path.
        path: String,
        /// Where it fails.
        error: serde_json::Error,
    },
    /// It is of a newer version.
    #[error("{path}: model version {found}; this simhound reads up to {MODEL_VERSION}")]
    Version {
        /// Its path.
        path: String,
        /// The file's version.
        found: u32,
    },
    /// It was changed after it was written.
    #[error("{path}: the checksum does not match: the file was changed or damaged after training")]
    Checksum {
        /// Its path.
        path: String,
    },
    /// Its parts do not fit together, or its features are not those of this program.
    #[error("{path}: {what}")]
    Mismatch {
        /// Its path.
        path: String,
        /// What does not fit.
        what: String,
    },
}

/// How a model was made.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Training {
    /// What the data is, in words.
    pub data: String,
    /// Rows in all.
    pub rows: usize,
    /// Rows labelled as fraud.
    pub fraud_rows: usize,
    /// The seed of all chance.
    pub seed: u64,
    /// The length of the windows that the rows are of, in seconds.
    pub window_seconds: u64,
    /// Figures on rows that were held out: each fold is measured by what was learnt from the others.
    pub held_out: Metrics,
    /// How it was learnt, so that it can be learnt again; absent in models of version 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipe: Option<Recipe>,
}

/// How a model was learnt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// The learner.
    pub learner: Learner,
    /// Clusters of the mixture.
    pub clusters: usize,
    /// What a row of fraud weighs for trees; a normal one weighs 1.
    pub fraud_weight: f64,
    /// The share of fraud that scores are made for; absent when it is that of the training rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_rate: Option<f64>,
}

/// Trees that speak beside the logistic layer, or in its place.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ensemble {
    /// What the log-odds of the logistic layer count.
    pub logistic_weight: f64,
    /// Quotients of features; trees see them after the features.
    pub ratios: Vec<Ratio>,
    /// Trees see last how many values of a row are zero, and how many absent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub counts: bool,
    /// The trees.
    pub parts: Vec<Part>,
}

/// One kind of trees in an ensemble.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Which learner made it.
    pub name: String,
    /// What its log-odds count.
    pub weight: f64,
    /// The trees.
    pub trees: Trees,
}

/// A trained model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Always `simhound-model`.
    pub format: String,
    /// Version of this form.
    pub version: u32,
    /// SHA-256 of the file with this field empty.
    pub checksum: String,
    /// The program that wrote it.
    pub made_by: String,
    /// The score from which a subscriber is suspected.
    pub threshold: f64,
    /// How it was made.
    pub training: Training,
    /// Slope and offset of the probability.
    pub calibration: Calibration,
    /// The same where a tap shows only some of the features; none in models that were made before there were any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taps: Vec<TapCalibration>,
    /// The features, in order, with their scales.
    pub features: Vec<FeatureScale>,
    /// The logistic layer.
    pub logistic: Logistic,
    /// The archetypes.
    pub mixture: Mixture,
    /// What is usual for each kind of honest subscriber; none in models of version 2 and before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<Kind>,
    /// Trees; absent when the logistic layer speaks alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ensemble: Option<Ensemble>,
    /// How classes of devices are told by behaviour.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<Origin>,
    /// The model of a first look, whose scores of a subscriber's company this one sees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<Box<Self>>,
}

impl Model {
    /// A model that knows nothing yet.
    pub(super) fn empty() -> Self {
        Self {
            format: String::new(),
            version: 0,
            checksum: String::new(),
            made_by: String::new(),
            threshold: 0.5,
            training: Training::default(),
            calibration: Calibration { slope: 1.0, offset: 0.0 },
            taps: Vec::new(),
            features: Vec::new(),
            logistic: Logistic { coefficients: Vec::new(), intercept: 0.0 },
            mixture: Mixture { features: Vec::new(), clusters: Vec::new() },
            kinds: Vec::new(),
            ensemble: None,
            origins: Vec::new(),
            first: None,
        }
    }

    /// The same model with one that looks first.
    pub fn after(self, first: Self) -> Self {
        Self { first: Some(Box::new(first)), ..self }.sealed()
    }

    /// Sets what each voice counts: the logistic layer where it has a say, then the trees.
    pub(super) fn set_weights(&mut self, weights: &[f64]) {
        let Some(ensemble) = &mut self.ensemble else { return };
        let mut weights = weights.iter().copied();
        let logistic = self.logistic.coefficients.iter().any(|weight| *weight != 0.0);
        ensemble.logistic_weight = if logistic { weights.next().unwrap_or(0.0) } else { 0.0 };
        ensemble.parts.iter_mut().zip(weights).for_each(|(part, weight)| part.weight = weight);
    }

    /// The same model for a population with another share of fraud than its training rows: the odds change by the
    /// quotient of both (Elkan 2001), their order does not.
    pub fn at_base_rate(mut self, rate: f64) -> Self {
        let odds = |share: f64| {
            let share = share.clamp(1e-9, 1.0 - 1e-9);
            (share / (1.0 - share)).ln()
        };
        let trained = self.training.fraud_rows as f64 / (self.training.rows as f64).max(1.0);
        let before = self.training.recipe.as_ref().and_then(|recipe| recipe.base_rate);
        // A model that was just trained is still made for the share of its rows.
        let before = if self.checksum.is_empty() { trained } else { before.unwrap_or(trained) };
        let shift = odds(rate) - odds(before);
        let taps = self.taps.iter_mut().map(|tap| &mut tap.calibration);
        std::iter::once(&mut self.calibration).chain(taps).for_each(|calibration| calibration.offset += shift);
        if let Some(recipe) = &mut self.training.recipe {
            recipe.base_rate = Some(rate);
        }
        self.sealed()
    }

    /// A model with its head and checksum set.
    pub(super) fn sealed(self) -> Self {
        let mut model = Self {
            format: FORMAT.to_owned(),
            version: MODEL_VERSION,
            made_by: concat!("simhound ", env!("CARGO_PKG_VERSION")).to_owned(),
            ..self
        };
        model.checksum = model.digest();
        model
    }

    fn text(&self) -> String {
        let mut text = Vec::new();
        let mut serializer = serde_json::Serializer::with_formatter(&mut text, Layout::default());
        // A struct of numbers, texts and lists always has a JSON form, and it is UTF-8.
        let _ = self.serialize(&mut serializer);
        String::from_utf8(text).unwrap_or_default()
    }

    fn digest(&self) -> String {
        let bare = Self { checksum: String::new(), ..self.clone() };
        Sha256::digest(bare.text()).iter().map(|octet| format!("{octet:02x}")).collect()
    }

    /// Writes the model.
    pub fn save(&self, path: &Path) -> Result<(), ModelError> {
        std::fs::write(path, self.text() + "\n")
            .map_err(|error| ModelError::File { path: path.display().to_string(), error })
    }

    /// Reads and checks a model.
    pub fn load(path: &Path) -> Result<Self, ModelError> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| ModelError::File { path: name.clone(), error })?;
        Self::parse(&text, &name)
    }

    /// Reads and checks a model from its text; `name` is used in errors.
    pub fn parse(text: &str, name: &str) -> Result<Self, ModelError> {
        Self::read(text, name, false)
    }

    /// Reads the model that is part of the program: nothing can have changed it since a test held its checksum against it.
    pub fn parse_built_in(text: &str, name: &str) -> Result<Self, ModelError> {
        Self::read(text, name, true)
    }

    fn read(text: &str, name: &str, trusted: bool) -> Result<Self, ModelError> {
        #[derive(Deserialize)]
        struct Head {
            format: String,
            version: u32,
        }
        let path = name.to_owned();
        let format = |error| ModelError::Format { path: path.clone(), error };
        let head: Head = serde_json::from_str(text).map_err(format)?;
        if head.format == exchange::FORMAT {
            return exchange::parse(text, name);
        }
        if head.format != FORMAT {
            let what = format!("format is {:?}, not {FORMAT:?}", head.format);
            return Err(ModelError::Mismatch { path, what });
        }
        if head.version > MODEL_VERSION {
            return Err(ModelError::Version { path, found: head.version });
        }
        let model: Self = serde_json::from_str(text).map_err(format)?;
        if !trusted && model.digest() != model.checksum {
            return Err(ModelError::Checksum { path });
        }
        match model.misfit() {
            Some(what) => Err(ModelError::Mismatch { path, what }),
            None => Ok(model),
        }
    }

    /// What does not fit together, in words.
    pub(super) fn misfit(&self) -> Option<String> {
        if self.logistic.coefficients.len() != self.features.len() + 1 {
            return Some("the logistic layer does not fit the features".to_owned());
        }
        let dimensions = self.mixture.features.len();
        let square = |cluster: &super::mixture::Cluster| {
            cluster.mean.len() == dimensions
                && cluster.precision.len() == dimensions
                && cluster.precision.iter().enumerate().all(|(place, row)| row.len() == place + 1)
        };
        if let Some(ensemble) = &self.ensemble {
            let derived = ensemble.ratios.len() + if ensemble.counts { 2 } else { 0 };
            let columns = self.features.len() + derived;
            let known = |name: &String| self.features.iter().any(|feature| feature.name == *name);
            if let Some(ratio) = ensemble.ratios.iter().find(|ratio| !known(&ratio.over) || !known(&ratio.under)) {
                return Some(format!("a quotient of {} and {}, which are not both features", ratio.over, ratio.under));
            }
            let parts = ensemble.parts.iter();
            if let Some((part, what)) = parts.filter_map(|p| Some((&p.name, p.trees.misfit(columns)?))).next() {
                return Some(format!("{part} has {what}"));
            }
        }
        let trees = self.origins.iter();
        if let Some((class, what)) = trees.filter_map(|o| Some((&o.class, o.trees.misfit(o.features.len())?))).next() {
            return Some(format!("the class {class} has {what}"));
        }
        if let Some(first) = &self.first {
            if first.first.is_some() {
                return Some("the model of the first look has one before it".to_owned());
            }
            if let Some(what) = first.misfit() {
                return Some(format!("the model of the first look: {what}"));
            }
        }
        let foreign = self.ensemble.is_some() && self.mixture.features.is_empty();
        if (self.mixture.clusters.is_empty() && !foreign) || !self.mixture.clusters.iter().all(square) {
            return Some("the mixture's clusters do not fit its features".to_owned());
        }
        if self.mixture.clusters.iter().any(|cluster| cluster.lower().is_none()) {
            return Some("the mixture has a cluster whose precision is not positive definite".to_owned());
        }
        let known = |name: &String| self.features.iter().any(|feature| feature.name == *name);
        if let Some(tap) = self.taps.iter().find(|tap| !tap.seen.iter().all(known)) {
            return Some(format!("the tap profile {} sees what is not among the features", tap.name));
        }
        let stranger = self.mixture.features.iter().find(|name| !known(name))?;
        Some(format!("the mixture uses {stranger}, which is not among the features"))
    }

    /// The places of the model's features among this program's; an error names those that it does not compute.
    pub fn places_in_registry(&self, name: &str) -> Result<Vec<usize>, ModelError> {
        let mut missing = Vec::new();
        let places = self
            .features
            .iter()
            .filter_map(|feature| {
                let place = registry().iter().position(|definition| definition.name == feature.name);
                if place.is_none() {
                    missing.push(feature.name.as_str());
                }
                place
            })
            .collect();
        if missing.is_empty() {
            return Ok(places);
        }
        let what = format!("needs features that this simhound does not compute: {}", missing.join(", "));
        Err(ModelError::Mismatch { path: name.to_owned(), what })
    }
}

/// JSON that a person can read: objects over several lines, lists of numbers on one.
#[derive(Default)]
struct Layout<'a> {
    pretty: PrettyFormatter<'a>,
}

impl Formatter for Layout<'_> {
    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }
    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.begin_object(writer)
    }
    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.end_object(writer)
    }
    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.pretty.begin_object_key(writer, first)
    }
    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.begin_object_value(writer)
    }
    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.end_object_value(writer)
    }
}

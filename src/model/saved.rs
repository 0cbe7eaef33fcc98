//! The saved form of a model: one versioned, checksummed JSON file.

use super::logistic::{Calibration, Logistic};
use super::mixture::Mixture;
use super::{FeatureScale, Metrics};
use crate::feature::registry;
use serde::{Deserialize, Serialize};
use serde_json::ser::{Formatter, PrettyFormatter};
use sha2::{Digest, Sha256};
use std::io::{self, Write};
use std::path::Path;

/// The version that this program writes, and the newest that it reads.
pub const MODEL_VERSION: u32 = 1;
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// Figures on the subscribers that were held out.
    pub held_out: Metrics,
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
    /// The features, in order, with their scales.
    pub features: Vec<FeatureScale>,
    /// The logistic layer.
    pub logistic: Logistic,
    /// The archetypes.
    pub mixture: Mixture,
}

impl Model {
    pub(super) fn new(
        training: Training,
        threshold: f64,
        features: Vec<FeatureScale>,
        mixture: Mixture,
        logistic: Logistic,
        calibration: Calibration,
    ) -> Self {
        let mut model = Self {
            format: FORMAT.to_owned(),
            version: MODEL_VERSION,
            checksum: String::new(),
            made_by: concat!("simhound ", env!("CARGO_PKG_VERSION")).to_owned(),
            threshold,
            training,
            calibration,
            features,
            logistic,
            mixture,
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
        #[derive(Deserialize)]
        struct Head {
            format: String,
            version: u32,
        }
        let path = name.to_owned();
        let format = |error| ModelError::Format { path: path.clone(), error };
        let head: Head = serde_json::from_str(text).map_err(format)?;
        if head.format != FORMAT {
            let what = format!("format is {:?}, not {FORMAT:?}", head.format);
            return Err(ModelError::Mismatch { path, what });
        }
        if head.version > MODEL_VERSION {
            return Err(ModelError::Version { path, found: head.version });
        }
        let model: Self = serde_json::from_str(text).map_err(format)?;
        if model.digest() != model.checksum {
            return Err(ModelError::Checksum { path });
        }
        match model.misfit() {
            Some(what) => Err(ModelError::Mismatch { path, what }),
            None => Ok(model),
        }
    }

    fn misfit(&self) -> Option<String> {
        if self.logistic.coefficients.len() != self.features.len() + 1 {
            return Some("the logistic layer does not fit the features".to_owned());
        }
        let dimensions = self.mixture.features.len();
        let square = |cluster: &super::mixture::Cluster| {
            cluster.mean.len() == dimensions
                && cluster.precision.len() == dimensions
                && cluster.precision.iter().enumerate().all(|(place, row)| row.len() == place + 1)
        };
        if self.mixture.clusters.is_empty() || !self.mixture.clusters.iter().all(square) {
            return Some("the mixture's clusters do not fit its features".to_owned());
        }
        let known = |name: &String| self.features.iter().any(|feature| feature.name == *name);
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

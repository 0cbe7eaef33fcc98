//! Models from elsewhere: trees and linear models of sklearn, LightGBM or anything that can write the form of
//! docs/model-exchange.md, scored in place of our own.

use super::logistic::{Calibration, Logistic};
use super::saved::{Ensemble, Part};
use super::trees::Trees;
use super::{FeatureScale, Model, ModelError, Training};
use serde::Deserialize;

/// What the file calls itself.
pub(super) const FORMAT: &str = "simhound-exchange";
const VERSION: u32 = 1;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exchange {
    #[serde(rename = "format")]
    _format: String,
    version: u32,
    made_by: String,
    #[serde(default)]
    data: String,
    #[serde(default = "half")]
    threshold: f64,
    #[serde(default = "day")]
    window_seconds: u64,
    features: Vec<Feature>,
    #[serde(default)]
    linear: Option<Linear>,
    #[serde(default)]
    trees: Option<Trees>,
    #[serde(default)]
    calibration: Option<Calibration>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Feature {
    name: String,
    /// What 5, 50 and 95 % of the normal rows stay below.
    #[serde(default)]
    usual: [f64; 3],
    /// Linear models: what is taken off, and what the rest is divided by.
    #[serde(default)]
    mean: f64,
    #[serde(default = "one")]
    deviation: f64,
    /// Linear models: the logarithm (of one more) is taken first.
    #[serde(default)]
    logarithm: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Linear {
    coefficients: Vec<f64>,
    intercept: f64,
}

fn half() -> f64 {
    0.5
}
fn day() -> u64 {
    86_400
}
fn one() -> f64 {
    1.0
}

/// Reads a model of the exchange form.
pub(super) fn parse(text: &str, name: &str) -> Result<Model, ModelError> {
    let path = name.to_owned();
    let file: Exchange =
        serde_json::from_str(text).map_err(|error| ModelError::Format { path: path.clone(), error })?;
    let mismatch = |what: String| ModelError::Mismatch { path: path.clone(), what };
    if file.version > VERSION {
        return Err(mismatch(format!("{FORMAT} of version {}; this simhound reads up to {VERSION}", file.version)));
    }
    if file.linear.is_none() && file.trees.is_none() {
        return Err(mismatch("it has neither linear nor trees".to_owned()));
    }
    let count = file.features.len();
    let linear = file.linear.unwrap_or(Linear { coefficients: vec![0.0; count], intercept: 0.0 });
    if linear.coefficients.len() != count {
        let found = linear.coefficients.len();
        return Err(mismatch(format!("{found} coefficients for {count} features")));
    }
    let scale = |feature: Feature| FeatureScale {
        name: feature.name,
        logarithm: feature.logarithm,
        mean: feature.mean,
        deviation: feature.deviation,
        usual: feature.usual,
        absent_share: 0.0,
    };
    let part = |trees| Part { name: "exchange".to_owned(), weight: 1.0, trees };
    // Without a mixture there is nothing after the coefficients of the features.
    let coefficients = linear.coefficients.into_iter().chain([0.0]).collect();
    let model = Model {
        threshold: file.threshold,
        training: Training {
            data: format!("{} ({})", file.data, file.made_by),
            window_seconds: file.window_seconds,
            ..Training::default()
        },
        calibration: file.calibration.unwrap_or(Calibration { slope: 1.0, offset: 0.0 }),
        features: file.features.into_iter().map(scale).collect(),
        logistic: Logistic { coefficients, intercept: linear.intercept },
        ensemble: Some(Ensemble {
            logistic_weight: 1.0,
            parts: file.trees.into_iter().map(part).collect(),
            ..Ensemble::default()
        }),
        ..Model::empty()
    }
    .sealed();
    match model.misfit() {
        Some(what) => Err(mismatch(what)),
        None => Ok(model),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREES: &str = r#"{"format": "simhound-exchange", "version": 1, "made_by": "by hand",
        "features": [{"name": "calls", "usual": [0, 2, 9]}, {"name": "cells"}],
        "trees": {"base": 0.5, "scale": 1.0, "link": "log_odds", "trees": [{"feature": [0, -1, -1],
            "threshold": [10.0, 0, 0], "left": [1, 0, 0], "right": [2, 0, 0], "missing": [1, 0, 0],
            "value": [0.0, -2.0, 1.5]}]}}"#;

    #[test]
    fn a_foreign_tree_scores_and_explains() {
        let model = parse(TREES, "t").unwrap();
        let score = model.score(&[143.0, 1.0]);
        assert!((score.probability - 1.0 / (1.0 + (-2.0f64).exp())).abs() < 1e-12);
        assert_eq!((score.archetype.as_str(), score.reasons[0].value), ("unknown", 143.0));
        assert!(model.score(&[f64::NAN, 1.0]).probability < 0.2);
    }

    #[test]
    fn a_linear_model_scales_first() {
        let text = r#"{"format": "simhound-exchange", "version": 1, "made_by": "by hand",
            "features": [{"name": "calls", "mean": 10, "deviation": 2}],
            "linear": {"coefficients": [3], "intercept": -1}}"#;
        let model = parse(text, "t").unwrap();
        let expected = 1.0 / (1.0 + (-(3.0 * 0.5 - 1.0f64)).exp());
        assert!((model.score(&[11.0]).probability - expected).abs() < 1e-12);
    }

    #[test]
    fn what_does_not_fit_is_refused_in_words() {
        for (from, to, says) in [
            ("\"version\": 1", "\"version\": 9", "version 9"),
            ("[2, 0, 0]", "[7, 0, 0]", "child"),
            ("[0, -1, -1]", "[5, -1, -1]", "feature"),
            ("\"trees\": {", "\"wood\": {", "wood"),
        ] {
            let error = parse(&TREES.replace(from, to), "t").unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
    }
}

//! What a model knows of taps: at a usual place for a probe only some of its features can be told, and its scores say
//! less there. For each such place the probability is calibrated on unseen rows whose other features are absent.

use super::logistic::Calibration;
use super::{Metrics, Model};
use crate::feature::{TAP_PROFILES, TapProfile, registry};
use serde::{Deserialize, Serialize};

/// A model needs so many features that a tap shows, and so many that it does not show, to be calibrated for it.
const LEAST_FEATURES: usize = 4;

/// A model at one place of a probe.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TapCalibration {
    /// The profile's name.
    pub name: String,
    /// The features of the model that are seen there.
    pub seen: Vec<String>,
    /// Slope and offset of the probability there.
    pub calibration: Calibration,
    /// Figures on rows that were held out, with all other features absent.
    pub held_out: Metrics,
}

/// For each name whether a profile of a tap shows that feature.
fn seen(profile: &TapProfile, features: &[String]) -> Vec<bool> {
    let told = profile.features();
    let place = |name: &String| registry().iter().position(|definition| definition.name == name);
    features.iter().map(|name| place(name).and_then(|place| told.get(place)).is_some_and(|told| *told)).collect()
}

/// The profiles for which a model of these features is calibrated, and which of the features are seen there.
pub(super) fn profiles(features: &[String]) -> Vec<(&'static TapProfile, Vec<bool>)> {
    let own = |name: &String| registry().iter().any(|definition| definition.name == name);
    if !features.iter().all(own) {
        return Vec::new();
    }
    let seen = TAP_PROFILES.iter().map(|profile| (profile, seen(profile, features)));
    let enough = |seen: &[bool], wanted: bool| seen.iter().filter(|seen| **seen == wanted).count() >= LEAST_FEATURES;
    seen.filter(|(_, seen)| enough(seen, true) && enough(seen, false)).collect()
}

/// A row of which only some features are seen.
pub(super) fn masked(values: &[f64], seen: &[bool]) -> Vec<f64> {
    values.iter().zip(seen).map(|(value, seen)| if *seen { *value } else { f64::NAN }).collect()
}

impl TapCalibration {
    /// For each feature of a model whether it is seen.
    pub(super) fn sees(&self, model: &Model) -> Vec<bool> {
        model.features.iter().map(|feature| self.seen.contains(&feature.name)).collect()
    }
}

impl Model {
    /// The calibration for a named profile; an error names those that there are.
    pub fn tap(&self, name: &str) -> Result<&TapCalibration, String> {
        self.taps.iter().find(|tap| tap.name == name).ok_or_else(|| {
            let names: Vec<&str> = self.taps.iter().map(|tap| tap.name.as_str()).collect();
            let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            format!("the model knows no tap profile {name:?}; it knows: {names}")
        })
    }

    /// The calibration that fits best where these of its features can be told, in their order: that whose features
    /// differ in the fewest; none where this is the model of all features.
    pub(super) fn nearest_tap(&self, told: &[bool]) -> Option<&TapCalibration> {
        let distance = |seen: &[bool]| seen.iter().zip(told).filter(|(seen, told)| seen != told).count();
        let whole = distance(&vec![true; told.len()]);
        let taps = self.taps.iter().map(|tap| (distance(&tap.sees(self)), tap));
        taps.min_by_key(|(distance, _)| *distance).filter(|(distance, _)| *distance < whole).map(|(_, tap)| tap)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Dataset, Learner, TrainOptions, evaluate, train};

    /// Rows of which home registers see half of the features, which tell little, and calls, unseen there, tell much.
    fn rows(first: u32, count: u32) -> Dataset {
        let told = TapProfile::named("hlr").unwrap().features();
        let names = |wanted: bool| {
            let of = registry().iter().zip(&told).filter(move |(_, told)| **told == wanted);
            of.map(|(definition, _)| definition.name.to_owned()).take(5)
        };
        let mut data = Dataset { features: names(true).chain(names(false)).collect(), ..Dataset::default() };
        for row in first..first + count {
            let fraud = row % 5 == 0;
            let noise = |k: u32| f64::from((row * 7919 + k * 104_729 + row * row % 613 * 31) % 1000) / 250.0;
            let pull = |k: u32| if fraud { if k < 5 { 0.5 } else { 3.0 } } else { 0.0 };
            data.ids.push(format!("id{row}"));
            data.groups.push(format!("id{row}"));
            data.values.push((0..10).map(|k| noise(k) + pull(k)).collect());
            data.fraud.push(fraud);
            data.archetypes.push(if fraud { "gateway" } else { "person" }.to_owned());
        }
        data
    }

    fn model() -> Model {
        let options = TrainOptions { clusters: 2, learner: Learner::Logistic, ..TrainOptions::default() };
        train(&rows(0, 600), &options).unwrap()
    }

    #[test]
    fn a_model_asked_for_the_home_registers_doubts_as_it_should() {
        let (model, mut other) = (model(), rows(1000, 600));
        let mut scorer = model.scorer();
        let seen = scorer.see_as("hlr").unwrap();
        assert_eq!(seen, [[true; 5], [false; 5]].concat());
        other.values.iter_mut().for_each(|row| *row = masked(row, &seen));
        let figures = |scorer: &crate::model::Scorer<'_>| {
            let scores: Vec<f64> = other.values.iter().map(|row| scorer.probability(row)).collect();
            evaluate(&scores, &other.fraud, 0.5)
        };
        let (with, without) = (figures(&scorer), figures(&model.scorer()));
        assert!((with.auc - without.auc).abs() < 1e-12, "the order stays");
        assert!(with.calibration_error < 0.05, "{with:?}");
        assert!(with.calibration_error < without.calibration_error / 2.0, "{with:?} {without:?}");
        assert_eq!(scorer.score(&other.values[0]).probability, scorer.probability(&other.values[0]));
    }

    #[test]
    fn the_nearest_profile_is_chosen_and_none_where_all_is_seen() {
        let model = model();
        let mut scorer = model.scorer();
        let hlr = scorer.see_as("hlr").unwrap();
        assert!(scorer.see_as("moon").unwrap_err().contains("hlr"));
        scorer.see(&[true; 10]);
        assert_eq!(scorer.tap(), None);
        scorer.see(&hlr);
        assert!(model.tap(scorer.tap().unwrap()).unwrap().sees(&model) == hlr);
    }

    #[test]
    fn another_base_rate_moves_every_profile() {
        let (model, rare) = (model(), model().at_base_rate(0.01));
        let shift = rare.calibration.offset - model.calibration.offset;
        assert!(shift < -2.0 && !model.taps.is_empty());
        for (tap, rare) in model.taps.iter().zip(&rare.taps) {
            assert!((rare.calibration.offset - tap.calibration.offset - shift).abs() < 1e-9);
        }
    }

    #[test]
    fn a_foreign_table_has_no_taps() {
        assert!(profiles(&["spend".to_owned(), "age".to_owned()]).is_empty());
    }
}

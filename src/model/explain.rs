//! Reasons in words: what a subscriber did, and what is usual for its kind.

use super::kinds::Kind;
use super::sentence::Sentence;
use super::{Model, Reason, Score};
use crate::feature::{Unit, registry};
use std::sync::OnceLock;

/// A kind of which a subscriber has less than this is not its kind.
const LEAST_SHARE: f64 = 0.01;

/// A model made ready to give reasons for many scores: what would be looked up by name stands in its place.
pub struct Explainer<'m> {
    model: &'m Model,
    /// The kind of each archetype, in the order of the mixture's names.
    kinds: Vec<Option<&'m Kind>>,
    features: Vec<Told<'m>>,
}

/// How a feature is told.
struct Told<'m> {
    sentence: Sentence<'m>,
    unit: Option<Unit>,
    /// What is usual for all, then for each kind, in words; told once.
    usual: Vec<OnceLock<String>>,
}

impl Model {
    /// Makes it ready to give reasons.
    pub fn explainer(&self) -> Explainer<'_> {
        let place = |name: &str| self.features.iter().position(|feature| feature.name == name);
        let kind = |name: &str| self.kinds.iter().find(|kind| kind.archetype == name);
        let kinds: Vec<Option<&Kind>> = self.mixture.archetypes().into_iter().map(kind).collect();
        let feature = |name| {
            let definition = registry().iter().copied().find(|definition| definition.name == name);
            let sentence = definition.map(|definition| Sentence::parse(definition.says, place));
            Told {
                sentence: sentence.unwrap_or_else(|| Sentence::foreign(name)),
                unit: definition.map(|definition| definition.unit),
                usual: vec![OnceLock::new(); kinds.len() + 1],
            }
        };
        let features = self.features.iter().map(|scale| feature(&scale.name)).collect();
        Explainer { model: self, features, kinds }
    }
}

impl<'m> Explainer<'m> {
    /// The honest kind that a subscriber is likest, with its place.
    fn kind(&self, score: &Score) -> Option<(usize, &'m Kind)> {
        let shared = self.kinds.iter().enumerate().zip(&score.shares).filter_map(|((place, kind), share)| {
            let kind = (*kind)?;
            (*share >= LEAST_SHARE).then_some(((place, kind), share))
        });
        shared.max_by(|a, b| a.1.total_cmp(b.1)).map(|(kind, _)| kind)
    }

    /// A reason in words: what was seen, and what is usual for the kind, or for all where it has none.
    fn explain(&self, reason: &Reason, kind: Option<(usize, &Kind)>, value_of: impl Fn(usize) -> f64, to: &mut String) {
        let feature = reason.feature;
        let (Some(scale), Some(told)) = (self.model.features.get(feature), self.features.get(feature)) else { return };
        told.sentence.tell(reason.value, told.unit, value_of, to);
        let of_kind = kind.and_then(|(place, kind)| Some((place, kind, kind.usual.get(feature).copied()??)));
        let usual = told.usual.get(of_kind.map_or(0, |(place, ..)| place.saturating_add(1)));
        to.push_str(usual.map_or("", |usual| {
            usual.get_or_init(|| match of_kind {
                Some((_, kind, range)) => {
                    let name = kind.archetype.replace('_', " ");
                    format!(" (usual for its kind, {name}: {})", told.sentence.range(range, told.unit))
                }
                None => {
                    let [low, _, high] = scale.usual;
                    format!(" (usual: {})", told.sentence.range([low, high], told.unit))
                }
            })
        }));
    }

    /// All reasons of a score in words. `value_of` gives the value of a feature by its place in the model.
    pub fn explain_all(&self, score: &Score, value_of: impl Fn(usize) -> f64) -> String {
        let kind = self.kind(score);
        let mut text = String::new();
        for reason in &score.reasons {
            if !text.is_empty() {
                text.push_str("; ");
            }
            self.explain(reason, kind, &value_of, &mut text);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FeatureScale;

    fn model() -> Model {
        let scale = |name| FeatureScale::fit(name, &[0.0, 1.0, 4.0], &[true; 3]);
        let mut model = Model::empty();
        model.features = ["callees", "callee_once_share", "gap_typical", "foreign"].map(scale).into();
        model.kinds = vec![Kind {
            archetype: "night_worker".to_owned(),
            rows: 30,
            usual: vec![Some([2.0, 9.0]), Some([0.125, 1.0]), None, None],
        }];
        model.mixture = serde_json::from_str(
            r#"{"features": [], "clusters": [{"archetype": "night_worker", "weight": 1.0, "mean": [], "precision": [],
                "composition": {"night_worker": 1.0}, "fraud_share": 0.0, "log_determinant": 0.0}]}"#,
        )
        .unwrap();
        model
    }

    #[test]
    fn values_stand_beside_what_is_usual_for_the_kind() {
        let model = model();
        let explainer = model.explainer();
        let row = [143.0, 0.972, 7200.0, 0.5];
        let say = |feature: usize, share| {
            let reasons = vec![Reason { feature, value: row[feature], moved: 1.0 }];
            let score = Score { probability: 0.5, archetype: String::new(), shares: vec![share], reasons };
            explainer.explain_all(&score, |place| row[place])
        };
        assert_eq!(say(0, 1.0), "called 143 numbers, 139 of them once (usual for its kind, night worker: 2-9)");
        assert_eq!(
            say(1, 1.0),
            "called 97.2 % of its numbers only once (usual for its kind, night worker: 12.5-100 %)"
        );
        assert_eq!(say(2, 1.0), "left 2 h between calls as a rule (usual: 0-4 s)");
        assert_eq!(say(3, 1.0), "foreign 0.5 (usual: 0-4)");
        assert_eq!(say(0, 0.0), "called 143 numbers, 139 of them once (usual: 0-4)");
    }
}

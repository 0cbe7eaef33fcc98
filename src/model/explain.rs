//! Reasons in words: what a subscriber did, and what is usual for its kind.

use super::kinds::Kind;
use super::{Model, Reason, Score};
use crate::feature::{Definition, Unit, registry};

/// A kind of which a subscriber has less than this is not its kind.
const LEAST_SHARE: f64 = 0.01;

/// What a feature says of a subscriber, as a sentence; `{}` is the value. Others are told by their meaning.
const SENTENCES: &[(&str, &str)] = &[
    ("answered_share", "{} of its calls were answered"),
    ("areas", "was in {} areas"),
    ("auth_latency_min", "took {} at least to answer a challenge"),
    ("busiest_hour_share", "did {} of all in its busiest hour"),
    ("call_hours", "called in {} hours of the day"),
    ("callback_share", "{} of its incoming calls came from numbers that it had called"),
    ("callee_once_share", "called {} of its numbers only once"),
    ("callee_ratio", "called {} different numbers for each call"),
    ("callee_regions_share", "called {} different regions for each number"),
    ("callees", "called {} numbers"),
    ("calls_in_per_hour", "was called {} times an hour"),
    ("calls_max_10min", "made {} calls in ten minutes"),
    ("calls_out_per_hour", "made {} calls an hour"),
    ("cell_callers", "{} others in its cell call strangers"),
    ("cell_changes_per_hour", "changed its cell {} times an hour"),
    ("cell_longest_share", "stayed {} of the time in one cell"),
    ("cell_main_share", "was in one cell for {} of what it did"),
    ("cells", "was in {} cells"),
    ("contact_main_share", "spoke with one party in {} of its calls"),
    ("contacts", "spoke with {} parties"),
    ("duration_mean", "spoke {} in the mean"),
    ("duration_typical", "spoke {} as a rule"),
    ("gap_tenth", "left {} between calls at the quickest"),
    ("gap_typical", "left {} between calls as a rule"),
    ("imei_changes_per_hour", "changed its device {} times an hour"),
    ("imei_neighbours", "{} devices with neighbouring serials are in its cell"),
    ("imeis", "was in {} devices"),
    ("imsis_per_imei", "{} cards were in one of its devices"),
    ("inbound_share", "{} of its calls came in"),
    ("incoming_answered_share", "answered {} of the calls to it"),
    ("leaves_per_hour", "left the network {} times an hour"),
    ("present_share", "was seen in {} of the hours"),
    ("register_to_call", "called {} after it registered at the soonest"),
    ("registers_per_hour", "registered {} times an hour"),
    ("short_share", "{} of its calls were under 10 s"),
    ("sms_application_share", "{} of the messages to it came from applications"),
    ("sms_in_per_hour", "got {} messages an hour"),
    ("sms_out_per_hour", "sent {} messages an hour"),
    ("sms_recipient_ratio", "wrote to {} different numbers for each message"),
    ("sms_same_text_share", "sent one text in {} of its messages"),
    ("synchrony_company", "registered repeatedly together with {} others"),
    ("synchrony_share", "{} of its registrations were together with others"),
    ("tacs", "was in {} models of device"),
];

/// A model made ready to give reasons for many scores: what would be looked up by name stands in its place.
pub struct Explainer<'m> {
    model: &'m Model,
    /// The kind of each archetype, in the order of the mixture's names.
    kinds: Vec<Option<&'m Kind>>,
    /// What each feature of the model is, and its sentence.
    features: Vec<(Option<&'static Definition>, Option<&'static str>)>,
}

impl Model {
    /// Makes it ready to give reasons.
    pub fn explainer(&self) -> Explainer<'_> {
        let kind = |name: &str| self.kinds.iter().find(|kind| kind.archetype == name);
        let feature = |name: &str| {
            let definition = registry().iter().copied().find(|definition| definition.name == name);
            let sentence = SENTENCES.iter().find(|(known, _)| *known == name).map(|(_, sentence)| *sentence);
            (definition, sentence)
        };
        Explainer {
            model: self,
            kinds: self.mixture.archetypes().into_iter().map(kind).collect(),
            features: self.features.iter().map(|scale| feature(&scale.name)).collect(),
        }
    }
}

impl Explainer<'_> {
    /// The honest kind that a subscriber is likest.
    fn kind(&self, score: &Score) -> Option<&Kind> {
        let shared = self.kinds.iter().zip(&score.shares).filter_map(|(kind, share)| {
            let kind = (*kind)?;
            (*share >= LEAST_SHARE).then_some((kind, share))
        });
        shared.max_by(|a, b| a.1.total_cmp(b.1)).map(|(kind, _)| kind)
    }

    /// A reason in words: what was seen, and what is usual for the kind, or for all where it has none.
    fn explain(&self, reason: &Reason, kind: Option<&Kind>) -> String {
        let place = reason.feature;
        let (Some(feature), Some((definition, sentence))) = (self.model.features.get(place), self.features.get(place))
        else {
            return String::new();
        };
        let unit = definition.map(|definition| definition.unit);
        let value = told(reason.value, unit);
        let said = match (sentence, definition) {
            (Some(sentence), _) => sentence.replace("{}", &value),
            (None, Some(definition)) => format!("{}: {value}", definition.meaning),
            (None, None) => format!("{} {value}", feature.name),
        };
        let range = |[low, high]: [f64; 2]| format!("{}-{}", told(low, unit), told(high, unit));
        let of_kind = kind.and_then(|kind| Some((kind, kind.usual.get(place).copied()??)));
        match of_kind {
            Some((kind, usual)) => {
                let name = kind.archetype.replace('_', " ");
                format!("{said} (usual for its kind, {name}: {})", range(usual))
            }
            None => {
                let [low, _, high] = feature.usual;
                format!("{said} (usual: {})", range([low, high]))
            }
        }
    }

    /// All reasons of a score in words.
    pub fn explain_all(&self, score: &Score) -> String {
        let kind = self.kind(score);
        score.reasons.iter().map(|reason| self.explain(reason, kind)).collect::<Vec<_>>().join("; ")
    }
}

/// A value as people say it.
fn told(value: f64, unit: Option<Unit>) -> String {
    match unit {
        Some(Unit::Share) => format!("{} %", short(value * 100.0)),
        Some(Unit::Seconds) if value >= 5400.0 => format!("{} h", short(value / 3600.0)),
        Some(Unit::Seconds) if value >= 90.0 => format!("{} min", short(value / 60.0)),
        Some(Unit::Seconds) => format!("{} s", short(value)),
        Some(Unit::Milliseconds) => format!("{} ms", short(value)),
        _ => short(value),
    }
}

/// A number as people read it: three digits that matter.
fn short(value: f64) -> String {
    if value.abs() >= 100.0 || value == value.trunc() {
        format!("{value:.0}")
    } else if value.abs() >= 10.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.2}")
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
        model
    }

    #[test]
    fn values_stand_beside_what_is_usual_for_the_kind() {
        let model = model();
        let explainer = model.explainer();
        let say = |feature, value| explainer.explain(&Reason { feature, value, moved: 1.0 }, model.kinds.first());
        assert_eq!(say(0, 143.0), "called 143 numbers (usual for its kind, night worker: 2-9)");
        assert_eq!(
            say(1, 0.972),
            "called 97.2 % of its numbers only once (usual for its kind, night worker: 12.5 %-100 %)"
        );
        assert_eq!(say(2, 7200.0), "left 2 h between calls as a rule (usual: 0 s-4 s)");
        assert_eq!(say(3, 0.5), "foreign 0.50 (usual: 0-4)");
    }

    #[test]
    fn sentences_are_of_features_that_there_are() {
        for (name, sentence) in SENTENCES {
            assert!(sentence.contains("{}"), "{name}");
            assert!(registry().iter().any(|definition| definition.name == *name), "{name}");
        }
    }
}

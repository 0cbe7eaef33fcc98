//! What a card was before: a child's watch, a machine, or neither, told by how it behaves.
//!
//! An archetype is the likeliest of many, and people who do little look like a watch. Here one class is held against all
//! others, by the features of behaviour alone: how common a model of device is, or who stands near, says nothing of a watch.

use super::grow::{self, Columns};
use super::trees::{Trees, Walker};
use super::{Dataset, Model, TrainError};
use crate::feature::{behaviour, registry};
use serde::{Deserialize, Serialize};

/// The classes, and the words of the archetypes that they are of.
const CLASSES: [(&str, &[&str]); 2] =
    [("watch", &["watch"]), ("machine", &["meter", "iot", "lift", "tracker", "alarm", "payment_terminal"])];
/// Rows of a class that are needed to learn it.
const LEAST: usize = 100;

/// How one class is told from all others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// `watch` or `machine`.
    pub class: String,
    /// The features that the trees see.
    pub features: Vec<String>,
    /// The logarithm of the odds of the class among the training rows.
    pub prior: f64,
    /// The trees.
    pub trees: Trees,
}

/// Learns the classes that are in the data. What a card does in a farm is of no class.
pub(super) fn fit(data: &Dataset, seed: u64) -> Result<Vec<Origin>, TrainError> {
    let places: Vec<usize> =
        behaviour().filter_map(|name| data.features.iter().position(|feature| feature == name)).collect();
    let mut origins = Vec::new();
    if places.is_empty() {
        return Ok(origins);
    }
    let honest = || data.values.iter().zip(&data.archetypes).zip(&data.fraud).filter(|(_, fraud)| !**fraud);
    let row =
        |values: &Vec<f64>| -> Vec<f64> { places.iter().filter_map(|place| values.get(*place).copied()).collect() };
    let rows: Vec<Vec<f64>> = honest().map(|((values, _), _)| row(values)).collect();
    for (class, words) in CLASSES {
        let is = |archetype: &String| words.iter().any(|word| archetype.contains(word));
        let labels: Vec<bool> = honest().map(|((_, archetype), _)| is(archetype)).collect();
        let count = labels.iter().filter(|label| **label).count();
        if count < LEAST || rows.len() - count < LEAST {
            continue;
        }
        let trees = grow::shallow(&Columns::of(&rows, places.len(), &labels, 1.0), seed)
            .map_err(|error| TrainError::Fit { what: "the classes of devices", error })?;
        let features = places.iter().filter_map(|place| data.features.get(*place).cloned()).collect();
        origins.push(Origin { class: class.to_owned(), features, prior: trees.base, trees });
    }
    Ok(origins)
}

/// The classes of a model, made ready for many rows.
pub struct Origins<'m> {
    classes: Vec<(&'m Origin, Vec<Option<usize>>, Walker)>,
}

impl Origins<'_> {
    /// The names of the classes.
    pub fn names(&self) -> Vec<&str> {
        self.classes.iter().map(|(origin, _, _)| origin.class.as_str()).collect()
    }

    /// For each class, how much likelier values in the order of the registry make it: the logarithm of the quotient.
    pub fn votes(&self, values: &[f64]) -> Vec<f64> {
        let at = |place: &Option<usize>| place.and_then(|place| values.get(place).copied()).unwrap_or(f64::NAN);
        let vote = |(origin, places, walker): &(&Origin, Vec<Option<usize>>, Walker)| {
            walker.log_odds(&places.iter().map(at).collect::<Vec<f64>>()) - origin.prior
        };
        self.classes.iter().map(vote).collect()
    }
}

impl Model {
    /// The classes of devices that it knows, made ready.
    pub fn known_origins(&self) -> Origins<'_> {
        let place = |name: &String| registry().iter().position(|definition| definition.name == name);
        let classes = self
            .origins
            .iter()
            .map(|origin| (origin, origin.features.iter().map(place).collect(), origin.trees.walker()));
        Origins { classes: classes.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Children's watches are called and do not call; meters do neither; people do both.
    fn data() -> Dataset {
        let features = ["calls_out_per_hour", "calls_in_per_hour", "tac_users"].map(str::to_owned).into();
        let mut data = Dataset { features, ..Dataset::default() };
        for row in 0..900u32 {
            let noise = f64::from(row * 7919 % 100) / 400.0;
            let (archetype, out, into) = match row % 3 {
                0 => ("watch", 0.0, 1.0),
                1 => ("meter", 0.0, 0.0),
                _ => ("ordinary", 1.0, 1.0),
            };
            data.ids.push(row.to_string());
            data.values.push(vec![out + noise, into + noise, 5.0]);
            data.fraud.push(false);
            data.archetypes.push(archetype.to_owned());
        }
        data
    }

    #[test]
    fn classes_are_told_by_behaviour() {
        let model = Model { origins: fit(&data(), 1).unwrap(), ..Model::empty() };
        let origins = model.known_origins();
        assert_eq!(origins.names(), ["watch", "machine"]);
        assert!(model.origins.iter().all(|origin| !origin.features.contains(&"tac_users".to_owned())));
        let place = |name| registry().iter().position(|definition| definition.name == name).unwrap();
        let votes = |out, into| {
            let mut values = vec![f64::NAN; registry().len()];
            (values[place("calls_out_per_hour")], values[place("calls_in_per_hour")]) = (out, into);
            origins.votes(&values)
        };
        let (watch, meter, person) = (votes(0.1, 1.1), votes(0.1, 0.1), votes(1.1, 1.1));
        assert!(watch[0] > 0.5 && watch[1] < 0.0, "{watch:?}");
        assert!(meter[0] < 0.0 && meter[1] > 0.5, "{meter:?}");
        assert!(person[0] < 0.0 && person[1] < 0.0, "{person:?}");
    }

    #[test]
    fn what_is_rare_is_not_learnt() {
        let mut data = data();
        data.archetypes.iter_mut().filter(|archetype| *archetype == "watch").skip(50).for_each(|a| *a = "light".into());
        let learnt = fit(&data, 1).unwrap();
        assert!(learnt.iter().all(|origin| origin.class == "machine") && learnt.len() == 1);
    }
}

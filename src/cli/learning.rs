//! What the commands that learn and measure understand alike: the table, the learner, the splits.

use super::Failure;
use crate::model::{Dataset, LabelSource, Learner, Model, Splitting, TableColumns, TrainOptions};
use crate::time::{SECOND, parse_span};
use std::path::Path;

/// A table with labels.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Labelled {
    /// The column that identifies a subscriber
    #[arg(long, default_value = "imsi", value_name = "COLUMN")]
    id: String,
    /// The label: a column of the table (0, 1, true, false), or a file that is joined by the id
    #[arg(long, value_name = "COLUMN|FILE")]
    label: String,
    /// Rows with the same value in this column are never on both sides of a split [default: the id]
    #[arg(long, value_name = "COLUMN")]
    group: Option<String>,
    /// The column with the time of a row: cross-validation then measures each span by what came before it
    #[arg(long, value_name = "COLUMN")]
    time: Option<String>,
    /// Cross-validation leaves out one value of this column at a time (a scenario, an operator, a city)
    #[arg(long, value_name = "COLUMN", conflicts_with_all = ["group", "time"])]
    leave_out: Option<String>,
    /// Columns that are not to be learnt from, with commas between them
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    without: Vec<String>,
}

impl Labelled {
    /// Reads the table; rows without a label are told.
    pub(super) fn read(&self, table: &Path) -> Result<Dataset, Failure> {
        let columns = TableColumns {
            id: self.id.clone(),
            group: self.leave_out.clone().or_else(|| self.group.clone()),
            time: self.time.clone(),
            without: self.without.clone(),
        };
        let (data, left_out) = Dataset::labelled(table, &columns, &LabelSource::parse(&self.label))?;
        if left_out > 0 {
            eprintln!("simhound: {left_out} rows have no label and are left out");
        }
        Ok(data)
    }

    /// How cross-validation splits.
    pub(super) fn splitting(&self, folds: usize) -> Splitting {
        match (&self.leave_out, &self.time) {
            (Some(_), _) => Splitting::LeaveOut,
            (None, Some(_)) => Splitting::Time(folds),
            (None, None) => Splitting::Folds(folds),
        }
    }
}

/// How to learn.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Learning {
    /// What learns: rules, anomaly, logistic, shallow, forest, boosted, random or blend [default: blend, or as the model
    /// was learnt]
    #[arg(long, value_name = "LEARNER")]
    learner: Option<Learner>,
    /// Clusters of the mixture [default: 24]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    clusters: Option<u16>,
    /// What a row of fraud weighs for trees: a number, or "balanced" (as much as all that is normal) [default: 1]
    #[arg(long, value_name = "WEIGHT", value_parser = class_weight)]
    class_weight: Option<ClassWeight>,
    /// The share of fraud in the population that is to be scored, where it is not that of the table: 0.0002
    #[arg(long, value_name = "SHARE", value_parser = base_rate)]
    base_rate: Option<f64>,
    /// The length of the windows that the rows are of; analyze holds its own against it
    #[arg(long, default_value = "1d", value_parser = parse_span)]
    window: i64,
    /// Seed of all chance [default: 1]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
}

/// What a row of fraud weighs; absent when it is to be balanced.
#[derive(Debug, Clone, Copy)]
struct ClassWeight(Option<f64>);

fn class_weight(text: &str) -> Result<ClassWeight, String> {
    match text.parse::<f64>() {
        Ok(weight) if weight.is_finite() && weight > 0.0 => Ok(ClassWeight(Some(weight))),
        _ if text == "balanced" => Ok(ClassWeight(None)),
        _ => Err("a number above 0, or balanced".to_owned()),
    }
}

/// A share above 0 and below 1.
pub(super) fn base_rate(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(rate) if rate > 0.0 && rate < 1.0 => Ok(rate),
        _ => Err("a share above 0 and below 1".to_owned()),
    }
}

impl Learning {
    /// The options; what is not given is as `model` was learnt, if there is one.
    pub(super) fn options(&self, model: Option<&Model>, data: &str) -> TrainOptions {
        let recipe = model.and_then(|model| model.training.recipe.as_ref());
        let default = TrainOptions::default();
        TrainOptions {
            clusters: self.clusters.map(usize::from).or(recipe.map(|r| r.clusters)).unwrap_or(default.clusters),
            seed: self.seed.or(model.map(|model| model.training.seed)).unwrap_or(default.seed),
            threshold: model.map_or(default.threshold, |model| model.threshold),
            data: data.to_owned(),
            window_seconds: (self.window / SECOND).unsigned_abs(),
            learner: self.learner.or(recipe.map(|recipe| recipe.learner)).unwrap_or(default.learner),
            fraud_weight: match (self.class_weight, recipe) {
                (Some(ClassWeight(weight)), _) => weight,
                (None, Some(recipe)) => Some(recipe.fraud_weight),
                (None, None) => default.fraud_weight,
            },
            base_rate: self.base_rate,
        }
    }

    /// The base rate that was asked for.
    pub(super) fn base_rate(&self) -> Option<f64> {
        self.base_rate
    }
}

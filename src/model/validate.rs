//! Cross-validation: a model is trained for each split on its own rows alone, and heard on the others.

use super::{Dataset, Metrics, Splitting, TrainError, TrainOptions, evaluate, splits, train};

/// What was measured on rows that the model which scored them had not seen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measured {
    /// The rows that were scored.
    pub rows: Vec<usize>,
    /// Their scores.
    pub scores: Vec<f64>,
    /// Their labels.
    pub fraud: Vec<bool>,
    /// Name and figures of each split.
    pub splits: Vec<(String, Metrics)>,
    /// Splits that could not be measured, and why.
    pub left_out: Vec<(String, String)>,
}

/// Trains and measures split by split. A split that has only one label is left out and told.
pub fn cross_validate(data: &Dataset, options: &TrainOptions, splitting: Splitting) -> Result<Measured, TrainError> {
    let mut measured = Measured::default();
    for split in splits(data, splitting, options.seed) {
        let fraud: Vec<bool> = split.measure.iter().filter_map(|row| data.fraud.get(*row).copied()).collect();
        let model = match train(&data.subset(&split.learn), options) {
            Ok(model) => model,
            Err(TrainError::Data(why)) => {
                measured.left_out.push((split.name, why));
                continue;
            }
            Err(error) => return Err(error),
        };
        let scorer = model.scorer();
        let score = |row: &usize| data.values.get(*row).map_or(0.0, |values| scorer.probability(values));
        let scores: Vec<f64> = split.measure.iter().map(score).collect();
        measured.splits.push((split.name, evaluate(&scores, &fraud, options.threshold)));
        measured.rows.extend(&split.measure);
        measured.scores.extend(scores);
        measured.fraud.extend(fraud);
    }
    if measured.rows.is_empty() {
        let why = measured.left_out.first().map_or("no split has rows on both sides", |(_, why)| why.as_str());
        return Err(TrainError::Data(why.to_owned()));
    }
    Ok(measured)
}

//! `simhound drift`: how far a table has moved from another.

use super::output::Output;
use super::{DONE, Failure};
use crate::model::{Dataset, Drift, drift};
use crate::table::{Column, Kind, Product, Put, Record, Value};
use std::path::PathBuf;

/// Compare the features of two tables: whether the population has moved
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  \
    simhound drift june.parquet july.parquet --id imsi -o drift.csv\n\n\
    A stability index below 0.1 is little, above 0.25 much: train again before you trust scores.")]
pub(super) struct Arguments {
    /// The table of before: what a model was trained on
    before: PathBuf,
    /// The table of after
    after: PathBuf,
    /// The column that identifies a subscriber
    #[arg(long, default_value = "imsi", value_name = "COLUMN")]
    id: String,
    #[command(flatten)]
    output: Output,
}

const COLUMNS: &[Column] = &[
    Column::new("feature", Kind::Text),
    Column::new("stability_index", Kind::Real),
    Column::new("distance", Kind::Real),
    Column::new("median_before", Kind::Real),
    Column::new("median_after", Kind::Real),
    Column::new("absent_before", Kind::Real),
    Column::new("absent_after", Kind::Real),
];

impl Record for Drift {
    fn values(&self, put: &mut impl Put) {
        put.put(Value::Text(&self.feature));
        put.put(Value::Real(self.stability));
        put.put(Value::Real(self.distance));
        self.medians.iter().chain(&self.absent).for_each(|value| put.put(Value::Real(*value)));
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let before = Dataset::unlabelled(&arguments.before, &arguments.id)?;
    let after = Dataset::unlabelled(&arguments.after, &arguments.id)?;
    let (rows, missing) = after.arranged(before.features.iter().map(String::as_str));
    if missing.len() == before.features.len() {
        return Err("the two tables have no feature in common".into());
    }
    if !missing.is_empty() {
        eprintln!("simhound: {} lacks {}; all absent", arguments.after.display(), missing.join(", "));
    }
    let column = |rows: &[Vec<f64>], place: usize| -> Vec<f64> {
        rows.iter().map(|row| row.get(place).copied().unwrap_or(f64::NAN)).collect()
    };
    let of = |(place, name): (usize, &String)| drift(name, &column(&before.values, place), &column(&rows, place));
    let mut drifts: Vec<Drift> = before.features.iter().enumerate().map(of).collect();
    drifts.sort_by(|a, b| b.stability.total_cmp(&a.stability).then(a.feature.cmp(&b.feature)));
    arguments.output.spare(&[&arguments.before, &arguments.after])?;
    let mut table = arguments.output.open(Product { name: "drift", version: 1 }, COLUMNS)?;
    drifts.iter().for_each(|drift| table.write(drift));
    table.finish()?;
    Ok(DONE)
}

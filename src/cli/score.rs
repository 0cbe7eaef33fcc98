//! `simhound score`: verdicts on a table of features, without captures.

use super::learning::base_rate;
use super::model::{for_base_rate, rows_for, scorer_for};
use super::output::Output;
use super::{DONE, Failure};
use crate::model::{Dataset, Model};
use crate::table::{Column, Kind, Product, Put, Record, Value};
use std::path::PathBuf;

/// Score the rows of a table of features
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  simhound score models/default.json features.parquet --id imsi -o scores.csv")]
pub(super) struct Arguments {
    /// The model
    model: PathBuf,
    /// Features: a .csv, .jsonl or .parquet file
    table: PathBuf,
    /// The column that identifies a subscriber
    #[arg(long, default_value = "imsi", value_name = "COLUMN")]
    id: String,
    /// The share of fraud in the population that is scored, where it is not what the model was made for: 0.0002
    #[arg(long, value_name = "SHARE", value_parser = base_rate)]
    base_rate: Option<f64>,
    /// Score as a tap of this profile would (hlr, roaming, a-iu, packet-core, ims, charging): what it does not show counts
    /// as absent [default: the profile that is nearest to the columns that have values]
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    #[command(flatten)]
    output: Output,
}

const COLUMNS: &[Column] = &[
    Column::new("id", Kind::Text),
    Column::new("score", Kind::Real),
    Column::new("archetype", Kind::Text),
    Column::new("reasons", Kind::Text),
];

struct Row<'a>(&'a str, f64, &'a str, String);

impl Record for Row<'_> {
    fn values(&self, put: &mut impl Put) {
        put.put(Value::Text(self.0));
        put.put(Value::Real(self.1));
        put.put(Value::Text(self.2));
        put.put(Value::Text(&self.3));
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let model = for_base_rate(Model::load(&arguments.model)?, arguments.base_rate)?;
    let data = Dataset::unlabelled(&arguments.table, &arguments.id)?;
    let mut rows = rows_for(&model, &data, &arguments.table)?;
    arguments.output.spare(&[&arguments.table])?;
    let mut table = arguments.output.open(Product { name: "scores", version: 1 }, COLUMNS)?;
    let scorer = scorer_for(&model, arguments.profile.as_deref(), &mut rows)?;
    let explainer = model.explainer();
    for (id, row) in data.ids.iter().zip(&rows) {
        let score = scorer.score(row);
        table.write(&Row(
            id,
            score.probability,
            &score.archetype,
            explainer.explain_all(&score, |place| row.get(place).copied().unwrap_or(f64::NAN)),
        ));
    }
    table.finish()?;
    Ok(DONE)
}

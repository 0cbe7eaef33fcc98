//! Tables as training data: an id, numeric features (absent ones allowed), a label, an archetype.
//!
//! The label is a column of the table, or a second table joined by the id. A second table may say from when on a
//! subscriber was fraud (`moved_at`) and what it was before (`archetype`) and became (`becomes`): a row whose middle
//! lies before that moment is labelled with what it was before.

use crate::feature::registry;
use crate::table::{Cell, Frame, read};
use crate::time::Rfc3339;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// A table cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DatasetError {
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] std::io::Error),
    /// It lacks a column.
    #[error("{path}: no column {column:?}; it has: {present}")]
    Column {
        /// The table.
        path: String,
        /// The column that is missing.
        column: String,
        /// Those that are there.
        present: String,
    },
    /// A label is neither true nor false.
    #[error("{path}: label {label:?} is none of 0, 1, true, false")]
    Label {
        /// The table.
        path: String,
        /// What stands there.
        label: String,
    },
    /// There is nothing to learn from.
    #[error("{path}: {what}")]
    Empty {
        /// The table.
        path: String,
        /// What is missing.
        what: &'static str,
    },
}

/// Where labels come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LabelSource {
    /// A column of the table itself.
    Column(String),
    /// Another table, joined by the id.
    Table(PathBuf),
}

impl LabelSource {
    /// A name of an existing or plausible table file, else a column.
    pub fn parse(text: &str) -> Self {
        match crate::table::Format::of_path(Path::new(text)) {
            Some(_) => Self::Table(PathBuf::from(text)),
            None => Self::Column(text.to_owned()),
        }
    }
}

/// The columns of a table that say who, when and what; all other numbers are features.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableColumns {
    /// The id.
    pub id: String,
    /// Rows with the same value here belong together; absent for rows of the same id.
    pub group: Option<String>,
    /// The time of a row.
    pub time: Option<String>,
    /// Columns that are no features though they could be.
    pub without: Vec<String>,
}

impl TableColumns {
    /// A table with an id alone.
    pub fn of_id(id: &str) -> Self {
        Self { id: id.to_owned(), ..Self::default() }
    }
}

/// Rows ready for training or evaluation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dataset {
    /// The id of each row.
    pub ids: Vec<String>,
    /// The names of the features.
    pub features: Vec<String>,
    /// Their values by row; NaN is absent.
    pub values: Vec<Vec<f64>>,
    /// The label of each row.
    pub fraud: Vec<bool>,
    /// The archetype of each row.
    pub archetypes: Vec<String>,
    /// What each row belongs to: rows of one group are never on both sides of a split.
    pub groups: Vec<String>,
    /// The time of each row, as it stands in the table; empty where no column was named.
    pub times: Vec<String>,
}

/// Columns that say who and when, never features.
const ABOUT: [&str; 8] = ["imsi", "msisdn", "imei", "cell", "window_start", "window_end", "part", "events"];

struct Labels {
    fraud: bool,
    archetype: String,
    becomes: String,
    moved_at: Option<i64>,
}

fn column(frame: &Frame, path: &Path, name: &str) -> Result<usize, DatasetError> {
    frame.column(name).ok_or_else(|| DatasetError::Column {
        path: path.display().to_string(),
        column: name.to_owned(),
        present: frame.columns.join(", "),
    })
}

fn label(cell: Option<&Cell>, path: &Path) -> Result<bool, DatasetError> {
    match cell.and_then(Cell::number) {
        Some(number) if number == 0.0 || number == 1.0 => Ok(number == 1.0),
        _ => {
            let label = cell.and_then(Cell::text).unwrap_or_default();
            Err(DatasetError::Label { path: path.display().to_string(), label })
        }
    }
}

fn text_at(row: &[Cell], place: Option<usize>) -> String {
    place.and_then(|place| row.get(place)).and_then(Cell::text).unwrap_or_default()
}

/// What an operator's closed case says: fraud, not fraud, or nothing yet.
fn verdict(cell: Option<&Cell>, path: &Path) -> Result<Option<bool>, DatasetError> {
    const FRAUD: [&str; 5] = ["fraud", "confirmed", "bad", "blocked", "yes"];
    const NORMAL: [&str; 7] = ["legitimate", "legit", "normal", "cleared", "good", "false_positive", "no"];
    const OPEN: [&str; 5] = ["", "open", "unknown", "pending", "undecided"];
    let word = cell.and_then(Cell::text).unwrap_or_default().trim().to_lowercase();
    match word.as_str() {
        word if FRAUD.contains(&word) => Ok(Some(true)),
        word if NORMAL.contains(&word) => Ok(Some(false)),
        word if OPEN.contains(&word) => Ok(None),
        _ => label(cell, path).map(Some),
    }
}

fn read_labels(path: &Path, id: &str) -> Result<HashMap<String, Labels>, DatasetError> {
    let frame = read(path, "", 0)?;
    let id = column(&frame, path, id)?;
    let named = ["fraud", "label"].iter().find_map(|name| frame.column(name));
    let fraud = named.map_or_else(|| column(&frame, path, "verdict"), Ok)?;
    let [archetype, becomes, moved_at] = ["archetype", "becomes", "moved_at"].map(|name| frame.column(name));
    let rows = frame.rows.iter().filter_map(|row| {
        let fraud = match verdict(row.get(fraud), path) {
            Ok(Some(fraud)) => fraud,
            Ok(None) => return None,
            Err(error) => return Some(Err(error)),
        };
        let labels = Labels {
            fraud,
            archetype: text_at(row, archetype),
            becomes: text_at(row, becomes),
            moved_at: Rfc3339::parse(&text_at(row, moved_at)).map(|time| time.0),
        };
        Some(Ok((text_at(row, Some(id)), labels)))
    });
    rows.collect()
}

impl Dataset {
    /// Reads a table with its labels. Rows without a label in a joined table are left out; the second value counts
    /// them.
    pub fn labelled(path: &Path, columns: &TableColumns, labels: &LabelSource) -> Result<(Self, usize), DatasetError> {
        let frame = read(path, crate::feature::FEATURES.name, crate::feature::FEATURES.version)?;
        let id_column = column(&frame, path, &columns.id)?;
        let optional = |name: &Option<String>| name.as_ref().map(|name| column(&frame, path, name)).transpose();
        let (group, time) = (optional(&columns.group)?, optional(&columns.time)?);
        let (label_column, joined) = match labels {
            LabelSource::Column(name) => (Some(column(&frame, path, name)?), HashMap::new()),
            LabelSource::Table(labels) => (None, read_labels(labels, &columns.id)?),
        };
        let about: Vec<usize> = [Some(id_column), label_column, group, time].into_iter().flatten().collect();
        let named = |place: &usize| frame.columns.get(*place).is_some_and(|name| columns.without.contains(name));
        let places: Vec<usize> = feature_places(&frame, &about).into_iter().filter(|place| !named(place)).collect();
        let archetype = frame.column("archetype");
        let mut data = Self {
            features: places.iter().filter_map(|p| frame.columns.get(*p).cloned()).collect(),
            ..Self::default()
        };
        let mut left_out = 0;
        for row in &frame.rows {
            let id = text_at(row, Some(id_column));
            let (fraud, archetype) = match label_column {
                Some(place) => {
                    let fraud = label(row.get(place), path)?;
                    let named = text_at(row, archetype);
                    let fallback = if fraud { "fraud" } else { "normal" };
                    (fraud, if named.is_empty() { fallback.to_owned() } else { named })
                }
                None => match joined.get(&id) {
                    Some(labels) => labels.at(middle(&frame, row)),
                    None => {
                        left_out += 1;
                        continue;
                    }
                },
            };
            data.groups.push(group.map_or_else(|| id.clone(), |group| text_at(row, Some(group))));
            data.times.extend(time.map(|time| text_at(row, Some(time))));
            data.ids.push(id);
            data.values.push(numbers(row, &places));
            data.fraud.push(fraud);
            data.archetypes.push(archetype);
        }
        Ok((data, left_out))
    }

    /// Reads a table without labels: ids and features only.
    pub fn unlabelled(path: &Path, id: &str) -> Result<Self, DatasetError> {
        let frame = read(path, crate::feature::FEATURES.name, crate::feature::FEATURES.version)?;
        let id_column = column(&frame, path, id)?;
        let places = feature_places(&frame, &[id_column]);
        Ok(Self {
            ids: frame.rows.iter().map(|row| text_at(row, Some(id_column))).collect(),
            features: places.iter().filter_map(|place| frame.columns.get(*place).cloned()).collect(),
            values: frame.rows.iter().map(|row| numbers(row, &places)).collect(),
            ..Self::default()
        })
    }

    /// Some of the rows.
    pub fn subset(&self, rows: &[usize]) -> Self {
        fn some<T: Clone>(all: &[T], rows: &[usize]) -> Vec<T> {
            rows.iter().filter_map(|row| all.get(*row).cloned()).collect()
        }
        Self {
            ids: some(&self.ids, rows),
            features: self.features.clone(),
            values: some(&self.values, rows),
            fraud: some(&self.fraud, rows),
            archetypes: some(&self.archetypes, rows),
            groups: some(&self.groups, rows),
            times: some(&self.times, rows),
        }
    }

    /// The same rows with the features in the given order; absent ones are NaN. The second value lists those that the
    /// table does not have.
    pub fn arranged<'a>(&self, features: impl Iterator<Item = &'a str>) -> (Vec<Vec<f64>>, Vec<String>) {
        let mut missing = Vec::new();
        let places: Vec<Option<usize>> = features
            .map(|name| {
                let place = self.features.iter().position(|feature| feature == name);
                if place.is_none() {
                    missing.push(name.to_owned());
                }
                place
            })
            .collect();
        let arrange = |row: &Vec<f64>| {
            places.iter().map(|place| place.and_then(|place| row.get(place).copied()).unwrap_or(f64::NAN)).collect()
        };
        (self.values.iter().map(arrange).collect(), missing)
    }
}

impl Labels {
    fn at(&self, middle: Option<i64>) -> (bool, String) {
        let before = matches!((self.moved_at, middle), (Some(moved), Some(middle)) if middle < moved);
        let fraud = self.fraud && !before;
        let named = if fraud && !self.becomes.is_empty() { &self.becomes } else { &self.archetype };
        let fallback = if fraud { "fraud" } else { "normal" };
        (fraud, if named.is_empty() { fallback.to_owned() } else { named.clone() })
    }
}

fn middle(frame: &Frame, row: &[Cell]) -> Option<i64> {
    let time = |name: &str| Rfc3339::parse(&text_at(row, frame.column(name))).map(|time| time.0);
    let (start, end) = (time("window_start")?, time("window_end")?);
    Some(start + (end - start) / 2)
}

fn numbers(row: &[Cell], places: &[usize]) -> Vec<f64> {
    places.iter().map(|place| row.get(*place).and_then(Cell::number).unwrap_or(f64::NAN)).collect()
}

/// The columns that are features: this program's own where the table has them, else every column of numbers.
fn feature_places(frame: &Frame, about: &[usize]) -> Vec<usize> {
    let timeless = registry().iter().filter(|definition| !definition.needs_local_time());
    let own: Vec<usize> = timeless.filter_map(|definition| frame.column(definition.name)).collect();
    if own.len() * 2 > registry().len() {
        return own;
    }
    let numeric = |place: &usize| {
        let mut cells =
            frame.rows.iter().filter_map(|row| row.get(*place)).filter(|cell| **cell != Cell::Null).peekable();
        cells.peek().is_some() && cells.all(|cell| cell.number().is_some())
    };
    let known = |place: &usize| frame.columns.get(*place).is_some_and(|name| ABOUT.contains(&name.as_str()));
    (0..frame.columns.len()).filter(|p| !about.contains(p) && !known(p) && numeric(p)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_labelled_by_what_it_was_at_the_time() {
        let labels = Labels {
            fraud: true,
            archetype: "child_watch".into(),
            becomes: "voice_gateway".into(),
            moved_at: Some(100),
        };
        assert_eq!(labels.at(Some(50)), (false, "child_watch".to_owned()));
        assert_eq!(labels.at(Some(150)), (true, "voice_gateway".to_owned()));
        assert_eq!(labels.at(None), (true, "voice_gateway".to_owned()));
    }
}

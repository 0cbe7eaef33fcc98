//! Reading a table back, by column name: CSV, JSON Lines or Parquet.

use super::Format;
use super::parquet::{PRODUCT_KEY, VERSION_KEY};
use crate::time::Rfc3339;
use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Float64Type, Int32Type, Int64Type, TimestampNanosecondType};
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, TimeUnit};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

/// One value that was read.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Absent.
    Null,
    /// A number (also from text that is one).
    Number(f64),
    /// Any other text.
    Text(String),
}

impl Cell {
    fn of_text(text: &str) -> Self {
        match text {
            "" => Self::Null,
            _ => Self::Text(text.to_owned()),
        }
    }

    /// As a number: numbers, texts that are one, and true/false as 1 and 0.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => match text.as_str() {
                "true" => Some(1.0),
                "false" => Some(0.0),
                text => text.parse().ok().filter(|number: &f64| !number.is_nan()),
            },
            Self::Null => None,
        }
    }

    /// As text; a number as it is written.
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Number(number) => Some(number.to_string()),
            Self::Null => None,
        }
    }
}

/// A whole table in memory, row by row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Frame {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows; each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
}

impl Frame {
    /// The place of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }
}

pub(super) fn invalid(path: &Path, what: impl std::fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("{}: {what}", path.display()))
}

/// Reads a table; the format is told by the file's name. A Parquet file of a newer version of `product` than
/// `version` is refused.
pub fn read(path: &Path, product: &str, version: u32) -> io::Result<Frame> {
    let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    let format = Format::of_path(path).ok_or_else(|| invalid(path, "not a .csv, .jsonl or .parquet file"))?;
    let file = File::open(path).map_err(named)?;
    match format {
        Format::Csv => read_csv(path, file),
        Format::JsonLines => read_json_lines(path, file),
        Format::Parquet => read_parquet(path, file, product, version),
    }
}

fn read_csv(path: &Path, file: File) -> io::Result<Frame> {
    let mut reader = csv::Reader::from_reader(BufReader::new(file));
    let columns = reader.headers().map_err(|error| invalid(path, error))?.iter().map(str::to_owned).collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| invalid(path, error))?;
        rows.push(record.iter().map(Cell::of_text).collect());
    }
    Ok(Frame { columns, rows })
}

fn read_json_lines(path: &Path, file: File) -> io::Result<Frame> {
    let mut frame = Frame::default();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let object: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&line).map_err(|error| invalid(path, format!("line {}: {error}", number + 1)))?;
        let mut row = vec![Cell::Null; frame.columns.len()];
        for (key, value) in object {
            let place = *places.entry(key.clone()).or_insert_with(|| {
                frame.columns.push(key);
                frame.columns.len() - 1
            });
            row.resize(frame.columns.len().max(row.len()), Cell::Null);
            let cell = match value {
                serde_json::Value::Null => Cell::Null,
                serde_json::Value::Number(number) => number.as_f64().map_or(Cell::Null, Cell::Number),
                serde_json::Value::String(text) => Cell::Text(text),
                other => Cell::Text(other.to_string()),
            };
            if let Some(slot) = row.get_mut(place) {
                *slot = cell;
            }
        }
        frame.rows.push(row);
    }
    let width = frame.columns.len();
    frame.rows.iter_mut().for_each(|row| row.resize(width, Cell::Null));
    Ok(frame)
}

fn read_parquet(path: &Path, file: File, product: &str, version: u32) -> io::Result<Frame> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| invalid(path, error))?;
    checked(&builder, path, product, version)?;
    let columns = builder.schema().fields().iter().map(|field| field.name().clone()).collect();
    let mut frame = Frame { columns, rows: Vec::new() };
    for batch in builder.build().map_err(|error| invalid(path, error))? {
        let batch = batch.map_err(|error| invalid(path, error))?;
        let columns: Vec<Vec<Cell>> = batch
            .columns()
            .iter()
            .zip(&frame.columns)
            .map(|(array, name)| {
                column_cells(array)
                    .ok_or_else(|| invalid(path, format!("column {name} has type {}", array.data_type())))
            })
            .collect::<io::Result<_>>()?;
        let mut columns: Vec<_> = columns.into_iter().map(Vec::into_iter).collect();
        for _ in 0..batch.num_rows() {
            frame.rows.push(columns.iter_mut().map(|cells| cells.next().unwrap_or(Cell::Null)).collect());
        }
    }
    Ok(frame)
}

/// Refuses a newer version of a product.
pub(super) fn checked(
    builder: &ParquetRecordBatchReaderBuilder<File>,
    path: &Path,
    product: &str,
    version: u32,
) -> io::Result<()> {
    let metadata = builder.metadata().file_metadata().key_value_metadata();
    let value_of = |key: &str| metadata?.iter().find(|pair| pair.key == key)?.value.clone();
    if value_of(PRODUCT_KEY).is_some_and(|name| name == product) {
        let written = value_of(VERSION_KEY).and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
        if written > version {
            let what = format!("{product} of version {written}; this simhound reads up to version {version}");
            return Err(invalid(path, what));
        }
    }
    Ok(())
}

fn column_cells(array: &ArrayRef) -> Option<Vec<Cell>> {
    fn numbers<T: Copy>(values: impl Iterator<Item = Option<T>>, number: impl Fn(T) -> f64) -> Vec<Cell> {
        values.map(|value| value.map_or(Cell::Null, |value| Cell::Number(number(value)))).collect()
    }
    Some(match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().iter().map(|text| text.map_or(Cell::Null, Cell::of_text)).collect(),
        DataType::LargeUtf8 => {
            array.as_string::<i64>().iter().map(|text| text.map_or(Cell::Null, Cell::of_text)).collect()
        }
        DataType::Float64 => numbers(array.as_primitive::<Float64Type>().iter(), |number| number),
        DataType::Float32 => numbers(array.as_primitive::<Float32Type>().iter(), f64::from),
        DataType::Int64 => numbers(array.as_primitive::<Int64Type>().iter(), |number| number as f64),
        DataType::Int32 => numbers(array.as_primitive::<Int32Type>().iter(), f64::from),
        DataType::Boolean => numbers(array.as_boolean().iter(), |flag| f64::from(u8::from(flag))),
        DataType::Timestamp(TimeUnit::Nanosecond, _) => array
            .as_primitive::<TimestampNanosecondType>()
            .iter()
            .map(|time| time.map_or(Cell::Null, |time| Cell::Text(Rfc3339(time).to_string())))
            .collect(),
        DataType::Null => vec![Cell::Null; array.len()],
        _ => return None,
    })
}

//! A Parquet table that is too large for memory, read some rows at a time.

use super::read::{checked, invalid};
use arrow_array::cast::AsArray;
use arrow_array::types::{Int64Type, TimestampNanosecondType};
use arrow_array::{Array, RecordBatch};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::File;
use std::io;
use std::path::Path;

/// Some rows.
#[derive(Debug, Clone)]
pub struct Batch(RecordBatch);

impl Batch {
    /// How many rows.
    pub fn rows(&self) -> usize {
        self.0.num_rows()
    }

    /// The place of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.0.schema_ref().index_of(name).ok()
    }

    /// A text; `None` where it is absent, or the column has none.
    pub fn text(&self, column: usize, row: usize) -> Option<&str> {
        let texts = self.0.columns().get(column)?.as_string_opt::<i32>()?;
        (row < texts.len() && texts.is_valid(row)).then(|| texts.value(row))
    }

    /// A whole number, or a time in nanoseconds.
    pub fn int(&self, column: usize, row: usize) -> Option<i64> {
        let array = self.0.columns().get(column)?;
        let valid = row < array.len() && array.is_valid(row);
        if !valid {
            return None;
        }
        let times = array.as_primitive_opt::<TimestampNanosecondType>().map(|times| times.value(row));
        times.or_else(|| array.as_primitive_opt::<Int64Type>().map(|numbers| numbers.value(row)))
    }
}

/// The rows of a Parquet file. One that is a newer version of `product` than `version` is refused.
pub fn batches(path: &Path, product: &str, version: u32) -> io::Result<impl Iterator<Item = io::Result<Batch>>> {
    let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    let file = File::open(path).map_err(named)?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| invalid(path, error))?;
    checked(&builder, path, product, version)?;
    let reader = builder.with_batch_size(8192).build().map_err(|error| invalid(path, error))?;
    let path = path.to_owned();
    Ok(reader.map(move |batch| batch.map(Batch).map_err(|error| invalid(&path, error))))
}

//! Writing records as JSON Lines, CSV or Parquet.

use super::json::Objects;
use super::parquet::ParquetSheet;
use super::{Column, Each, Product, Record, Value};
use crate::text::{Text, decimal, padded};
use crate::time::Rfc3339;
use std::io::{self, Write};
use std::path::Path;
use std::str::FromStr;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line.
    JsonLines,
    /// Comma-separated values with a header (RFC 4180).
    Csv,
    /// Apache Parquet, compressed with zstd.
    Parquet,
}

impl Format {
    /// By the ending of a file's name.
    pub fn of_path(path: &Path) -> Option<Self> {
        path.extension()?.to_str()?.parse().ok()
    }
}

impl FromStr for Format {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "jsonl" | "json" | "ndjson" => Ok(Self::JsonLines),
            "csv" => Ok(Self::Csv),
            "parquet" => Ok(Self::Parquet),
            _ => Err(format!("unknown format {text:?}: jsonl, csv or parquet")),
        }
    }
}

/// Octets that are gathered before they are handed on.
const FULL: usize = 1 << 16;

enum Sheet<W: Write + Send> {
    JsonLines(W, Objects),
    Csv(Box<CsvRows<W>>),
    Parquet(Box<ParquetSheet<W>>),
}

/// A table being written.
pub struct TableWriter<W: Write + Send> {
    sheet: Sheet<W>,
    line: Vec<u8>,
}

impl<W: Write + Send> TableWriter<W> {
    /// A new table on `out`; the header is written at once.
    pub fn new(out: W, format: Format, product: Product, columns: &'static [Column]) -> io::Result<Self> {
        let sheet = match format {
            Format::JsonLines => Sheet::JsonLines(out, Objects::new(columns)),
            Format::Csv => {
                let mut rows = CsvRows::new(out);
                rows.writer.write_record(columns.iter().map(|column| column.name)).map_err(io_error)?;
                Sheet::Csv(Box::new(rows))
            }
            Format::Parquet => Sheet::Parquet(Box::new(ParquetSheet::new(out, product, columns)?)),
        };
        Ok(Self { sheet, line: Vec::new() })
    }

    /// Adds one record.
    pub fn write(&mut self, record: &impl Record) -> io::Result<()> {
        match &mut self.sheet {
            Sheet::JsonLines(out, objects) => {
                objects.append(&mut self.line, record)?;
                self.line.push(b'\n');
                if self.line.len() < FULL {
                    return Ok(());
                }
                let written = out.write_all(&self.line);
                self.line.clear();
                written
            }
            Sheet::Csv(rows) => rows.write(record),
            Sheet::Parquet(sheet) => sheet.push(record),
        }
    }

    /// Writes what is still held and gives the output back.
    pub fn finish(self) -> io::Result<W> {
        match self.sheet {
            Sheet::JsonLines(mut out, _) => {
                out.write_all(&self.line)?;
                out.flush().map(|()| out)
            }
            Sheet::Csv(rows) => rows.finish(),
            Sheet::Parquet(sheet) => sheet.finish(),
        }
    }
}

/// Rows of a CSV file, without the header: part of a table.
pub struct CsvRows<W: Write> {
    writer: csv::Writer<W>,
    text: Vec<u8>,
}

impl<W: Write> CsvRows<W> {
    /// Rows on `out`.
    pub fn new(out: W) -> Self {
        Self { writer: csv::Writer::from_writer(out), text: Vec::new() }
    }

    /// Adds one row.
    pub fn write(&mut self, record: &impl Record) -> io::Result<()> {
        let Self { writer, text } = self;
        let mut result = Ok(());
        record.values(&mut Each(|value| {
            if result.is_ok() {
                text.clear();
                write_text(text, value);
                result = writer.write_field(&*text);
            }
        }));
        result.and_then(|()| writer.write_record(None::<&[u8]>)).map_err(io_error)
    }

    /// Writes what is still held and gives the output back.
    pub fn finish(self) -> io::Result<W> {
        self.writer.into_inner().map_err(|error| io::Error::new(error.error().kind(), error.to_string()))
    }
}

/// The error of the system within one of the CSV writer, whose own conversion hides its kind.
fn io_error(error: csv::Error) -> io::Error {
    let text = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        _ => io::Error::other(text),
    }
}

/// Digits behind the point that are written without the machinery of formatting.
const PLACES: usize = 6;

/// The shortest text that is read as the same number. With few digits there is only one, so it need not be searched.
fn real(text: &mut Vec<u8>, number: f64) {
    const SCALE: f64 = 1e6;
    let scaled = (number.abs() * SCALE).round();
    if scaled >= 1e15 || scaled / SCALE != number.abs() || scaled == 0.0 {
        // Writing to a buffer in memory cannot fail.
        let _ = write!(text, "{number}");
        return;
    }
    if number < 0.0 {
        text.push(b'-');
    }
    let scaled = scaled as u64;
    decimal(text, scaled / SCALE as u64);
    let start = text.len();
    text.push(b'.');
    padded(text, scaled % SCALE as u64, PLACES);
    let zeros = text.iter().skip(start).rev().take_while(|digit| **digit == b'0').count();
    text.truncate(text.len().saturating_sub(zeros));
    if text.last() == Some(&b'.') {
        text.pop();
    }
}

/// A value as people read it; absent is empty.
fn write_text(text: &mut Vec<u8>, value: Value<'_>) {
    match value {
        Value::Null => {}
        Value::Text(written) | Value::Word(written) => written.append(text),
        Value::Shown(shown) => shown.append(text),
        Value::Int(number) => decimal(text, number),
        Value::Real(number) if number.is_nan() => {}
        // Most are counts, and whole numbers are written faster.
        Value::Real(number)
            if number.trunc() == number && number.abs() < 1e15 && (number != 0.0 || number.is_sign_positive()) =>
        {
            decimal(text, number as i64);
        }
        Value::Real(number) => real(text, number),
        Value::Bool(true) => "true".append(text),
        Value::Bool(false) => "false".append(text),
        Value::Time(nanoseconds) => Rfc3339(nanoseconds).append(text),
    }
}

#[cfg(test)]
mod tests {
    use super::real;
    use proptest::prelude::*;

    fn written(number: f64) -> String {
        let mut text = Vec::new();
        real(&mut text, number);
        String::from_utf8(text).unwrap()
    }

    proptest! {
        #[test]
        fn numbers_are_written_as_the_formatter_writes_them(number in any::<f64>(), digits in any::<i64>(), places in 0..9) {
            prop_assert_eq!(written(number), number.to_string());
            for digits in [digits, digits % 1_000_000_000, digits % 1000] {
                let number = digits as f64 / 10f64.powi(places);
                prop_assert_eq!(written(number), number.to_string());
            }
        }
    }
}

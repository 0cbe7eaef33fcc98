//! Writing records as JSON Lines, CSV or Parquet.

use super::json::Objects;
use super::parquet::ParquetSheet;
use super::{Column, Each, Product, Put, Record, Value};
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
                rows.write(&Header(columns))?;
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

/// The names of columns as a row.
struct Header(&'static [Column]);

impl Record for Header {
    fn values(&self, put: &mut impl Put) {
        self.0.iter().for_each(|column| put.put(Value::Text(column.name)));
    }
}

/// Rows of a CSV file (RFC 4180 with line feeds alone), without the header: part of a table.
pub struct CsvRows<W: Write> {
    out: W,
    lines: Vec<u8>,
}

impl<W: Write> CsvRows<W> {
    /// Rows on `out`.
    pub fn new(out: W) -> Self {
        Self { out, lines: Vec::new() }
    }

    /// Adds one row.
    pub fn write(&mut self, record: &impl Record) -> io::Result<()> {
        let Self { out, lines } = self;
        let start = lines.len();
        record.values(&mut Each(|value| {
            field(lines, value);
            lines.push(b',');
        }));
        // The last comma; a row of one empty field would be an empty line.
        if lines.len() > start {
            lines.pop();
        }
        if lines.len() == start {
            lines.extend_from_slice(b"\"\"");
        }
        lines.push(b'\n');
        if lines.len() < FULL {
            return Ok(());
        }
        let written = out.write_all(lines);
        lines.clear();
        written
    }

    /// Writes what is still held and gives the output back.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.write_all(&self.lines)?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// A value as a field, in quotes where it has something that would end it.
fn field(line: &mut Vec<u8>, value: Value<'_>) {
    let start = line.len();
    write_text(line, value);
    let foreign = match value {
        Value::Text(_) => true,
        Value::Shown(shown) => !shown.is_plain(),
        _ => false,
    };
    let ends = |octet: &u8| matches!(octet, b',' | b'"' | b'\r' | b'\n');
    if foreign && line.iter().skip(start).any(ends) {
        let text = line.split_off(start);
        line.push(b'"');
        for part in text.split_inclusive(|octet| *octet == b'"') {
            line.extend_from_slice(part);
            if part.last() == Some(&b'"') {
                line.push(b'"');
            }
        }
        line.push(b'"');
    }
}

/// A whole number that is not too large for a conversion back and forth; -0 is none.
fn whole(number: f64) -> Option<i64> {
    let whole = number as i64;
    (whole as f64 == number && number.abs() < 1e15 && (whole != 0 || number.is_sign_positive())).then_some(whole)
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
        Value::Real(number) => match whole(number) {
            // Most are counts, and whole numbers are written faster.
            Some(number) => decimal(text, number),
            None => real(text, number),
        },
        Value::Bool(true) => "true".append(text),
        Value::Bool(false) => "false".append(text),
        Value::Time(nanoseconds) => Rfc3339(nanoseconds).append(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct Texts<'t>(&'t [String]);

    impl Record for Texts<'_> {
        fn values(&self, put: &mut impl Put) {
            self.0.iter().for_each(|text| put.put(Value::Text(text)));
        }
    }

    fn written(number: f64) -> String {
        let mut text = Vec::new();
        real(&mut text, number);
        String::from_utf8(text).unwrap()
    }

    proptest! {
        #[test]
        fn rows_are_written_as_the_csv_crate_writes_them(
            rows in prop::collection::vec(prop::collection::vec("[a\",\r\n ;é]{0,4}", 3), 1..20), lone in "[a\"]{0,1}",
        ) {
            let (mut ours, mut theirs) = (CsvRows::new(Vec::new()), csv::Writer::from_writer(Vec::new()));
            for row in &rows {
                ours.write(&Texts(row)).unwrap();
                theirs.write_record(row).unwrap();
            }
            prop_assert_eq!(ours.finish().unwrap(), theirs.into_inner().unwrap());
            let (mut ours, mut theirs) = (CsvRows::new(Vec::new()), csv::Writer::from_writer(Vec::new()));
            ours.write(&Texts(std::slice::from_ref(&lone))).unwrap();
            theirs.write_record([&lone]).unwrap();
            prop_assert_eq!(ours.finish().unwrap(), theirs.into_inner().unwrap());
        }

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

//! Where records go: a file by its name, or standard output.

use super::{Failure, Misused};
use crate::report::private_file;
use crate::table::{Column, Format, Product, Record, TableWriter};
use anstream::AutoStream;
use clap::ColorChoice;
use std::fmt::Display;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Where and how to write a table.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Output {
    /// Write to this file instead of standard output; its ending chooses the format
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// jsonl, csv or parquet [default: by the ending of FILE, else jsonl]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
}

/// Where and how to write messages: as a table, or as lines for reading.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct TableOrLines {
    /// Write to this file instead of standard output; its ending chooses the format
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// text (a line each, for reading), jsonl, csv or parquet [default: by the ending of FILE, else jsonl]
    #[arg(long, value_name = "FORMAT", value_parser = table_or_text)]
    format: Option<TableOrText>,
    /// Colours in text: auto (on a terminal), always or never
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

/// A format for reading, or one of tables.
#[derive(Debug, Clone, Copy)]
enum TableOrText {
    Text,
    Table(Format),
}

fn table_or_text(text: &str) -> Result<TableOrText, String> {
    match text {
        "text" | "txt" => Ok(TableOrText::Text),
        other => other.parse().map(TableOrText::Table).map_err(|_| "text, jsonl, csv or parquet".to_owned()),
    }
}

impl TableOrLines {
    fn table(&self) -> Output {
        let format = match self.format {
            Some(TableOrText::Table(format)) => Some(format),
            _ => None,
        };
        Output { output: self.output.clone(), format }
    }

    /// Refuses to write over one of the files that are read.
    pub(super) fn spare(&self, inputs: &[impl AsRef<Path>]) -> Result<(), Misused> {
        spare(self.output.as_deref(), inputs)
    }

    /// Opens the table, or the lines.
    pub(super) fn open(&self, product: Product, columns: &'static [Column]) -> Result<Written, Failure> {
        let ending = self.output.as_deref().and_then(|path| path.extension()?.to_str());
        let text = match self.format {
            Some(format) => matches!(format, TableOrText::Text),
            None => ending == Some("txt"),
        };
        if !text {
            return self.table().open(product, columns).map(Written::Table);
        }
        let coloured = match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                self.output.as_deref().is_none_or(is_standard)
                    && AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
            }
        };
        let out = BufWriter::with_capacity(1 << 16, target(self.output.as_deref())?);
        Ok(Written::Lines(Lines { out, coloured, error: None }))
    }
}

/// Messages being written.
pub(super) enum Written {
    Table(Table),
    Lines(Lines),
}

impl Written {
    /// True when writing failed: there is no use in going on.
    pub(super) fn failed(&self) -> bool {
        match self {
            Self::Table(table) => table.failed(),
            Self::Lines(lines) => lines.error.is_some(),
        }
    }

    pub(super) fn finish(self) -> io::Result<()> {
        match self {
            Self::Table(table) => table.finish(),
            Self::Lines(Lines { error: Some(error), .. }) => Err(error),
            Self::Lines(mut lines) => lines.out.flush(),
        }
    }
}

/// Lines for reading; the first error is kept, and nothing is written after it.
pub(super) struct Lines {
    out: BufWriter<Box<dyn Write + Send>>,
    coloured: bool,
    error: Option<io::Error>,
}

impl Lines {
    pub(super) fn coloured(&self) -> bool {
        self.coloured
    }

    pub(super) fn write(&mut self, line: &dyn Display) {
        if self.error.is_none() {
            self.error = writeln!(self.out, "{line}").err();
        }
    }
}

/// `-` is standard output, as it is standard input for captures.
fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Refuses to write over one of the files that are read.
pub(super) fn spare(output: Option<&Path>, inputs: &[impl AsRef<Path>]) -> Result<(), Misused> {
    let Some(output) = output.and_then(|path| path.canonicalize().ok()) else { return Ok(()) };
    match inputs.iter().find(|input| input.as_ref().canonicalize().is_ok_and(|input| input == output)) {
        None => Ok(()),
        Some(input) => Err(Misused(format!("{} is an input: it would be lost", input.as_ref().display()))),
    }
}

/// A file that only its owner can read, or standard output.
pub(super) fn target(path: Option<&Path>) -> io::Result<Box<dyn Write + Send>> {
    Ok(match path.filter(|path| !is_standard(path)) {
        Some(path) => Box::new(private_file(path)?),
        None => Box::new(io::stdout()),
    })
}

impl Output {
    /// Refuses to write over one of the files that are read.
    pub(super) fn spare(&self, inputs: &[impl AsRef<Path>]) -> Result<(), Misused> {
        spare(self.output.as_deref(), inputs)
    }

    /// Opens the table.
    pub(super) fn open(&self, product: Product, columns: &'static [Column]) -> Result<Table, Failure> {
        let by_name = self.output.as_deref().and_then(Format::of_path);
        let file = self.output.as_deref().filter(|path| !is_standard(path));
        let format = match (self.format.or(by_name), file) {
            (Some(format), _) => format,
            (None, None) => Format::JsonLines,
            (None, Some(path)) => {
                let what = format!("{}: end it in .jsonl, .csv or .parquet, or give --format", path.display());
                return Err(Misused(what).into());
            }
        };
        let out = target(self.output.as_deref())?;
        let writer = TableWriter::new(BufWriter::with_capacity(1 << 16, out), format, product, columns)?;
        Ok(Table { writer, error: None })
    }
}

/// A table being written; the first error is kept, and nothing is written after it.
pub(super) struct Table {
    writer: TableWriter<BufWriter<Box<dyn Write + Send>>>,
    error: Option<io::Error>,
}

impl Table {
    pub(super) fn write(&mut self, record: &impl Record) {
        if self.error.is_none() {
            self.error = self.writer.write(record).err();
        }
    }

    /// True when writing failed: there is no use in going on.
    pub(super) fn failed(&self) -> bool {
        self.error.is_some()
    }

    pub(super) fn finish(self) -> io::Result<()> {
        match self.error {
            Some(error) => Err(error),
            None => self.writer.finish()?.flush(),
        }
    }
}

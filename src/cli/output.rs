//! Where records go: a file by its name, or standard output.

use crate::report::private_file;
use crate::table::{Column, Format, Product, Record, TableWriter};
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

impl Output {
    /// Refuses to write over one of the files that are read.
    pub(super) fn spare(&self, inputs: &[impl AsRef<Path>]) -> io::Result<()> {
        let Some(output) = self.output.as_deref().and_then(|path| path.canonicalize().ok()) else { return Ok(()) };
        match inputs.iter().find(|input| input.as_ref().canonicalize().is_ok_and(|input| input == output)) {
            None => Ok(()),
            Some(input) => Err(io::Error::other(format!("{} is an input: it would be lost", input.as_ref().display()))),
        }
    }

    /// Opens the table.
    pub(super) fn open(&self, product: Product, columns: &'static [Column]) -> io::Result<Table> {
        let by_name = self.output.as_deref().and_then(Format::of_path);
        let format = match (self.format.or(by_name), &self.output) {
            (Some(format), _) => format,
            (None, None) => Format::JsonLines,
            (None, Some(path)) => {
                let what = format!("{}: end it in .jsonl, .csv or .parquet, or give --format", path.display());
                return Err(io::Error::other(what));
            }
        };
        let out: Box<dyn Write + Send> = match &self.output {
            Some(path) => Box::new(private_file(path)?),
            None => Box::new(io::stdout()),
        };
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
    pub(super) fn write(&mut self, record: &dyn Record) {
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

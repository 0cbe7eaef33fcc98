//! Where records go: a file by its name, or standard output.

use crate::report::private_file;
use crate::table::{Column, Format, Product, Record, TableWriter};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

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
    /// Opens the table.
    pub(super) fn open(&self, product: Product, columns: &'static [Column]) -> io::Result<Table> {
        let by_name = self.output.as_deref().and_then(Format::of_path);
        let format = self.format.or(by_name).unwrap_or(Format::JsonLines);
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

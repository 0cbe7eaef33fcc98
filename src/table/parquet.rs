//! Parquet through Arrow: columns are gathered in batches and written as row groups.

use super::{Column, Each, Kind, Product, Record, Value};
use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, StringBuilder, TimestampNanosecondBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use std::io::{self, Write};
use std::sync::Arc;

/// Rows that are held before they are handed to the writer.
const BATCH_ROWS: usize = 8192;

/// The metadata key that names the product.
pub(super) const PRODUCT_KEY: &str = "simhound.product";
/// The metadata key that holds the version of the product's columns.
pub(super) const VERSION_KEY: &str = "simhound.version";

enum Builder {
    Text(StringBuilder),
    Int(Int64Builder),
    Real(Float64Builder),
    Bool(BooleanBuilder),
    Time(TimestampNanosecondBuilder),
}

impl Builder {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(StringBuilder::new()),
            Kind::Int => Self::Int(Int64Builder::new()),
            Kind::Real => Self::Real(Float64Builder::new()),
            Kind::Bool => Self::Bool(BooleanBuilder::new()),
            Kind::Time => Self::Time(TimestampNanosecondBuilder::new().with_timezone("UTC")),
        }
    }

    /// Adds a value; `text` is used for what writes itself.
    fn push(&mut self, value: Value<'_>, text: &mut Vec<u8>) -> io::Result<()> {
        match (self, value) {
            (Self::Text(builder), Value::Text(text) | Value::Word(text)) => builder.append_value(text),
            (Self::Text(builder), Value::Shown(shown)) => {
                text.clear();
                shown.append(text);
                builder.append_value(std::str::from_utf8(text).map_err(io::Error::other)?);
            }
            (Self::Text(builder), Value::Null) => builder.append_null(),
            (Self::Int(builder), Value::Int(number)) => builder.append_value(number),
            (Self::Int(builder), Value::Null) => builder.append_null(),
            (Self::Real(builder), Value::Real(number)) if !number.is_nan() => builder.append_value(number),
            (Self::Real(builder), Value::Int(number)) => builder.append_value(number as f64),
            (Self::Real(builder), Value::Null | Value::Real(_)) => builder.append_null(),
            (Self::Bool(builder), Value::Bool(flag)) => builder.append_value(flag),
            (Self::Bool(builder), Value::Null) => builder.append_null(),
            (Self::Time(builder), Value::Time(time)) => builder.append_value(time),
            (Self::Time(builder), Value::Null) => builder.append_null(),
            _ => {
                return Err(io::Error::other("a record gave a value of another kind than its column"));
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(builder) => Arc::new(builder.finish()),
            Self::Int(builder) => Arc::new(builder.finish()),
            Self::Real(builder) => Arc::new(builder.finish()),
            Self::Bool(builder) => Arc::new(builder.finish()),
            Self::Time(builder) => Arc::new(builder.finish()),
        }
    }
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::Utf8,
        Kind::Int => DataType::Int64,
        Kind::Real => DataType::Float64,
        Kind::Bool => DataType::Boolean,
        Kind::Time => DataType::Timestamp(TimeUnit::Nanosecond, Some("UTC".into())),
    }
}

/// A Parquet file being written.
pub(super) struct ParquetSheet<W: Write + Send> {
    schema: Arc<Schema>,
    builders: Vec<Builder>,
    text: Vec<u8>,
    rows: usize,
    writer: ArrowWriter<W>,
}

impl<W: Write + Send> ParquetSheet<W> {
    pub(super) fn new(out: W, product: Product, columns: &[Column]) -> io::Result<Self> {
        let fields: Vec<Field> =
            columns.iter().map(|column| Field::new(column.name, data_type(column.kind), true)).collect();
        let schema = Arc::new(Schema::new(fields));
        let metadata = vec![
            KeyValue::new(PRODUCT_KEY.to_owned(), product.name.to_owned()),
            KeyValue::new(VERSION_KEY.to_owned(), product.version.to_string()),
        ];
        let level = ZstdLevel::try_new(3).map_err(io::Error::other)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(level))
            .set_created_by(concat!("simhound ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_key_value_metadata(Some(metadata))
            .build();
        let writer = ArrowWriter::try_new(out, Arc::clone(&schema), Some(properties)).map_err(io::Error::other)?;
        let builders = columns.iter().map(|column| Builder::new(column.kind)).collect();
        Ok(Self { schema, builders, text: Vec::new(), rows: 0, writer })
    }

    pub(super) fn push(&mut self, record: &impl Record) -> io::Result<()> {
        let mut result = Ok(());
        let Self { builders, text, .. } = self;
        let mut builders = builders.iter_mut();
        record.values(&mut Each(|value| {
            if let (Some(builder), Ok(())) = (builders.next(), &result) {
                result = builder.push(value, text);
            }
        }));
        result?;
        self.rows += 1;
        if self.rows >= BATCH_ROWS { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.rows = 0;
        let arrays = self.builders.iter_mut().map(Builder::finish).collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays).map_err(io::Error::other)?;
        self.writer.write(&batch).map_err(io::Error::other)
    }

    pub(super) fn finish(mut self) -> io::Result<W> {
        if self.rows > 0 {
            self.flush()?;
        }
        self.writer.into_inner().map_err(io::Error::other)
    }
}

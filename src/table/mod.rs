//! Data products as tables: one description of the columns, three formats.
//!
//! A kind of record lists its [`Column`]s once and gives its [`Value`]s in the same order; JSON Lines, CSV and Parquet
//! follow from that. Absent values are left out of JSON, empty in CSV, null in Parquet. Parquet files carry the
//! product's name and version in their metadata, and a reader that meets a newer version says so.

mod batches;
mod json;
mod parquet;
mod read;
mod write;

pub use batches::{Batch, batches};
pub use read::{Cell, Frame, read};
pub use write::{CsvRows, Format, TableWriter};

use crate::text::Text;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// Whole number.
    Int,
    /// Real number.
    Real,
    /// True or false.
    Bool,
    /// Nanoseconds since 1970, UTC: RFC 3339 in text, a timestamp in Parquet.
    Time,
}

/// One column: name and kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The name in the header, the JSON key.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
}

impl Column {
    /// A column.
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, kind }
    }
}

/// A product: its name and the version of its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Product {
    /// For example `events`.
    pub name: &'static str,
    /// Raised when a column changes its meaning or goes away.
    pub version: u32,
}

/// One value of a record.
#[derive(Clone, Copy)]
pub enum Value<'a> {
    /// Absent.
    Null,
    /// Text that is there already.
    Text(&'a str),
    /// One of our own words: letters, digits and marks that need no escape.
    Word(&'static str),
    /// Text that writes itself.
    Shown(&'a dyn Text),
    /// Whole number.
    Int(i64),
    /// Real number; NaN is absent.
    Real(f64),
    /// True or false.
    Bool(bool),
    /// Nanoseconds since 1970.
    Time(i64),
}

impl<'a> Value<'a> {
    /// A shown value or absent.
    pub fn shown<T: Text>(value: &'a Option<T>) -> Self {
        value.as_ref().map_or(Self::Null, |value| Self::Shown(value))
    }
    /// A text or absent.
    pub fn text(value: Option<&'a str>) -> Self {
        value.map_or(Self::Null, Self::Text)
    }
    /// A word of ours or absent.
    pub fn word(value: Option<&'static str>) -> Self {
        value.map_or(Self::Null, Self::Word)
    }
    /// A whole number or absent.
    pub fn int(value: Option<impl Into<i64>>) -> Self {
        value.map_or(Self::Null, |value| Self::Int(value.into()))
    }
}

/// Takes the values of a record.
pub trait Put {
    /// Takes the next one.
    fn put(&mut self, value: Value<'_>);
}

/// Does the same with each value.
pub struct Each<F: FnMut(Value<'_>)>(pub F);

impl<F: FnMut(Value<'_>)> Put for Each<F> {
    fn put(&mut self, value: Value<'_>) {
        self.0(value);
    }
}

/// A record that can stand in a table.
pub trait Record {
    /// Gives the values, in the order of the product's columns.
    fn values(&self, put: &mut impl Put);
}

//! Feature rows as a table: one subscriber in one window, or in one part of it.

use super::{Profile, registry};
use crate::table::{Column, Kind, Product, Put, Record, Value};
use std::sync::LazyLock;

/// The product of features.
pub const FEATURES: Product = Product { name: "features", version: 1 };

/// Columns before the features.
const HEAD: [Column; 8] = [
    Column::new("imsi", Kind::Text),
    Column::new("msisdn", Kind::Text),
    Column::new("imei", Kind::Text),
    Column::new("cell", Kind::Text),
    Column::new("window_start", Kind::Time),
    Column::new("window_end", Kind::Time),
    Column::new("part", Kind::Text),
    Column::new("events", Kind::Int),
];

/// All columns: who, when, then the features in the order of the registry.
pub fn feature_columns() -> &'static [Column] {
    static COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(|| {
        let features = registry().iter().map(|definition| Column::new(definition.name, Kind::Real));
        HEAD.into_iter().chain(features).collect()
    });
    &COLUMNS
}

/// A profile as a row.
pub struct FeatureRow<'a>(pub &'a Profile);

impl Record for FeatureRow<'_> {
    fn values(&self, put: &mut impl Put) {
        let profile = self.0;
        put.put(Value::Shown(&profile.imsi));
        put.put(Value::shown(&profile.msisdn));
        put.put(Value::shown(&profile.main_device()));
        put.put(Value::shown(&profile.main_cell()));
        put.put(Value::Time(profile.span.start));
        put.put(Value::Time(profile.span.end));
        put.put(Value::Text(profile.part.name()));
        put.put(Value::Int(i64::from(profile.events())));
        for value in &profile.values {
            put.put(Value::Real(*value));
        }
    }
}

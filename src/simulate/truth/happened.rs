//! `events-truth.csv`: what happened, and which probes could see it.

use crate::event::{Event, PeerText};
use crate::identity::{CellId, Names};
use crate::table::{Column, Kind, Product, Put, Record, Value};

/// The product.
pub const HAPPENED: Product = Product { name: "events-truth", version: 1 };

/// Its columns: some of those of events, then when all was over and who could see it.
pub const HAPPENED_COLUMNS: &[Column] = &[
    Column::new("time", Kind::Time),
    Column::new("kind", Kind::Text),
    Column::new("direction", Kind::Text),
    Column::new("imsi", Kind::Text),
    Column::new("imei", Kind::Text),
    Column::new("msisdn", Kind::Text),
    Column::new("peer", Kind::Text),
    Column::new("cell", Kind::Text),
    Column::new("cell_4g", Kind::Text),
    Column::new("interface", Kind::Text),
    Column::new("outcome", Kind::Text),
    Column::new("duration_ms", Kind::Int),
    Column::new("over", Kind::Time),
    Column::new("seen_by", Kind::Text),
];

/// One event that happened.
pub struct Happened<'a> {
    /// The event.
    pub event: &'a Event,
    /// The texts of its names.
    pub names: &'a Names,
    /// The 2G/3G cell and the 4G cell of the site where it was.
    pub cells: [Option<CellId>; 2],
    /// When all was over, nanoseconds since 1970.
    pub over: i64,
    /// The probes that could see it.
    pub seen_by: &'a str,
}

impl Record for Happened<'_> {
    fn values(&self, put: &mut impl Put) {
        let Event { time, kind, direction, imsi, imei, msisdn, interface, outcome, duration_ms, .. } = *self.event;
        put.put(Value::Time(time));
        put.put(Value::Text(kind.name()));
        put.put(Value::Text(direction.name()));
        put.put(Value::shown(&imsi));
        put.put(Value::shown(&imei));
        put.put(Value::shown(&msisdn));
        put.put(Value::shown(&self.event.peer.map(|peer| PeerText(peer, self.names))));
        let [cell, cell_4g] = self.cells;
        put.put(Value::shown(&cell));
        put.put(Value::shown(&cell_4g));
        put.put(Value::Text(interface.name()));
        put.put(Value::Text(outcome.name()));
        put.put(Value::int(duration_ms));
        put.put(Value::Time(self.over));
        put.put(Value::Text(self.seen_by));
    }
}

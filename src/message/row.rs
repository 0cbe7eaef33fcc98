//! A message as a row of its table.

use super::{Dialogue, Message, Operation, Party};
use crate::event::Interface;
use crate::identity::{CellId, Imei};
use crate::table::{Column, Kind, Product, Put, Record, Value};
use crate::text::{Hex32, Spaced};

/// The product of messages.
pub const MESSAGES: Product = Product { name: "messages", version: 1 };

/// Its columns.
pub const MESSAGE_COLUMNS: &[Column] = &[
    Column::new("file", Kind::Text),
    Column::new("frame", Kind::Int),
    Column::new("frames", Kind::Text),
    Column::new("time", Kind::Time),
    Column::new("protocol", Kind::Text),
    Column::new("interface", Kind::Text),
    Column::new("operation", Kind::Text),
    Column::new("version", Kind::Int),
    Column::new("role", Kind::Text),
    Column::new("dialogue", Kind::Text),
    Column::new("calling", Kind::Text),
    Column::new("called", Kind::Text),
    Column::new("imsi", Kind::Text),
    Column::new("msisdn", Kind::Text),
    Column::new("imei", Kind::Text),
    Column::new("imeisv", Kind::Text),
    Column::new("tmsi", Kind::Text),
    Column::new("guti", Kind::Text),
    Column::new("cell", Kind::Text),
    Column::new("cell_kind", Kind::Text),
    Column::new("plmn", Kind::Text),
    Column::new("calling_number", Kind::Text),
    Column::new("called_number", Kind::Text),
    Column::new("serving_node", Kind::Text),
    Column::new("also", Kind::Text),
    Column::new("cause", Kind::Int),
    Column::new("cause_name", Kind::Text),
    Column::new("inferred", Kind::Bool),
    Column::new("repeat_of", Kind::Int),
    Column::new("status", Kind::Text),
];

/// A message with the path of its file.
pub struct MessageRow<'a> {
    /// The message.
    pub message: &'a Message<'a>,
    /// The path of its file.
    pub file: &'a str,
}

impl Record for MessageRow<'_> {
    fn values(&self, put: &mut impl Put) {
        let Self { message, file } = self;
        let named = &message.named;
        let (frames, also) = (Spaced(message.frames), Spaced(&named.more));
        let some = |present: bool, value| if present { value } else { Value::Null };
        put.put(Value::Text(file));
        put.put(Value::Int(message.source.frame as i64));
        put.put(some(message.frames.len() > 1, Value::Shown(&frames)));
        put.put(Value::Time(message.time));
        put.put(Value::Word(message.protocol.name()));
        put.put(Value::word(message.interface.map(Interface::name)));
        put.put(match message.operation {
            Operation::Name(name) => Value::Word(name),
            ref other => Value::Shown(other),
        });
        put.put(Value::int(message.version));
        put.put(Value::Shown(&message.role));
        put.put(some(message.dialogue != Dialogue::None, Value::Shown(&message.dialogue)));
        put.put(some(message.calling != Party::None, Value::Shown(&message.calling)));
        put.put(some(message.called != Party::None, Value::Shown(&message.called)));
        put.put(Value::shown(&named.imsi));
        put.put(Value::shown(&named.msisdn));
        put.put(Value::shown(&named.imei.filter(|imei| !imei.is_imeisv())));
        put.put(Value::shown(&named.imei.filter(|imei| Imei::is_imeisv(*imei))));
        put.put(Value::shown(&named.tmsi.map(Hex32)));
        put.put(Value::shown(&named.guti));
        put.put(Value::shown(&named.cell));
        put.put(Value::word(named.cell.map(|cell: CellId| cell.kind.name())));
        put.put(Value::shown(&named.plmn));
        put.put(Value::shown(&named.calling));
        put.put(Value::shown(&named.called));
        put.put(Value::shown(&named.serving_node));
        put.put(some(!named.more.is_empty(), Value::Shown(&also)));
        put.put(Value::int(message.cause));
        put.put(Value::word(message.cause_name()));
        put.put(some(message.inferred, Value::Bool(true)));
        put.put(Value::int(message.repeat_of.map(|source| source.frame as i64)));
        put.put(Value::Word(message.status.name()));
    }
}

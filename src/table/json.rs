//! A record as one JSON object (RFC 8259), straight into a buffer: this is where most of `simhound messages` goes.

use super::{Column, Record, Value};
use crate::time::Rfc3339;
use std::fmt::{self, Display, Write};
use std::io;

/// Appends a record. Absent values are left out.
pub(super) fn object(line: &mut Vec<u8>, columns: &[Column], record: &dyn Record) -> io::Result<()> {
    let mut names = columns.iter();
    let mut result = Ok(());
    let mut between = b'{';
    record.values(&mut |value| {
        let Some(column) = names.next() else { return };
        if matches!(value, Value::Null) || matches!(value, Value::Real(number) if number.is_nan()) {
            return;
        }
        line.extend_from_slice(&[between, b'"']);
        line.extend_from_slice(column.name.as_bytes());
        line.extend_from_slice(b"\":");
        between = b',';
        match value {
            Value::Null => {}
            Value::Text(text) => string(line, text),
            Value::Shown(shown) => string(line, shown),
            Value::Time(nanoseconds) => string(line, Rfc3339(nanoseconds)),
            Value::Int(number) => keep(&mut result, serde_json::to_writer(&mut *line, &number)),
            Value::Real(number) => keep(&mut result, serde_json::to_writer(&mut *line, &number)),
            Value::Bool(true) => line.extend_from_slice(b"true"),
            Value::Bool(false) => line.extend_from_slice(b"false"),
        }
    });
    if between == b'{' {
        line.push(b'{');
    }
    line.push(b'}');
    result
}

fn keep(result: &mut io::Result<()>, new: serde_json::Result<()>) {
    if let Err(error) = new {
        *result = Err(error.into());
    }
}

fn string(line: &mut Vec<u8>, shown: impl Display) {
    line.push(b'"');
    // A buffer in memory takes everything.
    let _ = write!(Escaping(line), "{shown}");
    line.push(b'"');
}

/// Writes text as the inside of a string (RFC 8259 §7).
struct Escaping<'a>(&'a mut Vec<u8>);

impl Write for Escaping<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut rest = text.as_bytes();
        // Without leaving at the first it is done many octets at once.
        let is_special = |byte: &u8| *byte < b' ' || matches!(byte, b'"' | b'\\');
        if !rest.iter().fold(false, |any, byte| any | is_special(byte)) {
            self.0.extend_from_slice(rest);
            return Ok(());
        }
        while let Some(at) = rest.iter().position(is_special) {
            let (plain, special) = rest.split_at_checked(at).unwrap_or((rest, &[]));
            self.0.extend_from_slice(plain);
            let Some((special, after)) = special.split_first() else { break };
            match special {
                b'"' => self.0.extend_from_slice(b"\\\""),
                b'\\' => self.0.extend_from_slice(b"\\\\"),
                b'\n' => self.0.extend_from_slice(b"\\n"),
                b'\r' => self.0.extend_from_slice(b"\\r"),
                b'\t' => self.0.extend_from_slice(b"\\t"),
                0x08 => self.0.extend_from_slice(b"\\b"),
                0x0c => self.0.extend_from_slice(b"\\f"),
                control => {
                    let hex = |nibble: u8| char::from_digit(u32::from(nibble), 16).map_or(b'0', |digit| digit as u8);
                    self.0.extend_from_slice(&[b'\\', b'u', b'0', b'0', hex(control >> 4), hex(control & 0x0f)]);
                }
            }
            rest = after;
        }
        self.0.extend_from_slice(rest);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Kind;
    use proptest::prelude::*;

    struct Row(String, f64, Option<i64>);

    impl Record for Row {
        fn values(&self, put: &mut dyn FnMut(Value<'_>)) {
            put(Value::Text(&self.0));
            put(Value::Real(self.1));
            put(Value::int(self.2));
            put(Value::Shown(&self.0));
        }
    }

    const COLUMNS: &[Column] = &[
        Column::new("text", Kind::Text),
        Column::new("real", Kind::Real),
        Column::new("int", Kind::Int),
        Column::new("shown", Kind::Text),
    ];

    #[test]
    fn nothing_is_an_empty_object() {
        struct Nothing;
        impl Record for Nothing {
            fn values(&self, put: &mut dyn FnMut(Value<'_>)) {
                put(Value::Null);
            }
        }
        let mut line = Vec::new();
        object(&mut line, COLUMNS, &Nothing).unwrap();
        assert_eq!(line, b"{}");
    }

    proptest! {
        #[test]
        fn as_serde_json_writes_it(text in any::<String>(), controls in "[\\x00-\\x1f\"\\\\a]{0,9}",
                                   real in any::<f64>(), int in any::<Option<i64>>()) {
            let text = text + &controls;
            let mut line = Vec::new();
            object(&mut line, COLUMNS, &Row(text.clone(), real, int)).unwrap();
            let text = serde_json::to_string(&text).unwrap();
            let real = if real.is_nan() { String::new() } else { format!(",\"real\":{}", serde_json::json!(real)) };
            let int = int.map_or(String::new(), |int| format!(",\"int\":{int}"));
            let expected = format!("{{\"text\":{text}{real}{int},\"shown\":{text}}}");
            prop_assert_eq!(String::from_utf8(line).unwrap(), expected);
        }
    }
}

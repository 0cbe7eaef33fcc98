//! A record as one JSON object (RFC 8259), straight into a buffer: this is where most of `simhound messages` goes.

use super::{Column, Put, Record, Value};
use crate::text::{Text, decimal, hexadecimal};
use crate::time::Stamps;
use std::io;

/// Objects of one product: its keys are made ready once.
pub(super) struct Objects {
    keys: Vec<Key>,
    stamps: Stamps,
}

/// `,"name":"`, in a place of one size: short copies of a known length are quick.
struct Key {
    short: [u8; Key::SHORT],
    len: usize,
    long: Vec<u8>,
}

impl Key {
    const SHORT: usize = 32;

    fn new(name: &str) -> Self {
        let long = format!(",\"{name}\":\"").into_bytes();
        let mut short = [0; Self::SHORT];
        short.iter_mut().zip(&long).for_each(|(place, octet)| *place = *octet);
        Self { short, len: long.len(), long }
    }

    /// Appends it with the quote that begins a string, or without.
    #[inline]
    fn append(&self, line: &mut Vec<u8>, quote: bool) {
        let end = line.len().saturating_add(self.len).saturating_sub(usize::from(!quote));
        match self.len <= Self::SHORT {
            true => line.extend_from_slice(&self.short),
            false => line.extend_from_slice(&self.long),
        }
        line.truncate(end);
    }
}

impl Objects {
    pub(super) fn new(columns: &[Column]) -> Self {
        let keys = columns.iter().map(|column| Key::new(column.name)).collect();
        Self { keys, stamps: Stamps::default() }
    }

    /// Appends a record. Absent values are left out.
    pub(super) fn append(&mut self, line: &mut Vec<u8>, record: &impl Record) -> io::Result<()> {
        let start = line.len();
        let Self { keys, stamps } = self;
        let mut object = Object { line, keys: keys.iter(), stamps, result: Ok(()) };
        record.values(&mut object);
        let Object { line, result, .. } = object;
        match line.get_mut(start) {
            Some(comma) => *comma = b'{',
            None => line.push(b'{'),
        }
        line.push(b'}');
        result
    }
}

/// One object as it is written.
struct Object<'a> {
    line: &'a mut Vec<u8>,
    keys: std::slice::Iter<'a, Key>,
    stamps: &'a mut Stamps,
    result: io::Result<()>,
}

impl Put for Object<'_> {
    // What kind a value is is known where it is put: there all but one of the arms fall away.
    #[inline(always)]
    fn put(&mut self, value: Value<'_>) {
        let Self { line, keys, stamps, result } = self;
        let Some(key) = keys.next() else { return };
        match value {
            Value::Null => {}
            Value::Text(text) => {
                key.append(line, true);
                string(line, text);
            }
            Value::Word(word) => {
                key.append(line, true);
                word.append(line);
                line.push(b'"');
            }
            Value::Shown(shown) => {
                key.append(line, true);
                match shown.is_plain() {
                    true => {
                        shown.append(line);
                        line.push(b'"');
                    }
                    false => string(line, shown),
                }
            }
            Value::Time(nanoseconds) => {
                key.append(line, true);
                stamps.append(nanoseconds, line);
                line.push(b'"');
            }
            Value::Int(number) => {
                key.append(line, false);
                decimal(line, number);
            }
            Value::Real(number) if number.is_nan() => {}
            Value::Real(number) => {
                key.append(line, false);
                if let Err(error) = serde_json::to_writer(&mut **line, &number) {
                    *result = Err(error.into());
                }
            }
            Value::Bool(flag) => {
                key.append(line, false);
                if flag { "true" } else { "false" }.append(line);
            }
        }
    }
}

/// The inside of a string and the quote that ends it.
fn string(line: &mut Vec<u8>, text: &(impl Text + ?Sized)) {
    let start = line.len();
    text.append(line);
    escape(line, start);
    line.push(b'"');
}

fn is_special(octet: u8) -> bool {
    octet < b' ' || matches!(octet, b'"' | b'\\')
}

/// Whether one of eight octets is special, all at once: in a difference from 0x80 | octet the highest bit stays unless
/// something is borrowed.
fn any_special(eight: [u8; 8]) -> bool {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGHEST: u64 = 0x80 * EACH;
    let octets = u64::from_le_bytes(eight);
    let zeros = |octets: u64| octets.wrapping_sub(EACH) & !octets;
    let below = octets.wrapping_sub(EACH * 0x20) & !octets;
    (below | zeros(octets ^ (EACH * 0x22)) | zeros(octets ^ (EACH * 0x5c))) & HIGHEST != 0
}

/// Makes what stands from `start` on the inside of a string (RFC 8259 §7). Mostly there is nothing to do.
fn escape(line: &mut Vec<u8>, start: usize) {
    let written = line.get(start..).unwrap_or_default();
    let (eights, rest) = written.as_chunks();
    if !eights.iter().any(|eight| any_special(*eight)) && !rest.iter().any(|octet| is_special(*octet)) {
        return;
    }
    let text = line.split_off(start);
    for octet in text {
        match octet {
            b'"' => line.extend_from_slice(b"\\\""),
            b'\\' => line.extend_from_slice(b"\\\\"),
            b'\n' => line.extend_from_slice(b"\\n"),
            b'\r' => line.extend_from_slice(b"\\r"),
            b'\t' => line.extend_from_slice(b"\\t"),
            0x08 => line.extend_from_slice(b"\\b"),
            0x0c => line.extend_from_slice(b"\\f"),
            control @ 0..=0x1f => {
                line.extend_from_slice(b"\\u");
                hexadecimal::<4>(line, u64::from(control));
            }
            other => line.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Kind;
    use proptest::prelude::*;

    struct Row(String, f64, Option<i64>);

    impl Record for Row {
        fn values(&self, put: &mut impl Put) {
            put.put(Value::Text(&self.0));
            put.put(Value::Real(self.1));
            put.put(Value::int(self.2));
            put.put(Value::Shown(&self.0));
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
            fn values(&self, put: &mut impl Put) {
                put.put(Value::Null);
            }
        }
        let mut line = Vec::new();
        Objects::new(COLUMNS).append(&mut line, &Nothing).unwrap();
        assert_eq!(line, b"{}");
    }

    proptest! {
        #[test]
        fn as_serde_json_writes_it(text in any::<String>(), controls in "[\\x00-\\x1f\"\\\\a]{0,9}",
                                   real in any::<f64>(), int in any::<Option<i64>>()) {
            let text = text + &controls;
            let mut line = Vec::new();
            Objects::new(COLUMNS).append(&mut line, &Row(text.clone(), real, int)).unwrap();
            let text = serde_json::to_string(&text).unwrap();
            let real = if real.is_nan() { String::new() } else { format!(",\"real\":{}", serde_json::json!(real)) };
            let int = int.map_or(String::new(), |int| format!(",\"int\":{int}"));
            let expected = format!("{{\"text\":{text}{real}{int},\"shown\":{text}}}");
            prop_assert_eq!(String::from_utf8(line).unwrap(), expected);
        }
    }
}

//! Events read back from a Parquet table of them, in the order in which they stand there.

use super::{Direction, EVENTS, Event, EventKind, Interface, Peer, Rat, ResolvedBy, Result, Source};
use crate::identity::{CellId, CellKind, Names, Number};
use crate::table::{Batch, batches};
use std::io;
use std::path::Path;
use std::str::FromStr;

/// Reads a table of events. A row without time or kind is an error, and a text that is none of its column's words.
pub fn read_events(path: &Path, texts: &mut Texts, put: &mut dyn FnMut(&Event)) -> io::Result<()> {
    let wrong = || {
        let what =
            format!("{}: not a table of events: a row lacks time or kind, or has an unknown word", path.display());
        io::Error::new(io::ErrorKind::InvalidData, what)
    };
    let table = path.display().to_string();
    for batch in batches(path, EVENTS.name, EVENTS.version)? {
        let columns = Columns::of(batch?);
        for row in 0..columns.batch.rows() {
            let file = texts.file(columns.text(columns.file, row).unwrap_or(&table));
            put(&columns.event(row, file, &mut texts.names).ok_or_else(wrong)?);
        }
    }
    Ok(())
}

/// What the events of tables refer to.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    names: Names,
    /// The captures that events were read from, as their source counts them; a table that names none stands for them.
    pub files: Vec<String>,
}

impl Texts {
    fn file(&mut self, path: &str) -> u32 {
        // Most events are of the file of the event before.
        let place = self.files.iter().rposition(|file| file == path).unwrap_or_else(|| {
            self.files.push(path.to_owned());
            self.files.len().saturating_sub(1)
        });
        u32::try_from(place).unwrap_or(u32::MAX)
    }
}

/// Some rows, and where each column is that is read.
struct Columns {
    batch: Batch,
    time: Place,
    kind: Place,
    direction: Place,
    imsi: Place,
    imei: Place,
    msisdn: Place,
    peer: Place,
    cell: Place,
    cell_kind: Place,
    plmn: Place,
    serving_node: Place,
    rat: Place,
    interface: Place,
    outcome: Place,
    duration_ms: Place,
    auth_latency_ms: Place,
    sms_digest: Place,
    sms_parts: Place,
    client: Place,
    resolved_by: Place,
    file: Place,
    frame: Place,
}

/// The place of a column; none where the table does not have it.
type Place = Option<usize>;

impl Columns {
    fn of(batch: Batch) -> Self {
        let place = |name| batch.column(name);
        Self {
            time: place("time"),
            kind: place("kind"),
            direction: place("direction"),
            imsi: place("imsi"),
            imei: place("imei"),
            msisdn: place("msisdn"),
            peer: place("peer"),
            cell: place("cell"),
            cell_kind: place("cell_kind"),
            plmn: place("plmn"),
            serving_node: place("serving_node"),
            rat: place("rat"),
            interface: place("interface"),
            outcome: place("outcome"),
            duration_ms: place("duration_ms"),
            auth_latency_ms: place("auth_latency_ms"),
            sms_digest: place("sms_digest"),
            sms_parts: place("sms_parts"),
            client: place("client"),
            resolved_by: place("resolved_by"),
            file: place("file"),
            frame: place("frame"),
            batch,
        }
    }

    fn text(&self, place: Place, row: usize) -> Option<&str> {
        self.batch.text(place?, row).filter(|text| !text.is_empty())
    }

    fn int(&self, place: Place, row: usize) -> Option<i64> {
        self.batch.int(place?, row)
    }

    fn parsed<T: FromStr>(&self, place: Place, row: usize) -> Option<T> {
        self.text(place, row)?.parse().ok()
    }

    /// A word of a closed set; the outer is `None` for one that is not in it.
    fn word<T>(&self, place: Place, row: usize, of: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
        match self.text(place, row) {
            None => Some(None),
            Some(text) => of(text).map(Some),
        }
    }

    fn event(&self, row: usize, file: u32, names: &mut Names) -> Option<Event> {
        let kind = self.word(self.kind, row, EventKind::from_name)??;
        let interface = self.word(self.interface, row, Interface::from_name)?.unwrap_or(Interface::Cdr);
        let mut name = |column| self.text(column, row).map(|text| names.name(text));
        let (serving_node, client) = (name(self.serving_node), name(self.client));
        let peer = self.text(self.peer, row).map(|text| match Number::from_text(text.as_bytes()) {
            Some(number) => Peer::Number(number),
            None => Peer::Name(names.name(text)),
        });
        let cell_kind = self.word(self.cell_kind, row, CellKind::from_name)?;
        let frame = self.int(self.frame, row).map_or(0, i64::unsigned_abs);
        Some(Event {
            direction: self.word(self.direction, row, Direction::from_name)?.unwrap_or(Direction::None),
            imsi: self.parsed(self.imsi, row),
            imei: self.parsed(self.imei, row),
            msisdn: self.parsed(self.msisdn, row),
            peer,
            cell: self.text(self.cell, row).zip(cell_kind).and_then(|(text, kind)| CellId::parse(text, kind)),
            plmn: self.parsed(self.plmn, row),
            serving_node,
            rat: self.word(self.rat, row, Rat::from_name)?,
            outcome: self.word(self.outcome, row, Result::from_name)?.unwrap_or(Result::Unknown),
            duration_ms: self.int(self.duration_ms, row).and_then(|number| u32::try_from(number).ok()),
            auth_latency_ms: self.int(self.auth_latency_ms, row).and_then(|number| u32::try_from(number).ok()),
            sms_digest: self.text(self.sms_digest, row).and_then(|text| u64::from_str_radix(text, 16).ok()),
            sms_parts: self.int(self.sms_parts, row).and_then(|number| u8::try_from(number).ok()),
            client,
            resolved_by: self.word(self.resolved_by, row, ResolvedBy::from_name)?.unwrap_or(ResolvedBy::Unresolved),
            ..Event::new(kind, self.int(self.time, row)?, interface, Source { file, frame })
        })
    }
}

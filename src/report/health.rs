//! Decode health as tables: what each layer saw, and what was not used, why, and where it can be looked at.

use crate::health::{Example, Health, Outcome};
use comfy_table::{CellAlignment, LineStyle, Table, TableStyle};
use std::io::{self, Write};

/// A line under the head, nothing else: rows must not cost more than they say.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// An empty table; columns from `numbers_from` on hold numbers.
pub(super) fn table(head: &[&str], numbers_from: usize) -> Table {
    let mut table = Table::new();
    table.load_style(STYLE).set_header(head.iter().copied());
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    for column in table.column_iter_mut().skip(numbers_from) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

/// Prints the counters by layer, and the reasons why something was not used: all of them, or the most frequent.
/// `paths` names the inputs, for the examples.
pub fn print_health(health: &Health, paths: &[&str], most: Option<usize>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\nDecode health\n{}", layers(health))?;
    let named = named(health);
    if most.is_none() && !named.is_empty() {
        writeln!(out, "\nRead, and about nobody\n{named}")?;
    }
    let reasons = reasons(health, paths, most);
    if reasons.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nNot used, and why\n{reasons}")
}

fn layers(health: &Health) -> Table {
    let head = [
        "layer",
        "seen",
        "octets",
        "decoded",
        "cut",
        "mal-\nformed",
        "not\nread",
        "given\nup",
        "seen\nbefore",
        "not\ntied",
    ];
    let mut table = table(&head, 1);
    for (layer, counts) in health.layers() {
        let numbers = [
            counts.seen,
            counts.bytes,
            counts.decoded,
            counts.truncated,
            counts.malformed,
            counts.unsupported,
            counts.evicted,
            counts.repeated,
            counts.unresolved,
        ];
        let cells = numbers.iter().map(|number| if *number == 0 { "-".to_owned() } else { number.to_string() });
        table.add_row(std::iter::once(layer.name().to_owned()).chain(cells));
    }
    table
}

/// Messages that are counted by their names: those of the network itself.
fn named(health: &Health) -> Table {
    let mut table = table(&["layer", "message", "count"], 2);
    for (layer, _, name, what) in health.reasons().filter(|(_, outcome, _, _)| *outcome == Outcome::Decoded) {
        table.add_row([layer.name(), name, &what.count.to_string()]);
    }
    table
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Truncated => "cut",
        Outcome::Malformed => "malformed",
        Outcome::Unsupported => "not read",
        Outcome::Evicted => "given up",
        Outcome::Unresolved => "not tied",
        Outcome::Decoded => "decoded",
        Outcome::Repeated => "seen before",
    }
}

/// Frame and offset, with the name of the file where there are several.
fn place(example: &Example, paths: &[&str]) -> String {
    let path = paths.get(example.file as usize).filter(|_| paths.len() > 1);
    let name = path.and_then(|path| std::path::Path::new(path).file_name()?.to_str());
    let file = name.map_or_else(String::new, |name| format!("{name}:"));
    format!("{file}{}+{}", example.frame, example.offset)
}

fn reasons(health: &Health, paths: &[&str], most: Option<usize>) -> Table {
    let mut all: Vec<_> = health.reasons().filter(|(_, outcome, _, _)| *outcome != Outcome::Decoded).collect();
    if most.is_some() {
        all.retain(|(_, outcome, _, _)| *outcome != Outcome::Repeated);
    }
    all.sort_by_key(|(layer, _, reason, what)| (std::cmp::Reverse(what.count), *layer, *reason));
    let mut table = table(&["layer", "what", "why", "count", "for example\nframe+octet"], 3);
    for (layer, outcome, reason, what) in all.into_iter().take(most.unwrap_or(usize::MAX)) {
        let shown = if most.is_some() { 1 } else { Health::EXAMPLES };
        let examples: Vec<String> = what.examples.iter().take(shown).map(|example| place(example, paths)).collect();
        table.add_row([layer.name(), word(outcome), reason, &what.count.to_string(), &examples.join("\n")]);
    }
    table
}

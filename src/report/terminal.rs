//! Tables on a terminal, for a tired engineer: the verdict first, then where to look, then what was not read.

use super::Run;
use crate::farm::{Case, CaseKind, DeviceKind, Farm, Place};
use crate::health::{Health, Outcome};
use crate::time::Rfc3339;
use comfy_table::{CellAlignment, LineStyle, Table, TableStyle};
use std::io::{self, Write};

/// Cases that are printed; the others are in the files.
const CASES: usize = 25;
/// Reasons that are printed.
const REASONS: usize = 12;

/// A line under the head, nothing else: rows must not cost more than they say.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

fn table(head: &[&str], numbers_from: usize) -> Table {
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

/// Day and time to the second, without the date's noise.
fn clock(nanoseconds: i64) -> String {
    let text = Rfc3339(nanoseconds).to_string();
    text.get(5..19).unwrap_or(&text).replace('T', " ")
}

/// Prints a run.
pub fn print_run(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    let findings = run.findings;
    let stolen = findings.cases.iter().filter(|case| case.kind == CaseKind::StolenWatch).count();
    if findings.farms.is_empty() {
        writeln!(out, "No SIM farm found among {} subscribers.", run.subscribers())?;
    } else {
        writeln!(
            out,
            "{} with {} cards found among {} subscribers; {} of the cards came out of children's watches.",
            plural(findings.farms.len(), "SIM farm"),
            findings.farms.iter().map(|farm| farm.cards.len()).sum::<usize>(),
            run.subscribers(),
            stolen,
        )?;
        writeln!(out, "\nFarms\n{}", farms(run))?;
    }
    let alone = run.findings.verdicts.iter().filter(|verdict| verdict.flagged && verdict.farm.is_none()).count();
    if alone > 0 {
        writeln!(out, "{} flagged without a farm: see subscribers.csv.", plural(alone, "subscriber"))?;
    }
    if !findings.cases.is_empty() {
        writeln!(out, "\nCards that were somewhere else before\n{}", cases(run))?;
        if findings.cases.len() > CASES {
            writeln!(out, "... and {} more: see cases.json.", findings.cases.len() - CASES)?;
        }
    }
    writeln!(out, "\nDecode health\n{}", health_table(&run.totals.health))?;
    let worst = reasons(&run.totals.health);
    if !worst.is_empty() {
        writeln!(out, "\nNot used, and why\n{worst}")?;
    }
    Ok(())
}

fn plural(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn farms(run: &Run<'_>) -> Table {
    let mut table = table(&["farm", "kind", "cell", "first, last seen\n(UTC)", "slots", "cards", "score"], 4);
    for (place, farm) in run.findings.farms.iter().enumerate() {
        table.add_row(farm_row(run, place, farm));
    }
    table
}

fn farm_row(run: &Run<'_>, place: usize, farm: &Farm) -> Vec<String> {
    let devices: Vec<_> = farm.devices.iter().filter_map(|device| run.findings.devices.get(*device)).collect();
    let slots: usize = devices.iter().map(|device| device.imeis.len()).sum();
    let more = farm.cells.len().saturating_sub(1);
    let cell = farm.cells.first().map_or_else(String::new, ToString::to_string);
    vec![
        Run::farm_id(place),
        farm.kind.map_or("unknown", DeviceKind::name).replace('_', " "),
        if more > 0 { format!("{cell} and {more} more") } else { cell },
        format!("{}\n{}", clock(farm.first_seen), clock(farm.last_seen)),
        slots.to_string(),
        farm.cards.len().to_string(),
        format!("{:.3}", farm.score),
    ]
}

fn cases(run: &Run<'_>) -> Table {
    let head = ["case", "IMSI\nnumber", "last in its device\n(UTC)", "first in the farm\n(UTC)", "calls\nsince"];
    let mut table = table(&head, 4);
    for (place, case) in run.findings.cases.iter().enumerate().take(CASES) {
        table.add_row(case_row(place, case));
    }
    table
}

fn case_row(place: usize, case: &Case) -> Vec<String> {
    let at = |place: &Place| match place.cell {
        Some(cell) => format!("{}\n{cell}", clock(place.time)),
        None => clock(place.time),
    };
    vec![
        format!("{}\n{}", Run::case_id(place), case.kind.name().replace('_', " ")),
        format!("{}\n{}", case.imsi, case.msisdn.map_or_else(String::new, |msisdn| msisdn.to_string())),
        at(&case.before),
        format!("{}\n{}", at(&case.after), Run::farm_id(case.farm)),
        case.calls_since.to_string(),
    ]
}

/// The counters by layer.
pub fn health_table(health: &Health) -> Table {
    let head =
        ["layer", "seen", "decoded", "cut", "mal-\nformed", "not\nread", "given\nup", "seen\nbefore", "not\ntied"];
    let mut table = table(&head, 1);
    for (layer, counts) in health.layers() {
        let numbers = [
            counts.seen,
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

fn reasons(health: &Health) -> Table {
    let mut table = table(&["layer", "what", "why", "count", "for example\nframe"], 3);
    let mut all: Vec<_> = health
        .reasons()
        .filter(|(_, outcome, _, _)| !matches!(outcome, Outcome::Decoded | Outcome::Repeated))
        .collect();
    all.sort_by_key(|(layer, _, reason, what)| (std::cmp::Reverse(what.count), *layer, *reason));
    for (layer, outcome, reason, what) in all.into_iter().take(REASONS) {
        let frame = what.examples.first().map_or_else(String::new, |example| example.frame.to_string());
        let outcome = match outcome {
            Outcome::Truncated => "cut",
            Outcome::Malformed => "malformed",
            Outcome::Unsupported => "not read",
            Outcome::Evicted => "given up",
            Outcome::Unresolved => "not tied",
            Outcome::Decoded | Outcome::Repeated => "",
        };
        table.add_row([layer.name(), outcome, reason, &what.count.to_string(), &frame]);
    }
    table
}

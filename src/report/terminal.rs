//! Tables on a terminal, for a tired engineer: the verdict first, then where to look, then what was not read.

use super::Run;
use super::health::{print_health, table};
use crate::farm::{Case, CaseKind, DeviceKind, Farm, Place};
use crate::feature::View;
use crate::time::Rfc3339;
use comfy_table::Table;
use std::io::{self, Write};

/// Cases that are printed; the others are in the files.
const CASES: usize = 25;
/// Reasons that are printed.
const REASONS: usize = 12;

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
    writeln!(out, "\n{}", sight(run))?;
    // Tables of events were decoded elsewhere.
    if run.totals.packets == 0 {
        return Ok(());
    }
    let paths: Vec<&str> = run.inputs.iter().map(|input| input.path.as_str()).collect();
    print_health(&run.totals.health, &paths, Some(REASONS), out)
}

/// What could be seen, what not, and for what scores are calibrated.
fn sight(run: &Run<'_>) -> String {
    let list = |words: Vec<&'static str>| if words.is_empty() { "nothing".to_owned() } else { words.join(", ") };
    let seen = list(run.sight.interfaces().iter().map(|interface| interface.name()).collect());
    let unseen = list(View::ALL.iter().filter(|view| !run.sight.sees(**view)).map(|view| view.name()).collect());
    let tap = run.tap.map_or_else(String::new, |tap| format!(" Scores are calibrated for a tap of the profile {tap}."));
    format!("Seen: {seen}. Not seen: {unseen}.{tap}")
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

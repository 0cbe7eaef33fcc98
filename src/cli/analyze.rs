//! `simhound analyze`: captures or events in, farms out, in one pass.

use super::feed::Sieve;
use super::inputs::Inputs;
use super::model::load;
use super::tap::Tap;
use super::{Common, FARM_FOUND, Failure};
use crate::event::{Event, EventKind};
use crate::farm::{Knowledge, Subject, gather};
use crate::feature::{Extractor, Profile, Window};
use crate::model::{FirstLook, Model, Scorer};
use crate::report::{Run, print_run, write_run};
use crate::time::{HOUR, Rfc3339, parse_offset, parse_span};
use rayon::prelude::*;
use std::path::PathBuf;

/// Decode, score, find farms, write the report
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    simhound analyze pcaps/demo --out out\n  \
    simhound analyze 'day/*.pcap.gz' --out out --fail-on-farm --quiet\n  \
    simhound analyze events.parquet --out out\n  \
    zcat capture.pcap.gz | simhound analyze - --out out\n\n\
    Exit codes: 0 done; 1 not done, or some input was broken; 2 wrong usage; 3 farms were found and --fail-on-farm was \
    given.")]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    /// Write summary.json, subscribers.csv, devices.csv, farms.json and cases.json into this folder
    #[arg(long, short, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// The model [default: the one built in]
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    #[command(flatten)]
    sieve: Sieve,
    /// Length of a window: 1h, 1d, 7d
    #[arg(long, default_value = "1d", value_parser = parse_span)]
    window: i64,
    /// What the local clock is ahead of UTC, for days and nights: +08:00
    #[arg(long, default_value = "UTC", value_parser = parse_offset, value_name = "OFFSET", allow_hyphen_values = true)]
    utc_offset: i64,
    #[command(flatten)]
    tap: Tap,
    /// Models of devices that you know: a table with the columns tac and class (watch, phone, gateway, modem, iot, router)
    #[arg(long, value_name = "FILE")]
    devices: Option<PathBuf>,
    /// Ranges of cards that you know: a table with the columns imsi_prefix and class
    #[arg(long, value_name = "FILE")]
    ranges: Option<PathBuf>,
    /// End with exit code 3 when farms were found
    #[arg(long)]
    fail_on_farm: bool,
}

struct Analysis<'a> {
    first: Option<FirstLook<'a>>,
    scorer: Scorer<'a>,
    places: Vec<usize>,
    extractor: Extractor,
    subjects: Vec<Subject>,
    kinds: Vec<u64>,
}

impl Analysis<'_> {
    fn score(&mut self, window: Option<Window>) {
        let Some(mut window) = window else { return };
        let told = self.extractor.sight().features();
        self.scorer.see(&self.places.iter().map(|place| told.get(*place) == Some(&true)).collect::<Vec<_>>());
        log::debug!("window from {}: {} profiles", Rfc3339(window.start), window.profiles.len());
        if let Some(first) = &self.first {
            first.at(&mut window.profiles);
        }
        let (scorer, places) = (&self.scorer, &self.places);
        let subject = |profile: Profile| {
            let at = |place: &usize| profile.values.get(*place).copied().unwrap_or(f64::NAN);
            let values: Vec<f64> = places.iter().map(at).collect();
            Subject { score: scorer.score(&values), profile }
        };
        let scored: Vec<Subject> = window.profiles.into_par_iter().map(subject).collect();
        self.subjects.extend(scored);
    }

    fn take(&mut self, event: &Event) {
        if let Some(count) = self.kinds.get_mut(event.kind as usize) {
            *count += 1;
        }
        let closed = self.extractor.push(event);
        self.score(closed);
    }
}

pub(super) fn run(arguments: &Arguments, common: &Common) -> Result<u8, Failure> {
    let model = load(arguments.model.as_ref())?;
    let named =
        arguments.model.as_ref().map_or_else(|| "the model built in".to_owned(), |path| path.display().to_string());
    check_window(&model, arguments.window)?;
    let mut knowledge = Knowledge::default();
    if let Some(path) = &arguments.devices {
        knowledge.read_models(path)?;
    }
    if let Some(path) = &arguments.ranges {
        knowledge.read_ranges(path)?;
    }
    let feed = arguments.inputs.feed(common)?;
    let mut analysis = Analysis {
        first: model.first.as_ref().map(|_| model.first_look(&named)).transpose()?,
        places: model.places_in_registry(&named)?,
        scorer: model.scorer(),
        extractor: arguments.tap.extractor(arguments.window, arguments.utc_offset),
        subjects: Vec::new(),
        kinds: vec![0; EventKind::ALL.len()],
    };
    let done = feed.read(common, &arguments.sieve, &mut |event| analysis.take(event))?;
    let last = analysis.extractor.finish();
    analysis.score(last);
    let Analysis { subjects, kinds, extractor, scorer, .. } = analysis;
    let findings = gather(&subjects, &model, &knowledge);
    let events: Vec<(&str, u64)> = EventKind::ALL
        .iter()
        .zip(kinds)
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| (kind.name(), count))
        .collect();
    let run = Run {
        inputs: &done.inputs,
        errors: &done.errors,
        totals: &done.totals,
        events: &events,
        model: &model,
        sight: extractor.sight(),
        tap: scorer.tap(),
        subjects: &subjects,
        findings: &findings,
    };
    if let Some(folder) = &arguments.out {
        write_run(&run, folder)?;
    }
    print_run(&run, &mut std::io::stdout().lock())?;
    match done.code() {
        super::DONE if arguments.fail_on_farm && !findings.farms.is_empty() => Ok(FARM_FOUND),
        code => Ok(code),
    }
}

/// A model knows the behaviour of windows like those that it was trained on: rates and counts of an hour are not those
/// of a day. Somewhat other lengths are told; quite other ones are refused.
fn check_window(model: &Model, window: i64) -> Result<(), Failure> {
    let (hours, trained) = (window as f64 / HOUR as f64, model.training.window_seconds as f64 / 3600.0);
    let ratio = hours / trained.max(1e-9);
    if !(0.2..=10.0).contains(&ratio) {
        let what = format!(
            "the model was trained on windows of {trained} h and cannot score windows of {hours} h; train one for them"
        );
        return Err(what.into());
    }
    if ratio != 1.0 {
        eprintln!(
            "simhound: the model was trained on windows of {trained} h; scores for windows of {hours} h are less sure"
        );
    }
    Ok(())
}

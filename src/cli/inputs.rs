//! Captures from the command line: named, opened, read with progress, and accounted for.

use super::feed::Feed;
use super::{Common, FAILED, Failure};
use crate::capture::{CaptureFault, PacketSource, Savefiles, expand};
use crate::dissect::Settings;
use crate::pipeline::{self, Totals};
use crate::report::{RunInput, print_health};
use crate::session::Listener;
use crate::table::Format;
use crate::wire::sigtran::Variant;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Which captures to read.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Inputs {
    /// Captures: files (pcap, pcapng; plain, gzip, zstd), folders, patterns, or - for standard input; features and
    /// analyze also take tables of events (.parquet)
    #[arg(required = true, value_name = "CAPTURE")]
    captures: Vec<String>,
    /// Use only packets that pass this filter, in the language of pcap-filter(7)
    #[arg(long, value_name = "EXPRESSION")]
    filter: Option<String>,
    /// At the end, print to standard error what each layer saw, and what was not used, why and where
    #[arg(long)]
    health: bool,
    /// Whose message transfer part SS7 captures have; auto finds it out for each message
    #[arg(long, value_enum, default_value_t = Ss7::Auto, value_name = "VARIANT")]
    ss7: Ss7,
}

/// Variants of SS7, as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Ss7 {
    Auto,
    Itu,
    Ansi,
    China,
    Japan,
}

impl Ss7 {
    fn settings(self) -> Settings {
        let ss7 = match self {
            Self::Auto => None,
            Self::Itu => Some(Variant::Itu),
            Self::Ansi => Some(Variant::Ansi),
            Self::China => Some(Variant::China),
            Self::Japan => Some(Variant::Japan),
        };
        Settings { ss7 }
    }
}

/// Captures that are open.
pub(super) struct Opened {
    files: Savefiles,
    settings: Settings,
    /// Inputs that could not be used at all.
    pub(super) errors: Vec<String>,
    /// Paths, in the order in which records name them.
    pub(super) paths: Vec<String>,
    /// Decode health is asked for.
    health: bool,
}

/// What became of a run over captures.
pub(super) struct Done {
    /// What was counted.
    pub(super) totals: Totals,
    /// The inputs with their faults.
    pub(super) inputs: Vec<RunInput>,
    /// Inputs that could not be used at all.
    pub(super) errors: Vec<String>,
}

impl Done {
    /// The exit code: 1 when some input could not be used, or not all of it.
    pub(super) fn code(&self) -> u8 {
        let whole = self.errors.is_empty() && self.inputs.iter().all(|input| input.fault.is_none());
        if whole { super::DONE } else { FAILED }
    }
}

impl Inputs {
    /// Opens the captures. Those that cannot be used are told; it fails when none is left.
    pub(super) fn open(&self, common: &Common) -> Result<Opened, Failure> {
        self.open_and_tell(true, !common.quiet)
    }

    /// Where events come from: the inputs themselves where they are tables of events, else what captures show.
    pub(super) fn feed(&self, common: &Common) -> Result<Feed, Failure> {
        let is_table = |path: &&String| Format::of_path(Path::new(path.as_str())) == Some(Format::Parquet);
        if !self.captures.iter().all(|path| is_table(&path)) {
            return Ok(Feed::Captures(Box::new(self.open(common)?)));
        }
        if self.filter.is_some() {
            return Err("--filter is for packets, and the inputs are tables of events".into());
        }
        Ok(Feed::Tables(self.captures.clone()))
    }

    /// Opens them once more, and does not repeat what is wrong with them.
    pub(super) fn open_again(&self) -> Result<Opened, Failure> {
        self.open_and_tell(false, false)
    }

    fn open_and_tell(&self, tell: bool, tell_skipped: bool) -> Result<Opened, Failure> {
        let expansion = expand(&self.captures);
        if tell_skipped {
            for skipped in &expansion.skipped {
                eprintln!("simhound: passed over {}: {}", skipped.path.display(), skipped.reason);
            }
        }
        let mut errors: Vec<String> = expansion.errors.iter().map(ToString::to_string).collect();
        let mut files = Savefiles::open(expansion.inputs);
        if let Some(filter) = &self.filter {
            files = files.with_filter(filter)?;
        }
        errors.extend(files.errors().iter().map(ToString::to_string));
        let paths: Vec<String> = files.inputs().iter().map(|input| input.path.display().to_string()).collect();
        if paths.is_empty() {
            return Err(errors.join("\nsimhound: ").into());
        }
        for error in errors.iter().filter(|_| tell) {
            eprintln!("simhound: {error}");
        }
        let settings = self.ss7.settings();
        Ok(Opened { files, settings, errors, paths, health: self.health && tell })
    }
}

impl Opened {
    /// Whether some of it can be read only once.
    pub(super) fn is_once(&self) -> bool {
        self.files.inputs().iter().any(|input| input.once)
    }

    /// The packets themselves.
    pub(super) fn into_files(self) -> Savefiles {
        self.files
    }

    /// Reads everything; progress goes to a terminal only.
    pub(super) fn read(self, common: &Common, listener: &mut dyn Listener) -> Result<Done, Failure> {
        self.read_and_tell(common, listener, true)
    }

    /// Reads everything once more, and does not repeat what is broken.
    pub(super) fn read_again(self, common: &Common, listener: &mut dyn Listener) -> Result<Done, Failure> {
        self.read_and_tell(common, listener, false)
    }

    fn read_and_tell(mut self, common: &Common, listener: &mut dyn Listener, tell: bool) -> Result<Done, Failure> {
        let bar = progress_bar(common, self.files.progress().total());
        let progress = self.files.progress();
        let done = AtomicBool::new(false);
        let totals = std::thread::scope(|scope| {
            if !bar.is_hidden() {
                scope.spawn(|| {
                    while !done.load(Ordering::Relaxed) {
                        bar.set_position(progress.read());
                        std::thread::sleep(Duration::from_millis(100));
                    }
                });
            }
            // Set however the run ends, or the thread above would go on for ever.
            let _ended = SetOnDrop(&done);
            pipeline::run_with(&mut self.files, self.settings, common.threads, listener)
        });
        bar.finish_and_clear();
        let totals = totals?;
        let faults = self.files.faults();
        for fault in faults.iter().filter(|_| tell) {
            eprintln!("simhound: {fault} (everything before it was used)");
        }
        let fault_of = |place: usize| -> Option<String> {
            faults.iter().find(|fault: &&CaptureFault| fault.index as usize == place).map(ToString::to_string)
        };
        let inputs = self.paths.iter().enumerate();
        let inputs = inputs.map(|(place, path)| RunInput { path: path.clone(), fault: fault_of(place) }).collect();
        log::info!("{} packets, {} octets", totals.packets, totals.octets);
        if self.health {
            let paths: Vec<&str> = self.paths.iter().map(String::as_str).collect();
            print_health(&totals.health, &paths, None, &mut std::io::stderr().lock())?;
        }
        Ok(Done { totals, inputs, errors: self.errors })
    }
}

struct SetOnDrop<'a>(&'a AtomicBool);

impl Drop for SetOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// A bar over octets; hidden unless standard error is a terminal.
fn progress_bar(common: &Common, total: u64) -> ProgressBar {
    if common.quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = if total > 0 { ProgressBar::new(total) } else { ProgressBar::new_spinner() };
    let style = ProgressStyle::with_template(
        "{wide_bar} {binary_bytes} of {binary_total_bytes}, {binary_bytes_per_sec}, {eta} left",
    );
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

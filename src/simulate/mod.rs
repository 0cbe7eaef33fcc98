//! Labelled traffic: a town with its people, a network that serves them, a farm in one of its flats, and a tap.
//!
//! ```text
//! scenario ─▶ population ─▶ people, frauds ─▶ acts ─▶ network ─▶ encode ─▶ wires ─▶ taps
//!  (TOML)     who, where,    who does what,             dialogues   BER,      SCTP,    rotated
//!             with what      in order of time           on links    AVPs,     TCP,     savefiles
//!                                                                   SIP       UDP      + truth
//! ```
//!
//! The same scenario and seed give the same octets: each subscriber draws from a stream of its own, everything happens
//! in the order of one queue, and no clock but the simulated one is read. Memory holds the people and what is under
//! way, not the traffic.
//!
//! All identities are synthetic: networks 001-01 and 999-xx, numbers under the unassigned country codes 999 and 998,
//! type allocation codes of a block that the scenario invents, hosts under `3gppnetwork.org` of 001-01.
//!
//! **Simulated**, as far as `network.interfaces` of the scenario has it:
//!
//! | word | between | what is said |
//! |---|---|---|
//! | `map` | MSC/VLR, HLR, EIR, SMSC | MAP version 3: location update with the device, insertSubscriberData, cancelLocation, purgeMS, authentication, checkIMEI, routing of calls and messages |
//! | `cap` | MSC, gsmSCF | phases 2 and 4, for charged calls |
//! | `roaming` | STP, international gateway | MAP of visitors a second time |
//! | `bssap` | base stations, MSC | SCCP connections, BSSMAP; DTAP of registration, authentication, TMSI reallocation, paging, calls, short messages |
//! | `ranap` | radio network controllers, MSC and SGSN | in cells of 3G: the same within Iu connections, with security and bearers; on Iu-PS attach, area update, service, PDP context, detach |
//! | `sgs` | MME, MSC | phones that fall back: location update, paging for calls and short messages, these messages, detach |
//! | `gn` | SGSN, GGSN | GTP version 1: PDP contexts of phones without LTE |
//! | `isup` | MSC or IMS gateway, other exchanges | the legs of calls on their circuits |
//! | `s6a`, `s13`, `sgd` | MME, HSS, EIR, SMSC | registration, equipment check, short messages |
//! | `gx`, `gy` | packet gateway, PCRF, online charging | sessions with policy and credit, the rule of a call's speech |
//! | `gtp` | MME, serving gateway | GTP version 2 on S11: sessions and bearers |
//! | `s1ap` | base stations, MME | contexts, paging; NAS with EEA0: attach, update, service, detach, GUTI reallocation, short messages |
//! | `cx`, `sh` | CSCF or application server, HSS | registration, vectors, profile, where the called is served |
//! | `sip` | UE, P-CSCF | registration, calls, messages, keep-alives |
//! | `mw` | P-CSCF, S-CSCF | the same messages as the P-CSCF hands them on |
//!
//! They go over SCTP (two paths, bundles, fragments, repeats, restarts), TCP and UDP over IPv4 with fragments. Without
//! `interfaces` these are `map`, `cap`, `s6a`, `s13` and `sip`. **Not simulated**: handovers, what 2G says to its SGSN
//! (Gb) and the SGSN to the HLR (Gr), the CSFB of S1, 5G, user data, delivery of messages that had to wait.

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod account;
mod act;
mod calendar;
mod chronicle;
mod city;
mod clock;
pub mod encode;
mod fraud;
mod network;
mod people;
mod queue;
mod random;
mod relay;
mod scenario;
mod statistics;
mod tap;
mod town;
mod traffic;
mod transport;
mod truth;
mod wires;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use fraud::economy::Books;
pub use scenario::{Scenario, ScenarioError};

use people::{device, numbering, person, population};

use chronicle::Chronicle;
use city::City;
use fraud::Fraud;
use std::path::{Path, PathBuf};
use traffic::Traffic;

/// What a run has written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Packets.
    pub packets: u64,
    /// Their octets, without the savefile's headers.
    pub octets: u64,
    /// Signaling messages handed to the transports: M3UA (with one SCCP segment each), Diameter, SIP. The last few may
    /// have come after the end.
    pub messages: u64,
    /// Rows of `events-truth.csv`, or of the table of events.
    pub events: u64,
    /// Subscribers.
    pub subscribers: usize,
    /// What each fraud was asked for and did.
    pub frauds: Vec<Books>,
    /// Captures in order, then the tables.
    pub files: Vec<PathBuf>,
}

/// A run that could not be finished.
#[derive(Debug, thiserror::Error)]
pub enum SimulateError {
    /// A file can't be written.
    #[error("{path}: {error}")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The scenario's ranges hold too few identities.
    #[error("the scenario's identities do not suffice")]
    Identities,
}

/// Runs a scenario: captures, `truth.csv`, `devices.csv` and `events-truth.csv` into the folder `out`, which is made
/// where it is missing. Captures that a run before has written there, and listed in `captures.txt`, are removed first. `progress` is told from time to time which share of the simulated time is done.
pub fn run(
    scenario: &Scenario,
    seed: u64,
    out: &Path,
    progress: &mut dyn FnMut(f64),
) -> Result<Summary, SimulateError> {
    make(out)?;
    tap::earlier::remove(out)?;
    let mut city = City::new(scenario, seed)?;
    let mut traffic = Traffic::new(scenario, seed, out)?;
    let mut chronicle = Chronicle::truth(scenario, out)?;
    relay::play(&mut city, &mut [&mut traffic, &mut chronicle], progress)?;
    progress(1.0);
    let Traffic { taps, messages, .. } = traffic;
    let [packets, octets] = taps.written();
    let mut files = taps.files();
    tap::earlier::list(out, &files)?;
    files.extend(truth::write(&city.population, &city.frauds, out)?);
    files.push(chronicle.path().to_owned());
    let (subscribers, events) = (city.population.people.len(), chronicle.rows);
    let frauds = books(&city);
    Ok(Summary { packets, octets, messages, events, subscribers, frauds, files })
}

/// Runs a scenario without packets: what its probes could see goes into a table of events, as `simhound events` writes
/// it, and `truth.csv`, `devices.csv` and `frauds.csv` into a folder, if there is one.
pub fn run_events(
    scenario: &Scenario,
    seed: u64,
    events: &Path,
    out: Option<&Path>,
    progress: &mut dyn FnMut(f64),
) -> Result<Summary, SimulateError> {
    let mut city = City::new(scenario, seed)?;
    let mut chronicle = Chronicle::events(scenario, events)?;
    relay::play(&mut city, &mut [&mut chronicle], progress)?;
    progress(1.0);
    let mut files = vec![events.to_owned()];
    if let Some(out) = out {
        make(out)?;
        files.extend(truth::write(&city.population, &city.frauds, out)?);
    }
    let (subscribers, events) = (city.population.people.len(), chronicle.rows);
    let frauds = books(&city);
    Ok(Summary { packets: 0, octets: 0, messages: 0, events, subscribers, frauds, files })
}

/// Runs a scenario without packets: what each subscriber did over the whole time goes into a table, one row each.
pub fn run_statistics(
    scenario: &Scenario,
    seed: u64,
    path: &Path,
    progress: &mut dyn FnMut(f64),
) -> Result<u64, SimulateError> {
    let mut city = City::new(scenario, seed)?;
    let mut statistics = statistics::Statistics::new(scenario, city.population.people.len());
    relay::play(&mut city, &mut [&mut statistics], progress)?;
    progress(1.0);
    let plans: Vec<fraud::Plan> = city.frauds.iter().map(|fraud| fraud.plan.clone()).collect();
    statistics.write(&city.population, &plans, path)
}

fn books(city: &City<'_>) -> Vec<Books> {
    city.frauds.iter().map(Fraud::books).collect()
}

fn make(folder: &Path) -> Result<(), SimulateError> {
    std::fs::create_dir_all(folder).map_err(|error| SimulateError::Write { path: folder.to_owned(), error })
}

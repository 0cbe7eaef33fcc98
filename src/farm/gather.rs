//! Gathering: suspects and their ties to farms, then everything that a report needs of them.

use super::background::Background;
use super::lean;
use super::tie::{JOIN, SLOT_SUSPECTS, ties};
use super::union::Union;
use super::{Case, Device, DeviceKind, Evidence, Knowledge, Subject, case, device};
use crate::feature::NEIGHBOUR_SERIALS;
use crate::identity::{CellId, Digits, Imei, Imsi, PlaceKey, Tac};
use crate::model::Model;
use std::collections::{BTreeMap, BTreeSet};

/// Fewer cards than this are no farm.
const LEAST_CARDS: usize = 3;
/// A subscriber whom nothing ties to others is flagged only from here on: alone, a score must be as good as certain.
const SOLO: f64 = 0.98;
/// A subscriber is worth a look where its log-odds are this far below the threshold, or nearer.
const DOUBT: f64 = 4.0;
/// What a score above the threshold counts for a tie, at most.
const TRUST: f64 = 3.0;
/// A card that sits in a farm's device joins it where its log-odds are this far below the threshold, or nearer: an honest
/// phone whose IMEI a farm shows has its own life.
const JOINER_DOUBT: f64 = 2.0;
/// Pieces of evidence that a farm cites.
const FARM_EVIDENCE: usize = 12;
/// A card joins a farm by its slot when so many of the farm's devices are next to it.
const NEIGHBOURING_SLOTS: usize = 3;

/// The verdict on one subject: on a subscriber in one window.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Probability of being in a farm; a card that sits in a farm's device has at least the farm's.
    pub score: f64,
    /// True when an operator should act.
    pub flagged: bool,
    /// The device it sits in, as its place in [`Findings::devices`].
    pub device: Option<usize>,
    /// Its farm, as its place in [`Findings::farms`].
    pub farm: Option<usize>,
    /// Its case, as its place in [`Findings::cases`].
    pub case: Option<usize>,
    /// What it was flagged for beside its own behaviour.
    pub note: Option<&'static str>,
}

/// Cards and devices that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Farm {
    /// What it probably is: the kind of the device with most cards.
    pub kind: Option<DeviceKind>,
    /// Mean score of its cards.
    pub score: f64,
    /// Its cards.
    pub cards: Vec<Imsi>,
    /// Its devices, as places in [`Findings::devices`].
    pub devices: Vec<usize>,
    /// Where it is: its cells, the one with most cards first.
    pub cells: Vec<CellId>,
    /// First seen, nanoseconds since 1970.
    pub first_seen: i64,
    /// Last seen.
    pub last_seen: i64,
    /// Frames that show it.
    pub evidence: Vec<Evidence>,
}

/// All that was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    /// One for each subject, in their order.
    pub verdicts: Vec<Verdict>,
    /// Devices of all farms.
    pub devices: Vec<Device>,
    /// Farms, the largest first.
    pub farms: Vec<Farm>,
    /// Cases, in the order of time.
    pub cases: Vec<Case>,
}

/// Finds farms among subscribers that a model scored.
pub fn gather(subjects: &[Subject], model: &Model, knowledge: &Knowledge) -> Findings {
    let threshold = model.threshold;
    let background = Background::of(subjects);
    let leans = lean::leans(subjects, threshold);
    let lean = |index: usize| leans.get(index).copied().unwrap_or(f64::NEG_INFINITY);
    let mut suspects: Vec<usize> = (0..subjects.len()).filter(|index| lean(*index) >= -DOUBT).collect();
    // The surest first: chains of ties then lead from one to the next less sure.
    suspects.sort_by(|a, b| lean(*b).total_cmp(&lean(*a)).then(a.cmp(b)));
    let mut groups = tied_groups(subjects, &suspects, &leans, &background);
    for group in &mut groups {
        group.extend(joiners(subjects, group, &leans, &background));
        group.sort_unstable();
        group.dedup();
    }
    groups.sort_by_key(|group| (std::cmp::Reverse(cards(subjects, group).len()), first_seen(subjects, group)));

    let mut findings = Findings {
        verdicts: subjects.iter().zip(&leans).map(|(subject, lean)| own_verdict(subject, *lean, threshold)).collect(),
        ..Findings::default()
    };
    for group in &groups {
        add_farm(&mut findings, subjects, group, threshold);
    }
    let cases = case::cases(subjects, &findings, model, knowledge);
    for (place, case) in cases.iter().enumerate() {
        for (subject, verdict) in subjects.iter().zip(&mut findings.verdicts) {
            if subject.profile.imsi == case.imsi && verdict.farm.is_some() {
                verdict.case = Some(place);
            }
        }
    }
    findings.cases = cases;
    findings
}

fn own_verdict(subject: &Subject, lean: f64, threshold: f64) -> Verdict {
    let score = subject.score.probability;
    let sure = lean::log_odds(SOLO) - lean::log_odds(threshold);
    let flagged = score >= SOLO && lean >= sure && !subject.is_past();
    Verdict { score, flagged, device: None, farm: None, case: None, note: None }
}

fn members<'a>(subjects: &'a [Subject], group: &'a [usize]) -> impl Iterator<Item = &'a Subject> + Clone {
    group.iter().filter_map(|index| subjects.get(*index))
}

fn cards(subjects: &[Subject], group: &[usize]) -> BTreeSet<Imsi> {
    members(subjects, group).map(|subject| subject.profile.imsi).collect()
}

fn first_seen(subjects: &[Subject], group: &[usize]) -> i64 {
    members(subjects, group).map(|subject| subject.profile.span.start).min().unwrap_or(i64::MAX)
}

/// Suspects, the surest first, whose ties weigh enough, and a card with itself in other windows; groups of enough cards that together are
/// above the threshold. The surer both scores are, the less their tie must weigh.
fn tied_groups(subjects: &[Subject], suspects: &Vec<usize>, leans: &[f64], background: &Background) -> Vec<Vec<usize>> {
    let lean = |index: usize| leans.get(index).map_or(f64::NEG_INFINITY, |lean| lean.min(TRUST));
    let mut union = Union::new(subjects.len());
    // Those above the threshold by themselves first: a doubtful one between two of them must not part them.
    let above: Vec<usize> = suspects.iter().copied().filter(|index| lean(*index) >= 0.0).collect();
    for suspects in [&above, suspects] {
        let mut weights: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        for tie in ties(subjects, suspects, background) {
            *weights.entry((tie.a.min(tie.b), tie.a.max(tie.b))).or_default() += tie.weight;
        }
        for ((a, b), _) in weights.iter().filter(|((a, b), weight)| **weight + lean(*a).min(lean(*b)) >= JOIN) {
            union.join(*a, *b);
        }
    }
    let mut by_card: BTreeMap<Imsi, usize> = BTreeMap::new();
    for &index in suspects {
        if let Some(subject) = subjects.get(index) {
            let first = *by_card.entry(subject.profile.imsi).or_insert(index);
            union.join(first, index);
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &index in suspects {
        groups.entry(union.find(index)).or_default().push(index);
    }
    let sure = |group: &Vec<usize>| group.iter().map(|index| lean(*index)).sum::<f64>() >= 0.0;
    groups.values_mut().for_each(|group| group.sort_unstable());
    groups.into_values().filter(|group| cards(subjects, group).len() >= LEAST_CARDS && sure(group)).collect()
}

/// Cards that sit in a group's devices, or in a slot next to several of them, without being suspects themselves: too
/// new or too quiet to be scored on their own behaviour.
fn joiners(subjects: &[Subject], group: &[usize], leans: &[f64], background: &Background) -> Vec<usize> {
    let mut users: BTreeMap<Digits, BTreeSet<Imsi>> = BTreeMap::new();
    let mut slots: BTreeMap<(Tac, Option<PlaceKey>), BTreeSet<u32>> = BTreeMap::new();
    for subject in members(subjects, group) {
        for stay in subject.profile.stays() {
            users.entry(stay.imei.device()).or_default().insert(subject.profile.imsi);
            let cell = subject.profile.main_cell().map(CellId::place);
            slots.entry((stay.imei.tac(), cell)).or_default().insert(stay.imei.serial());
        }
    }
    let next_to_slots = |imei: Imei, cell: Option<CellId>| {
        let serials = slots.get(&(imei.tac(), cell.map(CellId::place)));
        serials.is_some_and(|serials| {
            let low = imei.serial().saturating_sub(NEIGHBOUR_SERIALS);
            serials.range(low..=imei.serial() + NEIGHBOUR_SERIALS).count() >= NEIGHBOURING_SLOTS
        })
    };
    let all = |imei: Imei| background.of_device.get(&imei.device()).map_or(0, |count| *count as usize);
    let shared = |imei: Imei| {
        let suspects = users.get(&imei.device()).map_or(0, BTreeSet::len);
        suspects >= 2 && suspects * SLOT_SUSPECTS >= all(imei)
    };
    let joins = |subject: &Subject| {
        let stays = subject.profile.stays();
        let inside =
            stays.iter().filter(|stay| shared(stay.imei) || next_to_slots(stay.imei, subject.profile.main_cell()));
        !subject.is_past() && !stays.is_empty() && inside.count() * 2 > stays.len()
    };
    let rows = subjects.iter().zip(leans).enumerate();
    rows.filter(|(_, (subject, lean))| **lean >= -JOINER_DOUBT && joins(subject)).map(|(index, _)| index).collect()
}

fn add_farm(findings: &mut Findings, subjects: &[Subject], group: &[usize], threshold: f64) {
    let farm = findings.farms.len();
    let known: Vec<f64> = members(subjects, group).map(|subject| subject.score.probability).collect();
    let suspected: Vec<f64> = known.into_iter().filter(|score| *score >= threshold).collect();
    let score = suspected.iter().sum::<f64>() / (suspected.len() as f64).max(1.0);
    let first_device = findings.devices.len();
    let found = device::devices(subjects, group, farm);
    for &index in group {
        let (Some(subject), Some(verdict)) = (subjects.get(index), findings.verdicts.get_mut(index)) else { continue };
        let last = subject.profile.stays().last().map(|stay| stay.imei.device());
        let holds = |device: &Device| last.is_some_and(|last| device.imeis.iter().any(|imei| imei.device() == last));
        verdict.device = found.iter().position(holds).map(|place| first_device + place);
        verdict.farm = Some(farm);
        verdict.flagged = true;
        if subject.score.probability < threshold {
            verdict.score = verdict.score.max(score);
            verdict.note = Some("sits in a device of this farm");
        }
    }
    let largest = found.iter().rev().max_by_key(|device| (device.imsis.len(), device.imeis.len()));
    let kind = largest.map(|device| device.kind);
    findings.devices.extend(found);
    findings.farms.push(Farm {
        kind,
        score,
        cards: cards(subjects, group).into_iter().collect(),
        devices: (first_device..findings.devices.len()).collect(),
        cells: cells(subjects, group),
        first_seen: members(subjects, group).filter_map(seen).map(|(first, _)| first).min().unwrap_or(0),
        last_seen: members(subjects, group).filter_map(seen).map(|(_, last)| last).max().unwrap_or(0),
        evidence: evidence(subjects, group),
    });
}

/// When a subject was seen in its devices; its span where no device was named.
fn seen(subject: &Subject) -> Option<(i64, i64)> {
    let stays = subject.profile.stays();
    match (stays.first(), stays.last()) {
        (Some(first), Some(last)) => Some((first.first().time(), last.last().time())),
        _ => Some((subject.profile.span.start, subject.profile.span.end)),
    }
}

fn cells(subjects: &[Subject], group: &[usize]) -> Vec<CellId> {
    let mut counts: BTreeMap<CellId, usize> = BTreeMap::new();
    for cell in members(subjects, group).filter_map(|subject| subject.profile.main_cell()) {
        *counts.entry(cell).or_default() += 1;
    }
    let mut cells: Vec<(CellId, usize)> = counts.into_iter().collect();
    cells.sort_by_key(|(cell, count)| (std::cmp::Reverse(*count), *cell));
    cells.into_iter().map(|(cell, _)| cell).collect()
}

fn evidence(subjects: &[Subject], group: &[usize]) -> Vec<Evidence> {
    let mut all: Vec<Evidence> = members(subjects, group)
        .filter_map(|subject| {
            let imsi = subject.profile.imsi;
            let stay = subject.profile.stays().iter().find(|stay| stay.shown().is_some())?;
            let (first, _) = stay.shown()?;
            Some(Evidence::new(first, format!("IMSI {imsi} in IMEI {}", stay.imei)))
        })
        .collect();
    all.sort_by_key(|evidence| (evidence.time, evidence.source));
    all.truncate(FARM_EVIDENCE);
    all
}

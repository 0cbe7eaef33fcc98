//! Cases: a card in a farm that was in another device before. Where that was a child's watch, the card was taken from
//! a child.
//!
//! What the earlier device was is told, in this order, by the operator's table of models, by the operator's ranges of
//! cards, and by how all cards in the same model behave together: one card's half day says little, but the days of all
//! its users tell a watch from a phone.

use super::{DeviceClass, Evidence, Findings, Knowledge, Subject};
use crate::identity::{CellId, Imei, Imsi, Msisdn, Tac};
use crate::model::Model;
use std::collections::BTreeMap;

/// What the users of a model must say together, for a class or against the next best archetype: the logarithm of twenty
/// to one.
const MODEL_MARGIN: f64 = 3.0;
/// No single user says more than this for a class or an archetype: the logarithm of seven.
const USER_FOR: f64 = 2.0;
/// Nor more than this against a class (twenty) or an archetype (four hundred): what an archetype never does tells more
/// than what it often does.
const USER_AGAINST_CLASS: f64 = 3.0;
const USER_AGAINST: f64 = 6.0;

/// What kind of card it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseKind {
    /// Taken from a child's watch.
    StolenWatch,
    /// Came from a machine (meter, lift, tracker).
    IotCard,
    /// Came from another device.
    MovedCard,
}

impl CaseKind {
    /// The word in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::StolenWatch => "stolen_watch",
            Self::IotCard => "iot_card",
            Self::MovedCard => "moved_card",
        }
    }
}

/// A device, a place and a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The device.
    pub imei: Imei,
    /// The cell, where it was known.
    pub cell: Option<CellId>,
    /// Last seen there (before), first seen there (after); nanoseconds since 1970.
    pub time: i64,
}

/// One case.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// What kind.
    pub kind: CaseKind,
    /// The card.
    pub imsi: Imsi,
    /// Its number.
    pub msisdn: Option<Msisdn>,
    /// Where it was before.
    pub before: Place,
    /// Where it turned up.
    pub after: Place,
    /// The device it is in, as its place in [`Findings::devices`].
    pub device: Option<usize>,
    /// Its farm, as its place in [`Findings::farms`].
    pub farm: usize,
    /// Outgoing calls since.
    pub calls_since: u32,
    /// Frames that show it.
    pub evidence: Vec<Evidence>,
}

/// Finds the cases among the cards of farms.
pub(super) fn cases(subjects: &[Subject], findings: &Findings, model: &Model, knowledge: &Knowledge) -> Vec<Case> {
    let models = if model.origins.is_empty() {
        by_archetype(subjects, findings, model)
    } else {
        by_class(subjects, findings, model)
    };
    let mut by_card: BTreeMap<Imsi, Vec<usize>> = BTreeMap::new();
    for (index, subject) in subjects.iter().enumerate() {
        by_card.entry(subject.profile.imsi).or_default().push(index);
    }
    let mut cases: Vec<Case> =
        by_card.values().filter_map(|own| case_of(subjects, own, findings, knowledge, &models)).collect();
    cases.sort_by_key(|case| (case.after.time, case.imsi));
    cases
}

/// What each model of device is, by the behaviour of all its users: the class for which they say most together. Cards in
/// farms do not vote.
fn by_class(subjects: &[Subject], findings: &Findings, model: &Model) -> BTreeMap<Tac, DeviceClass> {
    let origins = model.known_origins();
    let names = origins.names();
    let mut votes: BTreeMap<Tac, Vec<f64>> = BTreeMap::new();
    for (subject, verdict) in subjects.iter().zip(&findings.verdicts) {
        let Some(stay) = subject.profile.stays().first().filter(|_| verdict.farm.is_none()) else { continue };
        let sums = votes.entry(stay.imei.tac()).or_insert_with(|| vec![0.0; names.len()]);
        for (sum, vote) in sums.iter_mut().zip(origins.votes(&subject.profile.values)) {
            *sum += vote.clamp(-USER_AGAINST_CLASS, USER_FOR);
        }
    }
    let class = |(tac, sums): (Tac, Vec<f64>)| {
        log::debug!("TAC {tac}: {names:?} {sums:.1?}");
        let (sum, name) = sums.into_iter().zip(&names).max_by(|a, b| a.0.total_cmp(&b.0))?;
        (sum >= MODEL_MARGIN).then(|| class_of(name))?.map(|class| (tac, class))
    };
    votes.into_iter().filter_map(class).collect()
}

/// What each model of device is, for a model that knows no classes: the archetype whose probability, against its share
/// in the population, they raise most together.
fn by_archetype(subjects: &[Subject], findings: &Findings, model: &Model) -> BTreeMap<Tac, DeviceClass> {
    let (names, priors) = (model.mixture.archetypes(), model.mixture.archetype_priors());
    let mut votes: BTreeMap<Tac, Vec<f64>> = BTreeMap::new();
    for (subject, verdict) in subjects.iter().zip(&findings.verdicts) {
        let Some(stay) = subject.profile.stays().first().filter(|_| verdict.farm.is_none()) else { continue };
        let sums = votes.entry(stay.imei.tac()).or_insert_with(|| vec![0.0; names.len()]);
        for ((sum, share), prior) in sums.iter_mut().zip(&subject.score.shares).zip(&priors) {
            *sum += (share.max(1e-6) / prior.max(1e-6)).ln().clamp(-USER_AGAINST, USER_FOR);
        }
    }
    log::debug!("archetypes {names:?}");
    let class = |(tac, sums): (Tac, Vec<f64>)| {
        log::debug!("TAC {tac}: {sums:.1?}");
        let mut ranked: Vec<(f64, &str)> = sums.into_iter().zip(names.iter().copied()).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        let [(first, name), (second, _), ..] = ranked.as_slice() else { return None };
        (first - second >= MODEL_MARGIN).then(|| class_of(name))?.map(|class| (tac, class))
    };
    votes.into_iter().filter_map(class).collect()
}

/// The device that an archetype lives in.
fn class_of(archetype: &str) -> Option<DeviceClass> {
    let is = |words: &[&str]| words.iter().any(|word| archetype.contains(word));
    if is(&["watch"]) {
        Some(DeviceClass::Watch)
    } else if is(&["machine", "meter", "iot", "lift", "tracker", "alarm"]) {
        Some(DeviceClass::Iot)
    } else {
        None
    }
}

fn case_of(
    subjects: &[Subject],
    own: &[usize],
    findings: &Findings,
    knowledge: &Knowledge,
    models: &BTreeMap<Tac, DeviceClass>,
) -> Option<Case> {
    let in_farm = |index: &&usize| findings.verdicts.get(**index).is_some_and(|verdict| verdict.farm.is_some());
    let first = own.iter().find(in_farm)?;
    let (subject, verdict) = (subjects.get(*first)?, findings.verdicts.get(*first)?);
    let arrival = subject.profile.stays().first()?;
    let past = own.iter().filter(|index| *index < first).rev().filter_map(|index| subjects.get(*index));
    let (earlier, last) = past
        .filter_map(|subject| Some((subject, subject.profile.stays().last()?)))
        .find(|(_, stay)| stay.imei.device() != arrival.imei.device())?;
    let class = knowledge
        .model(last.imei.tac())
        .or_else(|| knowledge.card(subject.profile.imsi))
        .or_else(|| models.get(&last.imei.tac()).copied());
    let kind = match class {
        Some(DeviceClass::Watch) => CaseKind::StolenWatch,
        Some(DeviceClass::Iot) => CaseKind::IotCard,
        _ => CaseKind::MovedCard,
    };
    let mut evidence = Vec::new();
    if let Some((_, seen)) = last.shown() {
        evidence.push(Evidence::new(seen, format!("last seen in its own device, IMEI {}", last.imei)));
    }
    if let Some((seen, _)) = arrival.shown() {
        evidence.push(Evidence::new(seen, format!("first seen in the farm, IMEI {}", arrival.imei)));
    }
    let mut calls_since = 0u32;
    for subject in own.iter().filter(in_farm).filter_map(|index| subjects.get(*index)) {
        calls_since = calls_since.saturating_add(subject.profile.calls_out());
        for call in subject.profile.call_examples() {
            evidence.push(Evidence::new(*call, "call from the farm to a stranger".to_owned()));
        }
    }
    Some(Case {
        kind,
        imsi: subject.profile.imsi,
        msisdn: subject.profile.msisdn.or(earlier.profile.msisdn),
        before: Place {
            imei: last.imei,
            cell: last.last().cell().or(earlier.profile.main_cell()),
            time: last.last().time(),
        },
        after: Place {
            imei: arrival.imei,
            cell: arrival.first().cell().or(subject.profile.main_cell()),
            time: arrival.first().time(),
        },
        device: verdict.device,
        farm: verdict.farm?,
        calls_since,
        evidence,
    })
}

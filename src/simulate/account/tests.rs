//! What is told of a town's acts.

use super::super::city::City;
use super::super::testing::{acts, town};
use super::*;
use std::collections::BTreeMap;

const PEOPLE: &str = "[population]\nordinary = 12\nvolte = 0.5\nactivity = 2.0\n";

/// The events of a town, by kind and the interface that tells them.
fn told(interfaces: &str) -> BTreeMap<(EventKind, Interface), usize> {
    let scenario = town(1440, 2, &format!("[network]\nmscs = 2\nmmes = 2\n{interfaces}\n{PEOPLE}"));
    let (mut city, mut teller) = (City::new(&scenario, 3).unwrap(), Teller::new(&scenario).unwrap());
    let mut told = BTreeMap::new();
    for act in acts(&mut city) {
        teller.tell(&act, &mut |event| {
            assert!(event.shown_on.is_empty() || event.shown_on.contains(&event.event.interface));
            *told.entry((event.event.kind, event.event.interface)).or_default() += 1;
        });
    }
    told
}

fn of_kind(told: &BTreeMap<(EventKind, Interface), usize>, kind: EventKind) -> usize {
    told.iter().filter(|((known, _), _)| *known == kind).map(|(_, count)| count).sum()
}

#[test]
fn what_nobody_says_is_not_told() {
    let usual = told("");
    let kinds = [EventKind::Paging, EventKind::DataStart, EventKind::DataUpdate, EventKind::DataEnd];
    assert!(kinds.iter().all(|&kind| of_kind(&usual, kind) == 0), "{usual:?}");
    let radio = told("interfaces = [\"map\", \"cap\", \"s6a\", \"s13\", \"sip\", \"bssap\", \"s1ap\", \"gtp\"]");
    assert!(kinds.iter().all(|&kind| of_kind(&radio, kind) > 0), "{radio:?}");
    // Calls are the same; each shows the device on the radio network, and the called is paged.
    for kind in [EventKind::CallAttempt, EventKind::CallAnswer, EventKind::CallEnd] {
        assert_eq!(of_kind(&usual, kind), of_kind(&radio, kind));
    }
    assert!(of_kind(&radio, EventKind::EquipmentCheck) > of_kind(&usual, EventKind::EquipmentCheck));
    assert!(radio[&(EventKind::EquipmentCheck, A)] > radio[&(EventKind::Paging, A)]);
}

#[test]
fn a_periodic_update_is_no_registration_at_home() {
    let (usual, radio) = (told(""), told("interfaces = [\"map\", \"s6a\", \"s1ap\", \"bssap\", \"cap\", \"sip\"]"));
    for home in [Interface::MapD, S6a] {
        assert_eq!(usual.get(&(EventKind::Register, home)), radio.get(&(EventKind::Register, home)));
    }
    assert!(!usual.contains_key(&(EventKind::Register, A)));
    assert!(radio[&(EventKind::Register, A)] > 0 && radio[&(EventKind::Register, S1)] > 0);
}

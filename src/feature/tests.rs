//! The accumulators merge: gathering a stretch of time in pieces gives the same features as gathering it at once.

use super::*;
use crate::event::{Direction, Event, EventKind, Interface, Peer, Rat, Result, Source};
use crate::identity::{CellId, CellKind, Number, Plmn};
use crate::time::{MINUTE, SECOND};
use proptest::prelude::*;

/// An event from small numbers: enough variety for every family.
fn event(time: i64, kind: u8, who: u8, cell: u8, device: u8) -> Event {
    let kinds = [
        (EventKind::CallAttempt, Direction::Mo),
        (EventKind::CallEnd, Direction::Mo),
        (EventKind::CallAttempt, Direction::Mt),
        (EventKind::CallAnswer, Direction::Mo),
        (EventKind::SmsSubmit, Direction::Mo),
        (EventKind::SmsDeliver, Direction::Mt),
        (EventKind::Register, Direction::Mo),
        (EventKind::Moved, Direction::None),
        (EventKind::Deregister, Direction::None),
        (EventKind::Authenticate, Direction::None),
        (EventKind::DataStart, Direction::Mo),
        (EventKind::DataEnd, Direction::None),
        (EventKind::CallAnswer, Direction::Mt),
        (EventKind::Ussd, Direction::Mo),
        (EventKind::Paging, Direction::Mt),
        (EventKind::Locate, Direction::Mt),
    ];
    let (kind, direction) = kinds[usize::from(kind) % kinds.len()];
    let mut event = Event::new(kind, time, Interface::Cap, Source { file: 0, frame: time as u64 });
    event.direction = direction;
    event.imsi = "001010000000001".parse().ok();
    event.peer = Number::from_text(format!("+1555010{who:04}").as_bytes()).map(Peer::Number);
    let plmn = Plmn::new(1, 1, 2).unwrap();
    event.cell = (cell > 0).then(|| CellId { plmn, area: Some(1), cell: Some(u64::from(cell)), kind: CellKind::Cgi });
    event.imei = (device > 0).then(|| format!("3569380300000{device}0").parse().unwrap());
    event.duration_ms = (kind == EventKind::CallEnd).then_some(u32::from(who) * 700);
    event.auth_latency_ms = (kind == EventKind::Authenticate).then_some(u32::from(who) * 90);
    event.outcome = [Result::Success, Result::Failure, Result::NoAnswer][usize::from(who) % 3];
    event.rat = [None, Some(Rat::Geran), Some(Rat::Eutran)][usize::from(cell) % 3];
    event.sms_digest = (kind == EventKind::SmsSubmit).then_some(u64::from(who) / 2);
    event.sms_parts = (kind == EventKind::SmsSubmit).then_some(who % 3);
    event.msisdn = "15550100000".parse().ok();
    event
}

fn same(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a.is_nan() && b.is_nan()) || (a - b).abs() < 1e-9)
}

proptest! {
    #[test]
    fn merged_hours_equal_the_day(
        steps in prop::collection::vec((1i64..2000, 0u8..16, 0u8..12, 0u8..4, 0u8..4), 1..60),
        cuts in prop::collection::vec(0usize..60, 0..4),
    ) {
        let mut time = 1_700_000_000 * SECOND;
        let events: Vec<Event> = steps.iter().map(|&(gap, kind, who, cell, device)| {
            time += gap * SECOND;
            event(time, kind, who, cell, device)
        }).collect();
        let mut whole = Accumulator::default();
        events.iter().for_each(|event| whole.push(event));
        let mut parts = vec![Accumulator::default()];
        for (index, event) in events.iter().enumerate() {
            if cuts.contains(&index) {
                parts.push(Accumulator::default());
            }
            parts.last_mut().unwrap().push(event);
        }
        let merged = parts.into_iter().reduce(|mut merged, part| { merged.merge(&part); merged }).unwrap();
        let span = Span { start: events[0].time, end: time + MINUTE, clock: 0 };
        let (merged, whole) = (merged.finish(span), whole.finish(span));
        let named: Vec<_> = registry().iter().zip(merged.iter().zip(&whole)).filter(|(_, (a, b))| !same(&[**a], &[**b])).collect();
        prop_assert!(named.is_empty(), "{named:?}");
    }
}

#[test]
fn every_feature_has_a_value_or_is_absent() {
    let mut extractor = Extractor::new(crate::time::DAY, 0);
    for step in 0..40u8 {
        extractor.push(&event(i64::from(step) * MINUTE, step % 16, step % 5, 1, 1));
    }
    let window = extractor.finish().unwrap();
    assert_eq!(window.profiles.len(), 1);
    assert_eq!(window.profiles[0].values.len(), registry().len());
    let names: std::collections::BTreeSet<_> = registry().iter().map(|definition| definition.name).collect();
    assert_eq!(names.len(), registry().len(), "a name stands for one feature");
}

#[test]
fn a_change_of_model_cuts_the_window() {
    let mut extractor = Extractor::new(crate::time::DAY, 0);
    let with_imei = |time: i64, imei: &str| {
        let mut event = event(time * MINUTE, 6, 1, 1, 0);
        event.imei = imei.parse().ok();
        event
    };
    extractor.push(&with_imei(10, "356938030000010"));
    extractor.push(&with_imei(20, "356938030000020"));
    extractor.push(&with_imei(30, "350000000000010"));
    extractor.push(&with_imei(40, "350000010000010"));
    let profiles = extractor.finish().unwrap().profiles;
    let parts: Vec<_> = profiles.iter().map(|profile| (profile.part, profile.stays().len())).collect();
    assert_eq!(parts, [(Part::Before, 2), (Part::After, 2)]);
    assert_eq!(profiles[0].span.end, 30 * MINUTE);
}

#[test]
fn regular_gaps_are_not_bursty() {
    let mut rhythm = Accumulator::default();
    for call in 0..50i64 {
        rhythm.push(&event(call * 120 * SECOND, 0, call as u8, 1, 1));
    }
    let values = rhythm.finish(Span { start: 0, end: 50 * 120 * SECOND, clock: 0 });
    let value = |name: &str| values[registry().iter().position(|definition| definition.name == name).unwrap()];
    assert!(value("gap_burstiness") < -0.9);
    assert_eq!(value("inbound_share"), 0.0);
    assert_eq!(value("callee_ratio"), 1.0);
    assert_eq!(value("cell_main_share"), 1.0);
}

#[test]
fn windows_and_nights_follow_the_local_clock() {
    let hour = crate::time::HOUR;
    // 15:30 and 16:30 UTC are 23:30 and 00:30 eight hours ahead: two days, both night.
    let calls = [event(31 * hour / 2, 0, 1, 1, 1), event(33 * hour / 2, 0, 2, 1, 1)];
    let mut extractor = Extractor::new(crate::time::DAY, 8 * hour);
    assert!(extractor.push(&calls[0]).is_none());
    let first = extractor.push(&calls[1]).unwrap();
    let second = extractor.finish().unwrap();
    let night = registry().iter().position(|definition| definition.name == "night_share").unwrap();
    for window in [&first, &second] {
        assert_eq!(window.profiles[0].values[night], 1.0);
    }
    assert_eq!((first.end, second.start), (16 * hour, 16 * hour));
}

#[test]
fn company_is_what_a_first_look_says_of_others() {
    let hour = crate::time::HOUR;
    let card = |imsi: &str, msisdn: &str, imei: &str| {
        let mut event = event(hour, 6, 1, 1, 0);
        (event.imsi, event.msisdn, event.imei) = (imsi.parse().ok(), msisdn.parse().ok(), imei.parse().ok());
        event
    };
    let call = |of: &Event, called: &str| {
        let mut event = *of;
        (event.kind, event.time, event.direction) = (EventKind::CallAttempt, 2 * hour, Direction::Mo);
        event.peer = Number::from_text(called.as_bytes()).map(Peer::Number);
        event
    };
    // Two of one lot and one batch, the first of whom calls the third; the third and the fourth call the same number.
    let cards = [
        card("001010000000100", "15550100100", "356938030000100"),
        card("001010000000103", "15550100103", "356938030000420"),
        card("001010000000500", "15550100500", "350000000000010"),
        card("001010000000900", "15550100900", "350000099999910"),
    ];
    let mut extractor = Extractor::new(crate::time::DAY, 0);
    cards.iter().for_each(|event| assert!(extractor.push(event).is_none()));
    let calls = [call(&cards[0], "+15550100500"), call(&cards[2], "+15557777777"), call(&cards[3], "+15557777777")];
    calls.iter().for_each(|event| assert!(extractor.push(event).is_none()));
    let mut profiles = extractor.finish().unwrap().profiles;
    let value = |profiles: &[Profile], index: usize, name: &str| {
        profiles[index].values[registry().iter().position(|definition| definition.name == name).unwrap()]
    };
    assert!(value(&profiles, 0, "company_lot").is_nan(), "nobody looked");
    meet(&mut profiles, &[-1.0, 2.0, -3.0, 99.0]);
    assert_eq!(value(&profiles, 0, "company_called"), -3.0);
    assert!(value(&profiles, 2, "company_called").is_nan());
    assert_eq!(value(&profiles, 0, "company_lot"), 2.0);
    assert_eq!(value(&profiles, 1, "company_device_most"), -1.0);
    assert_eq!(value(&profiles, 2, "company_rivals"), 8.0, "a first look says 8 at most");
    assert_eq!(value(&profiles, 3, "company_rivals_most"), -3.0);
    assert!(value(&profiles, 3, "company_lot").is_nan());
}

#[test]
fn devices_of_a_batch_are_more_than_chance_wherever_they_are() {
    let mut extractor = Extractor::new(crate::time::DAY, 0);
    for place in 0..12u8 {
        let mut event = event(i64::from(place) * MINUTE, 6, 1, place + 1, 0);
        event.imsi = format!("0010100000{:05}", u32::from(place) * 2).parse().ok();
        let serial = if place < 8 { u32::from(place) } else { u32::from(place) * 50_000 };
        event.imei = format!("35693803{serial:06}0").parse().ok();
        assert!(extractor.push(&event).is_none());
    }
    let profiles = extractor.finish().unwrap().profiles;
    let place = |name: &str| registry().iter().position(|definition| definition.name == name).unwrap();
    assert!(profiles[0].values[place("imei_batch")] > 2.9 && profiles[11].values[place("imei_batch")].abs() < 0.1);
    assert_eq!(profiles[0].values[place("imei_neighbours")], 0.0);
    // All are of one model: what neighbouring cards have in common with it is chance.
    assert!(profiles[0].values[place("imsi_neighbours_model")].abs() < 0.1);
}

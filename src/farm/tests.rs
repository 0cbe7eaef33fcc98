//! Farms of a few made-up cards: who is tied to whom, and who is not.

use super::*;
use crate::event::{Direction, Event, EventKind, Interface, Peer};
use crate::feature::{Extractor, Window};
use crate::identity::Number;
use crate::model::Model;
use crate::time::{DAY, HOUR, MINUTE};

fn imsi(card: u64) -> String {
    format!("0010100{card:08}")
}

fn number(card: u64) -> String {
    format!("1555{card:07}")
}

fn event(time: i64, kind: EventKind, card: u64) -> Event {
    let mut event = Event::new(kind, time, Interface::Cap, Source { file: 0, frame: 1 });
    (event.imsi, event.msisdn) = (imsi(card).parse().ok(), number(card).parse().ok());
    event.direction = Direction::Mo;
    event
}

fn call(time: i64, card: u64, called: u64) -> Event {
    let peer = Number::from_text(format!("+{}", number(called)).as_bytes()).map(Peer::Number);
    Event { peer, ..event(time, EventKind::CallAttempt, card) }
}

/// A card in a device, which it names.
fn stay(time: i64, card: u64, serial: u64) -> Event {
    Event { imei: format!("35693803{serial:06}0").parse().ok(), ..event(time, EventKind::Register, card) }
}

/// The subjects of events in windows of a day; `score` is told the card and the day.
fn subjects(events: &[Event], score: impl Fn(u64, i64) -> f64) -> Vec<Subject> {
    let mut extractor = Extractor::new(DAY, 0);
    let mut windows: Vec<Window> = events.iter().filter_map(|event| extractor.push(event)).collect();
    windows.extend(extractor.finish());
    let of = |window: Window| {
        let day = window.start.div_euclid(DAY);
        window.profiles.into_iter().map(move |profile| (profile, day))
    };
    let subject = |(profile, day): (Profile, i64)| {
        let card = profile.imsi.digits().value().unwrap() % 10_000;
        let probability = score(card, day);
        let score = Score { probability, archetype: String::new(), shares: Vec::new(), reasons: Vec::new() };
        Subject { profile, score }
    };
    windows.into_iter().flat_map(of).map(subject).collect()
}

fn found(events: &[Event], score: impl Fn(u64, i64) -> f64) -> Findings {
    let model = Model::parse(include_str!("../../models/default.json"), "default").unwrap();
    assert_eq!(model.threshold, 0.5);
    gather(&subjects(events, score), &model, &Knowledge::default())
}

/// People who call somebody else each.
fn people(count: u64) -> Vec<Event> {
    (0..count).map(|card| call(HOUR, 20 * card + 5000, 9000 + card)).collect()
}

#[test]
fn suspects_that_call_each_other_are_tied_once() {
    let mut events = people(200);
    for (caller, called) in [(100, 200), (200, 100), (300, 7000)] {
        events.push(call(2 * HOUR, caller, called));
    }
    let subjects = subjects(&events, |_, _| 0.9);
    let card = |index: usize| subjects[index].profile.imsi.digits().value().unwrap() % 10_000;
    let suspects: Vec<usize> = (0..subjects.len()).filter(|index| card(*index) < 1000).collect();
    let ties = kin::calls(&subjects, &suspects, subjects.len() as f64);
    let pairs: Vec<(u64, u64)> =
        ties.iter().map(|tie| (card(tie.a).min(card(tie.b)), card(tie.a).max(card(tie.b)))).collect();
    assert_eq!(pairs, [(100, 200)]);
    assert!(ties[0].weight > 1.0, "{ties:?}");
}

#[test]
fn suspects_of_one_lot_are_tied() {
    let mut events = people(200);
    events.extend([100, 103, 108, 400].map(|card| call(2 * HOUR, card, 7000)));
    let subjects = subjects(&events, |_, _| 0.9);
    let card = |index: usize| subjects[index].profile.imsi.digits().value().unwrap() % 10_000;
    let suspects: Vec<usize> = (0..subjects.len()).filter(|index| card(*index) < 1000).collect();
    let pairs: Vec<_> = kin::lots(&subjects, &suspects).iter().map(|tie| (card(tie.a), card(tie.b))).collect();
    assert_eq!(pairs, [(100, 103)]);
}

#[test]
fn a_quiet_night_says_little_beside_the_day_after_it() {
    let mut events = vec![stay(23 * HOUR, 1, 7), stay(23 * HOUR, 2, 500)];
    events.extend((0..40).map(|step| stay(DAY + step * MINUTE, 1, 7)));
    events.push(stay(DAY + HOUR, 2, 900));
    let subjects = subjects(&events, |_, day| if day == 0 { 0.7 } else { 1e-5 });
    let leans = lean::leans(&subjects, 0.5);
    let of = |card: u64| -> Vec<f64> {
        let own = |subject: &Subject| subject.profile.imsi.digits().value().unwrap() % 10_000 == card;
        subjects.iter().zip(&leans).filter(|(subject, _)| own(subject)).map(|(_, lean)| *lean).collect()
    };
    assert!(of(1).iter().all(|lean| *lean < -9.0), "{:?}", of(1));
    // In another device it is another matter.
    assert!(of(2)[0] > 0.8 && of(2)[1] < -9.0, "{:?}", of(2));
}

#[test]
fn what_a_card_was_before_it_moved_is_not_doubted() {
    let mut moved = stay(2 * HOUR, 1, 7);
    moved.imei = "350000000000010".parse().ok();
    let subjects = subjects(&[stay(HOUR, 1, 7), moved], |_, _| 0.3);
    let leans = lean::leans(&subjects, 0.5);
    assert!(leans[0] == f64::NEG_INFINITY && leans[1] > -1.0, "{leans:?}");
}

#[test]
fn a_phone_in_which_a_dealer_tries_cards_is_no_slot() {
    let tried = |cards: u64| {
        let mut events = people(200);
        events.extend((0..cards).map(|card| stay(2 * HOUR + card as i64 * MINUTE, 30 * card, 7)));
        found(&events, |card, _| if card < 90 { 0.6 } else { 0.001 })
    };
    let slot = tried(4);
    assert_eq!(slot.farms.len(), 1);
    assert_eq!(slot.farms[0].cards.len(), 3, "one whom nothing makes suspect does not join");
    assert!(slot.verdicts.iter().filter(|verdict| verdict.flagged).all(|verdict| verdict.farm == Some(0)));
    let counter = tried(12);
    assert!(counter.farms.is_empty() && counter.verdicts.iter().all(|verdict| !verdict.flagged));
}

#[test]
fn the_surer_two_are_the_less_their_tie_must_weigh() {
    // Three cards of one lot in a large population, each with the next.
    let ring = |score: f64| {
        let mut events = people(200);
        events.extend([100, 102, 104].map(|card| call(2 * HOUR, card, 7000)));
        found(&events, move |card, _| if card < 1000 { score } else { 0.001 }).farms.len()
    };
    assert_eq!((ring(0.95), ring(0.5)), (1, 0));
}

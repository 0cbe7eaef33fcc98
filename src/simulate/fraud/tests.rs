//! Frauds from outside: what their cards do in a small town, by the acts that the network is told.

#![allow(clippy::arithmetic_side_effects)]

use super::limits::Refusal;
use super::*;
use crate::identity::{Imei, Imsi};
use crate::simulate::act::{Act, Deed};
use crate::simulate::clock::{HOUR, SECOND};
use crate::simulate::network::Card;
use crate::simulate::network::call::{Outcome, Party};
use crate::simulate::people::person::Archetype;
use crate::simulate::testing;
use std::collections::{BTreeMap, BTreeSet};

const PEOPLE: &str = r#"
[population]
ordinary = 60
watches = 24
meters = 20
volte = 0.4
activity = 0.3
[[frauds]]
name = "box"
"#;

/// A fraud's run.
struct Ran {
    begin: Time,
    fraud: Fraud,
    cards: BTreeSet<Imsi>,
    archetypes: BTreeMap<Imsi, Archetype>,
    phones: BTreeSet<Imei>,
    works: BTreeMap<Imsi, usize>,
    imsis: Vec<Imsi>,
    acts: Vec<Act>,
}

fn ran(days: u64, table: &str) -> Ran {
    let scenario = testing::town(days * 1440, 3, &format!("{PEOPLE}{table}"));
    let mut city = City::new(&scenario, 4).unwrap();
    let phones =
        city.population.devices.iter().filter(|device| device.slot.is_none()).map(|device| device.imei).collect();
    let acts = testing::acts(&mut city);
    let people = &city.population.people;
    Ran {
        begin: scenario.begin(),
        cards: people.iter().filter(|person| person.farm.is_some()).map(|person| person.imsi).collect(),
        archetypes: people.iter().map(|person| (person.imsi, person.archetype)).collect(),
        works: people.iter().map(|person| (person.imsi, person.work)).collect(),
        imsis: people.iter().map(|person| person.imsi).collect(),
        phones,
        acts,
        fraud: city.frauds.remove(0),
    }
}

fn hours(time: Time) -> f64 {
    time as f64 / HOUR as f64
}

impl Ran {
    /// What its cards do, with the hour since the beginning.
    fn deeds(&self) -> impl Iterator<Item = (f64, &Card, &Deed)> {
        self.acts.iter().filter_map(|act| {
            let card = act.deed.present()[0]?;
            self.cards.contains(&card.imsi).then(|| (hours(act.at - self.begin), card, &act.deed))
        })
    }

    /// The calls that its cards make: hour, card, called, outcome.
    fn calls(&self) -> Vec<(f64, &Card, &Party, Outcome)> {
        self.deeds()
            .filter_map(|(hour, card, deed)| match deed {
                Deed::Call { caller: Party::Card(_), called, line } => Some((hour, card, called, line.outcome)),
                _ => None,
            })
            .collect()
    }

    fn imeis(&self) -> BTreeMap<Imsi, BTreeSet<Imei>> {
        let mut imeis: BTreeMap<Imsi, BTreeSet<Imei>> = BTreeMap::new();
        for (_, card, _) in self.deeds() {
            imeis.entry(card.imsi).or_default().insert(card.imei);
        }
        imeis
    }
}

#[test]
fn each_model_of_the_paper_does_what_it_is_for() {
    each_does_what_it_is_for(|kind| kind <= Kind::All);
}

#[test]
fn each_other_kind_does_what_it_is_for() {
    each_does_what_it_is_for(|kind| kind > Kind::All);
}

fn each_does_what_it_is_for(of: fn(Kind) -> bool) {
    for kind in Kind::ALL.iter().copied().filter(|&kind| of(kind)) {
        let days = if kind == Kind::RentedCards { 3 } else { 1 + u64::from(kind == Kind::DormantCards) };
        let ran = ran(days, &format!("kind = {:?}\n", kind.name()));
        let economy = &ran.fraud.economy;
        let [sent, received] = economy.messages;
        let wanted = match kind {
            Kind::ModemPool => economy.asked == 0 && sent == 0 && received > 500,
            Kind::SmsBlast => economy.asked == 0 && sent > 500 && received == 0,
            Kind::IotCards => economy.placed > 50 && sent > 50,
            // What is more than people would call is refused.
            Kind::Traffic | Kind::All => economy.placed > 30 && economy.refused[Refusal::Gap as usize] > 100,
            _ => economy.placed > 50 && sent == 0 && received == 0,
        };
        assert!(wanted, "{}: {economy:?}", kind.name());
        assert_eq!(economy.asked, economy.placed + economy.refusals(), "{}", kind.name());
        assert_eq!(economy.taken as usize, ran.fraud.plan.cards() - ran.fraud.plan.sims, "{}", kind.name());
        assert_eq!(economy.own_calls > 0, ran.fraud.plan.lives(), "{}", kind.name());
    }
}

#[test]
fn a_box_works_in_its_hours_and_under_its_caps() {
    let ran = ran(2, "kind = \"goip\"\nports = 8\nsims = 8\ncalls_a_day = 5\nhours = [10.0, 16.0]\n");
    let mut a_day: BTreeMap<(Imsi, u64), u32> = BTreeMap::new();
    for (hour, card, ..) in ran.calls() {
        assert!((10.0..16.0).contains(&(hour % 24.0)), "{hour}");
        *a_day.entry((card.imsi, hour as u64 / 24)).or_default() += 1;
    }
    assert_eq!(a_day.len(), 16);
    assert!(a_day.values().all(|&calls| calls == 5), "{a_day:?}");
    assert!(ran.fraud.economy.refused[Refusal::Capped as usize] > 100);
}

#[test]
fn closed_cards_are_silent_and_others_get_their_slots() {
    let ran = ran(3, "kind = \"goip\"\nports = 4\nsims = 40\nlife_days = [0.2, 1.0]\n");
    let closed = ran.fraud.economy.closed as usize;
    assert!((10..30).contains(&closed), "{closed}");
    let calls = ran.calls();
    for stock in ran.fraud.cards.iter().filter(|stock| hours(stock.closes) < hours(ran.begin) + 70.0) {
        let own = || calls.iter().filter(|(_, card, ..)| card.imsi == ran.imsis[stock.person]).map(|(hour, ..)| *hour);
        assert!(own().all(|hour| hour <= hours(stock.closes - ran.begin)), "{}", stock.closes);
    }
    assert!(calls.iter().map(|(_, card, ..)| card.imsi).collect::<BTreeSet<_>>().len() > 10);
    assert!(calls.iter().any(|(hour, ..)| *hour > 60.0));
}

#[test]
fn without_disguise_cards_share_the_imeis_of_slots() {
    let ran = ran(1, "kind = \"goip\"\nports = 4\nsims = 8\nrotate_minutes = 5.0\n");
    let all: BTreeSet<Imei> = ran.imeis().into_values().flatten().collect();
    assert_eq!(all.len(), 4);
    let serials: Vec<u32> = all.iter().map(|imei| imei.serial()).collect();
    assert_eq!(serials, [510_000, 510_001, 510_002, 510_003]);
    assert!(ran.imeis().values().any(|imeis| imeis.len() > 1));
}

#[test]
fn triggers_of_another_imei() {
    let base = "kind = \"goip\"\nports = 4\nsims = 8\nrotate_minutes = 5.0\n";
    let own = ran(1, &format!("{base}imei = \"per-sim\"\n")).imeis();
    assert_eq!(own.len(), 8);
    assert!(own.values().all(|imeis| imeis.len() == 1));
    assert_eq!(own.values().flatten().collect::<BTreeSet<_>>().len(), 8);

    let still = "kind = \"goip\"\nports = 4\nsims = 4\npause_seconds = [600.0, 700.0]\n";
    let periodic = ran(1, &format!("{still}imei = \"periodic\"\nimei_hours = 4.0\n")).imeis();
    assert!(periodic.values().all(|imeis| (3..=6).contains(&imeis.len())), "{periodic:?}");

    let metric = ran(1, &format!("{still}imei = \"metric\"\nimei_calls = 10\n"));
    let mut calls: BTreeMap<Imei, u32> = BTreeMap::new();
    for (_, card, ..) in metric.calls() {
        *calls.entry(card.imei).or_default() += 1;
    }
    assert!(calls.len() > 12 && calls.values().all(|&calls| calls <= 10), "{calls:?}");
}

#[test]
fn values_of_another_imei() {
    let imeis = |values: &str| {
        let table = format!("kind = \"goip\"\nports = 24\nsims = 24\nimei = \"per-sim\"\nimei_values = \"{values}\"\n");
        let ran = ran(1, &table);
        let all: Vec<Imei> = ran.imeis().into_values().flatten().collect();
        assert_eq!(all.len(), 24);
        (all, ran)
    };
    let right = |imeis: &[Imei]| imeis.iter().filter(|imei| imei.luhn_ok()).count();
    let types = |imeis: &[Imei]| imeis.iter().map(|imei| imei.tac().to_string()).collect::<BTreeSet<_>>();
    let (random, _) = imeis("random");
    assert!(right(&random) < 10 && types(&random).len() > 20);
    let (tac, ran) = imeis("tac");
    assert!(right(&tac) == 24 && types(&tac).len() > 3 && types(&tac).iter().all(|tac| tac.starts_with("001055")));
    assert!(tac.iter().all(|imei| !ran.phones.contains(imei)));
    let (prefix, _) = imeis("prefix");
    assert!(right(&prefix) == 24 && types(&prefix).len() == 1);
    assert!(prefix.iter().all(|imei| imei.serial() / 1000 == 510));
    let (list, ran) = imeis("list");
    assert!(list.iter().all(|imei| ran.phones.contains(imei)));
}

#[test]
fn routing_decides_who_calls_whom() {
    let calls = |routing: &str| {
        let table = "kind = \"naive\"\nsims = 10\nports = 10\ndiverted_minutes = 2.0\ncallees = 40\n";
        ran(1, &format!("{table}routing = \"{routing}\"\n"))
    };
    let spread = |ran: &Ran| {
        let mut callers: BTreeMap<u64, BTreeSet<Imsi>> = BTreeMap::new();
        let mut calls: BTreeMap<Imsi, u64> = BTreeMap::new();
        for (_, card, called, _) in ran.calls() {
            callers.entry(called.number().to_bits()).or_default().insert(card.imsi);
            *calls.entry(card.imsi).or_default() += 1;
        }
        let pairs = callers.values().map(BTreeSet::len).sum::<usize>() as f64 / callers.len() as f64;
        (pairs, calls.values().max().unwrap() - calls.values().min().unwrap())
    };
    let (turn, history, balanced) = (calls("in-turn"), calls("history"), calls("balanced"));
    assert!(spread(&history).0 * 2.0 < spread(&turn).0, "{:?} {:?}", spread(&history), spread(&turn));
    assert!(spread(&balanced).1 <= 2 && spread(&history).1 > 10);
    // One in two minutes, by day more than by night.
    assert!((600..850).contains(&turn.fraud.economy.asked), "{}", turn.fraud.economy.asked);
}

#[test]
fn test_calls_that_are_recognised_go_to_sacrificial_cards() {
    let ran = ran(1, "kind = \"naive\"\nsims = 10\nports = 10\ntest_calls = 0.2\nsacrificial = 2\n");
    let [tests, sacrificed] = ran.fraud.economy.tests;
    assert!(tests > 20 && sacrificed * 2 > tests && sacrificed < tests, "{tests} {sacrificed}");
    let mut calls: BTreeMap<Imsi, u64> = BTreeMap::new();
    for (_, card, ..) in ran.calls() {
        *calls.entry(card.imsi).or_default() += 1;
    }
    let sacrificial = ran.fraud.cards.iter().filter(|card| card.sacrificial).map(|card| ran.imsis[card.person]);
    let theirs: u64 = sacrificial.map(|imsi| calls.get(&imsi).copied().unwrap_or(0)).sum();
    assert_eq!(theirs, sacrificed);
}

#[test]
fn nothing_before_the_start_nor_from_cards_that_sleep() {
    let late = ran(2, "kind = \"goip\"\nstart_hours = 30.0\n");
    let first = late.deeds().next().unwrap().0;
    assert!((30.0..34.0).contains(&first), "{first}");
    let dormant = ran(2, "kind = \"dormant-cards\"\nwake_hours = [5.0, 20.0]\n");
    let mut woke: BTreeMap<Imsi, f64> = BTreeMap::new();
    for (hour, card, _) in dormant.deeds() {
        woke.entry(card.imsi).or_insert(hour);
    }
    assert_eq!(woke.len(), 32);
    let (first, last) = woke.values().fold((99.0f64, 0.0f64), |(low, high), &hour| (low.min(hour), high.max(hour)));
    assert!(first > 12.0 && last - first > 8.0, "{first} {last}");
}

#[test]
fn one_that_runs_already_says_nothing_of_it() {
    let ran = ran(1, "kind = \"naive\"\n");
    let registered = ran.deeds().filter(|(_, _, deed)| matches!(deed, Deed::Register { .. })).count();
    assert_eq!(registered, 0);
    assert!(ran.calls().len() > 150);
}

#[test]
fn one_that_moves_house_is_silent_and_then_elsewhere() {
    let ran = ran(1, "kind = \"goip\"\nsims = 8\nports = 8\nhouse_hours = 12.0\n");
    let cells = |from: f64, to: f64| -> BTreeSet<[u8; 7]> {
        ran.calls().iter().filter(|(hour, ..)| (from..to).contains(hour)).map(|(_, card, ..)| card.cgi).collect()
    };
    let (before, between, after) = (cells(0.0, 12.0), cells(12.0, 13.9), cells(13.9, 24.0));
    assert_eq!((before.len(), between.len(), after.len()), (1, 0, 1));
    assert_ne!(before, after);
}

#[test]
fn cards_of_watches_go_from_several_schools_into_slots() {
    let ran = ran(1, "kind = \"stolen-watches\"\n");
    let moved: Vec<&Imsi> = ran.cards.iter().filter(|imsi| ran.archetypes[imsi] == Archetype::Watch).collect();
    assert_eq!(moved.len(), 20);
    assert!(moved.iter().map(|imsi| ran.works[imsi]).collect::<BTreeSet<_>>().len() > 1);
    let slots: BTreeSet<u32> = (510_000..510_032).collect();
    for imsi in moved {
        let own = ran.deeds().filter(|(_, card, _)| card.imsi == *imsi);
        let of_slot: Vec<(f64, bool)> =
            own.map(|(hour, card, _)| (hour, slots.contains(&card.imei.serial()))).collect();
        let arrival = of_slot.iter().find(|(_, slot)| *slot).unwrap().0;
        assert!((7.2..20.0).contains(&arrival));
        assert!(of_slot.iter().all(|&(hour, slot)| slot == (hour >= arrival)));
    }
}

#[test]
fn rented_cards_are_silent_on_the_way_and_then_far_away() {
    let ran = ran(3, "kind = \"rented-cards\"\nrented_cards = 6\nports = 6\n");
    assert_eq!(ran.fraud.economy.taken, 6);
    let mut rows: BTreeMap<Imsi, Vec<(f64, u64)>> = BTreeMap::new();
    for (hour, card, _) in ran.deeds() {
        rows.entry(card.imsi).or_default().push((hour, card.imei.to_bits()));
    }
    let gaps: Vec<f64> = rows
        .values()
        .filter_map(|rows| rows.windows(2).find(|pair| pair[0].1 != pair[1].1).map(|pair| pair[1].0 - pair[0].0))
        .collect();
    assert!(gaps.len() >= 5 && gaps.iter().all(|&gap| gap > 19.0), "{gaps:?}");
    let boxes: BTreeSet<[u8; 7]> = ran
        .calls()
        .iter()
        .filter(|(_, card, ..)| !ran.phones.contains(&card.imei))
        .map(|(_, card, ..)| card.cgi)
        .collect();
    let homes: BTreeSet<[u8; 7]> =
        ran.deeds().filter(|(_, card, _)| ran.phones.contains(&card.imei)).map(|(_, card, _)| card.cgi).collect();
    assert_eq!(boxes.len(), 1);
    assert!(boxes.is_disjoint(&homes), "{boxes:?} {homes:?}");
}

#[test]
fn two_phones_of_a_relay_act_in_lock_step() {
    for (kind, least) in [("phone-relay", 1), ("car-relay", 10)] {
        let ran = ran(1, &format!("kind = \"{kind}\"\nradio = \"volte\"\n"));
        let callers: BTreeSet<Imei> = ran.calls().iter().map(|(_, card, ..)| card.imei).collect();
        assert_eq!(callers.len(), ran.fraud.plan.ports / 2, "{kind}");
        let mut carried = 0;
        let calls = ran.calls();
        for (hour, ..) in &calls {
            carried += usize::from(ran.deeds().any(|(at, card, deed)| {
                matches!(deed, Deed::Authenticate { .. })
                    && !callers.contains(&card.imei)
                    && (at - hour).abs() * 3600.0 < 3.0
            }));
        }
        assert_eq!(carried, calls.len(), "{kind}");
        let cells: BTreeSet<(u16, u32)> = calls.iter().map(|(_, card, ..)| card.ecgi).collect();
        assert!(cells.len() >= least, "{kind}: {} cells", cells.len());
        let cards: BTreeSet<Imsi> = calls.iter().map(|(_, card, ..)| card.imsi).collect();
        assert!(cards.len() > callers.len(), "cards change in a phone");
    }
}

#[test]
fn cards_in_a_bank_answer_late() {
    let far = ran(1, "kind = \"sim-bank\"\n");
    assert!(far.deeds().all(|(_, card, _)| (250 * SECOND / 1000..=1400 * SECOND / 1000).contains(&card.latency)));
    assert!(far.imeis().len() > 90, "more cards than slots");
    let near = ran(1, "kind = \"goip\"\n");
    assert!(near.deeds().all(|(_, card, _)| card.latency == 0));
}

#[test]
fn cards_that_hide_live_as_people_do() {
    let ran = ran(1, "kind = \"all\"\nsims = 20\nports = 20\n");
    let received: BTreeSet<Imsi> = ran
        .acts
        .iter()
        .filter_map(|act| match &act.deed {
            Deed::Call { caller: Party::Card(_), called: Party::Card(card), line }
                if line.outcome != Outcome::Absent =>
            {
                Some(card.imsi)
            }
            _ => None,
        })
        .filter(|imsi| ran.cards.contains(imsi))
        .collect();
    assert!(received.len() > 10, "{} cards are called", received.len());
    let cells: BTreeSet<[u8; 7]> = ran.deeds().map(|(_, card, _)| card.cgi).collect();
    assert!(cells.len() > 12, "{} cells", cells.len());
    let night = ran.calls().iter().filter(|(hour, ..)| *hour < 6.0).count();
    assert!(night * 6 < ran.calls().len(), "{night} of {} calls at night", ran.calls().len());
}

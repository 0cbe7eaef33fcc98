//! People from outside: what the kinds of subscribers do in a small town, by the acts that the network is told.

#![allow(clippy::arithmetic_side_effects)]

use super::archetype::Archetype;
use super::person::Access;
use crate::identity::{Imei, Imsi};
use crate::simulate::act::{Act, Deed};
use crate::simulate::city::City;
use crate::simulate::clock::{DAY, HOUR, MINUTE, SECOND, Time};
use crate::simulate::network::Card;
use crate::simulate::network::call::Party;
use crate::simulate::testing;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A run: who is what, and all acts in order.
struct Ran {
    begin: Time,
    people: BTreeMap<Imsi, Archetype>,
    acts: Vec<Act>,
}

fn ran(days: u64, tables: &str) -> Ran {
    let scenario = testing::town(days * 1440, 6, tables);
    let mut city = City::new(&scenario, 4).unwrap();
    let people = city.population.people.iter().map(|person| (person.imsi, person.archetype)).collect();
    let acts = testing::acts(&mut city);
    Ran { begin: scenario.begin(), people, acts }
}

impl Ran {
    /// Whoever is of that kind shows itself: when, and as what.
    fn shown(&self, archetype: Archetype) -> impl Iterator<Item = (Time, &Card, &Deed)> {
        self.acts.iter().flat_map(move |act| {
            let of_kind = move |card: &&Card| self.people.get(&card.imsi) == Some(&archetype);
            let present = act.deed.present().into_iter().flatten().filter(of_kind);
            present.map(move |card| (act.at - self.begin, card, &act.deed))
        })
    }

    /// The devices of each.
    fn imeis(&self, archetype: Archetype) -> BTreeMap<Imsi, BTreeSet<Imei>> {
        let mut imeis: BTreeMap<Imsi, BTreeSet<Imei>> = BTreeMap::new();
        for (_, card, _) in self.shown(archetype) {
            imeis.entry(card.imsi).or_default().insert(card.imei);
        }
        imeis
    }

    /// Calls made and received.
    fn calls(&self, archetype: Archetype) -> [usize; 2] {
        let mut counts = [0, 0];
        for act in &self.acts {
            if let Deed::Call { caller, called, .. } = &act.deed {
                for (count, party) in counts.iter_mut().zip([caller, called]) {
                    let Party::Card(card) = party else { continue };
                    *count += usize::from(self.people.get(&card.imsi) == Some(&archetype));
                }
            }
        }
        counts
    }
}

#[test]
fn a_mast_that_failed_has_everybody_attach_at_once() {
    let occasion = "kind = \"outage\"\nat = 2026-03-17T12:00:00\nminutes = 30\nkm = [2.5, 2.5]\nradius_km = 9.0\n";
    let ran = ran(1, &format!("[population]\nordinary = 100\nvolte = 0.4\n[[occasions]]\n{occasion}"));
    let back = 12 * HOUR + 30 * MINUTE;
    let in_span = |from: Time, to: Time| {
        let registered = ran.shown(Archetype::Ordinary).filter(|(_, _, deed)| matches!(deed, Deed::Register { .. }));
        registered.filter(|(at, ..)| (from..to).contains(at)).map(|(_, card, _)| card.imsi).collect::<BTreeSet<_>>()
    };
    assert!(in_span(back, back + MINUTE).len() > 80, "{}", in_span(back, back + MINUTE).len());
    assert!(in_span(back - MINUTE, back).is_empty());
    let quiet = ran.acts.iter().filter(|act| {
        (12 * HOUR + 2 * MINUTE..back).contains(&(act.at - ran.begin)) && matches!(act.deed, Deed::Submit { .. })
    });
    assert_eq!(quiet.count(), 0);
}

#[test]
fn cards_of_dealers_and_repair_shops_go_through_devices() {
    let ran = ran(2, "[population]\ncounts = { ordinary = 20, dealer_card = 30, repair_shop = 4 }\n");
    let dealer = ran.imeis(Archetype::DealerCard);
    let mut owners: BTreeMap<Imei, usize> = BTreeMap::new();
    for imei in dealer.values().flatten() {
        *owners.entry(*imei).or_default() += 1;
    }
    // One phone on the counter has seen nearly all of them; each has another one afterwards.
    assert!(owners.values().max().is_some_and(|&most| most > 20), "{owners:?}");
    assert!(dealer.values().filter(|imeis| imeis.len() == 2).count() > 20);
    let shops = ran.imeis(Archetype::RepairShop);
    assert!(shops.len() == 4 && shops.values().all(|imeis| imeis.len() >= 4), "{shops:?}");
    assert!(ran.imeis(Archetype::Ordinary).values().all(|imeis| imeis.len() <= 3));
}

#[test]
fn a_second_phone_goes_where_the_first_one_goes() {
    let busy = "voice = 60\nmobility = { rover = 1 }\ndead_battery = 0\naway = 0\noff_at_night = 0\n";
    let [first, second] = ["heavy", "second_phone"].map(|name| format!("[archetypes.{name}]\n{busy}"));
    let ran = ran(1, &format!("[population]\ncounts = {{ heavy = 1, second_phone = 1 }}\n{first}{second}"));
    let cells = |archetype| {
        let moved = ran.shown(archetype).filter(|(_, card, _)| card.access != Access::Data);
        moved.map(|(at, card, _)| (at, card.cgi)).collect::<Vec<_>>()
    };
    let (first, second) = (cells(Archetype::Heavy), cells(Archetype::SecondPhone));
    // Whenever both show themselves within half a minute they are in the same cell, or a few seconds from it.
    let near = |(at, cgi): &(Time, [u8; 7])| {
        let others = first.iter().filter(|(other, _)| other.abs_diff(*at) < 30 * SECOND);
        let found: Vec<bool> = others.map(|(_, other)| other == cgi).collect();
        (!found.is_empty()).then(|| found.contains(&true))
    };
    let met: Vec<bool> = second.iter().filter_map(near).collect();
    let same = met.iter().filter(|&&same| same).count();
    assert!(met.len() > 4 && same * 10 >= met.len() * 8, "{same} of {}", met.len());
}

#[test]
fn kinds_call_as_they_are_meant_to() {
    let counts = "counts = { ordinary = 60, watch = 30, telesales = 5, meter = 20, probe = 2, application = 2 }";
    let ran = ran(2, &format!("[population]\n{counts}\n"));
    let [made, received] = ran.calls(Archetype::Watch);
    assert!(received > made && made > 20, "{made} {received}");
    let [made, received] = ran.calls(Archetype::Telesales);
    assert!(made > 5 * 60 && received * 10 < made, "{made} {received}");
    assert_eq!(ran.calls(Archetype::Meter)[0], 0);
    let [made, _] = ran.calls(Archetype::Probe);
    assert!(made > 2 * 2 * 40, "{made}");
    let texts = |archetype| ran.shown(archetype).filter(|(_, _, deed)| matches!(deed, Deed::Submit { .. })).count();
    assert!(texts(Archetype::Application) > 20 * texts(Archetype::Ordinary).max(1));
    let stays = |archetype| {
        let cells: BTreeSet<_> = ran.shown(archetype).map(|(_, card, _)| (card.imsi, card.cgi)).collect();
        cells.len()
    };
    assert!(stays(Archetype::Probe) == 2 && stays(Archetype::Meter) <= 20 && stays(Archetype::Watch) > 45);
}

#[test]
fn over_holidays_some_are_away_and_come_back() {
    let calendar = "[calendar]\nholidays = [[2026-03-19, 2026-03-21]]\naway = 0.5\n";
    let ran = ran(7, &format!("{calendar}[population]\nordinary = 80\nvolte = 0.4\nactivity = 2.0\n"));
    let there = |day: Time| {
        let shown = ran.shown(Archetype::Ordinary).filter(|(at, ..)| at / DAY == day);
        shown.map(|(_, card, _)| card.imsi).collect::<BTreeSet<_>>().len()
    };
    let (before, in_it, after) = (there(1), there(3), there(6));
    assert!(before > 70 && after > 60 && in_it < before * 3 / 4, "{before} {in_it} {after}");
}

#[test]
fn cards_of_plans_have_ranges_of_their_own() {
    let plan = "{ name = \"iot\", archetypes = [\"meter\"], share = 0.5, first_msin = 700_000_000, digit = 9 }";
    let tables = format!("[operator]\nplans = [{plan}]\n[population]\nordinary = 40\nmeters = 40\n");
    let scenario = testing::town(60, 6, &tables);
    let city = City::new(&scenario, 4).unwrap();
    let mut planned = 0;
    for person in &city.population.people {
        let own = person.imsi.to_string().starts_with("0010107");
        assert_eq!(person.plan.is_some(), own, "{}", person.imsi);
        assert_eq!(person.plan.is_some(), person.msisdn.to_string().starts_with("9999"));
        assert!(person.plan.is_none() || person.archetype == Archetype::Meter);
        planned += usize::from(person.plan.is_some());
    }
    assert!((10..30).contains(&planned), "{planned}");
}

#[test]
fn every_key_is_in_the_documentation() {
    let document = include_str!("../../../docs/scenarios.md");
    let profiles = ["persons", "trades", "machines", "guests"];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/simulate/people/profiles");
    for profile in profiles {
        let text = std::fs::read_to_string(folder.join(format!("{profile}.toml"))).unwrap();
        let tables: toml::Table = text.parse().unwrap();
        for (name, table) in &tables {
            assert!(document.contains(&format!("`{name}`")), "{name}");
            for key in table.as_table().unwrap().keys() {
                assert!(document.contains(&format!("`{key}`")), "{key}");
            }
        }
    }
}

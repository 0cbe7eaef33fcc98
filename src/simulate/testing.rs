//! A small town for tests, and what its people do.

use super::act::Act;
use super::city::City;
use super::scenario::Scenario;
use std::ops::ControlFlow;
use std::path::Path;

const TOWN: &str = r#"
name = "test"
start = 2026-03-17T00:00:00Z
duration_minutes = MINUTES
[identities]
plmn = "001-01"
foreign_plmn = "999-02"
first_msin = 300_000_000
tac_block = "001055"
region = 44
[cells]
count = 36
spacing_km = 1.0
areas = AREAS
first_lac = 100
first_tac = 200
first_ci = 300
first_enb = 400
[output]
files = [{ minutes = 1440, format = "pcap" }]
"#;

/// A scenario of some minutes and location areas, with what `tables` adds.
pub fn town(minutes: u64, areas: u8, tables: &str) -> Scenario {
    let text = TOWN.replace("MINUTES", &minutes.to_string()).replace("AREAS", &areas.to_string()) + tables;
    Scenario::parse(&text, Path::new("test.toml")).unwrap()
}

/// All acts of a city, in order.
pub fn acts(city: &mut City<'_>) -> Vec<Act> {
    let mut acts = Vec::new();
    let done = city.run(
        &mut |act| {
            acts.push(act);
            ControlFlow::Continue(())
        },
        &mut |_| (),
    );
    assert!(done.is_continue());
    acts.sort_by_key(|act| act.at);
    acts
}

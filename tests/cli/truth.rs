//! What simhound finds in simulated captures is what happened in the simulation.

use crate::support::{Folder, simhound};
use std::collections::BTreeMap;
use std::path::Path;

const SCENARIO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/all-interfaces.toml");

/// Events of subscribers that are known, by subscriber and kind.
type Counts = BTreeMap<(String, String), usize>;

fn counts(path: &Path, counted: impl Fn(&BTreeMap<String, String>) -> bool) -> Counts {
    let mut counts = Counts::new();
    for row in csv::Reader::from_path(path).unwrap().deserialize::<BTreeMap<String, String>>() {
        let row = row.unwrap();
        if !row["imsi"].is_empty() && counted(&row) {
            *counts.entry((row["kind"].clone(), row["imsi"].clone())).or_default() += 1;
        }
    }
    counts
}

#[test]
fn each_act_is_one_event_on_however_many_interfaces_it_shows() {
    let folder = Folder::new();
    let (town, found) = (folder.arg("town"), folder.arg("found.csv"));
    simhound(&["simulate", SCENARIO, "--out", &town, "--seed", "1", "--quiet"]).ended(0);
    simhound(&["events", &town, "--format", "csv", "-o", &found, "--quiet"]).ended(0);
    let happened = counts(&folder.path("town/events-truth.csv"), |row| !row["seen_by"].is_empty());
    let found = counts(&folder.path("found.csv"), |_| true);
    // Nothing is told twice.
    for (of, count) in &found {
        assert!(happened.get(of) >= Some(count), "{of:?}: {count} found, {:?} happened", happened.get(of));
    }
    // What is missing is of those who could not be known yet.
    let of_kind = |counts: &Counts, kind: &str| {
        counts.iter().filter(|((known, _), _)| known == kind).map(|(_, count)| count).sum::<usize>()
    };
    for kind in
        ["register", "authenticate", "equipment_check", "call_attempt", "call_answer", "call_end", "route_query"]
    {
        let (happened, found) = (of_kind(&happened, kind), of_kind(&found, kind));
        assert!(happened > 10 && found * 20 >= happened * 19, "{kind}: {found} of {happened}");
    }
}

//! Any table: learn, measure, score, compare, and refuse what does not fit.

use crate::support::{Folder, simhound};
use std::fmt::Write as _;

/// A table of another kind: users with numbers of their own, some of them absent, a time and a city.
fn users(rows: u32) -> String {
    let mut table = String::from("user,calls,numbers,inbound,cells,city,day,fraud\n");
    for row in 0..rows {
        let fraud = row % 4 == 0;
        let noise = |k: u32| f64::from((row * 7919 + k * 104_729 + row * row % 613) % 1000) / 1000.0;
        let calls = 10.0 + 80.0 * noise(1);
        let numbers = if fraud { calls * (0.6 + 0.4 * noise(2)) } else { calls * 0.5 * noise(2) };
        let inbound =
            if row % 7 == 0 { String::new() } else { format!("{:.3}", noise(3) * if fraud { 0.4 } else { 1.0 }) };
        let cells = 1.0 + (noise(4) * 9.0).floor();
        let fraud = u8::from(fraud);
        let (city, day) = (row % 3, row / 10);
        let _ = writeln!(table, "u{row},{calls:.1},{numbers:.1},{inbound},{cells},city{city},{day},{fraud}");
    }
    table
}

#[test]
fn a_foreign_table_is_learnt_and_scored() {
    let folder = Folder::new();
    let table = folder.write("users.csv", users(240).as_bytes());
    let learn = |out: &str| {
        let out = folder.arg(out);
        let asked = [
            "train",
            &table,
            "--id",
            "user",
            "--label",
            "fraud",
            "--learner",
            "boosted",
            "--clusters",
            "2",
            "--out",
            &out,
        ];
        simhound(&asked).ended(0)
    };
    assert!(learn("a.json").out().contains("boosted, 240 rows, 60 of them fraud"));
    learn("b.json");
    assert_eq!(folder.text("a.json"), folder.text("b.json"), "the same seed, another file");
    simhound(&["score", &folder.arg("a.json"), &table, "--id", "user", "-o", &folder.arg("s.csv")]).ended(0);
    let scores = folder.text("s.csv");
    let mut lines = scores.lines();
    assert_eq!(lines.next(), Some("id,score,archetype,reasons"));
    assert!(lines.next().is_some_and(|line| line.starts_with("u0,0.9") && line.contains("usual")), "{scores}");
    assert_eq!(scores.lines().count(), 241);

    let ran = simhound(&["evaluate", &folder.arg("a.json"), &table, "--id", "user", "--label", "fraud", "--json"]);
    let figures: serde_json::Value = serde_json::from_str(ran.ended(0).out()).unwrap();
    assert!(figures["metrics"]["auc"].as_f64().is_some_and(|auc| auc > 0.98));

    let cut = folder.write("cut.csv", b"user,calls,other\nu1,1,2\n");
    let ran = simhound(&["score", &folder.arg("a.json"), &cut, "--id", "user"]).ended(1);
    assert!(ran.err.contains("1 of the 5 features"), "{}", ran.err);
    let changed = folder.text("a.json").replace("\"threshold\": 0.5", "\"threshold\": 0.4");
    let changed = folder.write("c.json", changed.as_bytes());
    let ran = simhound(&["score", &changed, &table, "--id", "user"]).ended(1);
    assert!(ran.err.contains("changed or damaged"), "{}", ran.err);
}

#[test]
fn rows_are_split_by_fold_group_city_and_time() {
    let folder = Folder::new();
    let table = folder.write("users.csv", users(240).as_bytes());
    let measure = |more: &[&str]| {
        let mut asked =
            vec!["evaluate", &table, "--id", "user", "--label", "fraud", "--learner", "logistic", "--clusters", "2"];
        asked.extend(more);
        simhound(&asked).ended(0).out().to_owned()
    };
    assert!(measure(&["--folds", "3"]).contains("fold 3"));
    let cities = measure(&["--leave-out", "city"]);
    assert!(["city0", "city1", "city2"].iter().all(|city| cities.contains(city)), "{cities}");
    let report = folder.arg("report");
    let days = measure(&["--time", "day", "--folds", "3", "--report", &report]);
    assert!(days.starts_with("180 rows") && days.contains("from 6 "), "{days}");
    for (file, header) in [
        ("roc.csv", "threshold,false_positive_rate,recall"),
        ("calibration.csv", "mean_score,share_of_fraud,rows"),
        ("delay.csv", "id,delay"),
    ] {
        assert!(folder.text(&format!("report/{file}")).starts_with(header), "{file}");
    }
    assert!(folder.text("report/index.html").contains("<svg"));
}

#[test]
fn closed_cases_are_labels() {
    let folder = Folder::new();
    let table = folder.write("users.csv", users(240).replace(",fraud\n", ",was\n").as_bytes());
    let mut cases = String::from("user,verdict\n");
    for row in 0..240 {
        let verdict = if row % 10 == 9 {
            "open"
        } else if row % 4 == 0 {
            "confirmed"
        } else {
            "cleared"
        };
        let _ = writeln!(cases, "u{row},{verdict}");
    }
    let cases = folder.write("cases.csv", cases.as_bytes());
    let out = folder.arg("m.json");
    let asked =
        ["train", &table, "--id", "user", "--label", &cases, "--learner", "rules", "--clusters", "2", "--out", &out];
    let ran = simhound(&asked).ended(0);
    assert!(ran.err.contains("24 rows have no label"), "{}", ran.err);
    let bad = folder.write("bad.csv", b"user,verdict\nu1,perhaps\n");
    let ran = simhound(&["train", &table, "--id", "user", "--label", &bad, "--out", &out]).ended(1);
    assert!(ran.err.contains("perhaps"), "{}", ran.err);
}

#[test]
fn drift_names_what_moved_most_first() {
    let folder = Folder::new();
    let before = folder.write("a.csv", b"user,calls,cells\nu1,1,1\nu2,2,2\nu3,3,3\nu4,4,4\n");
    let after = folder.write("b.csv", b"user,calls,cells\nu1,1,10\nu2,2,20\nu3,3,\nu4,4,40\n");
    let ran = simhound(&["drift", &before, &after, "--id", "user", "--format", "csv"]).ended(0);
    let lines: Vec<&str> = ran.out().lines().collect();
    assert!(lines[1].starts_with("cells,") && lines[2].starts_with("calls,0,0,"), "{lines:?}");
}

//! The number of threads changes no octet of any output.

use crate::support::{Folder, simhound};
use crate::traffic::{crowd, pcap};

#[test]
fn one_two_and_seven_threads() {
    let folder = Folder::new();
    let path = folder.write("crowd.pcap", &pcap(&crowd(3000)));
    for product in ["messages", "events", "features"] {
        let run = |threads: &str| simhound(&[product, &path, "--threads", threads]).ended(0).out;
        let one = run("1");
        assert!(one.len() > 100_000);
        assert!(run("2") == one && run("7") == one, "{product}");
    }
    let run = |threads: &str| {
        let out = format!("out-{threads}");
        let ran = simhound(&["analyze", &path, "--threads", threads, "--out", &folder.arg(&out)]).ended(0);
        let files = ["summary.json", "subscribers.csv", "devices.csv", "farms.json", "cases.json"];
        let files = files.map(|name| folder.text(&format!("{out}/{name}")));
        (ran.out, files)
    };
    let one = run("1");
    assert!(run("2") == one && run("7") == one);
}

//! Exit codes, help, completions, and pipes that close.

use crate::support::{Folder, command, simhound};
use crate::traffic::{crowd, pcap};
use std::io::Read;
use std::process::Stdio;

#[test]
fn wrong_usage_is_2() {
    let wrong: [&[&str]; 7] = [
        &[],
        &["no-such-command"],
        &["messages"],
        &["messages", "x.pcap", "--no-such-option"],
        &["messages", "x.pcap", "--protocol", "smtp"],
        &["analyze", "x.pcap", "--window", "soon"],
        &["events", "x.pcap", "--format", "xml"],
    ];
    for arguments in wrong {
        let ran = simhound(arguments).ended(2);
        assert!(!ran.err.is_empty(), "{arguments:?}");
        assert_eq!(ran.out(), "");
    }
}

#[test]
fn every_command_explains_itself() {
    let help = simhound(&["--help"]).ended(0);
    let commands = help.out().lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands = commands.take_while(|line| !line.is_empty());
    let commands: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    for expected in ["analyze", "messages", "events", "features", "train", "evaluate", "score", "simulate", "model"] {
        assert!(commands.contains(&expected), "{expected} is not among {commands:?}");
    }
    for name in commands.into_iter().filter(|name| *name != "help") {
        let arguments: &[&str] = if name == "model" { &["model", "show", "--help"] } else { &[name, "--help"] };
        let help = simhound(arguments).ended(0);
        assert!(help.out().contains("Example"), "{name}");
        assert!(help.out().contains(&format!("  simhound {name} ")), "{name}");
    }
    assert!(simhound(&["--version"]).ended(0).out().starts_with("simhound "));
}

#[test]
fn completions() {
    for shell in ["bash", "zsh", "fish"] {
        let ran = simhound(&["completions", shell]).ended(0);
        assert!(ran.out().contains("simhound") && ran.out().contains("analyze"), "{shell}");
    }
    simhound(&["completions", "abacus"]).ended(2);
}

#[test]
fn a_reader_that_has_enough_is_no_error() {
    let folder = Folder::new();
    let path = folder.write("crowd.pcap", &pcap(&crowd(3000)));
    for product in ["messages", "events", "features"] {
        for (threads, format) in [("1", "jsonl"), ("2", "jsonl"), ("2", "csv"), ("2", "parquet")] {
            let mut command = command();
            command.args([product, &path, "--threads", threads, "--format", format]);
            let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            let mut first = [0; 4];
            child.stdout.take().unwrap().read_exact(&mut first).unwrap();
            let output = child.wait_with_output().unwrap();
            let err = String::from_utf8_lossy(&output.stderr);
            assert_eq!((output.status.code(), err.as_ref()), (Some(0), ""), "{product} as {format}");
        }
    }
}

#[test]
fn a_reader_of_the_report_that_has_enough_is_no_error() {
    let folder = Folder::new();
    let path = folder.write("crowd.pcap", &pcap(&crowd(30)));
    let cases: [&[&str]; 4] =
        [&["analyze", &path], &["completions", "bash"], &["features", "--list"], &["model", "show"]];
    for arguments in cases {
        let mut child = command().args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), err.as_ref()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn the_features_are_listed() {
    let ran = simhound(&["features", "--list"]).ended(0);
    assert!(ran.out().lines().count() >= 2 * 40, "{}", ran.out());
}

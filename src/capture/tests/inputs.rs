//! Names on the command line.

use super::*;

#[test]
fn names_are_expanded() {
    let folder = Folder::new();
    let capture = pcap(&[1]);
    folder.file("b/2.bin", &capture);
    folder.file("b/1.gz", &gzip(&capture));
    folder.file("b/README.md", b"# Captures");
    folder.file("b/none", b"");
    folder.file("a.pcap", &capture);
    folder.file("a.csv", b"imsi,label\n");
    folder.file("c/x.txt", b"text");
    let name = |name: &str| folder.0.join(name).to_str().unwrap().to_owned();
    let short = |path: &Path| path.strip_prefix(&folder.0).unwrap().to_str().unwrap().to_owned();

    let done = expand(&[name("b"), name("a.*"), name("b/2.bin"), "-".to_owned()]);
    assert!(done.errors.is_empty(), "{:?}", done.errors);
    let paths: Vec<String> = done.inputs[..3].iter().map(|input| short(&input.path)).collect();
    assert_eq!(paths, ["b/1.gz", "b/2.bin", "a.pcap"]);
    assert_eq!(done.inputs[3], Input::stdin());
    let skipped: Vec<String> =
        done.skipped.iter().map(|skipped| format!("{}: {}", short(&skipped.path), skipped.reason)).collect();
    assert_eq!(
        skipped,
        [
            "b/README.md: not a capture: starts with \"# Captures\"",
            "b/none: empty file",
            "a.csv: not a capture: starts with \"imsi,label\\n\"",
            "b/2.bin: named twice",
        ]
    );

    let done = expand(&[name("a.csv"), name("missing"), name("x*"), name("c"), name("b/none"), name("a.pcap")]);
    assert_eq!(done.inputs.len(), 1);
    let errors: Vec<String> = done.errors.iter().map(ToString::to_string).collect();
    assert_eq!(errors[0], format!("{}: not a capture: starts with \"imsi,label\\n\"", name("a.csv")));
    assert!(errors[1].starts_with(&format!("{}: No such file", name("missing"))));
    assert_eq!(errors[2], format!("{}: no file matches", name("x*")));
    assert_eq!(errors[3], format!("{}: no captures in this folder", name("c")));
    assert_eq!(errors[4], format!("{}: empty file", name("b/none")));
}

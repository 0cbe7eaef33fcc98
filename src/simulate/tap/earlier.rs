//! What an earlier run has left in the folder: its captures, which it has listed in `captures.txt`, one path a line. They
//! would be read beside those of this run as if they belonged to it.

use super::super::SimulateError;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

/// The list.
const LIST: &str = "captures.txt";
/// How captures end.
const ENDINGS: [&str; 6] = [".pcap", ".pcap.gz", ".pcap.zst", ".pcapng", ".pcapng.gz", ".pcapng.zst"];

/// A line as a path within the folder; none where it could be anything but a capture of a run.
fn listed(line: &str) -> Option<&Path> {
    let path = Path::new(line);
    let within = path.components().all(|part| matches!(part, Component::Normal(_)));
    let capture = ENDINGS.iter().any(|ending| line.ends_with(ending));
    (within && capture && path.components().count() <= 2).then_some(path)
}

/// Removes the captures that a run before has listed, their folders where nothing else is in them, and the list.
pub fn remove(out: &Path) -> Result<(), SimulateError> {
    let list = out.join(LIST);
    let Ok(text) = std::fs::read_to_string(&list) else { return Ok(()) };
    for path in text.lines().filter_map(listed).map(|path| out.join(path)).chain([list.clone()]) {
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(SimulateError::Write { path, error }),
            _ => (),
        }
        if let Some(folder) = path.parent().filter(|folder| *folder != out) {
            // What else is in it stays, and it with it.
            let _ = std::fs::remove_dir(folder);
        }
    }
    Ok(())
}

/// Lists the captures of this run.
pub fn list(out: &Path, captures: &[PathBuf]) -> Result<(), SimulateError> {
    let path = out.join(LIST);
    let lines = captures.iter().filter_map(|capture| capture.strip_prefix(out).ok());
    let text: String = lines.map(|line| format!("{}\n", line.display())).collect();
    std::fs::write(&path, text).map_err(|error| SimulateError::Write { path, error })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_names_captures_within_the_folder_alone() {
        assert!(listed("demo-01.pcap.gz").is_some() && listed("edge/demo-12.pcapng").is_some());
        for line in
            ["", "../demo-01.pcap", "/tmp/demo-01.pcap", "truth.csv", "a/b/c.pcap", "./../x.pcap", "captures.txt"]
        {
            assert!(listed(line).is_none(), "{line}");
        }
    }
}

//! From what the user names (files, folders, patterns, `-`) to the list of captures.

use super::{CaptureError, stream};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// One capture to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The file; `-` is standard input.
    pub path: PathBuf,
    /// Octets on the disk; 0 where that is unknown.
    pub size: u64,
    /// Whether it can be read only once (standard input, a named pipe).
    pub once: bool,
}

impl Input {
    /// Standard input.
    pub fn stdin() -> Self {
        Self { path: PathBuf::from("-"), size: 0, once: true }
    }

    /// A file on a disk.
    pub fn file(path: PathBuf, size: u64) -> Self {
        Self { path, size, once: false }
    }

    pub(super) fn is_stdin(&self) -> bool {
        self.once && self.path.as_os_str() == "-"
    }
}

/// A file that was met but not named, and is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub reason: String,
}

/// What became of the names.
#[derive(Debug, Default)]
pub struct Expansion {
    /// The captures, in the order of the names; a file's place here is its number.
    pub inputs: Vec<Input>,
    /// Files in folders and patterns that are no captures, and files named twice.
    pub skipped: Vec<Skipped>,
    /// Names that can't be used. The other inputs are fine.
    pub errors: Vec<CaptureError>,
}

/// Expands names: a file, a folder (with all folders in it, sorted), a pattern (`*`, `?`, `**`, `[..]`), or `-`.
///
/// A file that is named must be a capture; in folders and patterns other files are skipped. A file that is reached
/// twice is read once.
pub fn expand(names: &[String]) -> Expansion {
    let mut expander = Expander::default();
    for name in names {
        expander.name(name);
    }
    expander.done
}

#[derive(Default)]
struct Expander {
    done: Expansion,
    seen: HashSet<PathBuf>,
}

impl Expander {
    fn name(&mut self, name: &str) {
        let path = Path::new(name);
        if name == "-" {
            if self.seen.insert(path.to_owned()) {
                self.done.inputs.push(Input::stdin());
            }
        } else if path.is_dir() {
            let before = self.found();
            self.folder(path);
            if self.found() == before {
                self.nothing(name, "no captures in this folder");
            }
        } else if path.exists() || !name.contains(['*', '?', '[']) {
            if let Err(error) = self.file(path) {
                self.done.errors.push(error);
            }
        } else {
            self.pattern(name);
        }
    }

    /// Captures found, even those that were named before.
    fn found(&self) -> usize {
        let repeated = |skipped: &&Skipped| skipped.reason == TWICE;
        let repeated = self.done.skipped.iter().filter(repeated).count();
        self.done.inputs.len().saturating_add(repeated)
    }

    fn nothing(&mut self, name: &str, what: &str) {
        self.done.errors.push(CaptureError::Nothing { name: name.to_owned(), what: what.to_owned() });
    }

    fn pattern(&mut self, name: &str) {
        let paths = match glob::glob(name) {
            Ok(paths) => paths,
            Err(error) => return self.nothing(name, &format!("not a pattern: {error}")),
        };
        let before = self.found();
        let mut matched = false;
        for path in paths {
            matched = true;
            match path {
                Ok(path) if path.is_dir() => self.folder(&path),
                Ok(path) => self.met(&path),
                Err(error) => {
                    self.done.errors.push(CaptureError::Io { path: error.path().to_owned(), source: error.into() })
                }
            }
        }
        if !matched {
            self.nothing(name, "no file matches");
        } else if self.found() == before {
            self.nothing(name, "no capture matches");
        }
    }

    /// All files below a folder, by name. Linked folders are not entered.
    fn folder(&mut self, folder: &Path) {
        let listed = std::fs::read_dir(folder).and_then(|entries| {
            entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<PathBuf>, _>>()
        });
        let mut paths = match listed {
            Ok(paths) => paths,
            Err(source) => {
                self.done.errors.push(CaptureError::Io { path: folder.to_owned(), source });
                return;
            }
        };
        paths.sort();
        for path in paths {
            if !path.is_dir() {
                self.met(&path);
            } else if path.is_symlink() {
                self.skip(&path, "a link to a folder");
            } else {
                self.folder(&path);
            }
        }
    }

    fn skip(&mut self, path: &Path, reason: impl Into<String>) {
        self.done.skipped.push(Skipped { path: path.to_owned(), reason: reason.into() });
    }

    /// A file that was not named itself.
    fn met(&mut self, path: &Path) {
        match self.file(path) {
            Ok(()) => {}
            Err(CaptureError::NotACapture { found, .. }) => {
                self.skip(path, format!("not a capture: {found}"));
            }
            Err(CaptureError::Empty { .. }) => self.skip(path, "empty file"),
            Err(error) => self.done.errors.push(error),
        }
    }

    fn file(&mut self, path: &Path) -> Result<(), CaptureError> {
        let io_error = |source| CaptureError::Io { path: path.to_owned(), source };
        let metadata = path.metadata().map_err(io_error)?;
        let canonical = path.canonicalize().map_err(io_error)?;
        if self.seen.contains(&canonical) {
            self.skip(path, TWICE);
            return Ok(());
        }
        let input = Input {
            path: path.to_owned(),
            size: if metadata.is_file() { metadata.len() } else { 0 },
            once: !metadata.is_file(),
        };
        if !input.once {
            stream::probe(path)?;
        }
        self.seen.insert(canonical);
        self.done.inputs.push(input);
        Ok(())
    }
}

const TWICE: &str = "named twice";

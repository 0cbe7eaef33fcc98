//! The dictionary of features as text: for a terminal, and for `docs/features.md`. Both from the one table.

use super::{Definition, View, families, registry};
use crate::event::Interface;
use std::fmt::Write;

fn names(interfaces: &[Interface]) -> String {
    interfaces.iter().map(|interface| interface.name()).collect::<Vec<_>>().join(", ")
}

fn needs(definition: &Definition) -> String {
    match definition.needs {
        [] => "anything".to_owned(),
        needs => needs.iter().map(|view| view.name()).collect::<Vec<_>>().join(", "),
    }
}

/// What shows a view, in words.
fn shown_by(view: View) -> String {
    match view.interfaces() {
        (sure, []) => names(sure),
        ([], perhaps) => format!("where set up so: {}", names(perhaps)),
        (sure, perhaps) => format!("{}; where set up so: {}", names(sure), names(perhaps)),
    }
}

/// All features with their meanings, for a terminal.
pub fn listing() -> String {
    let mut text = String::new();
    for (title, definitions) in families() {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{title}");
        for definition in definitions {
            let Definition { name, unit, meaning, source, absent, .. } = definition;
            let _ = writeln!(text, "  {name:<25} {:<6} {meaning}", unit.name());
            let _ = writeln!(text, "{:34} source: {source}; needs: {}; absent: {absent}", "", needs(definition));
        }
        let _ = writeln!(text);
    }
    let _ = writeln!(text, "What is needed, and the interfaces that show it");
    for view in View::ALL {
        let _ = writeln!(text, "  {:<25} {}", view.name(), shown_by(*view));
    }
    text
}

/// The tables of `docs/features.md`.
pub fn document() -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{} features.\n", registry().len());
    for (title, definitions) in families() {
        let _ = writeln!(text, "### {title}\n");
        let _ = writeln!(text, "| feature | unit | meaning | source | needs | absent |\n|---|---|---|---|---|---|");
        for definition in definitions {
            let Definition { name, unit, meaning, source, absent, .. } = definition;
            let (unit, needs) = (unit.name(), needs(definition));
            let _ = writeln!(text, "| `{name}` | {unit} | {meaning} | {source} | {needs} | {absent} |");
        }
        let _ = writeln!(text);
    }
    let _ = writeln!(text, "### What is needed, and what shows it\n");
    let _ = writeln!(text, "| needed | interfaces that always show it | interfaces that may |\n|---|---|---|");
    for view in View::ALL {
        let (sure, perhaps) = view.interfaces();
        let _ = writeln!(text, "| {} | {} | {} |", view.name(), names(sure), names(perhaps));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_has_the_table_of_the_program() {
        let kept = include_str!("../../docs/features.md");
        let end = "<!-- features: end -->";
        let table = kept.split_once("<!-- features: begin -->\n").and_then(|(_, rest)| rest.split_once(end));
        let (table, _) = table.expect("docs/features.md has its two marks");
        assert!(table == document(), "docs/features.md is old; make it again with scripts/document-features");
    }

    #[test]
    fn every_feature_is_explained() {
        for definition in registry() {
            let Definition { name, meaning, source, absent, .. } = definition;
            assert!(!meaning.is_empty() && !source.is_empty() && !absent.is_empty(), "{name}");
            assert!(!meaning.contains('|') && !source.contains('|') && !absent.contains('|'), "{name}");
        }
    }
}

//! Texts that come up again and again (hosts, global titles, User-Agents), kept once and named by a number.

use crate::text::Text;
use hashbrown::HashMap;
use std::sync::Arc;

/// The number of a text in [`Names`]. Two are equal when their texts are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(u32);

/// Texts by number, in the order in which they first came. Holds at most [`Names::CAPACITY`]; later ones all get
/// the name of [`Names::OVERFLOW`], so that a hostile peer cannot grow it without bound.
#[derive(Debug, Clone, Default)]
pub struct Names {
    texts: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, Name, foldhash::fast::FixedState>,
    /// Where [`Names::written`] writes.
    buffer: Vec<u8>,
}

impl Names {
    /// How many different texts are kept.
    pub const CAPACITY: usize = 1 << 20;
    /// What every text is called once the table is full.
    pub const OVERFLOW: &'static str = "(other)";
    /// The longest text that is kept; a longer one is cut.
    pub const LONGEST: usize = 256;

    /// The name of a text.
    pub fn name(&mut self, text: &str) -> Name {
        let mut end = text.len().min(Self::LONGEST);
        while !text.is_char_boundary(end) {
            end = end.saturating_sub(1);
        }
        let text = text.get(..end).unwrap_or("");
        if let Some(&name) = self.numbers.get(text) {
            return name;
        }
        let text = if self.texts.len() >= Self::CAPACITY { Self::OVERFLOW } else { text };
        if let Some(&name) = self.numbers.get(text) {
            return name;
        }
        let name = Name(self.texts.len() as u32);
        let text: Arc<str> = text.into();
        self.texts.push(Arc::clone(&text));
        self.numbers.insert(text, name);
        name
    }

    /// The name of what a value is written as.
    pub fn written(&mut self, value: impl Text) -> Name {
        let mut text = std::mem::take(&mut self.buffer);
        text.clear();
        value.append(&mut text);
        let name = self.name(&String::from_utf8_lossy(&text));
        self.buffer = text;
        name
    }

    /// The text of a name that this table gave; empty for another table's.
    pub fn text(&self, name: Name) -> &str {
        self.texts.get(name.0 as usize).map_or("", |text| text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_for_one_text() {
        let mut names = Names::default();
        let (a, b) = (names.name("hss.example"), names.name("mme.example"));
        assert_ne!(a, b);
        assert_eq!(names.name("hss.example"), a);
        assert_eq!(names.text(b), "mme.example");
        let written = names.written("hss.example");
        assert_eq!(written, a);
    }

    #[test]
    fn long_texts_are_cut_at_a_character() {
        let mut names = Names::default();
        let name = names.name(&"é".repeat(200));
        assert_eq!(names.text(name).len(), 256);
    }
}

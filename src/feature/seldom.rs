//! A family that most subscribers never need: it takes a place only once it has something to hold.

use super::{Definition, Family, Span};
use crate::event::Event;

/// A family that only some events concern.
pub(super) trait Occasional: Family {
    /// True where the event has something for it.
    fn concerns(event: &Event) -> bool;
}

/// See the module.
#[derive(Debug, Clone)]
pub struct Seldom<F>(Option<Box<F>>);

impl<F> Default for Seldom<F> {
    fn default() -> Self {
        Self(None)
    }
}

impl<F> Seldom<F> {
    /// The family, where something was gathered.
    pub(super) fn get(&self) -> Option<&F> {
        self.0.as_deref()
    }
}

impl<F: Occasional> Family for Seldom<F> {
    const DEFINITIONS: &'static [Definition] = F::DEFINITIONS;

    fn push(&mut self, event: &Event) {
        if F::concerns(event) {
            self.0.get_or_insert_default().push(event);
        }
    }

    fn merge(&mut self, later: &Self) {
        match (&mut self.0, &later.0) {
            (Some(family), Some(later)) => family.merge(later),
            (None, Some(later)) => self.0 = Some(later.clone()),
            (_, None) => {}
        }
    }

    fn finish(&self, span: Span, out: &mut Vec<f64>) {
        match &self.0 {
            Some(family) => family.finish(span, out),
            None => F::default().finish(span, out),
        }
    }
}

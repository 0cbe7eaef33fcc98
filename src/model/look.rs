//! A first look at everybody, so that a second model can see what company each keeps.

use super::{Model, ModelError, Scorer};
use crate::feature::{Profile, meet};
use rayon::prelude::*;

/// A model that looks first, made ready for many profiles.
pub struct FirstLook<'m> {
    scorer: Scorer<'m>,
    places: Vec<usize>,
}

impl FirstLook<'_> {
    /// Scores the profiles of a window and fills in what that says of each one's company.
    pub fn at(&self, profiles: &mut [Profile]) {
        let look = |profile: &Profile| {
            let at = |place: &usize| profile.values.get(*place).copied().unwrap_or(f64::NAN);
            self.scorer.log_odds(&self.places.iter().map(at).collect::<Vec<f64>>())
        };
        let looks: Vec<f64> = profiles.par_iter().map(look).collect();
        meet(profiles, &looks);
    }
}

impl Model {
    /// The model that looks first where there is one, else this one itself, made ready. An error names the features that
    /// this program does not compute.
    pub fn first_look(&self, name: &str) -> Result<FirstLook<'_>, ModelError> {
        let model = self.first.as_deref().unwrap_or(self);
        Ok(FirstLook { places: model.places_in_registry(name)?, scorer: model.scorer() })
    }
}

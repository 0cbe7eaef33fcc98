//! Numbers in a saved model.

/// A number with as many digits as a model needs: the same on every machine that computes it almost the same.
pub(super) fn tidy(value: f64) -> f64 {
    format!("{value:.8e}").parse().unwrap_or(value)
}

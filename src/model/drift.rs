//! How far a table has moved from another: whether a model that was trained on one may be trusted on the other.

use super::scale::quantile;

/// What has become of one feature.
#[derive(Debug, Clone, PartialEq)]
pub struct Drift {
    /// The feature.
    pub feature: String,
    /// Population stability index over tenths of the first table and the absent values. Above 0.25 is much.
    pub stability: f64,
    /// The largest distance between both distributions (Kolmogorov-Smirnov).
    pub distance: f64,
    /// Median in both tables.
    pub medians: [f64; 2],
    /// Share of absent values in both tables.
    pub absent: [f64; 2],
}

/// Added to each share, so that an empty tenth does not weigh infinitely.
const LEAST: f64 = 1e-4;

fn known(column: &[f64]) -> Vec<f64> {
    let mut known: Vec<f64> = column.iter().copied().filter(|value| !value.is_nan()).collect();
    known.sort_unstable_by(f64::total_cmp);
    known
}

/// The share of sorted values up to a value.
fn up_to(sorted: &[f64], value: f64) -> f64 {
    sorted.partition_point(|other| *other <= value) as f64 / (sorted.len() as f64).max(1.0)
}

/// Compares one feature in two tables.
pub fn drift(feature: &str, before: &[f64], after: &[f64]) -> Drift {
    let columns = [before, after];
    let [first, second] = columns.map(known);
    let absent =
        [(before, &first), (after, &second)].map(|(all, known)| 1.0 - known.len() as f64 / (all.len() as f64).max(1.0));
    let mut edges: Vec<f64> =
        (1..10).map(|tenth| quantile(&first, f64::from(tenth) / 10.0).unwrap_or(f64::NAN)).collect();
    edges.retain(|edge| !edge.is_nan());
    edges.dedup();
    // Shares of all rows: between the edges, then the absent ones.
    let shares = |sorted: &[f64], absent: f64| -> Vec<f64> {
        let below = edges.iter().map(|edge| up_to(sorted, *edge)).chain([if sorted.is_empty() { 0.0 } else { 1.0 }]);
        let steps = below.scan(0.0, |last, share| Some(share - std::mem::replace(last, share)));
        steps.map(|share| share * (1.0 - absent)).chain([absent]).collect()
    };
    let [a, b] = [(&first, absent[0]), (&second, absent[1])].map(|(sorted, absent)| shares(sorted, absent));
    let index = |(a, b): (&f64, &f64)| {
        let (a, b) = (a + LEAST, b + LEAST);
        (b - a) * (b / a).ln()
    };
    let places = first.iter().chain(&second);
    let distance = if first.is_empty() || second.is_empty() {
        f64::NAN
    } else {
        places.map(|value| (up_to(&first, *value) - up_to(&second, *value)).abs()).fold(0.0, f64::max)
    };
    Drift {
        feature: feature.to_owned(),
        stability: a.iter().zip(&b).map(index).sum(),
        distance,
        medians: [&first, &second].map(|column| quantile(column, 0.5).unwrap_or(f64::NAN)),
        absent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_still_and_a_shift_is_seen() {
        let column: Vec<f64> = (0..1000).map(f64::from).collect();
        let same = drift("a", &column, &column);
        assert!(same.stability.abs() < 1e-12 && same.distance == 0.0);
        let shifted: Vec<f64> = column.iter().map(|value| value + 500.0).collect();
        let moved = drift("a", &column, &shifted);
        // Half of the values lie beyond all of the first table.
        assert!(moved.stability > 1.0 && (moved.distance - 0.5).abs() < 1e-9, "{moved:?}");
        let holes: Vec<f64> = column.iter().map(|value| if *value < 300.0 { f64::NAN } else { *value }).collect();
        let absent = drift("a", &column, &holes);
        assert!((absent.absent[1] - 0.3).abs() < 1e-9 && absent.stability > 0.25);
    }
}

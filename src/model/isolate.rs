//! An anomaly score without labels: isolation trees (Liu, Ting, Zhou 2008). A row that random cuts set apart after few
//! steps is unlike the others.

use super::trees::{Link, Tree, Trees};
use rand::seq::index::sample;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

const TREES: usize = 200;
/// Rows that one tree sees.
const SAMPLE: usize = 256;
const DEPTH: usize = 9;
/// Columns that are tried before a node gives up cutting.
const TRIES: usize = 8;

/// The steps that an unsuccessful search in a tree of `rows` takes on average.
fn steps(rows: usize) -> f64 {
    let rows = rows as f64;
    if rows <= 1.0 { 0.0 } else { 2.0 * ((rows - 1.0).ln() + 0.577_215_664_9) - 2.0 * (rows - 1.0) / rows }
}

fn grow(tree: &mut Tree, rows: &[&Vec<f64>], depth: usize, random: &mut ChaCha8Rng) -> u32 {
    let value = -(depth as f64 + steps(rows.len()));
    let columns = rows.first().map_or(0, |row| row.len());
    if depth >= DEPTH || rows.len() <= 1 || columns == 0 {
        return tree.leaf(value);
    }
    for _ in 0..TRIES {
        let column = random.gen_range(0..columns);
        let known = || rows.iter().filter_map(|row| row.get(column).copied()).filter(|value| !value.is_nan());
        let (low, high) = known().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        if low >= high {
            continue;
        }
        let threshold = random.gen_range(low..high) + f64::EPSILON;
        let absent_left = random.gen_bool(0.5);
        let is_left = |row: &&Vec<f64>| {
            let value = row.get(column).copied().unwrap_or(f64::NAN);
            if value.is_nan() { absent_left } else { value < threshold }
        };
        let (left, right): (Vec<_>, Vec<_>) = rows.iter().copied().partition(is_left);
        let node = tree.node(i32::try_from(column).unwrap_or(i32::MAX), threshold, [0; 3], value);
        let left = grow(tree, &left, depth + 1, random);
        let right = grow(tree, &right, depth + 1, random);
        tree.adopt(node, [left, right, if absent_left { left } else { right }]);
        return node;
    }
    tree.leaf(value)
}

/// Fits the trees to rows, without their labels. The sum is a depth below the usual one, not yet odds: calibration
/// makes it so.
pub(super) fn fit(rows: &[Vec<f64>], seed: u64) -> Trees {
    let mut random = ChaCha8Rng::seed_from_u64(seed ^ 0x150_1a7e);
    let size = rows.len().min(SAMPLE);
    let trees = (0..TREES).map(|_| {
        let mut tree = Tree::default();
        let picked: Vec<&Vec<f64>> =
            sample(&mut random, rows.len(), size).into_iter().filter_map(|row| rows.get(row)).collect();
        grow(&mut tree, &picked, 0, &mut random);
        tree
    });
    Trees { base: steps(size), scale: 1.0 / TREES as f64, link: Link::LogOdds, trees: trees.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_apart_is_found_first() {
        let mut rows: Vec<Vec<f64>> =
            (0..200u32).map(|i| vec![f64::from(i * 7919 % 100), f64::from(i * 104_729 % 100)]).collect();
        rows.push(vec![400.0, -300.0]);
        let walker = fit(&rows, 1).walker();
        let apart = walker.log_odds(&[400.0, -300.0]);
        assert!(rows.iter().take(200).all(|row| walker.log_odds(row) < apart));
        assert_eq!(fit(&rows, 1), fit(&rows, 1));
        assert_ne!(fit(&rows, 1), fit(&rows, 2));
    }
}

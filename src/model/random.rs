//! Extremely randomised trees (Geurts, Ernst, Wehenkel 2006), boosted or as a forest: a node tries one threshold by
//! chance for each column and keeps the best. Such trees follow the rows less closely than those that try all
//! thresholds, so that many of them err less together; and they need no sorting.

use super::trees::{Link, Tree, Trees};
use rand::seq::index::sample;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

/// Boosted trees of different sizes, which err in different places; each run is one of them with a seed of its own.
const BOOSTED: [Plan; 3] = [
    Plan { leaves: 31, depth: 10, trees: 300, rows: 0.6, columns: 0.2, shrink: 8.0, ..BOOST },
    Plan { leaves: 8, depth: 5, trees: 500, ..BOOST },
    BOOST,
];
const BOOST: Plan =
    Plan { trees: 400, rate: 0.04, leaves: 15, depth: 8, rows: 0.7, columns: 0.3, shrink: 5.0, least: 5 };
/// Trees that go deep and each learn the labels themselves.
const FOREST: Plan =
    Plan { trees: 400, rate: 1.0, leaves: 400, depth: 14, rows: 1.0, columns: 0.5, shrink: 1.0, least: 3 };
/// Values of a column that thresholds tell apart, at most.
const BINS: usize = 255;
/// The bin of absent values.
const ABSENT: u8 = u8::MAX;
/// Columns that a tree sees at least, where there are so many.
const LEAST_COLUMNS: usize = 8;
/// Rows that a tree sees at most: more would take time and tell it little.
const MOST_ROWS: usize = 16_384;

/// How trees are grown.
#[derive(Debug, Clone, Copy)]
struct Plan {
    trees: usize,
    /// What a tree counts, of the step that would be best for it.
    rate: f64,
    leaves: usize,
    depth: usize,
    /// The share of rows that a tree sees.
    rows: f64,
    /// The share of columns that a tree sees.
    columns: f64,
    /// Draws steps of leaves towards zero, as if there were so many rows more.
    shrink: f64,
    /// The least rows of a leaf.
    least: usize,
}

/// Rows as bins, column by column.
struct Binned {
    bins: Vec<Vec<u8>>,
    /// What separates a bin from the next one.
    cuts: Vec<Vec<f64>>,
    rows: usize,
}

/// A tree, and for each of its nodes the first bin that goes right.
struct Grown {
    tree: Tree,
    firsts: Vec<u8>,
}

impl Binned {
    /// Of rows with the same number of values.
    fn of(rows: &[Vec<f64>]) -> Self {
        let places = 0..rows.first().map_or(0, Vec::len);
        let column = |place: usize| {
            let column: Vec<f64> = rows.iter().map(|row| row.get(place).copied().unwrap_or(f64::NAN)).collect();
            let cuts = cuts(&column);
            (column.iter().map(|value| bin(*value, &cuts)).collect(), cuts)
        };
        let (bins, cuts) = places.map(column).unzip();
        Self { bins, cuts, rows: rows.len() }
    }
}

fn bin(value: f64, cuts: &[f64]) -> u8 {
    if value.is_nan() { ABSENT } else { cuts.partition_point(|cut| *cut <= value) as u8 }
}

/// Cuts with about as many rows between each two of them, in the middle between values.
fn cuts(column: &[f64]) -> Vec<f64> {
    let mut known: Vec<f64> = column.iter().copied().filter(|value| !value.is_nan()).collect();
    known.sort_unstable_by(f64::total_cmp);
    let steps: Vec<(usize, f64)> = known
        .windows(2)
        .enumerate()
        .filter_map(|(place, pair)| match pair {
            [low, high] if low < high => Some((place + 1, (low / 2.0 + high / 2.0).max(low.next_up()))),
            _ => None,
        })
        .collect();
    if steps.len() < BINS {
        return steps.into_iter().map(|(_, cut)| cut).collect();
    }
    let mut cuts = Vec::with_capacity(BINS);
    let mut next = known.len() / BINS;
    for (place, cut) in steps {
        if place >= next && cuts.len() < BINS - 1 {
            cuts.push(cut);
            next = known.len() * (cuts.len() + 1) / BINS;
        }
    }
    cuts
}

/// What the rows of a node add up to: gradient, curvature, number.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    slope: f64,
    curve: f64,
    rows: usize,
}

impl Sum {
    fn add(&mut self, pull: [f64; 2]) {
        self.slope += pull[0];
        self.curve += pull[1];
        self.rows += 1;
    }
    fn plus(self, other: Self) -> Self {
        Self { slope: self.slope + other.slope, curve: self.curve + other.curve, rows: self.rows + other.rows }
    }
    fn less(self, other: Self) -> Self {
        Self { slope: self.slope - other.slope, curve: self.curve - other.curve, rows: self.rows - other.rows }
    }
    fn worth(self, shrink: f64) -> f64 {
        self.slope * self.slope / (self.curve + shrink)
    }
}

/// The best cut that was tried.
#[derive(Debug, Clone, Copy)]
struct Cut {
    gain: f64,
    column: usize,
    /// The first bin that goes right.
    bin: u8,
    absent_left: bool,
}

/// A leaf that may still be cut.
struct Leaf {
    node: u32,
    rows: Vec<u32>,
    depth: usize,
    cut: Option<Cut>,
}

struct Grower<'d> {
    data: &'d Binned,
    /// Gradient and curvature of each row.
    pulls: &'d [[f64; 2]],
    plan: Plan,
    columns: Vec<usize>,
    random: ChaCha8Rng,
}

impl Grower<'_> {
    fn pull(&self, row: u32) -> [f64; 2] {
        self.pulls.get(row as usize).copied().unwrap_or_default()
    }

    fn sum(&self, rows: &[u32]) -> Sum {
        let mut sum = Sum::default();
        rows.iter().for_each(|row| sum.add(self.pull(*row)));
        sum
    }

    fn value(&self, sum: Sum) -> f64 {
        -self.plan.rate * sum.slope / (sum.curve + self.plan.shrink)
    }

    /// Tries one cut for each column.
    fn cut(&mut self, rows: &[u32], depth: usize) -> Option<Cut> {
        let Plan { shrink, least, .. } = self.plan;
        if depth >= self.plan.depth || rows.len() < 2 * least {
            return None;
        }
        let all = self.sum(rows);
        let mut best: Option<Cut> = None;
        for place in 0..self.columns.len() {
            let column = *self.columns.get(place)?;
            let bins = self.data.bins.get(column)?;
            let of = |row: &u32| bins.get(*row as usize).copied().unwrap_or(ABSENT);
            let known = rows.iter().map(of).filter(|bin| *bin != ABSENT);
            let (low, high) = known.fold((u8::MAX, 0), |(low, high), bin| (low.min(bin), high.max(bin)));
            if low >= high {
                continue;
            }
            let bin = self.random.gen_range(low + 1..=high);
            let (mut left, mut absent) = (Sum::default(), Sum::default());
            for row in rows {
                match of(row) {
                    ABSENT => absent.add(self.pull(*row)),
                    own if own < bin => left.add(self.pull(*row)),
                    _ => (),
                }
            }
            for absent_left in [true, false] {
                let left = if absent_left { left.plus(absent) } else { left };
                let right = all.less(left);
                if left.rows < least || right.rows < least {
                    continue;
                }
                let gain = left.worth(shrink) + right.worth(shrink) - all.worth(shrink);
                if gain > best.map_or(1e-9, |best| best.gain) {
                    best = Some(Cut { gain, column, bin, absent_left });
                }
                if absent.rows == 0 {
                    break;
                }
            }
        }
        best
    }

    fn goes_left(&self, cut: Cut, row: u32) -> bool {
        let bin = self.data.bins.get(cut.column).and_then(|bins| bins.get(row as usize)).copied().unwrap_or(ABSENT);
        if bin == ABSENT { cut.absent_left } else { bin < cut.bin }
    }

    /// Grows one tree, the most gain first.
    fn grow(mut self, rows: Vec<u32>) -> Grown {
        let (mut tree, mut firsts) = (Tree::default(), vec![0]);
        let sum = self.sum(&rows);
        let node = tree.leaf(self.value(sum));
        let cut = self.cut(&rows, 0);
        let mut open = vec![Leaf { node, rows, depth: 0, cut }];
        let mut leaves = 1;
        while leaves < self.plan.leaves {
            let gain = |leaf: &Leaf| leaf.cut.map_or(0.0, |cut| cut.gain);
            let best = open.iter().enumerate().max_by(|a, b| gain(a.1).total_cmp(&gain(b.1)).then(b.0.cmp(&a.0)));
            let Some((place, _)) = best else { break };
            let leaf = open.swap_remove(place);
            let Some(cut) = leaf.cut else { break };
            let (left, right): (Vec<u32>, Vec<u32>) = leaf.rows.iter().partition(|row| self.goes_left(cut, **row));
            let mut child = |rows: Vec<u32>, grower: &mut Self| {
                let node = tree.leaf(grower.value(grower.sum(&rows)));
                let cut = grower.cut(&rows, leaf.depth + 1);
                open.push(Leaf { node, rows, depth: leaf.depth + 1, cut });
                node
            };
            let (left, right) = (child(left, &mut self), child(right, &mut self));
            firsts.resize(tree.feature.len(), 0);
            firsts.get_mut(leaf.node as usize).into_iter().for_each(|first| *first = cut.bin);
            let before = usize::from(cut.bin).saturating_sub(1);
            let threshold = self.data.cuts.get(cut.column).and_then(|cuts| cuts.get(before)).copied().unwrap_or(0.0);
            let children = [left, right, if cut.absent_left { left } else { right }];
            tree.split(leaf.node, i32::try_from(cut.column).unwrap_or(i32::MAX), threshold, children);
            leaves += 1;
        }
        Grown { tree, firsts }
    }
}

impl Binned {
    fn grow(&self, pulls: &[[f64; 2]], plan: Plan, random: &mut ChaCha8Rng) -> Grown {
        let mut some = |all: usize, share: f64, least: usize, most: usize| {
            let count = ((all as f64 * share).ceil() as usize).clamp(least, most).min(all);
            let mut some = sample(random, all, count).into_vec();
            some.sort_unstable();
            some
        };
        let columns = some(self.bins.len(), plan.columns, LEAST_COLUMNS, usize::MAX);
        let rows = some(self.rows, plan.rows, 1, MOST_ROWS).into_iter().map(|row| row as u32).collect();
        Grower { data: self, pulls, plan, columns, random: ChaCha8Rng::seed_from_u64(random.r#gen()) }.grow(rows)
    }

    /// What a tree says of a row.
    fn says(&self, grown: &Grown, row: usize) -> f64 {
        let tree = &grown.tree;
        let mut node = 0usize;
        while let Some(feature) = tree.feature.get(node).and_then(|feature| usize::try_from(*feature).ok()) {
            let own = self.bins.get(feature).and_then(|bins| bins.get(row)).copied().unwrap_or(ABSENT);
            let next = if own == ABSENT {
                tree.missing.get(node)
            } else if grown.firsts.get(node).is_some_and(|first| own < *first) {
                tree.left.get(node)
            } else {
                tree.right.get(node)
            };
            node = next.map_or(usize::MAX, |next| *next as usize);
        }
        tree.value.get(node).copied().unwrap_or(0.0)
    }

    /// Boosted trees on the logarithm of the odds, from `base` on.
    fn boosted(&self, labels: &Labels, plan: Plan, seed: u64) -> Vec<Grown> {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut odds = vec![labels.odds(); self.rows];
        let step = |_| {
            let pull = |(odds, [label, weight]): (&f64, &[f64; 2])| {
                let p = 1.0 / (1.0 + (-odds).exp());
                [weight * (p - label), weight * p * (1.0 - p)]
            };
            let pulls: Vec<[f64; 2]> = odds.iter().zip(&labels.0).map(pull).collect();
            let grown = self.grow(&pulls, plan, &mut random);
            odds.iter_mut().enumerate().for_each(|(row, odds)| *odds += self.says(&grown, row));
            grown
        };
        (0..plan.trees).map(step).collect()
    }

    /// Trees that each learn the labels, as what they differ from their mean.
    fn forest(&self, labels: &Labels, plan: Plan, seed: u64) -> Vec<Grown> {
        let share = labels.share();
        let pulls: Vec<[f64; 2]> = labels.0.iter().map(|[label, weight]| [weight * (share - label), *weight]).collect();
        let random = |tree: usize| ChaCha8Rng::seed_from_u64(seed.wrapping_mul(100_000).wrapping_add(tree as u64));
        (0..plan.trees).into_par_iter().map(|tree| self.grow(&pulls, plan, &mut random(tree))).collect()
    }
}

/// Label and weight of each row.
struct Labels(Vec<[f64; 2]>);

impl Labels {
    fn of(fraud: &[bool], weight: f64) -> Self {
        Self(fraud.iter().map(|fraud| if *fraud { [1.0, weight] } else { [0.0, 1.0] }).collect())
    }
    /// The share of fraud, as weighed.
    fn share(&self) -> f64 {
        let fraud: f64 = self.0.iter().map(|[label, weight]| label * weight).sum();
        let all: f64 = self.0.iter().map(|[_, weight]| weight).sum();
        (fraud / all.max(1e-9)).clamp(1e-6, 1.0 - 1e-6)
    }
    fn odds(&self) -> f64 {
        (self.share() / (1.0 - self.share())).ln()
    }
}

fn trees(grown: Vec<Grown>) -> Vec<Tree> {
    grown.into_iter().map(|grown| grown.tree).collect()
}

/// Boosted trees: `bags` runs of different sizes and seeds, averaged. A row of fraud weighs `weight`.
pub(super) fn boosted(rows: &[Vec<f64>], fraud: &[bool], weight: f64, bags: usize, seed: u64) -> Trees {
    let (binned, labels) = (Binned::of(rows), Labels::of(fraud, weight));
    let run = |bag: usize| {
        let plan = BOOSTED.get(bag % BOOSTED.len()).copied().unwrap_or(BOOST);
        trees(binned.boosted(&labels, plan, seed.wrapping_mul(1000).wrapping_add(bag as u64)))
    };
    let grown: Vec<Vec<Tree>> = (0..bags).into_par_iter().map(run).collect();
    Trees {
        base: labels.odds(),
        scale: 1.0 / bags.max(1) as f64,
        link: Link::LogOdds,
        trees: grown.into_iter().flatten().collect(),
    }
}

/// A forest: the mean of trees that each saw some of the columns.
pub(super) fn forest(rows: &[Vec<f64>], fraud: &[bool], weight: f64, seed: u64) -> Trees {
    let (binned, labels) = (Binned::of(rows), Labels::of(fraud, weight));
    let trees = trees(binned.forest(&labels, FOREST, seed));
    Trees { base: labels.share(), scale: 1.0 / FOREST.trees as f64, link: Link::Probability, trees }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(row: u32, k: u32) -> f64 {
        f64::from((row * 7919 + k * 104_729 + row * row * 31) % 1000)
    }

    /// Fraud is where the first column is absent, or both it and the second are large.
    fn data() -> (Vec<Vec<f64>>, Vec<bool>) {
        let row = |row: u32| {
            let first = if row.is_multiple_of(10) { f64::NAN } else { noise(row, 1) };
            vec![first, noise(row, 2), noise(row, 3)]
        };
        let rows: Vec<Vec<f64>> = (0..800).map(row).collect();
        let labels = rows.iter().map(|row| row[0].is_nan() || (row[0] > 500.0 && row[1] > 300.0)).collect();
        (rows, labels)
    }

    #[test]
    fn what_two_columns_tell_together_and_absence_are_learnt() {
        let (rows, fraud) = data();
        let ((seen, unseen), (known, truth)) = (rows.split_at(500), fraud.split_at(500));
        for trees in [boosted(seen, known, 1.0, 1, 1), forest(seen, known, 1.0, 1)] {
            assert_eq!(trees.misfit(3), None);
            let walker = trees.walker();
            let right = unseen.iter().zip(truth).filter(|(row, fraud)| (walker.log_odds(row) > 0.0) == **fraud).count();
            assert!(right > 280, "{:?}: {right}", trees.link);
        }
    }

    #[test]
    fn a_tree_walks_by_values_as_it_did_by_bins() {
        let (rows, fraud) = data();
        let (binned, labels) = (Binned::of(&rows), Labels::of(&fraud, 2.0));
        for grown in binned.boosted(&labels, Plan { trees: 5, ..BOOST }, 1) {
            let says: Vec<f64> = (0..rows.len()).map(|row| binned.says(&grown, row)).collect();
            let walker = Trees { base: 0.0, scale: 1.0, link: Link::LogOdds, trees: vec![grown.tree] }.walker();
            assert!(rows.iter().zip(says).all(|(row, says)| walker.log_odds(row) == says));
        }
    }

    #[test]
    fn many_values_share_bins_of_as_many_rows() {
        let column: Vec<f64> = (0..100_000).map(|row| f64::from(row % 30_000).sqrt()).collect();
        let cuts = cuts(&column);
        assert_eq!(cuts.len(), BINS - 1);
        let mut counts = [0u32; 256];
        column.iter().for_each(|value| counts[usize::from(bin(*value, &cuts))] += 1);
        assert!(counts[..BINS].iter().all(|count| (300..500).contains(count)), "{counts:?}");
        assert_eq!(super::cuts(&[3.0, 1.0, f64::NAN, 3.0]), [2.0]);
        assert_eq!((bin(1.0, &[2.0]), bin(2.0, &[2.0]), bin(f64::NAN, &[2.0])), (0, 1, ABSENT));
    }
}

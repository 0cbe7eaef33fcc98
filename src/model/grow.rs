//! Growing boosted trees with forust, which tries all thresholds.

use super::trees::{Link, Tree, Trees};
use forust_ml::objective::ObjectiveType;
use forust_ml::sampler::SampleMethod;
use forust_ml::{GradientBooster, Matrix};
use rayon::prelude::*;

/// One kind of trees.
#[derive(Debug, Clone, Copy)]
struct Kind {
    trees: usize,
    rate: f32,
    depth: usize,
    leaves: usize,
    rows: f32,
    columns: f64,
    shrink: f32,
    least: f32,
    bins: u16,
    derived: bool,
}

/// Boosted trees of different kinds; each bag is one of them with a seed of its own. Few bins, and what
/// is derived of the features, make trees that err elsewhere than the others.
const BOOSTED: [Kind; 3] = [Kind { bins: 24, ..DERIVED }, Kind { trees: 450, rate: 0.027, ..DERIVED }, DERIVED];
/// Columns that a tree sees at least, where there are so many.
const LEAST_COLUMNS: f64 = 8.0;
const DERIVED: Kind = Kind { derived: true, ..PLAIN };
const PLAIN: Kind = Kind {
    trees: 300,
    rate: 0.04,
    depth: 6,
    leaves: 15,
    rows: 0.7,
    columns: 0.3,
    shrink: 5.0,
    least: 2.0,
    bins: 128,
    derived: false,
};
/// Few trees with few leaves and great steps.
const SHALLOW: Kind = Kind { trees: 160, rate: 0.08, depth: 5, leaves: 12, ..PLAIN };

/// Rows as the trees want them: all values of a column together.
pub(super) struct Columns {
    values: Vec<f64>,
    labels: Vec<f64>,
    weights: Vec<f64>,
    rows: usize,
    columns: usize,
    /// The columns before what is derived.
    features: usize,
}

impl Columns {
    /// Of rows with labels, whose first values are features, the others derived; rows of fraud weigh `fraud_weight`.
    pub(super) fn of(rows: &[Vec<f64>], features: usize, fraud: &[bool], fraud_weight: f64) -> Self {
        let columns = rows.first().map_or(0, Vec::len);
        let value = |column: usize| rows.iter().map(move |row| row.get(column).copied().unwrap_or(f64::NAN));
        Self {
            values: (0..columns).flat_map(value).collect(),
            labels: fraud.iter().map(|fraud| f64::from(u8::from(*fraud))).collect(),
            weights: fraud.iter().map(|fraud| if *fraud { fraud_weight } else { 1.0 }).collect(),
            rows: rows.len(),
            columns,
            features,
        }
    }

    /// The share of fraud, as weighed.
    fn share(&self) -> f64 {
        let weighed: f64 = self.labels.iter().zip(&self.weights).map(|(label, weight)| label * weight).sum();
        (weighed / self.weights.iter().sum::<f64>().max(1e-9)).clamp(1e-6, 1.0 - 1e-6)
    }

    fn grow(&self, kind: Kind, objective: ObjectiveType, base: f64, seed: u64) -> Result<Vec<Tree>, String> {
        Ok(self.boost(kind, objective, base, seed)?.trees.iter().map(tree).collect())
    }

    fn boost(&self, kind: Kind, objective: ObjectiveType, base: f64, seed: u64) -> Result<GradientBooster, String> {
        let columns = if kind.derived { self.columns } else { self.features };
        let mut booster = GradientBooster::default()
            .set_objective_type(objective)
            .set_iterations(kind.trees)
            .set_learning_rate(kind.rate)
            .set_max_depth(kind.depth)
            .set_max_leaves(kind.leaves)
            .set_l2(kind.shrink)
            .set_min_leaf_weight(kind.least)
            .set_base_score(base)
            .set_initialize_base_score(false)
            .set_sample_method(SampleMethod::Random)
            .set_subsample(kind.rows)
            .set_colsample_bytree(kind.columns.max((LEAST_COLUMNS / columns.max(1) as f64).min(1.0)))
            .set_nbins(kind.bins)
            .set_parallel(false)
            .set_seed(seed);
        // Columns stand one after the other: what is derived comes last.
        let seen = self.values.get(..self.rows * columns).unwrap_or(&self.values);
        let data = Matrix::new(seen, self.rows, columns);
        booster.fit(&data, &self.labels, &self.weights, None).map_err(|error| error.to_string())?;
        Ok(booster)
    }
}

/// A tree of forust in the saved form. Its children always stand after their parents.
fn tree(grown: &forust_ml::tree::Tree) -> Tree {
    let mut tree = Tree::default();
    for node in &grown.nodes {
        // Single-precision numbers: their shortest text is all they say.
        let value = node.weight_value.to_string().parse().unwrap_or(0.0);
        if node.is_leaf {
            tree.leaf(value);
        } else {
            let children = [node.left_child, node.right_child, node.missing_node];
            let children = children.map(|child| u32::try_from(child).unwrap_or(u32::MAX));
            let feature = i32::try_from(node.split_feature).unwrap_or(i32::MAX);
            tree.node(feature, node.split_value, children, value);
        }
    }
    tree
}

/// What trees gain by each column.
pub(super) fn gains(rows: &[Vec<f64>], fraud: &[bool], seed: u64) -> Result<Vec<f64>, String> {
    let columns = rows.first().map_or(0, Vec::len);
    let data = Columns::of(rows, columns, fraud, 1.0);
    let base = (data.share() / (1.0 - data.share())).ln();
    let booster = data.boost(PLAIN, ObjectiveType::LogLoss, base, seed)?;
    let mut gains = vec![0.0; columns];
    for node in booster.trees.iter().flat_map(|tree| &tree.nodes).filter(|node| !node.is_leaf) {
        if let Some(gain) = gains.get_mut(node.split_feature) {
            *gain += f64::from(node.split_gain);
        }
    }
    Ok(gains)
}

/// Boosted trees: `bags` runs of different shapes and seeds, averaged.
pub(super) fn boosted(data: &Columns, bags: usize, seed: u64) -> Result<Trees, String> {
    let share = data.share();
    let base = (share / (1.0 - share)).ln();
    let grown: Vec<Vec<Tree>> = (0..bags)
        .into_par_iter()
        .map(|bag| {
            let kind = BOOSTED.get(bag % BOOSTED.len()).copied().unwrap_or(PLAIN);
            data.grow(kind, ObjectiveType::LogLoss, base, seed.wrapping_mul(1000).wrapping_add(bag as u64))
        })
        .collect::<Result<_, _>>()?;
    Ok(Trees {
        base,
        scale: 1.0 / bags.max(1) as f64,
        link: Link::LogOdds,
        trees: grown.into_iter().flatten().collect(),
    })
}

/// Few boosted trees, of the features alone.
pub(super) fn shallow(data: &Columns, seed: u64) -> Result<Trees, String> {
    let share = data.share();
    let base = (share / (1.0 - share)).ln();
    Ok(Trees { base, scale: 1.0, link: Link::LogOdds, trees: data.grow(SHALLOW, ObjectiveType::LogLoss, base, seed)? })
}

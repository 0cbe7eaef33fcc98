//! The Gaussian mixture: fitted by linfa, saved and evaluated in a form of our own that people can read.

use super::tidy::tidy;
use linfa::traits::Fit;
use linfa::{DatasetBase, prelude::ParamGuard};
use linfa_clustering::GaussianMixtureModel;
use linfa_linalg::cholesky::Cholesky;
use ndarray::{Array1, Array2, ArrayView1};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Added to the variances, so that a cluster of few rows does not become a needle.
const REGULARISATION: f64 = 0.15;
const MAX_ITERATIONS: u64 = 200;
const TOLERANCE: f64 = 1e-3;

/// One cluster of behaviour.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cluster {
    /// The archetype that most of its rows have.
    pub archetype: String,
    /// Its share of the rows.
    pub weight: f64,
    /// Its rows by archetype, as shares.
    pub composition: BTreeMap<String, f64>,
    /// Share of fraud among its rows, drawn a little towards the share over all rows.
    pub fraud_share: f64,
    /// Logarithm of the determinant of its covariance.
    pub log_determinant: f64,
    /// Its centre, on the scaled features.
    pub mean: Vec<f64>,
    /// The inverse of its covariance: the lower triangle, row by row.
    pub precision: Vec<Vec<f64>>,
}

/// A fitted mixture over some of the features.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mixture {
    /// Which features it looks at.
    pub features: Vec<String>,
    /// Its clusters.
    pub clusters: Vec<Cluster>,
}

/// Fits a mixture of `count` Gaussians to the rows.
pub(super) fn fit(features: Vec<String>, rows: &Array2<f64>, count: usize, seed: u64) -> Result<Mixture, String> {
    let data = DatasetBase::from(rows.clone());
    let parameters = GaussianMixtureModel::params_with_rng(count, ChaCha8Rng::seed_from_u64(seed))
        .n_runs(3)
        .tolerance(TOLERANCE)
        .max_n_iterations(MAX_ITERATIONS)
        .reg_covariance(REGULARISATION)
        .check()
        .map_err(|error| error.to_string())?;
    let fitted = parameters.fit(&data).map_err(|error| error.to_string())?;
    let clusters = (0..count)
        .map(|index| {
            let covariance = fitted.covariances().index_axis(ndarray::Axis(0), index).to_owned();
            let lower = covariance.cholesky().map_err(|error| error.to_string())?;
            let log_determinant = 2.0 * lower.diag().iter().map(|value| value.ln()).sum::<f64>();
            let precision = fitted.precisions().index_axis(ndarray::Axis(0), index);
            Ok(Cluster {
                archetype: String::new(),
                weight: tidy(fitted.weights().get(index).copied().unwrap_or(0.0)),
                composition: BTreeMap::new(),
                fraud_share: 0.0,
                log_determinant: tidy(log_determinant),
                mean: fitted.means().row(index).iter().copied().map(tidy).collect(),
                precision: precision
                    .outer_iter()
                    .enumerate()
                    .map(|(place, row)| row.iter().take(place + 1).copied().map(tidy).collect())
                    .collect(),
            })
        })
        .collect::<Result<_, String>>()?;
    Ok(Mixture { features, clusters })
}

impl Mixture {
    /// Names the clusters and sets their shares of fraud, from the rows with their archetypes and labels.
    pub(super) fn name_clusters(&mut self, rows: &Array2<f64>, archetypes: &[String], fraud: &[bool]) {
        let prepared = self.prepared();
        let mut mass = vec![(0.0f64, 0.0f64, BTreeMap::<String, f64>::new()); self.clusters.len()];
        for ((row, archetype), fraud) in rows.outer_iter().zip(archetypes).zip(fraud) {
            for (share, (all, bad, by)) in prepared.responsibilities(row).iter().zip(&mut mass) {
                *all += share;
                *bad += if *fraud { *share } else { 0.0 };
                *by.entry(archetype.clone()).or_default() += share;
            }
        }
        let prior = fraud.iter().filter(|fraud| **fraud).count() as f64 / (fraud.len() as f64).max(1.0);
        for (cluster, (all, bad, by)) in self.clusters.iter_mut().zip(mass) {
            cluster.fraud_share = tidy((bad + prior) / (all + 1.0));
            let most = by.iter().max_by(|a, b| a.1.total_cmp(b.1));
            cluster.archetype = most.map_or_else(|| "unknown".to_owned(), |(name, _)| name.clone());
            let shares = by.into_iter().map(|(name, mass)| (name, (mass / all.max(1e-9) * 1e4).round() / 1e4));
            cluster.composition = shares.filter(|(_, share)| *share > 0.0).collect();
        }
    }

    /// Makes it ready for many rows.
    pub fn prepared(&self) -> Prepared {
        Prepared { clusters: self.clusters.iter().map(Factors::of).collect() }
    }

    /// The names of all archetypes, in order.
    pub fn archetypes(&self) -> Vec<&str> {
        let mut names: Vec<&str> =
            self.clusters.iter().flat_map(|cluster| cluster.composition.keys()).map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The probability of each archetype, in the order of [`Self::archetypes`]: all clusters that have it vote.
    pub fn archetype_shares(&self, responsibilities: &Array1<f64>) -> Vec<f64> {
        let share_of = |name: &&str| {
            let shares = self.clusters.iter().zip(responsibilities);
            shares.map(|(cluster, share)| share * cluster.composition.get(*name).copied().unwrap_or(0.0)).sum()
        };
        self.archetypes().iter().map(share_of).collect()
    }

    /// The share of each archetype over all training rows.
    pub fn archetype_priors(&self) -> Vec<f64> {
        self.archetype_shares(&self.clusters.iter().map(|cluster| cluster.weight).collect())
    }

    /// Logarithm of the odds of fraud by the clusters alone.
    pub fn fraud_odds(&self, responsibilities: &Array1<f64>) -> f64 {
        let shares = self.clusters.iter().zip(responsibilities);
        let p: f64 = shares.map(|(cluster, share)| cluster.fraud_share * share).sum();
        let p = p.clamp(1e-4, 1.0 - 1e-4);
        (p / (1.0 - p)).ln()
    }
}

/// A mixture made ready for many rows.
pub struct Prepared {
    clusters: Vec<Factors>,
}

/// A cluster with its precision as the square of a triangle: the distance of a row is a sum of squares, which only
/// grows, so that it need not be summed to its end where the row is far away.
struct Factors {
    /// The logarithm of the likelihood at the centre.
    at_centre: f64,
    mean: Vec<f64>,
    /// Some columns at once, row by row from their diagonal down.
    blocks: Vec<Vec<Chunk>>,
}

/// Numbers that are multiplied at once.
type Chunk = [f64; LANES];
const LANES: usize = 4;

/// The scalar products of some columns with a difference.
fn products(rows: &[Chunk], difference: &[f64]) -> Chunk {
    let mut sums = [0.0; LANES];
    for ([a, b, c, d], x) in rows.iter().zip(difference) {
        let [s, t, u, v] = sums;
        sums = [s + a * x, t + b * x, u + c * x, v + d * x];
    }
    sums
}

/// A cluster that is less likely than another by this factor, as a logarithm, has no share that a sum would notice.
const NEGLIGIBLE: f64 = 40.0;

impl Prepared {
    /// The probability of each cluster for a scaled row.
    pub fn responsibilities(&self, row: ArrayView1<'_, f64>) -> Array1<f64> {
        let mut difference: Vec<f64> = Vec::with_capacity(row.len());
        let mut most = f64::NEG_INFINITY;
        let log = |cluster: &Factors| {
            difference.clear();
            difference.extend(row.iter().zip(&cluster.mean).map(|(value, mean)| value - mean));
            let log = cluster.log_likelihood(&difference, most - NEGLIGIBLE);
            most = most.max(log);
            log
        };
        let logs: Array1<f64> = self.clusters.iter().map(log).collect();
        let weights = logs.mapv_into(|log| (log - most).exp());
        let sum = weights.sum();
        weights / sum
    }
}

impl Factors {
    fn of(cluster: &Cluster) -> Self {
        let Cluster { weight, log_determinant, mean, .. } = cluster;
        let size = mean.len();
        let lower = cluster.lower();
        let block = |lower: &Array2<f64>, first: usize| {
            let entry = |row: usize, column: usize| lower.get((row, column)).filter(|_| column <= row).copied();
            let row = |row| std::array::from_fn(|lane| entry(row, first.saturating_add(lane)).unwrap_or(0.0));
            (first..size).map(row).collect()
        };
        let blocks = lower.as_ref().map(|lower| (0..size).step_by(LANES).map(|first| block(lower, first)).collect());
        let at_centre =
            weight.max(1e-12).ln() - 0.5 * (log_determinant + size as f64 * (2.0 * std::f64::consts::PI).ln());
        // Without a precision that can be one, it is no cluster at all.
        let at_centre = if lower.is_some() { at_centre } else { f64::NEG_INFINITY };
        Self { at_centre, mean: mean.clone(), blocks: blocks.unwrap_or_default() }
    }

    /// The logarithm of the likelihood; minus infinity once it is sure to be below `least`.
    fn log_likelihood(&self, difference: &[f64], least: f64) -> f64 {
        let farthest = 2.0 * (self.at_centre - least);
        let mut distance = 0.0;
        // The shortest first.
        for (place, block) in self.blocks.iter().enumerate().rev() {
            let [s, t, u, v] = products(block, difference.get(place * LANES..).unwrap_or_default());
            distance += (s * s + t * t) + (u * u + v * v);
            if distance > farthest {
                return f64::NEG_INFINITY;
            }
        }
        self.at_centre - 0.5 * distance
    }
}

impl Cluster {
    /// The triangle whose square its precision is; `None` where there is none.
    pub(super) fn lower(&self) -> Option<Array2<f64>> {
        let size = self.mean.len();
        let entry = |(row, column): (usize, usize)| {
            let line = self.precision.get(row.max(column));
            line.and_then(|line| line.get(row.min(column))).copied().unwrap_or(0.0)
        };
        Array2::from_shape_fn((size, size), entry).cholesky().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use linfa::traits::Predict;
    use ndarray::Array;

    #[test]
    fn our_evaluation_agrees_with_linfas() {
        // Two clouds of points, far apart.
        let rows = Array::from_shape_fn((200, 2), |(row, column)| {
            let centre = if row % 2 == 0 { -2.0 } else { 2.0 };
            centre + ((row * 7 + column * 13) % 10) as f64 / 10.0
        });
        let mixture = fit(vec!["a".into(), "b".into()], &rows, 2, 1).unwrap();
        let parameters = GaussianMixtureModel::params_with_rng(2, ChaCha8Rng::seed_from_u64(1))
            .n_runs(3)
            .tolerance(TOLERANCE)
            .max_n_iterations(MAX_ITERATIONS)
            .reg_covariance(REGULARISATION);
        let fitted = parameters.fit(&DatasetBase::from(rows.clone())).unwrap();
        let labels = fitted.predict(&rows);
        let proba = fitted.predict_proba(&rows);
        let prepared = mixture.prepared();
        for ((row, label), proba) in rows.outer_iter().zip(&labels).zip(proba.outer_iter()) {
            let ours = prepared.responsibilities(row);
            assert!((ours[*label] - proba[*label]).abs() < 1e-6);
        }
    }
}

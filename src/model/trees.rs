//! Decision trees as they are saved: one form for forests, boosted trees, rules and isolation, grown here or elsewhere.
//!
//! A row walks from the root: a value below the threshold goes left, any other right, an absent one where the node says.
//! Every node has a value, so that a walk tells what each feature changed on the way (Saabas 2014).

use serde::{Deserialize, Serialize};

/// The place of a leaf in [`Tree::feature`].
const LEAF: i32 = -1;

/// One tree as columns: entry `n` of each list is of node `n`; node 0 is the root.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tree {
    /// The column that a node looks at; -1 in a leaf.
    pub feature: Vec<i32>,
    /// Below this a row goes left.
    pub threshold: Vec<f64>,
    /// The node for values below the threshold.
    pub left: Vec<u32>,
    /// The node for all others.
    pub right: Vec<u32>,
    /// The node for absent values.
    pub missing: Vec<u32>,
    /// What the node says, also where it is not a leaf.
    pub value: Vec<f64>,
}

/// What the sum of the trees is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// Logarithm of the odds.
    LogOdds,
    /// A probability.
    Probability,
}

/// Trees that speak with one voice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trees {
    /// What is said before any tree.
    pub base: f64,
    /// Times the sum of the trees.
    pub scale: f64,
    /// What base and trees add up to.
    pub link: Link,
    /// The trees.
    pub trees: Vec<Tree>,
}

/// The least and most probability that is turned into odds.
const SURE: f64 = 1e-3;

fn logit(p: f64) -> f64 {
    let p = p.clamp(SURE, 1.0 - SURE);
    (p / (1.0 - p)).ln()
}

impl Tree {
    /// Adds a leaf; gives its place.
    pub(super) fn leaf(&mut self, value: f64) -> u32 {
        self.node(LEAF, 0.0, [0; 3], value)
    }

    /// Adds a node with its children (left, right, for absent values); gives its place.
    pub(super) fn node(&mut self, feature: i32, threshold: f64, children: [u32; 3], value: f64) -> u32 {
        let place = self.feature.len();
        let [left, right, missing] = children;
        self.feature.push(feature);
        self.threshold.push(threshold);
        self.left.push(left);
        self.right.push(right);
        self.missing.push(missing);
        self.value.push(value);
        u32::try_from(place).unwrap_or(u32::MAX)
    }

    /// Sets the children of a node that was added before them.
    pub(super) fn adopt(&mut self, node: u32, children: [u32; 3]) {
        for (column, child) in [&mut self.left, &mut self.right, &mut self.missing].into_iter().zip(children) {
            if let Some(slot) = column.get_mut(node as usize) {
                *slot = child;
            }
        }
    }

    /// Makes a leaf that was added before its children a node.
    pub(super) fn split(&mut self, node: u32, feature: i32, threshold: f64, children: [u32; 3]) {
        let place = node as usize;
        if let (Some(own), Some(bound)) = (self.feature.get_mut(place), self.threshold.get_mut(place)) {
            (*own, *bound) = (feature, threshold);
            self.adopt(node, children);
        }
    }

    /// What is wrong with it, if it is read by rows of `columns` values.
    fn misfit(&self, columns: usize) -> Option<&'static str> {
        let nodes = self.feature.len();
        let lengths = [self.threshold.len(), self.left.len(), self.right.len(), self.missing.len(), self.value.len()];
        if nodes == 0 || lengths.iter().any(|length| *length != nodes) {
            return Some("a tree whose lists differ in length");
        }
        for (node, feature) in self.feature.iter().enumerate() {
            let Ok(feature) = usize::try_from(*feature) else { continue };
            if feature >= columns {
                return Some("a tree that looks at a feature which the model does not have");
            }
            // Children stand after their parents, so that no walk runs in a circle.
            let child = |list: &Vec<u32>| list.get(node).map_or(0, |child| *child as usize);
            let children = [child(&self.left), child(&self.right), child(&self.missing)];
            if children.iter().any(|child| *child <= node || *child >= nodes) {
                return Some("a tree with a child before its parent, or without one");
            }
        }
        None
    }
}

impl Trees {
    /// What is wrong with them, if they are read by rows of `columns` values.
    pub(super) fn misfit(&self, columns: usize) -> Option<&'static str> {
        self.trees.iter().find_map(|tree| tree.misfit(columns))
    }

    /// The same trees, laid out for fast walks.
    pub(super) fn walker(&self) -> Walker {
        let mut walker =
            Walker { nodes: Vec::new(), roots: Vec::new(), base: self.base, scale: self.scale, link: self.link };
        for tree in &self.trees {
            let first = walker.nodes.len() as u32;
            walker.roots.push(first);
            let columns = tree.feature.iter().zip(&tree.threshold).zip(&tree.value);
            let children = tree.left.iter().zip(&tree.right).zip(&tree.missing);
            walker.nodes.extend(columns.zip(children).map(
                |(((feature, threshold), value), ((left, right), missing))| Step {
                    threshold: *threshold,
                    value: *value,
                    feature: *feature,
                    children: [left, right, missing].map(|child| first + child),
                },
            ));
        }
        walker
    }
}

#[derive(Debug, Clone, Copy)]
struct Step {
    threshold: f64,
    value: f64,
    feature: i32,
    children: [u32; 3],
}

/// Trees laid out for fast walks: all nodes in one list.
#[derive(Debug, Clone)]
pub(super) struct Walker {
    nodes: Vec<Step>,
    roots: Vec<u32>,
    base: f64,
    scale: f64,
    link: Link,
}

impl Walker {
    /// Walks one tree; `moved` hears each step: the feature, and by how much the node's value changed.
    fn walk(&self, root: u32, row: &[f64], mut moved: impl FnMut(usize, f64)) -> f64 {
        let Some(mut step) = self.nodes.get(root as usize) else { return 0.0 };
        while let Ok(feature) = usize::try_from(step.feature) {
            let value = row.get(feature).copied().unwrap_or(f64::NAN);
            let [left, right, missing] = step.children;
            let next = if value.is_nan() {
                missing
            } else if value < step.threshold {
                left
            } else {
                right
            };
            let Some(next) = self.nodes.get(next as usize) else { break };
            moved(feature, next.value - step.value);
            step = next;
        }
        step.value
    }

    fn linked(&self, sum: f64) -> f64 {
        match self.link {
            Link::LogOdds => self.base + self.scale * sum,
            Link::Probability => logit(self.base + self.scale * sum),
        }
    }

    /// Logarithm of the odds for a row.
    pub(super) fn log_odds(&self, row: &[f64]) -> f64 {
        self.linked(self.roots.iter().map(|root| self.walk(*root, row, |_, _| ())).sum())
    }

    /// Adds to `moved` what each feature changed of the log-odds, times `weight`.
    pub(super) fn contributions(&self, row: &[f64], weight: f64, moved: &mut [f64]) {
        let mut own = vec![0.0; moved.len()];
        let (mut sum, mut start) = (0.0, 0.0);
        for root in &self.roots {
            start += self.nodes.get(*root as usize).map_or(0.0, |step| step.value);
            sum += self.walk(*root, row, |feature, change| {
                if let Some(slot) = own.get_mut(feature) {
                    *slot += change;
                }
            });
        }
        // A probability's steps share the change of its log-odds in proportion.
        let change = sum - start;
        let factor = match self.link {
            Link::LogOdds => self.scale,
            Link::Probability if change.abs() < 1e-12 => 0.0,
            Link::Probability => (self.linked(sum) - self.linked(start)) / change,
        };
        moved.iter_mut().zip(own).for_each(|(slot, own)| *slot += weight * factor * own);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Column 0 below 2: -1; else column 1 below 5: 1, or 3; absent values of column 0 go with the small ones.
    fn tree() -> Tree {
        Tree {
            feature: vec![0, -1, 1, -1, -1],
            threshold: vec![2.0, 0.0, 5.0, 0.0, 0.0],
            left: vec![1, 0, 3, 0, 0],
            right: vec![2, 0, 4, 0, 0],
            missing: vec![1, 0, 4, 0, 0],
            value: vec![0.5, -1.0, 2.0, 1.0, 3.0],
        }
    }

    fn trees(link: Link, scale: f64) -> Trees {
        Trees { base: 0.25, scale, link, trees: vec![tree(), tree()] }
    }

    #[test]
    fn rows_walk_by_thresholds_and_absence() {
        let walker = trees(Link::LogOdds, 0.5).walker();
        for (row, leaf) in [([1.9, 9.0], -1.0), ([2.0, 4.9], 1.0), ([7.0, 5.0], 3.0), ([f64::NAN, 0.0], -1.0)] {
            assert_eq!(walker.log_odds(&row), 0.25 + leaf, "{row:?}");
        }
        assert_eq!(walker.log_odds(&[2.0, f64::NAN]), 3.25);
    }

    #[test]
    fn contributions_add_up_to_the_score() {
        for (link, scale) in [(Link::LogOdds, 0.5), (Link::Probability, 0.1)] {
            let walker = trees(link, scale).walker();
            let row = [7.0, 5.0];
            let mut moved = [0.0; 2];
            walker.contributions(&row, 2.0, &mut moved);
            let start = walker.linked(1.0);
            assert!((moved.iter().sum::<f64>() - 2.0 * (walker.log_odds(&row) - start)).abs() < 1e-12);
            // The first step raised the value by 1.5, the second by 1.
            assert!((moved[0] / moved[1] - 1.5).abs() < 1e-12);
        }
    }

    #[test]
    fn circles_and_strange_columns_are_told() {
        assert_eq!(trees(Link::LogOdds, 1.0).misfit(2), None);
        assert!(trees(Link::LogOdds, 1.0).misfit(1).unwrap().contains("feature"));
        let mut circle = tree();
        circle.left[2] = 0;
        assert!(circle.misfit(2).unwrap().contains("before its parent"));
        let mut short = tree();
        short.value.pop();
        assert!(short.misfit(2).unwrap().contains("length"));
    }
}

//! Rules as operators write them: one threshold for one feature, each with the same weight.
//!
//! A rule is set where one normal row in fifty would trip it, on the side where fraud is more frequent; the rules that
//! catch most fraud are kept. What they catch together is counted.

use super::trees::{Link, Tree, Trees};

/// Rules that are kept.
const RULES: usize = 12;
/// The share of normal rows that trip a rule.
const ALARMS: f64 = 0.02;

struct Rule {
    column: usize,
    threshold: f64,
    above: bool,
    caught: usize,
}

fn rules_of(column: usize, rows: &[Vec<f64>], fraud: &[bool]) -> Vec<Rule> {
    let value = |row: &Vec<f64>| row.get(column).copied().unwrap_or(f64::NAN);
    let known = rows.iter().map(value).zip(fraud).filter(|(value, _)| !value.is_nan());
    let (bad, good): (Vec<_>, Vec<_>) = known.partition(|(_, fraud)| **fraud);
    let mut normal: Vec<f64> = good.into_iter().map(|(value, _)| value).collect();
    normal.sort_unstable_by(f64::total_cmp);
    let spare = (normal.len() as f64 * ALARMS) as usize;
    let Some(last) = normal.len().checked_sub(1 + spare) else { return Vec::new() };
    let rule = |above: bool| {
        // The first value beyond what may be tripped: rows beyond it, not at it.
        let bound = normal.get(if above { last } else { spare }).copied()?;
        let trips = |value: f64| if above { value > bound } else { value < bound };
        let caught = bad.iter().filter(|(value, _)| trips(*value)).count();
        let threshold = if above { bound.next_up() } else { bound };
        (caught > 0).then_some(Rule { column, threshold, above, caught })
    };
    [rule(true), rule(false)].into_iter().flatten().collect()
}

/// Sets the rules by the rows.
pub(super) fn fit(rows: &[Vec<f64>], fraud: &[bool]) -> Trees {
    let columns = rows.first().map_or(0, Vec::len);
    let mut rules: Vec<Rule> = (0..columns).flat_map(|column| rules_of(column, rows, fraud)).collect();
    rules.sort_by(|a, b| b.caught.cmp(&a.caught).then(a.column.cmp(&b.column)));
    rules.truncate(RULES);
    let tree = |rule: &Rule| {
        let mut tree = Tree::default();
        let [low, high] = if rule.above { [0.0, 1.0] } else { [1.0, 0.0] };
        // An absent value trips no rule.
        let missing = if rule.above { 1 } else { 2 };
        tree.node(i32::try_from(rule.column).unwrap_or(i32::MAX), rule.threshold, [1, 2, missing], 0.0);
        tree.leaf(low);
        tree.leaf(high);
        tree
    };
    Trees { base: 0.0, scale: 1.0, link: Link::LogOdds, trees: rules.iter().map(tree).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_spares_nearly_all_normal_rows_and_absent_values() {
        let rows: Vec<Vec<f64>> = (0..1000).map(|i| vec![f64::from(i), 1.0]).collect();
        let fraud: Vec<bool> = (0..1000).map(|i| i >= 900).collect();
        let trees = fit(&rows, &fraud);
        let walker = trees.walker();
        let tripped = rows.iter().zip(&fraud).filter(|(row, fraud)| !**fraud && walker.log_odds(row) > 0.0).count();
        assert_eq!(tripped, 18);
        assert!(rows.iter().skip(900).all(|row| walker.log_odds(row) == 1.0));
        assert_eq!(walker.log_odds(&[f64::NAN, 1.0]), 0.0);
    }
}

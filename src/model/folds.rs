//! Splitting rows for honest figures: what is measured on was not learnt from, nor anything that belongs to it.

use super::Dataset;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// How rows are split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Splitting {
    /// So many folds of whole groups, with the same share of fraud in each.
    Folds(usize),
    /// One fold for each group: what a model learnt elsewhere is worth there.
    LeaveOut,
    /// So many spans of time; each is measured by what came before it.
    Time(usize),
}

/// Rows to learn from and rows to measure on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Split {
    /// What is left out, in words.
    pub name: String,
    /// Rows to learn from.
    pub learn: Vec<usize>,
    /// Rows to measure on.
    pub measure: Vec<usize>,
}

/// The fold of each row: groups stay whole, groups with fraud and those without are dealt out in turn.
fn dealt(data: &Dataset, folds: usize, seed: u64) -> Vec<usize> {
    let mut groups: BTreeMap<&str, bool> = BTreeMap::new();
    for (group, fraud) in data.groups.iter().zip(&data.fraud) {
        *groups.entry(group).or_default() |= fraud;
    }
    let mut order: Vec<(bool, [u8; 32], &str)> = groups
        .into_iter()
        .map(|(group, fraud)| {
            let digest = Sha256::new().chain_update(seed.to_be_bytes()).chain_update(group).finalize();
            (fraud, digest.into(), group)
        })
        .collect();
    order.sort_unstable();
    let fold_of: BTreeMap<&str, usize> =
        order.iter().enumerate().map(|(place, (_, _, group))| (*group, place % folds.max(1))).collect();
    data.groups.iter().map(|group| fold_of.get(group.as_str()).copied().unwrap_or(0)).collect()
}

fn by_fold(folds: &[usize], names: &[String]) -> Vec<Split> {
    let split = |(fold, name): (usize, &String)| {
        let (measure, learn) = (0..folds.len()).partition(|row| folds.get(*row) == Some(&fold));
        Split { name: name.clone(), learn, measure }
    };
    names.iter().enumerate().map(split).collect()
}

/// Spans with the same number of rows, in order of time; equal times stay together.
fn by_time(data: &Dataset, spans: usize) -> Vec<Split> {
    let mut order: Vec<usize> = (0..data.ids.len()).collect();
    let time = |row: &usize| data.times.get(*row).map_or("", String::as_str);
    let number = |row: &usize| time(row).parse::<f64>().unwrap_or(f64::NAN);
    let before = |a: &usize, b: &usize| number(a).total_cmp(&number(b)).then_with(|| time(a).cmp(time(b)));
    order.sort_by(before);
    let mut splits = Vec::new();
    let mut ends: Vec<usize> = (0..=spans + 1).map(|span| order.len() * span / (spans + 1)).collect();
    for end in &mut ends {
        while *end > 0 && *end < order.len() && order.get(*end - 1).map(time) == order.get(*end).map(time) {
            *end += 1;
        }
    }
    for window in ends.windows(2).skip(1) {
        let [start, end] = window else { continue };
        let learn = order.get(..*start).unwrap_or_default().to_vec();
        let measure = order.get(*start..*end).unwrap_or_default().to_vec();
        let first = measure.first().map(time).unwrap_or_default();
        splits.push(Split { name: format!("from {first}"), learn, measure });
    }
    splits
}

/// Splits the rows. Splits in which nothing can be learnt or measured are left out.
pub fn splits(data: &Dataset, splitting: Splitting, seed: u64) -> Vec<Split> {
    let splits = match splitting {
        Splitting::Folds(count) => {
            let names: Vec<String> = (1..=count).map(|fold| format!("fold {fold}")).collect();
            by_fold(&dealt(data, count, seed), &names)
        }
        Splitting::LeaveOut => {
            let mut names = data.groups.clone();
            names.sort_unstable();
            names.dedup();
            let folds: Vec<usize> =
                data.groups.iter().map(|group| names.binary_search(group).unwrap_or_default()).collect();
            by_fold(&folds, &names)
        }
        Splitting::Time(spans) => by_time(data, spans),
    };
    splits.into_iter().filter(|split| !split.learn.is_empty() && !split.measure.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data() -> Dataset {
        let mut data = Dataset::default();
        for row in 0..100usize {
            data.ids.push(format!("id{row}"));
            data.groups.push(format!("group{}", row / 4));
            data.times.push(format!("{}", (row * 37) % 100));
            data.fraud.push(row / 4 % 5 == 0);
        }
        data
    }

    #[test]
    fn groups_stay_whole_and_every_fold_has_fraud() {
        let data = data();
        let splits = splits(&data, Splitting::Folds(5), 1);
        assert_eq!(splits.iter().map(|split| split.measure.len()).sum::<usize>(), 100);
        for split in &splits {
            assert!(split.measure.iter().any(|row| data.fraud[*row]));
            let measured = |group: &String| split.measure.iter().any(|row| data.groups[*row] == *group);
            assert!(split.learn.iter().all(|row| !measured(&data.groups[*row])));
        }
        assert_ne!(splits, super::splits(&data, Splitting::Folds(5), 2));
    }

    #[test]
    fn time_never_runs_backwards() {
        let data = data();
        let time = |row: &usize| data.times[*row].parse::<f64>().unwrap();
        let splits = splits(&data, Splitting::Time(4), 1);
        assert_eq!(splits.len(), 4);
        for split in splits {
            let last = split.learn.iter().map(time).fold(f64::MIN, f64::max);
            assert!(split.measure.iter().all(|row| time(row) > last));
        }
    }

    #[test]
    fn each_group_is_left_out_once() {
        let splits = splits(&data(), Splitting::LeaveOut, 1);
        assert_eq!(splits.len(), 25);
        assert!(splits.iter().all(|split| split.measure.len() == 4 && split.learn.len() == 96));
    }
}

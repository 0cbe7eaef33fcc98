//! Which of many belong together, given pairs that do.

/// Disjoint sets over `0..len` (Tarjan): the smallest member stands for a set, so that the result does not depend on
/// the order of the pairs.
#[derive(Debug, Clone)]
pub(super) struct Union {
    parent: Vec<usize>,
}

impl Union {
    pub(super) fn new(len: usize) -> Self {
        Self { parent: (0..len).collect() }
    }

    /// The smallest member of the set of `member`.
    pub(super) fn find(&mut self, member: usize) -> usize {
        let mut root = member;
        while let Some(&parent) = self.parent.get(root)
            && parent != root
        {
            root = parent;
        }
        let mut at = member;
        while at != root {
            let Some(slot) = self.parent.get_mut(at) else { break };
            at = std::mem::replace(slot, root);
        }
        root
    }

    /// Puts two sets together.
    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        let (low, high) = (a.min(b), a.max(b));
        if let Some(slot) = self.parent.get_mut(high) {
            *slot = low;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_order_of_pairs_does_not_matter(mut pairs in prop::collection::vec((0usize..30, 0usize..30), 0..40)) {
            let sets = |pairs: &[(usize, usize)]| {
                let mut union = Union::new(30);
                pairs.iter().for_each(|&(a, b)| union.join(a, b));
                (0..30).map(|member| union.find(member)).collect::<Vec<_>>()
            };
            let forward = sets(&pairs);
            pairs.reverse();
            prop_assert_eq!(forward, sets(&pairs));
        }
    }
}

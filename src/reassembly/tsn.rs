//! Which transmission sequence numbers were seen.

/// How far back a repeated TSN is recognised. A sender never has so many chunks outstanding.
const WIDTH: usize = 2048;
const WORDS: usize = WIDTH / 64;

/// A window of seen TSNs that ends at the highest one. It has no beginning of its own: a tap that starts in the middle
/// takes late chunks from before its first one as new, which they are.
#[derive(Debug, Clone)]
pub(super) struct TsnWindow {
    highest: Option<u32>,
    /// A bit for each of the last [`WIDTH`] TSNs, at the place `TSN mod WIDTH`.
    seen: [u64; WORDS],
}

impl TsnWindow {
    pub(super) fn new() -> Self {
        Self { highest: None, seen: [0; WORDS] }
    }

    /// Marks a TSN as seen; `false` where it was before. A TSN outside the window starts the window anew: the
    /// association was restarted, or much was not captured.
    #[inline]
    pub(super) fn is_new(&mut self, tsn: u32) -> bool {
        const AHEAD: u32 = 1 << 31;
        let Some(highest) = self.highest else {
            return self.restart(tsn);
        };
        let ahead = tsn.wrapping_sub(highest);
        if ahead == 0 {
            return false;
        }
        if ahead < AHEAD {
            if ahead as usize >= WIDTH {
                return self.restart(tsn);
            }
            let mut between = highest;
            for _ in 1..ahead {
                between = between.wrapping_add(1);
                self.set(between, false);
            }
            self.highest = Some(tsn);
            self.set(tsn, true);
            return true;
        }
        if highest.wrapping_sub(tsn) as usize >= WIDTH {
            return self.restart(tsn);
        }
        !self.set(tsn, true)
    }

    fn restart(&mut self, tsn: u32) -> bool {
        self.highest = Some(tsn);
        self.seen = [0; WORDS];
        self.set(tsn, true);
        true
    }

    /// Sets the bit of a TSN and gives back what it was.
    #[inline]
    fn set(&mut self, tsn: u32, value: bool) -> bool {
        let bit = 1u64 << (tsn % 64);
        let Some(word) = self.seen.get_mut((tsn / 64) as usize % WORDS) else {
            return false;
        };
        let was = *word & bit != 0;
        if value {
            *word |= bit;
        } else {
            *word &= !bit;
        }
        was
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    #[test]
    fn order_repetition_and_wrap() {
        let mut window = TsnWindow::new();
        for (tsn, new) in [
            (u32::MAX - 1, true),
            (1, true), // over the end, leaving a hole
            (u32::MAX - 1, false),
            (u32::MAX, true),
            (u32::MAX, false),
            (0, true),
            (1, false),
            (u32::MAX - 9, true), // before the first one that was captured
            (u32::MAX - 9, false),
        ] {
            assert_eq!(window.is_new(tsn), new, "{tsn}");
        }
    }

    #[test]
    fn far_away_starts_anew() {
        let mut window = TsnWindow::new();
        assert!(window.is_new(10_000));
        assert!(window.is_new(7_000)); // below the window
        assert!(window.is_new(10_000));
        assert!(!window.is_new(10_000));
    }

    proptest! {
        #[test]
        fn within_the_window_each_tsn_is_new_once(start in any::<u32>(),
                                                  steps in prop::collection::vec(0u32..1000, 1..300)) {
            let mut window = TsnWindow::new();
            let mut seen = HashSet::new();
            for step in steps {
                let tsn = start.wrapping_add(step);
                prop_assert_eq!(window.is_new(tsn), seen.insert(tsn));
            }
        }
    }
}

//! Which transmission sequence numbers were seen, and with what.

use foldhash::fast::FixedState;
use std::hash::BuildHasher;
use std::num::NonZeroU32;

/// How far back a repeated TSN is recognised. Senders have far fewer chunks outstanding.
const WIDTH: u32 = 1024;

/// A window of seen TSNs that ends at the highest one. It has no beginning of its own: a tap that starts in the middle
/// takes late chunks from before its first one as new, which they are.
///
/// A TSN counts as repeated only when it comes with the same octets. RFC 9260 knows no other case, but encoders of
/// test traffic, and captures put together from several, number all their chunks alike.
#[derive(Default)]
pub(super) struct TsnWindow {
    highest: Option<u32>,
    /// A digest for each of the last [`WIDTH`] TSNs, at the place `TSN mod WIDTH`.
    /// Without room before the first one comes.
    seen: Box<[Option<NonZeroU32>]>,
}

impl TsnWindow {
    /// Whether a TSN is of this sequence: it lies within the window, or could be the next ones.
    pub(super) fn is_near(&self, tsn: u32) -> bool {
        self.highest.is_some_and(|highest| {
            let ahead = tsn.wrapping_sub(highest);
            ahead.min(ahead.wrapping_neg()) < WIDTH
        })
    }

    /// Marks a TSN as seen; `false` where it was before. A TSN outside the window starts the window anew: the
    /// association was restarted, or much was not captured.
    #[inline]
    pub(super) fn is_new(&mut self, tsn: u32, octets: &[u8]) -> bool {
        let digest = digest(octets);
        let ahead = self.highest.map(|highest| tsn.wrapping_sub(highest));
        match ahead {
            Some(1) => self.highest = Some(tsn),
            Some(ahead @ 2..WIDTH) => {
                for unseen in 1..ahead {
                    self.set(tsn.wrapping_sub(unseen), None);
                }
                self.highest = Some(tsn);
            }
            // not above the highest, and within the window
            Some(ahead) if ahead.wrapping_neg() < WIDTH => {
                return self.set(tsn, digest) != digest;
            }
            _ => {
                self.highest = Some(tsn);
                self.seen = vec![None; WIDTH as usize].into_boxed_slice();
            }
        }
        self.set(tsn, digest);
        true
    }

    /// Sets the digest of a TSN and gives back what it was.
    #[inline]
    fn set(&mut self, tsn: u32, digest: Option<NonZeroU32>) -> Option<NonZeroU32> {
        let slot = self.seen.get_mut((tsn % WIDTH) as usize)?;
        std::mem::replace(slot, digest)
    }
}

/// Never none.
#[inline]
fn digest(octets: &[u8]) -> Option<NonZeroU32> {
    #[allow(clippy::cast_possible_truncation)]
    let hash = FixedState::default().hash_one(octets) as u32;
    NonZeroU32::new(hash | 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    #[test]
    fn order_repetition_and_wrap() {
        let mut window = TsnWindow::default();
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
            assert_eq!(window.is_new(tsn, b"x"), new, "{tsn}");
        }
    }

    #[test]
    fn other_octets_are_another_chunk() {
        let mut window = TsnWindow::default();
        assert!(window.is_new(1, b"one"));
        assert!(window.is_new(1, b"two"));
        assert!(!window.is_new(1, b"two"));
    }

    #[test]
    fn far_away_starts_anew() {
        let mut window = TsnWindow::default();
        assert!(window.is_new(10_000, b"x"));
        assert!(window.is_new(7_000, b"x")); // below the window
        assert!(window.is_new(10_000, b"x"));
        assert!(!window.is_new(10_000, b"x"));
    }

    proptest! {
        #[test]
        fn within_the_window_each_tsn_is_new_once(start in any::<u32>(),
                                                  steps in prop::collection::vec(0u32..1000, 1..300)) {
            let mut window = TsnWindow::default();
            let mut seen = HashSet::new();
            for step in steps {
                let tsn = start.wrapping_add(step);
                prop_assert_eq!(window.is_new(tsn, b"x"), seen.insert(tsn));
            }
        }
    }
}

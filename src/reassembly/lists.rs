//! The frames of packets that came in fragments.

use foldhash::fast::RandomState;
use hashbrown::HashMap;
use std::collections::VecDeque;

use super::Origin;

/// Packets whose frames are remembered. Later only the frame that completed a packet is known.
const MAX_LISTS: usize = 4096;

/// By the packet that brought the last fragment.
#[derive(Default)]
pub(super) struct FrameLists {
    lists: HashMap<u64, Box<[u64]>, RandomState>,
    arrivals: VecDeque<u64>,
}

impl FrameLists {
    /// Remembers the packets that brought the parts of one, of which `last` was the last.
    pub(super) fn insert(&mut self, last: &Origin, origins: &[Origin]) {
        // one that lies in another has the frames of both
        let mut frames: Vec<u64> = self.of(last).to_vec();
        frames.extend(origins.iter().filter(|origin| origin.file == last.file).flat_map(|origin| {
            let more = if origin.arrival == last.arrival { &[] } else { self.of(origin) };
            more.iter().copied().chain([origin.frame])
        }));
        frames.sort_unstable();
        frames.dedup();
        if self.lists.insert(last.arrival, frames.into()).is_none() {
            self.arrivals.push_back(last.arrival);
        }
        if self.arrivals.len() > MAX_LISTS
            && let Some(oldest) = self.arrivals.pop_front()
        {
            self.lists.remove(&oldest);
        }
    }

    /// All frames of a packet where it came in several.
    #[inline]
    pub(super) fn of(&self, origin: &Origin) -> &[u64] {
        if self.lists.is_empty() {
            return &[];
        }
        self.lists.get(&origin.arrival).map_or(&[], |frames| frames)
    }
}

//! The same message on several legs, where equal octets alone do not tell: layer 3 messages are short, and two mobiles, or
//! one mobile twice, say the same. A message that comes again on another association is one message seen twice; one
//! that comes again on the same association was said twice, since SCTP and TCP deliver each once.

use crate::event::Source;
use crate::reassembly::Flow;
use crate::time::SECOND;
use arrayvec::ArrayVec;
use std::hash::BuildHasher;

/// Messages that are remembered.
const MESSAGES: usize = 16;
/// Legs of one message.
const LEGS: usize = 4;
/// Legs, and the clocks of probes, are not further apart.
const APART: u64 = 8 * SECOND.unsigned_abs();

/// An association in one direction, as a number.
fn number(flow: &Flow) -> u64 {
    foldhash::quality::FixedState::with_seed(7).hash_one(flow)
}

#[derive(Debug, Clone)]
struct Seen {
    digest: u64,
    source: Source,
    time: i64,
    flows: ArrayVec<u64, LEGS>,
}

/// The last messages of one side of a conversation.
#[derive(Debug, Clone, Default)]
pub(super) struct Legs(Vec<Seen>);

impl Legs {
    /// The frame that showed the message first, where it was on another leg.
    pub(super) fn look(&mut self, digest: u64, flow: &Flow, time: i64, source: Source) -> Option<Source> {
        let flow = number(flow);
        self.0.retain(|seen| seen.time.abs_diff(time) <= APART);
        let same = self.0.iter_mut().find(|seen| seen.digest == digest && !seen.flows.contains(&flow));
        if let Some(seen) = same
            && seen.flows.try_push(flow).is_ok()
        {
            return Some(seen.source);
        }
        if self.0.len() >= MESSAGES {
            self.0.remove(0);
        }
        self.0.push(Seen { digest, source, time, flows: [flow].into_iter().collect() });
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{IpAddr, Ipv4Addr};

    #[test]
    fn legs_are_told_from_sayings() {
        let address = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
        let flow = |src_port| Flow { src: address, dst: address, src_port, dst_port: 1 };
        let source = |frame| Source { file: 0, frame };
        let mut legs = Legs::default();
        let mut look = |digest, leg, frame: u64| legs.look(digest, &flow(leg), frame as i64, source(frame));
        assert_eq!(look(1, 1, 1), None);
        assert_eq!(look(1, 1, 2), None, "said again");
        assert_eq!(look(1, 2, 3), Some(source(1)));
        assert_eq!(look(1, 2, 4), Some(source(2)));
        assert_eq!(look(1, 2, 5), None, "said again, on the other leg first");
        assert_eq!(look(2, 2, 6), None);
    }
}

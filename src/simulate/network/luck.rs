//! What chance decides of an act in the network where it shows in events. It follows from who acts and when, so the
//! account of an act tells the same as the packets that are made of it.

use super::super::clock::{Time, seconds};
use super::Card;
use std::hash::BuildHasher;

/// Seconds that a mobile takes to answer a challenge on 2G and 3G.
pub const PROOF: [f64; 2] = [0.15, 0.4];
/// On LTE.
pub const PROOF_ON_LTE: [f64; 2] = [0.12, 0.35];
/// In IMS, with a REGISTER.
pub const PROOF_IN_IMS: [f64; 2] = [0.15, 0.5];

/// The chance of one act.
#[derive(Debug, Clone, Copy)]
pub struct Luck(u64);

impl Luck {
    /// Of a subscriber's part in the act that begins then.
    pub fn of(card: &Card, at: Time) -> Self {
        Self(foldhash::quality::FixedState::with_seed(11).hash_one((card.imsi.digits().value(), at)))
    }

    /// Of 2^32 equal parts.
    fn share(part: u64) -> f64 {
        (part & 0xffff_ffff) as f64 / 4_294_967_296.0
    }

    /// Before it serves a mobile, a VLR now and then wants it to prove itself, with a vector that it still has.
    pub fn proves(self) -> bool {
        Self::share(self.0 >> 32) < 0.3
    }

    /// How long the mobile takes to answer a challenge, without the way to its card.
    pub fn answers_after(self, [least, most]: [f64; 2]) -> Time {
        seconds(least + (most - least) * Self::share(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_is_spread_and_repeats() {
        let lucks: Vec<Luck> =
            (0..4000).map(|at| Luck(foldhash::quality::FixedState::with_seed(1).hash_one(at))).collect();
        let proves = lucks.iter().filter(|luck| luck.proves()).count();
        assert!((1000..1400).contains(&proves), "{proves}");
        let times: Vec<Time> = lucks.iter().map(|luck| luck.answers_after(PROOF)).collect();
        let [least, most] = PROOF.map(seconds);
        assert!(times.iter().all(|time| (least..=most).contains(time)));
        let middle = times.iter().sum::<Time>() / times.len() as u64;
        assert!(middle.abs_diff((least + most) / 2) < seconds(0.01), "{middle}");
    }
}

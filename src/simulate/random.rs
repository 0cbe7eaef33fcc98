//! Chance: one stream for each subscriber and each part of the network, all from one seed. ChaCha8 gives each stream
//! its key, xoshiro256++ its numbers: a stream takes 32 octets of memory.
//!
//! A stream depends on the seed and its own number only, so what one subscriber does never changes what another
//! draws.

use rand::{Rng, RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, LogNormal, Normal, Weibull, Zipf};
use rand_xoshiro::Xoshiro256PlusPlus;

/// Who draws: the number of a stream.
#[derive(Debug, Clone, Copy)]
pub enum Stream {
    /// The building of cells, people and devices.
    Population,
    /// Latencies, references and keys of the network.
    Network,
    /// Loss and reordering on the transport.
    Transport,
    /// One probe.
    Tap(usize),
    /// One fraud.
    Fraud(usize),
    /// One subscriber.
    Subscriber(usize),
    /// Where those who go together go on one day.
    Route(u32, u32),
}

impl Stream {
    fn number(self) -> u64 {
        match self {
            Self::Population => 1,
            Self::Network => 2,
            Self::Transport => 3,
            Self::Tap(index) => (1 << 16) | index as u64,
            Self::Fraud(index) => (1 << 20) | index as u64,
            Self::Subscriber(index) => (1 << 40) | index as u64,
            Self::Route(key, day) => (1 << 63) | (u64::from(day) << 32) | u64::from(key),
        }
    }
}

/// One stream of random numbers with the distributions that people and networks need.
#[derive(Debug, Clone)]
pub struct Dice(Xoshiro256PlusPlus);

impl Dice {
    /// The stream of that name under a seed.
    pub fn new(seed: u64, stream: Stream) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream.number());
        let mut key = [0; 32];
        rng.fill_bytes(&mut key);
        Self(Xoshiro256PlusPlus::from_seed(key))
    }

    /// Uniform in 0..1.
    pub fn unit(&mut self) -> f64 {
        self.0.gen_range(0.0..1.0)
    }

    /// True with that probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Uniform in `low..high`; `low` where that is empty.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low).max(0.0) * self.unit()
    }

    /// Any order of magnitude from `low` to `high`, both above 0, with the same chance.
    pub fn magnitude(&mut self, low: f64, high: f64) -> f64 {
        low * (high / low).max(1.0).powf(self.unit())
    }

    /// Uniform in `low..=high`.
    pub fn whole(&mut self, low: u64, high: u64) -> u64 {
        self.0.gen_range(low..=high.max(low))
    }

    /// An index below `count`; zero where there is none.
    pub fn below(&mut self, count: usize) -> usize {
        if count == 0 { 0 } else { self.0.gen_range(0..count) }
    }

    /// One element.
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        let index = self.below(from.len());
        from.get(index).copied()
    }

    /// An index with probability in proportion to its weight.
    pub fn weighted(&mut self, weights: impl Iterator<Item = f64> + Clone) -> usize {
        let mut left = self.unit() * weights.clone().sum::<f64>();
        let mut last = 0;
        for (index, weight) in weights.enumerate() {
            last = index;
            if left < weight {
                break;
            }
            left -= weight;
        }
        last
    }

    /// Lognormal with the mean and deviation of the logarithm.
    pub fn lognormal(&mut self, mu: f64, sigma: f64) -> f64 {
        LogNormal::new(mu, sigma).map_or(mu.exp(), |law| law.sample(&mut self.0))
    }

    /// A rank below `count` by Zipf's law with that exponent; zero where there is none.
    pub fn zipf(&mut self, count: usize, exponent: f64) -> usize {
        let law = Zipf::new(count as u64, exponent.max(0.0));
        law.map_or(0, |law| law.sample(&mut self.0) as usize).saturating_sub(1)
    }

    /// Weibull with mean 1: the gap between two calls of a person, in units of the mean gap.
    pub fn weibull_gap(&mut self, shape: f64) -> f64 {
        // Γ(1 + 1/k) for the shapes in use, by the first terms of Stirling's series at x + 3.
        let x = 1.0 + 1.0 / shape;
        let z = x + 3.0;
        let stirling =
            (2.0 * std::f64::consts::PI / z).sqrt() * (z / std::f64::consts::E).powf(z) * (1.0 + 1.0 / (12.0 * z));
        let mean = stirling / (x * (x + 1.0) * (x + 2.0));
        Weibull::new(1.0 / mean, shape).map_or(1.0, |law| law.sample(&mut self.0))
    }

    /// Normal.
    pub fn normal(&mut self, mean: f64, deviation: f64) -> f64 {
        Normal::new(mean, deviation).map_or(mean, |law| law.sample(&mut self.0))
    }

    /// Random octets: keys, cookies, references.
    pub fn octets<const N: usize>(&mut self) -> [u8; N] {
        let mut octets = [0; N];
        self.0.fill_bytes(&mut octets);
        octets
    }

    /// A random 32-bit number.
    pub fn word(&mut self) -> u32 {
        self.0.next_u32()
    }

    /// Puts a slice in random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            items.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_apart_and_repeat() {
        let draw = |seed, stream| Dice::new(seed, stream).octets::<16>();
        assert_eq!(draw(1, Stream::Subscriber(4)), draw(1, Stream::Subscriber(4)));
        assert_ne!(draw(1, Stream::Subscriber(4)), draw(1, Stream::Subscriber(5)));
        assert_ne!(draw(1, Stream::Subscriber(4)), draw(2, Stream::Subscriber(4)));
    }

    #[test]
    fn gaps_have_mean_one() {
        let mut dice = Dice::new(7, Stream::Population);
        for shape in [0.5, 0.7, 1.0, 2.0] {
            let mean = (0..40_000).map(|_| dice.weibull_gap(shape)).sum::<f64>() / 40_000.0;
            assert!((mean - 1.0).abs() < 0.06, "shape {shape}: mean {mean}");
        }
    }
}

//! How much each learner counts in a blend: weights that are never negative, learnt on rows that the learners had not
//! seen, and drawn towards equal parts where rows are few.

use super::tidy::tidy;

/// How strongly weights are drawn together, in rows.
const DRAWN: f64 = 20.0;
const ROUNDS: usize = 100;

/// Learns one weight for each column of log-odds, by coordinate-wise Newton steps on the penalised log-likelihood.
pub(super) fn weights(voices: &[Vec<f64>], fraud: &[bool]) -> Vec<f64> {
    let count = voices.first().map_or(0, Vec::len);
    let equal = 1.0 / (count.max(1) as f64);
    let (mut weights, mut offset) = (vec![equal; count], 0.0);
    if count < 2 {
        return weights;
    }
    let total = |voice: &Vec<f64>, weights: &[f64]| voice.iter().zip(weights).map(|(v, w)| v * w).sum::<f64>();
    let mut sums: Vec<f64> = voices.iter().map(|voice| total(voice, &weights)).collect();
    for _ in 0..ROUNDS {
        let mut moved = 0.0f64;
        // The last coordinate is the constant.
        for place in 0..=count {
            let (mut slope, mut curve) = (0.0, 1e-9);
            let old = weights.get(place).copied();
            if let Some(weight) = old {
                slope += DRAWN * (weight - equal);
                curve += DRAWN;
            }
            let at = |voice: &Vec<f64>| voice.get(place).copied().unwrap_or(1.0);
            for ((voice, sum), fraud) in voices.iter().zip(&sums).zip(fraud) {
                let p = 1.0 / (1.0 + (-(sum + offset)).exp());
                let x = at(voice);
                slope += (p - f64::from(u8::from(*fraud))) * x;
                curve += p * (1.0 - p) * x * x;
            }
            let step = (-slope / curve).clamp(-1.0, 1.0);
            match (old, weights.get_mut(place)) {
                (Some(old), Some(weight)) => {
                    *weight = (old + step).max(0.0);
                    let change = *weight - old;
                    voices.iter().zip(&mut sums).for_each(|(voice, sum)| *sum += change * at(voice));
                    moved = moved.max(change.abs());
                }
                _ => {
                    offset += step;
                    moved = moved.max(step.abs());
                }
            }
        }
        if moved < 1e-7 {
            break;
        }
    }
    weights.into_iter().map(tidy).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_gets_no_weight() {
        let fraud: Vec<bool> = (0..2000u32).map(|i| i * 7919 % 10 < 3).collect();
        let voices: Vec<Vec<f64>> = (0..2000u32)
            .map(|i| {
                let noise = |k: u32| f64::from((i * 7919 + k * 104_729 + i * i * 31) % 1000) / 500.0 - 1.0;
                let truth = if fraud[i as usize] { 1.0 } else { -1.0 };
                vec![truth + 2.0 * noise(1), 2.0 * noise(2)]
            })
            .collect();
        let weights = weights(&voices, &fraud);
        assert!(weights[0] > 1.0 && weights[1] < 0.25, "{weights:?}");
    }
}

//! Laws of chance as scenarios write them.
//!
//! | TOML | meaning |
//! |---|---|
//! | `3` | always 3 |
//! | `[2, 6]` | uniform from 2 to 6 |
//! | `{ median = 3, sigma = 0.8 }` | lognormal; sigma is the deviation of the natural logarithm |
//! | `{ mean = 8, deviation = 1 }` | normal |
//! | `{ quantiles = [1, 3, 5, 9, 20] }` | the values at 5, 25, 50, 75 and 95 %, straight between them in the logarithm |
//!
//! The tables may have `min` and `max`, and `zero`, the share of those with nothing at all.

use super::super::random::Dice;
use toml::Value;

/// A law of chance: what one subscriber draws for itself.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(try_from = "Value")]
pub struct Law {
    shape: Shape,
    zero: f64,
    min: f64,
    max: f64,
}

#[derive(Debug, Clone, PartialEq)]
enum Shape {
    Always(f64),
    Uniform(f64, f64),
    Lognormal(f64, f64),
    Normal(f64, f64),
    Quantiles([f64; 5]),
}

impl Default for Law {
    fn default() -> Self {
        Self::from(0.0)
    }
}

impl From<f64> for Law {
    fn from(value: f64) -> Self {
        Self { shape: Shape::Always(value), zero: 0.0, min: f64::MIN, max: f64::MAX }
    }
}

impl Law {
    /// Draws.
    pub fn draw(&self, dice: &mut Dice) -> f64 {
        if self.zero > 0.0 && dice.chance(self.zero) {
            return 0.0;
        }
        let value = match self.shape {
            Shape::Always(value) => value,
            Shape::Uniform(low, high) => dice.between(low, high),
            Shape::Lognormal(median, sigma) => median * dice.lognormal(0.0, sigma),
            Shape::Normal(mean, deviation) => dice.normal(mean, deviation),
            Shape::Quantiles(values) => quantile(values, dice.unit()),
        };
        value.clamp(self.min, self.max)
    }

    /// No value is below `low` or above `high`.
    pub fn within(&self, low: f64, high: f64) -> bool {
        let (from, to) = match self.shape {
            Shape::Always(value) => (value, value),
            Shape::Uniform(from, to) => (from, to),
            Shape::Lognormal(..) | Shape::Quantiles(_) => (0.0, f64::MAX),
            Shape::Normal(..) => (f64::MIN, f64::MAX),
        };
        from.max(self.min) >= low && to.min(self.max) <= high
    }
}

/// The value below which the share `at` lies: straight in the logarithm of odds between two quantiles, and beyond the
/// last ones as before them.
fn quantile(values: [f64; 5], at: f64) -> f64 {
    let odds = |share: f64| (share / (1.0 - share)).ln();
    let log = |value: f64| value.max(1e-6).ln();
    let [v0, v1, v2, v3, v4] = values.map(log);
    let at = at.clamp(0.0005, 0.9995);
    let (from, to, low, high) = match at {
        at if at < 0.25 => (0.05, 0.25, v0, v1),
        at if at < 0.5 => (0.25, 0.5, v1, v2),
        at if at < 0.75 => (0.5, 0.75, v2, v3),
        _ => (0.75, 0.95, v3, v4),
    };
    (low + (high - low) * (odds(at) - odds(from)) / (odds(to) - odds(from))).exp()
}

impl TryFrom<Value> for Law {
    type Error = String;

    fn try_from(value: Value) -> Result<Self, String> {
        const FORMS: &str = "a number, [from, to], { median, sigma }, { mean, deviation } or { quantiles }";
        let number = |value: &Value| match value {
            Value::Integer(value) => Some(*value as f64),
            Value::Float(value) if value.is_finite() => Some(*value),
            _ => None,
        };
        if let Some(value) = number(&value) {
            return Ok(Self::from(value));
        }
        if let Value::Array(items) = &value {
            let numbers: Vec<f64> = items.iter().filter_map(number).collect();
            return match *numbers {
                [low, high] if low <= high && items.len() == 2 => {
                    Ok(Self { shape: Shape::Uniform(low, high), ..Self::from(0.0) })
                }
                _ => Err("two numbers in order: [from, to]".to_owned()),
            };
        }
        let Value::Table(mut table) = value else {
            return Err(FORMS.to_owned());
        };
        let mut take = |key: &str| match table.remove(key) {
            None => Ok(None),
            Some(value) => number(&value).map(Some).ok_or_else(|| format!("{key} is a number")),
        };
        let (median, sigma, mean, deviation) = (take("median")?, take("sigma")?, take("mean")?, take("deviation")?);
        let (zero, min, max) = (take("zero")?, take("min")?, take("max")?);
        let quantiles = match table.remove("quantiles") {
            None => None,
            Some(Value::Array(items)) => {
                let numbers: Vec<f64> = items.iter().filter_map(number).collect();
                let five: Option<[f64; 5]> = numbers.try_into().ok().filter(|five: &[f64; 5]| five.is_sorted());
                Some(five.filter(|_| items.len() == 5).ok_or("quantiles are five numbers in order")?)
            }
            Some(_) => return Err("quantiles are five numbers in order".to_owned()),
        };
        if let Some(unknown) = table.keys().next() {
            return Err(format!("{unknown} is unknown: {FORMS}, with min, max, zero"));
        }
        let shape = match (median, sigma, mean, deviation, quantiles) {
            (Some(median), Some(sigma), None, None, None) if median > 0.0 && sigma >= 0.0 => {
                Shape::Lognormal(median, sigma)
            }
            (None, None, Some(mean), Some(deviation), None) if deviation >= 0.0 => Shape::Normal(mean, deviation),
            (None, None, None, None, Some(quantiles)) => Shape::Quantiles(quantiles),
            _ => return Err(FORMS.to_owned()),
        };
        let zero = zero.unwrap_or(0.0);
        let (min, max) = (min.unwrap_or(f64::MIN), max.unwrap_or(f64::MAX));
        if !(0.0..=1.0).contains(&zero) || min > max {
            return Err("zero is a share, and min is not above max".to_owned());
        }
        Ok(Self { shape, zero, min, max })
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::random::Stream;
    use super::*;

    const AT: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

    fn law(text: &str) -> Result<Law, String> {
        let table: toml::Table = format!("law = {text}").parse().unwrap();
        Law::try_from(table["law"].clone())
    }

    #[test]
    fn draws_have_the_quantiles_of_the_law() {
        let mut dice = Dice::new(3, Stream::Population);
        for (text, quantiles) in [
            ("{ quantiles = [19, 163, 467, 1073, 2968] }", [19.0, 163.0, 467.0, 1073.0, 2968.0]),
            ("{ median = 37, sigma = 1 }", [7.14, 18.85, 37.0, 72.6, 191.7]),
            ("[10, 20]", [10.5, 12.5, 15.0, 17.5, 19.5]),
        ] {
            let law = law(text).unwrap();
            let mut drawn: Vec<f64> = (0..20_000).map(|_| law.draw(&mut dice)).collect();
            drawn.sort_by(f64::total_cmp);
            for (share, expected) in AT.iter().zip(quantiles) {
                let found = drawn[(share * 20_000.0) as usize];
                assert!((found / expected).ln().abs() < 0.08, "{text} at {share}: {found}, not {expected}");
            }
        }
    }

    #[test]
    fn some_have_nothing_and_none_too_much() {
        let mut dice = Dice::new(3, Stream::Population);
        let law = law("{ median = 5, sigma = 2, zero = 0.25, max = 9 }").unwrap();
        let drawn: Vec<f64> = (0..4000).map(|_| law.draw(&mut dice)).collect();
        let none = drawn.iter().filter(|&&value| value == 0.0).count();
        assert!((900..1100).contains(&none), "{none}");
        assert!(drawn.iter().all(|&value| value <= 9.0));
        assert!(law.within(0.0, 9.0) && !law.within(0.0, 8.0));
    }

    #[test]
    fn what_is_no_law_is_refused() {
        for text in
            ["'x'", "[2]", "[3, 1]", "{ median = 3 }", "{ quantiles = [1, 2] }", "{ median = 1, sigma = 1, q = 2 }"]
        {
            assert!(law(text).is_err(), "{text}");
        }
    }
}

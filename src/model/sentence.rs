//! How a feature is told as a sentence: its text with places for the value, as people say it.
//!
//! | place | stands for |
//! |---|---|
//! | `{}` | the value with its unit |
//! | `{s}` | nothing where the number before is one, else an s |
//! | `{times}` | a logarithm to base 2 as a factor: `8 times` |
//! | `{even}` | an entropy as the number of equal parts that have it |
//! | `{no\|yes}` | the first for a value of zero, else the second |
//! | `{of NAME}` | so many of the value as the share NAME says |
//!
//! What stands in square brackets at the end is said only where that share is known.

use crate::feature::Unit;
use crate::text::{decimal, padded};

/// A sentence taken apart.
pub(super) struct Sentence<'t> {
    parts: Vec<Part<'t>>,
    /// What is said beside where a share is known: its place in the model.
    more: Option<(usize, Vec<Part<'t>>)>,
}

enum Part<'t> {
    Text(&'t str),
    Value(Form<'t>),
    Plural,
    Of,
}

/// How a value is said.
#[derive(Debug, Clone, Copy)]
enum Form<'t> {
    Plain,
    Times,
    Even,
    Either(&'t str, &'t str),
}

fn part<'t>(code: &'t str) -> Part<'t> {
    match (code, code.split_once('|')) {
        ("", _) => Part::Value(Form::Plain),
        ("s", _) => Part::Plural,
        ("times", _) => Part::Value(Form::Times),
        ("even", _) => Part::Value(Form::Even),
        (_, Some((no, yes))) => Part::Value(Form::Either(no, yes)),
        (_, None) if code.starts_with("of ") => Part::Of,
        (_, None) => Part::Text(code),
    }
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (code, after) = after.split_once('}').unwrap_or((after, ""));
        parts.extend([Part::Text(before), part(code)]);
        rest = after;
    }
    parts.push(Part::Text(rest));
    parts
}

impl<'t> Sentence<'t> {
    /// From its text; `place` finds a feature of the model by its name.
    pub(super) fn parse(text: &'t str, place: impl Fn(&str) -> Option<usize>) -> Self {
        let (text, more) = text.split_once('[').unwrap_or((text, ""));
        let share = more.split_once("{of ").and_then(|(_, code)| code.split_once('}'));
        let more = share.and_then(|(name, _)| Some((place(name)?, parts(more.trim_end_matches(']')))));
        Self { parts: parts(text), more }
    }

    /// Of a feature that is known by its name alone.
    pub(super) fn foreign(name: &'t str) -> Self {
        Self { parts: vec![Part::Text(name), Part::Text(" "), Part::Value(Form::Plain)], more: None }
    }

    /// Says a value. `value_of` gives that of another feature.
    pub(super) fn tell(&self, value: f64, unit: Option<Unit>, value_of: impl Fn(usize) -> f64, to: &mut String) {
        say(&self.parts, value, unit, f64::NAN, to);
        if let Some((share, parts)) = &self.more {
            let share = value_of(*share);
            if !share.is_nan() {
                say(parts, value, unit, share, to);
            }
        }
    }

    /// Says a range of values.
    pub(super) fn range(&self, [low, high]: [f64; 2], unit: Option<Unit>) -> String {
        let form = self.parts.iter().find_map(|part| if let Part::Value(form) = part { Some(*form) } else { None });
        let form = form.unwrap_or(Form::Plain);
        if let Form::Either(no, yes) = form {
            return match (low == 0.0, high == 0.0) {
                (true, true) => no.to_owned(),
                (false, false) => yes.to_owned(),
                _ => "either".to_owned(),
            };
        }
        let ((low, low_unit), (high, high_unit)) = (told(low, unit, form), told(high, unit, form));
        // Nothing is nothing in every unit.
        let same = low_unit == high_unit || low == "0";
        match (low == high && same, same) {
            (true, _) => high + high_unit,
            (false, true) if low.starts_with('-') || low_unit == TIMES => format!("{low} to {high}{high_unit}"),
            (false, true) => format!("{low}-{high}{high_unit}"),
            (false, false) => format!("{low}{low_unit}-{high}{high_unit}"),
        }
    }
}

fn say(parts: &[Part<'_>], value: f64, unit: Option<Unit>, share: f64, to: &mut String) {
    let mut plural = true;
    for part in parts {
        match part {
            Part::Text(text) => to.push_str(text),
            Part::Value(Form::Either(no, yes)) => to.push_str(if value == 0.0 { no } else { yes }),
            Part::Value(form) => {
                let (number, unit) = told(value, unit, *form);
                to.push_str(&number);
                to.push_str(unit);
                plural = number != "1";
            }
            Part::Plural if plural => to.push('s'),
            Part::Plural => {}
            Part::Of => to.push_str(&short((value * share).round())),
        }
    }
}

const TIMES: &str = " times";

/// A value as people say it: the number and its unit.
fn told(value: f64, unit: Option<Unit>, form: Form<'_>) -> (String, &'static str) {
    match (form, unit) {
        (Form::Times, _) => (short(value.exp2()), TIMES),
        (Form::Even, _) => (short(value.exp2()), ""),
        (_, Some(Unit::Share)) => (short(value * 100.0), " %"),
        (_, Some(Unit::Seconds)) if value >= 5400.0 => (short(value / 3600.0), " h"),
        (_, Some(Unit::Seconds)) if value >= 90.0 => (short(value / 60.0), " min"),
        (_, Some(Unit::Seconds)) => (short(value), " s"),
        (_, Some(Unit::Milliseconds)) => (short(value), " ms"),
        (_, Some(Unit::Hours)) => (short(value), " h"),
        _ => (short(value), ""),
    }
}

/// A number as people read it: the digits that matter.
fn short(value: f64) -> String {
    let places: usize = match value.abs() {
        0.0 | 100.0.. => 0,
        10.0.. => 1,
        0.1.. => 2,
        0.01.. => 3,
        _ => 4,
    };
    let whole = 10u64.pow(places as u32);
    let scaled = (value.abs() * whole as f64).round();
    // Not a number, or one with more digits than anyone reads.
    if scaled.is_nan() || scaled >= 1e15 {
        return value.to_string();
    }
    let scaled = scaled as u64;
    let mut text = Vec::with_capacity(16);
    if value < 0.0 && scaled > 0 {
        text.push(b'-');
    }
    decimal(&mut text, scaled / whole);
    let mut rest = scaled % whole;
    if rest > 0 {
        let mut places = places;
        while rest.is_multiple_of(10) {
            (rest, places) = (rest / 10, places.saturating_sub(1));
        }
        text.push(b'.');
        padded(&mut text, rest, places);
    }
    String::from_utf8(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::registry;

    fn tell(sentence: &Sentence<'_>, value: f64, unit: Option<Unit>) -> String {
        let mut text = String::new();
        sentence.tell(value, unit, |_| 0.5, &mut text);
        text
    }

    #[test]
    fn every_feature_has_a_sentence_without_codes() {
        for definition in registry() {
            let place = |name: &str| registry().iter().position(|other| other.name == name);
            let sentence = Sentence::parse(definition.says, place);
            let told: Vec<String> =
                [0.0, 1.0, 2.5, 1000.0].map(|value| tell(&sentence, value, Some(definition.unit))).into();
            for text in told.iter().chain(&[sentence.range([0.0, 2.0], Some(definition.unit))]) {
                assert!(!text.is_empty() && !text.contains(['_', '{', '}', '[', ']', '|']), "{text}");
            }
            assert_ne!(told[0], told[3], "{} does not tell its value", definition.name);
            assert!(!definition.says.starts_with(definition.meaning), "{}", definition.name);
            let named = |part: &str| {
                part.split_once("{of ")
                    .is_none_or(|(_, code)| code.split_once('}').is_some_and(|(name, _)| place(name).is_some()))
            };
            assert!(named(definition.says), "{}", definition.name);
        }
    }

    #[test]
    fn forms() {
        let say = |text, value, unit| tell(&Sentence::parse(text, |_| Some(0)), value, Some(unit));
        assert_eq!(say("was in {} cell{s}", 1.0, Unit::Count), "was in 1 cell");
        assert_eq!(
            say("called {} number{s}[, {of x} of them once]", 143.0, Unit::Count),
            "called 143 numbers, 72 of them once"
        );
        assert_eq!(say("made {times} as many", 3.0, Unit::Ratio), "made 8 times as many");
        assert_eq!(say("as over {even} cells", 1.0, Unit::Bits), "as over 2 cells");
        assert_eq!(say("{is not|is}", 1.0, Unit::Share), "is");
        assert_eq!(say("left {} between", 7200.0, Unit::Seconds), "left 2 h between");
        assert_eq!(say("{} times an hour", 0.0417, Unit::PerHour), "0.042 times an hour");
        assert_eq!(say("{}", -6.8, Unit::Ratio), "-6.8");
        assert_eq!(say("{}", 14.04, Unit::Count), "14");
        assert_eq!(say("{}", 1.0 / 3.0, Unit::Share), "33.3 %");
        let unknown = Sentence::parse("called {} numbers[, {of x} of them once]", |_| None);
        assert_eq!(tell(&unknown, 3.0, None), "called 3 numbers");
    }

    #[test]
    fn ranges() {
        let range = |text, range, unit| Sentence::parse(text, |_| None).range(range, Some(unit));
        assert_eq!(range("{}", [2.0, 9.0], Unit::Count), "2-9");
        assert_eq!(range("{}", [0.125, 1.0], Unit::Share), "12.5-100 %");
        assert_eq!(range("{}", [0.0, 144.0], Unit::Seconds), "0-2.4 min");
        assert_eq!(range("{}", [8.9, 144.0], Unit::Seconds), "8.9 s-2.4 min");
        assert_eq!(range("{}", [-0.5, 0.5], Unit::Ratio), "-0.5 to 0.5");
        assert_eq!(range("{}", [1.0, 1.0], Unit::Share), "100 %");
        assert_eq!(range("{times} as", [-1.0, 1.0], Unit::Ratio), "0.5 to 2 times");
        assert_eq!(range("{no|yes}", [0.0, 1.0], Unit::Share), "either");
        assert_eq!(range("{no|yes}", [0.0, 0.0], Unit::Share), "no");
    }
}

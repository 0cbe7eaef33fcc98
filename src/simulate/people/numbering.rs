//! Numbers: IMSIs and MSISDNs of the simulated network, and numbers of everybody else.
//!
//! All are under country code 999, which is not assigned (E.164): `999`, operator digit, two digits of region, six
//! digits. The simulated network has operator digits 7 and 8 (plans 7 to 9), others 2 to 6; the foreign network has `998`, which is
//! not assigned either. Cards come in small lots with neighbouring IMSIs, whoever buys them.

use super::super::random::Dice;
use super::super::scenario::Scenario;
use super::archetype::Archetype;
use crate::identity::{Imsi, Msisdn, Plmn};
use std::collections::BTreeSet;

/// Gives out identities.
#[derive(Debug)]
pub struct Numbering {
    home: Plmn,
    foreign: Plmn,
    region: u8,
    /// That of the network, then those of the plans.
    ranges: Vec<Range>,
    msins: BTreeSet<u64>,
    numbers: BTreeSet<Msisdn>,
}

/// Where MSINs are taken from.
#[derive(Debug)]
struct Range {
    first: u64,
    span: u64,
    last: u64,
    operators: [u64; 2],
}

impl Range {
    fn new([first, last]: [u64; 2], operators: [u64; 2], dice: &mut Dice) -> Self {
        let span = last - first;
        Self { first, span, last: first + dice.whole(0, span), operators }
    }
}

/// The ranges of MSINs, first and last: that of the operator, then those of the plans, with their names.
pub fn ranges(scenario: &Scenario) -> Vec<(String, [u64; 2])> {
    let span = |first: u64, cards: f64| [first, first + (cards.round() as u64 + 16) * 5];
    let count: usize = Archetype::ALL.into_iter().map(|archetype| scenario.heads(archetype)).sum();
    let cards: usize = scenario.frauds().iter().map(|plan| plan.sims).sum();
    let own = ("the operator".to_owned(), span(scenario.identities.first_msin, (count + cards) as f64));
    let plans = scenario.operator.plans.iter().map(|plan| {
        let named = plan.archetypes.iter().filter_map(|name| Archetype::named(name));
        let heads: usize = named.map(|archetype| scenario.heads(archetype)).sum();
        (plan.name.clone(), span(plan.first_msin, heads as f64 * plan.share))
    });
    std::iter::once(own).chain(plans).collect()
}

impl Numbering {
    /// For a scenario.
    pub fn new(scenario: &Scenario, dice: &mut Dice) -> Option<Self> {
        let identities = &scenario.identities;
        let digits = scenario.operator.plans.iter().map(|plan| [u64::from(plan.digit); 2]);
        let spans = ranges(scenario).into_iter().zip(std::iter::once([7, 8]).chain(digits));
        let ranges = spans.map(|((_, span), operators)| Range::new(span, operators, dice)).collect();
        Some(Self {
            home: identities.plmn.parse().ok()?,
            foreign: identities.foreign_plmn.parse().ok()?,
            region: identities.region,
            ranges,
            msins: BTreeSet::new(),
            numbers: BTreeSet::new(),
        })
    }

    /// A new card of a plan, or of none; with `run` its IMSI and number follow the last card's where they are free.
    pub fn card_of(&mut self, plan: Option<u8>, foreign: bool, run: bool, dice: &mut Dice) -> Option<(Imsi, Msisdn)> {
        let range = self.ranges.get_mut(plan.map_or(0, |plan| usize::from(plan) + 1))?;
        let mut msin = if run { range.last + 1 } else { range.first + dice.whole(0, range.span) };
        while !self.msins.insert(msin) {
            msin += 1;
        }
        range.last = msin;
        let operators = range.operators;
        let plmn = if foreign { self.foreign } else { self.home };
        let width = 15 - 3 - usize::from(plmn.mnc_digits());
        let network = plmn.to_string().replace('-', "");
        let imsi = Imsi::from_ascii(format!("{network}{msin:0width$}").as_bytes())?;
        loop {
            let number = if foreign {
                parse(&format!("99861{:07}", dice.whole(0, 9_999_999)))?
            } else {
                let local = dice.chance(0.85);
                self.digits(operators, local, dice).number()?
            };
            if self.numbers.insert(number) {
                return Some((imsi, number));
            }
        }
    }

    /// A number of nobody who is simulated.
    pub fn outside(&self, local: bool, dice: &mut Dice) -> Option<Msisdn> {
        self.outside_digits(local, dice).number()
    }

    /// The same in little space.
    pub fn outside_digits(&self, local: bool, dice: &mut Dice) -> Outside {
        self.digits([2, 6], local, dice)
    }

    fn digits(&self, operators: [u64; 2], local: bool, dice: &mut Dice) -> Outside {
        let [low, high] = operators;
        let region = if local { u64::from(self.region) } else { dice.whole(10, 99) };
        let (operator, rest) = (dice.whole(low, high), dice.whole(0, 999_999));
        Outside((operator * 100_000_000 + region * 1_000_000 + rest) as u32)
    }
}

/// The nine digits behind country code 999.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outside(pub u32);

impl Outside {
    /// The whole number.
    pub fn number(self) -> Option<Msisdn> {
        parse(&format!("999{:09}", self.0))
    }
}

/// A number from its digits.
pub fn parse(digits: &str) -> Option<Msisdn> {
    Msisdn::from_ascii(digits.as_bytes())
}

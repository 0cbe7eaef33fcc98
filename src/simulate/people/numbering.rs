//! Numbers: IMSIs and MSISDNs of the simulated network, and numbers of everybody else.
//!
//! All are under country code 999, which is not assigned (E.164): `999`, operator digit, two digits of region, six
//! digits. The simulated network has operator digits 7 and 8, others 2 to 6; the foreign network has `998`, which is
//! not assigned either. Cards come in small lots with neighbouring IMSIs, whoever buys them.

use super::super::random::Dice;
use super::super::scenario::Scenario;
use crate::identity::{Imsi, Msisdn, Plmn};
use std::collections::BTreeSet;

/// Gives out identities.
#[derive(Debug)]
pub struct Numbering {
    home: Plmn,
    foreign: Plmn,
    region: u8,
    first_msin: u64,
    span: u64,
    last_msin: u64,
    msins: BTreeSet<u64>,
    numbers: BTreeSet<Msisdn>,
}

impl Numbering {
    /// For a scenario.
    pub fn new(scenario: &Scenario, dice: &mut Dice) -> Option<Self> {
        let identities = &scenario.identities;
        let people = &scenario.population;
        let count =
            people.ordinary + people.watches + people.call_centre + people.couriers + people.meters + people.visitors;
        let cards: usize = scenario.frauds().iter().map(|plan| plan.sims).sum();
        let span = (scenario.scaled(count) + cards + 16) as u64 * 5;
        Some(Self {
            home: identities.plmn.parse().ok()?,
            foreign: identities.foreign_plmn.parse().ok()?,
            region: identities.region,
            first_msin: identities.first_msin,
            span,
            last_msin: identities.first_msin + dice.whole(0, span),
            msins: BTreeSet::new(),
            numbers: BTreeSet::new(),
        })
    }

    /// A new card; with `run` its IMSI and number follow the last card's where they are free.
    pub fn card(&mut self, foreign: bool, run: bool, dice: &mut Dice) -> Option<(Imsi, Msisdn)> {
        let mut msin = if run { self.last_msin + 1 } else { self.first_msin + dice.whole(0, self.span) };
        while !self.msins.insert(msin) {
            msin += 1;
        }
        self.last_msin = msin;
        let plmn = if foreign { self.foreign } else { self.home };
        let width = 15 - 3 - usize::from(plmn.mnc_digits());
        let network = plmn.to_string().replace('-', "");
        let imsi = Imsi::from_ascii(format!("{network}{msin:0width$}").as_bytes())?;
        loop {
            let number = if foreign {
                parse(&format!("99861{:07}", dice.whole(0, 9_999_999)))?
            } else {
                let local = dice.chance(0.85);
                self.number([7, 8], local, dice)?
            };
            if self.numbers.insert(number) {
                return Some((imsi, number));
            }
        }
    }

    /// A number of nobody who is simulated.
    pub fn outside(&self, local: bool, dice: &mut Dice) -> Option<Msisdn> {
        self.number([2, 6], local, dice)
    }

    fn number(&self, operators: [u64; 2], local: bool, dice: &mut Dice) -> Option<Msisdn> {
        let [low, high] = operators;
        let region = if local { u64::from(self.region) } else { dice.whole(10, 99) };
        let (operator, rest) = (dice.whole(low, high), dice.whole(0, 999_999));
        parse(&format!("999{operator}{region}{rest:06}"))
    }
}

/// A number from its digits.
pub fn parse(digits: &str) -> Option<Msisdn> {
    Msisdn::from_ascii(digits.as_bytes())
}

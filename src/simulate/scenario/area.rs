//! `[cells]`, `[area]` and `[[occasions]]`: the sites, what stands where between them, and what happens there.

use super::super::clock::{self, Clock, MINUTE, Time};
use serde::Deserialize;
use toml::value::Datetime;

/// Cells on a square grid, or listed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cells {
    /// How many sites; each has a 2G/3G cell and a 4G cell.
    #[serde(default)]
    pub count: usize,
    /// Distance of neighbours.
    #[serde(default = "super::one")]
    pub spacing_km: f64,
    /// Location areas (and tracking areas), stripes from west to east.
    pub areas: usize,
    /// Share of the location areas whose circuit cells are of 3G.
    #[serde(default)]
    pub utran: f64,
    /// The first location area code; the next areas follow.
    pub first_lac: u16,
    /// The first tracking area code.
    pub first_tac: u16,
    /// The first cell identity.
    pub first_ci: u16,
    /// The first eNodeB identity.
    pub first_enb: u32,
    /// Sites with their positions and, where they say so, their codes, in place of a grid.
    #[serde(default)]
    pub sites: Vec<Listed>,
}

/// A site of the list.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Kilometres east and north.
    pub km: [f64; 2],
    /// Its area, from 0; its codes follow from the first ones.
    pub area: usize,
    /// Location area code.
    pub lac: Option<u16>,
    /// Cell identity.
    pub ci: Option<u16>,
    /// Tracking area code.
    pub tac: Option<u16>,
    /// eNodeB identity.
    pub enb: Option<u32>,
}

impl Cells {
    /// Whether the circuit cells of an area are of 3G: so many of the areas are, evenly among the others.
    pub fn is_utran(&self, area: usize) -> bool {
        let before = |area: usize| (area as f64 * self.utran + 1e-9) as usize;
        before(area + 1) > before(area)
    }

    /// How many sites there are.
    pub fn number(&self) -> usize {
        if self.sites.is_empty() { self.count } else { self.sites.len() }
    }
}

/// `[area]`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Area {
    /// Where people live and work; without any, the middle is denser than the rest.
    pub districts: Vec<District>,
    /// Where schools are; without any, one for each twelve sites.
    pub schools: Vec<[f64; 2]>,
    /// Where dormitories are; without any, two.
    pub dormitories: Vec<[f64; 2]>,
    /// Polygonal lines that ways follow where they are no great detour.
    pub roads: Vec<Vec<[f64; 2]>>,
}

/// A part of the town.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct District {
    /// Its middle.
    pub km: [f64; 2],
    /// How far it reaches.
    pub radius_km: f64,
    /// How many live there, relative to the others.
    #[serde(default = "super::one")]
    pub homes: f64,
    /// How many work there, relative to the others.
    #[serde(default = "super::one")]
    pub work: f64,
}

/// What an occasion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OccasionKind {
    /// Many people come to one place: a stadium evening.
    Crowd,
    /// Sites are off the air; then everybody there attaches at once.
    Outage,
}

/// One occasion.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Occasion {
    /// What.
    pub kind: OccasionKind,
    /// When it begins; without offset in local time.
    at: Datetime,
    /// How long it lasts.
    pub minutes: u64,
    /// Where.
    pub km: [f64; 2],
    /// Sites so far from there are off the air too.
    #[serde(default = "super::one")]
    pub radius_km: f64,
    /// Share of people who come, or of devices that lose the network.
    #[serde(default = "super::one")]
    pub share: f64,
}

impl Occasion {
    /// From when to when.
    pub fn span(&self, clock: Clock) -> (Time, Time) {
        let (from, _) = clock::from_toml(&self.at).unwrap_or((0, 0));
        let local = if self.at.offset.is_none() { clock.offset_minutes } else { 0 };
        let from = from.saturating_add_signed(-local * MINUTE as i64);
        (from, from + self.minutes * MINUTE)
    }
}

/// The first key that makes no sense, and why.
pub(super) fn problem(cells: &Cells, area: &Area, occasions: &[Occasion]) -> Option<(&'static str, &'static str)> {
    let districts = &area.districts;
    let listed = |good: fn(&Listed, &Cells) -> bool| cells.sites.iter().all(|site| good(site, cells));
    let reach = |district: &District| district.radius_km > 0.0 && district.homes >= 0.0 && district.work >= 0.0;
    let [homes, work] = [|d: &District| d.homes, |d: &District| d.work].map(|of| districts.iter().map(of).sum::<f64>());
    let dated = |occasion: &Occasion| clock::from_toml(&occasion.at).is_some();
    let share = |occasion: &Occasion| (0.0..=1.0).contains(&occasion.share) && occasion.radius_km >= 0.0;
    let checks = [
        ("cells.count", (1..=20_000).contains(&cells.number()), "1 to 20000 sites, or a list of them"),
        ("cells.count", cells.count == 0 || cells.sites.is_empty(), "either a grid or a list of sites"),
        ("cells.utran", (0.0..=1.0).contains(&cells.utran), "0 to 1"),
        ("cells.sites", listed(|site, cells| site.area < cells.areas), "area: below cells.areas"),
        ("cells.sites", listed(|site, _| site.enb.is_none_or(|enb| enb < 1 << 20)), "enb: below 1048576"),
        ("cells.sites", listed(|site, _| site.km.iter().all(|km| km.is_finite())), "km: two numbers"),
        ("area.districts", districts.iter().all(reach), "radius_km above 0, homes and work not below"),
        ("area.districts", districts.is_empty() || (homes > 0.0 && work > 0.0), "somebody lives and works somewhere"),
        ("area.roads", area.roads.iter().all(|road| road.len() > 1), "at least two points each"),
        ("occasions.at", occasions.iter().all(dated), "a date with a time after 1970"),
        ("occasions.minutes", occasions.iter().all(|one| (1..=2880).contains(&one.minutes)), "1 to 2880"),
        ("occasions.share", occasions.iter().all(share), "share 0 to 1, radius_km not below 0"),
    ];
    checks.into_iter().find(|(_, good, _)| !good).map(|(key, _, why)| (key, why))
}

//! The town: sites on a grid, each with a 2G/3G cell and a 4G cell, and the areas and nodes that serve them.

use super::random::Dice;
use super::scenario::Scenario;
use crate::identity::Plmn;

/// One site with both of its cells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Site {
    /// Kilometres east.
    pub x: f64,
    /// Kilometres north.
    pub y: f64,
    /// Location area code.
    pub lac: u16,
    /// Cell identity.
    pub ci: u16,
    /// Tracking area code.
    pub tac: u16,
    /// E-UTRAN cell identifier: eNodeB and sector.
    pub eci: u32,
    /// The MSC/VLR of its location area.
    pub msc: usize,
    /// The MME of its tracking area.
    pub mme: usize,
}

/// All sites.
#[derive(Debug, Clone)]
pub struct Town {
    /// The network.
    pub plmn: Plmn,
    sites: Vec<Site>,
    columns: usize,
    spacing: f64,
}

impl Town {
    /// Lays out the sites: rows of a square grid, each a little off its place.
    pub fn new(scenario: &Scenario, plmn: Plmn, dice: &mut Dice) -> Self {
        let plan = &scenario.cells;
        let columns = (plan.count as f64).sqrt().ceil().max(1.0) as usize;
        let sites = (0..plan.count)
            .map(|index| {
                let column = index % columns;
                let area = (column * plan.areas / columns).min(plan.areas.saturating_sub(1));
                let mut place = |at: usize| (at as f64 + dice.between(-0.2, 0.2)) * plan.spacing_km;
                Site {
                    x: place(column),
                    y: place(index / columns),
                    lac: plan.first_lac + area as u16,
                    ci: plan.first_ci + index as u16,
                    tac: plan.first_tac + area as u16,
                    eci: (plan.first_enb + index as u32) << 8 | dice.whole(1, 3) as u32,
                    msc: area % scenario.network.mscs,
                    mme: area % scenario.network.mmes,
                }
            })
            .collect();
        Self { plmn, sites, columns, spacing: plan.spacing_km }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.sites.len()
    }

    /// One site; the first for an index that does not exist.
    pub fn site(&self, index: usize) -> Site {
        let first = self.sites.first();
        self.sites.get(index).or(first).copied().unwrap_or(Site {
            x: 0.0,
            y: 0.0,
            lac: 1,
            ci: 1,
            tac: 1,
            eci: 257,
            msc: 0,
            mme: 0,
        })
    }

    /// CellGlobalIdOrServiceAreaIdFixedLength.
    pub fn cgi(&self, index: usize) -> [u8; 7] {
        let site = self.site(index);
        let [a, b, c] = self.plmn.to_octets();
        let ([d, e], [f, g]) = (site.lac.to_be_bytes(), site.ci.to_be_bytes());
        [a, b, c, d, e, f, g]
    }

    /// A site for a home: the middle of the town is denser.
    pub fn home(&self, dice: &mut Dice) -> usize {
        let side = |dice: &mut Dice| (dice.unit() + dice.unit()) / 2.0;
        let column = (side(dice) * self.columns as f64) as usize;
        let row = (side(dice) * self.columns as f64) as usize;
        (row * self.columns + column) % self.len().max(1)
    }

    /// The site nearest to a point of the grid.
    fn nearest(&self, x: f64, y: f64) -> usize {
        let cell = |value: f64| (value / self.spacing).round().max(0.0) as usize;
        let column = cell(x).min(self.columns.saturating_sub(1));
        (cell(y) * self.columns + column).min(self.len().saturating_sub(1))
    }

    /// The sites passed on the straight way, the goal included, the start not.
    pub fn way(&self, from: usize, to: usize) -> Vec<usize> {
        let (a, b) = (self.site(from), self.site(to));
        let steps = ((b.x - a.x).hypot(b.y - a.y) / self.spacing).ceil().max(1.0) as usize;
        let mut sites: Vec<usize> = (1..=steps)
            .map(|step| {
                let part = step as f64 / steps as f64;
                self.nearest(a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part)
            })
            .collect();
        sites.push(to);
        sites.dedup();
        sites.retain(|&site| site != from);
        sites
    }

    /// A site within `reach` cells.
    pub fn nearby(&self, from: usize, reach: f64, dice: &mut Dice) -> usize {
        let site = self.site(from);
        let mut shift = || dice.between(-reach, reach) * self.spacing;
        self.nearest(site.x + shift(), site.y + shift())
    }
}

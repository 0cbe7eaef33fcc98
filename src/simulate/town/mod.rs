//! The town: sites, each with a 2G/3G cell and a 4G cell, the areas and nodes that serve them, and what stands where.

mod grid;
mod road;

use super::random::Dice;
use super::scenario::{District, Scenario};
use crate::identity::Plmn;
use grid::Grid;
use road::Road;

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
    /// Its circuit cell is of 3G.
    pub utran: bool,
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
    grid: Grid,
    roads: Vec<Road>,
    districts: Vec<District>,
    schools: Vec<usize>,
    dormitories: Vec<usize>,
    columns: usize,
    spacing: f64,
}

impl Town {
    /// Lays out the sites: rows of a square grid, each a little off its place, or as they are listed; then schools and
    /// dormitories.
    pub fn new(scenario: &Scenario, plmn: Plmn, dice: &mut Dice) -> Self {
        let plan = &scenario.cells;
        let columns = (plan.count as f64).sqrt().ceil().max(1.0) as usize;
        let site = |x, y, area: usize, index: usize, sector: u64| Site {
            x,
            y,
            lac: plan.first_lac + area as u16,
            ci: plan.first_ci + index as u16,
            tac: plan.first_tac + area as u16,
            eci: (plan.first_enb + index as u32) << 8 | sector as u32,
            utran: plan.is_utran(area),
            msc: area % scenario.network.mscs,
            mme: area % scenario.network.mmes,
        };
        let sites: Vec<Site> = if plan.sites.is_empty() {
            (0..plan.count)
                .map(|index| {
                    let column = index % columns;
                    let area = (column * plan.areas / columns).min(plan.areas.saturating_sub(1));
                    let mut place = |at: usize| (at as f64 + dice.between(-0.2, 0.2)) * plan.spacing_km;
                    let (x, y) = (place(column), place(index / columns));
                    site(x, y, area, index, dice.whole(1, 3))
                })
                .collect()
        } else {
            let listed = plan.sites.iter().enumerate();
            listed
                .map(|(index, own)| {
                    let usual = site(own.km[0], own.km[1], own.area, index, 1);
                    Site {
                        lac: own.lac.unwrap_or(usual.lac),
                        ci: own.ci.unwrap_or(usual.ci),
                        tac: own.tac.unwrap_or(usual.tac),
                        eci: own.enb.map_or(usual.eci, |enb| enb << 8 | 1),
                        ..usual
                    }
                })
                .collect()
        };
        let grid = Grid::new(&sites.iter().map(|site| (site.x, site.y)).collect::<Vec<_>>());
        let area = &scenario.area;
        let placed = |points: &[[f64; 2]]| points.iter().map(|&[x, y]| grid.nearest(x, y)).collect();
        let (schools, dormitories) = (placed(&area.schools), placed(&area.dormitories));
        let roads = area.roads.iter().map(|points| Road::new(points)).collect();
        let districts = area.districts.clone();
        let spacing = plan.spacing_km;
        let mut town = Self { plmn, sites, grid, roads, districts, schools, dormitories, columns, spacing };
        if town.schools.is_empty() {
            town.schools = (0..town.len() / 12 + 1).map(|_| town.home(dice)).collect();
        }
        if town.dormitories.is_empty() {
            town.dormitories = (0..2).map(|_| town.work(dice)).collect();
        }
        town
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
            utran: false,
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

    /// A site for a home: of the districts, or anywhere; the middle of the town is denser.
    pub fn home(&self, dice: &mut Dice) -> usize {
        self.somewhere(|district| district.homes, dice)
    }

    /// A site for a place of work.
    pub fn work(&self, dice: &mut Dice) -> usize {
        self.somewhere(|district| district.work, dice)
    }

    fn somewhere(&self, weight: fn(&District) -> f64, dice: &mut Dice) -> usize {
        let chosen = dice.weighted(self.districts.iter().map(weight));
        let mut side = || (dice.unit() + dice.unit()) / 2.0;
        match self.districts.get(chosen) {
            Some(district) => {
                let mut shift = || (side() * 2.0 - 1.0) * district.radius_km;
                let (x, y) = (district.km[0] + shift(), district.km[1] + shift());
                self.nearest(x, y)
            }
            None if self.columns > 1 => {
                let [column, row] = [0; 2].map(|_| (side() * self.columns as f64) as usize);
                (row * self.columns + column) % self.len().max(1)
            }
            None => dice.below(self.len()),
        }
    }

    /// The school nearest to a home.
    pub fn school(&self, home: usize) -> usize {
        let at = self.site(home);
        let far = |&school: &usize| {
            let site = self.site(school);
            ((site.x - at.x).hypot(site.y - at.y) * 1000.0) as u64
        };
        self.schools.iter().copied().min_by_key(far).unwrap_or(home)
    }

    /// One of the dormitories.
    pub fn dormitory(&self, dice: &mut Dice) -> usize {
        dice.pick(&self.dormitories).unwrap_or(0)
    }

    /// The site nearest to a point.
    pub fn nearest(&self, x: f64, y: f64) -> usize {
        self.grid.nearest(x, y)
    }

    /// How far a site is from a point, in kilometres.
    pub fn distance(&self, from: usize, [x, y]: [f64; 2]) -> f64 {
        let site = self.site(from);
        (site.x - x).hypot(site.y - y)
    }

    /// The sites passed on the way, by road where that is no great detour; the goal included, the start not.
    pub fn way(&self, from: usize, to: usize) -> Vec<usize> {
        let (start, goal) = (self.site(from), self.site(to));
        let (mut x, mut y) = (start.x, start.y);
        let mut sites = Vec::new();
        for [to_x, to_y] in road::way(&self.roads, [x, y], [goal.x, goal.y]) {
            let steps = ((to_x - x).hypot(to_y - y) / self.spacing).ceil().max(1.0) as usize;
            sites.extend((1..=steps).map(|step| {
                let part = step as f64 / steps as f64;
                self.nearest(x + (to_x - x) * part, y + (to_y - y) * part)
            }));
            (x, y) = (to_x, to_y);
        }
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

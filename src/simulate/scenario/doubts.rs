//! What a scenario says in vain: it is no error, but hardly what is meant.

use super::super::network::Interface;
use super::super::people::numbering;
use super::super::tap::sight;
use super::{Occasion, OccasionKind, Scenario};

impl Scenario {
    /// One sentence for each thing.
    pub fn doubts(&self) -> Vec<String> {
        let mut doubts = self.doubts_of_taps();
        doubts.extend(self.occasions.iter().zip(1..).filter_map(|(occasion, number): (&Occasion, usize)| {
            let why = self.doubt_of(occasion)?;
            Some(format!("occasions[{number}]: {why}"))
        }));
        if self.network.interfaces.contains(&Interface::Ranap) && !(0..self.cells.areas).any(|a| self.cells.is_utran(a))
        {
            doubts.push("network.interfaces: ranap says nothing, no area is of 3G (cells.utran)".to_owned());
        }
        let ranges = numbering::ranges(self);
        for (place, (one, [from, to])) in ranges.iter().enumerate() {
            let before = ranges.iter().take(place).find(|(_, [first, last])| from <= last && first <= to);
            if let Some((other, _)) = before {
                doubts.push(format!("operator.plans: IMSIs of {one} lie among those of {other}"));
            }
        }
        doubts
    }

    fn doubts_of_taps(&self) -> Vec<String> {
        let doubt = |tap: &super::Tap| {
            let [from, until] = tap.span(self.begin(), self.end());
            if from >= until {
                Some("it listens when all is over")
            } else if !sight::sees_any(self, tap) {
                Some("no link of network.interfaces passes where it is")
            } else {
                None
            }
        };
        self.taps.iter().filter_map(|tap| Some(format!("taps {}: {}", tap.name, doubt(tap)?))).collect()
    }

    fn doubt_of(&self, occasion: &Occasion) -> Option<&'static str> {
        let (from, to) = occasion.span(self.clock());
        let over = from >= self.end() || to <= self.begin();
        match occasion.kind {
            _ if over => Some("it is not in the time of the scenario"),
            // Nobody loses the network that was not there before.
            OccasionKind::Outage if from < self.begin() => Some("an outage that has begun before is left out"),
            _ if !self.is_near_sites(occasion) => Some("no site is there"),
            _ => None,
        }
    }

    /// Whether a site is within its reach; on a grid, each may be a little off its place.
    fn is_near_sites(&self, occasion: &Occasion) -> bool {
        let (cells, [x, y]) = (&self.cells, occasion.km);
        let reach = match occasion.kind {
            OccasionKind::Outage => occasion.radius_km,
            // People come to the nearest site.
            OccasionKind::Crowd => occasion.radius_km.max(cells.spacing_km),
        };
        if !cells.sites.is_empty() {
            return cells.sites.iter().any(|site| (site.km[0] - x).hypot(site.km[1] - y) <= reach);
        }
        let columns = (cells.count as f64).sqrt().ceil().max(1.0);
        let rows = (cells.count as f64 / columns).ceil();
        let beyond = |at: f64, count: f64| {
            let last = (count - 1.0) * cells.spacing_km;
            (-at).max(at - last).max(0.0)
        };
        beyond(x, columns).hypot(beyond(y, rows)) <= reach + 0.2 * cells.spacing_km
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::town;
    use super::Scenario;

    fn doubts(tables: &str) -> String {
        town(600, 4, &format!("[population]\nordinary = 20\n{tables}")).doubts().join("\n")
    }

    #[test]
    fn what_can_be_seen_and_happens_is_not_doubted() {
        let occasion = "[[occasions]]\nkind = \"outage\"\nat = 2026-03-17T02:00:00Z\nminutes = 30\nkm = [2.5, 2.5]\n";
        assert_eq!(doubts(&format!("{occasion}[[taps]]\nname = \"edge\"\nsees = [\"ims\", \"stp\"]\n")), "");
        for scenario in ["demo", "all-interfaces", "city", "stadium", "holiday", "village"] {
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
            let loaded = Scenario::load(&folder.join(format!("{scenario}.toml"))).unwrap();
            assert_eq!(loaded.doubts(), [""; 0], "{scenario}");
        }
    }

    #[test]
    fn probes_that_see_nothing_are_doubted() {
        let said =
            doubts("[[taps]]\nname = \"one\"\nsees = [\"trunks\"]\n[[taps]]\nname = \"two\"\nfrom_minute = 600\n");
        assert_eq!(
            said,
            "taps one: no link of network.interfaces passes where it is\ntaps two: it listens when all is over"
        );
        let said = doubts("[network]\ninterfaces = [\"map\", \"ranap\"]\n");
        assert!(said.starts_with("network.interfaces: ranap says nothing"), "{said}");
    }

    #[test]
    fn occasions_out_of_time_or_place_are_doubted() {
        let occasion = |at: &str, km: &str| {
            doubts(&format!("[[occasions]]\nkind = \"outage\"\nat = 2026-03-{at}Z\nminutes = 30\nkm = {km}\n"))
        };
        assert_eq!(occasion("17T03:00:00", "[2.0, 2.0]"), "");
        assert_eq!(occasion("17T10:00:00", "[2.0, 2.0]"), "occasions[1]: it is not in the time of the scenario");
        assert_eq!(occasion("16T23:45:00", "[2.0, 2.0]"), "occasions[1]: an outage that has begun before is left out");
        assert_eq!(occasion("17T03:00:00", "[9.0, 2.0]"), "occasions[1]: no site is there");
    }

    #[test]
    fn plans_whose_ranges_meet_are_doubted() {
        let plan = |first: u64| {
            doubts(&format!(
                "[operator]\nplans = [{{ name = \"iot\", archetypes = [\"ordinary\"], first_msin = {first} }}]\n"
            ))
        };
        assert_eq!(plan(310_000_000), "");
        assert_eq!(plan(300_000_050), "operator.plans: IMSIs of iot lie among those of the operator");
    }
}

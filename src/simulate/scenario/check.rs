//! Whether the values of a scenario make sense, and where in the file the first is that does not.

use super::super::people::archetype::Archetype;
use super::{Scenario, Tap, area, clock};
use crate::identity::Plmn;
use std::collections::BTreeSet;

/// What may be part of the name of a file.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_'))
}

impl Scenario {
    /// The first value that makes no sense: its key and why.
    pub(super) fn problem(&self) -> Option<(String, String)> {
        let fixed = |(key, problem): (&str, &str)| (key.to_owned(), problem.to_owned());
        let share = |value: f64| (0.0..=1.0).contains(&value);
        let (cells, people, faults) = (&self.cells, &self.population, &self.faults);
        let [watches, ordinary] = [Archetype::Watch, Archetype::Ordinary].map(|kind| people.heads(kind));
        let areas = cells.areas;
        let block = &self.identities.tac_block;
        let checks = [
            ("name", is_name(&self.name), "letters, digits, - and _ only"),
            ("start", clock::from_toml(&self.start).is_some(), "a date with a time, from 1970 to 2099"),
            ("duration_minutes", (1..=60 * 24 * 400).contains(&self.duration_minutes), "1 minute to 400 days"),
            ("scale", self.scale > 0.0 && self.scale <= 1000.0, "above 0, at most 1000"),
            ("identities.plmn", self.identities.plmn.parse::<Plmn>().is_ok(), "a PLMN like 001-01"),
            ("identities.foreign_plmn", self.identities.foreign_plmn.parse::<Plmn>().is_ok(), "a PLMN like 999-02"),
            ("identities.first_msin", self.identities.first_msin < 900_000_000, "below 900000000"),
            ("identities.tac_block", block.len() == 6 && block.bytes().all(|b| b.is_ascii_digit()), "six digits"),
            ("identities.region", (10..=99).contains(&self.identities.region), "10 to 99"),
            ("cells.spacing_km", cells.spacing_km > 0.0, "above 0"),
            ("cells.areas", (1..=200).contains(&areas) && areas <= cells.number(), "1 to 200, not more than cells"),
            ("cells.first_lac", usize::from(cells.first_lac) + areas < 65_534, "too high for the areas"),
            ("cells.first_tac", usize::from(cells.first_tac) + areas < 65_534, "too high for the areas"),
            ("cells.first_ci", usize::from(cells.first_ci) + cells.number() < 65_536, "too high for the cells"),
            ("cells.first_enb", cells.first_enb as usize + cells.number() < 1 << 20, "too high for the cells"),
            ("network.mscs", (1..=32).contains(&self.network.mscs), "1 to 32"),
            ("network.mmes", (1..=32).contains(&self.network.mmes), "1 to 32"),
            ("network.interfaces", !self.network.interfaces.is_empty(), "at least one"),
            ("network.refresh_minutes", self.network.refresh_minutes >= 5, "at least 5"),
            ("network.equipment_check", share(self.network.equipment_check), "0 to 1"),
            ("network.terminating_csi", share(self.network.terminating_csi), "0 to 1"),
            ("population.watches_replaced", people.watches_replaced <= watches, "more than watches"),
            ("population.phones_replaced", people.phones_replaced <= ordinary, "more than ordinary"),
            ("population.volte", share(people.volte), "0 to 1"),
            ("population.activity", people.activity > 0.0 && people.activity <= 100.0, "above 0, at most 100"),
            ("faults.sctp_retransmit", share(faults.sctp_retransmit), "0 to 1"),
            ("faults.sctp_reorder", share(faults.sctp_reorder), "0 to 1"),
            ("faults.sctp_bundle", share(faults.sctp_bundle), "0 to 1"),
            ("faults.sctp_fragment", share(faults.sctp_fragment), "0 to 1"),
            ("faults.sctp_second_path", share(faults.sctp_second_path), "0 to 1"),
            ("faults.sctp_restart", share(faults.sctp_restart), "0 to 1"),
            ("faults.ip_fragment", share(faults.ip_fragment), "0 to 1"),
            ("faults.tcp_split", share(faults.tcp_split), "0 to 1"),
            ("faults.tcp_retransmit", share(faults.tcp_retransmit), "0 to 1"),
            ("faults.tcp_reorder", share(faults.tcp_reorder), "0 to 1"),
            ("faults.xudt_split", share(faults.xudt_split), "0 to 1"),
            ("output.files", !self.output.files.is_empty(), "at least one"),
        ];
        if let Some((key, _, problem)) = checks.into_iter().find(|(_, good, _)| !good) {
            return Some(fixed((key, problem)));
        }
        if let Some((key, problem)) = self.fraud_problem() {
            return Some(fixed((&key, problem)));
        }
        if let Some((key, problem)) = self.taps.iter().find_map(Tap::problem) {
            return Some(fixed((key, problem)));
        }
        if self.taps.len() > 64 {
            return Some(fixed(("taps", "at most 64")));
        }
        let names: BTreeSet<&str> = self.taps.iter().map(|tap| tap.name.as_str()).collect();
        if names.len() < self.taps.len() {
            return Some(fixed(("taps.name", "each its own")));
        }
        let short = self.output.files.iter().any(|file| file.minutes == 0);
        if short {
            return Some(fixed(("output.files.minutes", "at least 1")));
        }
        let placed = area::problem(cells, &self.area, &self.occasions).or_else(|| self.calendar.problem());
        placed.map(fixed).or_else(|| people.problem()).or_else(|| self.operator.problem(self.identities.first_msin))
    }
}

/// The first line of `table.key`, of the table where the key is left out, or 1. Of several tables of one name the key
/// says which: `table[2].key`.
pub(super) fn line_of(text: &str, key: &str) -> usize {
    let (table, name) = key.rsplit_once('.').unwrap_or(("", key));
    let (table, mut before) = match table.strip_suffix(']').and_then(|table| table.split_once('[')) {
        Some((table, number)) => (table, number.parse().unwrap_or(1)),
        None => (table, 0),
    };
    let (mut current, mut best) = (String::new(), 1);
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('[') {
            let here = line.trim_matches(['[', ']']).trim();
            current = if here == table && before > 1 { String::new() } else { here.to_owned() };
            before -= usize::from(here == table && before > 1);
            if current == table || current == key {
                best = index + 1;
            }
        } else if current == table && line.split_once('=').is_some_and(|(left, _)| left.trim() == name) {
            return index + 1;
        }
    }
    // An inline table has no line of its own.
    if best == 1 && key.contains('.') { line_of(text, table) } else { best }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn tiny() -> String {
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/tiny.toml")).unwrap()
    }

    fn complaint(text: &str) -> String {
        Scenario::parse(text, Path::new("x.toml")).unwrap_err().to_string()
    }

    #[test]
    fn what_the_parser_refuses_has_its_line() {
        let text = tiny();
        let line = text.lines().position(|line| line.starts_with("mscs")).unwrap() + 1;
        let unknown = complaint(&text.replace("mscs =", "mscz ="));
        assert!(unknown.starts_with(&format!("x.toml:{line}: unknown field `mscz`")), "{unknown}");
        let word = complaint(&text.replace("mscs = 2", "mscs = \"two\""));
        assert!(word.starts_with(&format!("x.toml:{line}: invalid type")), "{word}");
        let late = complaint(&text.replace("start = 2026", "start = 2126"));
        assert!(late.contains("start: a date with a time, from 1970 to 2099"), "{late}");
    }

    #[test]
    fn all_scenarios_of_the_repository_load() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let mut count = 0;
        let entries = [folder.clone(), folder.join("frauds")].map(|folder| std::fs::read_dir(folder).unwrap());
        for entry in entries.into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                Scenario::load(&path).unwrap();
                count += 1;
            }
        }
        assert!(count >= 25);
    }

    #[test]
    fn complaints_name_key_and_line() {
        let text = tiny().replace("[cells]", "[cells]\nheight = 3");
        let said = complaint(&text);
        assert!(said.starts_with("x.toml:") && said.contains("height"), "{said}");
        let line = tiny().lines().position(|line| line.starts_with("volte")).unwrap() + 1;
        let text = tiny().replace("\nvolte", "\nvolte = 1.5\n#");
        assert_eq!(complaint(&text), format!("x.toml:{line}: population.volte: 0 to 1"));
        assert!(complaint("name = 3").starts_with("x.toml:1: "));
    }

    #[test]
    fn plans_have_ranges_of_their_own() {
        let plan = |name: &str, first: u64| {
            format!("{{ name = \"{name}\", archetypes = [\"watch\"], share = 0.1, first_msin = {first} }}")
        };
        let with = |plans: &[String]| tiny() + &format!("[operator]\nplans = [{}]\n", plans.join(", "));
        let own = tiny().lines().find_map(|line| line.strip_prefix("first_msin = ")?.replace('_', "").parse().ok());
        let said = complaint(&with(&[plan("iot", own.unwrap())]));
        assert!(
            said.ends_with("operator.plans.first_msin: iot: that of the operator, its cards could not be told apart")
        );
        let said = complaint(&with(&[plan("iot", 500_000_000), plan("mvno", 500_000_000)]));
        assert!(said.ends_with("operator.plans.first_msin: mvno: that of iot"), "{said}");
    }

    #[test]
    fn complaints_of_frauds_name_their_table() {
        let table = |name: &str, rest: &str| format!("[[frauds]]\nname = \"{name}\"\nkind = \"goip\"\n{rest}\n");
        let with = |rest: &str| tiny() + &table("one", "") + &table("two", rest);
        let line = |text: &str, key: &str| {
            let lines: Vec<&str> = text.lines().collect();
            lines.iter().rposition(|line| line.starts_with(key)).unwrap() + 1
        };
        for (rest, key, said) in [
            ("ports = 0", "ports", "1 to 4096"),
            ("hours = [9.0, 8.0]", "hours", "local hours in order"),
            ("pause_seconds = [0.1, 4.0]", "pause_seconds", "from 1 up, in order"),
            ("own_network = 2.0", "own_network", "0 to 1"),
        ] {
            let text = with(rest);
            assert_eq!(complaint(&text), format!("x.toml:{}: frauds[2].{key}: {said}", line(&text, key)));
        }
        let text = with("kind = \"gateway\"").replace("kind = \"goip\"\nkind", "kind");
        assert!(complaint(&text).contains("stolen-watches"), "{}", complaint(&text));
        assert!(complaint(&with("calls_a_year = 4")).contains("calls_a_year"));
        assert!(complaint(&with("stolen_watches = 9")).contains("together more than there are"));
        assert!(complaint(&(tiny() + &table("one", "") + &table("one", ""))).contains("each its own"));
    }
}

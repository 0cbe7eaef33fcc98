//! What a scenario says of a fraud, and what is made of it: the values of its kind, and over them those of the table.

use super::kind::Kind;
use serde::Deserialize;

/// When a slot or a card gets another IMEI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImeiTrigger {
    /// Never: a card shows the IMEI of the slot that it is in.
    None,
    /// Each card has its own and keeps it in whichever slot.
    PerSim,
    /// After a time.
    Periodic,
    /// After a number of calls.
    Metric,
}

/// What the other IMEIs look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImeiValues {
    /// Any digits: no such type, and a check digit that is right one time in ten.
    Random,
    /// Of a common type of phone, with any serial number.
    Tac,
    /// One type for the whole box, serial numbers of one block.
    Prefix,
    /// Of a list: those of phones that honest people use.
    List,
}

/// Which card takes a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Routing {
    /// One after the other.
    InTurn,
    /// Any.
    Random,
    /// The one with the fewest calls so far.
    Balanced,
    /// The one that called this number before.
    History,
}

/// How long a card waits after a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GapLaw {
    /// The shortest, always.
    Fixed,
    /// Anything between shortest and longest.
    Random,
    /// That, three times as long from 21 to 9 h.
    ByPeriod,
    /// As people do: until somebody of this population would call again, each card somebody else.
    Human,
}

/// Over what the slots call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Radio {
    /// 2G and 3G alone.
    Circuit,
    /// LTE, with calls over IMS.
    Volte,
    /// As the phones of the population.
    Mixed,
}

/// What the slots are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hardware {
    /// Radio modules with neighbouring serial numbers.
    Modules,
    /// Ordinary phones, bought anywhere.
    Phones,
}

/// How the slots move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Travel {
    /// Not at all.
    Static,
    /// In cars that go to work and back.
    Commute,
    /// In cars that drive about all day.
    Drive,
}

macro_rules! parameters {
    ($($(#[doc = $meaning:literal])+ $key:ident: $type:ty = $default:expr;)+) => {
        /// One `[[frauds]]` table.
        #[derive(Debug, Clone, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Settings {
            /// What `truth.csv` calls it.
            pub name: String,
            /// What it is.
            pub kind: Kind,
            $($(#[doc = $meaning])+ pub $key: Option<$type>,)+
        }

        /// All values of a fraud.
        #[derive(Debug, Clone, PartialEq)]
        pub struct Plan {
            /// What `truth.csv` calls it.
            pub name: String,
            /// What it is.
            pub kind: Kind,
            $($(#[doc = $meaning])+ pub $key: $type,)+
        }

        impl Plan {
            /// A fraud of which nothing is said.
            pub fn new(name: &str, kind: Kind) -> Self {
                kind.plan(Self { name: name.to_owned(), kind, $($key: $default,)+ })
            }

            /// The plan of a table.
            pub fn of(settings: &Settings) -> Self {
                let mut plan = Self::new(&settings.name, settings.kind);
                $(if let Some(value) = settings.$key { plan.$key = value; })+
                plan
            }

            /// All keys with their values and meanings.
            #[cfg(test)]
            pub fn values(&self) -> Vec<(&'static str, String, &'static str)> {
                vec![$((stringify!($key), format!("{:?}", self.$key), concat!($($meaning),+))),+]
            }

            /// A fraud without a kind's values.
            #[cfg(test)]
            pub fn bare() -> Self {
                Self { name: String::new(), kind: Kind::Goip, $($key: $default,)+ }
            }
        }
    };
}

parameters! {
    /// Cards that it starts with.
    sims: usize = 32;
    /// Cards that are taken out of children's watches while it runs.
    stolen_watches: usize = 0;
    /// Cards that ordinary people rent out and post.
    rented_cards: usize = 0;
    /// Cards that are taken out of meters.
    iot_cards: usize = 0;
    /// Share of its own cards whose IMSI follows that of the one before.
    neighbours: f64 = 0.5;
    /// Local hours in which cards are taken.
    taken_hours: [f64; 2] = [7.2, 17.5];
    /// Minutes from being taken to a slot.
    transit_minutes: [f64; 2] = [15.0, 120.0];
    /// Hours after the start until one of its own cards is first switched on.
    wake_hours: [f64; 2] = [0.0, 0.0];

    /// Days from its first use in the box until the operator closes a card; 0: never.
    life_days: [f64; 2] = [0.0, 0.0];

    /// Slots.
    ports: usize = 32;
    /// What the slots are.
    hardware: Hardware = Hardware::Modules;
    /// Over what the slots call.
    radio: Radio = Radio::Circuit;
    /// Which type of module the slots are: 0, 1 or 2.
    module: usize = 0;
    /// First serial number of the modules.
    first_serial: u32 = 510_000;
    /// Milliseconds that each authentication takes longer, because the card is elsewhere.
    remote_ms: [f64; 2] = [0.0, 0.0];
    /// Minutes between two exchanges of a card between slots, or with one that has no slot; 0: never.
    rotate_minutes: f64 = 0.0;

    /// When another IMEI is shown.
    imei: ImeiTrigger = ImeiTrigger::None;
    /// What the other IMEI looks like.
    imei_values: ImeiValues = ImeiValues::Tac;
    /// Hours after which a periodic IMEI changes.
    imei_hours: f64 = 24.0;
    /// Calls after which an IMEI under the metric changes.
    imei_calls: u32 = 20;

    /// Over how many places (or cars) the slots are spread; 0: two slots in each.
    places: usize = 1;
    /// Its places are those where most people live.
    crowded: bool = false;
    /// Its places are as far as possible from where its cards were taken.
    far: bool = false;
    /// How the slots move.
    travel: Travel = Travel::Static;
    /// Short changes to a neighbouring cell in an evening.
    hops: f64 = 0.0;
    /// Hours after the start at which it moves house; 0: never.
    house_hours: f64 = 0.0;

    /// It runs already when the scenario begins.
    running: bool = false;
    /// Hours until it starts.
    start_hours: f64 = 0.0;
    /// Local hours of work.
    hours: [f64; 2] = [0.0, 24.0];

    /// Mean minutes between two calls that customers want to have placed by the whole box; 0: none.
    diverted_minutes: f64 = 0.0;
    /// Seconds between two calls of a slot that calls of its own accord; 0: it does not.
    pause_seconds: [f64; 2] = [0.0, 0.0];
    /// Seconds that half of a card's calls last at most, from card to card; 0: as among people.
    talk_seconds: [f64; 2] = [0.0, 0.0];
    /// How many numbers customers ask for again and again; 0: each number once.
    callees: usize = 0;
    /// Share of calls to subscribers of this network.
    own_network: f64 = 0.05;
    /// Calls to one of its own cards in a day, of people who call back.
    called_a_day: f64 = 0.15;
    /// Share of calls to a card in it that are answered.
    answers: f64 = 0.02;
    /// Two slots each belong together: while one calls, the other has the other half of the call over data.
    relay: bool = false;
    /// Share of the calls asked for that the operator places to find the box.
    test_calls: f64 = 0.0;
    /// Cards that take such calls where they are recognised.
    sacrificial: usize = 0;

    /// Which card takes a call.
    routing: Routing = Routing::InTurn;
    /// Minutes that a card waits after a call; no use where it waits as people do.
    gap_minutes: [f64; 2] = [0.0, 0.0];
    /// How the minutes are chosen.
    gaps: GapLaw = GapLaw::Random;
    /// Most calls of a card in a day; 0: any number.
    calls_a_day: u32 = 0;
    /// Most calls of a card in a week; 0: any number.
    calls_a_week: u32 = 0;
    /// Most calls of a card in 30 days; 0: any number.
    calls_a_month: u32 = 0;

    /// Calls that a card makes to other cards of the box in a day, in the mean.
    own_calls: f64 = 0.0;
    /// Messages that a card sends to other cards of the box in a day, in the mean.
    own_texts: f64 = 0.0;
    /// Messages of applications that a card is made to receive in a day.
    own_notices: f64 = 0.0;
    /// How many other cards one calls.
    circle: usize = 6;

    /// Messages with one text that a slot sends in an hour, each to another number.
    texts_an_hour: f64 = 0.0;
    /// Verification codes that a slot receives in an hour.
    codes_an_hour: f64 = 0.0;
}

impl Plan {
    /// Cards that live as people do, beside what the box does with them.
    pub fn lives(&self) -> bool {
        self.own_calls > 0.0 || self.own_texts > 0.0 || self.own_notices > 0.0
    }

    /// Over how many places the slots are spread.
    pub fn groups(&self) -> usize {
        if self.places == 0 { self.ports.div_ceil(2) } else { self.places }
    }

    /// All cards that it has or will have.
    pub fn cards(&self) -> usize {
        self.sims + self.stolen_watches + self.rented_cards + self.iot_cards
    }

    /// The first value that makes no sense: its key and why.
    pub fn problem(&self) -> Option<(&'static str, &'static str)> {
        let share = |value: f64| (0.0..=1.0).contains(&value);
        let ordered = |[low, high]: [f64; 2], most: f64| 0.0 <= low && low <= high && high <= most;
        let hours = |[from, to]: [f64; 2]| 0.0 <= from && from < to && to <= 24.0;
        let rate = |value: f64, most: f64| (0.0..=most).contains(&value);
        let pause = self.pause_seconds;
        let positive = |pair: [f64; 2], most: f64| pair == [0.0; 2] || pair[0] > 0.0 && ordered(pair, most);
        let checks = [
            ("name", !self.name.is_empty(), "must not be empty"),
            ("sims", self.sims <= 20_000, "at most 20000"),
            ("sims", self.cards() > 0, "a fraud needs cards"),
            ("neighbours", share(self.neighbours), "0 to 1"),
            ("taken_hours", hours(self.taken_hours), "local hours in order"),
            ("transit_minutes", ordered(self.transit_minutes, 100_000.0), "minutes in order"),
            ("wake_hours", ordered(self.wake_hours, 2208.0), "hours in order"),
            ("ports", (1..=4096).contains(&self.ports), "1 to 4096"),
            ("module", self.module < 3, "0, 1 or 2"),
            ("first_serial", self.first_serial < 990_000, "below 990000"),
            ("remote_ms", ordered(self.remote_ms, 60_000.0), "milliseconds in order"),
            ("rotate_minutes", rate(self.rotate_minutes, 100_000.0), "0 or more"),
            ("imei_hours", self.imei_hours > 0.0, "above 0"),
            ("imei_calls", self.imei_calls > 0, "at least 1"),
            ("places", self.places <= self.ports, "at most one for each port"),
            ("hops", rate(self.hops, 100.0), "0 to 100"),
            ("house_hours", rate(self.house_hours, 2208.0), "0 to 2208"),
            ("start_hours", rate(self.start_hours, 2208.0), "0 to 2208"),
            ("start_hours", !self.running || self.start_hours <= 0.0, "one that is running has started"),
            ("hours", hours(self.hours), "local hours in order"),
            ("diverted_minutes", rate(self.diverted_minutes, 100_000.0), "0 or more"),
            ("pause_seconds", pause == [0.0; 2] || pause[0] >= 1.0 && ordered(pause, 1e6), "from 1 up, in order"),
            ("life_days", positive(self.life_days, 10_000.0), "above 0, in order"),
            ("talk_seconds", positive(self.talk_seconds, 9000.0), "above 0, in order"),
            ("callees", self.callees <= 100_000, "at most 100000"),
            ("own_network", share(self.own_network), "0 to 1"),
            ("called_a_day", rate(self.called_a_day, 1000.0), "0 to 1000"),
            ("answers", share(self.answers), "0 to 1"),
            ("relay", !self.relay || self.ports >= 2, "needs two ports"),
            ("test_calls", share(self.test_calls), "0 to 1"),
            ("sacrificial", self.sacrificial < self.cards(), "fewer than cards"),
            ("gap_minutes", ordered(self.gap_minutes, 100_000.0), "minutes in order"),
            ("own_calls", rate(self.own_calls, 1000.0), "0 to 1000"),
            ("own_texts", rate(self.own_texts, 1000.0), "0 to 1000"),
            ("own_notices", rate(self.own_notices, 1000.0), "0 to 1000"),
            ("circle", self.circle > 0, "at least 1"),
            ("texts_an_hour", rate(self.texts_an_hour, 3600.0), "0 to 3600"),
            ("codes_an_hour", rate(self.codes_an_hour, 3600.0), "0 to 3600"),
        ];
        checks.into_iter().find(|(_, good, _)| !good).map(|(key, _, problem)| (key, problem))
    }
}

//! The kinds of fraud. Each is a set of values for the parameters that all have, in a file of its own.

mod bulk_cards;
mod dormant_cards;
mod goip;
mod iot_cards;
mod kouam;
mod modem_pool;
mod phone_relay;
mod rented_cards;
mod sim_bank;
mod sms_blast;
mod stolen_watches;

use super::plan::Plan;
use serde::Deserialize;

macro_rules! kinds {
    ($($(#[doc = $meaning:literal])+ $kind:ident = $name:literal, $card:literal, $becomes:literal, $plan:path;)+) => {
        /// What a fraud is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
        pub enum Kind {
            $($(#[doc = $meaning])+ #[serde(rename = $name)] $kind,)+
        }

        impl Kind {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// As in scenarios and tables.
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)+ }
            }

            /// What the cards are that it starts with; the `fraud_kind` of `truth.csv`.
            pub fn card(self) -> &'static str {
                match self { $(Self::$kind => $card,)+ }
            }

            /// What a card is in it; the `becomes` of `truth.csv`.
            pub fn becomes(self) -> &'static str {
                match self { $(Self::$kind => $becomes,)+ }
            }

            /// Its values.
            pub fn plan(self, plan: Plan) -> Plan {
                match self { $(Self::$kind => $plan(plan),)+ }
            }
        }
    };
}

kinds! {
    /// A box in a crowded cell that places customers' calls in turn, day and night.
    Naive = "naive", "gateway_card", "voice_gateway", kouam::naive;
    /// One whose cards keep human times.
    Traffic = "traffic", "gateway_card", "voice_gateway", kouam::traffic;
    /// One that is spread over cars.
    Mobility = "mobility", "gateway_card", "voice_gateway", kouam::mobility;
    /// One whose cards have few contacts, and each other.
    Social = "social", "gateway_card", "voice_gateway", kouam::social;
    /// All of these.
    All = "all", "gateway_card", "voice_gateway", kouam::all;
    /// A gateway with its cards inside, that calls strangers.
    Goip = "goip", "gateway_card", "voice_gateway", goip::plan;
    /// A gateway whose cards are in a bank far away.
    SimBank = "sim-bank", "gateway_card", "voice_gateway", sim_bank::plan;
    /// Pairs of phones with an audio cable between them, in a flat.
    PhoneRelay = "phone-relay", "relay_card", "phone_relay", phone_relay::at_home;
    /// The same in a car.
    CarRelay = "car-relay", "relay_card", "phone_relay", phone_relay::in_car;
    /// Modems that receive verification codes.
    ModemPool = "modem-pool", "code_card", "modem_pool", modem_pool::plan;
    /// Modems that send one message to everybody.
    SmsBlast = "sms-blast", "blast_card", "sms_blaster", sms_blast::plan;
    /// A gateway that lives on cards from children's watches.
    StolenWatches = "stolen-watches", "gateway_card", "voice_gateway", stolen_watches::plan;
    /// One that lives on cards that their owners rent out.
    RentedCards = "rented-cards", "gateway_card", "voice_gateway", rented_cards::plan;
    /// Cards of machines in phones.
    IotCards = "iot-cards", "gateway_card", "voice_gateway", iot_cards::plan;
    /// Cards that a dealer activated one after the other.
    BulkCards = "bulk-cards", "bulk_card", "voice_gateway", bulk_cards::plan;
    /// Cards that nobody heard of for long.
    DormantCards = "dormant-cards", "dormant_card", "voice_gateway", dormant_cards::plan;
    /// Unsold cards of a reseller's stock, of one range.
    MvnoCards = "mvno-cards", "mvno_card", "voice_gateway", dormant_cards::of_reseller;
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/frauds.md");

    /// A value as a scenario says it.
    fn as_toml(debug: &str) -> String {
        if !debug.starts_with(|first: char| first.is_ascii_uppercase()) {
            return debug.to_owned();
        }
        let mut word = String::new();
        for letter in debug.chars() {
            if letter.is_ascii_uppercase() && !word.is_empty() {
                word.push('-');
            }
            word.push(letter.to_ascii_lowercase());
        }
        format!("\"{word}\"")
    }

    /// The tables of the document, out of the source.
    fn tables() -> [String; 2] {
        let base = Plan::bare().values();
        let mut keys = String::from("| key | default | meaning |\n|---|---|---|\n");
        for (key, value, meaning) in &base {
            keys += &format!("| `{key}` | `{}` | {} |\n", as_toml(value), meaning.trim());
        }
        let mut kinds = String::from("| kind | values that it sets |\n|---|---|\n");
        for &kind in Kind::ALL {
            let own = kind.plan(Plan::bare()).values();
            let set = own.iter().zip(&base).filter(|(own, base)| own.1 != base.1);
            let set: Vec<String> = set.map(|((key, value, _), _)| format!("`{key} = {}`", as_toml(value))).collect();
            kinds += &format!("| `{}` | {} |\n", kind.name(), set.join(", "));
        }
        [keys, kinds]
    }

    #[test]
    fn the_document_says_what_the_source_does() {
        let document = std::fs::read_to_string(DOCUMENT).unwrap();
        for table in tables() {
            assert!(document.contains(&table), "docs/frauds.md lacks this table:\n{table}");
        }
    }
}

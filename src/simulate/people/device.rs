//! Devices: models with type allocation codes of an invented block, IMEIs with their check digit.

use super::super::clock::Time;
use super::super::encode::sip::Style;
use super::super::random::Dice;
use crate::identity::Imei;
use std::collections::BTreeSet;

/// What a device is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A handset.
    Phone,
    /// A child's watch.
    Watch,
    /// A radio module inside a meter, an alarm panel, a desk phone or a gateway.
    Module,
}

impl Kind {
    /// As in `devices.csv`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Watch => "watch",
            Self::Module => "module",
        }
    }
}

/// A model.
#[derive(Debug, Clone, Copy)]
pub struct Model {
    /// As in `devices.csv`.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
    /// How common it is among its kind.
    weight: f64,
    /// SIP User-Agent.
    pub agent: &'static str,
    /// How its SIP looks.
    pub style: Style,
    /// SIP over TCP.
    pub tcp: bool,
}

const fn model(
    name: &'static str,
    kind: Kind,
    weight: f64,
    agent: &'static str,
    [compact, folded, tcp]: [bool; 3],
) -> Model {
    Model { name, kind, weight, agent, style: Style { compact, folded }, tcp }
}

const PLAIN: [bool; 3] = [false, false, false];

/// All models; the last two digits of a type allocation code are ten and the index here.
pub const MODELS: [Model; 16] = [
    model("phone-a1", Kind::Phone, 9.0, "A1-VoLTE/3.1", PLAIN),
    model("phone-a2", Kind::Phone, 7.0, "A2-VoLTE/3.2", PLAIN),
    model("phone-b1", Kind::Phone, 8.0, "Bphone IMS 14", [false, false, true]),
    model("phone-b2", Kind::Phone, 5.0, "Bphone IMS 15", [false, true, true]),
    model("phone-c1", Kind::Phone, 6.0, "Corvid-IMS-UA", [true, false, false]),
    model("phone-c2", Kind::Phone, 4.0, "Corvid-IMS-UA", [true, true, false]),
    model("phone-d1", Kind::Phone, 3.0, "Delta/1.0 imsclient", [false, false, true]),
    model("phone-e1", Kind::Phone, 2.0, "E1 ims 2", PLAIN),
    model("phone-f1", Kind::Phone, 1.0, "F-IMS", [false, true, false]),
    model("watch-k1", Kind::Watch, 5.0, "KidWatch-K1/1.4", PLAIN),
    model("watch-k2", Kind::Watch, 4.0, "KidWatch-K2/2.0", [true, false, false]),
    model("watch-m1", Kind::Watch, 2.0, "M1Watch IMS", [false, false, true]),
    model("watch-s3", Kind::Watch, 1.5, "S3-UA", [false, true, false]),
    model("module-x", Kind::Module, 5.0, "ModX", PLAIN),
    model("module-y", Kind::Module, 3.0, "ModY", PLAIN),
    model("module-z", Kind::Module, 2.0, "ModZ", PLAIN),
];

/// The index of some model of that kind, the common ones likelier.
pub fn some(kind: Kind, dice: &mut Dice) -> usize {
    dice.weighted(MODELS.iter().map(|model| if model.kind == kind { model.weight } else { 0.0 }))
}

/// The index of a module's model by the number that scenarios use.
pub fn module(number: usize) -> usize {
    13 + number % 3
}

/// One piece of equipment.
#[derive(Debug, Clone)]
pub struct Device {
    /// Index in [`MODELS`].
    pub model: usize,
    /// Its IMEI with check digit.
    pub imei: Imei,
    /// Software version of the IMEISV.
    pub version: u8,
    /// What a remote SIM bank adds to each authentication.
    pub latency: Time,
    /// The gateway and slot that it is part of.
    pub slot: Option<(usize, usize)>,
    /// Who was on the air with it, in order of time.
    pub stays: Vec<Stay>,
}

/// A card on the air in a device, from its first act to its last before another card's.
#[derive(Debug, Clone, Copy)]
pub struct Stay {
    /// The subscriber.
    pub person: usize,
    /// From when.
    pub from: Time,
    /// Until when.
    pub to: Time,
}

impl Device {
    /// Its model.
    pub fn describe(&self) -> Model {
        MODELS.get(self.model).copied().unwrap_or(MODELS[0])
    }
}

/// Makes devices whose IMEIs do not clash.
#[derive(Debug, Default)]
pub struct Factory {
    block: String,
    taken: BTreeSet<(usize, u32)>,
}

impl Factory {
    /// A factory for a block of type allocation codes.
    pub fn new(block: &str) -> Self {
        Self { block: block.to_owned(), taken: BTreeSet::new() }
    }

    /// A device of some model of that kind with a random serial number.
    pub fn any(&mut self, kind: Kind, dice: &mut Dice) -> Option<Device> {
        let model = some(kind, dice);
        let serial = dice.whole(0, 999_999) as u32;
        self.numbered(model, serial)
    }

    /// A device of that model with that serial number, or the next free one.
    pub fn numbered(&mut self, model: usize, mut serial: u32) -> Option<Device> {
        while !self.taken.insert((model, serial)) {
            serial = (serial + 1) % 1_000_000;
        }
        let body = format!("{}{:02}{serial:06}", self.block, 10 + model);
        Some(Device {
            model,
            imei: with_check_digit(&body)?,
            version: (serial / 7 % 9 + 1) as u8,
            latency: 0,
            slot: None,
            stays: Vec::new(),
        })
    }
}

/// The IMEI of 14 digits and their Luhn check digit (TS 23.003 annex B).
fn with_check_digit(body: &str) -> Option<Imei> {
    ('0'..='9').filter_map(|check| Imei::from_ascii(format!("{body}{check}").as_bytes())).find(|imei| imei.luhn_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::random::Stream;

    #[test]
    fn imeis_are_valid_and_apart() {
        let mut dice = Dice::new(1, Stream::Population);
        let mut factory = Factory::new("001017");
        let first = factory.numbered(13, 500).unwrap();
        let second = factory.numbered(13, 500).unwrap();
        assert_eq!(first.imei.to_string()[..14], *"00101723000500");
        assert_eq!(second.imei.serial(), 501);
        for kind in [Kind::Phone, Kind::Watch, Kind::Module] {
            let device = factory.any(kind, &mut dice).unwrap();
            assert!(device.imei.luhn_ok());
            assert_eq!(device.describe().kind, kind);
        }
    }
}

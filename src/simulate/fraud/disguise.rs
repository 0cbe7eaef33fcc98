//! Which IMEI a card shows: that of the slot, or another, by the four triggers and four kinds of values that boxes offer.

use super::Fraud;
use super::plan::{ImeiTrigger, ImeiValues};
use crate::identity::Imei;
use crate::simulate::city::City;
use crate::simulate::people::device::{Device, Kind};

impl Fraud {
    /// The device that a card shows in a slot.
    pub(super) fn device(&mut self, city: &mut City<'_>, slot: usize, card: usize) -> Option<usize> {
        match self.plan.imei {
            ImeiTrigger::None => self.slots.get(slot).map(|slot| slot.own),
            ImeiTrigger::PerSim => {
                let mut device = self.cards.get(card)?.device;
                if device.is_none() {
                    device = self.invent(city, slot);
                }
                self.cards.get_mut(card)?.device = device;
                let shown = device.or_else(|| self.slots.get(slot).map(|slot| slot.own))?;
                // The card takes it along.
                if let Some(device) = city.population.devices.get_mut(shown) {
                    device.slot = Some((self.number, slot));
                }
                Some(shown)
            }
            ImeiTrigger::Periodic | ImeiTrigger::Metric => {
                let place = self.slots.get(slot)?;
                if place.shown == place.own {
                    self.show_another(city, slot);
                }
                self.slots.get(slot).map(|slot| slot.shown)
            }
        }
    }

    /// A slot shows another device from now on.
    pub(super) fn show_another(&mut self, city: &mut City<'_>, slot: usize) {
        let another = self.invent(city, slot);
        if let Some(place) = self.slots.get_mut(slot) {
            place.shown = another.unwrap_or(place.shown);
            place.calls = 0;
        }
    }

    /// A device that is none: the module of the slot under another IMEI.
    fn invent(&mut self, city: &mut City<'_>, slot: usize) -> Option<usize> {
        let own = city.population.devices.get(self.slots.get(slot)?.own)?.clone();
        let dice = &mut self.dice;
        let lie = match self.plan.imei_values {
            ImeiValues::Random => {
                let digits: String = (0..12).filter_map(|_| char::from_digit(dice.below(10) as u32, 10)).collect();
                Imei::from_ascii(format!("001{digits}").as_bytes())?
            }
            ImeiValues::Tac => city.population.factory.any(Kind::Phone, dice)?.imei,
            ImeiValues::Prefix => {
                let (model, block) = (self.plan.module % 9, self.plan.first_serial / 1000 * 1000);
                city.population.factory.numbered(model, block + dice.below(1000) as u32)?.imei
            }
            ImeiValues::List => {
                let phones: Vec<Imei> = city
                    .population
                    .devices
                    .iter()
                    .filter(|device| device.describe().kind == Kind::Phone && device.slot.is_none())
                    .map(|device| device.imei)
                    .collect();
                dice.pick(&phones)?
            }
        };
        self.economy.imeis += 1;
        let version = (dice.below(9) + 1) as u8;
        let slot = Some((self.number, slot));
        city.population.devices.push(Device { imei: lie, version, slot, stays: Vec::new(), ..own });
        Some(city.population.devices.len() - 1)
    }
}

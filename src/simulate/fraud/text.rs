//! Messages: one text to everybody, and codes that applications send.

use super::slots::{after, open};
use super::{Fraud, Step};
use crate::simulate::act::Deed;
use crate::simulate::city::City;
use crate::simulate::clock::{SECOND, Time};
use crate::simulate::encode::sms::Sender;
use crate::simulate::people::person::{Access, Peer};

/// Whose codes are wanted.
const APPLICATIONS: [&str; 7] = ["Chatter", "ShopOne", "RideNow", "MailBox", "TownBank", "VidClip", "Wallet"];

/// What everybody is sent.
const TEXTS: [&str; 3] = [
    "Your parcel could not be delivered. Confirm your address at http://parcel.example/a",
    "Your points expire today. Exchange them at http://points.example/b",
    "Earn 300 a day at home. Write to the number in http://work.example/c",
];

impl Fraud {
    /// A slot sends the text to the next number.
    pub(super) fn text(&mut self, city: &mut City<'_>, slot: usize, now: Time) {
        let next = now + after(self.plan.texts_an_hour, &mut self.dice);
        self.step(next, Step::Text(slot));
        if !open(&self.plan, city.clock, now) || !self.idle(city, slot, now) {
            return;
        }
        let text = TEXTS.get(self.number % TEXTS.len()).copied().unwrap_or(TEXTS[0]);
        let Some(peer) = self.stranger(city) else { return };
        let Some(card) = self.person_in(slot).and_then(|index| city.card(index)) else {
            return;
        };
        let to = match peer {
            Peer::Outside(number) => number,
            Peer::Subscriber(other) => match city.card(other).filter(|other| other.index != card.index) {
                Some(other) => other.msisdn,
                None => return,
            },
        };
        self.economy.messages[0] += 1;
        let stored = city.act(now, now, Deed::Submit { card, to, text: text.into() });
        if let Peer::Subscriber(other) = peer {
            receive(city, other, Sender::Number(card.msisdn), text.to_owned(), [now, stored + SECOND]);
        }
    }

    /// An application sends a code to the card of a slot.
    pub(super) fn code(&mut self, city: &mut City<'_>, slot: usize, now: Time) {
        let next = now + after(self.plan.codes_an_hour, &mut self.dice);
        self.step(next, Step::Code(slot));
        if !open(&self.plan, city.clock, now) || !self.idle(city, slot, now) {
            return;
        }
        let Some(index) = self.person_in(slot) else { return };
        let from = self.dice.pick(&APPLICATIONS).unwrap_or("Chatter");
        let text = format!("{from}: your code is {:06}.", self.dice.whole(0, 999_999));
        self.economy.messages[1] += u64::from(receive(city, index, Sender::Name(from), text, [now, now]));
    }
}

/// A message reaches a subscriber who is on the air.
fn receive(city: &mut City<'_>, index: usize, from: Sender, text: String, [now, at]: [Time; 2]) -> bool {
    let reachable = city.population.people.get(index).is_some_and(|person| {
        person.on
            && match person.access {
                Access::Data => false,
                Access::Volte => person.ims,
                Access::Circuit | Access::Fallback => person.vlr.is_some(),
            }
    });
    let card = city.card(index).filter(|_| reachable);
    if let Some(card) = card {
        city.act(now, at, Deed::Deliver { card, from, text: text.into() });
    }
    card.is_some()
}

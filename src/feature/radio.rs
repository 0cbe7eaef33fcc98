//! Radio and software: the generations of radio that the device uses, and how it names its software.
//!
//! An IMEI can lie; what a device is able to do cannot.

use super::definition::definitions;
use super::{Definition, Family, Span};
use crate::event::{Event, Interface, Rat};
use crate::identity::Name;

const OH: &str = "Oh et al. 2023: capabilities of a device do not lie";

/// See the module.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Radio {
    /// One bit for each generation, 2 to 5.
    generations: u8,
    clients: Option<Box<Clients>>,
}

/// How the software named itself.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Clients {
    first: Name,
    last: Name,
    changes: u32,
}

/// The generation that an event shows; a circuit-switched register serves the second and third.
fn generation(event: &Event) -> Option<u8> {
    match (event.rat, event.interface) {
        (Some(Rat::Geran), _) => Some(2),
        (Some(Rat::Utran), _) | (None, Interface::IuCs | Interface::IuPs) => Some(3),
        (Some(Rat::Eutran), _) | (None, Interface::S6a | Interface::S1 | Interface::Sgs | Interface::S11) => Some(4),
        (Some(Rat::Nr), _) | (None, Interface::N2) => Some(5),
        (None, Interface::A | Interface::MapD | Interface::MapGr) => Some(2),
        _ => None,
    }
}

impl Radio {
    /// The newest generation that was used.
    pub(super) fn newest(&self) -> Option<u8> {
        self.generations.checked_ilog2().map(|bit| bit as u8)
    }

    /// How the software names itself, where it always does so alike.
    pub(super) fn client(&self) -> Option<Name> {
        self.clients.as_deref().map(|clients| clients.last)
    }

    fn named(&mut self, later: Clients) {
        match &mut self.clients {
            Some(clients) => {
                let other = u32::from(clients.last != later.first);
                clients.changes = clients.changes.saturating_add(later.changes).saturating_add(other);
                clients.last = later.last;
            }
            None => self.clients = Some(Box::new(later)),
        }
    }
}

impl Family for Radio {
    const DEFINITIONS: &'static [Definition] = definitions! {
        "radio_newest" Count: "newest generation of radio used, 2 to 5 (circuit-switched registers show 2 for 2 and 3)",
            says "its newest radio was {}G",
            from OH, needs [Radio], absent "no message told the radio";
        "radio_generations" Count: "different generations of radio used",
            says "used {} generation{s} of radio", from OH, needs [Radio],
            absent "no message told the radio";
        "client_changes" Count: "changes of the name of its software (SIP User-Agent)",
            says "changed the name of its software {} time{s}",
            from "RFC 3261 §20.41", needs [Client], absent "no message named the software";
    };

    fn push(&mut self, event: &Event) {
        if let Some(generation) = generation(event) {
            self.generations |= 1 << generation;
        }
        if let Some(client) = event.client {
            self.named(Clients { first: client, last: client, changes: 0 });
        }
    }

    fn merge(&mut self, later: &Self) {
        self.generations |= later.generations;
        if let Some(clients) = later.clients.as_deref() {
            self.named(*clients);
        }
    }

    fn finish(&self, _span: Span, out: &mut Vec<f64>) {
        let known = |value: f64| if self.generations > 0 { value } else { f64::NAN };
        out.push(known(f64::from(self.newest().unwrap_or(0))));
        out.push(known(f64::from(self.generations.count_ones())));
        out.push(self.clients.as_deref().map_or(f64::NAN, |clients| f64::from(clients.changes)));
    }
}

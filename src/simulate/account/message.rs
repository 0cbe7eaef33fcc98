//! Short messages, on the way that the subscriber's access gives them.

use super::super::act::Domain;
use super::super::clock::{MILLISECOND, Time};
use super::super::encode::sms::Sender;
use super::super::network::Card;
use super::{Access, Account, By, number};
use crate::event::Interface::{A, IuCs, MapSms, S1, SGd, Sgs, Sip};
use crate::event::{Direction, Event, EventKind, Interface, Peer};
use crate::identity::{Msisdn, Name};
use std::hash::{BuildHasher, Hasher};

/// How messages go to and from a subscriber.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Ims,
    Mme,
    Sgs,
    Msc,
}

impl Way {
    fn shown_on(self, card: &Card) -> &'static [Interface] {
        match self {
            Self::Ims => &[Sip],
            Self::Mme => &[SGd, S1],
            Self::Sgs => &[MapSms, Sgs, S1],
            Self::Msc if card.utran => &[MapSms, IuCs],
            Self::Msc => &[MapSms, A],
        }
    }
}

impl Account<'_, '_> {
    fn way(&self, card: &Card) -> Way {
        match card.access {
            Access::Volte => Way::Ims,
            Access::Fallback if self.over_sgs(card) => Way::Sgs,
            Access::Fallback | Access::Data if self.teller.over_packet && !card.visitor => Way::Mme,
            _ => Way::Msc,
        }
    }

    pub(super) fn submit(&mut self, card: &Card, to: Msisdn, text: &str) {
        let way = self.way(card);
        match way {
            Way::Msc => {
                self.served(card, self.at);
                self.ties(card, By::Number);
            }
            Way::Sgs => {
                self.teller.sessions.used(card);
                self.ties(card, By::Number);
            }
            Way::Mme => self.teller.sessions.used(card),
            Way::Ims => self.bearers(card, false),
        }
        self.text(EventKind::SmsSubmit, Direction::Mo, card, (number(to), text), way);
    }

    pub(super) fn deliver(&mut self, card: &Card, from: &Sender, text: &str) {
        let way = self.way(card);
        if matches!(way, Way::Msc | Way::Sgs) && card.vlr.is_none() {
            return;
        }
        if way != Way::Ims && !card.visitor {
            self.route_query(card, self.teller.centre, &[MapSms], self.at);
            self.ties(card, By::Number);
        }
        let paged = self.at + 100 * MILLISECOND;
        match way {
            Way::Msc => {
                self.paged(card, Domain::Circuit, paged);
                self.served(card, paged);
            }
            Way::Sgs => {
                self.step(EventKind::Paging, Direction::Mt, card, paged, &[Sgs, S1]);
                self.teller.sessions.used(card);
            }
            Way::Mme | Way::Ims => {
                self.paged(card, Domain::Packet, paged);
                self.bearers(card, way == Way::Mme);
            }
        }
        let peer = match from {
            Sender::Number(from) => number(*from),
            Sender::Name(name) => Peer::Name(self.teller.names.name(name)),
        };
        self.text(EventKind::SmsDeliver, Direction::Mt, card, (peer, text), way);
    }

    fn text(&mut self, kind: EventKind, direction: Direction, card: &Card, (peer, text): (Peer, &str), way: Way) {
        let shown_on = way.shown_on(card);
        let event = self.event(kind, direction, card, self.at, shown_on);
        let event = Event { peer: Some(peer), sms_digest: Some(fingerprint(text)), ..event };
        self.put(card, event, shown_on);
    }

    /// Somebody asks the home register for the way to a subscriber.
    pub(super) fn route_query(&mut self, card: &Card, asks: Name, shown_on: &[Interface], at: Time) {
        let event = self.event(EventKind::RouteQuery, Direction::Mt, card, at, shown_on);
        self.put(card, Event { serving_node: Some(asks), ..event }, shown_on);
    }
}

/// A fingerprint under which texts are equal that differ only in numbers.
fn fingerprint(text: &str) -> u64 {
    let mut hasher = foldhash::quality::FixedState::with_seed(5).build_hasher();
    let mut pieces = text.split(|letter: char| letter.is_ascii_digit());
    pieces.by_ref().filter(|piece| !piece.is_empty()).for_each(|piece| hasher.write(piece.as_bytes()));
    hasher.finish()
}
